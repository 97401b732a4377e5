const MEMORY = "rollcall:long-poll";

/**
 * Whether a socket polls instead of using WebSockets: it does so if no WebSocket has worked and polling has, and the
 * page's session remembers it.
 */
export class Fallback {
  #environment;
  #webSockets = false;
  #polling;

  /** @param {import("./environment.js").Environment} environment */
  constructor(environment) {
    this.#environment = environment;
    this.#polling = this.#memory((store) => store.getItem(MEMORY) === "true");
  }

  /** True while the first that is tried is to poll. */
  get first() {
    return this.#can() && (this.#polling || !this.#environment.WebSocket);
  }

  /** True if polling may be tried after a WebSocket that failed. */
  get possible() {
    return this.#can() && !this.#webSockets;
  }

  /** Takes notice of a connection. */
  opened(polling) {
    this.#webSockets ||= !polling;
    if (polling && !this.#webSockets && !this.#polling) {
      this.#polling = true;
      this.#memory((store) => store.setItem(MEMORY, "true"));
    }
  }

  /** Takes notice that polling did not work either: WebSockets are tried again. */
  failed() {
    this.#polling = false;
    this.#memory((store) => store.removeItem(MEMORY));
  }

  #can() {
    return typeof this.#environment.fetch === "function";
  }

  /** A browser may refuse a page the storage of its session. */
  #memory(use) {
    try {
      return use(this.#environment.session()) ?? false;
    } catch {
      return false;
    }
  }
}
