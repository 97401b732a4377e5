import { FriendsList } from "./friends-list.js";
import { Presence, Socket } from "../presence.js";
import { claimsOf, fetchToken } from "./token.js";

const AWAY = 8000;
const RETRY = 5000;

/**
 * What makes a rollcall-friends live: a socket while the element is in a document, on which its user is online too.
 *
 * It stays connected in a hidden page, as its user would be offline for the friends otherwise.
 */
export class FriendsView {
  #host;
  #tools;
  #list;
  #properties = {};
  #connection = null;
  #for = null;

  /** @param {object} tools of widget.js, which is loaded in any case: serverOf, tell, fire, phrase, LiveRegion */
  constructor(host, tools) {
    this.#host = host;
    this.#tools = tools;
    this.#list = new FriendsList(host, tools);
    ["token", "meta", "describe"].forEach((name) => this.#adopt(name));
  }

  /** Looks again at the element: whether it is in a document, for whom, and with what. */
  changed() {
    const token = this.#token();
    const user = this.#host.getAttribute("user");
    const wanted = this.#host.isConnected && token !== undefined;
    const key = wanted ? JSON.stringify([this.#tools.serverOf(this.#host), user, this.#tokenKey()]) : "";
    if (key !== this.#for) {
      this.#for = key;
      this.#connection?.end();
      this.#connection = wanted ? this.#connect(user, token) : null;
      this.#become("connecting");
    } else {
      this.#connection?.update();
    }
    this.#render();
  }

  #connect(user, token) {
    return new Connection({
      user,
      token,
      server: this.#tools.serverOf(this.#host),
      meta: () => this.#meta(),
      become: (state) => this.#become(state),
      changed: () => this.#render(),
    });
  }

  #become(state) {
    this.#tools.tell(this.#host, { state, transport: state === "live" ? "websocket" : null }, {});
    this.#render();
  }

  #render() {
    const state = this.#host.getAttribute("state");
    const known = this.#connection !== null && !["away", "refused"].includes(state);
    const list = known ? this.#connection.friends() : null;
    this.#list.show(list, this.#properties.describe);
    if (!this.#host.isConnected) {
      this.#list.stop();
    }
  }

  #meta() {
    const given = ["status", "name", "device"].map((name) => [name, this.#host.getAttribute(name)]);
    return { ...Object.fromEntries(given.filter(([, value]) => value !== null)), ...this.#properties.meta };
  }

  #token() {
    const url = this.#host.getAttribute("token-url");
    const given = this.#properties.token ?? this.#host.getAttribute("token") ?? undefined;
    const request = `${this.#host.getAttribute("token-method") ?? "GET"} ${url && new URL(url, document.baseURI)}`;
    return given ?? (url === null ? undefined : () => fetchToken(request));
  }

  /** A new token of the same user is for the next connection only, so it does not end this one. */
  #tokenKey() {
    const token = this.#properties.token ?? this.#host.getAttribute("token");
    return typeof token === "string" ? String(claimsOf(token).sub) : this.#host.getAttribute("token-url");
  }

  /** Makes a property of the element, and takes what the page has set before. */
  #adopt(name) {
    this.#properties[name] = this.#host[name];
    Object.defineProperty(this.#host, name, {
      configurable: true,
      get: () => this.#properties[name],
      set: (value) => {
        this.#properties[name] = value;
        this.changed();
      },
    });
  }
}

/** One user's socket, from the look for the user's id to its end. */
class Connection {
  #options;
  #user;
  #socket = null;
  #channel = null;
  #presence = null;
  #told;
  #timer;
  #retry;
  #over = false;

  constructor(options) {
    this.#options = options;
    this.#start();
  }

  /** The friends' entries by id; null while none are known. */
  friends() {
    const known = this.#presence?.list((id, { metas }) => ({ id, metas }));
    return this.#told === undefined || !known ? null : known.filter(({ id }) => id !== this.#user);
  }

  /** Sends the friends a changed meta of the user. */
  update() {
    const meta = JSON.stringify(this.#options.meta());
    if (this.#channel && this.#told !== undefined && meta !== this.#told) {
      this.#told = meta;
      this.#channel.push("update", this.#options.meta());
    }
  }

  end() {
    this.#over = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    this.#socket?.disconnect();
  }

  async #start() {
    this.#goAway();
    try {
      this.#user = this.#options.user ?? String(claimsOf(await this.#token()).sub);
    } catch {
      this.#retry = this.#over || setTimeout(() => this.#start(), RETRY * (1 + Math.random()));
      return;
    }
    if (!this.#over) {
      this.#open();
    }
  }

  #open() {
    const { server, meta, become, changed } = this.#options;
    this.#socket = new Socket(`${server}socket`, { token: () => this.#token() });
    const payload = () => {
      this.#told = JSON.stringify(meta());
      return { diffs: "channel", meta: meta() };
    };
    this.#channel = this.#socket.channel(`user:${this.#user}`, payload);
    this.#presence = new Presence(this.#channel);
    this.#presence.onSync(() => {
      clearTimeout(this.#timer);
      become("live");
      changed();
    });
    this.#channel.onError(() => {
      become("connecting");
      this.#goAway();
    });
    this.#channel.onClose((byServer) => byServer && become("refused"));
    this.#channel.join().receive("error", () => this.#over || become("refused"));
    this.#socket.connect();
  }

  async #token() {
    const { token } = this.#options;
    return typeof token === "function" ? token() : token;
  }

  #goAway() {
    clearTimeout(this.#timer);
    this.#timer = this.#over || setTimeout(() => this.#options.become("away"), AWAY);
  }
}
