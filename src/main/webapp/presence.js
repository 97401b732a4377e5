/**
 * Rollcall in the browser: who is here, over the Phoenix Channels protocol.
 *
 * ```js
 * import { Socket, Presence } from "/rollcall/presence.js";
 *
 * const socket = new Socket("/rollcall/socket", { token: fetchToken });
 * const channel = socket.channel("user:7", { diffs: "channel", meta: { status: "online" } });
 * const presence = new Presence(channel);
 * presence.onSync(() => render(presence.list()));
 * channel.join();
 * socket.connect();
 * ```
 *
 * No dependency and no build step. Works against any server that speaks Phoenix Channels V2 in JSON.
 */
export { Channel } from "./client/channel.js";
export { Counter } from "./client/counter.js";
export { Presence } from "./client/presence.js";
export { Push, PushError } from "./client/push.js";
export { CloseCode } from "./client/close-code.js";
export { Socket } from "./client/socket.js";
