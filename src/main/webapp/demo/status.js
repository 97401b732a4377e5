import { deviceOf } from "./device.js";
import { make, part, setText } from "./dom.js";

const HIDING = {
  hidden: { to: "nobody" },
  hour: { to: "nobody", for: "PT1H" },
};

/** A person's one menu of statuses, "Appear offline" among them, and the note: the form, and the meta made of it. */
export class StatusMenu {
  #root;
  #key;
  #form;
  #avatar;
  #meta;
  #channels = new Set();
  #visibility = { to: "friends" };
  #wish = () => {};
  #status = "offline";
  #isLost = false;

  /**
   * @param {HTMLElement} root the person's screen
   * @param {import("./people.js").Person} person
   * @param {HTMLElement} avatar which gets the status's dot
   */
  constructor(root, person, avatar) {
    this.#root = root;
    this.#avatar = avatar;
    this.#key = `rollcall.meta.${person.id}`;
    this.#meta = { status: "online", note: "", ...this.#remembered() };
    this.#form = root.querySelector("form");
    this.#form.elements.note.value = this.#meta.note;
    this.#check();
    this.#form.addEventListener("change", ({ target }) => (target.type === "radio" ? this.#choose() : this.#change()));
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

  /** Sets what carries out a wish to appear offline, or not to. */
  onWish(fn) {
    this.#wish = fn;
  }

  /** Shows that a change has to wait until the connection is back; to be called at each wait for it. */
  lost() {
    if (!this.#isLost) {
      this.#isLost = true;
      this.#say("Your friends will see a change as soon as the connection is back.");
    }
  }

  /** Shows all of the person's connections; to be called at each sync. */
  show({ status, devices }) {
    if (this.#isLost) {
      this.#isLost = false;
      this.#say("Your friends see you as shown here.");
    }
    const chips = devices.map((device) =>
      make("li.device", { data: { testid: "device" } }, make("span.dot", { data: { status: device.status } }), device.name));
    part(this.#root, "devices").replaceChildren(...chips);
    const text = devices.length === 1 ? "1 connection" : `${devices.length} connections`;
    setText(part(this.#root, "connections"), text);
    this.#status = status;
    this.#mark();
  }

  /** Shows to whom the person is visible; null if that is not known now. */
  showVisibility(visibility, text) {
    setText(part(this.#root, "visibility"), text);
    this.#root.dataset.known = "true";
    part(this.#root, "hiding").disabled = false;
    if (visibility !== null) {
      this.#visibility = visibility;
      this.#check();
      this.#mark();
    }
  }

  #isHidden() {
    return this.#visibility.to === "nobody";
  }

  #mark() {
    this.#root.dataset.hidden = String(this.#isHidden());
    this.#avatar.querySelector(".dot").dataset.status = this.#isHidden() ? "hidden" : this.#status;
  }

  #check() {
    const hidden = this.#visibility.until ? "hour" : "hidden";
    this.#form.elements.status.value = this.#isHidden() ? hidden : this.#meta.status;
  }

  #choose() {
    const chosen = this.#form.elements.status.value;
    if (chosen in HIDING) {
      this.#wish(HIDING[chosen]);
      return;
    }
    // First the status, so that friends see no other one before.
    this.#change(chosen);
    if (this.#isHidden()) {
      this.#wish({ to: "friends" });
    }
  }

  async #change(status = this.#meta.status) {
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
    setText(part(this.#root, "saved"), text);
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
