/** The types of widget.js: the custom elements rollcall-count and rollcall-friends. It exports types only. */
import type { Counts, Meta, Token } from "./presence.js";

/** "websocket", "events" (server-sent) or "polling"; null while nothing comes. */
export type Transport = "websocket" | "events" | "polling" | null;

export type WidgetState = "connecting" | "live" | "away" | "paused" | "refused";

/** How many are here. */
export interface RollcallCountElement extends HTMLElement {
  /** Undefined while the page's own content is shown. */
  readonly counts: Counts | undefined;
}

/** What a page lets a signed-in user's friends know, and how it shows them. */
export interface RollcallFriendsElement extends HTMLElement {
  /** A token, or a function that gives one at each connect. */
  token: Token | (() => Token | Promise<Token>);
  /** More to tell friends. */
  meta: object | undefined;
  /** The page's own word for a friend, in place of the name that the friend's client tells. */
  describe: ((id: string, metas: readonly Meta[]) => FriendDescription) | undefined;
}

export interface FriendDescription {
  name?: string | undefined;
  /** An address by http or https. */
  href?: string | undefined;
}

/** A friend as the list shows it. */
export interface Friend {
  readonly id: string;
  readonly name: string;
  readonly href?: string | undefined;
  readonly status: "online" | "away" | "busy";
  readonly devices: readonly string[];
}

/** Of either element. */
export type RollcallStateEvent = CustomEvent<{
  /** Of a counter, null if it has none. */
  readonly topic?: string | null;
  readonly state: WidgetState;
  readonly transport: Transport;
}>;

export type RollcallChangeEvent = CustomEvent<Counts & { readonly topic: string; readonly transport: Transport }>;

export type RollcallFriendsEvent = CustomEvent<{ readonly friends: readonly Friend[] }>;

declare global {
  interface HTMLElementTagNameMap {
    "rollcall-count": RollcallCountElement;
    "rollcall-friends": RollcallFriendsElement;
  }

  /** They bubble: the document can listen too. */
  interface GlobalEventHandlersEventMap {
    "rollcall-state": RollcallStateEvent;
    "rollcall-change": RollcallChangeEvent;
    "rollcall-friends": RollcallFriendsEvent;
  }
}
