import { Events } from "./frames.js";
import { EventListeners } from "./listeners.js";

/**
 * @typedef {{metas: Array<{phx_ref: string}>}} Entry One key as the server sends it: a meta for each connection,
 *     the newest last, and any other members that it adds.
 */

/**
 * Who is present on one channel, folded from the server's states and diffs.
 *
 * - A diff that comes before the state of the current join waits for it.
 * - A state may come at any time, and is the truth: what it lacks has left, what it adds has joined.
 * - Metas are distinguished by their ref; a repeated join or leave changes nothing and calls nobody.
 * - While the connection is lost the last known list stays; {@link Presence#synced} is false then.
 *
 * Listeners are called after the change is complete, so list() gives them the new list: first every join, then every
 * leave, then one sync. An update is a join followed by a leave of the same key. The onX methods return a function
 * that ends the listening.
 */
export class Presence {
  #channel;
  #entries = new Map();
  #stateRef = null;
  #early = [];
  #listeners;

  /** @param {import("./channel.js").Channel} channel best given before it is joined, or the first state is missed */
  constructor(channel) {
    this.#channel = channel;
    this.#listeners = new EventListeners(channel.report);
    channel.on(Events.PRESENCE_STATE, (state) => this.#rebase(state));
    channel.on(Events.PRESENCE_DIFF, (diff) => this.#diff(diff));
    channel.onError(() => (this.#early = []));
  }

  /** True once the state of the channel's current join is in, false while what is known may be out of date. */
  get synced() {
    return this.#stateRef !== null && this.#stateRef === this.#channel.joinRef;
  }

  /**
   * Lists who is present, in the order of their coming.
   *
   * @template T
   * @param {(key: string, entry: Entry) => T} [by] makes one element of the list, the entry itself unless given
   * @returns {T[]}
   */
  list(by = (key, entry) => entry) {
    return [...this.#entries].map(([key, entry]) => by(key, entry));
  }

  /** @returns {Entry | undefined} the entry of one key, undefined when it is not present */
  get(key) {
    return this.#entries.get(key);
  }

  /**
   * Listens to joins.
   *
   * @param {(key: string, before: Entry | undefined, joined: Entry) => void} fn before is undefined when the key was
   *     not present; joined holds only the metas that are new
   */
  onJoin(fn) {
    return this.#listeners.add("join", fn);
  }

  /**
   * Listens to leaves.
   *
   * @param {(key: string, after: Entry, left: Entry) => void} fn after has no metas when the key has left; left holds
   *     only the metas that have left
   */
  onLeave(fn) {
    return this.#listeners.add("leave", fn);
  }

  /** Listens to the end of each state or diff, also of one that changed nothing. */
  onSync(fn) {
    return this.#listeners.add("sync", fn);
  }

  #rebase(state) {
    const entries = new Map(Object.entries(state).filter(([, { metas }]) => metas?.length > 0));
    const changes = [];
    for (const [key, entry] of entries) {
      changes.push(change(key, this.#entries.get(key), entry));
    }
    for (const [key, entry] of this.#entries) {
      if (!entries.has(key)) {
        changes.push(change(key, entry, { ...entry, metas: [] }));
      }
    }
    this.#entries = entries;
    this.#stateRef = this.#channel.joinRef;
    this.#tell(changes);
    for (const diff of this.#early.splice(0)) {
      this.#diff(diff);
    }
  }

  #diff(diff) {
    if (!this.synced) {
      this.#early.push(diff);
      return;
    }
    const { joins = {}, leaves = {} } = diff;
    const changes = [];
    for (const key of new Set([...Object.keys(joins), ...Object.keys(leaves)])) {
      const before = this.#entries.get(key);
      const after = fold(before, own(joins, key), own(leaves, key));
      changes.push(change(key, before, after));
      if (after.metas.length > 0) {
        this.#entries.set(key, after);
      } else {
        this.#entries.delete(key);
      }
    }
    this.#tell(changes);
  }

  #tell(changes) {
    for (const { key, before, joined } of changes) {
      if (joined.metas.length > 0) {
        this.#listeners.call("join", key, before, joined);
      }
    }
    for (const { key, after, left } of changes) {
      if (left.metas.length > 0) {
        this.#listeners.call("leave", key, after, left);
      }
    }
    this.#listeners.call("sync");
  }
}

/** Joins first, then leaves: an update carries both, and the key must not vanish in between. */
function fold(before, joins, leaves) {
  const joined = joins?.metas ?? [];
  const left = refs(leaves?.metas);
  const kept = without(before?.metas ?? [], refs(joined));
  return { ...before, ...joins, metas: without([...kept, ...joined], left) };
}

function change(key, before, after) {
  const joined = { ...after, metas: without(after.metas, refs(before?.metas)) };
  const left = { ...before, metas: without(before?.metas ?? [], refs(after.metas)) };
  return { key, before, after, joined, left };
}

function refs(metas = []) {
  return new Set(metas.map(({ phx_ref }) => phx_ref));
}

function without(metas, gone) {
  return metas.filter(({ phx_ref }) => !gone.has(phx_ref));
}

/** Reads a key that JSON gave, which may be the name of something that every object inherits. */
function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
