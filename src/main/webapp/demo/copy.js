import { setText } from "./dom.js";

/** Lets a button copy the text of an element. */
export function offerCopy(button, source) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      setText(button, "Copied");
    } catch {
      // Not by https, or not allowed: the visitor's own keys do it.
      getSelection().selectAllChildren(source);
      setText(button, "Selected");
    }
    setTimeout(() => setText(button, "Copy"), 2000);
  });
}
