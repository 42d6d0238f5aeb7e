/** The page's beginning: who acts, what is open, and which pane is seen. */

import { Api } from "./api.js";
import { CanvasPane } from "./canvas.js";
import { Conversation } from "./conversation.js";
import { byId, isNarrow } from "./dom.js";
import { Inspector } from "./inspector.js";
import { Modals } from "./modal.js";
import { banner, fail } from "./notices.js";
import { drawTopbar, Sidebar } from "./sidebar.js";
import { Store } from "./store.js";
import { Thread } from "./thread.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{env: Env, conversation: Conversation, thread: Thread, canvas: CanvasPane, sidebar: Sidebar, modals: Modals}} Screen
 */

const FIRST_PERSON = "U0ANA00001";

/** @type {Map<string, Env>} everyone acted as in this visit; their streams stay open, so no private notice is lost */
const sessions = new Map();
/** @type {Screen|null} */
let screen = null;

/** @returns {string} whose client this is, from the address */
function personInAddress() {
  return new URLSearchParams(location.search).get("as") ?? FIRST_PERSON;
}

/** @returns {{channel: string, tab: string, thread: string, canvas: string, at: string}} */
function place() {
  const [, channel = "", second = "", third = "", fourth = ""] = location.hash.split("/");
  return { channel, tab: second === "home" ? "home" : "", thread: second === "thread" ? third : "", canvas: second === "canvas" ? third : "", at: second === "at" ? third : fourth };
}

/**
 * @param {string} channel
 * @param {{tab?: string, thread?: string, canvas?: string, at?: string}} [more] at: the message to point at
 */
function go(channel, { tab, thread, canvas, at } = {}) {
  if (canvas) return void (location.hash = `/${channel}/canvas/${canvas}`);
  const message = at && at !== thread ? `/${at}` : "";
  location.hash = thread ? `/${channel}/thread/${thread}${message}` : message ? `/${channel}/at${message}` : tab ? `/${channel}/${tab}` : `/${channel}`;
}

/**
 * @param {URL} url
 * @returns {{channel: string, thread: string, at: string}|null} where a message's permalink leads
 */
function permalink(url) {
  const found = /^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  return found && { channel: found[1], thread: url.searchParams.get("thread_ts") ?? "", at: `${found[2]}.${found[3]}` };
}

/** @param {URL} url @returns {string} the canvas to which a permalink leads */
function canvasLink(url) {
  return /^\/docs\/\w+\/(F[A-Z0-9]+)\/?$/.exec(url.pathname)?.[1] ?? "";
}

/**
 * Follow links to this workspace's messages here, and read its files as the person who acts.
 *
 * @param {MouseEvent} event
 */
function follow(event) {
  const anchor = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (event.target).closest("a[href]"));
  if (!anchor || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const url = new URL(anchor.href);
  if (url.port !== location.port) return;
  const message = permalink(url);
  const canvas = canvasLink(url);
  if (canvas && screen) {
    event.preventDefault();
    go(screen.conversation.channel, { canvas });
  } else if (message) {
    event.preventDefault();
    go(message.channel, message);
  } else if (url.pathname.startsWith("/files") && screen && !url.searchParams.has("as")) {
    url.searchParams.set("as", screen.env.store.userId);
    anchor.href = url.href;
  }
}

/** @param {string} userId @returns {Env} */
function session(userId) {
  const known = sessions.get(userId);
  if (known) return known;
  const env = { store: new Store(userId), api: new Api(userId) };
  sessions.set(userId, env);
  env.api.follow({
    frame: (frame) => env.store.apply(frame),
    state: (open, again) => {
      if (screen?.env !== env) return;
      banner("stream", open ? null : "Reconnecting to the sandbox…");
      if (open && again) void refresh(screen).catch(fail);
    },
  });
  return env;
}

/**
 * Read everything anew after the stream was away.
 *
 * @param {Screen} here
 */
async function refresh({ env, conversation, thread, canvas, modals }) {
  env.store.load(await env.api.read("state"));
  await Promise.all([conversation.load(), thread.load(), canvas.load(), modals.restore()]);
}

