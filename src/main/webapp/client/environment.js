/**
 * @typedef {object} Environment What the client needs of the world around it. A test gives its own and then has no
 *     need to wait for anything.
 * @property {typeof WebSocket} WebSocket
 * @property {typeof fetch} [fetch] with which to poll where WebSockets are blocked; without it that is not done
 * @property {() => Storage} [session] returns what outlives the page until its tab is closed
 * @property {string} base address that a relative end point is resolved against
 * @property {(fn: () => void, milliseconds: number) => unknown} setTimeout
 * @property {(timer: unknown) => void} clearTimeout
 * @property {() => number} now milliseconds since 1970
 * @property {() => number} random from 0 up to, and without, 1
 * @property {(error: unknown) => void} report where an error goes that a listener threw
 * @property {(fn: () => void) => () => void} onWake calls when a dead connection may work again; returns its undoing
 */

/** @returns {Environment} the browser's own */
export function browserEnvironment() {
  return {
    WebSocket: globalThis.WebSocket,
    fetch: globalThis.fetch && ((url, options) => globalThis.fetch(url, options)),
    session: () => globalThis.sessionStorage,
    base: globalThis.location?.href,
    setTimeout: (fn, milliseconds) => globalThis.setTimeout(fn, milliseconds),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
    report: (error) => (globalThis.reportError ?? console.error)(error),
    onWake,
  };
}

function onWake(fn) {
  const { document } = globalThis;
  const onVisible = () => document.visibilityState === "visible" && fn();
  globalThis.addEventListener?.("online", fn);
  document?.addEventListener("visibilitychange", onVisible);
  return () => {
    globalThis.removeEventListener?.("online", fn);
    document?.removeEventListener("visibilitychange", onVisible);
  };
}
