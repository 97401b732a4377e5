import { make } from "./dom.js";

const SHORT = 38;
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Writes a value as JSON, indented, with what is short on one line. */
export function pretty(value, indent = "") {
  const short = JSON.stringify(value);
  if (value === null || typeof value !== "object" || short.length <= SHORT - indent.length) {
    return spaced(value);
  }
  const inner = `${indent}  `;
  const isArray = Array.isArray(value);
  const members = isArray
    ? value.map((one) => inner + pretty(one, inner))
    : Object.entries(value).map(([name, one]) => `${inner}${JSON.stringify(name)}: ${pretty(one, inner)}`);
  const [open, close] = isArray ? "[]" : "{}";
  return `${open}\n${members.join(",\n")}\n${indent}${close}`;
}

function spaced(value) {
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(spaced).join(", ")}]`;
  }
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${spaced(one)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** Makes text nodes and spans of a JSON text: names, strings, numbers and words, each with a class for its colour. */
export function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [all, string, colon, word] = match;
    const kind = string ? (colon ? "name" : "string") : word ? "word" : "number";
    parts.push(text.slice(end, match.index), make(`span.json-${kind}`, {}, string ?? all), colon ?? "");
    end = match.index + all.length;
  }
  return [...parts, text.slice(end)];
}
