import { createElement, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { Presence, Socket } from "rollcall-presence";

const NOBODY = [];

/**
 * The user's friends who are online: [{ id, status }]. The user is online too, while the component is on the page.
 *
 * `token` is a function that fetches one: it is asked at each connect.
 */
export function useFriends(user, { token, status = "online", endPoint = "/rollcall/socket" }) {
  const latest = useRef({ token, status });
  const friends = useMemo(() => friendsStore(user, endPoint, latest), [user, endPoint]);
  useEffect(() => {
    latest.current = { token, status };
  });
  useEffect(() => friends.tell({ status }), [friends, status]);
  return useSyncExternalStore(friends.subscribe, friends.list, friends.list);
}

/** A socket opens when React subscribes, and closes when it unsubscribes: in StrictMode both happen once more. */
function friendsStore(user, endPoint, latest) {
  let list = NOBODY;
  let channel = null;
  return {
    list: () => list,
    tell(meta) {
      channel?.push("update", meta);
    },
    subscribe(changed) {
      const socket = new Socket(endPoint, { token: () => latest.current.token() });
      channel = socket.channel(`user:${user}`, () => ({ diffs: "channel", meta: { status: latest.current.status } }));
      const presence = new Presence(channel);
      presence.onSync(() => {
        const all = presence.list((id, { metas }) => ({ id, status: metas.at(-1).status }));
        list = all.filter(({ id }) => id !== user);
        changed();
      });
      channel.join();
      socket.connect();
      return () => {
        channel = null;
        socket.disconnect();
      };
    },
  };
}

/** A list of them. In JSX: <ul>{friends.map(({ id, status }) => <li key={id}>{id} is {status}</li>)}</ul> */
export function Friends({ user, ...options }) {
  const friends = useFriends(user, options);
  return createElement("ul", null, friends.map(({ id, status }) => createElement("li", { key: id }, `${id} is ${status}`)));
}
