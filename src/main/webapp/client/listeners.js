/**
 * The functions that wait for one kind of event, called in the order in which they came.
 *
 * One that throws is reported and does not keep the others from being called. One that is added or removed during a
 * call counts from the next call on.
 */
export class Listeners {
  #listeners = new Set();
  #report;

  /** @param {(error: unknown) => void} report takes what a listener throws */
  constructor(report) {
    this.#report = report;
  }

  /**
   * Adds a function. The same function added twice is called twice.
   *
   * @returns {() => void} removes it again; harmless when repeated
   */
  add(fn) {
    const listener = { fn };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  call(...values) {
    for (const { fn } of [...this.#listeners]) {
      try {
        fn(...values);
      } catch (error) {
        this.#report(error);
      }
    }
  }
}

/** Listeners kept apart by the name of an event. */
export class EventListeners {
  #events = new Map();
  #report;

  constructor(report) {
    this.#report = report;
  }

  /** @returns {() => void} removes the function again */
  add(event, fn) {
    if (!this.#events.has(event)) {
      this.#events.set(event, new Listeners(this.#report));
    }
    return this.#events.get(event).add(fn);
  }

  call(event, ...values) {
    this.#events.get(event)?.call(...values);
  }
}
