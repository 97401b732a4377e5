import { Presence, Socket } from "../presence.js";
import { byId, make, part, setText } from "./dom.js";
import { FriendLists } from "./friends.js";
import { avatar, firstName } from "./people.js";
import { StatusMenu } from "./status.js";
import { changes, OFFLINE, summarize } from "./summary.js";
import { VisibilityChoice } from "./visibility.js";

const LIVE = { open: "Live", connecting: "Connecting …", waiting: "Reconnecting …", closed: "Not connected" };

/**
 * @typedef {object} Source Where a screen gets what it shows.
 * @property {Map<string, import("./people.js").Person>} people by id
 * @property {() => Promise<string>} token a fresh one at each call
 * @property {() => Promise<import("./visibility.js").Visibility>} visibility
 * @property {import("./trace.js").Trace} trace of the frames
 */

/** What one person sees: the own status, and the friends. It has a socket of its own. */
export class PersonScreen {
  #person;
  #people;
  #channel;
  #menu;
  #friends;
  #last = null;
  #listeners = { synced: [], changed: [], refused: [], closed: [] };

  /**
   * @param {HTMLElement} place which gets the screen
   * @param {import("./people.js").Person} person
   * @param {Source} source
   * @param {boolean} isOwn true if the screen is the visitor's own, and all of the page
   */
  constructor(place, person, { people, token, visibility, trace }, isOwn = false) {
    this.#person = person;
    this.#people = people;
    this.socket = new Socket("socket", { token, environment: trace.environment(firstName(person)) });
    trace.listen(this.socket, firstName(person));
    this.root = byId("screen").content.firstElementChild.cloneNode(true);
    this.root.dataset.user = person.id;
    this.root.setAttribute("aria-label", `${firstName(person)}’s screen`);
    const face = avatar(person, "large", "offline");
    part(this.root, "avatar").append(face);
    for (const title of ["online-title", "offline-title"]) {
      part(this.root, title).setAttribute("aria-level", isOwn ? "2" : "3");
    }
    part(this.root, "eyebrow").hidden = !isOwn;
    part(this.root, "eyebrow").textContent = "You are";
    const heading = make(`${isOwn ? "h1" : "h2"}.you-name`, { data: { testid: "you-name" } }, person.name);
    part(this.root, "name").replaceWith(heading);
    place.append(this.root);
    this.#menu = new StatusMenu(this.root, person, face);
    const friends = person.friends.map((id) => people.get(id)).filter(Boolean);
    this.#friends = new FriendLists(this.root, person, friends);
    this.#channel = this.socket.channel(`user:${person.id}`, () => ({ diffs: "channel", meta: this.#menu.meta() }));
    this.#follow(new Presence(this.#channel), visibility);
    this.socket.onState(({ name }) => this.#showState(name));
  }

  /** The status and the note, which rooms get too. */
  get menu() {
    return this.#menu;
  }

  /** Joins, and connects. */
  open() {
    this.#channel
      .join()
      .receive("error", ({ reason }) => this.#call("refused", reason))
      .receive("timeout", () => this.#call("refused", "it did not answer in time"));
    this.#channel.onClose((byServer) => byServer && this.#call("closed", () => this.#channel.join()));
    this.socket.connect();
  }

  /** Listens to each sync: the number of friends who are online. */
  onSync(fn) {
    this.#listeners.synced.push(fn);
  }

  /** Listens to what changed of other people: the id, and what follows the name, such as "came online". */
  onChange(fn) {
    this.#listeners.changed.push(fn);
  }

  /** Listens to refused joins: the reason. */
  onRefused(fn) {
    this.#listeners.refused.push(fn);
  }

  /** Listens to the end of the person's presence by the server: a function that joins again. */
  onClosed(fn) {
    this.#listeners.closed.push(fn);
  }

  #follow(presence, visibility) {
    this.#menu.tell(this.#channel);
    const choice = new VisibilityChoice(this.#channel, visibility, (...news) => this.#menu.showVisibility(...news));
    this.#menu.onWish((wish) => choice.wish(wish));
    presence.onSync(() => {
      choice.synced((presence.get(this.#person.id)?.metas ?? []).map((meta) => meta.phx_ref).join(" "));
      this.#synced(new Map(presence.list((id, entry) => [id, summarize(entry)])));
    });
  }

  #synced(next) {
    const last = this.#last;
    const summaryOf = (id) => next.get(id) ?? OFFLINE;
    this.#last = next;
    this.#menu.show(summaryOf(this.#person.id));
    const online = this.#friends.show(summaryOf);
    if (last !== null) {
      for (const id of new Set([...last.keys(), ...next.keys()])) {
        const said = id === this.#person.id ? [] : changes(last.get(id) ?? OFFLINE, summaryOf(id));
        said.forEach((what) => this.#call("changed", id, this.#people.get(id)?.name ?? `User ${id}`, what));
      }
    }
    this.root.dataset.ready = "true";
    this.#call("synced", online);
  }

  #showState(name) {
    this.root.dataset.connection = name;
    setText(part(this.root, "live-text"), LIVE[name]);
    if (name === "waiting") {
      this.#menu.lost();
    }
  }

  #call(name, ...news) {
    this.#listeners[name].forEach((fn) => fn(...news));
  }
}
