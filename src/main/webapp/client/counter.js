import { Listeners } from "./listeners.js";
import { Presence } from "./presence.js";

/**
 * How many connections a count channel has: those without a name (viewers) and those of signed-in users. One user's
 * three tabs are three.
 *
 * Takes each number as the server states it and sums nothing up, so a diff that is lost or repeated cannot leave it
 * wrong for longer than until the next one.
 */
export class Counter {
  #presence;
  #onChange;
  #counts = Object.freeze({ viewers: 0, users: 0, total: 0 });

  /** @param {import("./channel.js").Channel} channel of a topic such as "count:42", best given before it is joined */
  constructor(channel) {
    this.#onChange = new Listeners(channel.report);
    this.#presence = new Presence(channel);
    this.#presence.onSync(() => this.#read());
  }

  get viewers() {
    return this.#counts.viewers;
  }

  get users() {
    return this.#counts.users;
  }

  /** All connections, of viewers and users together. */
  get total() {
    return this.#counts.total;
  }

  /** True once the server has sent the numbers for the current join. */
  get synced() {
    return this.#presence.synced;
  }

  /**
   * Listens to the first numbers of each join and to every change.
   *
   * @param {(counts: Readonly<{viewers: number, users: number, total: number}>) => void} fn
   * @returns {() => void} ends the listening
   */
  onChange(fn) {
    return this.#onChange.add(fn);
  }

  #read() {
    const viewers = this.#count("viewers");
    const users = this.#count("users");
    this.#counts = Object.freeze({ viewers, users, total: viewers + users });
    this.#onChange.call(this.#counts);
  }

  #count(key) {
    return this.#presence.get(key)?.metas.at(-1).count ?? 0;
  }
}
