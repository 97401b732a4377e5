import { CloseCode } from "./close-code.js";

const RECONNECT_STEPS = [500, 1000, 2000, 4000, 8000, 16000, 30000];
const REJOIN_STEPS = [1000, 2000, 5000, 10000, 30000];
const SHORTEST = 50;
// Well within the server's grace of 10 s, so that nobody sees a user blink while a node drains.
const DRAIN_SPREAD = 4000;
const BUSY_WAIT = 5000;
const BUSY_SPREAD = 10000;

/**
 * Says how long to wait before the next try to connect.
 *
 * Full jitter: anything up to the step, so that clients which lost a server together come back apart.
 *
 * @param {number} attempt 0 for the first try after a good connection
 * @param {() => number} random
 * @param {number} code with which the last connection closed
 * @returns {number} milliseconds
 */
export function reconnectDelay(attempt, random, code) {
  const delay = SHORTEST + random() * step(RECONNECT_STEPS, attempt);
  switch (code) {
    case CloseCode.DRAINING:
      return Math.round(delay + random() * DRAIN_SPREAD);
    case CloseCode.TRY_LATER:
      return Math.round(delay + BUSY_WAIT + random() * BUSY_SPREAD);
    default:
      return Math.round(delay);
  }
}

/**
 * Says how long a channel waits before it joins again after an error: its step, give or take a half.
 *
 * @param {number} attempt 0 for the first try after a good join
 * @returns {number} milliseconds
 */
export function rejoinDelay(attempt, random) {
  return Math.round(step(REJOIN_STEPS, attempt) * (0.5 + random()));
}

function step(steps, attempt) {
  return steps[Math.min(attempt, steps.length - 1)];
}

/** Something that is tried again and again, later each time, until it works. */
export class Retry {
  #environment;
  #delay;
  #tryAgain;
  #timer = null;

  /**
   * @param {import("./environment.js").Environment} environment
   * @param {(attempt: number, random: () => number, code?: number) => number} delay in milliseconds
   * @param {() => void} tryAgain
   */
  constructor(environment, delay, tryAgain) {
    this.#environment = environment;
    this.#delay = delay;
    this.#tryAgain = tryAgain;
    /** How many tries have failed in a row. */
    this.attempt = 0;
  }

  /**
   * Counts a failure and times the next try.
   *
   * @param {number} [code] why it failed
   * @returns {number} milliseconds until then
   */
  later(code) {
    this.stop();
    const delay = this.#delay(this.attempt++, this.#environment.random, code);
    this.#timer = this.#environment.setTimeout(this.#tryAgain, delay);
    return delay;
  }

  /** Calls off the next try; the count stays. */
  stop() {
    this.#environment.clearTimeout(this.#timer);
  }

  /** Starts counting from nothing: it worked, or there is a new reason to hope. */
  reset() {
    this.stop();
    this.attempt = 0;
  }
}
