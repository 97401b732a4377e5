import { byId } from "./dom.js";
import { fetchJson } from "./people.js";

/**
 * @typedef {{id: string, name?: string}} Visitor The user who has logged in.
 */

/** @returns {Promise<{login: boolean, user?: Visitor}>} whether one can log in here, and who has */
export function fetchSession() {
  return fetchJson("api/session");
}

/** @returns {Promise<string>} a connect token for the logged-in user, good for about a minute */
export async function fetchOwnToken() {
  const { token } = await fetchJson("api/token", { method: "POST" });
  return token;
}

/** @returns {Promise<import("./visibility.js").Visibility>} the visibility of the logged-in user */
export function fetchOwnVisibility() {
  return fetchJson("api/visibility");
}

/** Shows the way in, or the way out. */
export function showSession({ login, user }) {
  byId("sign-in").hidden = !login || user !== undefined;
  byId("sign-out").hidden = user === undefined;
  byId("sign-out").addEventListener("click", async () => {
    const { next } = await fetchJson("logout", { method: "POST" });
    location.assign(next);
  });
}
