/**
 * The types of presence.js: who is here, over the Phoenix Channels protocol.
 *
 * What each member does, and when, stands in client/*.js.
 */

/** The meta of one connection: the server's members, and the members that the user's client has given. */
export type Meta<M extends object = Record<string, unknown>> = Readonly<M> & {
  /** Distinguishes this meta from all others. */
  readonly phx_ref: string;
  /** The ref of the meta in whose place this one came. */
  readonly phx_ref_prev?: string;
  /** Seconds since 1970, as digits. */
  readonly online_at?: string;
};

/** What is known of one key, with a meta for each connection, the newest last. */
export interface Entry<M extends object = Record<string, unknown>> {
  readonly metas: readonly [Meta<M>, ...Meta<M>[]];
  readonly [member: string]: unknown;
}

/** The entry of a key that left: without metas when its last connection has left. */
export interface Remainder<M extends object = Record<string, unknown>> {
  readonly metas: readonly Meta<M>[];
  readonly [member: string]: unknown;
}

/** The payload of a channel's join. A server has its own members; these three are Rollcall's. */
export interface JoinPayload {
  /** What others see of the user (users and rooms). */
  meta?: object;
  /** Has friends' diffs come on the channel itself, as Presence needs it (users). */
  diffs?: "channel";
  /** False watches without being counted (counts). */
  track?: boolean;
  [member: string]: unknown;
}

/** How many connections a count has. */
export interface Counts {
  readonly viewers: number;
  readonly users: number;
  readonly total: number;
}

/** One message of the protocol. */
export interface Frame {
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: any;
}

/** How a connection ended. */
export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
}

/** What a socket is doing. */
export type SocketState =
  | { readonly name: "connecting"; readonly attempt: number }
  | { readonly name: "open" }
  | ({
      readonly name: "waiting";
      /** How many tries have failed since the last good connection. */
      readonly attempt: number;
      /** When it tries again, in milliseconds since 1970. */
      readonly nextTry: number;
    } & SocketEnd)
  | { readonly name: "closed"; readonly byServer: false }
  | ({ readonly name: "closed"; readonly byServer: true } & SocketEnd);

/** A token, or none: an anonymous socket. */
export type Token = string | null | undefined;

export interface SocketOptions {
  /** Who the user is. A function is asked at every connect. */
  token?: Token | (() => Token | Promise<Token>);
  /** More parameters for the query; not for secrets. */
  params?: QueryParams | (() => QueryParams) | undefined;
  /** Milliseconds for a connect, a heartbeat's answer and a push; 10,000 unless given. */
  timeout?: number | undefined;
  /** Milliseconds between heartbeats; 30,000 unless given. */
  heartbeat?: number | undefined;
  /** Takes the place of the browser's own, for tests. */
  environment?: Partial<Environment> | undefined;
}

export type QueryParams = Readonly<Record<string, string | number | boolean>>;

