/** What the address says: whose window this is, in which workspace, and which place is open. */

/**
 * @typedef {{channel: string, tab: string, thread: string, canvas: string, at: string}} Place
 */

const FIRST_PERSON = "ana";

/** @returns {{user: string, team: string}} whose client this is; the window keeps it in its own address */
export function identity() {
  const query = new URLSearchParams(location.search);
  return { user: query.get("user") ?? FIRST_PERSON, team: query.get("team") ?? "" };
}

/**
 * @param {string} user
 * @param {string} team
 * @param {string} [hash]
 * @returns {string} the address of a window of this person
 */
export function windowOf(user, team, hash = "") {
  const query = new URLSearchParams({ user, ...(team ? { team } : {}) });
  return `/?${query}${hash}`;
}

/** @returns {Place} */
export function place() {
  const [, channel = "", second = "", third = "", fourth = ""] = location.hash.split("/");
  return { channel, tab: second === "home" ? "home" : "", thread: second === "thread" ? third : "", canvas: second === "canvas" ? third : "", at: second === "at" ? third : fourth };
}

/**
 * @param {string} channel
 * @param {{tab?: string, thread?: string, canvas?: string, at?: string}} [more] at: the message to point at
 */
export function go(channel, { tab, thread, canvas, at } = {}) {
  if (canvas) return void (location.hash = `/${channel}/canvas/${canvas}`);
  const message = at && at !== thread ? `/${at}` : "";
  location.hash = thread ? `/${channel}/thread/${thread}${message}` : message ? `/${channel}/at${message}` : tab ? `/${channel}/${tab}` : `/${channel}`;
}

/**
 * @param {URL} url
 * @returns {{channel: string, thread: string, at: string}|null} where a message's permalink leads
 */
export function permalink(url) {
  const found = /^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  return found && { channel: found[1], thread: url.searchParams.get("thread_ts") ?? "", at: `${found[2]}.${found[3]}` };
}

/**
 * @param {URL} url
 * @returns {{team: string, canvas: string}|null} where a canvas's permalink leads
 */
export function canvasLink(url) {
  const found = /^\/docs\/(\w+)\/(F[A-Z0-9]+)\/?$/.exec(url.pathname);
  return found && { team: found[1], canvas: found[2] };
}
