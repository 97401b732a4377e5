import { CloseCode } from "./close-code.js";

const MOST_MESSAGES = 100;
// The server answers after ten seconds at the latest.
const POLL_TIMEOUT = 25000;

/**
 * Plays a WebSocket by HTTP requests, where WebSockets are blocked: one request waits for frames, another one at a time
 * takes them to the server. Has the handlers, send() and close() of a WebSocket, and ends with at most one onclose.
 *
 * Tokens travel in headers, so that no access log has them. Frames come and go in order. The server has no word for
 * good-bye: it notices that a page was closed when the page polls no more.
 */
export class LongPoll {
  #environment;
  #url;
  #headers;
  #requests = new Set();
  #waiting = [];
  #sending = false;
  #done = false;
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {string} url of the WebSocket
   * @param {?string} token who the user is
   */
  constructor(environment, url, token) {
    this.#environment = environment;
    this.#url = url.replace(/^ws/, "http").replace(/\/websocket(?=\?|$)/, "/longpoll");
    this.#headers = token ? { "X-Phoenix-AuthToken": token } : {};
    this.#open();
  }

  send(text) {
    this.#waiting.push(text);
    if (!this.#sending) {
      this.#post();
    }
  }

  close() {
    this.#done = true;
    for (const request of this.#requests) {
      request.abort();
    }
  }

  async #open() {
    const { status, token } = await this.#request("GET", POLL_TIMEOUT);
    if (this.#done) {
      return;
    }
    if (status !== 410) {
      this.#end();
      return;
    }
    this.#headers = { "X-Phoenix-LongPoll-Token": token };
    this.onopen?.();
    this.#poll();
  }

  async #poll() {
    while (!this.#done) {
      const { status, messages } = await this.#request("GET", POLL_TIMEOUT);
      if (status !== 200 && status !== 204) {
        this.#end();
      }
      for (const data of status === 200 ? messages : []) {
        // Each in a task of its own, as a WebSocket's: all that a frame brings about is done before the next.
        await new Promise((next) => this.#environment.setTimeout(next, 0));
        if (!this.#done) {
          this.onmessage?.({ data });
        }
      }
    }
  }

  async #post() {
    this.#sending = true;
    // What the page sends in this task goes in one request.
    await null;
    while (this.#waiting.length > 0 && !this.#done) {
      const body = this.#waiting.splice(0, MOST_MESSAGES).join("\n");
      const { status } = await this.#request("POST", POLL_TIMEOUT, body);
      if (status !== 200) {
        this.#end();
      }
    }
    this.#sending = false;
  }

  async #request(method, timeout, body) {
    const request = new AbortController();
    const timer = this.#environment.setTimeout(() => request.abort(), timeout);
    this.#requests.add(request);
    try {
      const headers = body === undefined ? this.#headers : { ...this.#headers, "Content-Type": "application/x-ndjson" };
      const options = { method, headers, body, signal: request.signal, credentials: "omit", cache: "no-store" };
      return await (await this.#environment.fetch(this.#url, options)).json();
    } catch {
      return {};
    } finally {
      this.#requests.delete(request);
      this.#environment.clearTimeout(timer);
    }
  }

  #end() {
    if (!this.#done) {
      this.close();
      this.onerror?.();
      this.onclose?.({ code: CloseCode.ABNORMAL, reason: "" });
    }
  }
}
