import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { World } from "./world.mjs";

describe("channel", () => {
  it("joins when the socket opens, with its payload of that moment", () => {
    const world = new World();
    const socket = world.socket();
    let status = "online";
    const channel = socket.channel("user:7", () => ({ meta: { status } }));
    assert.equal(channel.join(), channel.join());
    socket.connect();
    status = "away";
    world.wire.open();
    assert.deepEqual(world.wire.sent, [["1", "1", "user:7", "phx_join", { meta: { status: "away" } }]]);
    assert.equal(channel.state, "joining");
    world.wire.reply("phx_join");
    assert.equal(channel.state, "joined");
  });

  it("joins once, even if a listener asks for it as the socket opens", () => {
    const world = new World();
    const socket = world.socket();
    const channel = socket.channel("user:7");
    socket.onState(({ name }) => name === "open" && channel.join());
    socket.connect();
    world.wire.open();
    assert.equal(world.wire.count("phx_join"), 1);
  });

  it("joins again after a lost connection and tells receive() at each join", () => {
    const world = new World();
    const socket = world.open();
    const channel = socket.channel("user:7");
    const said = [];
    channel.join().receive("ok", () => said.push("joined"));
    channel.onError((reason) => said.push(reason));
    world.wire.reply("phx_join");
    world.wire.end(1006);
    assert.equal(channel.joinRef, null);
    world.advance(300);
    world.wire.open();
    world.wire.reply("phx_join");
    assert.deepEqual(said, ["joined", "the connection is lost", "joined"]);
    assert.equal(channel.joinRef, "2");
  });

  it("joins again later each time while the server refuses", () => {
    const world = new World();
    const channel = world.open({ heartbeat: 1_000_000 }).channel("user:8");
    const reasons = [];
    channel.join().receive("error", ({ reason }) => reasons.push(reason));
    for (const delay of [1000, 2000, 5000, 10000, 30000, 30000]) {
      world.wire.reply("phx_join", "error", { reason: "unauthorized" });
      const joins = world.wire.count("phx_join");
      world.advance(delay - 1);
      assert.equal(world.wire.count("phx_join"), joins);
      world.advance(1);
      assert.equal(world.wire.count("phx_join"), joins + 1);
    }
    assert.equal(reasons.length, 6);
  });

  it("takes an error whose join ref is null, as for an unmatched topic", () => {
    const world = new World();
    const channel = world.open().channel("nothing:1");
    channel.join();
    const error = { status: "error", response: { reason: "unmatched topic" } };
    world.wire.receive([null, "1", "nothing:1", "phx_reply", error]);
    assert.equal(channel.state, "errored");
  });

  it("joins again after phx_error, with jitter", () => {
    const world = new World();
    const { channel } = world.joined("user:7");
    world.chance = 0;
    world.wire.receive(["1", "1", "user:7", "phx_error", { reason: "channel_crash" }]);
    assert.equal(channel.state, "errored");
    world.advance(500);
    assert.equal(world.wire.count("phx_join"), 2);
    world.wire.reply("phx_join");
    assert.equal(channel.state, "joined");
  });

  it("is closed for good by phx_close until it is joined again on purpose", () => {
    const world = new World();
    const { socket, channel } = world.joined("user:7");
    const closed = [];
    channel.onClose((byServer) => closed.push(byServer));
    world.wire.receive(["1", "1", "user:7", "phx_close", {}]);
    world.advance(25000);
    world.wire.end(1006);
    world.advance(300);
    world.wire.open();
    assert.deepEqual(closed, [true]);
    assert.deepEqual(world.wire.sent, []);
    channel.join();
    assert.equal(world.wire.count("phx_join"), 1);
    assert.equal(socket.state.name, "open");
  });

  it("ignores frames of an earlier join", () => {
    const world = new World();
    const { channel } = world.joined("user:7");
    const seen = [];
    channel.on("news", (payload) => seen.push(payload));
    world.wire.receive(["1", "1", "user:7", "phx_error", {}]);
    world.wire.receive([null, null, "user:7", "news", "between joins"]);
    world.advance(1000);
    world.wire.receive([null, null, "user:7", "news", "before the reply"]);
    world.wire.reply("phx_join");
    world.wire.receive(["1", "1", "user:7", "phx_close", {}]);
    world.wire.receive(["1", null, "user:7", "news", "stale"]);
    world.wire.receive(["2", null, "user:7", "news", "mine"]);
    world.wire.receive([null, null, "user:7", "news", "everyone's"]);
    world.wire.receive([null, null, "user:8", "news", "another's"]);
    assert.deepEqual(seen, ["mine", "everyone's"]);
    assert.equal(channel.state, "joined");
  });

  it("leaves on request and tells the end once", () => {
    const world = new World();
    const { channel } = world.joined("room:lobby");
    const closed = [];
    channel.onClose((byServer) => closed.push(byServer));
    const push = channel.leave();
    assert.equal(channel.leave(), push);
    assert.equal(channel.state, "leaving");
    const joinRef = world.wire.reply("phx_leave");
    world.wire.receive([joinRef, joinRef, "room:lobby", "phx_close", {}]);
    assert.equal(channel.state, "closed");
    assert.deepEqual(closed, [false]);
  });

  it("ends when the connection is lost, the channel fails or nobody answers while it leaves", () => {
    const ends = [
      (world) => world.wire.end(1006),
      (world) => world.wire.receive(["1", "1", "room:lobby", "phx_error", {}]),
      (world) => world.advance(10000),
    ];
    for (const end of ends) {
      const world = new World();
      const { channel } = world.joined("room:lobby");
      channel.leave();
      end(world);
      assert.equal(channel.state, "closed");
      world.advance(9000);
      assert.equal(world.webSockets.reduce((joins, wire) => joins + wire.count("phx_join"), 0), 1);
    }
  });

  it("can leave before its join is answered", () => {
    const world = new World();
    const channel = world.open().channel("room:lobby");
    let isJoined = false;
    channel.join().receive("ok", () => (isJoined = true));
    const update = channel.push("update");
    let reason = null;
    update.receive("error", (response) => (reason = response.reason));
    channel.leave();
    world.wire.reply("phx_join");
    world.wire.reply("phx_leave");
    world.advance(20000);
    assert.equal(isJoined, false);
    assert.equal(reason, "the channel is leaving");
    assert.equal(channel.state, "closed");
    assert.equal(world.wire.count("phx_join"), 1);
  });

  it("joins at once when it is asked to while it leaves", () => {
    const world = new World();
    const { channel } = world.joined("room:lobby");
    channel.leave();
    channel.join();
    world.wire.receive(["1", "2", "room:lobby", "phx_reply", { status: "ok", response: {} }]);
    world.wire.receive(["1", "1", "room:lobby", "phx_close", {}]);
    assert.equal(channel.state, "joining");
    world.wire.reply("phx_join");
    assert.equal(channel.state, "joined");
  });

  it("takes back a join that timed out, and is not closed by the answer to that", () => {
    const world = new World();
    const channel = world.open().channel("user:7");
    let timeouts = 0;
    channel.join().receive("timeout", () => timeouts++);
    world.advance(10000);
    assert.equal(timeouts, 1);
    assert.equal(world.wire.newest("phx_leave")[0], "1");
    world.wire.receive(["1", "1", "user:7", "phx_close", {}]);
    world.advance(1000);
    world.wire.reply("phx_join");
    assert.equal(channel.state, "joined");
  });

  it("keeps the others joining when the payload of one throws", () => {
    const world = new World();
    const socket = world.socket();
    socket.channel("room:1", () => { throw new Error("payload"); }).join();
    socket.channel("room:2").join();
    socket.connect();
    world.wire.open();
    assert.deepEqual(world.wire.sent.map((frame) => frame[2]), ["room:2"]);
    assert.equal(world.errors.length, 1);
  });

  it("joins again after disconnect() and connect()", () => {
    const world = new World();
    const { socket, channel } = world.joined("user:7");
    socket.disconnect();
    assert.equal(world.webSockets[0].closed.code, 1000);
    assert.equal(channel.state, "joining");
    socket.connect();
    world.wire.open();
    assert.equal(world.wire.count("phx_join"), 1);
  });
});
