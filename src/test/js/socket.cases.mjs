import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CloseCode, reconnectDelay, rejoinDelay, settled, World } from "./world.mjs";

describe("socket", () => {
  it("connects to the end point with the version of the protocol", () => {
    const world = new World();
    world.socket({ params: { a: "b c" } }).connect();
    assert.equal(world.wire.url, "wss://rollcall.test/rollcall/socket/websocket?a=b+c&vsn=2.0.0");
    assert.deepEqual(world.wire.protocols, []);
  });

  it("gives its token in a subprotocol, encoded for a URL and without padding", () => {
    const world = new World();
    world.socket({ token: "eyJ.~~~>>>.ü?" }).connect();
    const [phoenix, bearer] = world.wire.protocols;
    assert.equal(phoenix, "phoenix");
    assert.match(bearer, /^base64url\.bearer\.phx\.[A-Za-z0-9_-]+$/);
    assert.equal(Buffer.from(bearer.slice("base64url.bearer.phx.".length), "base64url").toString(), "eyJ.~~~>>>.ü?");
  });

  it("asks for a fresh token at every connect", async () => {
    const world = new World();
    let tokens = 0;
    world.socket({ token: async () => `t${++tokens}` }).connect();
    await settled();
    world.wire.open();
    world.wire.end(1006);
    world.advance(1000);
    await settled();
    assert.equal(tokens, 2);
    assert.notEqual(world.webSockets[0].protocols[1], world.webSockets[1].protocols[1]);
  });

  it("tries again when the token cannot be fetched", async () => {
    const world = new World();
    let isDown = true;
    const errors = [];
    const socket = world.socket({ token: async () => { if (isDown) throw new Error("no token"); return "t"; } });
    socket.onError((error) => errors.push(error.message));
    socket.connect();
    await settled();
    assert.equal(socket.state.name, "waiting");
    assert.equal(socket.state.reason, "no token");
    assert.deepEqual(errors, ["no token"]);
    assert.equal(world.webSockets.length, 0);
    isDown = false;
    world.advance(1000);
    await settled();
    world.wire.open();
    assert.equal(socket.state.name, "open");
  });

  it("gives up a token that does not come in time, and ignores it when it comes late", async () => {
    const world = new World();
    let resolve;
    const socket = world.socket({ token: () => new Promise((fn) => (resolve = fn)) });
    socket.connect();
    world.advance(10000);
    assert.equal(socket.state.name, "waiting");
    resolve("late");
    await settled();
    assert.equal(world.webSockets.length, 0);
  });

  it("gives up a handshake that does not end", () => {
    const world = new World();
    const socket = world.socket();
    socket.connect();
    world.advance(10000);
    assert.equal(socket.state.name, "waiting");
    assert.ok(world.webSockets[0].closed);
    world.webSockets[0].open();
    assert.equal(socket.state.name, "waiting");
  });

  it("tells each state, and when it tries again", () => {
    const world = new World();
    const socket = world.socket();
    const states = [];
    socket.onState((state) => states.push(state));
    socket.connect();
    world.wire.open();
    world.wire.end(1006);
    world.advance(300);
    world.wire.open();
    world.wire.end(1000, "bye");
    assert.deepEqual(states.map(({ name }) => name), ["connecting", "open", "waiting", "connecting", "open", "closed"]);
    assert.equal(states[2].nextTry, 1_000_000 + 300);
    assert.deepEqual(states[5], { name: "closed", byServer: true, code: 1000, reason: "bye" });
  });

  it("waits longer after each failure, and starts afresh after a connection that lasted", () => {
    const world = new World();
    const socket = world.open();
    const waits = [];
    socket.onState((state) => state.name === "waiting" && waits.push(state.nextTry - world.now));
    world.wire.end(1006);
    for (let failure = 0; failure < 3; failure++) {
      world.advance(waits.at(-1));
      world.wire.end(1006);
    }
    world.advance(waits.at(-1));
    world.wire.open();
    world.advance(5000);
    world.wire.end(1006);
    assert.deepEqual(waits, [300, 550, 1050, 2050, 300]);
  });

  it("does not count a connection that breaks at once as a good one", () => {
    const world = new World();
    const socket = world.socket();
    socket.connect();
    for (let failure = 0; failure < 4; failure++) {
      world.wire.open();
      world.wire.end(1006);
      world.advance(socket.state.nextTry - world.now);
    }
    assert.equal(socket.state.attempt, 4);
  });

  it("spreads its return when a node drains, and waits when the server is busy", () => {
    assert.equal(reconnectDelay(0, () => 0, CloseCode.ABNORMAL), 50);
    assert.equal(reconnectDelay(0, () => 0.5, CloseCode.ABNORMAL), 300);
    assert.equal(reconnectDelay(0, () => 0.5, CloseCode.DRAINING), 2300);
    assert.equal(reconnectDelay(0, () => 0, CloseCode.TRY_LATER), 5050);
    assert.equal(reconnectDelay(0, () => 0.5, CloseCode.TRY_LATER), 10300);
    assert.equal(reconnectDelay(99, () => 1, CloseCode.ABNORMAL), 30050);
    assert.equal(rejoinDelay(0, () => 0), 500);
    assert.equal(rejoinDelay(99, () => 1), 45000);
  });

  it("closes a connection that answers no heartbeat, with a code that does not mean leaving", () => {
    const world = new World();
    const socket = world.open();
    const wire = world.wire;
    world.advance(30000);
    assert.deepEqual(wire.newest("heartbeat"), [null, "1", "phoenix", "heartbeat", {}]);
    world.advance(10000);
    assert.equal(wire.closed.code, 4000);
    assert.equal(socket.state.code, CloseCode.HEARTBEAT_MISSED);
    wire.end(1006);
    assert.equal(socket.state.code, CloseCode.HEARTBEAT_MISSED);
  });

  it("goes on beating while it is answered", () => {
    const world = new World();
    const socket = world.open();
    for (let beat = 1; beat <= 5; beat++) {
      world.advance(30000);
      assert.equal(world.wire.count("heartbeat"), beat);
      world.wire.reply("heartbeat");
    }
    assert.equal(socket.state.name, "open");
  });

  it("tries at once when the page wakes up", () => {
    const world = new World();
    const socket = world.open();
    world.wire.end(1013);
    world.wake();
    assert.equal(socket.state.name, "connecting");
    world.wake();
    assert.equal(world.webSockets.length, 2);
  });

  it("probes an open connection when the page wakes up", () => {
    const world = new World();
    const socket = world.open();
    world.wake();
    assert.equal(world.wire.count("heartbeat"), 1);
    world.advance(5000);
    assert.equal(socket.state.name, "waiting");
  });

  it("retries on request, once", () => {
    const world = new World();
    const socket = world.open();
    world.wire.end(1006);
    socket.retry();
    socket.retry();
    assert.equal(world.webSockets.length, 2);
    world.wire.open();
    world.advance(1000);
    assert.equal(world.webSockets.length, 2);
  });

  it("stays closed and leaves nothing running after disconnect", () => {
    for (const prepare of [(world) => world.wire.open(), () => {}, (world) => world.wire.end(1006)]) {
      const world = new World();
      const socket = world.socket();
      socket.connect();
      prepare(world);
      socket.disconnect();
      world.advance(120000);
      assert.deepEqual({ ...socket.state }, { name: "closed", byServer: false });
      assert.equal(world.timers + world.wakers, 0);
      assert.equal(world.webSockets.length, 1);
    }
  });

  it("stays closed when it is disconnected while it tells that it connects", () => {
    const world = new World();
    const socket = world.socket();
    socket.onState(({ name }) => name === "connecting" && socket.disconnect());
    socket.connect();
    assert.equal(socket.state.name, "closed");
    assert.equal(world.webSockets.length, 0);
  });

  it("connects again after the server closed it for good, when asked to", () => {
    const world = new World();
    const socket = world.open();
    world.wire.end(1000);
    world.advance(60000);
    world.wake();
    assert.equal(world.webSockets.length, 1);
    socket.connect();
    world.wire.open();
    assert.equal(socket.state.name, "open");
  });

  it("survives frames that make no sense and listeners that throw", () => {
    const world = new World();
    const socket = world.open();
    const errors = [];
    const topics = [];
    socket.onError((error) => errors.push(error));
    socket.onMessage(() => { throw new Error("listener"); });
    socket.onMessage(({ topic }) => topics.push(topic));
    ["", "{}", "[1]", "null"].forEach((text) => world.wire.receive(text));
    world.wire.onmessage({ data: new ArrayBuffer(4) });
    world.wire.receive([null, null, "user_presence:9", "presence_diff", {}, "extra"]);
    assert.equal(errors.length, 4);
    assert.equal(world.errors.length, 1);
    assert.deepEqual(topics, ["user_presence:9"]);
  });
});
