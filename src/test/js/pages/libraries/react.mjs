import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Friends } from "the-example";

let root;

// For the test to call. The token is another function at each render, as in most applications.
Object.assign(window, {
  mount(props) {
    root ??= createRoot(document.getElementById("app"));
    root.render(createElement(StrictMode, null, createElement(Friends, { ...props, token: async () => props.token })));
  },
  unmount() {
    root.unmount();
    root = undefined;
  },
});
