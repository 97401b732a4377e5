import { mock } from "node:test";

export const SERVER = "https://app.example/rollcall/";

/** A page with transports whose server is the test. */
export class Page {
  sockets = [];
  sources = [];
  requests = [];
  document = Object.assign(new EventTarget(), { hidden: false });
  window = new EventTarget();
  listeners = 0;

  constructor() {
    const page = this;
    for (const target of [this.document, this.window]) {
      const add = target.addEventListener.bind(target);
      target.addEventListener = (type, fn, options) => {
        this.listeners++;
        options.signal.addEventListener("abort", () => this.listeners--);
        add(type, fn, options);
      };
    }
    Object.assign(globalThis, {
      document: this.document,
      window: this.window,
      WebSocket: class extends FakeSocket {
        constructor(url) {
          super(url);
          page.sockets.push(this);
        }
      },
      EventSource: class extends FakeSource {
        constructor(url) {
          super(url);
          page.sources.push(this);
        }
      },
      fetch: (url, { signal }) => new Promise((resolve, reject) => {
        const answer = (status, json) => resolve({ status, ok: status === 200, json: async () => json });
        signal.addEventListener("abort", () => reject(signal.reason));
        page.requests.push({ url, answer, reject, signal });
      }),
    });
  }

  hide(hidden) {
    this.document.hidden = hidden;
    this.document.dispatchEvent(new Event("visibilitychange"));
  }
}

class FakeSocket {
  readyState = 0;
  sent = [];
  closed = false;

  constructor(url) {
    this.url = url;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  /** Answers the newest join of a topic with numbers. */
  tell(topic, viewers, users) {
    const [joinRef] = this.sent.findLast((frame) => frame[2] === topic && frame[3] === "phx_join");
    const side = (count) => ({ count, metas: [{ count }] });
    this.receive([joinRef, null, topic, "presence_state", { viewers: side(viewers), users: side(users) }]);
  }

  receive(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  events() {
    return this.sent.map(([, , topic, event, { track }]) => [topic, event, track].filter((one) => one !== undefined).join(" "));
  }
}

class FakeSource {
  closed = false;

  constructor(url) {
    this.url = url.replace(SERVER, "");
  }

  close() {
    this.closed = true;
  }
}

/** Lets what is promised happen; files that were loaded before need a turn of the loop too. */
export async function settle() {
  for (let i = 0; i < 5; i++) {
    await new Promise(setImmediate);
  }
}

export async function pass(milliseconds) {
  mock.timers.tick(milliseconds);
  await settle();
}
