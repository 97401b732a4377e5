package org.rollcall.socket;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.rollcall.protocol.CloseCode;

/**
 * The numbers of messages and frames on this node's sockets since the start.
 *
 * <p>Safe for many threads: each event costs an addition, and no call blocks.
 */
public final class Traffic {
  private final Map<Kind, LongAdder> joins = adders(Kind.class);
  private final Map<Kind, LongAdder> leaves = adders(Kind.class);
  private final Map<CloseCode, LongAdder> closes = adders(CloseCode.class);
  private final LongAdder closesByClients = new LongAdder();
  private final LongAdder updates = new LongAdder();
  private final LongAdder diffs = new LongAdder();
  private final Map<Transport.Kind, LongAdder> frames = adders(Transport.Kind.class);
  private final Map<Transport.Kind, LongAdder> bytes = adders(Transport.Kind.class);
  private final LongAdder overflows = new LongAdder();

  /** The kinds of channels that can be joined. */
  public enum Kind {
    /** A user's own channel. */
    USER,
    /** The channel of a room. */
    ROOM,
    /** The channel of a count. */
    COUNT
  }

  private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
    Map<K, LongAdder> adders = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  private static <K> LongAdder of(Map<K, LongAdder> adders, K key) {
    return Objects.requireNonNull(adders.get(key));
  }

  void joined(Kind kind) {
    of(joins, kind).increment();
  }

  void left(Kind kind) {
    of(leaves, kind).increment();
  }

  public void updated() {
    updates.increment();
  }

  public void diff() {
    diffs.increment();
  }

  void sent(Transport.Kind kind, int size) {
    of(frames, kind).increment();
    of(bytes, kind).add(size);
  }

  void overflowed() {
    overflows.increment();
  }

  void closed(CloseCode code) {
    of(closes, code).increment();
  }

  void closedByClient() {
    closesByClients.increment();
  }

  /** Returns how many joins were accepted. */
  public LongSupplier joins(Kind kind) {
    return of(joins, kind)::sum;
  }

  /** Returns how many joined channels have ended, for any reason. */
  public LongSupplier leaves(Kind kind) {
    return of(leaves, kind)::sum;
  }

  /** Returns how many connections this node has closed for a reason. */
  public LongSupplier closes(CloseCode code) {
    return of(closes, code)::sum;
  }

  /** Returns how many connections were closed by clients, or lost. */
  public LongSupplier closesByClients() {
    return closesByClients::sum;
  }

  /** Returns how many metas were replaced. */
  public LongSupplier updates() {
    return updates::sum;
  }

  /** Returns how many diffs were put into outboxes. */
  public LongSupplier diffs() {
    return diffs::sum;
  }

  /** Returns how many frames were given to connections of a kind. */
  public LongSupplier frames(Transport.Kind kind) {
    return of(frames, kind)::sum;
  }

  /** Returns how many bytes, as UTF-8, these frames have together, without their heads. */
  public LongSupplier bytes(Transport.Kind kind) {
    return of(bytes, kind)::sum;
  }

  /** Returns how many channels sent a fresh state, as a full outbox had dropped their presence. */
  public LongSupplier overflows() {
    return overflows::sum;
  }
}
