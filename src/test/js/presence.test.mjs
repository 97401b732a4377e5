import assert from "node:assert/strict";
import { describe, it } from "node:test";
import "./channel.cases.mjs";
import "./long-poll.cases.mjs";
import "./package.cases.mjs";
import "./push.cases.mjs";
import "./socket.cases.mjs";
import "./widget.cases.mjs";
import { changes, Counter, OFFLINE, Presence, stay, summarize, World } from "./world.mjs";

const meta = (phx_ref, rest = {}) => ({ phx_ref, ...rest });
const entry = (...metas) => ({ metas });

/** A presence on a joined channel, with what its listeners heard. */
function follow(world = new World()) {
  const { channel } = world.joined("user:7");
  const presence = new Presence(channel);
  const heard = [];
  const refs = (one) => one?.metas.map(({ phx_ref }) => phx_ref) ?? null;
  presence.onJoin((key, before, joined) => heard.push(["join", key, refs(before), refs(joined)]));
  presence.onLeave((key, after, left) => heard.push(["leave", key, refs(after), refs(left)]));
  presence.onSync(() => heard.push(["sync"]));
  const state = (payload) => world.wire.receive([channel.joinRef, null, "user:7", "presence_state", payload]);
  const diff = (joins, leaves = {}) => world.wire.receive([null, null, "user:7", "presence_diff", { joins, leaves }]);
  const keys = () => presence.list((key) => key);
  return { world, channel, presence, state, diff, heard, keys, refs: (key) => refs(presence.get(key)) };
}

describe("presence", () => {
  it("takes the first state as joins", () => {
    const { presence, state, heard } = follow();
    assert.equal(presence.synced, false);
    state({ 2: entry(meta("a")), 9: entry(meta("b"), meta("c")) });
    assert.deepEqual(heard, [["join", "2", null, ["a"]], ["join", "9", null, ["b", "c"]], ["sync"]]);
    assert.equal(presence.synced, true);
  });

  it("keeps diffs that come before the state until it is there", () => {
    const { diff, state, heard, keys } = follow();
    diff({ 3: entry(meta("x")) });
    diff({}, { 2: entry(meta("a")) });
    assert.deepEqual([heard, keys()], [[], []]);
    state({ 2: entry(meta("a")) });
    assert.deepEqual(keys(), ["3"]);
    assert.deepEqual(heard.map(([kind]) => kind), ["join", "sync", "join", "sync", "leave", "sync"]);
  });

  it("takes an update as a join and a leave of the same key, which never vanishes", () => {
    const { diff, state, heard, refs } = follow();
    state({ 2: entry(meta("a"), meta("b")) });
    heard.length = 0;
    diff({ 2: entry(meta("c", { phx_ref_prev: "a" })) }, { 2: entry(meta("a")) });
    assert.deepEqual(heard, [["join", "2", ["a", "b"], ["c"]], ["leave", "2", ["b", "c"], ["a"]], ["sync"]]);
    assert.deepEqual(refs("2"), ["b", "c"]);
  });

  it("calls nobody for a repeated join or leave", () => {
    const { diff, state, heard, refs } = follow();
    state({ 2: entry(meta("a")) });
    heard.length = 0;
    diff({ 2: entry(meta("a")) });
    diff({}, { 2: entry(meta("z")), 5: entry(meta("y")) });
    assert.deepEqual(heard, [["sync"], ["sync"]]);
    assert.deepEqual(refs("2"), ["a"]);
    assert.equal(refs("5"), null);
  });

  it("removes a key with its last meta", () => {
    const { diff, state, heard, keys } = follow();
    state({ 2: entry(meta("a"), meta("b")) });
    heard.length = 0;
    diff({}, { 2: entry(meta("a")) });
    diff({}, { 2: entry(meta("b")) });
    assert.deepEqual(heard, [["leave", "2", ["b"], ["a"]], ["sync"], ["leave", "2", [], ["b"]], ["sync"]]);
    assert.deepEqual(keys(), []);
  });

  it("re-bases on a state that comes at any time", () => {
    const { state, heard, keys } = follow();
    state({ 1: entry(meta("a")), 2: entry(meta("b")), 3: entry(meta("c"), meta("d")) });
    heard.length = 0;
    state({ 2: entry(meta("b")), 3: entry(meta("d"), meta("e")), 4: entry(meta("f")) });
    assert.deepEqual(heard, [
      ["join", "3", ["c", "d"], ["e"]],
      ["join", "4", null, ["f"]],
      ["leave", "3", ["d", "e"], ["c"]],
      ["leave", "1", [], ["a"]],
      ["sync"],
    ]);
    assert.deepEqual(keys(), ["2", "3", "4"]);
  });

  it("keeps the last list over a lost connection, and tells only what changed meanwhile", () => {
    const { world, presence, state, diff, heard, keys } = follow();
    state({ 1: entry(meta("a")), 2: entry(meta("b")) });
    diff({ 3: entry(meta("c")) });
    world.wire.end(1012);
    heard.length = 0;
    assert.deepEqual([keys(), presence.synced], [["1", "2", "3"], false]);
    world.advance(10000);
    world.wire.open();
    world.wire.reply("phx_join");
    diff({ 5: entry(meta("e")) });
    assert.deepEqual(keys(), ["1", "2", "3"]);
    state({ 1: entry(meta("a")), 4: entry(meta("d")) });
    assert.deepEqual(keys(), ["1", "4", "5"]);
    const said = heard.map(([kind, key = ""]) => kind + key);
    assert.deepEqual(said, ["join4", "leave2", "leave3", "sync", "join5", "sync"]);
  });

  it("forgets early diffs of a join that failed before its state", () => {
    const { world, state, diff, keys } = follow();
    diff({ 8: entry(meta("old")) });
    world.wire.end(1006);
    world.advance(300);
    world.wire.open();
    world.wire.reply("phx_join");
    state({ 1: entry(meta("a")) });
    assert.deepEqual(keys(), ["1"]);
  });

  it("shows the finished list to its listeners", () => {
    const { presence, state } = follow();
    const sizes = [];
    presence.onJoin(() => sizes.push(presence.list().length));
    state({ 1: entry(meta("a")), 2: entry(meta("b")) });
    assert.deepEqual(sizes, [2, 2]);
  });

  it("treats names that every object inherits as keys like others", () => {
    const { state, diff, keys, world } = follow();
    world.wire.receive(`["1",null,"user:7","presence_state",{"__proto__":{"metas":[{"phx_ref":"a"}]}}]`);
    world.wire.receive(
      `[null,null,"user:7","presence_diff",{"joins":{"constructor":{"metas":[{"phx_ref":"b"}]}},"leaves":{}}]`);
    diff({ toString: entry(meta("c")) }, { valueOf: entry(meta("d")) });
    assert.deepEqual(keys(), ["__proto__", "constructor", "toString"]);
    assert.equal({}.metas, undefined);
    world.wire.receive(
      `[null,null,"user:7","presence_diff",{"joins":{},"leaves":{"__proto__":{"metas":[{"phx_ref":"a"}]}}}]`);
    assert.deepEqual(keys(), ["constructor", "toString"]);
    state({});
    assert.deepEqual(keys(), []);
    assert.deepEqual(world.errors, []);
  });

  it("stops telling a listener that unsubscribed", () => {
    const { presence, state } = follow();
    let syncs = 0;
    const end = presence.onSync(() => { syncs++; end(); });
    state({});
    state({});
    assert.equal(syncs, 1);
  });
});

