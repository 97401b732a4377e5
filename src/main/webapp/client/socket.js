import { Channel } from "./channel.js";
import { browserEnvironment } from "./environment.js";
import { decode, encode, Events, PHOENIX, VSN } from "./frames.js";
import { Link } from "./link.js";
import { EventListeners } from "./listeners.js";

/**
 * @typedef {object} SocketState What a socket is doing.
 * @property {"connecting" | "open" | "waiting" | "closed"} name
 * @property {number} [attempt] how many tries have failed since the last good connection (connecting, waiting)
 * @property {number} [nextTry] when it tries again, in milliseconds since 1970 (waiting)
 * @property {boolean} [byServer] true when the server closed for good, false when disconnect() did (closed)
 * @property {number} [code] with which the last connection closed (waiting, closed by the server)
 * @property {string} [reason] that came with it, or why there was no connection
 */

/**
 * A connection to a presence server that comes back by itself.
 *
 * Carries any number of channels over one WebSocket, or polls where WebSockets are blocked. When the connection is lost,
 * or answers no heartbeat, it reconnects for ever, with growing and random waits, and all channels join again; when the
 * network or the page comes back it does not wait. It stops only by {@link Socket#disconnect}, or when the server closes with code 1000.
 *
 * Listeners are called on the page's one thread and in the order of the frames, never from within a constructor. The
 * onX methods return a function that ends the listening.
 */
export class Socket {
  #link;
  #channels = new Set();
  #listeners;
  #ref = 0;

  /**
   * @param {string} endPoint as for phoenix.js, without "/websocket": a path such as "/rollcall/socket", or a URL
   * @param {object} [options]
   * @param {?string | (() => ?string | Promise<?string>)} [options.token] who the user is; a function is asked again
   *     at every connect, so that a short-lived token is always fresh. Without one the socket is anonymous
   * @param {object | (() => object)} [options.params] more parameters for the query; not for secrets
   * @param {number} [options.timeout] milliseconds for a connect, a heartbeat's answer and a push; 10 s unless given
   * @param {number} [options.heartbeat] milliseconds between heartbeats; 30 s unless given
   * @param {Partial<import("./environment.js").Environment>} [options.environment] for tests
   */
  constructor(endPoint, { token = null, params = {}, timeout = 10000, heartbeat = 30000, environment } = {}) {
    this.timeout = timeout;
    /** @internal */
    this.environment = { ...browserEnvironment(), ...environment };
    this.#listeners = new EventListeners(this.environment.report);
    const url = () => address(this.environment.base, endPoint, typeof params === "function" ? params() : params);
    this.#link = new Link(this.environment, { url, token, timeout, interval: heartbeat }, {
      changed: (state) => this.#listeners.call("state", state),
      opened: () => this.#opened(),
      received: (text) => this.#received(text),
      failed: (error) => this.#listeners.call("error", error),
      lost: (end, wasOpen) => this.#lost(end, wasOpen),
      beat: () => this.#beat(),
    });
  }

  /** @returns {Readonly<SocketState>} what the socket is doing now */
  get state() {
    return this.#link.state;
  }

  /** Connects; without effect unless the state is "closed". */
  connect() {
    this.#link.connect();
  }

  /** Ends a wait and tries to connect now; without effect unless the state is "waiting". */
  retry() {
    this.#link.retry();
  }

  /**
   * Closes with code 1000: the server takes it that the user left, without a grace. The channels are kept; a later
   * connect() joins them again.
   */
  disconnect() {
    this.#link.disconnect();
  }

  /**
   * Makes a channel; nothing is sent before its join().
   *
   * @param {string} topic
   * @param {object | (() => object)} [payload] of the join; a function is asked again at every rejoin, so that it can
   *     tell what the user is doing by then
   * @returns {Channel}
   */
  channel(topic, payload = {}) {
    return new Channel(this, topic, payload);
  }

  /** Listens to each opening of the connection, after the channels have sent their joins. */
  onOpen(fn) {
    return this.#listeners.add("open", fn);
  }

  /** Listens to the end of each connection, and of each try that led to none: `{code, reason}`. */
  onClose(fn) {
    return this.#listeners.add("close", fn);
  }

  /** Listens to what went wrong: no token to be had, a failed WebSocket, a frame that makes no sense. */
  onError(fn) {
    return this.#listeners.add("error", fn);
  }

  /** Listens to every frame, also of topics that no channel has joined: `{joinRef, ref, topic, event, payload}`. */
  onMessage(fn) {
    return this.#listeners.add("message", fn);
  }

  /** Listens to each change of the state: a {@link SocketState}. */
  onState(fn) {
    return this.#listeners.add("state", fn);
  }

  /** @internal */
  nextRef() {
    return String(++this.#ref);
  }

  /** @internal Sends a frame, or drops it when the socket is not open. */
  send(frame) {
    this.#link.send(encode(frame));
  }

  /** @internal */
  add(channel) {
    this.#channels.add(channel);
  }

  /** @internal */
  remove(channel) {
    this.#channels.delete(channel);
  }

  #opened() {
    for (const channel of [...this.#channels]) {
      try {
        channel.socketOpened();
      } catch (error) {
        // The page's function that makes the payload threw. Its channel has no join to send; the others do.
        this.environment.report(error);
      }
    }
    this.#listeners.call("open");
  }

  #lost(end, wasOpen) {
    if (wasOpen) {
      for (const channel of [...this.#channels]) {
        channel.socketLost();
      }
    }
    this.#listeners.call("close", end);
  }

  #received(text) {
    let frame;
    try {
      frame = decode(text);
    } catch (error) {
      this.#listeners.call("error", error);
      return;
    }
    if (frame.topic === PHOENIX && frame.event === Events.REPLY) {
      this.#link.answered(frame.ref);
    }
    for (const channel of [...this.#channels]) {
      if (channel.topic === frame.topic) {
        channel.receive(frame);
      }
    }
    this.#listeners.call("message", frame);
  }

  #beat() {
    const ref = this.nextRef();
    this.send({ joinRef: null, ref, topic: PHOENIX, event: Events.HEARTBEAT, payload: {} });
    return ref;
  }
}

function address(base, endPoint, params) {
  const url = new URL(`${endPoint.replace(/\/+$/, "")}/websocket`, base);
  url.protocol = url.protocol.replace(/^http/, "ws");
  for (const [name, value] of Object.entries({ ...params, vsn: VSN })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
