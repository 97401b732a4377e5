import { createApp, h, reactive } from "vue";
import { Friends } from "the-example";

const given = reactive({});
let app;

// For the test to call.
Object.assign(window, {
  mount(props) {
    Object.assign(given, props, { token: async () => props.token });
    if (!app) {
      app = createApp({ render: () => h(Friends, given) });
      app.mount("#app");
    }
  },
  unmount() {
    app.unmount();
    app = undefined;
  },
});
