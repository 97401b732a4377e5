import { byId, part, setText } from "./dom.js";
import { fetchToken, fetchVisibility, firstName, pageOf } from "./people.js";
import { PersonScreen } from "./screen.js";

/**
 * Two people side by side, each with a socket of its own: what one does, the other one's list shows.
 *
 * @param {Map<string, import("./people.js").Person>} people
 * @param {import("./trace.js").Trace} trace
 * @returns {PersonScreen[]} not connected yet
 */
export function showStage(people, trace) {
  const pair = [...people.values()].slice(0, 2);
  const screens = pair.map((person) => {
    const token = () => fetchToken(person.id);
    const visibility = () => fetchVisibility(person.id);
    const screen = new PersonScreen(byId("screens"), person, { people, token, visibility, trace });
    const open = part(screen.root, "open");
    open.href = pageOf(person);
    open.setAttribute("aria-label", `Open as a tab: ${person.name}`);
    open.hidden = false;
    return screen;
  });
  byId("stage").hidden = false;
  pair.forEach((person, index) => measure(person, screens[index], pair[1 - index], screens[1 - index]));
  return screens;
}

/** Says how long after a click the other one's list showed it. */
function measure(person, screen, other, otherScreen) {
  let clicked = null;
  part(screen.root, "picker").addEventListener("change", () => (clicked = performance.now()));
  otherScreen.onChange((id) => {
    if (id === person.id && clicked !== null) {
      const took = Math.max(1, Math.round(performance.now() - clicked));
      clicked = null;
      setText(byId("took"), `${firstName(other)}’s list showed it ${took} ms after the click on ${firstName(person)}’s screen.`);
    }
  });
}