/** What the client needs of the world around it. */
export interface Environment {
  WebSocket: typeof WebSocket;
  /** With which to poll where WebSockets are blocked; without it that is not done. */
  fetch?: typeof fetch | undefined;
  /** Returns what outlives the page until its tab is closed. */
  session?: (() => Storage) | undefined;
  /** The address that a relative end point is resolved against. */
  base: string;
  setTimeout(fn: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to, and without, 1. */
  random(): number;
  /** Takes what a listener threw. */
  report(error: unknown): void;
  /** Calls when a dead connection may work again; returns its undoing. */
  onWake(fn: () => void): () => void;
}

/** Ends the listening; harmless when repeated. */
export type Unsubscribe = () => void;

/** A connection to a presence server that comes back by itself. */
export class Socket {
  /** @param endPoint without "/websocket": a path such as "/rollcall/socket", or a URL */
  constructor(endPoint: string, options?: SocketOptions);
  timeout: number;
  get state(): SocketState;
  /** Connects; without effect unless the state is "closed". */
  connect(): void;
  /** Ends a wait and tries to connect now. */
  retry(): void;
  /** Closes for good: the user has left. A later connect() joins the channels again. */
  disconnect(): void;
  /** Makes a channel; nothing is sent before its join(). A function is asked for the payload at every join. */
  channel(topic: string, payload?: JoinPayload | (() => JoinPayload)): Channel;
  /** After the channels have sent their joins. */
  onOpen(fn: () => void): Unsubscribe;
  /** The end of each connection, and of each try that led to none. */
  onClose(fn: (end: SocketEnd) => void): Unsubscribe;
  /** No token to be had, a failed WebSocket, a frame that makes no sense. */
  onError(fn: (error: unknown) => void): Unsubscribe;
  /** Every frame, also of topics that no channel has joined. */
  onMessage(fn: (frame: Frame) => void): Unsubscribe;
  onState(fn: (state: SocketState) => void): Unsubscribe;
}

/** One topic on one socket. Once joined it stays joined, until leave() or until the server closes it. */
export class Channel {
  /** Made by {@link Socket.channel}. */
  private constructor();
  readonly topic: string;
  /** "joining" also while the socket is not open; "errored" joins again soon. */
  get state(): "closed" | "joining" | "joined" | "errored" | "leaving";
  /** The ref of the join in force, null when there is none. */
  get joinRef(): string | null;
  /** Joins, now or when the socket opens. The push has an outcome at every rejoin. */
  join(timeout?: number): Push;
  /** Sends an event; one that is given before the channel is joined waits for that. */
  push<R = any>(event: string, payload?: object, timeout?: number): Push<R>;
  /** Leaves for good: the server untracks the user at once. */
  leave(timeout?: number): Push;
  /** Listens to an event of the server. */
  on<P = any>(event: string, fn: (payload: P) => void): Unsubscribe;
  /** Interruptions, from which the channel recovers by itself. */
  onError(fn: (reason: string) => void): Unsubscribe;
  /** The end, from which it does not. */
  onClose(fn: (byServer: boolean) => void): Unsubscribe;
}

/** One event on its way to the server, and its answer. Can be awaited: gives R, or throws a {@link PushError}. */
export class Push<R = any> implements PromiseLike<R> {
  /** Made by {@link Channel.push}, `join` and `leave`. */
  private constructor();
  readonly topic: string;
  readonly event: string;
  readonly payload: object;
  readonly timeout: number;
  /** Calls a function when the outcome is this status; at once if it is already. */
  receive(status: "ok", fn: (response: R) => void): this;
  receive(status: "error" | "timeout", fn: (response: any) => void): this;
  then<A = R, B = never>(
    resolved?: ((response: R) => A | PromiseLike<A>) | null,
    rejected?: ((error: PushError) => B | PromiseLike<B>) | null,
  ): Promise<A | B>;
}

/** The answer to a push that did not succeed. */
export class PushError extends Error {
  constructor(what: string, status: "error" | "timeout", response: any);
  readonly status: "error" | "timeout";
  /** Of the server, such as `{"reason":"unauthorized"}`. */
  readonly response: any;
}

/**
 * Who is present on one channel.
 *
 * @typeParam M the members that clients give in their metas. Others' clients may send anything: check what you rely on
 */
export class Presence<M extends object = Record<string, unknown>> {
  /** @param channel best given before it is joined, or the first state is missed */
  constructor(channel: Channel);
  /** False while what is known may be out of date. */
  get synced(): boolean;
  /** In the order of their coming. */
  list(): Entry<M>[];
  list<T>(by: (key: string, entry: Entry<M>) => T): T[];
  get(key: string): Entry<M> | undefined;
  /** `before` is undefined when the key was not present; `joined` has the metas that are new. */
  onJoin(fn: (key: string, before: Entry<M> | undefined, joined: Entry<M>) => void): Unsubscribe;
  /** `left` has the metas that have left. */
  onLeave(fn: (key: string, after: Remainder<M>, left: Entry<M>) => void): Unsubscribe;
  /** The end of each state or diff, also of one that changed nothing. */
  onSync(fn: () => void): Unsubscribe;
}

/** How many connections a count channel has. */
export class Counter {
  /** @param channel of a topic such as "count:42", best given before it is joined */
  constructor(channel: Channel);
  get viewers(): number;
  get users(): number;
  get total(): number;
  /** True once the server has sent the numbers for the current join. */
  get synced(): boolean;
  /** The first numbers of each join and every change. */
  onChange(fn: (counts: Counts) => void): Unsubscribe;
}

/** The close codes that mean something to the client. */
export const CloseCode: {
  readonly NORMAL: 1000;
  readonly GOING_AWAY: 1001;
  readonly ABNORMAL: 1006;
  readonly DRAINING: 1012;
  readonly TRY_LATER: 1013;
  readonly HEARTBEAT_MISSED: 4000;
};
