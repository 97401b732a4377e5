import { CloseCode } from "./close-code.js";
import { Fallback } from "./fallback.js";
import { Heartbeat } from "./heartbeat.js";
import { reconnectDelay, Retry } from "./retry.js";
import { Transport } from "./transport.js";

// A connection that breaks sooner than this was none: its retries go on where they were, with longer waits.
const STABLE = 5000;
const PROBE_TIMEOUT = 5000;

/**
 * The connection under a socket: one transport after another, and the waits between them.
 *
 * Reports each change of state to its listener before anything else that the change leads to.
 */
export class Link {
  #environment;
  #options;
  #listener;
  #heartbeat;
  #fallback;
  #retry;
  #transport = null;
  #state = Object.freeze({ name: "closed", byServer: false });
  #openedAt = 0;
  #sleep = null;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {object} options url, token, timeout and heartbeat, as the socket was given them
   * @param {object} listener
   * @param {(state: object) => void} listener.changed
   * @param {() => void} listener.opened
   * @param {(text: string) => void} listener.received
   * @param {(error: unknown) => void} listener.failed
   * @param {(end: {code: number, reason: string}, wasOpen: boolean) => void} listener.lost
   * @param {() => string} listener.beat sends a heartbeat and returns its ref
   */
  constructor(environment, options, listener) {
    this.#environment = environment;
    this.#options = options;
    this.#listener = listener;
    this.#fallback = new Fallback(environment);
    this.#retry = new Retry(environment, reconnectDelay, () => this.#try());
    this.#heartbeat = new Heartbeat(environment, options, {
      send: () => listener.beat(),
      missed: () => this.#heartbeatMissed(),
    });
  }

  get state() {
    return this.#state;
  }

  connect() {
    if (this.#state.name === "closed") {
      this.#sleep = this.#environment.onWake(() => this.#wake());
      this.#retry.reset();
      this.#try();
    }
  }

  retry() {
    if (this.#state.name === "waiting") {
      this.#try();
    }
  }

  disconnect() {
    if (this.#state.name !== "closed") {
      this.#transport?.close(CloseCode.NORMAL, "");
      this.#lost({ name: "closed", byServer: false }, { code: CloseCode.NORMAL, reason: "" });
    }
  }

  /** Sends a text, or drops it when the link is not open. */
  send(text) {
    if (this.#state.name === "open") {
      this.#transport.send(text);
    }
  }

  /** Takes the ref of a heartbeat's answer. */
  answered(ref) {
    this.#heartbeat.answered(ref);
  }

  #try() {
    this.#retry.stop();
    const transport = new Transport(this.#environment, this.#fallback, {
      opened: () => this.#opened(),
      received: (text) => this.#listener.received(text),
      failed: (error) => this.#listener.failed(error),
      ended: (code, reason) => this.#ended({ code, reason }),
    });
    this.#transport = transport;
    this.#become({ name: "connecting", attempt: this.#retry.attempt });
    // A listener for the new state may have disconnected.
    if (this.#transport === transport) {
      transport.open(this.#options.url, this.#options.token, this.#options.timeout);
    }
  }

  #opened() {
    this.#openedAt = this.#environment.now();
    this.#heartbeat.start();
    this.#become({ name: "open" });
    this.#listener.opened();
  }

  #ended(end) {
    if (end.code === CloseCode.NORMAL) {
      this.#lost({ name: "closed", byServer: true, ...end }, end);
      return;
    }
    const now = this.#environment.now();
    if (this.#state.name === "open" && now - this.#openedAt >= STABLE) {
      this.#retry.reset();
    }
    const nextTry = now + this.#retry.later(end.code);
    this.#lost({ name: "waiting", attempt: this.#retry.attempt, nextTry, ...end }, end);
  }

  #lost(state, end) {
    const wasOpen = this.#state.name === "open";
    this.#heartbeat.stop();
    this.#transport = null;
    if (state.name === "closed") {
      this.#retry.stop();
      this.#sleep();
    }
    this.#become(state);
    this.#listener.lost(end, wasOpen);
  }

  #become(state) {
    this.#state = Object.freeze(state);
    this.#listener.changed(this.#state);
  }

  #heartbeatMissed() {
    const end = { code: CloseCode.HEARTBEAT_MISSED, reason: "heartbeat missed" };
    this.#transport.close(end.code, end.reason);
    this.#ended(end);
  }

  /** The network is back, or the page: a wait can end, and what looks open may be long dead. */
  #wake() {
    if (this.#state.name === "open") {
      this.#heartbeat.beat(PROBE_TIMEOUT);
    }
    this.retry();
  }
}
