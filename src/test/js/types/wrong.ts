// What no page may write. Each line after a mark is an error, and no other line is.
import { Channel, CloseCode, Counter, Presence, Push, PushError, Socket } from "rollcall-presence";
import "rollcall-presence/widget";

const socket = new Socket("/rollcall/socket");
const channel = socket.channel("user:7");
const presence = new Presence<{ status: string }>(channel);
const counter = new Counter(channel);
const readers = document.createElement("rollcall-count");
const list = document.createElement("rollcall-friends");

// @ts-expect-error an end point is needed
new Socket();
// @ts-expect-error a token is no number
new Socket("/rollcall/socket", { token: 7 });
// @ts-expect-error phoenix.js's option, not ours
new Socket("/rollcall/socket", { authToken: "a.b.c" });
// @ts-expect-error a time is a number
new Socket("/rollcall/socket", { timeout: "5s" });
// @ts-expect-error the query takes no objects
new Socket("/rollcall/socket", { params: { user: { id: 7 } } });
// @ts-expect-error the state is the socket's
socket.state = { name: "open" };
// @ts-expect-error the next try is known while it waits only
socket.state.nextTry;
// @ts-expect-error there is no such state
socket.state.name === "closing";
// @ts-expect-error phoenix.js's method, not ours
socket.isConnected();
// @ts-expect-error internal
socket.send({});
// @ts-expect-error internal
socket.environment;
// @ts-expect-error a topic is a text
socket.channel(7);
// @ts-expect-error diffs come on the channel or are left out
socket.channel("user:7", { diffs: "all" });
// @ts-expect-error track is a boolean
socket.channel("count:42", { track: "false" });
// @ts-expect-error given, or left out
socket.channel("count:42", { track: undefined });
// @ts-expect-error the payload of a join may not be promised
socket.channel("user:7", async () => ({}));
// @ts-expect-error a channel is made by a socket
new Channel(socket, "user:7", {});
// @ts-expect-error a push is made by a channel
new Push();
// @ts-expect-error the topic of a channel stays
channel.topic = "user:8";
// @ts-expect-error no such state
channel.state === "open";
// @ts-expect-error a payload is an object
channel.push("update", "away");
// @ts-expect-error phoenix.js's method, not ours
channel.off("update");
// @ts-expect-error internal
channel.receive({});
// @ts-expect-error no such outcome
channel.join().receive("failed", () => {});
// @ts-expect-error the answer has another type
channel.push<{ answer: number }>("question").receive("ok", ({ answer }) => answer.trim());
// @ts-expect-error a text
channel.onError((reason) => reason.code);
// @ts-expect-error a boolean
channel.onClose((byServer) => byServer.trim());
// @ts-expect-error an answer is needed
new PushError("question", "error");
// @ts-expect-error no such status
new PushError("question", "ok", {});
// @ts-expect-error a presence is of a channel
new Presence(socket);
// @ts-expect-error the list is a function
presence.list.length.trim();
// @ts-expect-error who is not here has no entry
presence.get("7").metas;
// @ts-expect-error no such member of a meta
presence.list((_, { metas }) => metas[0].staus);
// @ts-expect-error there may be one meta only
presence.list((_, { metas }) => metas[1].status);
// @ts-expect-error metas are the server's
presence.list((_, { metas }) => metas.push({ status: "away", phx_ref: "a" }));
// @ts-expect-error a key may not have been here before
presence.onJoin((_, before) => before.metas);
// @ts-expect-error a key that left may have no metas
presence.onLeave((_, after) => after.metas[0].status);
// @ts-expect-error what others tell is not known
new Presence(channel).list((_, { metas }) => metas[0].status.trim());
// @ts-expect-error a number cannot be set
counter.total = 7;
// @ts-expect-error counts have viewers, users and total
counter.onChange(({ anonymous }) => anonymous);
// @ts-expect-error codes are what they are
CloseCode.NORMAL = 1001;
// @ts-expect-error no such code
CloseCode.SLOW;
// @ts-expect-error there are none while the page's own content is shown
readers.counts.total;
// @ts-expect-error counts are the element's
readers.counts = { viewers: 1, users: 0, total: 1 };
// @ts-expect-error a name is a text
list.describe = () => ({ name: 7 });
// @ts-expect-error a token is a text
list.token = 7;
// @ts-expect-error no such transport
readers.addEventListener("rollcall-state", ({ detail }) => detail.transport === "longpoll");
// @ts-expect-error a number
readers.addEventListener("rollcall-change", ({ detail }) => detail.total.trim());
