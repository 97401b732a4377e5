import { isStill } from "./dom.js";

const GLIDE = 260;
const SHOWN_FOR = 1200;
const timers = new WeakMap();

/**
 * Says of a row for a second that it has changed, as its style shows: "came", "went" or "status".
 *
 * @param {HTMLElement} element
 * @param {"came" | "went" | "status"} change
 */
export function flash(element, change) {
  clearTimeout(timers.get(element));
  delete element.dataset.change;
  // The style has to see the attribute go, or the second of two changes would not start its animation again.
  element.getBoundingClientRect();
  element.dataset.change = change;
  timers.set(element, setTimeout(() => delete element.dataset.change, SHOWN_FOR));
}

/** Changes the order of elements and lets each glide from where it was. */
export function glide(elements, arrange) {
  const before = new Map(elements.map((element) => [element, element.getBoundingClientRect()]));
  // Moving an element takes the focus from what is in it.
  const focused = document.activeElement;
  arrange();
  if (elements.some((element) => element.contains(focused))) {
    focused.focus({ preventScroll: true });
  }
  if (isStill()) {
    return;
  }
  for (const [element, was] of before) {
    const now = element.getBoundingClientRect();
    const [x, y] = [was.left - now.left, was.top - now.top];
    if (was.width > 0 && (x !== 0 || y !== 0)) {
      const steps = [{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }];
      element.animate(steps, { duration: GLIDE, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" });
    }
  }
}
