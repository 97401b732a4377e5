import { client, openSocket, query } from "./client.mjs";

const socket = openSocket(query.get("token"));
const channel = socket.channel(query.get("topic"), { track: false });
const totals = [];

if (query.get("way") === "article") {
  byReducer();
} else {
  byPresence();
}
channel.join();

// For the test to read: every total that a visitor has seen.
Object.assign(window, { totals });

/** The article's way: one state, and then sums of what joins and leaves. */
function byReducer() {
  let counts = { viewers: { count: 0 }, users: { count: 0 } };
  const after = (key, { joins, leaves }) => ({ count: counts[key].count + joins[key].count - leaves[key].count });
  channel.on("presence_state", (state) => {
    counts = { ...counts, ...state };
    show(counts.viewers.count, counts.users.count);
  });
  channel.on("presence_diff", (diff) => {
    counts = { viewers: after("viewers", diff), users: after("users", diff) };
    show(counts.viewers.count, counts.users.count);
  });
}

/** The client's own way: the newest meta says how many there are. */
function byPresence() {
  const presence = new client.Presence(channel);
  presence.onSync(() => {
    const counts = Object.fromEntries(presence.list((key, { metas }) => [key, metas[0].count]));
    show(counts.viewers ?? 0, counts.users ?? 0);
  });
}

function show(viewers, users) {
  document.getElementById("viewers").textContent = String(viewers);
  document.getElementById("users").textContent = String(users);
  totals.push(viewers + users);
}
