/** One message as a row: built once, then patched part by part. */

import { renderAttachments } from "./attachments.js";
import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { editMessage } from "./edit.js";
import { emojiNode } from "./emoji.js";
import { renderFiles } from "./files.js";
import { icon } from "./icons.js";
import { mrkdwn, textOf } from "./mrkdwn.js";
import { fail, toast } from "./notices.js";
import { confirm, menu } from "./overlay.js";
import { Surface } from "./surface.js";
import { brief, clock, dateOf, dayKey, dayTitle, full } from "./time.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {import("./store.js").Message} Message
 * @typedef {{inThread: boolean, openThread: (ts: string) => void, dismiss: (ts: string) => void}} RowOptions
 */

const GROUP_SECONDS = 300;
const HUES = [14, 36, 82, 152, 186, 212, 262, 334];

/**
 * @param {import("./store.js").Store} store
 * @param {string|undefined} id
 * @param {string} [size] small, or nothing
 * @returns {HTMLElement}
 */
export function avatar(store, id, size = "") {
  const name = store.userName(id);
  const initials = name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
  let sum = 0;
  for (const c of id ?? name) sum = (sum * 31 + (c.codePointAt(0) ?? 0)) % 9973;
  const look = !id || store.isApp(id) ? "avatar avatar-app" : "avatar";
  return h("span", { class: `${look} ${size ? `avatar-${size}` : ""}`, style: { "--hue": String(HUES[sum % HUES.length]) }, "aria-hidden": "true" }, initials);
}

export class Row {
  /**
   * @param {Env} env
   * @param {string} channel
   * @param {Message} message
   * @param {RowOptions} options
   */
  constructor(env, channel, message, options) {
    this.env = env;
    this.channel = channel;
    this.message = message;
    this.options = options;
    this.surface = new Surface(env, { type: "message", channel, message_ts: message.ts, ...(message.is_ephemeral ? { is_ephemeral: true } : {}) });
    const { store } = env;
    const app = this.fromApp();
    const date = dateOf(message.ts);
    this.day = dayKey(store, date);
    const name = message.username || store.userName(message.user);
    this.dayLine = h("div", { class: "day", hidden: true }, h("span", {}, dayTitle(store, date)));
    this.text = h("div", { class: "text" });
    this.blocks = h("div", { class: "blocks" });
    this.attachments = h("div", { class: "attachments" });
    this.files = h("div", { class: "files-slot" });
    this.reactions = h("div", { class: "reactions" });
    this.replies = h("div", { class: "replies" });
    const time = h("time", { datetime: date.toISOString(), title: full(store, date) }, clock(store, date));
    this.article = h("article", { class: "message", testid: message.is_ephemeral ? "ephemeral" : "message", dataset: { ts: message.ts }, tabIndex: -1, "aria-label": `${name}, ${brief(store, date)}` },
      h("div", { class: "gutter" }, avatar(store, message.user), h("span", { class: "gutter-time", "aria-hidden": "true" }, clock(store, date))),
      h("div", { class: "content" },
        h("div", { class: "meta" }, h("strong", { class: "name" }, name), app ? h("span", { class: "badge" }, "APP") : null, time),
        message.is_ephemeral ? this.noticeLine() : null,
        this.text, this.blocks, this.attachments, this.files, this.reactions, this.replies),
      message.is_ephemeral ? null : this.tools());
    if (message.is_ephemeral) this.article.classList.add("ephemeral");
    this.node = h("div", { class: "row" }, this.dayLine, this.article);
    /** @type {Record<string, string>} */
    this.prints = {};
    this.patch();
  }

  fromApp() {
    return Boolean(this.message.bot_id) || this.env.store.isApp(this.message.user);
  }

  /** @param {Message} message */
  update(message) {
    this.message = message;
    this.patch();
  }

  /**
   * @param {string} part
   * @param {any} value
   * @returns {boolean}
   */
  changed(part, value) {
    const print = JSON.stringify(value ?? null);
    if (this.prints[part] === print) return false;
    this.prints[part] = print;
    return true;
  }

  patch() {
    const { env, message } = this;
    const blocks = message.blocks ?? [];
    if (this.changed("text", [blocks.length ? "" : message.text, message.edited && !this.fromApp()])) {
      const said = blocks.length || !message.text ? [] : [mrkdwn(env.store, message.text)];
      this.text.replaceChildren(...said);
    }
    renderBlocks(this.blocks, blocks, this.surface);
    if (this.changed("attachments", message.attachments)) this.attachments.replaceChildren(...renderAttachments(message.attachments ?? [], this.surface));
    const writing = message.streaming_state === "in_progress";
    this.article.classList.toggle("streaming", writing);
    this.article.setAttribute("aria-busy", String(writing));
    this.article.classList.toggle("tombstone", message.subtype === "tombstone");
    const edited = message.edited && !this.fromApp();
    if (this.changed("edited", edited)) this.article.classList.toggle("edited", Boolean(edited));
    this.patchFiles(false);
    if (this.changed("reactions", message.reactions)) this.drawReactions();
    if (!this.options.inThread && this.changed("replies", [message.reply_count, message.latest_reply, message.reply_users])) this.drawReplies();
  }

  /** @param {boolean} force because the store knows a file newer */
  patchFiles(force) {
    const files = this.message.files ?? [];
    if (!this.changed("files", files) && !force) return;
    this.files.replaceChildren(...(files.length ? [renderFiles(this.env, files)] : []));
  }