/** Show what the address says. */
async function route() {
  if (!screen) return;
  const { env, conversation, thread, canvas, sidebar } = screen;
  const asked = place();
  const known = env.store.channels.has(asked.channel);
  const first = env.store.appChannel()?.id ?? [...env.store.channels.keys()][0] ?? "";
  const channel = known ? asked.channel : first;
  const pane = !known && isNarrow() ? "list" : known && asked.thread ? "thread" : known && asked.canvas ? "canvas" : "conversation";
  document.body.dataset.pane = pane;
  sidebar.select(pane === "list" ? "" : channel, asked.tab);
  if (!asked.thread) thread.hide();
  if (!asked.canvas) canvas.hide();
  if (pane === "list" || !channel) return;
  const shown = conversation.open(channel, asked.tab);
  if (asked.thread && known) {
    await thread.open(channel, asked.thread);
    if (!isNarrow() && document.activeElement !== conversation.composer?.field) thread.composer?.focus();
  }
  if (asked.canvas && known) await canvas.open(asked.canvas);
  await shown;
  if (asked.at && known) await (asked.thread ? thread : conversation).list?.point(asked.at);
  document.title = `${env.store.channels.get(channel)?.is_im ? "" : "#"}${env.store.channelName(channel)} · ${env.store.team.name}`;
}

/** @param {string} userId */
function actAs(userId) {
  if (userId === screen?.env.store.userId) return;
  const address = new URL(location.href);
  address.searchParams.set("as", userId);
  const wasDirect = screen?.env.store.channels.get(place().channel)?.is_im;
  if (wasDirect) address.hash = "";
  const tab = wasDirect ? place().tab : "";
  history.replaceState(null, "", address);
  void show(userId).then(() => {
    const own = screen?.env.store.appChannel()?.id;
    if (wasDirect && own) go(own, { tab });
  }).catch(fail);
}

/**
 * Put one person's client on the screen.
 *
 * @param {string} userId
 */
async function show(userId) {
  const env = session(userId);
  const { store, api } = env;
  const state = await api.read("state");
  screen?.modals.clear();
  screen?.thread.hide();
  screen?.canvas.hide();
  screen?.env.store.listeners.clear();
  store.listeners.clear();
  store.load(state);
  const topbar = () => drawTopbar(env, { actAs, toggleInspector: () => inspector.toggle() });
  const inspector = new Inspector(env, { changed: () => topbar() });
  const conversation = new Conversation(env, {
    go,
    back: () => {
      location.hash = "/";
    },
  });
  const thread = new Thread(env, { close: () => go(place().channel || conversation.channel) });
  const canvas = new CanvasPane(env, { close: () => go(place().channel || conversation.channel) });
  screen = { env, conversation, thread, canvas, sidebar: new Sidebar(env), modals: new Modals(env) };
  const connection = () => banner("app", store.app.connected ? null : "The app is not connected yet.");
  store.on("app", connection);
  store.on("state", () => {
    topbar();
    connection();
    screen?.sidebar.draw();
  });
  topbar();
  connection();
  await route();
  await screen.modals.restore();
}

/** Try until the server answers: the page may be opened before it. */
async function start() {
  try {
    await show(personInAddress());
    if (linkedCanvas && screen) go(screen.conversation.channel, { canvas: linkedCanvas });
    banner("stream", null);
  } catch (error) {
    if (/** @type {any} */ (error).code !== "unreachable") throw error;
    banner("stream", "Waiting for the sandbox server…");
    window.setTimeout(() => void start(), 800);
  }
}

const linked = permalink(new URL(location.href));
const linkedCanvas = canvasLink(new URL(location.href));
if (linked || linkedCanvas) history.replaceState(null, "", `/?as=${encodeURIComponent(personInAddress())}`);
if (linked) go(linked.channel, linked);
window.addEventListener("hashchange", () => void route());
document.addEventListener("click", follow);
byId("conversation").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && place().thread && !event.defaultPrevented) go(place().channel);
});
void start();
