import { WebSocketTransport } from "./count-socket.js";

const fallbacks = () => import("./count-fallbacks.js");
const TRANSPORTS = [
  ["websocket", () => WebSocketTransport],
  ["events", async () => (await fallbacks()).EventsTransport],
  ["polling", async () => (await fallbacks()).PollingTransport],
];
const PATIENCE = 5000;
const STABLE = 5000;
const AWAY = 8000;
const LONGEST_WAIT = 60000;
const LONGEST_TOPIC = 1000;
const TRY_BETTER = 600000;
const PAUSE = 300000;

const feeds = new Map();

export function feedOf(server) {
  if (!feeds.has(server)) {
    feeds.set(server, new Feed(server));
  }
  return feeds.get(server);
}

/**
 * The counts of one server, for all elements of a page, by the best transport that works.
 *
 * Each has five seconds; after the last one comes a random wait that grows. Then the WebSocket is tried first again.
 */
export class Feed {
  /** "connecting" (the last numbers may still be right), "live", "away" or "paused" (long hidden). */
  state = "connecting";
  #watchers = new Set();
  #counts = new Map();
  #refused = new Set();
  #timers = {};
  #page;
  #transport;
  #turn = 0;
  #step = 0;
  #attempt = 0;
  #liveSince;
  #applying;

  constructor(server) {
    this.server = server;
  }

  /** "websocket", "events" or "polling"; null when no numbers come. */
  get transport() {
    return this.state === "live" ? TRANSPORTS[this.#step][0] : null;
  }

  /** A watcher is {topic, track, changed}: track lets the page be counted, changed() is called at each change. */
  watch(watcher) {
    this.#watchers.add(watcher);
    this.#apply();
    return () => {
      this.#watchers.delete(watcher);
      this.#apply();
    };
  }

  countOf(topic) {
    return this.#counts.get(topic);
  }

  isRefused(topic) {
    return !topic || topic.length > LONGEST_TOPIC || this.#refused.has(topic);
  }

  /** Called by the transport, as refuse() and ended() are. */
  count(topic, { viewers, users }) {
    const before = this.#counts.get(topic);
    if (viewers !== before?.viewers || users !== before?.users) {
      this.#counts.set(topic, { viewers, users, total: viewers + users });
    }
    if (this.state !== "live") {
      this.#liveSince = Date.now();
      this.#clear("patience", "away");
      this.state = "live";
      if (this.#step > 0) {
        this.#after("better", TRY_BETTER, () => this.#restart());
      }
    }
    this.#changed();
  }

  /** The topic is no count, or has no room. */
  refuse(topic) {
    this.#refused.add(topic);
    this.#after("refused", TRY_BETTER, () => {
      this.#refused.clear();
      this.#apply();
    });
    this.#changed();
    this.#apply();
  }

  ended() {
    const worked = this.state === "live" && Date.now() - this.#liveSince >= STABLE;
    this.#close();
    if (!worked && ++this.#step < TRANSPORTS.length) {
      this.#open();
      return;
    }
    this.#step = 0;
    this.#attempt = worked ? 0 : this.#attempt + 1;
    const wait = 500 + Math.random() * Math.min(LONGEST_WAIT, 2000 * 2 ** this.#attempt);
    this.#after("retry", wait, () => this.#open());
  }

  /** Looks at what the elements want, once all that come and go now have said it. */
  #apply() {
    this.#applying ??= Promise.resolve().then(() => {
      this.#applying = null;
      this.#look();
    });
  }

  #look() {
    const topics = this.#topics();
    this.#counts.forEach((_, topic) => topics.has(topic) || this.#counts.delete(topic));
    if (this.#watchers.size === 0) {
      this.#close();
      this.#clear(...Object.keys(this.#timers));
      this.#page?.abort();
      feeds.delete(this.server);
      return;
    }
    this.#page ?? this.#watchPage();
    if (topics.size === 0) {
      this.#close();
    } else if (this.#transport) {
      this.#transport.update?.(topics);
    } else if (this.state !== "paused" && !this.#timers.retry) {
      this.#open();
    }
  }

  #topics() {
    const topics = new Map();
    for (const { topic, track } of this.#watchers) {
      if (!this.isRefused(topic)) {
        topics.set(topic, track || !!topics.get(topic));
      }
    }
    return topics;
  }

  async #open() {
    const turn = ++this.#turn;
    this.#transport = { close() {} };
    this.#clear("retry");
    this.#after("patience", PATIENCE, () => this.ended());
    if (this.state === "connecting" && !this.#timers.away) {
      this.#after("away", AWAY, () => this.#become("away"));
    }
    try {
      const Transport = await TRANSPORTS[this.#step][1]();
      if (turn === this.#turn) {
        this.#transport = new Transport(this, this.#topics());
      }
    } catch {
      // The browser lacks this transport.
      turn === this.#turn && this.ended();
    }
  }

  #close() {
    this.#turn++;
    this.#transport?.close();
    this.#transport = null;
    this.#clear("patience", "better", "retry");
    if (this.state === "live") {
      this.#become("connecting");
    }
  }

  #restart() {
    this.#close();
    this.#step = 0;
    this.#open();
  }

  #watchPage() {
    this.#page = new AbortController();
    const look = () => (document.hidden ? this.#after("pause", PAUSE, () => this.#pause()) : this.#wake());
    document.addEventListener("visibilitychange", look, this.#page);
    window.addEventListener("online", () => this.#wake(), this.#page);
    window.addEventListener("offline", () => this.#transport?.probe?.(), this.#page);
    look();
  }

  #pause() {
    this.#close();
    this.#clear("away");
    this.#become("paused");
  }

  #wake() {
    this.#clear("pause");
    if (this.state === "paused") {
      this.state = "connecting";
      this.#restart();
    } else if (this.#timers.retry) {
      this.#open();
    } else {
      this.#transport?.probe?.();
    }
  }

  #become(state) {
    this.state = state;
    this.#changed();
  }

  #changed() {
    [...this.#watchers].forEach(({ changed }) => changed());
  }

  #after(name, milliseconds, run) {
    this.#clear(name);
    this.#timers[name] = setTimeout(() => {
      delete this.#timers[name];
      run();
    }, milliseconds);
  }

  #clear(...names) {
    for (const name of names) {
      clearTimeout(this.#timers[name]);
      delete this.#timers[name];
    }
  }
}
