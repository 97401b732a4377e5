package org.rollcall.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.presence.Copy;
import org.rollcall.presence.Digest;
import org.rollcall.presence.Members;
import org.rollcall.presence.Reconciler;
import org.rollcall.presence.Tracker;

/**
 * This node's copies of all that nodes share, each held against those of other nodes.
 *
 * <p>Safe for many threads; no call waits.
 */
public final class Copies {
  private final Errands errands;
  private final Members members;
  private final Tracker tracker;
  private final List<Copy<?>> all = new ArrayList<>();
  private final List<Reconciler<?>> reconcilers = new ArrayList<>();

  Copies(Errands errands, Members members, Tracker tracker) {
    this.errands = errands;
    this.members = members;
    this.tracker = tracker;
  }

  /** Adds a copy of a cache of which every thing has an owner. */
  <T> void addOwned(String cache, Copy<T> copy) {
    // One that is about to go lets others take what it holds, and stands for nothing.
    errands.open(cache, add(cache, copy), () -> members.isLeaving(members.self()));
  }

  /** Adds a copy of a cache in which nothing has an owner. */
  <T> void addUnowned(String cache, UnownedCopy<T> copy) {
    errands.open(cache, add(cache, copy), () -> false);
  }

  private <T> Reconciler<T> add(String cache, Copy<T> copy) {
    Reconciler<T> reconciler =
        new Reconciler<>(copy, members, errands.owners(cache), tracker.tools());
    all.add(copy);
    reconcilers.add(reconciler);
    return reconciler;
  }

  /** Compares if it is time. Called every few hundred milliseconds; hands over. */
  public void tick() {
    reconcilers.forEach(Reconciler::tick);
  }

  /** Returns how many things had to be put right since the start. */
  public long repairs() {
    return reconcilers.stream().mapToLong(Reconciler::repairs).sum();
  }

  /** Returns how many entries there are of each owner. */
  Map<String, Integer> owners() {
    Map<String, Integer> owners = new LinkedHashMap<>();
    tracker.copy().forEach((owner, entry) -> owners.merge(owner, 1, Integer::sum));
    return owners;
  }

  /** Returns the digest of everything that is of a node which is up, as one number. */
  long digest() {
    Digest digest = new Digest();
    all.forEach(copy -> add(digest, copy));
    return digest.whole();
  }

  private <T> void add(Digest digest, Copy<T> copy) {
    copy.forEach(
        (owner, thing) -> {
          // Each node drops the entries of departed nodes in its own time.
          if (members.isUp(owner)) {
            digest.add(copy.id(thing), copy.value(thing) + Digest.hash(owner));
          }
        });
  }
}
