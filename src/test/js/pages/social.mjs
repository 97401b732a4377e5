import { client, openSocket, query } from "./client.mjs";

const { Presence } = client;
const id = query.get("user");
const socket = openSocket(query.get("token"));
const meta = { status: query.get("status") };
const channel = query.get("way") === "article" ? asInTheArticle() : byPresence();
const page = document.documentElement.dataset;
let states = 0;

channel.on("presence_state", () => (page.states = String(++states)));
channel.join();

// For the test to call.
Object.assign(window, {
  update: (status) => channel.push("update", { status }),
  leave: () => channel.leave(),
  // With a code, by which phoenix.js says that it does not load again.
  disconnect: () => socket.disconnect(() => {}, 1000),
});

/** The article's way: friends' diffs come on topics of their own, which only the socket hears. */
function asInTheArticle() {
  let presences = {};
  const render = () => show(Presence.list(presences, (user, { metas }) => ({ user, metas })));
  const own = socket.channel(`user:${id}`, { meta });
  own.on("presence_state", (state) => {
    presences = Presence.syncState(presences, state);
    render();
  });
  socket.onMessage(({ topic, event, payload }) => {
    if (event === "presence_diff" && /^user_presence:\d+$/.test(topic)) {
      presences = Presence.syncDiff(presences, payload);
      render();
    }
  });
  return own;
}

/** The client's own way, for which the diffs have to come on the channel itself. */
function byPresence() {
  const own = socket.channel(`user:${id}`, { meta, diffs: "channel" });
  const presence = new Presence(own);
  presence.onSync(() => show(presence.list((user, { metas }) => ({ user, metas }))));
  return own;
}

function show(presences) {
  const friends = presences.filter(({ user }) => user !== id);
  document.getElementById("friends").replaceChildren(...friends.map(({ user, metas }) => {
    const item = document.createElement("li");
    item.dataset.user = user;
    item.textContent = metas.map(({ status }) => status).join(", ");
    return item;
  }));
}
