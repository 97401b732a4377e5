package org.rollcall.presence;

/**
 * What is known of one tracked connection.
 *
 * @param ref the {@code phx_ref}: new with each change, unique in the cluster
 * @param fields the other members as JSON text without the braces, such as {@code
 *     "online_at":"1700000000","status":"away"}; may be empty
 */
public record Meta(String ref, String fields) {
  /** Returns a meta with these fields and a ref of its own. */
  public static Meta of(String fields) {
    return new Meta(Ref.next(), fields);
  }
}
