import { CloseCode } from "../presence.js";
import { byId, setText } from "./dom.js";

const CALM_AFTER = 12000;
const STALE = "What you see may be out of date.";
const RESYNCED =
  "Connected again. All you see is up to date; comings and goings in between may be missing from the activity.";

const WHY = new Map([
  [CloseCode.DRAINING, "This node is going down for a moment; another one takes over."],
  [CloseCode.TRY_LATER, "The server is busy and asked for some patience."],
  [CloseCode.GOING_AWAY, "The server ended this connection."],
  [CloseCode.HEARTBEAT_MISSED, "The server stopped answering."],
]);

/** The line on top that says what the connection is doing, and what that means for what one sees. */
export class Banner {
  #socket;
  #element = byId("banner");
  #text = this.#element.querySelector(".banner-text");
  #count = this.#element.querySelector(".banner-count");
  #button = this.#element.querySelector("button");
  #act = () => {};
  #wasLost = false;
  #calmTimer;

  /** @param {import("../presence.js").Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    this.#button.addEventListener("click", () => this.#act());
    socket.onState(() => this.#show());
    for (const event of ["online", "offline"]) {
      addEventListener(event, () => socket.state.name === "waiting" && this.#show());
    }
    setInterval(() => this.#countDown(), 250);
  }

  /** To be called at each sync: after an interruption it shows that the list is right again. */
  synced() {
    if (this.#wasLost && this.#socket.state.name === "open") {
      this.#wasLost = false;
      this.#set("open", RESYNCED);
      this.#element.dataset.resynced = "true";
      this.#calmTimer = setTimeout(() => this.#show(), CALM_AFTER);
    }
  }

  /** Shows that the server refused the user, and that the page tries again. */
  refused(reason) {
    this.#wasLost = true;
    this.#set("refused", `The server did not let you in: ${reason}. Trying again.`);
  }

  /** Shows that a connection or channel has ended for good, with a button that starts it again. */
  closed(text, label, act) {
    this.#wasLost = true;
    this.#set("closed", text, label, act);
  }

  #show() {
    const { name, code, byServer, attempt } = this.#socket.state;
    switch (name) {
      case "connecting":
        this.#set("connecting", attempt > 0 || this.#wasLost ? "Reconnecting …" : "Connecting …");
        break;
      case "open":
        this.#set("open", this.#wasLost ? "Connected again. Catching up …" : "Connected");
        break;
      case "closed":
        this.closed(
          byServer ? "The server closed the connection for good." : "Disconnected.",
          "Connect again",
          () => this.#socket.connect(),
        );
        break;
      default:
        this.#wasLost = true;
        this.#showWaiting(code);
    }
  }

  #showWaiting(code) {
    const retry = () => this.#socket.retry();
    if (navigator.onLine) {
      this.#set("waiting", `${WHY.get(code) ?? "The connection is lost."} ${STALE}`, "Try now", retry);
    } else {
      this.#set("offline", `You are offline. ${STALE} Rollcall comes back with the network.`, "Try now", retry);
    }
  }

  #set(state, text, label = null, act = () => {}) {
    clearTimeout(this.#calmTimer);
    Object.assign(this.#element.dataset, { state, again: String(this.#wasLost), resynced: "false" });
    setText(this.#text, text);
    this.#act = act;
    this.#button.hidden = label === null;
    setText(this.#button, label ?? "");
    this.#countDown();
  }

  // Apart from the text: a screen reader should hear that a wait began, not each second of it. Without a network
  // there is nothing to count down to: the next try is going to fail.
  #countDown() {
    const { name, nextTry } = this.#socket.state;
    const seconds = Math.max(1, Math.ceil((nextTry - Date.now()) / 1000));
    setText(this.#count, name === "waiting" && navigator.onLine ? `Reconnecting in ${seconds} s` : "");
  }
}
