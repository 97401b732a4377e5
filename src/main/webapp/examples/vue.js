import { h, onScopeDispose, readonly, shallowRef, toValue, watch } from "vue";
import { Presence, Socket } from "rollcall-presence";

/**
 * The user's friends who are online, as a ref to [{ id, status }]. The user is online too, until the component is removed.
 *
 * `token` is a function that fetches one: it is asked at each connect. `status` may be a ref, or a function.
 */
export function useFriends(user, { token, status = "online", endPoint = "/rollcall/socket" }) {
  const friends = shallowRef([]);
  const socket = new Socket(endPoint, { token });
  const channel = socket.channel(`user:${user}`, () => ({ diffs: "channel", meta: { status: toValue(status) } }));
  const presence = new Presence(channel);
  presence.onSync(() => {
    const all = presence.list((id, { metas }) => ({ id, status: metas.at(-1).status }));
    friends.value = all.filter(({ id }) => id !== user);
  });
  watch(() => toValue(status), (now) => channel.push("update", { status: now }));
  onScopeDispose(() => socket.disconnect());
  channel.join();
  socket.connect();
  return readonly(friends);
}

/** A list of them. In a template: <li v-for="{ id, status } in friends" :key="id">{{ id }} is {{ status }}</li> */
export const Friends = {
  props: { user: String, token: Function, status: String, endPoint: String },
  setup(props) {
    const { user, token, endPoint } = props;
    const friends = useFriends(user, { token, endPoint, status: () => props.status ?? "online" });
    return () => h("ul", friends.value.map(({ id, status }) => h("li", { key: id }, `${id} is ${status}`)));
  },
};
