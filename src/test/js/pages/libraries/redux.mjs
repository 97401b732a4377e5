import { configureStore } from "@reduxjs/toolkit";
import { joinChannel, presenceReducer } from "the-example";

// In the mode for development the store finds a reducer that is not pure.
const store = configureStore({ reducer: { presence: presenceReducer } });
let leave;

store.subscribe(() => {
  const { viewers, users } = store.getState().presence;
  document.getElementById("app").textContent = `${viewers.count} viewers, ${users.count} users`;
});

// For the test to call.
Object.assign(window, {
  mount({ user, token, endPoint }) {
    leave = store.dispatch(joinChannel(`count:${user}`, { token, endPoint }));
  },
  unmount: () => leave(),
});
