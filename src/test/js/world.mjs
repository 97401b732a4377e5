/**
 * The address of the webapp's files: next to the tests, unless the environment says otherwise.
 */
export const WEBAPP = new URL(process.env.ROLLCALL_WEBAPP ?? "../../main/webapp/", import.meta.url);

export const { CloseCode, Counter, Presence, PushError, Socket } = await import(new URL("presence.js", WEBAPP).href);
export const { reconnectDelay, rejoinDelay } = await import(new URL("client/retry.js", WEBAPP).href);
export const { changes, OFFLINE, stay, summarize } = await import(new URL("demo/summary.js", WEBAPP).href);

/** A WebSocket whose server is the test. */
class FakeWebSocket {
  sent = [];
  closed = null;

  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code, reason) {
    this.closed = { code, reason };
  }

  open() {
    this.onopen?.();
  }

  receive(frame) {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  end(code, reason = "") {
    this.onclose?.({ code, reason });
  }

  /** Answers the newest frame of an event, as the server would. */
  reply(event, status = "ok", response = {}) {
    const [joinRef, ref, topic] = this.newest(event);
    this.receive([joinRef, ref, topic, "phx_reply", { status, response }]);
    return joinRef;
  }

  /** The newest frame sent with the event. */
  newest(event) {
    return this.sent.findLast((frame) => frame[3] === event);
  }

  count(event) {
    return this.sent.filter((frame) => frame[3] === event).length;
  }
}

/** A world in which time stands still until the test lets it pass, and chance is what the test says. */
export class World {
  webSockets = [];
  errors = [];
  chance = 0.5;
  #now = 1_000_000;
  #timers = new Map();
  #nextTimer = 1;
  #wakers = new Set();

  environment = {
    WebSocket: this.#webSocketClass(),
    fetch: undefined,
    base: "https://rollcall.test/rollcall/?user=7",
    now: () => this.#now,
    random: () => this.chance,
    report: (error) => this.errors.push(error),
    setTimeout: (fn, milliseconds) => {
      this.#timers.set(this.#nextTimer, { fn, at: this.#now + milliseconds });
      return this.#nextTimer++;
    },
    clearTimeout: (timer) => this.#timers.delete(timer),
    onWake: (fn) => {
      this.#wakers.add(fn);
      return () => this.#wakers.delete(fn);
    },
  };

  get now() {
    return this.#now;
  }

  get timers() {
    return this.#timers.size;
  }

  get wakers() {
    return this.#wakers.size;
  }

  /** The WebSocket that was made last. */
  get wire() {
    return this.webSockets.at(-1);
  }

  socket(options = {}) {
    return new Socket("/rollcall/socket", { environment: this.environment, ...options });
  }

  /** A socket that is open. */
  open(options) {
    const socket = this.socket(options);
    socket.connect();
    this.wire.open();
    return socket;
  }

  /** A channel that is joined, on a socket that is open. */
  joined(topic, payload) {
    const socket = this.open();
    const channel = socket.channel(topic, payload);
    channel.join();
    this.wire.reply("phx_join");
    return { socket, channel };
  }

  /** Lets time pass, and every timer run when it is due. */
  advance(milliseconds) {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.#timers.delete(due[0]);
      this.#now = due[1].at;
      due[1].fn();
    }
    this.#now = end;
  }

  /** The network is back, or the page is visible again. */
  wake() {
    this.#wakers.forEach((fn) => fn());
  }

  #webSocketClass() {
    const { webSockets } = this;
    return class extends FakeWebSocket {
      constructor(url, protocols) {
        super(url, protocols);
        webSockets.push(this);
      }
    };
  }
}

/** Lets promises that are settled call back. */
export async function settled() {
  for (let turn = 0; turn < 10; turn++) {
    await null;
  }
}
