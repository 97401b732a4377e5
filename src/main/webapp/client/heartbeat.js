/**
 * The pulse of one socket: says in time that a connection is dead which still looks open.
 *
 * Each beat is timed from the answer to the one before, not from a repeating timer. Browsers slow down timers that
 * start timers in a hidden page to one a minute, which is as long as the server waits before it calls a connection
 * idle; a timer that starts in the handler of a message is spared.
 */
export class Heartbeat {
  #environment;
  #interval;
  #timeout;
  #send;
  #missed;
  #timer = null;
  #ref = null;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {{interval: number, timeout: number}} times in milliseconds
   * @param {{send: () => string, missed: () => void}} socket send() returns the ref of the beat it sent; missed() is
   *     called once, after which the heartbeat has stopped
   */
  constructor(environment, { interval, timeout }, { send, missed }) {
    this.#environment = environment;
    this.#interval = interval;
    this.#timeout = timeout;
    this.#send = send;
    this.#missed = missed;
  }

  start() {
    this.stop();
    this.#timer = this.#environment.setTimeout(() => this.beat(), this.#interval);
  }

  stop() {
    this.#environment.clearTimeout(this.#timer);
    this.#ref = null;
  }

  /** Sends a beat now, unless one is on its way. */
  beat(timeout = this.#timeout) {
    if (this.#ref !== null) {
      return;
    }
    this.#environment.clearTimeout(this.#timer);
    this.#ref = this.#send();
    this.#timer = this.#environment.setTimeout(() => {
      this.stop();
      this.#missed();
    }, timeout);
  }

  /** Takes the ref of a reply; one that answers an earlier beat changes nothing. */
  answered(ref) {
    if (this.#ref !== null && ref === this.#ref) {
      this.start();
    }
  }
}
