import { clock } from "./clock.js";
import { byId, make } from "./dom.js";

const MOST = 100;

/** Adds one line to the activity, newest first; the oldest make room. */
export function log(text, { aside = false, at = new Date() } = {}) {
  const time = make("time", { dateTime: at.toISOString() }, clock(at));
  const list = byId("log");
  list.prepend(make(aside ? "li.aside" : "li", { data: { testid: "log-entry" } }, make("span", {}, text), time));
  while (list.children.length > MOST) {
    list.lastElementChild.remove();
  }
}
