/** Notifications for the person this window acts as: a quiet note in the page, and the browser's own if they ask. */

import { go } from "./address.js";
import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./notices.js";
import { plain } from "./plain.js";
import { avatar } from "./row.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {import("./store.js").Message} Message
 */

const SHOWN_MS = 8000;
/** an answer may open its thread by itself; what is read so soon needs no note */
const WAIT_MS = 250;
const MOST_SHOWN = 3;
const WORDS = 90;

/** whether this window may also use the browser's notifications */
let loud = false;

/** @returns {boolean} */
export function isLoud() {
  return loud;
}

/**
 * Turn the browser's notifications of this window on or off; it is asked for leave only here.
 *
 * @returns {Promise<void>}
 */
export async function toggleLoud() {
  if (loud) {
    loud = false;
    return;
  }
  if (!("Notification" in window)) return toast("This browser has no notifications.", "error");
  loud = (await Notification.requestPermission()) === "granted";
  if (!loud) toast("The browser does not allow notifications for this page.", "error");
}

export class Notifier {
  /**
   * @param {Env} env
   * @param {{reads: (channel: string, thread: string) => boolean}} options whether this conversation (or thread) is in view
   */
  constructor(env, { reads }) {
    this.env = env;
    this.reads = reads;
    /** @type {Set<string>} messages that were announced */
    this.told = new Set();
    /** @type {Map<string, {channel: string, message: Message}>} replies of threads of which it is not known yet whether this person takes part */
    this.doubtful = new Map();
    /** @type {Set<string>} threads this person takes part in, by channel and parent */
    this.threads = new Set();
    env.store.on("message", ({ channel, message }) => this.arrived(channel, message));
    env.store.on("message_changed", ({ channel, message }) => this.parentChanged(channel, message));
  }

  /**
   * @param {string} channel
   * @param {Message} message
   */
  arrived(channel, message) {
    const { store } = this.env;
    const thread = message.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : "";
    const key = `${channel}:${thread}`;
    if (message.user === store.userId) {
      if (thread) this.threads.add(key);
      return;
    }
    if (message.is_ephemeral || message.subtype?.startsWith("channel_")) return;
    const room = store.channels.get(channel);
    const direct = room?.is_im || room?.is_mpim;
    const mentioned = new RegExp(`<@${store.userId}>|<!(here|channel|everyone)\\b`).test(message.text ?? "");
    const mine = thread && (message.parent_user_id === store.userId || this.threads.has(key));
    if (direct || mentioned || mine) this.tell(channel, thread, message);
    else if (thread) this.doubtful.set(key, { channel, message });
  }

  /**
   * @param {string} channel
   * @param {Message} parent
   */
  parentChanged(channel, parent) {
    const key = `${channel}:${parent.ts}`;
    const waiting = this.doubtful.get(key);
    this.doubtful.delete(key);
    if (!parent.reply_users?.includes(this.env.store.userId)) return;
    this.threads.add(key);
    if (waiting) this.tell(channel, parent.ts, waiting.message);
  }

  /**
   * @param {string} channel
   * @param {string} thread
   * @param {Message} message
   */
  tell(channel, thread, message) {
    if (this.told.has(message.ts)) return;
    this.told.add(message.ts);
    if (!this.reads(channel, thread)) window.setTimeout(() => this.show(channel, thread, message), WAIT_MS);
  }

  /**
   * @param {string} channel
   * @param {string} thread
   * @param {Message} message
   */
  show(channel, thread, message) {
    if (this.reads(channel, thread)) return;
    const { store } = this.env;
    const room = store.channels.get(channel);
    const who = message.username || store.userName(message.user);
    const where = room?.is_im ? (thread ? `${who}, in a thread` : who) : `${who} in ${thread ? "a thread of " : ""}#${store.channelName(channel)}`;
    const words = plain(store, message).slice(0, WORDS);
    const open = () => go(channel, thread ? { thread, at: message.ts } : { at: message.ts });
    this.note({ channel, thread, message, where, words, open });
    if (!loud) return;
    const shown = new Notification(where, { body: words, tag: message.ts, icon: "/page/mark.svg" });
    shown.onclick = () => {
      window.focus();
      open();
    };
  }

  /** Take away the notes of what has come into view. */
  sweep() {
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".note"))) {
      if (this.reads(node.dataset.channel ?? "", node.dataset.thread ?? "")) node.remove();
    }
  }

  /** @param {{channel: string, thread: string, message: Message, where: string, words: string, open: () => void}} what */
  note({ channel, thread, message, where, words, open }) {
    const root = byId("notes");
    const node = h("div", { class: "note", testid: "note", dataset: { channel, thread } },
      h("button", { class: "note-open", type: "button", onclick: () => {
        node.remove();
        open();
      } }, avatar(this.env.store, message.user, "small"), h("span", { class: "note-words" }, h("strong", {}, where), h("span", {}, words))),
      h("button", { class: "icon-button", type: "button", "aria-label": "Dismiss", onclick: () => node.remove() }, icon("close", 15)));
    root.append(node);
    while (root.childElementCount > MOST_SHOWN) root.firstElementChild?.remove();
    const leave = () => {
      if (node.matches(":hover, :focus-within")) window.setTimeout(leave, SHOWN_MS);
      else node.remove();
    };
    window.setTimeout(leave, SHOWN_MS);
  }
}
