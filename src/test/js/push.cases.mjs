import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PushError, World } from "./world.mjs";

describe("push", () => {
  it("holds pushes until it is joined, and keeps their order", () => {
    const world = new World();
    const channel = world.open().channel("user:7");
    channel.join().receive("ok", () => channel.push("third"));
    channel.push("first");
    channel.push("second");
    assert.equal(world.wire.sent.length, 1);
    world.wire.reply("phx_join");
    assert.deepEqual(world.wire.sent.map((frame) => [frame[0], frame[3]]), [
      ["1", "phx_join"], ["1", "first"], ["1", "second"], ["1", "third"],
    ]);
  });

  it("never sends a push that timed out while it waited", () => {
    const world = new World();
    const channel = world.socket().channel("user:7");
    channel.join();
    let timeouts = 0;
    channel.push("update", {}, 100).receive("timeout", () => timeouts++);
    world.advance(100);
    assert.equal(timeouts, 1);
    const socket = world.open();
    assert.equal(socket.state.name, "open");
    assert.equal(world.wire.count("update"), 0);
  });

  it("answers a push once", () => {
    const world = new World();
    const { channel } = world.joined("user:7");
    const said = [];
    const push = channel.push("update", { status: "away" });
    for (const status of ["ok", "error", "timeout"]) {
      push.receive(status, (response) => said.push([status, response]));
    }
    world.wire.reply("update", "error", { reason: "too big" });
    world.wire.reply("update", "ok");
    world.advance(20000);
    push.receive("error", () => said.push("late listener"));
    assert.deepEqual(said, [["error", { reason: "too big" }], "late listener"]);
  });

  it("lets a push be awaited", async () => {
    const world = new World();
    const { channel } = world.joined("user:7");
    const good = channel.push("update");
    world.wire.reply("update", "ok", { phx_ref: "r" });
    assert.deepEqual(await good, { phx_ref: "r" });
    const bad = channel.push("update");
    world.wire.reply("update", "error", { reason: "no" });
    await assert.rejects(async () => bad, (error) => error instanceof PushError && error.response.reason === "no");
    const late = channel.push("update");
    world.advance(10000);
    await assert.rejects(async () => late, { status: "timeout" });
  });

  it("refuses pushes when it is closed", () => {
    const world = new World();
    const channel = world.open().channel("user:7");
    let reason = null;
    channel.push("update").receive("error", (response) => (reason = response.reason));
    assert.equal(reason, "the channel is closed");
    assert.equal(world.wire.sent.length, 0);
  });
});
