import { make, part, setText } from "./dom.js";
import { flash, glide } from "./motion.js";
import { avatar, firstName, pageOf } from "./people.js";
import { stay } from "./summary.js";

const STATUS = { online: "Online", away: "Away", busy: "Busy", offline: "Offline" };
const TICK = 15000;

/** A person's friends in two lists, online and offline, each in the order of names. */
export class FriendLists {
  #root;
  #rows = new Map();
  #online;
  #offline;

  /**
   * @param {HTMLElement} root the person's screen
   * @param {import("./people.js").Person} person
   * @param {import("./people.js").Person[]} friends
   */
  constructor(root, person, friends) {
    this.#root = root;
    this.#online = part(root, "online");
    this.#offline = part(root, "offline");
    this.#online.setAttribute("aria-label", `Friends of ${firstName(person)} who are online`);
    this.#offline.setAttribute("aria-label", `Friends of ${firstName(person)} who are offline`);
    for (const friend of [...friends].sort((one, other) => one.name.localeCompare(other.name))) {
      this.#rows.set(friend.id, { person: friend, element: row(friend), summary: null });
    }
    const [first] = friends;
    if (first) {
      part(root, "invite-link").href = pageOf(first);
      part(root, "invite-link").textContent = `Open ${first.name}`;
    }
    setInterval(() => this.#tick(), TICK);
  }

  /** Shows every friend as the function says, which takes an id and gives a summary; returns how many are online. */
  show(summaryOf) {
    const changed = [];
    for (const [id, friend] of this.#rows) {
      const before = friend.summary;
      friend.summary = summaryOf(id);
      fill(friend);
      const change = before && changeOf(before.status, friend.summary.status);
      if (change) {
        changed.push([friend.element, change]);
      }
    }
    this.#arrange();
    changed.forEach(([element, change]) => flash(element, change));
    this.#tick();
    const online = this.#here().length;
    part(this.#root, "invite").hidden = online > 0;
    setText(part(this.#root, "online-title"), `Online (${online})`);
    setText(part(this.#root, "offline-title"), `Offline (${this.#rows.size - online})`);
    return online;
  }

  #here() {
    return [...this.#rows.values()].filter(({ summary }) => summary.status !== "offline");
  }

  #arrange() {
    const all = [...this.#rows.values()];
    const here = this.#here().map(({ element }) => element);
    const gone = all.map(({ element }) => element).filter((element) => !here.includes(element));
    const isRight = (list, elements) =>
      list.children.length === elements.length && elements.every((element, index) => list.children[index] === element);
    if (!isRight(this.#online, here) || !isRight(this.#offline, gone)) {
      glide([...here, ...gone], () => {
        this.#online.replaceChildren(...here);
        this.#offline.replaceChildren(...gone);
      });
    }
  }

  #tick() {
    const now = Date.now();
    for (const { summary, element } of this.#here()) {
      const since = summary.since === null ? "" : ` · ${stay(summary.since, now)}`;
      setText(element.querySelector(".friend-since"), since);
    }
  }
}

function changeOf(before, after) {
  if (before === after) {
    return null;
  }
  return before === "offline" ? "came" : after === "offline" ? "went" : "status";
}

/** The whole row is the link: its name has it, and the style stretches it. */
function row(person) {
  const label = `Open ${person.name} in a new tab`;
  const open = make("a", { href: pageOf(person), target: "_blank", rel: "noopener", title: label }, person.name);
  const parts = ["status", "since", "note"].map((name) => make(`span.friend-${name}`));
  const text = make("div.friend-text", {}, make("p.friend-name", {}, open), make("p.friend-what", {}, ...parts));
  const arrow = make("span.friend-open", { aria: { hidden: "true" } }, "↗");
  const data = { testid: "friend", user: person.id, status: "offline" };
  return make("li.friend", { data }, avatar(person, "", "offline"), text, make("ul.devices"), arrow);
}

function fill({ person, summary, element }) {
  const { status, note, devices } = summary;
  element.dataset.status = status;
  element.querySelector(".avatar > .dot").dataset.status = status;
  setText(element.querySelector(".friend-status"), STATUS[status]);
  setText(element.querySelector(".friend-note"), note ? ` · ${note}` : "");
  if (status === "offline") {
    setText(element.querySelector(".friend-since"), "");
  }
  const list = element.querySelector(".devices");
  list.hidden = devices.length === 0;
  list.setAttribute("aria-label", `Connections of ${firstName(person)}`);
  list.replaceChildren(...devices.map((device) => make(
    "li.device",
    { data: { testid: "device" } },
    devices.length > 1 ? make("span.dot", { data: { status: device.status } }) : null,
    device.name,
  )));
}
