import { byId, make, setText } from "./dom.js";
import { deviceOf } from "./device.js";
import { avatar } from "./people.js";

/** The visitor's own status and note: the form, and the meta made of it. */
export class You {
  #key;
  #form = byId("you-form");
  #meta;
  #channels = new Set();
  #isLost = false;

  /** @param {import("./people.js").Person} person */
  constructor(person) {
    this.#key = `rollcall.meta.${person.id}`;
    this.#meta = { status: "online", note: "", ...this.#remembered() };
    byId("you").hidden = false;
    byId("you-avatar").append(avatar(person, "large"));
    byId("you-name").textContent = person.name;
    this.#form.elements.status.value = this.#meta.status;
    this.#form.elements.note.value = this.#meta.note;
    this.#form.addEventListener("change", () => this.#change());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#change();
    });
  }

  /** The meta as it is now. A rejoin sends it again, and the same one after a lost connection shows nobody a change. */
  meta() {
    const { status, note } = this.#meta;
    return { status, device: deviceOf(navigator.userAgent), ...(note && { note }) };
  }

  /** Adds a channel that has to hear of changes. */
  tell(channel) {
    this.#channels.add(channel);
    channel.onClose(() => this.#channels.delete(channel));
  }

  /** Tells that a change has to wait until the connection is back; to be called at each wait for it. */
  lost() {
    if (!this.#isLost) {
      this.#isLost = true;
      this.#say("Your friends will see a change as soon as the connection is back.");
    }
  }

  /** Shows all of the visitor's connections; to be called at each sync. */
  show(summary) {
    if (this.#isLost) {
      this.#isLost = false;
      this.#say("Your friends see you as shown here.");
    }
    const chips = summary.devices.map(({ name, status }) =>
      make("li.device", { data: { testid: "device" } }, make("span.dot", { data: { status } }), name));
    byId("you-devices").replaceChildren(...chips);
    const dot = byId("you-avatar").querySelector(".dot") ?? make("span.dot");
    dot.dataset.status = summary.status;
    byId("you-avatar").firstElementChild.append(dot);
  }

  async #change() {
    const status = this.#form.elements.status.value;
    const note = this.#form.elements.note.value.trim();
    if (status === this.#meta.status && note === this.#meta.note) {
      return;
    }
    this.#meta = { status, note };
    this.#remember();
    // The next join takes the new meta along; a join that is on its way already has the old one.
    const channels = [...this.#channels].filter(({ joinRef }) => joinRef !== null);
    if (channels.length === 0) {
      this.#say("Your friends will see it as soon as the connection is back.");
      return;
    }
    this.#say("Sharing …");
    try {
      await Promise.all(channels.map((channel) => channel.push("update", this.meta())));
      this.#say("Your friends see it.");
    } catch ({ status: outcome, response }) {
      this.#say(outcome === "timeout" ? "The server did not answer in time." : `Not shared: ${response?.reason}.`);
    }
  }

  #say(text) {
    setText(byId("saved"), text);
  }

  // For this tab only, so that a reload keeps the status and a second tab can have another.
  #remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key));
    } catch {
      return null;
    }
  }

  #remember() {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#meta));
    } catch {
      return;
    }
  }
}
