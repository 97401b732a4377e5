import { endOf } from "./clock.js";

/**
 * @typedef {{to: "friends" | "nobody", until?: ?string}} Visibility To whom a person is visible, and until when.
 */

/** Whether a person appears offline, which holds on all of the person's devices. */
export class VisibilityChoice {
  #channel;
  #fetch;
  #show;
  #refs = null;
  #turn = 0;
  #pending = 0;
  #isStale = false;

  /**
   * @param {import("../presence.js").Channel} channel the person's own
   * @param {() => Promise<Visibility>} fetch asks what is in force
   * @param {(visibility: ?Visibility, text: string) => void} show null if what is in force is not known now
   */
  constructor(channel, fetch, show) {
    this.#channel = channel;
    this.#fetch = fetch;
    this.#show = show;
  }

  /**
   * Looks again what is in force if the person's own connections have new refs, as they get them with every change of
   * it, also by another device or by the end of its time; to be called at each sync.
   */
  synced(refs) {
    if (refs === this.#refs) {
      return;
    }
    this.#refs = refs;
    // What is asked while a wish is on its way may be answered from before it.
    this.#isStale = this.#pending > 0;
    if (!this.#isStale) {
      this.#ask();
    }
  }

  /** Asks the server for a change: `{to: "friends"}`, `{to: "nobody"}`, the latter with or without `for: "PT1H"`. */
  async wish(wish) {
    this.#turn++;
    this.#pending++;
    this.#show(null, "Changing …");
    let answer = null;
    let preface = "";
    try {
      answer = await this.#channel.push("visibility", wish);
    } catch (refusal) {
      preface = sentence(refusal);
    }
    if (--this.#pending > 0) {
      return;
    }
    if (answer !== null) {
      this.#tell(answer, "");
    }
    if (answer === null || this.#isStale) {
      this.#isStale = false;
      this.#ask(preface);
    }
  }

  async #ask(preface = "") {
    const turn = ++this.#turn;
    try {
      const visibility = await this.#fetch();
      if (turn === this.#turn) {
        this.#tell(visibility, preface);
      }
    } catch {
      if (turn === this.#turn) {
        this.#show(null, `${preface}Who sees you cannot be found out now.`);
      }
    }
  }

  #tell(visibility, preface) {
    const { to, until } = visibility;
    const hidden = until ? `You are hidden until ${endOf(new Date(until))}` : "You are hidden";
    const state =
      to === "friends" ? "Your friends can see you." : `${hidden}: to everyone else you are offline, on all your devices.`;
    this.#show(visibility, preface + state);
  }
}

/** Says why a wish was not carried out. What holds now is said after it. */
function sentence({ status, response }) {
  if (status === "timeout") {
    return "The server did not answer in time. ";
  }
  return response?.reason === "visibility unavailable"
    ? "Not changed: the server cannot tell everyone now. Try again in a moment. "
    : `Not changed: ${response?.reason ?? "the server refused"}. `;
}
