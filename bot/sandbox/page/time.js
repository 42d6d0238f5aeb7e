/** Times of messages and Slack's date tokens, said in the reader's zone and language. */

/** @typedef {import("./store.js").Store} Store */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {Store} store
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(store, options) {
  const { tz, locale } = store.me;
  const key = `${tz}|${locale}|${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    const language = (locale ?? "en-US").startsWith("en") ? locale ?? "en-US" : "en-US";
    try {
      found = new Intl.DateTimeFormat(language, { ...options, timeZone: tz });
    } catch {
      found = new Intl.DateTimeFormat("en-US", options);
    }
    formats.set(key, found);
  }
  return found;
}

/** @param {string} ts @returns {Date} */
export function dateOf(ts) {
  return new Date(Number(ts) * 1000);
}

/**
 * @param {Store} store
 * @param {Date} date
 * @returns {string} a key equal for moments of one day in the reader's zone
 */
export function dayKey(store, date) {
  return format(store, { year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
}

/** @param {Store} store @param {Date} date */
export function clock(store, date) {
  return format(store, { hour: "numeric", minute: "2-digit" }).format(date);
}

/** @param {Store} store @param {number} unixSeconds @returns {string} with milliseconds, for logs */
export function exact(store, unixSeconds) {
  return format(store, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false }).format(new Date(unixSeconds * 1000));
}

/** @param {Store} store @param {Date} date */
function seconds(store, date) {
  return format(store, { hour: "numeric", minute: "2-digit", second: "2-digit" }).format(date);
}

/**
 * @param {Store} store
 * @param {Date} date
 * @returns {string|null} Today, Yesterday, Tomorrow, or null
 */
function nearDay(store, date) {
  const now = store.now().getTime();
  const key = dayKey(store, date);
  const dayMs = 86_400_000;
  if (key === dayKey(store, new Date(now))) return "Today";
  if (key === dayKey(store, new Date(now - dayMs))) return "Yesterday";
  if (key === dayKey(store, new Date(now + dayMs))) return "Tomorrow";
  return null;
}

/** @param {Store} store @param {Date} date @returns {string} for the line between days */
export function dayTitle(store, date) {
  return nearDay(store, date) ?? format(store, { weekday: "long", month: "long", day: "numeric" }).format(date);
}

/** @param {Store} store @param {Date} date */
export function full(store, date) {
  return format(store, { dateStyle: "full", timeStyle: "medium" }).format(date);
}

/** @param {Store} store @param {Date} date @returns {string} such as "today at 10:42" */
export function brief(store, date) {
  const near = nearDay(store, date);
  const day = near ? near.toLowerCase() : format(store, { month: "short", day: "numeric" }).format(date);
  return `${day} at ${clock(store, date)}`;
}

/** @type {Record<string, (store: Store, date: Date) => string>} */
const TOKENS = {
  date_num: (store, date) => {
    const parts = format(store, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(date);
    const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
    return `${part("year")}-${part("month")}-${part("day")}`;
  },
  date_slash: (store, date) => format(store, { year: "numeric", month: "2-digit", day: "2-digit" }).format(date),
  date: (store, date) => format(store, { year: "numeric", month: "long", day: "numeric" }).format(date),
  date_short: (store, date) => format(store, { year: "numeric", month: "short", day: "numeric" }).format(date),
  date_long: (store, date) => format(store, { dateStyle: "full" }).format(date),
  date_pretty: (store, date) => nearDay(store, date)?.toLowerCase() ?? TOKENS.date(store, date),
  date_short_pretty: (store, date) => nearDay(store, date)?.toLowerCase() ?? TOKENS.date_short(store, date),
  date_long_pretty: (store, date) => nearDay(store, date)?.toLowerCase() ?? TOKENS.date_long(store, date),
  day_divider_pretty: (store, date) => dayTitle(store, date),
  time: clock,
  time_secs: seconds,
  ago: (store, date) => {
    const minutes = Math.round((store.now().getTime() - date.getTime()) / 60_000);
    const [count, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"] : Math.abs(minutes) < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
    const said = `${Math.abs(count)} ${unit}${Math.abs(count) === 1 ? "" : "s"}`;
    return count < 0 ? `in ${said}` : `${said} ago`;
  },
};

/**
 * Say `{date_short_pretty} at {time}` for a moment.
 *
 * @param {Store} store
 * @param {number} unixSeconds
 * @param {string} template
 * @param {string} fallback said when the template has an unknown token
 */
export function dateToken(store, unixSeconds, template, fallback) {
  if (!Number.isFinite(unixSeconds)) return fallback;
  const date = new Date(unixSeconds * 1000);
  let known = true;
  const said = template.replace(/\{(\w+)\}/g, (_, name) => {
    const say = TOKENS[name];
    if (!say) known = false;
    return say ? say(store, date) : "";
  });
  return known ? said : fallback || said;
}
