import { Socket } from "rollcall-presence";

const SET = "presence/set";
const DIFF = "presence/diff";
const NONE = { viewers: { count: 0 }, users: { count: 0 } };

export const setPresence = (payload) => ({ type: SET, payload });
export const presenceDiff = (payload) => ({ type: DIFF, payload });

/** How many are here: viewers without a name, and signed-in users. */
export function presenceReducer(state = NONE, { type, payload }) {
  switch (type) {
    case SET:
      return { viewers: { count: payload.viewers.count }, users: { count: payload.users.count } };
    case DIFF:
      return { viewers: { count: after(state, payload, "viewers") }, users: { count: after(state, payload, "users") } };
    default:
      return state;
  }
}

function after(state, { joins, leaves }, kind) {
  return state[kind].count + joins[kind].count - leaves[kind].count;
}

/**
 * An effect to dispatch, such as joinChannel("count:42"): the page is counted, and the store follows the count.
 *
 * Returns a function that leaves. Without a token the page's visitor is a viewer.
 */
export const joinChannel = (topic, { token, endPoint = "/rollcall/socket" } = {}) => (dispatch) => {
  const socket = new Socket(endPoint, { token });
  const channel = socket.channel(topic);
  channel.on("presence_state", (state) => dispatch(setPresence(state)));
  channel.on("presence_diff", (diff) => dispatch(presenceDiff(diff)));
  channel.join();
  socket.connect();
  return () => socket.disconnect();
};