  drawReactions() {
    const { api, store } = this.env;
    this.reactions.replaceChildren(...(this.message.reactions ?? []).map((one) => {
      const mine = one.users?.includes(store.userId);
      const who = (one.users ?? []).map((/** @type {string} */ id) => store.userName(id)).join(", ");
      return h("button", { class: "reaction", type: "button", "aria-pressed": String(Boolean(mine)), title: who, "aria-label": `${one.name.replace(/_/g, " ")}, ${one.count ?? one.users?.length ?? 1}, ${who}`, onclick: () => api.act("react", { channel: this.channel, ts: this.message.ts, name: one.name }).catch(fail) },
        emojiNode(one.name) ?? `:${one.name}:`, h("span", {}, one.count ?? one.users?.length ?? 1));
    }));
  }

  drawReplies() {
    const { message } = this;
    const { store } = this.env;
    const count = message.reply_count ?? 0;
    if (!count) return this.replies.replaceChildren();
    const last = message.latest_reply ? [h("span", { class: "thread-lead" }, "Last reply "), brief(store, dateOf(message.latest_reply))] : "View thread";
    this.replies.replaceChildren(h("button", { class: "thread-line", type: "button", testid: "open-thread", onclick: () => this.options.openThread(message.ts) },
      h("span", { class: "thread-faces" }, (message.reply_users ?? []).slice(0, 4).map((id) => avatar(store, id, "small"))),
      h("strong", {}, `${count} ${count === 1 ? "reply" : "replies"}`), h("span", { class: "thread-when" }, last), icon("right", 15)));
  }

  noticeLine() {
    return h("div", { class: "notice-line" }, icon("eye", 14), h("span", {}, "Only visible to you"),
      h("button", { class: "link-button", type: "button", testid: "dismiss", onclick: () => this.options.dismiss(this.message.ts) }, "Dismiss"));
  }

  tools() {
    const more = h("button", { class: "icon-button", type: "button", "aria-label": "More actions for this message", "aria-haspopup": "menu", "aria-expanded": "false", testid: "message-menu", onclick: () => this.openMenu(more) }, icon("more", 17));
    const reply = this.options.inThread ? null : h("button", { class: "icon-button", type: "button", "aria-label": "Reply in thread", title: "Reply in thread", testid: "reply-in-thread", onclick: () => this.options.openThread(this.message.thread_ts ?? this.message.ts) }, icon("reply", 17));
    return h("div", { class: "tools", role: "group", "aria-label": "Message actions" }, reply, more);
  }

  /** @param {HTMLElement} anchor */
  openMenu(anchor) {
    const { api, store } = this.env;
    const { message, channel } = this;
    const react = (/** @type {string} */ name) => () => void api.act("react", { channel, ts: message.ts, name }).catch(fail);
    const shortcuts = (store.app.shortcuts ?? []).filter((one) => one.type === "message");
    const words = message.text || (message.blocks ?? []).map((block) => textOf(block.text)).join("\n");
    const copy = (/** @type {string} */ text) => () => void navigator.clipboard?.writeText(text).then(() => toast("Copied"), () => toast("The browser did not allow copying.", "error"));
    menu(anchor, [
      ...(this.options.inThread ? [] : [{ label: "Reply in thread", icon: "reply", run: () => this.options.openThread(message.thread_ts ?? message.ts) }]),
      { label: "Copy text", icon: "copy", run: copy(words) },
      { label: "Copy link", icon: "link", testid: "copy-link", run: copy(this.link()) },
      ...(message.user === store.userId ? [
        { label: "Edit message", icon: "pencil", testid: "edit-message", run: () => editMessage(this.env, channel, message) },
        { label: "Delete message", icon: "trash", danger: true, testid: "delete-message", run: () => void this.remove() },
      ] : []),
      ...shortcuts.map((one) => ({ label: one.name, hint: one.description, icon: "bolt", group: store.app.name, testid: `shortcut-${one.callback_id}`, run: () => void api.act("shortcut", { callback_id: one.callback_id, channel, message_ts: message.ts }).catch(fail) })),
      ...["+1", "eyes", "white_check_mark", "heart"].map((name) => ({ label: `:${name}: ${{ "+1": "Agree", eyes: "Looking", white_check_mark: "Done", heart: "Love it" }[name]}`, group: "React", testid: `react-${name}`, run: react(name) })),
    ], { label: "Message actions" });
  }

  /** @returns {string} the message's permalink */
  link() {
    const { ts, thread_ts: thread } = this.message;
    const query = thread && thread !== ts ? `?thread_ts=${thread}&cid=${this.channel}` : "";
    return `${location.origin}/archives/${this.channel}/p${ts.replace(".", "")}${query}`;
  }

  async remove() {
    const { api, store } = this.env;
    const sure = await confirm(store, { title: "Delete message", text: "It is gone for everybody.", confirm: "Delete", deny: "Cancel", style: "danger" });
    if (sure) await api.act("delete", { channel: this.channel, ts: this.message.ts }).catch(fail);
  }

  /**
   * Show name and avatar only where the speaker changes, and a line where the day does.
   *
   * @param {Message|undefined} a the message before
   */
  decorate(a) {
    const newDay = !this.options.inThread && (!a || dayKey(this.env.store, dateOf(a.ts)) !== this.day);
    this.dayLine.hidden = !newDay;
    const b = this.message;
    const follows = Boolean(a) && !newDay && a?.user === b.user && a?.bot_id === b.bot_id && a?.username === b.username
      && !a?.is_ephemeral && !b.is_ephemeral && !a?.reply_count && !b.reply_count && Number(b.ts) - Number(a?.ts) < GROUP_SECONDS;
    this.article.classList.toggle("follows", follows);
  }
}
