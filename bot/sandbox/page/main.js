/** The page's beginning: who acts, what is open, and which pane is seen. */

import { canvasLink, go, identity, permalink, place, windowOf } from "./address.js";
import { Api } from "./api.js";
import { CanvasPane } from "./canvas.js";
import { Conversation } from "./conversation.js";
import { byId, fitsCanvas, fitsThread, isNarrow } from "./dom.js";
import { Inspector } from "./inspector.js";
import { Modals } from "./modal.js";
import { banner, fail } from "./notices.js";
import { Notifier } from "./notify.js";
import { Sidebar } from "./sidebar.js";
import { Store } from "./store.js";
import { Thread } from "./thread.js";
import { drawRail, drawTopbar } from "./topbar.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{env: Env, conversation: Conversation, thread: Thread, canvas: CanvasPane, sidebar: Sidebar, modals: Modals, notifier: Notifier}} Screen
 */

/** @type {Map<string, Env>} everyone acted as in this visit; their streams stay open, so no private notice is lost */
const sessions = new Map();
/** @type {Screen|null} */
let screen = null;

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
  if (canvas && canvas.team === screen?.env.store.team.id) {
    event.preventDefault();
    go(screen.conversation.channel, { canvas: canvas.canvas });
  } else if (message) {
    event.preventDefault();
    go(message.channel, message);
  } else if (url.pathname.startsWith("/files") && screen && !url.searchParams.has("as")) {
    url.searchParams.set("as", screen.env.store.userId);
    anchor.href = url.href;
  }
}

/**
 * @param {string} userId
 * @param {string} team
 * @returns {Env}
 */
function session(userId, team) {
  const key = `${team}:${userId}`;
  const known = sessions.get(key);
  if (known) return known;
  const env = { store: new Store(userId), api: new Api(userId, team) };
  sessions.set(key, env);
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

function title() {
  if (!screen) return;
  const { store } = screen.env;
  const { channel } = screen.conversation;
  const room = store.channels.get(channel);
  const where = room ? `${room.is_im ? "" : "#"}${store.channelName(channel)} · ` : "";
  document.title = `${store.unread ? `(${store.unread > 99 ? "99+" : store.unread}) ` : ""}${where}${store.team.name} · as ${store.userName(store.userId)}`;
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
  // Where there is room for one pane, it is the page's main part.
  byId("thread").setAttribute("role", pane === "thread" && !fitsThread() ? "main" : "complementary");
  byId("canvas").setAttribute("role", pane === "canvas" && !fitsCanvas() ? "main" : "complementary");
  if (pane === "list") byId("side").setAttribute("role", "main");
  else byId("side").removeAttribute("role");
  sidebar.select(pane === "list" ? "" : channel, asked.tab);
  const held = [thread, canvas].some(({ root }) => root.contains(document.activeElement));
  if (!asked.thread) thread.hide();
  if (!asked.canvas) canvas.hide();
  if (pane === "list" || !channel) return title();
  const shown = conversation.open(channel, asked.tab);
  if (asked.thread && known) {
    await thread.open(channel, asked.thread);
    if (!isNarrow() && document.activeElement !== conversation.composer?.field) thread.composer?.focus();
  }
  if (asked.canvas && known) await canvas.open(asked.canvas);
  await shown;
  if (held && !asked.thread && !asked.canvas) (isNarrow() ? conversation.list?.scroller : conversation.composer?.field)?.focus();
  if (asked.at && known) await (asked.thread ? thread : conversation).list?.point(asked.at);
  screen.notifier.sweep();
  title();
}

/**
 * @param {string} channel
 * @param {string} thread
 * @returns {boolean} whether what is said there is in view
 */
function reads(channel, thread) {
  if (!screen || document.hidden) return false;
  const { conversation, thread: pane } = screen;
  if (thread) return !pane.root.hidden && pane.channel === channel && pane.ts === thread;
  const covered = isNarrow() && document.body.dataset.pane !== "conversation";
  return !covered && conversation.channel === channel && conversation.tab !== "home";
}

/** @param {string} userId */
function actAs(userId) {
  if (userId === screen?.env.store.userId) return;
  const wasDirect = screen?.env.store.channels.get(place().channel)?.is_im;
  const tab = wasDirect ? place().tab : "";
  history.replaceState(null, "", windowOf(userId, identity().team, wasDirect ? "" : location.hash));
  void show().then(() => {
    const own = screen?.env.store.appChannel()?.id;
    if (wasDirect && own) go(own, { tab });
  }).catch(fail);
}

/** @param {string} team */
function enter(team) {
  if (team === screen?.env.store.team.id) return;
  const { name } = screen?.env.store.me ?? {};
  history.replaceState(null, "", windowOf(name ?? identity().user, team));
  void show().catch((error) => {
    if (error.code !== "user_not_found") return fail(error);
    history.replaceState(null, "", `/?team=${team}`);
    void show().catch(fail);
  });
}

/** Put the client of the person in the address on the screen. */
async function show() {
  const { user, team } = identity();
  const state = await new Api(user, team).read("state");
  if (!sessions.has(`${team}:${state.me.id}`)) await new Api(state.me.id, team).act("open_window");
  const env = session(state.me.id, team);
  const { store } = env;
  screen?.modals.clear();
  screen?.thread.hide();
  screen?.canvas.hide();
  screen?.env.store.listeners.clear();
  byId("notes").replaceChildren();
  store.listeners.clear();
  store.load(state);
  const topbar = () => drawTopbar(env, { actAs, toggleInspector: () => inspector.toggle() });
  const inspector = new Inspector(env, { changed: () => topbar() });
  const conversation = new Conversation(env, {
    go,
    reads,
    back: () => {
      location.hash = "/";
    },
  });
  const thread = new Thread(env, { close: () => go(place().channel || conversation.channel) });
  const canvas = new CanvasPane(env, { close: () => go(place().channel || conversation.channel) });
  screen = { env, conversation, thread, canvas, sidebar: new Sidebar(env), modals: new Modals(env), notifier: new Notifier(env, { reads }) };
  const connection = () => {
    banner("installed", store.app.installed === false ? "The app is not installed in this workspace." : null);
    banner("app", store.app.connected || store.app.installed === false ? null : "The app is not connected yet.");
  };
  store.on("app", connection);
  store.on("channel", title);
  store.on("channels", title);
  store.on("state", () => {
    topbar();
    connection();
    screen?.sidebar.draw();
  });
  topbar();
  connection();
  void drawRail(env, enter);
  await route();
  await screen.modals.restore();
}

/** Try until the server answers: the page may be opened before it. */
async function start() {
  try {
    await show();
    if (linkedCanvas && screen) go(screen.conversation.channel, { canvas: linkedCanvas.canvas });
    banner("stream", null);
  } catch (error) {
    if (/** @type {any} */ (error).code !== "unreachable") return fail(error);
    banner("stream", "Waiting for the sandbox server…");
    window.setTimeout(() => void start(), 800);
  }
}

const linked = permalink(new URL(location.href));
const linkedCanvas = canvasLink(new URL(location.href));
if (linked || linkedCanvas) {
  const { user, team } = identity();
  history.replaceState(null, "", windowOf(user, linkedCanvas?.team ?? team));
  if (linked) go(linked.channel, linked);
}
window.addEventListener("hashchange", () => void route());
document.addEventListener("visibilitychange", () => {
  screen?.conversation.seen();
  screen?.notifier.sweep();
});
document.addEventListener("click", follow);
byId("conversation").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && place().thread && !event.defaultPrevented) go(place().channel);
});
void start();
