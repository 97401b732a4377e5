import { Counter, Socket } from "../presence.js";
import { byId, isStill, setText } from "./dom.js";

const MOST_VISITORS = 20;
const DURATION = 450;
const TOPIC = "count:demo";

/**
 * Shows how many are on this page, on all screens together.
 *
 * @param {Socket} socket whose channel watches, and is counted
 * @param {(total: number) => void} onChange called when the numbers are in, or have changed
 */
export function showCounter(socket, onChange) {
  const channel = socket.channel(TOPIC);
  const counter = new Counter(channel);
  counter.onChange(({ viewers, users, total }) => {
    animate(byId("total"), total);
    animate(byId("users"), users);
    animate(byId("viewers"), viewers);
    // The style keeps a part of the bar for each, also for none.
    byId("bar-users").style.flexGrow = String(users);
    byId("bar-viewers").style.flexGrow = String(viewers);
    onChange(total);
  });
  channel.join();
}

/** Lets a socket be counted without looking. */
export function count(socket) {
  socket.channel(TOPIC).join();
}

/** Lets the visitor open anonymous connections, a few, and close them again. */
export function offerVisitors() {
  const visitors = [];
  const show = () => {
    byId("visitors").value = String(visitors.length);
    byId("more").disabled = visitors.length >= MOST_VISITORS;
    byId("less").disabled = visitors.length === 0;
    setText(byId("visitors-text"), visitors.length >= MOST_VISITORS ? `At most ${MOST_VISITORS} from this tab.` : "");
  };
  byId("more").addEventListener("click", () => {
    const visitor = new Socket("socket");
    count(visitor);
    visitor.connect();
    visitors.push(visitor);
    show();
  });
  byId("less").addEventListener("click", () => {
    visitors.pop()?.disconnect();
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
