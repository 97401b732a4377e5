const SYSTEMS = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/CrOS/, "ChromeOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "Mac"],
  [/Linux|X11/, "Linux"],
];

// The order matters: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
const BROWSERS = [
  [/Edg/, "Edge"],
  [/OPR/, "Opera"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];

/** Says in a few words what a user agent is, such as "Chrome on Linux". */
export function deviceOf(userAgent) {
  const system = find(SYSTEMS, userAgent);
  const browser = find(BROWSERS, userAgent);
  if (browser && system) {
    return `${browser} on ${system}`;
  }
  return browser ?? system ?? "Browser";
}

function find(patterns, userAgent) {
  return patterns.find(([pattern]) => pattern.test(userAgent))?.[1];
}
