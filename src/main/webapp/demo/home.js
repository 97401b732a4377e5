import { offerCopy } from "./copy.js";
import { byId, make } from "./dom.js";

const WRITTEN = "localhost:8080/rollcall/";
const COUNT = "api/counts/count:home";
const WORDS = /("[^"\n]*")|\b(import|from|const|new)\b/g;

/** Puts this server's own address into the examples, colours them, and gives each a button that copies it. */
function prepare(code) {
  const text = code.textContent.replaceAll(WRITTEN, new URL(".", location.href).href.replace(/^https?:\/\//, ""));
  code.replaceChildren(...coloured(location.protocol === "https:" ? secure(text) : text));
  if (code.closest(".answer")) {
    return;
  }
  const card = code.closest(".card");
  const label = `Copy the code of “${card.querySelector("h2").textContent}”`;
  const button = make("button.button.small.copy", { type: "button", data: { testid: "copy" }, aria: { label } }, "Copy");
  offerCopy(button, code);
  card.append(button);
}

function secure(text) {
  return text.replaceAll("http://", "https://").replaceAll("ws://", "wss://");
}

function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(WORDS)) {
    parts.push(text.slice(end, match.index), make(match[1] ? "span.code-string" : "span.code-word", {}, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

/** Shows the counter of this page once it is live: a server may let nobody count. */
function showCount() {
  const counter = document.querySelector("rollcall-count");
  const show = async () => {
    byId("looking").hidden = counter.getAttribute("state") !== "live";
    const response = await fetch(COUNT, { cache: "no-store" });
    if (response.ok) {
      byId("answer").replaceChildren(...coloured(await response.text()));
    }
  };
  counter.addEventListener("rollcall-state", show);
  counter.addEventListener("rollcall-change", show);
  show();
}

document.querySelectorAll("[data-testid=code]").forEach(prepare);
await customElements.whenDefined("rollcall-count");
showCount();
