import { Events } from "./frames.js";
import { EventListeners } from "./listeners.js";
import { Pushes } from "./pushes.js";
import { rejoinDelay, Retry } from "./retry.js";

/**
 * One topic on one socket.
 *
 * Once joined it stays joined: after a lost connection it joins again as soon as the socket is open, after an error
 * of the server it joins again with growing, jittered delays. It ends by {@link Channel#leave} or when the server
 * closes it, and then only another {@link Channel#join} brings it back. Events reach the listeners only while it is
 * joined, and never those of an earlier join. The methods on...() return a function that ends the listening.
 */
export class Channel {
  #socket;
  #payload;
  #state = "closed";
  #joinRef = null;
  #joinPush = null;
  #leavePush = null;
  #pushes;
  #rejoin;
  // Listens to the channel's own fate too, under phx_error and phx_close, which never come as plain events.
  #events;

  /** @internal Made by {@link Socket#channel}. */
  constructor(socket, topic, payload) {
    this.#socket = socket;
    this.topic = topic;
    this.#payload = payload;
    this.#pushes = new Pushes(socket, topic);
    /** @internal Takes what a listener throws. */
    this.report = socket.environment.report;
    this.#rejoin = new Retry(socket.environment, rejoinDelay, () => this.#sendJoin());
    this.#events = new EventListeners(this.report);
  }

  /** "closed", "joining" (also while the socket is not open), "joined", "errored" (joins again soon) or "leaving". */
  get state() {
    return this.#state;
  }

  /** The ref of the join in force, null when there is none. A new one means that the server starts afresh. */
  get joinRef() {
    return this.#joinRef;
  }

  /**
   * Joins, now or when the socket opens. Repeated calls give the same push.
   *
   * @param {number} [timeout] milliseconds, from the moment at which the join is sent
   * @returns {Push} whose receive() functions are called at every rejoin too
   */
  join(timeout = this.#socket.timeout) {
    if (this.#state === "leaving") {
      this.#close();
    }
    if (this.#state === "closed") {
      this.#joinPush = this.#pushes.make(Events.JOIN, {}, timeout);
      this.#rejoin.reset();
      this.#socket.add(this);
      this.#sendJoin();
    }
    return this.#joinPush;
  }

  /**
   * Sends an event; one that is given before the channel is joined waits for that.
   *
   * The time counts from the call. A push that timed out while it waited is never sent; one that timed out after that
   * may have been carried out. On a channel that is closed or leaving the outcome is "error" at once.
   *
   * @param {number} [timeout] milliseconds
   * @returns {Push}
   */
  push(event, payload = {}, timeout = this.#socket.timeout) {
    const push = this.#pushes.make(event, payload, timeout);
    if (this.#state === "closed" || this.#state === "leaving") {
      push.settle("error", { reason: `the channel is ${this.#state}` });
      return push;
    }
    this.#pushes.start(push);
    return this.#state === "joined" ? this.#pushes.send(push, this.#joinRef) : this.#pushes.hold(push);
  }

  /**
   * Leaves the topic for good: the server untracks the user at once, without a grace. Without a connection there is
   * nothing to leave and the push is "ok".
   */
  leave(timeout = this.#socket.timeout) {
    if (this.#state === "leaving") {
      return this.#leavePush;
    }
    const push = this.#pushes.make(Events.LEAVE, {}, timeout);
    if (this.#joinRef === null) {
      this.#close();
      push.settle("ok", {});
      return push;
    }
    this.#state = "leaving";
    this.#leavePush = push;
    this.#pushes.forget(this.#joinPush);
    this.#joinPush.stop();
    this.#pushes.drop("the channel is leaving");
    const close = () => this.#close();
    push.receive("ok", close).receive("error", close).receive("timeout", close);
    this.#pushes.start(push);
    return this.#pushes.send(push, this.#joinRef);
  }

