/** React is on npm for bundlers only. This runs its files, unmodified, in the mode for development, which checks more. */
const FILES = {
  react: "react/cjs/react.development.js",
  "react-dom": "react-dom/cjs/react-dom.development.js",
  "react-dom/client": "react-dom/cjs/react-dom-client.development.js",
  scheduler: "scheduler/cjs/scheduler.development.js",
};
const texts = await Promise.all(Object.values(FILES).map(async (file) => (await fetch(`/npm/${file}`)).text()));
const sources = new Map(Object.keys(FILES).map((name, index) => [name, texts[index]]));
const modules = new Map();

export function load(name) {
  if (!modules.has(name)) {
    const module = { exports: {} };
    modules.set(name, module);
    const run = new Function("module", "exports", "require", "process", sources.get(name));
    run(module, module.exports, load, { env: { NODE_ENV: "development" } });
  }
  return modules.get(name).exports;
}
