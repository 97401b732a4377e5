import { decode } from "../client/frames.js";

const MOST = 20;
const SECRET_NAME = /token|secret|password|authorization/i;
// A JSON Web Token, wherever in a text it stands.
const JWT = /\beyJ[\w-]{6,}(\.{1,2}[\w-]+)*/g;
const NOT_SHOWN = "(not shown)";

/**
 * @typedef {object} Traced A frame that went over a socket of this page.
 * @property {number} number
 * @property {string} who whose socket
 * @property {"in" | "out"} direction
 * @property {Date} at
 * @property {import("../client/frames.js").Frame} frame without secrets
 */

/** The last frames of this page's sockets, the newest first. Secrets are taken out before a frame is kept. */
export class Trace {
  #frames = [];
  #number = 0;
  #listeners = [];

  /** @returns {readonly Traced[]} at most 20 */
  get frames() {
    return this.#frames;
  }

  /** Listens to each new frame. */
  onFrame(fn) {
    this.#listeners.push(fn);
  }

  /** Makes the environment of a socket whose sent frames are noted, be they sent by WebSocket or by long-poll. */
  environment(who) {
    const note = (text) => this.#sent(who, text);
    class TracedWebSocket extends WebSocket {
      send(text) {
        super.send(text);
        note(text);
      }
    }
    const tracedFetch = (url, options) => {
      // Of a poll, which sends nothing, there is no body.
      options.body?.split("\n").forEach(note);
      return fetch(url, options);
    };
    return { WebSocket: TracedWebSocket, fetch: tracedFetch };
  }

  /** Notes what a socket receives. */
  listen(socket, who) {
    socket.onMessage((frame) => this.#add(who, "in", frame));
  }

  #sent(who, text) {
    if (typeof text === "string") {
      this.#add(who, "out", decode(text));
    }
  }

  #add(who, direction, frame) {
    const traced = { number: ++this.#number, who, direction, at: new Date(), frame: redact(frame) };
    this.#frames = [traced, ...this.#frames].slice(0, MOST);
    this.#listeners.forEach((fn) => fn(traced));
  }
}

/** Copies a value without what may be a secret: members whose name says so, and JSON Web Tokens in any text. */
export function redact(value) {
  if (typeof value === "string") {
    return value.replace(JWT, NOT_SHOWN);
  }
  if (Array.isArray(value)) {
    return value.map(redact);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([name, one]) => [name, SECRET_NAME.test(name) ? NOT_SHOWN : redact(one)]));
}