  /**
   * Listens to an event of the server, in the order of the frames.
   *
   * @param {(payload: any) => void} fn
   */
  on(event, fn) {
    return this.#events.add(event, fn);
  }

  /**
   * Listens to interruptions: the connection was lost, a join failed or the channel failed on the server. The channel
   * recovers from each by itself.
   *
   * @param {(reason: string) => void} fn
   */
  onError(fn) {
    return this.on(Events.ERROR, fn);
  }

  /**
   * Listens to the end: by leave(), or by the server. The channel does not come back by itself.
   *
   * @param {(byServer: boolean) => void} fn
   */
  onClose(fn) {
    return this.on(Events.CLOSE, fn);
  }

  /** @internal Called by the socket when it opens. */
  socketOpened() {
    // A listener that heard of the open socket first may have sent this join already.
    if (this.#joinRef === null) {
      this.#rejoin.reset();
      this.#sendJoin();
    }
  }

  /** @internal Called by the socket when its connection has ended. */
  socketLost() {
    if (this.#state === "leaving") {
      this.#close();
    } else {
      this.#rejoin.stop();
      this.#interrupt("joining", "the connection is lost");
    }
  }

  /** @internal Takes a frame on this channel's topic. */
  receive({ joinRef, ref, event, payload }) {
    const stale = joinRef !== null && joinRef !== undefined && joinRef !== this.#joinRef;
    if (stale || this.#joinRef === null) {
      return;
    }
    switch (event) {
      case Events.REPLY:
        this.#reply(ref, payload ?? {});
        break;
      case Events.ERROR:
      case Events.CLOSE:
        this.#ended(event, payload?.reason ?? "the channel failed on the server");
        break;
      default:
        if (this.#state === "joined") {
          this.#events.call(event, payload);
        }
    }
  }

  #ended(event, reason) {
    if (this.#state === "leaving") {
      this.#close();
    } else if (event === Events.CLOSE) {
      this.#close(true);
    } else {
      this.#retry(reason);
    }
  }

  #sendJoin() {
    this.#rejoin.stop();
    this.#state = "joining";
    if (this.#socket.state.name !== "open") {
      return;
    }
    this.#joinPush.payload = (typeof this.#payload === "function" ? this.#payload() : this.#payload) ?? {};
    this.#joinRef = this.#socket.nextRef();
    this.#joinPush.start(() => this.#joinTimedOut());
    this.#pushes.send(this.#joinPush, this.#joinRef, this.#joinRef);
  }

  #joinTimedOut() {
    // The join may still arrive; without this leave the server would keep a channel that nobody listens to.
    this.#pushes.send(this.#pushes.make(Events.LEAVE, {}, 0), this.#joinRef);
    this.#retry("the join timed out");
    this.#joinPush.settle("timeout", {});
  }

  #reply(ref, { status, response }) {
    const push = this.#pushes.take(ref);
    if (push !== undefined && push === this.#joinPush) {
      if (status === "ok") {
        this.#state = "joined";
        this.#rejoin.reset();
        this.#pushes.flush(this.#joinRef);
      } else {
        this.#retry(response?.reason ?? "the join was refused");
      }
    }
    push?.settle(status, response);
  }

  #retry(reason) {
    this.#rejoin.later();
    this.#interrupt("errored", reason);
  }

  #interrupt(state, reason) {
    this.#state = state;
    this.#joinRef = null;
    this.#pushes.forget(this.#joinPush);
    this.#joinPush.stop();
    this.#events.call(Events.ERROR, reason);
  }

  #close(byServer = false) {
    if (this.#state === "closed") {
      return;
    }
    this.#rejoin.stop();
    this.#socket.remove(this);
    this.#state = "closed";
    this.#joinRef = null;
    this.#joinPush.settle("error", { reason: "the channel is closed" });
    this.#leavePush?.settle("ok", {});
    this.#leavePush = null;
    this.#pushes.drop("the channel is closed");
    this.#events.call(Events.CLOSE, byServer);
  }
}
