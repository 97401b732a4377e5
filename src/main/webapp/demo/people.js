import { make } from "./dom.js";

// Neighbours in the list get hues that are far apart.
const GOLDEN_ANGLE = 137.508;

/**
 * @typedef {{id: string, name: string, friends: string[]}} Person One of the demo's network.
 */

/** @returns {Promise<Map<string, Person>>} the network by id, in the server's order */
export async function fetchPeople() {
  const people = await fetchJson("api/demo/people");
  return new Map(people.map((person) => [person.id, person]));
}

/** @returns {Promise<string>} a connect token for the user, good for about a minute */
export async function fetchToken(id) {
  const { token } = await fetchJson(`api/demo/token?user=${encodeURIComponent(id)}`);
  return token;
}

/** @returns {Promise<import("./visibility.js").Visibility>} who sees the user */
export function fetchVisibility(id) {
  return fetchJson(`api/demo/visibility?user=${encodeURIComponent(id)}`);
}

/** Makes the coloured initials of a person, with a status dot if a status is given. */
export function avatar({ id, name }, size = "", status = null) {
  const element = make(size ? `span.avatar.${size}` : "span.avatar", { aria: { hidden: "true" } }, initials(name));
  element.style.setProperty("--hue", String(Math.round((Number(id) * GOLDEN_ANGLE) % 360)));
  if (status !== null) {
    element.append(make("span.dot", { data: { status } }));
  }
  return element;
}

/** The address of the page as seen by a person. */
export function pageOf({ id }) {
  return `?user=${encodeURIComponent(id)}`;
}

export function firstName({ name }) {
  return name.split(" ")[0];
}

function initials(name) {
  const words = name.split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word.slice(0, 1)).join("");
}

/** Fetches what an address of this server answers. */
export async function fetchJson(url, options = {}) {
  const response = await fetch(url, { cache: "no-store", ...options });
  if (!response.ok) {
    throw new Error(`expected ${url} to answer 200, but got ${response.status}`);
  }
  return response.json();
}
