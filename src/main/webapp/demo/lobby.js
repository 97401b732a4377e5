import { Presence } from "../presence.js";
import { byId, make, setText } from "./dom.js";
import { log } from "./log.js";
import { avatar } from "./people.js";
import { summarize } from "./summary.js";

const TOPIC = "room:lobby";

/** The room that everyone may enter: a button to enter or leave it, and the people in it. */
export class Lobby {
  #socket;
  #people;
  #you;
  #me;
  #channel = null;
  #inside = new Set();
  #isFirst = true;

  /**
   * @param {import("../presence.js").Socket} socket
   * @param {Map<string, import("./people.js").Person>} people
   * @param {import("./status.js").StatusMenu} you
   * @param {string} me the visitor's own id
   */
  constructor(socket, people, you, me) {
    this.#socket = socket;
    this.#people = people;
    this.#you = you;
    this.#me = me;
    byId("lobby").hidden = false;
    byId("lobby-toggle").addEventListener("click", () => {
      if (this.#channel === null) {
        this.#enter();
      } else {
        this.#channel.leave();
      }
    });
  }

  #enter() {
    const channel = this.#socket.channel(TOPIC, () => ({ meta: this.#you.meta() }));
    const presence = new Presence(channel);
    presence.onSync(() => this.#show(presence.list((id, entry) => [id, summarize(entry)])));
    channel.onClose((byServer) => this.#left(byServer));
    this.#channel = channel;
    this.#isFirst = true;
    this.#you.tell(channel);
    this.#setButton(true, "Entering …");
    channel
      .join()
      .receive("error", ({ reason }) => setText(byId("lobby-text"), `You are not let in: ${reason}. Trying again.`));
  }

  #left(byServer) {
    this.#channel = null;
    this.#inside.clear();
    byId("members").replaceChildren();
    this.#setButton(false, byServer ? "The server closed the room." : "You left. Step in again to see who is there.");
    log(byServer ? "The lobby was closed by the server" : "You left the lobby", { aside: true });
  }

  #show(members) {
    const inside = new Set(members.map(([id]) => id));
    this.#tell(inside);
    this.#inside = inside;
    byId("members").replaceChildren(...members.map(([id, { status }]) => this.#member(id, status)));
    const people = members.length === 1 ? "1 person" : `${members.length} people`;
    const connections = members.reduce((sum, [, { devices }]) => sum + devices.length, 0);
    this.#setButton(true, `In the room: ${people}, ${connections === 1 ? "1 connection" : `${connections} connections`}.`);
  }

  #member(id, status) {
    const person = this.#person(id);
    const name = id === this.#me ? `${person.name} (you)` : person.name;
    const dot = make("span.dot", { data: { status } });
    return make("li.member", { data: { testid: "lobby-member", user: id, status } }, avatar(person, "tiny"), name, dot);
  }

  #tell(inside) {
    if (this.#isFirst) {
      this.#isFirst = false;
      log("You entered the lobby", { aside: true });
      return;
    }
    const say = (ids, others, what) =>
      [...ids]
        .filter((id) => id !== this.#me && !others.has(id))
        .forEach((id) => log(`${this.#person(id).name} ${what}`));
    say(inside, this.#inside, "entered the lobby");
    say(this.#inside, inside, "left the lobby");
  }

  #setButton(isOpen, text) {
    byId("lobby").dataset.inside = String(isOpen);
    setText(byId("lobby-toggle"), isOpen ? "Leave" : "Enter");
    setText(byId("lobby-text"), text);
  }

  #person(id) {
    return this.#people.get(id) ?? { id: "0", name: `User ${id}` };
  }
}
