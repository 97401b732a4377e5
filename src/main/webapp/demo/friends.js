import { byId, isStill, make, setText } from "./dom.js";
import { avatar, firstName, pageOf } from "./people.js";
import { stay } from "./summary.js";

const STATUS = { online: "Online", away: "Away", busy: "Busy", offline: "Offline" };
const TICK = 15000;

/** The list of friends: online friends first, each in the order of names. */
export class Friends {
  #rows = new Map();
  #list = byId("friend-list");

  /** @param {import("./people.js").Person[]} friends */
  constructor(friends) {
    byId("friends").hidden = false;
    for (const person of [...friends].sort((one, other) => one.name.localeCompare(other.name))) {
      this.#rows.set(person.id, { person, element: row(person), summary: null });
    }
    const [first] = friends;
    if (first) {
      byId("invite-link").href = pageOf(first);
      byId("invite-link").textContent = `Open ${first.name}`;
    }
    setInterval(() => this.#tick(), TICK);
  }

  /** Shows every friend as the function says, which takes an id and gives a summary. */
  show(summaryOf) {
    for (const [id, friend] of this.#rows) {
      friend.summary = summaryOf(id);
      fill(friend);
    }
    this.#arrange();
    this.#tick();
    const here = this.#here().length;
    byId("invite").hidden = here > 0;
    setText(byId("friends-count"), `${here} of ${this.#rows.size} here`);
  }

  #here() {
    return [...this.#rows.values()].filter(({ summary }) => summary.status !== "offline");
  }

  #arrange() {
    const here = this.#here();
    const gone = [...this.#rows.values()].filter((friend) => !here.includes(friend));
    const order = [...here, ...gone].map(({ element }) => element);
    if (order.some((element, index) => this.#list.children[index] !== element)) {
      glide(order, () => this.#list.replaceChildren(...order));
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

function row(person) {
  const open = make(
    "a.button.quiet.small",
    { href: pageOf(person), target: "_blank", rel: "noopener", aria: { label: `Open ${person.name} in a new tab` } },
    make("span.label", {}, "Open"),
    make("span", { aria: { hidden: "true" } }, "↗"),
  );
  const parts = ["status", "since", "note"].map((part) => make(`span.friend-${part}`));
  const what = make("p.friend-what", {}, ...parts);
  const text = make("div", {}, make("p.friend-name", {}, person.name), what, make("ul.devices"));
  const data = { testid: "friend", user: person.id, status: "offline" };
  return make("li.friend", { data }, avatar(person, "", "offline"), text, open);
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
  list.setAttribute("aria-label", `Devices of ${firstName(person)}`);
  list.replaceChildren(...devices.map((device) => make(
    "li.device",
    { data: { testid: "device" } },
    devices.length > 1 ? make("span.dot", { data: { status: device.status } }) : null,
    device.name,
  )));
}

/** Changes the order of elements and lets each glide from where it was. */
function glide(elements, arrange) {
  const before = new Map(elements.map((element) => [element, element.getBoundingClientRect().top]));
  const wasShown = elements.some((element) => element.isConnected);
  // Moving an element takes the focus from what is in it.
  const focused = document.activeElement;
  arrange();
  if (elements.some((element) => element.contains(focused))) {
    focused.focus({ preventScroll: true });
  }
  if (!wasShown || isStill()) {
    return;
  }
  for (const [element, top] of before) {
    const distance = top - element.getBoundingClientRect().top;
    if (distance !== 0) {
      const steps = [{ transform: `translateY(${distance}px)` }, { transform: "none" }];
      element.animate(steps, { duration: 280, easing: "ease-out" });
    }
  }
}
