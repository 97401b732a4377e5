package org.rollcall.presence;

/**
 * The facts about one tracked connection.
 *
 * @param ref the {@code phx_ref}: new with each change, unique in the cluster
 * @param onlineAt since when the key is here by this connection, in Unix seconds
 * @param given the client's part: members of a JSON object without the braces, such as {@code
 *     "status":"away"}; may be empty
 */
public record Meta(String ref, long onlineAt, String given) {
  /** Returns a meta with a ref of its own. */
  public static Meta of(long onlineAt, String given) {
    return new Meta(Ref.next(), onlineAt, given);
  }

  /** Returns this meta if the client says the same as before, else one with a new ref. */
  public Meta with(String changed) {
    return changed.equals(given) ? this : of(onlineAt, changed);
  }

  /** Contains nothing that the client has sent. */
  @Override
  public String toString() {
    return "Meta[" + ref + "]";
  }

  /** Returns the members of a JSON object that describe this connection, without the ref. */
  public String fields() {
    String since = "\"online_at\":\"" + onlineAt + "\"";
    return given.isEmpty() ? since : since + "," + given;
  }
}
