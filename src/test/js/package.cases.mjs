import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { WEBAPP, World } from "./world.mjs";

const ROOT = new URL("../../../", import.meta.url);
const PROJECT = new URL("target/npm-package/", ROOT);
const TSC = fileURLToPath(new URL("target/npm/node_modules/typescript/bin/tsc", ROOT));
const OFFLINE = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
const INTERNAL = /\/\*\* @internal[^]*?\*\/\s*(?:async )?(?:this\.)?(\w+)/g;
const FLAGS = ["strict", "exactOptionalPropertyTypes", "noUncheckedIndexedAccess", "noImplicitOverride", "noEmit"];

const client = await import(new URL("presence.js", WEBAPP).href);
const { browserEnvironment } = await import(new URL("client/environment.js", WEBAPP).href);

function run(command, ...args) {
  return execFileSync(command, args, { cwd: PROJECT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What the compiler says of files of the project: a line for each error, none if they compile. */
function errorsOf(file, resolution, ...more) {
  const flags = FLAGS.flatMap((flag) => [`--${flag}`, "true"]);
  const kinds = ["--target", "es2022", "--lib", "es2023,dom,dom.iterable", "--types", ""];
  const modules = ["--module", resolution === "bundler" ? "esnext" : "nodenext", "--moduleResolution", resolution];
  try {
    run(process.execPath, TSC, "--pretty", "false", ...flags, ...kinds, ...modules, file, ...more);
    return [];
  } catch ({ stdout, stderr }) {
    return `${stdout}${stderr}`.trim().split("\n");
  }
}

/** Gives the project the types of a version of React, or none. */
function installReact(types) {
  rmSync(new URL("node_modules/@types/", PROJECT), { recursive: true, force: true });
  for (const [from, to] of types ? [[types, "@types/react"], ["@types/prop-types", "@types/prop-types"], ["csstype", "csstype"]] : []) {
    const [source, place] = [new URL(`target/npm/node_modules/${from}/`, ROOT), new URL(`node_modules/${to}/`, PROJECT)];
    cpSync(source, place, { recursive: true });
  }
}

/** The members of the class that its source does not keep for the client itself. */
function publicMembers(instance, file) {
  const source = readFileSync(new URL(`client/${file}.js`, WEBAPP), "utf8");
  const internal = [...source.matchAll(INTERNAL)].map(([, name]) => name);
  const names = [...Object.keys(instance), ...Object.getOwnPropertyNames(Object.getPrototypeOf(instance))];
  return names.filter((name) => name !== "constructor" && !internal.includes(name));
}

/** An object of each public class. */
function objects() {
  const world = new World();
  const { socket, channel } = world.joined("user:7");
  const push = channel.push("update", {});
  const error = new client.PushError("update on user:7", "error", {});
  const [presence, counter] = [new client.Presence(channel), new client.Counter(channel)];
  return { Socket: socket, Channel: channel, Push: push, PushError: error, Presence: presence, Counter: counter };
}

const FILES = { Socket: "socket", Channel: "channel", Push: "push", PushError: "push", Presence: "presence", Counter: "counter" };
const members = () =>
  Object.entries(objects()).map(([name, object]) => [
    name,
    publicMembers(object, FILES[name]).filter((member) => name !== "PushError" || member !== "name"),
  ]);

/** The options that a socket looks at. */
function options() {
  const seen = new Set();
  const { environment } = new World();
  new client.Socket("/socket", new Proxy({ environment }, {
    get: (target, name) => {
      seen.add(name);
      return target[name];
    },
  }));
  return [...seen];
}

/** States, ends, frames and counts as they come. */
function values() {
  const world = new World();
  const socket = world.socket();
  const seen = { SocketState: [socket.state], SocketEnd: [], Frame: [], Counts: [] };
  socket.onState((state) => seen.SocketState.push(state));
  socket.onClose((end) => seen.SocketEnd.push(end));
  socket.onMessage((frame) => seen.Frame.push(frame));
  socket.connect();
  world.wire.open();
  const channel = socket.channel("count:1");
  new client.Counter(channel).onChange((counts) => seen.Counts.push(counts));
  channel.join();
  world.wire.receive([world.wire.reply("phx_join"), null, "count:1", "presence_state", {}]);
  world.wire.end(1006);
  world.advance(1000);
  world.wire.end(1000);
  assert.deepEqual([...new Set(seen.SocketState.map(({ name }) => name))].sort(), ["closed", "connecting", "open", "waiting"]);
  return seen;
}

/** A file that compiles if the declarations have what the modules have, and nothing more. */
function comparison() {
  const union = (names) => names.map((name) => JSON.stringify(name)).join(" | ");
  const same = [
    ["keyof typeof all", Object.keys(client)],
    ["keyof typeof all.CloseCode", Object.keys(client.CloseCode)],
    ["keyof all.SocketOptions", options()],
    ["keyof all.Environment", Object.keys(browserEnvironment())],
    ...members().map(([name, names]) => [`Exclude<keyof all.${name}, keyof Error>`, names]),
    ['Exclude<keyof HTMLElementTagNameMap["rollcall-count"], keyof HTMLElement>', ["counts"]],
    ['Exclude<keyof HTMLElementTagNameMap["rollcall-friends"], keyof HTMLElement>', ["token", "meta", "describe"]],
  ];
  const codes = Object.entries(client.CloseCode).map(([name, code]) => `export const ${name}: typeof all.CloseCode.${name} = ${code};`);
  const shapes = Object.entries(values()).flatMap(([type, all]) => all.map((value) => `_ = ${JSON.stringify(value)} satisfies all.${type};`));
  return [
    'import * as all from "rollcall-presence";',
    'import "rollcall-presence/widget";',
    "type Same<A, B> = [A, B] extends [B, A] ? true : { missing: Exclude<B, A>; tooMany: Exclude<A, B> };",
    ...same.map(([declared, names], index) => `export const same${index}: Same<${declared}, ${union(names)}> = true;`),
    ...codes,
    "let _: unknown;",
    ...shapes,
  ].join("\n");
}

describe("the npm package", () => {
  let packed;

  before(() => {
    rmSync(PROJECT, { recursive: true, force: true });
    mkdirSync(PROJECT, { recursive: true });
    writeFileSync(new URL("package.json", PROJECT), '{ "private": true, "type": "module" }');
    [packed] = JSON.parse(run("npm", "pack", fileURLToPath(WEBAPP), "--json", ...OFFLINE));
    run("npm", "install", `./${packed.filename}`, "--ignore-scripts", ...OFFLINE);
    cpSync(new URL("types/", import.meta.url), PROJECT, { recursive: true });
  });

  it("holds the modules, their types, the licence and a page for readers, and nothing else", () => {
    const modules = readdirSync(new URL("client/", WEBAPP)).map((file) => `client/${file}`);
    const own = ["presence.js", "presence.d.ts", "widget.js", "widget.d.ts", "react.d.ts"];
    const paths = packed.files.map(({ path }) => path).sort();
    assert.deepEqual(paths, ["LICENSE", "README.md", "package.json", ...own, ...modules].sort());
    assert.equal(readFileSync(new URL("LICENSE", WEBAPP), "utf8"), readFileSync(new URL("LICENSE", ROOT), "utf8"));
  });

  it("has the server's version and runs nothing when it is installed", () => {
    const manifest = JSON.parse(readFileSync(new URL("node_modules/rollcall-presence/package.json", PROJECT), "utf8"));
    const [, version] = /<artifactId>rollcall<\/artifactId>\s*<version>([^<]+)/.exec(readFileSync(new URL("pom.xml", ROOT), "utf8"));
    assert.equal(manifest.version, version);
    assert.deepEqual([manifest.scripts, manifest.dependencies, manifest.private], [undefined, undefined, undefined]);
  });

  it("is imported by its name in Node", () => {
    const script = `import * as all from "rollcall-presence"; import { createRequire } from "node:module";
      const { state } = new all.Socket("wss://app.example/rollcall/socket");
      console.log(JSON.stringify([Object.keys(all), state.name, createRequire(import.meta.url)("rollcall-presence/package.json").name]))`;
    const said = JSON.parse(run(process.execPath, "--input-type=module", "--eval", script));
    assert.deepEqual(said, [Object.keys(client), "closed", "rollcall-presence"]);
  });

  for (const resolution of ["nodenext", "bundler"]) {
    it(`lets right uses compile (${resolution})`, () => assert.deepEqual(errorsOf("right.ts", resolution), []));
  }

  it("lets the documents' lines compile", () => {
    const page = readFileSync(new URL("src/site/markdown/clients.md", ROOT), "utf8");
    const blocks = [...page.matchAll(/^```(tsx?)\n([^]*?)^```$/gm)];
    assert.deepEqual(blocks.map(([, language]) => language), ["ts", "tsx"]);
    installReact("@types/react");
    const files = blocks.map(([, language, block]) => {
      writeFileSync(new URL(`documented.${language}`, PROJECT), block);
      return `documented.${language}`;
    });
    assert.deepEqual(errorsOf(files.shift(), "bundler", ...files, "--jsx", "react-jsx"), []);
  });

  it("has a right use of each member", () => {
    const source = readFileSync(new URL("types/right.ts", import.meta.url), "utf8");
    const unused = members().flatMap(([name, names]) => names.filter((one) => !source.includes(`.${one}`)).map((one) => `${name}.${one}`));
    assert.deepEqual(unused, []);
  });

  it("lets no wrong use compile", () => {
    assert.deepEqual(errorsOf("wrong.ts", "nodenext"), []);
    const lines = readFileSync(new URL("types/wrong.ts", import.meta.url), "utf8").split("\n");
    const marked = lines.flatMap((line, index) => (line.includes("@ts-expect-error") ? [index + 2] : []));
    writeFileSync(new URL("unmarked.ts", PROJECT), lines.map((line) => line.replace("@ts-expect-error", "")).join("\n"));
    const found = errorsOf("unmarked.ts", "nodenext").flatMap((error) => /^unmarked\.ts\((\d+),/.exec(error)?.[1] ?? []);
    assert.deepEqual([...new Set(found.map(Number))], marked);
    assert.ok(marked.length >= 40, `${marked.length} wrong uses`);
  });

  for (const [react, types, ...more] of [["19", "@types/react"], ["18", "types-react-18", "older.tsx"]]) {
    it(`lets right uses of the elements in JSX compile, and no wrong use, by the types of React ${react}`, () => {
      installReact(types);
      assert.deepEqual(errorsOf("right.tsx", "bundler", "wrong.tsx", ...more, "--jsx", "react-jsx"), []);
    });
  }

  it("leaves the JSX of another framework as it is", () => {
    installReact(null);
    assert.deepEqual(errorsOf("other.tsx", "bundler", "--jsx", "react", "--jsxFactory", "make"), []);
  });

  it("declares what the modules have, and nothing more", () => {
    writeFileSync(new URL("comparison.ts", PROJECT), comparison());
    assert.deepEqual(errorsOf("comparison.ts", "nodenext"), []);
  });
});

describe("the reducer of the example for Redux", () => {
  it("is pure, and adds up what joins and leaves", async () => {
    const { presenceDiff, presenceReducer, setPresence } = await import(new URL("examples/redux.js", WEBAPP).href);
    const start = Object.freeze(presenceReducer(undefined, { type: "other" }));
    assert.deepEqual(start, { viewers: { count: 0 }, users: { count: 0 } });
    const set = presenceReducer(start, setPresence({ viewers: { count: 12, metas: [] }, users: { count: 3, metas: [] } }));
    Object.values(set).forEach(Object.freeze);
    const joins = { viewers: { count: 2, metas: [] }, users: { count: 0, metas: [] } };
    const leaves = { viewers: { count: 0, metas: [] }, users: { count: 1, metas: [] } };
    const next = presenceReducer(Object.freeze(set), presenceDiff({ joins, leaves }));
    assert.deepEqual([set, next], [{ viewers: { count: 12 }, users: { count: 3 } }, { viewers: { count: 14 }, users: { count: 2 } }]);
    assert.equal(presenceReducer(next, { type: "other" }), next);
  });
});
