import { Socket } from "../presence.js";
import { byId, make, setText } from "../demo/dom.js";

const MOST_VISITORS = 20;
const LONG_TAG = /( *)<rollcall-[^>]{60,}>/g;

/**
 * Shows the code of each example, and only then loads the elements: what is shown is what runs, to the letter. Styles
 * and scripts of an example stand on the page as text, and are run from there.
 */
function showCode() {
  const script = `<script type="module" src="${new URL("../widget.js", location.href)}"></` + "script>";
  fill(document.querySelector("[data-testid=script]"), "HTML", script, "script");
  for (const example of document.querySelectorAll(".examples .example")) {
    const title = example.querySelector("h2").textContent;
    const markup = dedent(example.querySelector(".sample").innerHTML).replaceAll('=""', "").replace(LONG_TAG, breakUp);
    for (const box of example.querySelectorAll(".code")) {
      const { css, js } = box.dataset;
      const text = css === undefined && js === undefined ? markup : box.textContent.trim();
      if (css !== undefined) {
        style(text);
      }
      fill(box, css !== undefined ? "CSS" : js !== undefined ? "JavaScript" : "HTML", text, `code of “${title}”`);
    }
  }
}

/** Shows the files of examples that need a library, which this page does not have. */
async function showFiles() {
  const imports = `  { "imports": { "rollcall-presence": "${new URL("../presence.js", location.href)}" } }`;
  const map = `<script type="importmap">\n${imports}\n</` + "script>";
  fill(document.querySelector("[data-map]"), "HTML", map, "import map");
  for (const box of document.querySelectorAll("[data-file]")) {
    const { file } = box.dataset;
    const response = await fetch(file, { cache: "no-cache" });
    fill(box, file, await response.text(), "example");
    Object.assign(box.querySelector("pre"), { tabIndex: 0, role: "region", ariaLabel: `The file ${file}` });
  }
}

function style(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}

function fill(box, language, text, name) {
  const code = make("code", {}, text);
  const label = `Copy the ${language} ${name}`;
  const copy = make("button.button.small", { type: "button", data: { testid: "copy" }, aria: { label } }, "Copy");
  copy.addEventListener("click", () => copyTo(copy, code));
  box.replaceChildren(make("div.code-head", {}, make("span", {}, language), copy), make("pre", { dir: "ltr" }, code));
}

async function copyTo(button, code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    setText(button, "Copied");
  } catch {
    // Not by https, or not allowed: the visitor's own keys do it.
    getSelection().selectAllChildren(code);
    setText(button, "Selected");
  }
  setTimeout(() => setText(button, "Copy"), 2000);
}

/** Puts each attribute of a long tag on a line of its own. */
function breakUp(tag, indent) {
  return tag.replace(/ (?=[a-z-]+(=| |>))(?=(?:[^"]*"[^"]*")*[^"]*$)(?<!^ *)/g, `\n${indent}  `);
}

function dedent(markup) {
  const lines = markup.replace(/^\n|\s+$/g, "").split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
}

function offerVisitors() {
  const visitors = [];
  const show = () => {
    byId("visitors").value = String(visitors.length);
    byId("less").disabled = visitors.length === 0;
    byId("more").disabled = visitors.length >= MOST_VISITORS;
  };
  byId("more").addEventListener("click", () => {
    const visitor = new Socket("../socket");
    visitor.channel("count:demo").join();
    visitor.connect();
    visitors.push(visitor);
    show();
  });
  byId("less").addEventListener("click", () => {
    visitors.pop()?.disconnect();
    show();
  });
}

function offerStatuses() {
  for (const choice of document.querySelectorAll(".statuses")) {
    choice.addEventListener("change", ({ target }) => byId(choice.dataset.for).setAttribute("status", target.value));
  }
}

showCode();
offerVisitors();
offerStatuses();
// The script of the example "How it comes", which the page's policy lets stand in a file only.
document.querySelector("#counted").addEventListener("rollcall-state", ({ detail }) => {
  document.querySelector("#how").textContent = detail.transport ?? detail.state;
});
await import("../widget.js");
await showFiles();
document.documentElement.dataset.ready = "true";
