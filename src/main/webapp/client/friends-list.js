const LOOK = new CSSStyleSheet();
LOOK.replaceSync(`
:host { display: block; position: relative }
:host([hidden]), .off { display: none }
ul { list-style: none; margin: 0; padding: 0 }
[part=heading] { margin: 0 0 .5em; color: var(--rollcall-muted, inherit) }
[part~=friend] { display: flex; align-items: baseline; gap: .625em; padding-block: var(--rollcall-gap, .375em) }
[part~=dot] { flex: none; inline-size: .625em; block-size: .625em; border-radius: 50%; background: var(--rollcall-online, #16915a) }
[part~=away] > [part=dot] { background: var(--rollcall-away, #c27803) }
[part~=busy] > [part=dot] { background: var(--rollcall-busy, #d13b3b) }
[part=text] { min-inline-size: 0; overflow-wrap: anywhere }
[part=name] { color: inherit; font-weight: var(--rollcall-weight, 600) }
[part=status] { margin-inline-start: .5em }
[part=status], [part=devices] { color: var(--rollcall-muted, inherit); font-size: .875em }
[part=devices] { display: block }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
`);
const WORDS = { online: "Online", away: "Away", busy: "Busy" };
const BY_WEIGHT = ["busy", "online", "away"];
const LONGEST = 60;

/**
 * The rows of a rollcall-friends: a friend who is online, with a status and devices.
 *
 * Names, statuses and devices come from other users' clients: they become text and nothing else, and are cut short.
 */
export class FriendsList {
  #host;
  #tools;
  #page = make("slot");
  #heading = make("p", { part: "heading", "aria-hidden": "true" });
  #list = make("ul", { part: "list", role: "list" });
  #empty = make("slot", { name: "empty" });
  #region;
  #rows = new Map();
  #shown = "";

  constructor(host, tools) {
    this.#host = host;
    this.#tools = tools;
    this.#region = new tools.LiveRegion();
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [LOOK];
    root.append(this.#page, this.#heading, this.#list, this.#empty, this.#region.element);
  }

  /**
   * Shows the friends, or the page's own content if they are not known.
   *
   * @param {?Array<{id: string, metas: object[]}>} entries
   * @param {(id: string, metas: object[]) => {name?: string, href?: string}} [describe] the page's word for a friend
   */
  show(entries, describe) {
    const friends = entries?.map((entry) => summarize(entry, describe)) ?? [];
    friends.sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1));
    this.#page.classList.toggle("off", entries !== null);
    this.#empty.classList.toggle("off", !entries || friends.length > 0);
    this.#list.classList.toggle("off", friends.length === 0);
    this.#say(entries && friends.length);
    this.#arrange(friends);
    const shown = JSON.stringify(entries && friends);
    if (entries && shown !== this.#shown) {
      this.#tools.fire(this.#host, "rollcall-friends", { friends });
    }
    this.#shown = shown;
  }

  /** Ends what would happen later. */
  stop() {
    this.#region.stop();
  }

  #say(number) {
    const [before, text, after] = this.#tools.phrase(this.#host, number ?? 0);
    const labelled = number !== null && number !== undefined && before + after !== "";
    this.#heading.classList.toggle("off", !labelled);
    if (labelled) {
      this.#heading.textContent = before + text + after;
      this.#region.say(before + text + after);
    }
  }

  #arrange(friends) {
    const rows = friends.map((friend) => this.#row(friend));
    const kept = new Set(friends.map(({ id }) => id));
    [...this.#rows.keys()].forEach((id) => kept.has(id) || this.#rows.delete(id));
    if (rows.length !== this.#list.children.length || rows.some((row, index) => row !== this.#list.children[index])) {
      this.#list.replaceChildren(...rows);
    }
  }

  #row(friend) {
    const before = this.#rows.get(friend.id);
    const look = JSON.stringify(friend) + this.#word(friend.status);
    if (before?.look === look) {
      return before.row;
    }
    const row = before?.row ?? make("li");
    row.setAttribute("part", `friend ${friend.status}`);
    const name = make(friend.href ? "a" : "span", { part: "name", ...(friend.href && { href: friend.href }) }, make("bdi", {}, friend.name));
    const devices = friend.devices.length > 0 ? [make("bdi", { part: "devices" }, friend.devices.join(", "))] : [];
    const status = make("span", { part: "status" }, this.#word(friend.status));
    row.replaceChildren(make("span", { part: "dot", "aria-hidden": "true" }), make("div", { part: "text" }, name, " ", status, ...devices));
    this.#rows.set(friend.id, { row, look });
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      row.animate({ opacity: [0.2, 1] }, { duration: 300, easing: "ease-out" });
    }
    return row;
  }

  #word(status) {
    return this.#host.getAttribute(`label-${status}`) ?? WORDS[status];
  }
}

function summarize({ id, metas }, describe) {
  const { name, href } = describe?.(id, metas) ?? {};
  const statuses = metas.map(({ status }) => (Object.hasOwn(WORDS, status) ? status : "online"));
  return {
    id,
    name: text(name) ?? metas.map((meta) => text(meta.name)).findLast(Boolean) ?? id,
    href: address(href),
    status: BY_WEIGHT.find((status) => statuses.includes(status)),
    devices: metas.map(({ device }) => text(device)).filter(Boolean),
  };
}

/** A text of at most 60 characters; undefined for anything else. */
function text(value) {
  return typeof value === "string" && value.trim() !== "" ? [...value.trim()].slice(0, LONGEST).join("") : undefined;
}

/** An address that is a page's, which "javascript:" is not. */
function address(href) {
  try {
    const url = new URL(href, document.baseURI);
    return href && ["http:", "https:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}
