import { Presence, Socket } from "../presence.js";
import { Banner } from "./banner.js";
import { showCounter } from "./counter.js";
import { byId, make } from "./dom.js";
import { Friends } from "./friends.js";
import { Lobby } from "./lobby.js";
import { log } from "./log.js";
import { avatar, fetchPeople, fetchToken, fetchVisibility, firstName, pageOf } from "./people.js";
import { changes, OFFLINE, summarize } from "./summary.js";
import { fetchOwnToken, fetchOwnVisibility, fetchSession, showSession } from "./session.js";
import { Sight } from "./sight.js";
import { You } from "./you.js";

/**
 * Starts the page: the choice of a person, or the view of the person whom the address names, otherwise
 * of the user who has logged in.
 */
async function start() {
  const id = new URLSearchParams(location.search).get("user");
  const [people, session] = await Promise.all([fetchPeople(), fetchSession()]);
  const own = id === null && session.user ? { friends: [], ...people.get(session.user.id), ...named(session.user) } : null;
  const person = own ?? people.get(id);
  const token = own ? fetchOwnToken : () => fetchToken(person.id);
  const socket = new Socket("socket", { token: person ? token : null });
  showSession(session);
  const banner = new Banner(socket);
  const root = document.documentElement.dataset;
  root.view = person ? "person" : "choose";
  socket.onState(({ name }) => (root.connection = name));
  if (person) {
    const visibility = own ? fetchOwnVisibility : () => fetchVisibility(person.id);
    showPerson(person, people, socket, { banner, visibility });
    showCounter(socket, () => {});
  } else {
    showChoice(people);
    showCounter(socket, () => banner.synced());
  }
  socket.connect();
}

/** A visitor whose issuer tells no name goes by the id. */
function named({ id, name = id }) {
  return { id, name };
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

function showPerson(person, people, socket, { banner, visibility }) {
  document.title = `${person.name} – Rollcall`;
  byId("switch").hidden = !new URLSearchParams(location.search).has("user");
  byId("activity").hidden = false;
  const you = new You(person);
  const friends = new Friends(person.friends.map((id) => people.get(id)).filter(Boolean));
  new Lobby(socket, people, you, person.id);
  const channel = socket.channel(`user:${person.id}`, () => ({ diffs: "channel", meta: you.meta() }));
  const presence = new Presence(channel);
  you.tell(channel);
  const sight = new Sight(channel, visibility);
  presence.onSync(() => sight.synced(presence.list((id, { metas }) => (id === person.id ? refsOf(metas) : "")).join("")));
  follow(presence, people, person, (summaryOf) => {
    you.show(summaryOf(person.id));
    friends.show(summaryOf);
    banner.synced();
    document.documentElement.dataset.ready = "true";
  });
  logConnection(socket);
  socket.onState(({ name }) => name === "waiting" && you.lost());
  channel
    .join()
    .receive("error", ({ reason }) => banner.refused(reason))
    .receive("timeout", () => banner.refused("it did not answer in time"));
  channel.onClose((byServer) => {
    if (byServer) {
      banner.closed("The server ended your presence.", "Join again", () => channel.join());
    }
  });
}

function refsOf(metas) {
  return metas.map((meta) => meta.phx_ref).join(" ");
}

/** Tells the activity when the connection goes and comes, once each, however many tries lie between. */
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

/** Tells the activity what changed from one sync to the next, and shows the new state. */
function follow(presence, people, person, show) {
  let last = null;
  presence.onSync(() => {
    const next = new Map(presence.list((id, entry) => [id, summarize(entry)]));
    const summaryOf = (id) => next.get(id) ?? OFFLINE;
    if (last === null) {
      log(`You are here as ${firstName(person)}`, { aside: true });
    } else {
      const others = [...new Set([...last.keys(), ...next.keys()])].filter((id) => id !== person.id);
      for (const id of others) {
        const name = people.get(id)?.name ?? `User ${id}`;
        changes(last.get(id) ?? OFFLINE, summaryOf(id)).forEach((what) => log(`${name} ${what}`));
      }
    }
    last = next;
    show(summaryOf);
  });
}

start().catch((error) => {
  const banner = byId("banner");
  const text = "The people of this demo could not be loaded. Reload the page to try again.";
  banner.dataset.state = "closed";
  banner.querySelector(".banner-text").textContent = text;
  throw error;
});
