/** Custom elements that show who is here. Their properties and events stand in widget.d.ts. */
import { feedOf } from "./client/count-feed.js";

const SILENCE = 30000;
const writers = {};
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
  #parts = ["label", "number", "label"].map((part) => span("part", part));
  #base = span("part", "base", ...this.#parts);
  #region = new LiveRegion();
  #unwatch;
  #counts;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [LOOK];
    this.shadowRoot.append(this.#page, this.#base, this.#region.element);
  }

  get counts() {
    return this.#counts;
  }

  connectedCallback() {
    const topic = this.getAttribute("topic");
    const feed = feedOf(serverOf(this));
    const changed = () => this.#render(topic, feed);
    this.#unwatch = feed.watch({ topic, track: isSet(this, "track"), changed });
    changed();
  }

  disconnectedCallback() {
    this.#unwatch();
    this.#region.stop();
  }

  attributeChangedCallback() {
    if (this.#unwatch && this.isConnected) {
      this.#unwatch();
      this.connectedCallback();
    }
  }

  #render(topic, feed) {
    const before = this.#counts;
    const state = feed.isRefused(topic) ? "refused" : feed.state;
    const { transport } = feed;
    const counts = ["refused", "away"].includes(state) ? undefined : feed.countOf(topic);
    this.#counts = counts;
    this.#write(counts, before);
    tell(this, { state, transport }, { topic });
    if (counts && counts !== before) {
      fire(this, "rollcall-change", { topic, transport, ...counts });
    }
  }

  #write(counts, before) {
    const show = this.getAttribute("show");
    const kind = counts && Object.hasOwn(counts, show) ? show : "total";
    this.#page.classList.toggle("off", !!counts);
    this.#base.classList.toggle("off", !counts);
    const texts = phrase(this, counts?.[kind] ?? 0);
    texts.forEach((text, index) => put(this.#parts[index], text));
    // A number without a label is part of the page's own sentence, and read there.
    const labelled = texts[0] + texts[2] !== "";
    this.#base.setAttribute("aria-hidden", labelled);
    if (counts && labelled) {
      this.#region.say(texts.join(""));
    }
    this.#move(counts?.[kind] - before?.[kind]);
  }

  #move(by) {
    if (by && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#parts[1].animate({ opacity: [0, 1], translate: [`0 ${by > 0 ? 0.4 : -0.4}em`, "0 0"] }, 250);
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

/** React up to 18 writes a false as a text. */
function isSet(element, name) {
  return (element.getAttribute(name) ?? "false") !== "false";
}

/** Where this module is from, unless the page says otherwise. */
function serverOf(element) {
  const given = element.getAttribute("server")?.replace(/\/*$/, "/");
  return new URL(given ?? ".", given ? document.baseURI : import.meta.url).href;
}

/** Shows a state by attributes, and reports a change by an event. */
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
  const { format, plural } = writerOf(languageOf(element), isSet(element, "compact"));
  const label = (form) => element.getAttribute(`label${form}`);
  const zero = number === 0 ? label("-zero") : null;
  const text = zero ?? label(`-${plural.select(number)}`) ?? label("-other") ?? label("") ?? "";
  const digits = format.format(number);
  const [before, ...after] = (zero || text.includes("{n}") ? text : `{n} ${text}`).split("{n}");
  return [before, after.length > 0 ? digits : "", after.join(digits).trimEnd()];
}

function languageOf(element) {
  for (let node = element; node; node = node.getRootNode().host) {
    const near = node.closest("[lang]");
    if (near) {
      return near.lang || undefined;
    }
  }
}

function writerOf(language, compact) {
  try {
    return (writers[`${language} ${compact}`] ??= {
      format: new Intl.NumberFormat(language, { notation: compact ? "compact" : "standard" }),
      plural: new Intl.PluralRules(language),
    });
  } catch {
    // The attribute may hold anything.
    return writerOf(undefined, compact);
  }
}

/** A live region, which speaks every 30 seconds at most. Its first text can be read, but is not spoken. */
class LiveRegion {
  element = span("class", "spoken");
  #timer;
  #next = 0;

  say(text) {
    this.stop();
    this.#timer = setTimeout(() => this.#speak(text), Math.max(0, this.#next - Date.now()));
  }

  #speak(text) {
    if (text !== this.element.textContent) {
      this.element.textContent = text;
      this.element.setAttribute("role", "status");
      this.#next = Date.now() + SILENCE;
    }
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
