import { Counter, Socket } from "../presence.js";
import { byId, isStill, setText } from "./dom.js";

const MOST_VIEWERS = 20;
const DURATION = 450;
const TOPIC = "count:demo";

/**
 * Shows the counter of this page and lets the visitor move it.
 *
 * @param {Socket} socket whose channel is counted, and watches
 * @param {() => void} onSync called when the numbers are in, or have changed
 */
export function showCounter(socket, onSync) {
  const channel = socket.channel(TOPIC);
  const counter = new Counter(channel);
  counter.onChange(({ viewers, users, total }) => {
    animate(byId("total"), total);
    animate(byId("users"), users);
    animate(byId("viewers"), viewers);
    byId("bar").style.width = `${total === 0 ? 0 : (users / total) * 100}%`;
    onSync();
  });
  channel.join();
  offerViewers();
}

function offerViewers() {
  const viewers = [];
  const show = () => {
    byId("viewer-add").disabled = viewers.length >= MOST_VIEWERS;
    byId("viewer-remove").disabled = viewers.length === 0;
    const text = viewers.length === 0
      ? "Adds anonymous connections from this tab."
      : `${viewers.length} of at most ${MOST_VIEWERS} anonymous connections from this tab.`;
    setText(byId("viewer-count"), text);
  };
  byId("viewer-add").addEventListener("click", () => {
    const viewer = new Socket("socket");
    viewer.channel(TOPIC).join();
    viewer.connect();
    viewers.push(viewer);
    show();
  });
  byId("viewer-remove").addEventListener("click", () => {
    viewers.pop()?.disconnect();
    show();
  });
}

/** Lets a number run to its new value; `data-value` has that value at once. */
function animate(element, value) {
  const from = Number(element.dataset.value ?? value);
  element.dataset.value = String(value);
  if (from === value || isStill()) {
    element.textContent = String(value);
    return;
  }
  const start = performance.now();
  const step = (now) => {
    // A newer number has taken over.
    if (element.dataset.value !== String(value)) {
      return;
    }
    const part = Math.min(1, Math.max(0, (now - start) / DURATION));
    element.textContent = String(Math.round(from + (value - from) * (1 - (1 - part) ** 3)));
    if (part < 1) {
      requestAnimationFrame(step);
    }
  };
  requestAnimationFrame(step);
}
