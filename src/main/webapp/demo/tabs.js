import { byId, make } from "./dom.js";

const PHONE = matchMedia("(max-width: 700px)");

/**
 * Shows the page's parts one at a time on a phone, behind tabs (ARIA APG, tabs with automatic activation). On a wider
 * screen all parts are there and the tabs are not.
 *
 * @param {Array<[id: string, label: string]>} parts
 */
export function offerTabs(parts) {
  const tabs = parts.map(([id, label]) =>
    make("button.tab", { id: `tab-${id}`, type: "button", role: "tab", aria: { controls: id }, data: { testid: `tab-${id}` } }, label));
  const choose = (chosen) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      byId(parts[index][0]).classList.toggle("chosen", index === chosen);
    });
  };
  tabs.forEach((tab, index) => tab.addEventListener("click", () => choose(index)));
  byId("tabs").addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) {
      const next = (tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length;
      choose(next);
      tabs[next].focus();
    }
  });
  const adapt = () => parts.forEach(([id]) => {
    byId(id).classList.add("tabbed");
    byId(id)[PHONE.matches ? "setAttribute" : "removeAttribute"]("role", "tabpanel");
  });
  PHONE.addEventListener("change", adapt);
  adapt();
  byId("tabs").append(...tabs);
  byId("tabs").hidden = false;
  choose(0);
}
