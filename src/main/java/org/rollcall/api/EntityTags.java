package org.rollcall.api;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of {@code If-None-Match} or {@code If-Match}: any tag, or a list of tags (RFC 9110,
 * sections 8.8.3 and 13.1). Not left to the servers: WildFly 39 compares strongly where the
 * comparison is weak, and Payara 6 answers 400 to a text that is no tag.
 *
 * @param any whether the value is {@code *}
 * @param tags the tags; none if the value is not one of the two, so that nothing matches
 */
record EntityTags(boolean any, List<Tag> tags) {
  private static final EntityTags NOTHING = new EntityTags(false, List.of());

  /**
   * One tag.
   *
   * @param weak whether it begins with {@code W/}
   * @param opaque what is in the quotes
   */
  record Tag(boolean weak, String opaque) {}

  /** Returns what a request's header says; empty if the request has no such header. */
  static Optional<EntityTags> given(HttpHeaders headers, String name) {
    return Optional.ofNullable(headers.getRequestHeader(name))
        .filter(lines -> !lines.isEmpty())
        .map(EntityTags::of);
  }

  /** Reads the lines of a header; they are one list. */
  static EntityTags of(List<String> lines) {
    String value = String.join(",", lines).strip();
    return value.equals("*") ? new EntityTags(true, List.of()) : list(new HeaderReader(value));
  }

  private static EntityTags list(HeaderReader reader) {
    List<Tag> tags = new ArrayList<>();
    do {
      reader.skipSpace();
      if (!reader.isAtElementEnd()) {
        Optional<Tag> tag = tag(reader);
        if (tag.isEmpty()) {
          return NOTHING;
        }
        tags.add(tag.get());
        reader.skipSpace();
      }
    } while (reader.take(','));
    return reader.isAtEnd() ? new EntityTags(false, List.copyOf(tags)) : NOTHING;
  }

  private static Optional<Tag> tag(HeaderReader reader) {
    boolean weak = reader.take('W');
    if (weak && !reader.take('/')) {
      return Optional.empty();
    }
    return reader.takeOpaque() ? Optional.of(new Tag(weak, reader.taken())) : Optional.empty();
  }

  /** Returns whether a strong tag is among these, weak or not. */
  boolean matchWeakly(String opaque) {
    return any || tags.stream().anyMatch(tag -> tag.opaque().equals(opaque));
  }

  /** Returns whether a strong tag is among these. */
  boolean matchStrongly(String opaque) {
    return any || tags.contains(new Tag(false, opaque));
  }
}
