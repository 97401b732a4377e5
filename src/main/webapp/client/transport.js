import { CloseCode } from "./close-code.js";
import { LongPoll } from "./long-poll.js";

/**
 * One WebSocket, from the fetch of its token to its end; or one session of long-poll, if the WebSocket fails before it
 * is open and none has ever worked, or if the page's session remembers that.
 *
 * Calls its listener with at most one opened() and exactly one ended(), and with nothing after that. Once close() was
 * called it makes no call any more, so a transport that was given up cannot disturb the one that follows it.
 */
export class Transport {
  #environment;
  #fallback;
  #listener;
  #webSocket = null;
  #connection = null;
  #opened = false;
  #timer = null;
  #done = false;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {import("./fallback.js").Fallback} fallback shared by all transports of a socket
   * @param {object} listener
   * @param {() => void} listener.opened
   * @param {(text: string) => void} listener.received
   * @param {(error: unknown) => void} listener.failed says why, ahead of ended()
   * @param {(code: number, reason: string) => void} listener.ended
   */
  constructor(environment, fallback, listener) {
    this.#environment = environment;
    this.#fallback = fallback;
    this.#listener = listener;
  }

  /**
   * Connects. Any failure, also a token that cannot be fetched, is an end with code 1006.
   *
   * @param {() => string} url
   * @param {?string | (() => ?string | Promise<?string>)} token
   * @param {number} timeout milliseconds for the token and the handshake together
   */
  async open(url, token, timeout) {
    this.#limit(timeout);
    try {
      const value = typeof token === "function" ? await token() : token;
      if (!this.#done) {
        this.#connection = { url: url(), token: value, timeout };
        this.#connect();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #limit(timeout) {
    this.#environment.clearTimeout(this.#timer);
    this.#timer = this.#environment.setTimeout(() => {
      const error = new Error(`expected a connection within ${timeout} ms, but got none`);
      if (!this.#fallBack(error)) {
        this.#fail(error);
      }
    }, timeout);
  }

  #connect() {
    const { url, token } = this.#connection;
    if (this.#fallback.first) {
      this.#poll();
      return;
    }
    try {
      this.#listen(new this.#environment.WebSocket(url, subprotocols(token)));
    } catch (error) {
      // Some browsers throw what a page's policy forbids.
      if (!this.#fallBack(error)) {
        throw error;
      }
    }
  }

  /** Returns whether a WebSocket that failed is replaced by polling. */
  #fallBack(error) {
    const replaced =
      !this.#done &&
      !this.#opened &&
      this.#connection !== null &&
      !(this.#webSocket instanceof LongPoll) &&
      this.#fallback.possible;
    if (replaced) {
      this.#listener.failed(error);
      const webSocket = this.#webSocket;
      this.#release();
      webSocket?.close();
      // The listener may have closed this.
      if (!this.#done) {
        this.#limit(this.#connection.timeout);
        this.#poll();
      }
    }
    return replaced;
  }

  #poll() {
    const { url, token } = this.#connection;
    this.#listen(new LongPoll(this.#environment, url, token));
  }

  /** Sends one frame, or loses it when the WebSocket is closing. */
  send(text) {
    this.#webSocket?.send(text);
  }

  /** Gives the WebSocket up at once, without waiting for the server's part of the closing handshake. */
  close(code, reason) {
    this.#finish();
    this.#webSocket?.close(code, reason);
  }

  #listen(webSocket) {
    this.#webSocket = webSocket;
    webSocket.onopen = () => {
      this.#environment.clearTimeout(this.#timer);
      this.#opened = true;
      this.#fallback.opened(webSocket instanceof LongPoll);
      this.#listener.opened();
    };
    webSocket.onmessage = ({ data }) => {
      // Presence is text only; a binary frame can only come from a channel that this client has no use for.
      if (typeof data === "string") {
        this.#listener.received(data);
      }
    };
    webSocket.onerror = () => this.#failed(new Error("the WebSocket failed"));
    webSocket.onclose = ({ code, reason }) => {
      if (!this.#fallBack(new Error("the WebSocket was closed"))) {
        this.#end(code, reason);
      }
    };
  }

  /** A page's policy that forbids WebSockets has them fail without a close. */
  #failed(error) {
    if (!this.#fallBack(error)) {
      this.#listener.failed(error);
    }
  }

  #fail(error) {
    if (!this.#done) {
      this.#listener.failed(error);
      this.#end(CloseCode.ABNORMAL, error?.message ?? String(error));
    }
  }

  #end(code, reason) {
    if (!this.#done) {
      const webSocket = this.#webSocket;
      if (webSocket instanceof LongPoll && !this.#opened) {
        this.#fallback.failed();
      }
      this.#finish();
      webSocket?.close();
      this.#listener.ended(code, reason);
    }
  }

  #finish() {
    this.#done = true;
    this.#environment.clearTimeout(this.#timer);
    this.#release();
  }

  #release() {
    if (this.#webSocket) {
      Object.assign(this.#webSocket, { onopen: null, onmessage: null, onerror: null, onclose: null });
    }
  }
}

/**
 * Packs a token into subprotocols, the one header that a page can set on a WebSocket; there it stays out of access
 * logs. A JWT is encoded once more, as the server decodes each one.
 */
function subprotocols(token) {
  if (token === null || token === undefined || token === "") {
    return [];
  }
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  const encoded = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return ["phoenix", `base64url.bearer.phx.${encoded}`];
}
