import { Socket } from "../presence.js";
import { Banner } from "./banner.js";
import { count, offerVisitors, showCounter } from "./counter.js";
import { byId, make } from "./dom.js";
import { Hood } from "./hood.js";
import { Lobby } from "./lobby.js";
import { log } from "./log.js";
import { avatar, fetchPeople, fetchToken, fetchVisibility, firstName, pageOf } from "./people.js";
import { PersonScreen } from "./screen.js";
import { fetchOwnToken, fetchOwnVisibility, fetchSession, showSession } from "./session.js";
import { showStage } from "./stage.js";
import { offerTabs } from "./tabs.js";
import { Trace } from "./trace.js";

/**
 * Starts the page: two people side by side, or the screen of the person whom the address names, otherwise of the
 * logged-in user.
 */
async function start() {
  const id = new URLSearchParams(location.search).get("user");
  const [people, session] = await Promise.all([fetchPeople(), fetchSession()]);
  showSession(session);
  offerVisitors();
  const own = id === null && session.user ? { friends: [], ...people.get(session.user.id), ...named(session.user) } : null;
  const person = own ?? people.get(id);
  if (person) {
    const token = own ? fetchOwnToken : () => fetchToken(person.id);
    const visibility = own ? fetchOwnVisibility : () => fetchVisibility(person.id);
    showPerson(person, { people, token, visibility, trace: new Trace() });
  } else {
    byId("unknown").hidden = id === null;
    showTwo(people, session.login);
  }
}

/** A visitor without a name from the issuer is shown by the id. */
function named({ id, name = id }) {
  return { id, name };
}

/** Shows two people. Where one can log in, they come at a click: a user who has logged out stays away. */
function showTwo(people, waits) {
  document.documentElement.dataset.view = "two";
  offerTabs([["stage", "Two screens"], ["here", "Here now"], ["choose", "People"]]);
  showChoice(people);
  const trace = new Trace();
  const screens = showStage(people, trace);
  const hood = new Hood(trace, people.values().next().value);
  // The visitor, who is nobody yet, beside the two.
  const visitor = new Socket("socket", { environment: trace.environment("Visitor") });
  trace.listen(visitor, "Visitor");
  showCounter(visitor, (total) => {
    document.title = `(${total}) Rollcall: who is here, as it happens`;
    hood.counted();
  });
  visitor.connect();
  const hold = (held) => {
    byId("begin").hidden = !held;
    byId("banner").hidden = byId("screens").hidden = held;
  };
  const begin = () => {
    hold(false);
    follow(screens[0]);
    screens.forEach((screen) => {
      count(screen.socket);
      screen.open();
    });
  };
  if (waits) {
    hold(true);
    byId("begin").addEventListener("click", begin, { once: true });
  } else {
    begin();
  }
}

function showChoice(people) {
  byId("choose").hidden = false;
  for (const person of people.values()) {
    const text = make("span", {}, person.name, make("small", {}, `${person.friends.length} friends`));
    const data = { testid: "person", user: person.id };
    const link = make("a.person", { href: pageOf(person), data }, avatar(person), text);
    byId("people").append(make("li", {}, link));
  }
}

function showPerson(person, source) {
  document.documentElement.dataset.view = "person";
  offerTabs([["me", "Friends"], ["here", "Room"], ["activity", "Activity"]]);
  byId("switch").hidden = !new URLSearchParams(location.search).has("user");
  byId("activity").hidden = false;
  byId("me").hidden = false;
  const hood = new Hood(source.trace, person);
  const screen = new PersonScreen(byId("me"), person, source, true);
  document.title = `${person.name}, Rollcall`;
  new Lobby(screen.socket, source.people, screen.menu, person.id);
  showCounter(screen.socket, () => hood.counted());
  let isFirst = true;
  screen.onSync((online) => {
    document.title = `(${online}) ${person.name}, Rollcall`;
    if (isFirst) {
      isFirst = false;
      log(`You are here as ${firstName(person)}`, { aside: true });
    }
  });
  screen.onChange((id, name, what) => log(`${name} ${what}`));
  follow(screen);
  logConnection(screen.socket);
  screen.open();
}

/** Lets the banner and the page as a whole say what a screen's connection is doing. */
function follow(screen) {
  const root = document.documentElement.dataset;
  const banner = new Banner(screen.socket);
  screen.socket.onState(({ name }) => (root.connection = name));
  screen.onSync(() => {
    banner.synced();
    root.ready = "true";
  });
  screen.onRefused((reason) => banner.refused(reason));
  screen.onClosed((join) => banner.closed("The server ended your presence.", "Join again", join));
}

/** Reports to the activity when the connection is lost and when it is back, once each, after any number of tries. */
function logConnection(socket) {
  let wasOpen = false;
  let wasLost = false;
  socket.onState(({ name }) => {
    if (wasOpen && name !== "open") {
      log("The connection was lost", { aside: true });
      wasLost = true;
    } else if (wasLost && name === "open") {
      log("Connected again", { aside: true });
    }
    wasOpen = name === "open";
  });
}

start().catch((error) => {
  const banner = byId("banner");
  const text = "The people of this demo could not be loaded. Reload the page to try again.";
  banner.dataset.state = "closed";
  banner.querySelector(".banner-text").textContent = text;
  throw error;
});
