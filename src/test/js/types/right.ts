// What a page may write: every member of every class, and each option, event and element.
import { Channel, CloseCode, Counter, Presence, Push, PushError, Socket } from "rollcall-presence";
import type { Counts, Entry, Environment, Frame, Meta, SocketEnd, SocketOptions, SocketState } from "rollcall-presence";
import type { Friend, RollcallCountElement, RollcallFriendsElement } from "rollcall-presence/widget";
import "rollcall-presence/widget";

interface Status {
  status: "online" | "away";
  name?: string;
}

const world: Environment = {
  WebSocket,
  base: "https://app.example/",
  setTimeout: (fn, milliseconds) => setTimeout(fn, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer as number),
  now: () => Date.now(),
  random: () => Math.random(),
  report: (error) => console.error(error),
  onWake: () => () => {},
};
const options: SocketOptions = {
  token: async () => "a.b.c",
  params: () => ({ page: 7, beta: true }),
  timeout: 5000,
  heartbeat: 20000,
  environment: { now: world.now },
};
new Socket("/rollcall/socket");
new Socket("/rollcall/socket", { token: null, params: { page: "7" } });
new Socket("/rollcall/socket", { token: sessionStorage.getItem("token") });
const socket = new Socket("wss://app.example/rollcall/socket", options);

function describe(state: SocketState): string {
  switch (state.name) {
    case "connecting":
      return `try ${state.attempt + 1}`;
    case "open":
      return "open";
    case "waiting":
      return `${state.code} ${state.reason}, try ${state.attempt} at ${new Date(state.nextTry).toISOString()}`;
    case "closed":
      return state.byServer ? `${state.code === CloseCode.NORMAL} ${state.reason}` : "by us";
  }
}

const endings: Array<() => void> = [
  socket.onOpen(() => describe(socket.state)),
  socket.onClose(({ code, reason }: SocketEnd) => code === CloseCode.DRAINING && reason.trim()),
  socket.onError((error) => console.error(error)),
  socket.onMessage(({ joinRef, ref, topic, event, payload }: Frame) => [joinRef?.length, ref?.length, topic, event, payload.any]),
  socket.onState((state) => describe(state)),
];
socket.timeout = 4000;
socket.connect();
socket.retry();

let status: Status = { status: "online", name: "Ada" };
const channel: Channel = socket.channel("user:7", () => ({ diffs: "channel", meta: status }));
socket.channel("count:42", { track: false });
socket.channel("lobby:1", { password: "1", anything: [1, 2] });
const topic: string = channel.topic;
const joinRef: string | null = channel.joinRef;
const joined: boolean = channel.state === "joined" || channel.state === "errored";
const join: Push = channel.join(1000).receive("ok", () => {}).receive("error", ({ reason }) => reason).receive("timeout", () => {});
const update = channel.push("update", { status: "away" }, 1000);
const said: [string, string, object, number] = [update.topic, update.event, update.payload, update.timeout];
channel.push("visibility", { to: "nobody" });
endings.push(
  channel.on("presence_state", (state) => state["7"]),
  channel.on<{ text: string }>("note", ({ text }) => text.trim()),
  channel.onError((reason) => reason.trim()),
  channel.onClose((byServer) => byServer === true),
);

async function ask(): Promise<number> {
  try {
    const { answer } = await channel.push<{ answer: number }>("question");
    const doubled: number = await channel.push<number>("question").then((number) => number * 2);
    return answer + doubled;
  } catch (error) {
    if (error instanceof PushError) {
      const code: "error" | "timeout" = error.status;
      return `${code} ${error.message} ${error.response?.reason}`.length;
    }
    throw new PushError("question on user:7", "error", { reason: "lost" });
  }
}

const presence = new Presence<Status>(channel);
const friends: Array<{ id: string; status: string }> = presence.list((id, { metas }) => ({ id, status: metas[0].status }));
const entries: Entry<Status>[] = presence.list();
const newest: Meta<Status> | undefined = presence.get("7")?.metas.at(-1);
const told: Array<string | undefined> = [newest?.phx_ref, newest?.phx_ref_prev, newest?.online_at, newest?.name];
endings.push(
  presence.onJoin((key, before, now) => [key, before?.metas.length, now.metas[0].status]),
  presence.onLeave((key, after, gone) => [key, after.metas.length === 0, gone.metas[0].phx_ref]),
  presence.onSync(() => presence.synced),
);
const strangers = new Presence(channel).list((_, { metas }) => typeof metas[0]["note"] === "string");

const counter = new Counter(socket.channel("count:42"));
endings.push(counter.onChange(({ viewers, users, total }: Counts) => viewers + users === total));
const numbers: number[] = [counter.viewers, counter.users, counter.total, Number(counter.synced)];
const codes: 1001 | 1006 | 1013 | 4000 = [
  CloseCode.GOING_AWAY, CloseCode.ABNORMAL, CloseCode.TRY_LATER, CloseCode.HEARTBEAT_MISSED,
][0]!;
const left: Push = channel.leave(1000);
socket.disconnect();

const readers: RollcallCountElement = document.createElement("rollcall-count");
const total: number | undefined = readers.counts?.total;
const list: RollcallFriendsElement | null = document.querySelector("rollcall-friends");
if (list !== null) {
  list.token = async () => "a.b.c";
  list.token = "a.b.c";
  list.meta = { note: "Lunch" };
  list.describe = (id, metas) => ({ name: `${id} with ${metas.length}`, href: "/people/" + id });
  list.describe = undefined;
  list.addEventListener("rollcall-friends", ({ detail }) => detail.friends.map(({ id, name, href, status, devices }: Friend) => [id, name, href, status, devices]));
}
readers.addEventListener("rollcall-change", ({ detail }) => detail.viewers + detail.users + detail.total);
document.addEventListener("rollcall-state", ({ detail }) => [detail.topic, detail.state === "live", detail.transport === "events"]);

export { ask, codes, endings, entries, friends, join, joinRef, joined, left, numbers, said, strangers, told, topic, total };
