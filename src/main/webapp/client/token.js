const MARGIN = 10000;
const kept = new Map();

/**
 * Fetches a token, by "GET https://..." for example, unless the last one is good for ten seconds more.
 *
 * The address answers {"token":"...","expiresIn":60}, or with the token alone.
 */
export async function fetchToken(request) {
  const [method, url] = request.split(" ");
  const last = kept.get(request);
  if (last && Date.now() < last.end - MARGIN) {
    return last.token;
  }
  const response = await fetch(url, { method, cache: "no-store" });
  const text = (await response.text()).trim();
  if (!response.ok) {
    throw new Error(`expected a token from ${url}, but got ${response.status}`);
  }
  const { token, expiresIn } = text.startsWith("{") ? JSON.parse(text) : { token: text };
  kept.set(request, { token, end: expiresIn ? Date.now() + expiresIn * 1000 : (claimsOf(token).exp ?? 0) * 1000 });
  return token;
}

/** What a JWT says of itself; nothing if it cannot be read. */
export function claimsOf(token) {
  try {
    const base64 = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}
