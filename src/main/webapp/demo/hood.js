import { preciseClock } from "./clock.js";
import { offerCopy } from "./copy.js";
import { byId, make, setText } from "./dom.js";
import { coloured, pretty } from "./json.js";
import { fetchJson, firstName } from "./people.js";

const COUNT = "api/counts/count:demo";

/** The drawer "Under the hood": the last frames, the lines that draw a list of friends, and addresses to try. */
export class Hood {
  #trace;
  #list = byId("frames");
  #chosen = null;
  #isOpen = false;

  /**
   * @param {import("./trace.js").Trace} trace
   * @param {import("./people.js").Person} person whose friends the lines draw
   */
  constructor(trace, person) {
    this.#trace = trace;
    byId("hood").hidden = false;
    byId("hood-toggle").addEventListener("click", () => this.#toggle());
    byId("hood").addEventListener("keydown", ({ key }) => key === "Escape" && this.#isOpen && this.#toggle());
    this.#list.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) {
        this.#chosen = Number(button.dataset.number);
        this.#show();
      }
    });
    byId("lines").textContent = linesFor(person.id);
    byId("lines-of").textContent = firstName(person);
    byId("curl").textContent = `curl ${new URL(COUNT, location.href)}`;
    for (const button of document.querySelectorAll("[data-copy]")) {
      offerCopy(button, byId(button.dataset.copy));
    }
    trace.onFrame((traced) => this.#noted(traced));
  }

  /** Shows the answer to the `curl` beside it; to be called when the numbers change. */
  async counted() {
    if (this.#isOpen) {
      byId("answer").replaceChildren(...coloured(pretty(await fetchJson(COUNT))));
    }
  }

  #toggle() {
    this.#isOpen = !this.#isOpen;
    document.documentElement.dataset.hood = this.#isOpen ? "open" : "closed";
    byId("hood-toggle").setAttribute("aria-expanded", String(this.#isOpen));
    byId("hood-body").hidden = !this.#isOpen;
    if (this.#isOpen) {
      this.#show();
      this.counted();
    } else {
      byId("hood-toggle").focus();
    }
  }

  #noted(traced) {
    byId("newest").replaceChildren(...summary(traced));
    if (this.#isOpen) {
      this.#show();
    }
  }

  /** Shows the list, and one frame in full: the one that was chosen while it is in the list, else the newest. */
  #show() {
    const { frames } = this.#trace;
    const shown = frames.find(({ number }) => number === this.#chosen) ?? frames[0];
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.number : null;
    this.#list.replaceChildren(...frames.map((traced) => row(traced, traced === shown)));
    this.#list.querySelector(`[data-number="${focused}"]`)?.focus({ preventScroll: true });
    if (shown) {
      const { joinRef, ref, topic, event, payload } = shown.frame;
      const head = [joinRef, ref, topic, event].map((one) => JSON.stringify(one)).join(", ");
      byId("frame").replaceChildren(...coloured(`[${head},\n  ${pretty(payload, "  ")}\n]`));
      setText(byId("frame-title"), `${shown.direction === "out" ? "Sent" : "Received"} by ${shown.who}`);
    }
  }
}

function row(traced, isShown) {
  const data = { number: String(traced.number), direction: traced.direction };
  const button = make("button.frame", { type: "button", data }, ...summary(traced));
  button.setAttribute("aria-pressed", String(isShown));
  return make("li", { data: { testid: "frame" } }, button);
}

function summary({ who, direction, at, frame: { topic, event } }) {
  const isOut = direction === "out";
  return [
    make(`span.way.${direction}`, { role: "img", aria: { label: isOut ? "sent" : "received" } }, isOut ? "↑" : "↓"),
    make("time", { dateTime: at.toISOString() }, preciseClock(at)),
    make("span.who", {}, who),
    make("span.event", {}, event),
    make("span.topic", {}, topic),
  ];
}

/** The lines are complete: in a module of any page that may connect, they show who is here. */
function linesFor(id) {
  const base = new URL(".", location.href);
  return `import { Presence, Socket } from "${base}presence.js";
const token = async () => (await (await fetch("${base}api/demo/token?user=${id}")).json()).token;
const socket = new Socket("${base}socket", { token });
const channel = socket.channel("user:${id}", { diffs: "channel", meta: { status: "online" } });
const presence = new Presence(channel);
presence.onSync(() => friends.replaceChildren(...presence.list((id, { metas }) => \`\${id} is \${metas[0].status}. \`)));
channel.join();
socket.connect();`;
}
