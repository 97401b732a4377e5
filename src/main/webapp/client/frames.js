/**
 * @typedef {object} Frame One message of the V2 serializer. Only this file knows the order of its array.
 * @property {?string} joinRef which join of the channel it belongs to; null in a broadcast
 * @property {?string} ref which push it answers; null when it answers none
 * @property {string} topic
 * @property {string} event
 * @property {any} payload
 */

/** The version of the protocol, as the server wants it in the query. */
export const VSN = "2.0.0";

/** The events that the protocol keeps for itself. */
export const Events = Object.freeze({
  JOIN: "phx_join",
  LEAVE: "phx_leave",
  REPLY: "phx_reply",
  ERROR: "phx_error",
  CLOSE: "phx_close",
  HEARTBEAT: "heartbeat",
  PRESENCE_STATE: "presence_state",
  PRESENCE_DIFF: "presence_diff",
});

/** The topic of heartbeats, which no channel joins. */
export const PHOENIX = "phoenix";

/** @param {Frame} frame @returns {string} */
export function encode({ joinRef, ref, topic, event, payload }) {
  return JSON.stringify([joinRef, ref, topic, event, payload]);
}

/**
 * Reads one text frame. Elements past the fifth are ignored.
 *
 * @returns {Frame}
 * @throws {Error} when it is not a V2 message
 */
export function decode(text) {
  const message = JSON.parse(text);
  if (!Array.isArray(message) || typeof message[2] !== "string" || typeof message[3] !== "string") {
    throw new Error(`expected [join_ref, ref, topic, event, payload], but got ${text.slice(0, 80)}`);
  }
  const [joinRef, ref, topic, event, payload] = message;
  return { joinRef, ref, topic, event, payload };
}
