/** Custom elements that show who is here: rollcall-count and rollcall-friends. */
import { feedOf } from "./client/count-feed.js";

const SILENCE = 30000;
const writers = new Map();
const LOOK = new CSSStyleSheet();
LOOK.replaceSync(`
:host { display: inline-grid; position: relative; align-items: baseline }
:host([hidden]) { display: none }
.page, [part=base] { grid-area: 1 / 1 }
.off { visibility: hidden }
[part=number] {
  display: inline-block; min-inline-size: calc(var(--rollcall-digits, 1) * 1ch); text-align: end;
  font-variant-numeric: tabular-nums; font-weight: var(--rollcall-weight, inherit); color: var(--rollcall-color, inherit)
}
.spoken { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
`);
const LABELS = ["", "-zero", "-one", "-two", "-few", "-many", "-other"].map((form) => `label${form}`);

/** How many are here. */
class RollcallCount extends HTMLElement {
  static observedAttributes = ["topic", "track", "server", "show", "compact", "lang", ...LABELS];
  #page = span("class", "page", document.createElement("slot"));
  #number = span("part", "number");
  #label = [span("part", "label"), span("part", "label")];
  #base = span("part", "base", this.#label[0], this.#number, this.#label[1]);
  #spoken = span("class", "spoken");
  #region = new LiveRegion(this.#spoken);
  #feed;
  #topic;
  #unwatch;
  #counts;
  #shown;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [LOOK];
    this.shadowRoot.append(this.#page, this.#base, this.#spoken);
  }

  /** {viewers, users, total}; undefined while the page's own content is shown. */
  get counts() {
    return this.#counts;
  }

  connectedCallback() {
    this.#topic = this.getAttribute("topic");
    this.#feed = feedOf(serverOf(this));
    const watcher = { topic: this.#topic, track: this.hasAttribute("track"), changed: () => this.#render() };
    this.#unwatch = this.#feed.watch(watcher);
    this.#render();
  }

  disconnectedCallback() {
    this.#unwatch();
    this.#region.stop();
  }

  attributeChangedCallback(name) {
    if (!this.#unwatch || !this.isConnected) {
      return;
    }
    if (["topic", "track", "server"].includes(name)) {
      this.#unwatch();
      this.connectedCallback();
    } else {
      this.#render();
    }
  }

  #render() {
    const feed = this.#feed;
    const topic = this.#topic;
    const before = this.#counts;
    const state = feed.isRefused(topic) ? "refused" : feed.state;
    const { transport } = feed;
    this.#counts = ["refused", "away"].includes(state) ? undefined : feed.countOf(topic);
    this.#write();
    tell(this, { state, transport }, { topic });
    if (this.#counts && this.#counts !== before) {
      fire(this, "rollcall-change", { topic, transport, ...this.#counts });
    }
  }

  #write() {
    const counts = this.#counts;
    const show = this.getAttribute("show");
    const number = counts?.[["viewers", "users"].includes(show) ? show : "total"];
    this.#page.classList.toggle("off", !!counts);
    this.#base.classList.toggle("off", !counts);
    const [before, text, after] = phrase(this, number ?? 0);
    put(this.#label[0], before);
    put(this.#number, text);
    put(this.#label[1], after);
    // A number without a label is part of the page's own sentence, and read there.
    this.#base.setAttribute("aria-hidden", before + after !== "");
    if (counts && before + after) {
      this.#region.say(before + text + after);
    }
    if (counts && number !== this.#shown) {
      this.#move(number - this.#shown);
      this.#shown = number;
    }
  }

  #move(by) {
    if (by && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#number.animate({ opacity: [0, 1], translate: [`0 ${by > 0 ? 0.4 : -0.4}em`, "0 0"] }, 250);
    }
  }
}

/** Which friends of a signed-in user are online. */
class RollcallFriends extends HTMLElement {
  static observedAttributes = ["user", "server", "token", "token-url", "status", "name", "device", "lang", ...LABELS];
  #view;

  async connectedCallback() {
    const { FriendsView } = await import("./client/friends-view.js");
    this.#view ??= new FriendsView(this, { phrase, LiveRegion, serverOf, tell, fire });
    this.#view.changed();
  }

  disconnectedCallback() {
    // Not if the page only moves it.
    queueMicrotask(() => this.#view?.changed());
  }

  attributeChangedCallback() {
    this.#view?.changed();
  }
}

/** Where this module is from, unless the page says otherwise. */
function serverOf(element) {
  const given = element.getAttribute("server")?.replace(/\/*$/, "/");
  return new URL(given ?? ".", given ? document.baseURI : import.meta.url).href;
}

/** Shows a state by attributes, and tells of a change by an event. */
function tell(element, state, detail) {
  const news = Object.entries(state).filter(([name, value]) => element.getAttribute(name) !== value);
  news.forEach(([name, value]) => (value === null ? element.removeAttribute(name) : element.setAttribute(name, value)));
  if (news.length > 0) {
    fire(element, "rollcall-state", { ...detail, ...state });
  }
}

function fire(element, event, detail) {
  element.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true, detail }));
}

/** Writes a number as an element's label and language have it: [before, number, after]. */
function phrase(element, number) {
  const { format, plural } = writerOf(languageOf(element), element.hasAttribute("compact"));
  const label = (form) => element.getAttribute(`label${form}`);
  const zero = number === 0 ? label("-zero") : null;
  const text = zero ?? label(`-${plural.select(number)}`) ?? label("-other") ?? label("") ?? "";
  const [before, ...after] = text.split("{n}");
  if (after.length > 0) {
    return [before, format.format(number), after.join("{n}")];
  }
  return zero ? [zero, "", ""] : ["", format.format(number), text && ` ${text}`];
}

function languageOf(element) {
  for (let node = element; node; node = node.getRootNode().host) {
    const near = node.closest("[lang]");
    if (near) {
      return near.lang;
    }
  }
}

function writerOf(language, compact) {
  const key = `${language} ${compact}`;
  if (!writers.has(key)) {
    const make = (known) => ({
      format: new Intl.NumberFormat(known, compact ? { notation: "compact" } : {}),
      plural: new Intl.PluralRules(known),
    });
    try {
      writers.set(key, make(language || undefined));
    } catch {
      // The attribute may hold anything.
      writers.set(key, make());
    }
  }
  return writers.get(key);
}

/** A live region, which speaks every 30 seconds at most. Its first text can be read, but is not spoken. */
class LiveRegion {
  #element;
  #timer;
  #spoken = -Infinity;

  constructor(element) {
    this.#element = element;
  }

  say(text) {
    this.stop();
    const wait = this.#spoken + SILENCE - Date.now();
    if (text === this.#element.textContent) {
      return;
    }
    if (wait > 0) {
      this.#timer = setTimeout(() => this.say(text), wait);
      return;
    }
    this.#element.textContent = text;
    this.#element.setAttribute("role", "status");
    this.#spoken = Date.now();
  }

  stop() {
    clearTimeout(this.#timer);
  }
}

/** Leaves an equal text alone, which may be selected. */
function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function span(attribute, value, ...children) {
  const element = document.createElement("span");
  element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

customElements.define("rollcall-count", RollcallCount);
customElements.define("rollcall-friends", RollcallFriends);
