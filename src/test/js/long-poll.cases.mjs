import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { settled, World } from "./world.mjs";

/** A world whose requests the test answers, and whose page remembers. */
function polling() {
  const world = new World();
  const requests = [];
  const memory = new Map();
  world.environment.fetch = (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = { url, method, headers, body, aborted: false };
      request.answer = async (json) => {
        resolve({ json: async () => json });
        await settled();
        world.advance(0);
        await settled();
      };
      request.fail = () => reject(new TypeError("no network"));
      signal.addEventListener("abort", () => {
        request.aborted = true;
        reject(new DOMException("aborted", "AbortError"));
      });
      requests.push(request);
    });
  world.environment.session = () => ({
    getItem: (key) => memory.get(key) ?? null,
    setItem: (key, value) => memory.set(key, value),
    removeItem: (key) => memory.delete(key),
  });
  return { world, requests, memory };
}

/** A socket that polls, after its WebSocket has failed. */
async function fallen(options) {
  const all = polling();
  const socket = all.world.socket(options);
  socket.connect();
  await settled();
  all.world.wire.onerror?.();
  await all.requests[0].answer({ status: 410, token: "lp-1", messages: [] });
  return { ...all, socket };
}

describe("long-poll", () => {
  it("takes the place of a WebSocket that fails without a close, as a page's policy has it", async () => {
    const { socket, requests, memory, world } = await fallen({ token: "secret" });
    assert.equal(socket.state.name, "open");
    assert.equal(requests[0].url, "https://rollcall.test/rollcall/socket/longpoll?vsn=2.0.0");
    assert.deepEqual(requests[0].headers, { "X-Phoenix-AuthToken": "secret" });
    assert.deepEqual(requests[1].headers, { "X-Phoenix-LongPoll-Token": "lp-1" });
    assert.equal(memory.get("rollcall:long-poll"), "true");
    assert.equal(world.webSockets.length, 1);
  });

  it("takes the place of a WebSocket that is closed, or hangs, before it is open", async () => {
    for (const fail of [(world) => world.wire.end(1006), (world) => world.advance(10000)]) {
      const { world, requests } = polling();
      world.socket().connect();
      await settled();
      fail(world);
      assert.equal(requests.length, 1);
    }
  });

  it("is used at once by the next socket of the page's session", async () => {
    const { world, requests } = await fallen();
    const before = requests.length;
    world.socket().connect();
    await settled();
    assert.equal(requests.length, before + 1);
    assert.equal(world.webSockets.length, 1);
  });

  it("is not tried once a WebSocket has worked", async () => {
    const { world, requests } = polling();
    world.open();
    world.wire.end(1006);
    world.advance(1000);
    await settled();
    world.wire.end(1006);
    assert.equal(requests.length, 0);
    assert.equal(world.webSockets.length, 2);
  });

  it("is forgotten if it does not work either, and WebSockets are tried again", async () => {
    const { world, requests, socket, memory } = await fallen();
    await requests[1].answer({ status: 410, token: "lp-none", messages: [] });
    world.advance(1000);
    await settled();
    requests.at(-1).fail();
    await settled();
    assert.equal(socket.state.name, "waiting");
    assert.equal(memory.size, 0);
    world.advance(2000);
    await settled();
    assert.equal(world.webSockets.length, 2);
  });

  it("joins, and joins again with new refs after its session has ended", async () => {
    const { world, requests, socket } = await fallen();
    const channel = socket.channel("room:1");
    channel.join();
    await settled();
    const [join] = requests.at(-1).body.split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(join.slice(2, 4), ["room:1", "phx_join"]);
    await requests.at(-1).answer({ status: 200 });
    const reply = JSON.stringify([join[0], join[1], "room:1", "phx_reply", { status: "ok", response: {} }]);
    await requests[1].answer({ status: 200, token: "lp-1", messages: [reply] });
    assert.equal(channel.state, "joined");

    await requests.findLast(({ method }) => method === "GET").answer({ status: 410, token: "lp-none", messages: [] });
    assert.equal(socket.state.name, "waiting");
    world.advance(1000);
    await settled();
    assert.deepEqual(requests.at(-1).headers, {});
    await requests.at(-1).answer({ status: 410, token: "lp-2", messages: [] });
    const again = JSON.parse(requests.findLast(({ method }) => method === "POST").body);
    assert.equal(again[3], "phx_join");
    assert.notEqual(again[0], join[0]);
  });

  it("sends what is pushed in one task in one request, in order, and the rest after its answer", async () => {
    const { requests, socket } = await fallen();
    const refs = (request) => request.body.split("\n").map((line) => JSON.parse(line)[2]);
    for (let i = 0; i < 101; i++) {
      socket.channel(`room:${i}`).join();
    }
    await settled();
    const first = requests.at(-1);
    assert.equal(refs(first).length, 100);
    socket.channel("room:later").join();
    await settled();
    assert.equal(requests.at(-1), first);
    await first.answer({ status: 200 });
    assert.deepEqual(refs(requests.at(-1)), ["room:100", "room:later"]);
  });

  it("hands frames on in order, and none after the page has disconnected", async () => {
    const { requests, socket, world } = await fallen();
    const topics = [];
    socket.onMessage(({ topic }) => {
      topics.push(topic);
      if (topic === "b") {
        socket.disconnect();
      }
    });
    const messages = ["a", "b", "c"].map((topic) => JSON.stringify([null, null, topic, "x", {}]));
    await requests[1].answer({ status: 200, token: "lp-1", messages });
    world.advance(0);
    await settled();
    world.advance(0);
    await settled();
    assert.deepEqual(topics, ["a", "b"]);
    assert.equal(socket.state.name, "closed");
    assert.equal(requests.length, 2);
  });

  it("is lost if a poll or a send fails", async () => {
    for (const status of [410, 500, 403, undefined]) {
      const { requests, socket } = await fallen();
      socket.channel("room:1").join();
      await settled();
      await requests.at(-1).answer({ status });
      assert.equal(socket.state.name, "waiting");
      assert.equal(requests[1].aborted, true);
    }
  });
});
