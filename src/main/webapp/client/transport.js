import { CloseCode } from "./close-code.js";

/**
 * One WebSocket, from the fetch of its token to its end.
 *
 * Tells its listener of at most one opened() and exactly one ended(), and of nothing after that. Once close() was
 * called it tells nothing more at all, so a transport that was given up cannot disturb the one that follows it.
 */
export class Transport {
  #environment;
  #listener;
  #webSocket = null;
  #timer = null;
  #done = false;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {object} listener
   * @param {() => void} listener.opened
   * @param {(text: string) => void} listener.received
   * @param {(error: unknown) => void} listener.failed says why, ahead of ended()
   * @param {(code: number, reason: string) => void} listener.ended
   */
  constructor(environment, listener) {
    this.#environment = environment;
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
    this.#timer = this.#environment.setTimeout(
      () => this.#fail(new Error(`expected a connection within ${timeout} ms, but got none`)),
      timeout,
    );
    try {
      const value = typeof token === "function" ? await token() : token;
      if (!this.#done) {
        this.#listen(new this.#environment.WebSocket(url(), subprotocols(value)));
      }
    } catch (error) {
      this.#fail(error);
    }
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
      this.#listener.opened();
    };
    webSocket.onmessage = ({ data }) => {
      // Presence is text only; a binary frame can only come from a channel that this client has no use for.
      if (typeof data === "string") {
        this.#listener.received(data);
      }
    };
    webSocket.onerror = () => this.#listener.failed(new Error("the WebSocket failed"));
    webSocket.onclose = ({ code, reason }) => this.#end(code, reason);
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
      this.#finish();
      webSocket?.close();
      this.#listener.ended(code, reason);
    }
  }

  #finish() {
    this.#done = true;
    this.#environment.clearTimeout(this.#timer);
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
