/** What the page's address asks for. */
export const query = new URLSearchParams(location.search);

/** The client that the address names, as its package ships it. */
export const client = await import(query.get("client"));

/** Makes a socket that shows its token in the way the address names, or is anonymous. */
export function openSocket(token) {
  const often = Number(query.get("heartbeat"));
  const heartbeats = often ? { heartbeatIntervalMs: often, heartbeat: often, timeout: 3 * often } : {};
  const ways = { params: { params: { token } }, authToken: { authToken: token }, token: { token } };
  const transports = { longpoll: { transport: client.LongPoll }, fallback: { longPollFallbackMs: 2500 } };
  const transport = transports[query.get("transport")] ?? {};
  const options = { ...heartbeats, ...transport, ...(token ? ways[query.get("auth")] : {}) };
  const socket = new client.Socket(query.get("endPoint"), options);
  socket.connect();
  return socket;
}
