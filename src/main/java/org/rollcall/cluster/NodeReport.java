package org.rollcall.cluster;

import java.util.List;
import java.util.Map;

/**
 * The state of one node.
 *
 * @param name its name
 * @param id the id of this run of it, which is the owner in its entries
 * @param answered whether it answered; if not, the rest is empty
 * @param view the names of the nodes that it sees, the senior first
 * @param entries how many entries its replica has of each owner, by the owner's name
 * @param digest a digest of all entries, counts, rules and log-outs in its replicas; equal on nodes
 *     that agree
 * @param repairs how many of them it has repaired since it started
 */
public record NodeReport(
    String name,
    String id,
    boolean answered,
    List<String> view,
    Map<String, Integer> entries,
    String digest,
    long repairs) {

  /** Returns the report on a node that did not answer. */
  public static NodeReport silent(String name, String id) {
    return new NodeReport(name, id, false, List.of(), Map.of(), "", 0);
  }
}
