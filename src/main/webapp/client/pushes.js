import { Push } from "./push.js";

/**
 * The open pushes of one channel: pushes that wait for its join, and pushes that were sent and wait for an answer.
 *
 * Each leaves by its answer or by its time-out, whichever comes first, so nothing stays here for ever.
 */
export class Pushes {
  #socket;
  #topic;
  #waiting = new Set();
  #unanswered = new Map();

  constructor(socket, topic) {
    this.#socket = socket;
    this.#topic = topic;
  }

  /** Makes a push whose time is not running yet. */
  make(event, payload, timeout) {
    return new Push(this.#socket.environment, this.#topic, event, payload, timeout);
  }

  /** Starts the time of a push. When it is over, the push is forgotten and ends as "timeout". */
  start(push) {
    push.start(() => {
      this.forget(push);
      push.settle("timeout", {});
    });
  }

  /** Keeps a push for the next flush(), and returns it. */
  hold(push) {
    this.#waiting.add(push);
    return push;
  }

  /** Sends a push, and returns it; its answer will be looked for under the ref. */
  send(push, joinRef, ref = this.#socket.nextRef()) {
    push.ref = ref;
    this.#unanswered.set(ref, push);
    this.#socket.send({ joinRef, ref, topic: this.#topic, event: push.event, payload: push.payload });
    return push;
  }

  /** Sends what waits, in the order in which it came. */
  flush(joinRef) {
    for (const push of this.#waiting) {
      this.send(push, joinRef);
    }
    this.#waiting.clear();
  }

  /** Takes out the push that a reply answers, undefined when it is unknown or too late. */
  take(ref) {
    const push = this.#unanswered.get(ref);
    this.#unanswered.delete(ref);
    return push;
  }

  forget(push) {
    this.#waiting.delete(push);
    this.#unanswered.delete(push.ref);
  }

  /** Ends what waits as an error: it will never be sent. */
  drop(reason) {
    const dropped = [...this.#waiting];
    this.#waiting.clear();
    for (const push of dropped) {
      push.settle("error", { reason });
    }
  }
}
