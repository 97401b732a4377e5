const KNOWN = ["online", "away", "busy"];
// Busy on one device is busy on all: nobody should disturb a meeting because a phone is idle next to it.
const BY_WEIGHT = ["busy", "online", "away"];

/**
 * @typedef {object} Summary What a person's connections say together.
 * @property {"online" | "away" | "busy" | "offline"} status
 * @property {string} note
 * @property {Array<{name: string, status: string}>} devices one for each connection, the newest last
 * @property {?number} since when the first of them came, in milliseconds since 1970
 */

/** @type {Summary} */
export const OFFLINE = Object.freeze({ status: "offline", note: "", devices: [], since: null });

/** @returns {Summary} of a presence entry, or of its absence */
export function summarize(entry) {
  if (!entry) {
    return OFFLINE;
  }
  const devices = entry.metas.map(({ device, status }) => ({
    name: typeof device === "string" && device ? device.slice(0, 40) : "Browser",
    status: KNOWN.includes(status) ? status : "online",
  }));
  const status = BY_WEIGHT.find((one) => devices.some((device) => device.status === one));
  const note = entry.metas.map((meta) => meta.note).findLast((one) => typeof one === "string" && one) ?? "";
  const times = entry.metas.map(({ online_at }) => Number(online_at) * 1000).filter(Number.isFinite);
  return { status, note: note.slice(0, 80), devices, since: times.length > 0 ? Math.min(...times) : null };
}

/**
 * Says what happened between two summaries of one person.
 *
 * @returns {string[]} what follows the name, such as "came online"
 */
export function changes(before, after) {
  if (before.status === "offline" || after.status === "offline") {
    return before.status === after.status ? [] : [after.status === "offline" ? "went offline" : "came online"];
  }
  const said = [];
  if (before.status !== after.status) {
    said.push(after.status === "online" ? "is online again" : `is ${after.status}`);
  }
  if (before.note !== after.note) {
    said.push(after.note ? `says “${after.note}”` : "took the note away");
  }
  if (before.devices.length < after.devices.length) {
    said.push(`is also on ${after.devices.at(-1).name}`);
  } else if (before.devices.length > after.devices.length) {
    said.push("left one of several devices");
  }
  return said;
}

/** Says how long somebody has been here: "here for 3 min". */
export function stay(since, now) {
  const minutes = Math.floor(Math.max(0, now - since) / 60000);
  if (minutes < 1) {
    return "just arrived";
  }
  if (minutes < 60) {
    return `here for ${minutes} min`;
  }
  return minutes < 24 * 60 ? `here for ${Math.floor(minutes / 60)} h` : `here for ${Math.floor(minutes / (24 * 60))} d`;
}
