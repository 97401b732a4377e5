/** The answer to a push that did not succeed, as an error to catch. */
export class PushError extends Error {
  /**
   * @param {string} what the event and topic of the push
   * @param {"error" | "timeout"} status
   * @param {any} response of the server, e.g. `{"reason":"unauthorized"}`
   */
  constructor(what, status, response) {
    super(`expected an answer "ok" to ${what}, but got "${status}" ${JSON.stringify(response)}`);
    this.name = "PushError";
    this.status = status;
    this.response = response;
  }
}

/**
 * One event on its way to the server, and its answer.
 *
 * Ends in exactly one outcome, "ok", "error" or "timeout", with one exception: the push of a join has an outcome at
 * each rejoin. Can be awaited: gives the response of the first "ok", or throws a {@link PushError} if the first
 * outcome is another one.
 */
export class Push {
  #environment;
  #timer = null;
  #outcome = null;
  #listeners = [];
  #promise = null;

  /** @internal Made by {@link Channel#push}, `join` and `leave`. */
  constructor(environment, topic, event, payload, timeout) {
    this.#environment = environment;
    this.topic = topic;
    this.event = event;
    this.payload = payload;
    this.timeout = timeout;
    /** @internal The ref under which it was sent last. */
    this.ref = null;
  }

  /**
   * Calls a function when the outcome is the given status; at once if it is already.
   *
   * @param {"ok" | "error" | "timeout"} status
   * @param {(response: any) => void} fn
   * @returns {this} for a chain
   */
  receive(status, fn) {
    this.#listeners.push({ status, fn });
    if (this.#outcome?.status === status) {
      this.#call(fn, this.#outcome.response);
    }
    return this;
  }

  /** Makes the push something to `await`. */
  then(resolved, rejected) {
    this.#promise ??= new Promise((resolve, reject) => {
      const fail = (status) => (response) => reject(new PushError(`${this.event} on ${this.topic}`, status, response));
      this.receive("ok", resolve).receive("error", fail("error")).receive("timeout", fail("timeout"));
    });
    return this.#promise.then(resolved, rejected);
  }

  /** @internal Starts the time within which the answer has to come. */
  start(onTimeout) {
    this.#outcome = null;
    this.#environment.clearTimeout(this.#timer);
    this.#timer = this.#environment.setTimeout(onTimeout, this.timeout);
  }

  /** @internal Ends the push; until the next start(), any further outcome is ignored. */
  settle(status, response) {
    this.#environment.clearTimeout(this.#timer);
    if (this.#outcome) {
      return;
    }
    this.#outcome = { status, response };
    for (const listener of [...this.#listeners]) {
      if (listener.status === status) {
        this.#call(listener.fn, response);
      }
    }
  }

  /** @internal Stops the time without an outcome. */
  stop() {
    this.#environment.clearTimeout(this.#timer);
  }

  #call(fn, response) {
    try {
      fn(response);
    } catch (error) {
      this.#environment.report(error);
    }
  }
}