describe("counter", () => {
  it("gives the numbers of the state and of each diff", () => {
    const world = new World();
    const { channel } = world.joined("count:42");
    const counter = new Counter(channel);
    const seen = [];
    counter.onChange(({ viewers, users, total }) => seen.push([viewers, users, total]));
    const none = { count: 0, metas: [] };
    const count = (n, ref, state) => ({ count: n, metas: [{ phx_ref: ref, count: state ?? n }] });
    world.wire.receive(["1", null, "count:42", "presence_state", { viewers: count(12, "v1"), users: count(3, "u1") }]);
    const diff = {
      joins: { viewers: count(2, "v2", 14), users: none },
      leaves: { viewers: count(0, "v1", 12), users: none },
    };
    world.wire.receive([null, null, "count:42", "presence_diff", diff]);
    world.wire.receive([null, null, "count:42", "presence_diff", diff]);
    assert.deepEqual(seen, [[12, 3, 15], [14, 3, 17], [14, 3, 17]]);
    world.wire.receive(["1", null, "count:42", "presence_state", { viewers: none, users: count(1, "u9") }]);
    assert.deepEqual([counter.viewers, counter.users, counter.total, counter.synced], [0, 1, 1, true]);
    assert.deepEqual(world.errors, []);
  });
});

describe("summary of the demo", () => {
  const at = { online_at: "1000" };

  it("takes the weightiest status and the newest note, and survives metas of other clients", () => {
    const busy = { online_at: "900", status: "busy" };
    const summary = summarize(entry({ ...at, status: "away", note: "x" }, busy, { status: 5 }));
    assert.equal(summary.status, "busy");
    assert.equal(summary.note, "x");
    assert.equal(summary.since, 900_000);
    assert.deepEqual(summary.devices.at(-1), { name: "Browser", status: "online" });
    assert.equal(summarize(undefined), OFFLINE);
  });

  it("says what changed", () => {
    const online = summarize(entry({ ...at, status: "online", device: "Phone" }));
    const away = summarize(entry({ ...at, status: "away", device: "Phone", note: "Lunch" }));
    assert.deepEqual(changes(OFFLINE, online), ["came online"]);
    assert.deepEqual(changes(online, OFFLINE), ["went offline"]);
    assert.deepEqual(changes(OFFLINE, OFFLINE), []);
    assert.deepEqual(changes(online, away), ["is away", "says “Lunch”"]);
    assert.deepEqual(changes(away, online), ["is online again", "took the note away"]);
    assert.equal(stay(0, 59_000), "just arrived");
    assert.equal(stay(0, 61_000), "here for 1 min");
    assert.equal(stay(60_000, 0), "just arrived");
  });
});
