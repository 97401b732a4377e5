const BEAT = 30000;
const ANSWER = 10000;

/** Counts by Phoenix Channels. Topics are a Map to whether the page is to be counted there. */
export class WebSocketTransport {
  #feed;
  #socket;
  #topics = new Map();
  #joins = new Map();
  #ref = 0;
  #timer;

  constructor(feed, topics) {
    this.#feed = feed;
    this.#topics = topics;
    this.#socket = new WebSocket(`${feed.server.replace("http", "ws")}socket/websocket?vsn=2.0.0`);
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }) => this.#received(JSON.parse(data));
    // A page's policy that forbids it makes no close event in Chromium.
    this.#socket.onerror = this.#socket.onclose = () => this.#end();
  }

  update(topics) {
    this.#topics = topics;
    if (this.#socket.readyState !== 1) {
      return;
    }
    for (const [topic, { ref }] of this.#joins) {
      if (!topics.has(topic)) {
        this.#joins.delete(topic);
        this.#send(ref, topic, "phx_leave", {});
      }
    }
    for (const [topic, track] of topics) {
      if (this.#joins.get(topic)?.track !== track) {
        // A second join takes the place of the first.
        const ref = String(this.#ref + 1);
        this.#joins.set(topic, { track, ref, viewers: 0, users: 0 });
        this.#send(ref, topic, "phx_join", { track });
      }
    }
  }

  close() {
    clearTimeout(this.#timer);
    Object.assign(this.#socket, { onopen: null, onmessage: null, onerror: null, onclose: null });
    this.#socket.close();
  }

  /** Asks for a sign of life, and ends if none comes in time. */
  probe() {
    if (this.#socket.readyState === 1) {
      this.#send(null, "phoenix", "heartbeat", {});
      this.#after(ANSWER, () => this.#end());
    }
  }

  #opened() {
    this.update(this.#topics);
    this.#after(BEAT, () => this.probe());
  }

  #received([joinRef, , topic, event, payload]) {
    if (topic === "phoenix") {
      this.#after(BEAT, () => this.probe());
      return;
    }
    const join = this.#joins.get(topic);
    if (!join || (joinRef !== null && joinRef !== join.ref)) {
      return;
    }
    if (event === "phx_error" || event === "phx_close") {
      this.#end();
    } else if (event === "phx_reply" && payload.status !== "ok") {
      this.#joins.delete(topic);
      this.#feed.refuse(topic);
    } else if (event === "presence_state" || event === "presence_diff") {
      const sides = payload.joins ?? payload;
      for (const side of ["viewers", "users"]) {
        join[side] = sides[side]?.metas?.at(-1)?.count ?? join[side];
      }
      this.#feed.count(topic, join);
    }
  }

  #send(joinRef, topic, event, payload) {
    this.#socket.send(JSON.stringify([joinRef, String(++this.#ref), topic, event, payload]));
  }

  #after(milliseconds, what) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(what, milliseconds);
  }

  #end() {
    this.close();
    this.#feed.ended();
  }
}
