import { byId, setText } from "./dom.js";

const WISHES = {
  friends: { to: "friends" },
  hour: { to: "nobody", for: "PT1H" },
  nobody: { to: "nobody" },
};
const DAY = 24 * 60 * 60 * 1000;

/**
 * @typedef {{to: "friends" | "nobody", until?: ?string}} Visibility To whom the visitor is visible, and until when.
 */

/** Who sees the visitor: the choice, which holds on all of the visitor's devices, and what is in force. */
export class Sight {
  #form = byId("sight");
  #channel;
  #fetch;
  #refs = null;
  #turn = 0;
  #pending = 0;
  #isStale = false;

  /**
   * @param {import("../presence.js").Channel} channel the visitor's own
   * @param {() => Promise<Visibility>} fetch asks what is in force
   */
  constructor(channel, fetch) {
    this.#channel = channel;
    this.#fetch = fetch;
    this.#form.addEventListener("change", () => this.#wish(WISHES[this.#form.elements.sight.value]));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
  }

  /**
   * Looks again what is in force if the visitor's own connections have new refs, as they get them with every change of
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

  async #ask(preface = "") {
    const turn = ++this.#turn;
    try {
      const visibility = await this.#fetch();
      if (turn === this.#turn) {
        this.#show(visibility, preface);
      }
    } catch {
      if (turn === this.#turn) {
        this.#say(`${preface}Who sees you cannot be found out now.`);
      }
    }
  }

  async #wish(wish) {
    this.#turn++;
    this.#pending++;
    this.#say("Changing …");
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
      this.#show(answer, "");
    }
    if (answer === null || this.#isStale) {
      this.#isStale = false;
      this.#ask(preface);
    }
  }

  #show({ to, until }, preface) {
    this.#form.elements.sight.value = to === "friends" ? "friends" : until ? "hour" : "nobody";
    const hidden = until ? `You are hidden until ${time(new Date(until))}` : "You are hidden";
    const state =
      to === "friends" ? "Your friends can see you." : `${hidden}: to everyone else you are offline, on all your devices.`;
    this.#say(preface + state);
  }

  #say(text) {
    this.#form.elements.choice.disabled = false;
    setText(byId("sight-text"), text);
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

function time(end) {
  const isFar = end - Date.now() > DAY;
  return end.toLocaleString([], isFar ? { dateStyle: "medium", timeStyle: "short" } : { timeStyle: "short" });
}
