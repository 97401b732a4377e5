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
  /** More members of the meta for friends. */
  meta: object | undefined;
  /** The page's own word for a friend, in place of the name in the friend's meta. */
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

/** A text that follows the number, by the plural forms of the page's language. "{n}" is where the number stands. */
export interface RollcallLabels {
  label?: string | undefined;
  "label-zero"?: string | undefined;
  "label-one"?: string | undefined;
  "label-two"?: string | undefined;
  "label-few"?: string | undefined;
  "label-many"?: string | undefined;
  "label-other"?: string | undefined;
}

/** The attributes of rollcall-count, and how React 19 listens to its events. */
export interface RollcallCountAttributes extends RollcallLabels {
  topic?: string | undefined;
  track?: boolean | "" | undefined;
  show?: "total" | "viewers" | "users" | undefined;
  compact?: boolean | "" | undefined;
  server?: string | undefined;
  "onrollcall-change"?: ((event: RollcallChangeEvent) => void) | undefined;
  "onrollcall-state"?: ((event: RollcallStateEvent) => void) | undefined;
}

/**
 * The attributes of rollcall-friends, its properties where JSX sets properties (React 19 does, React 18 does not), and
 * how React 19 listens to its events.
 */
export interface RollcallFriendsAttributes extends RollcallLabels, Partial<Pick<RollcallFriendsElement, "token" | "meta" | "describe">> {
  "token-url"?: string | undefined;
  "token-method"?: string | undefined;
  user?: string | undefined;
  status?: "online" | "away" | "busy" | undefined;
  name?: string | undefined;
  device?: string | undefined;
  "label-online"?: string | undefined;
  "label-away"?: string | undefined;
  "label-busy"?: string | undefined;
  server?: string | undefined;
  "onrollcall-friends"?: ((event: RollcallFriendsEvent) => void) | undefined;
  "onrollcall-state"?: ((event: RollcallStateEvent) => void) | undefined;
}

/** What any element of a framework has: a span's attributes. */
type AnyElement<Elements> = Elements extends { span: infer Span } ? Span : { [attribute: string]: unknown };

declare global {
  /** For frameworks that look for their elements here. React 19 does not: see react.d.ts. */
  namespace JSX {
    interface IntrinsicElements {
      "rollcall-count": AnyElement<IntrinsicElements> & RollcallCountAttributes;
      "rollcall-friends": AnyElement<IntrinsicElements> & RollcallFriendsAttributes;
    }
  }

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
