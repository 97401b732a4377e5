import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { gzipSync } from "node:zlib";
import { Page, pass, SERVER, settle } from "./widget-page.mjs";

const WEBAPP = new URL(process.env.ROLLCALL_WEBAPP ?? "../../main/webapp/", import.meta.url);
const MOST_BYTES = 6 * 1024;
const { feedOf } = await import(new URL("client/count-feed.js", WEBAPP).href);
// Loaded here, so that no test waits for a file.
await import(new URL("client/count-fallbacks.js", WEBAPP).href);

describe("counts on a page", () => {
  let page;
  let feed;
  const unwatch = [];

  async function watch(topic, track = false) {
    feed = feedOf(SERVER);
    unwatch.push(feed.watch({ topic, track, changed() {} }));
    await settle();
  }

  async function leaveAll() {
    unwatch.splice(0).forEach((end) => end());
    await settle();
  }

  async function live() {
    await watch("count:1");
    page.sockets[0].open();
    page.sockets[0].tell("count:1", 3, 1);
  }

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    mock.method(Math, "random", () => 0.5);
    page = new Page();
  });

  afterEach(async () => {
    await leaveAll();
    mock.timers.reset();
    mock.restoreAll();
  });

  it("come by one WebSocket for all topics", async () => {
    unwatch.push(feedOf(SERVER).watch({ topic: "count:2", track: true, changed() {} }));
    await watch("count:1");
    await watch("count:2");
    assert.equal(page.sockets.length, 1);
    assert.equal(page.sockets[0].url, "wss://app.example/rollcall/socket/websocket?vsn=2.0.0");
    page.sockets[0].open();
    assert.deepEqual(page.sockets[0].events(), ["count:2 phx_join true", "count:1 phx_join false"]);
    page.sockets[0].tell("count:1", 3, 1);
    assert.deepEqual([feed.state, feed.transport], ["live", "websocket"]);
    assert.deepEqual(feed.countOf("count:1"), { viewers: 3, users: 1, total: 4 });
  });

  it("follow diffs, and none of an earlier join", async () => {
    await live();
    const [socket] = page.sockets;
    const diff = { joins: { viewers: { count: 2, metas: [{ count: 5 }] }, users: { count: 0, metas: [] } }, leaves: {} };
    socket.receive([null, null, "count:1", "presence_diff", diff]);
    assert.deepEqual(feed.countOf("count:1"), { viewers: 5, users: 1, total: 6 });
    await watch("count:1", true);
    assert.equal(socket.events().at(-1), "count:1 phx_join true");
    socket.receive(["1", null, "count:1", "presence_state", { viewers: { metas: [{ count: 99 }] }, users: { metas: [] } }]);
    socket.receive(["1", "1", "count:1", "phx_close", {}]);
    assert.deepEqual([feed.countOf("count:1").viewers, socket.closed], [5, false]);
  });

  it("come by events, then by polling, where nothing better works", async () => {
    await watch("count:1", true);
    await watch("count:2");
    page.sockets[0].onerror();
    await settle();
    assert.deepEqual(page.sources.map(({ url }) => url), [
      "api/counts/events?topic=count%3A1&track=true",
      "api/counts/events?topic=count%3A2",
    ]);
    page.sources[0].onerror();
    await settle();
    assert.deepEqual(page.sources.map(({ closed }) => closed), [true, true]);
    assert.equal(page.requests[0].url, `${SERVER}api/counts?topic=count%3A1&topic=count%3A2`);
    page.requests[0].answer(200, [{ topic: "count:1", viewers: { count: 2 }, users: { count: 0 } }]);
    await settle();
    assert.deepEqual([feed.transport, feed.countOf("count:1").total], ["polling", 2]);
    await pass(10000);
    assert.equal(page.requests.length, 2);
  });

  it("are asked for at once if the topics change, and not if an element only looks again", async () => {
    await watch("count:1");
    page.sockets[0].onerror();
    await settle();
    page.sources[0].onerror();
    await settle();
    page.requests[0].answer(200, [{ topic: "count:1", viewers: { count: 2 }, users: { count: 0 } }]);
    await settle();
    unwatch.shift()();
    await watch("count:1");
    assert.equal(page.requests.length, 1);
    await watch("count:2");
    assert.equal(page.requests[1].url, `${SERVER}api/counts?topic=count%3A1&topic=count%3A2`);
  });

  it("come by the next transport if one is silent for five seconds", async () => {
    await watch("count:1");
    page.sockets[0].open();
    await pass(4999);
    assert.equal(page.sources.length, 0);
    await pass(1);
    assert.deepEqual([page.sockets[0].closed, page.sources.length], [true, 1]);
  });

  it("are tried again later and later while the server is away", async () => {
    const waits = [];
    await live();
    await pass(6000);
    page.sockets[0].onclose();
    for (let tries = 1; tries < 9; tries++) {
      const start = Date.now();
      while (page.sockets.length === tries) {
        await pass(250);
      }
      waits.push(Date.now() - start);
      page.sockets.at(-1).onclose();
      await settle();
      page.sources.at(-1).onerror();
      await settle();
      page.requests.at(-1).reject(new Error("no network"));
      await settle();
    }
    assert.deepEqual(waits, [1500, 2500, 4500, 8500, 16500, 30500, 30500, 30500]);
    assert.equal(feed.state, "away");
    page.window.dispatchEvent(new Event("online"));
    await settle();
    assert.equal(page.sockets.length, 10);
  });

  it("stay for eight seconds when the connection is lost", async () => {
    await live();
    page.sockets[0].onclose();
    await settle();
    await pass(2000);
    assert.deepEqual([feed.state, feed.countOf("count:1").total], ["connecting", 4]);
  });

  it("end a connection that gives no sign of life", async () => {
    await live();
    const [socket] = page.sockets;
    await pass(30000);
    assert.equal(socket.events().at(-1), "phoenix heartbeat");
    socket.receive([null, "2", "phoenix", "phx_reply", { status: "ok" }]);
    await pass(30000);
    await pass(9999);
    assert.equal(socket.closed, false);
    await pass(1);
    assert.deepEqual([socket.closed, feed.state], [true, "connecting"]);
  });

  it("pause in a page that is hidden for five minutes, and no sooner", async () => {
    const answer = () => page.sockets[0].receive([null, "2", "phoenix", "phx_reply", { status: "ok" }]);
    const beats = async (minutes) => {
      for (let beat = 0; beat < 3 * minutes; beat++) {
        await pass(20000);
        answer();
      }
    };
    await live();
    page.hide(true);
    await beats(4);
    page.hide(false);
    answer();
    page.hide(true);
    await beats(4);
    assert.deepEqual([feed.state, page.sockets[0].closed], ["live", false]);
    await pass(60000);
    assert.deepEqual([feed.state, page.sockets[0].closed, page.sockets.length], ["paused", true, 1]);
    await watch("count:2");
    assert.equal(page.sockets.length, 1);
    page.hide(false);
    await settle();
    assert.equal(page.sockets.length, 2);
  });

  it("are refused one by one, and the others stay", async () => {
    await watch("user:7");
    await live();
    const [socket] = page.sockets;
    socket.receive([null, "1", "user:7", "phx_reply", { status: "error", response: { reason: "unauthorized" } }]);
    await settle();
    assert.deepEqual([feed.isRefused("user:7"), feed.isRefused("count:1"), socket.closed], [true, false, false]);
  });

  it("are found by polling if one of them makes the server refuse all", async () => {
    await watch("nothing:1");
    await watch("count:1");
    page.sockets[0].onerror();
    await settle();
    page.sources[0].onerror();
    await settle();
    page.requests[0].answer(404);
    await settle();
    assert.equal(page.requests[1].url, `${SERVER}api/counts?topic=nothing%3A1`);
    page.requests[1].answer(404);
    await settle();
    assert.equal(feed.isRefused("nothing:1"), true);
    assert.equal(page.requests.at(-1).url, `${SERVER}api/counts?topic=count%3A1`);
  });

  it("leave nothing behind", async () => {
    for (const end of ["live", "waiting"]) {
      await watch("count:1");
      page.sockets.at(-1).open();
      page.sockets.at(-1).tell("count:1", 1, 0);
      await pass(6000);
      if (end === "waiting") {
        page.sockets.at(-1).onclose();
      }
      await leaveAll();
      const made = page.sockets.length;
      assert.deepEqual([page.sockets.at(-1).closed, page.listeners], [true, 0]);
      await pass(3_600_000);
      assert.deepEqual([page.sockets.length, page.sources.length, page.requests.length], [made, 0, 0]);
    }
  });
});

describe("widget.js", () => {
  it("is below 6 KB, gzipped, with all that a counter loads by WebSocket", () => {
    const files = new Set(["widget.js"]);
    for (const file of files) {
      const imports = readFileSync(new URL(file, WEBAPP), "utf8").matchAll(/^import .* from "\.\/(.*)";$/gm);
      [...imports].forEach(([, name]) => files.add(name.startsWith("client/") ? name : `client/${name}`));
    }
    assert.deepEqual([...files], ["widget.js", "client/count-feed.js", "client/count-socket.js"]);
    const sizes = [...files].map((file) => gzipSync(readFileSync(new URL(file, WEBAPP))).length);
    assert.ok(sizes.reduce((sum, size) => sum + size) < MOST_BYTES, `${sizes} bytes`);
  });
});
