const MINUTES = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = 24 * 60 * 60 * 1000;

const upToSeconds = new Intl.DateTimeFormat([], { ...MINUTES, second: "2-digit" });
const upToMillis = new Intl.DateTimeFormat([], { ...MINUTES, second: "2-digit", fractionalSecondDigits: 3 });
const upToMinutes = new Intl.DateTimeFormat([], MINUTES);
const withDate = new Intl.DateTimeFormat([], { year: "numeric", month: "short", day: "numeric", ...MINUTES });

/** The one clock of the page, of 24 hours: "16:04:09". */
export function clock(date) {
  return upToSeconds.format(date);
}

/** The time of a frame: "16:04:09.120". */
export function preciseClock(date) {
  return upToMillis.format(date);
}

/** When a choice ends: "16:04", with the date if that is far away. */
export function endOf(date) {
  return (date - Date.now() > DAY ? withDate : upToMinutes).format(date);
}
