/** The middle pane: a channel or the app's tabs, with messages and the composer. */

import { canvasButton } from "./canvas_list.js";
import { Composer } from "./composer.js";
import { byId, debounce, fitsThread, h, isNarrow } from "./dom.js";
import { Home } from "./home.js";
import { icon } from "./icons.js";
import { MessageList } from "./messages.js";
import { announce, fail } from "./notices.js";
import { plain } from "./plain.js";
import { avatar } from "./row.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {import("./store.js").Message} Message
 */

const PAGE = 100;

export class Conversation {
  /**
   * @param {Env} env
   * @param {{go: (channel: string, more?: {tab?: string, thread?: string, canvas?: string}) => void, reads: (channel: string, thread: string) => boolean, back: () => void}} options
   */
  constructor(env, { go, reads, back }) {
    this.env = env;
    this.go = go;
    this.reads = reads;
    this.back = back;
    this.root = byId("conversation");
    this.channel = "";
    this.tab = "";
    /** @type {MessageList|null} */
    this.list = null;
    /** @type {Home|null} */
    this.home = null;
    /** @type {string} the last message this person sent here, until the app answers in its thread */
    this.asked = "";
    this.markRead = debounce(() => void this.env.api.act("read", { channel: this.channel }).catch(() => {}), 200);
    const { store } = env;
    store.on("message", ({ channel, message }) => this.arrived(channel, message));
    store.on("message_changed", ({ channel, message }) => {
      if (channel !== this.channel || !this.list) return;
      if (!message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast" || this.list.byTs.has(message.ts)) this.list.upsert(message);
    });
    store.on("message_deleted", ({ channel, ts }) => {
      if (channel === this.channel) this.list?.remove(ts);
    });
    store.on("file", (file) => this.list?.refreshFile(file));
    store.on("prompts", () => this.drawPrompts());
    store.on("status", () => this.drawStatus());
  }

  /**
   * @param {string} channel
   * @param {Message} message
   */
  arrived(channel, message) {
    const { store } = this.env;
    const reply = message.thread_ts && message.thread_ts !== message.ts;
    const away = !this.reads(channel, "");
    if (away && !reply && message.user !== store.userId && !message.is_ephemeral) store.setUnread(channel, (store.channels.get(channel)?.unread ?? 0) + 1);
    if (channel !== this.channel || this.tab === "home" || !this.list) return;
    if (reply && message.subtype !== "thread_broadcast") return this.replied(message);
    this.list.upsert(message);
    if (message.user === store.userId) this.asked = message.ts;
    if (message.bot_id) store.statuses.delete(`${channel}:`);
    this.drawStatus();
    this.drawPrompts();
    if (away) return;
    if (message.user !== store.userId) announce(`${message.username || store.userName(message.user)}: ${plain(store, message)}`);
    this.markRead();
  }

  /** What is open is in view again: it counts as read. */
  seen() {
    if (!this.reads(this.channel, "")) return;
    this.env.store.setUnread(this.channel, 0);
    this.markRead();
  }

  /** @param {Message} message a reply in a thread of this channel */
  replied(message) {
    const { store } = this.env;
    const parent = this.list?.byTs.get(message.thread_ts ?? "")?.message;
    if (!parent) return;
    if (!message.is_ephemeral && Number(message.ts) > Number(parent.latest_reply ?? 0)) {
      const users = [...new Set([...(parent.reply_users ?? []), message.user ?? ""])].filter(Boolean);
      this.list?.upsert({ ...parent, reply_count: (parent.reply_count ?? 0) + 1, reply_users: users, latest_reply: message.ts });
    }
    const answersMe = this.asked === parent.ts && Boolean(message.bot_id);
    if (!answersMe) return;
    this.asked = "";
    if (fitsThread()) this.go(this.channel, { thread: parent.ts });
  }

  /**
   * @param {string} channel
   * @param {string} tab home or messages, for the app
   */
  async open(channel, tab) {
    if (channel === this.channel && tab === this.tab) return this.seen();
    this.channel = channel;
    this.tab = tab;
    this.asked = "";
    this.list = null;
    if (tab === "home") return this.openHome();
    const { store, api } = this.env;
    const room = store.channels.get(channel);
    const name = store.channelName(channel);
    const title = room?.is_im ? name : `#${name}`;
    const read = async (/** @type {Record<string, string>} */ where) => this.withNotices(channel, where, await api.read("messages", { channel, limit: PAGE, ...where }));
    const list = new MessageList(this.env, channel, { label: `Messages in ${title}`, openThread: (ts) => this.go(channel, { thread: ts }), read, intro: this.intro() });
    this.list = list;
    this.composer = new Composer(this.env, { channel, placeholder: `Message ${title}`, testid: "composer", sendTestid: "send" });
    this.prompts = h("div", { class: "prompts", hidden: true });
    this.status = h("div", { class: "status", "aria-live": "polite", hidden: true });
    this.root.replaceChildren(this.head(), list.node, this.status, this.prompts, this.composer.node);
    this.drawPrompts();
    if (store.isAppChannel(channel)) void api.act("home", { tab: "messages" }).catch(() => {});
    await this.load();
    if (!isNarrow()) this.composer?.focus();
  }

  /** Read the newest page again. */
  async load() {
    const { list, channel } = this;
    if (!list) return;
    try {
      await list.show({});
      if (this.list !== list) return;
      this.drawPrompts();
      this.env.store.setUnread(channel, 0);
      this.markRead();
    } catch (error) {
      fail(error);
    }
  }

  /**
   * The page with this visit's private notices among its messages.
   *
   * @param {string} channel
   * @param {Record<string, string>} where what was asked for
   * @param {import("./messages.js").Page} page
   */
  withNotices(channel, where, page) {
    const { messages } = page;
    const from = Number(where.after_ts ?? (page.has_older ? messages[0].ts : 0));
    const to = Number(where.before_ts ?? (page.has_newer ? messages[messages.length - 1].ts : Infinity));
    const notices = [...(this.env.store.notices.get(channel)?.values() ?? [])].filter((one) => !one.thread_ts && Number(one.ts) > from && Number(one.ts) < to);
    return { ...page, messages: [...messages, ...notices].sort((a, b) => Number(a.ts) - Number(b.ts)) };
  }

  openHome() {
    this.home ??= new Home(this.env);
    this.root.replaceChildren(this.head(), this.home.node);
    return this.home.open();
  }

  head() {
    const { store } = this.env;
    const room = store.channels.get(this.channel);
    const app = store.isAppChannel(this.channel);
    const topic = typeof room?.topic === "object" ? room.topic?.value : room?.topic;
    const tab = (/** @type {string} */ name, /** @type {string} */ label) =>
      h("button", { class: "tab", type: "button", role: "tab", testid: `tab-${name}`, "aria-selected": String((this.tab || "messages") === name), onclick: () => this.go(this.channel, { tab: name === "home" ? "home" : "" }) }, label);
    return h("header", { class: "pane-head" },
      h("button", { class: "icon-button back", type: "button", "aria-label": "Back to the list", testid: "back", onclick: this.back }, icon("back", 20)),
      room?.is_im ? avatar(store, app ? store.app.bot_user_id : room.user, "small") : h("span", { class: "pane-hash", "aria-hidden": "true" }, icon("hash", 18)),
      h("div", { class: "pane-title" }, h("h1", {}, store.channelName(this.channel)), topic ? h("span", { class: "pane-sub" }, topic) : null),
      canvasButton(this.env, this.channel, (canvas) => this.go(this.channel, { canvas })),
      app ? h("div", { class: "tabs", role: "tablist", "aria-label": store.app.name }, tab("home", "Home"), tab("messages", "Messages")) : null);
  }

  intro() {
    const { store } = this.env;
    const room = store.channels.get(this.channel);
    const name = store.channelName(this.channel);
    if (store.isAppChannel(this.channel)) {
      return h("div", { class: "intro" }, avatar(store, store.app.bot_user_id, "large"), h("h2", {}, name), h("p", {}, `This is your conversation with ${name}. What you say here is between you and the app.`));
    }
    return h("div", { class: "intro" }, h("span", { class: "intro-hash", "aria-hidden": "true" }, icon("hash", 26)), h("h2", {}, name), h("p", {}, room?.is_im ? `Your conversation with ${name}.` : `This is the start of #${name}. Mention @${store.app.name} to bring the app in.`));
  }

  drawPrompts() {
    const { store } = this.env;
    if (!this.prompts) return;
    const given = store.isAppChannel(this.channel) ? store.app.suggested_prompts : null;
    const prompts = given?.prompts ?? [];
    this.prompts.hidden = !prompts.length || !this.list || this.list.entries.length > 6;
    if (this.prompts.hidden) return;
    this.prompts.replaceChildren(
      given.title ? h("span", { class: "prompts-title" }, given.title) : "",
      h("div", { class: "prompts-row" }, prompts.map((/** @type {any} */ one) =>
        h("button", { class: "prompt", type: "button", testid: "prompt", title: one.message, onclick: () => void this.composer?.say(one.message).catch(fail) }, one.title))));
  }

  drawStatus() {
    if (!this.status) return;
    const { store } = this.env;
    const shown = this.list?.messages ?? [];
    const said = [...store.statuses].find(([key, value]) => value && key.startsWith(`${this.channel}:`) && (key.endsWith(":") || shown.some((one) => key.endsWith(`:${one.ts}`) && !one.reply_count)))?.[1] ?? "";
    this.status.hidden = !said;
    this.status.replaceChildren(...(said ? [h("i", { class: "dots" }, h("i"), h("i"), h("i")), h("span", {}, `${store.app.name} ${said}`)] : []));
  }
}
