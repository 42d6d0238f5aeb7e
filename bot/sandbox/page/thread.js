/** The thread pane: a parent, its replies as they come, and a composer. */

import { Composer } from "./composer.js";
import { byId, h, isNarrow } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList } from "./messages.js";
import { announce, fail } from "./notices.js";
import { plain } from "./plain.js";

/** @typedef {import("./surface.js").Env} Env */

export class Thread {
  /**
   * @param {Env} env
   * @param {{close: () => void}} options
   */
  constructor(env, { close }) {
    this.env = env;
    this.close = close;
    this.root = byId("thread");
    this.channel = "";
    this.ts = "";
    /** @type {MessageList|null} */
    this.list = null;
    const { store } = env;
    store.on("message", (detail) => {
      const { channel, message } = detail;
      const here = channel === this.channel && message.thread_ts === this.ts && message.user !== store.userId;
      if (here && !document.hidden) announce(`${message.username || store.userName(message.user)}: ${plain(store, message)}`);
      this.arrived(detail);
    });
    store.on("message_changed", (detail) => this.arrived(detail));
    store.on("message_deleted", ({ channel, ts }) => {
      if (channel === this.channel) this.list?.remove(ts);
      this.count();
    });
    store.on("file", (file) => this.list?.refreshFile(file));
    store.on("status", () => this.drawStatus());
    this.root.onkeydown = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    };
  }

  /** @param {{channel: string, message: any}} detail */
  arrived({ channel, message }) {
    if (channel !== this.channel || !this.list) return;
    if (message.ts !== this.ts && message.thread_ts !== this.ts) return;
    if (message.bot_id) this.env.store.statuses.delete(`${channel}:${this.ts}`);
    this.list.upsert(message);
    this.count();
    this.drawStatus();
  }

  /**
   * @param {string} channel
   * @param {string} ts the parent's
   */
  async open(channel, ts) {
    if (channel === this.channel && ts === this.ts && this.list) return;
    const { store } = this.env;
    const room = store.channels.get(channel);
    this.channel = channel;
    this.ts = ts;
    this.counter = h("div", { class: "thread-count" }, h("span", {}));
    const list = new MessageList(this.env, channel, { label: "Messages in the thread", inThread: true, read: () => this.read(channel, ts), afterFirst: this.counter });
    this.list = list;
    this.composer = new Composer(this.env, { channel, threadTs: ts, placeholder: "Reply…", testid: "thread-composer", sendTestid: "thread-send" });
    this.status = h("div", { class: "status", "aria-live": "polite", hidden: true });
    this.root.replaceChildren(
      h("div", { class: "pane-head" },
        h("button", { class: "icon-button back", type: "button", "aria-label": "Back to the conversation", testid: "thread-back", onclick: () => this.close() }, icon("back", 20)),
        h("div", { class: "pane-title" }, h(isNarrow() ? "h1" : "h2", {}, "Thread"), h("span", { class: "pane-sub" }, room?.is_im ? store.channelName(channel) : `#${store.channelName(channel)}`)),
        h("button", { class: "icon-button thread-close", type: "button", "aria-label": "Close thread", testid: "thread-close", onclick: () => this.close() }, icon("close", 18))),
      list.node, this.status, this.composer.node);
    this.root.hidden = false;
    await this.load();
  }

  /** Read the whole thread again. */
  async load() {
    const { list, channel, ts } = this;
    if (!list) return;
    try {
      const page = await list.read({});
      if (this.list !== list) return;
      list.fill(page);
      this.count();
      this.drawStatus();
      void this.env.api.act("read", { channel, thread_ts: ts }).catch(() => {});
    } catch (error) {
      fail(error);
    }
  }

  /**
   * @param {string} channel
   * @param {string} ts
   */
  async read(channel, ts) {
    const page = await this.env.api.read("messages", { channel, thread_ts: ts });
    const notices = [...(this.env.store.notices.get(channel)?.values() ?? [])].filter((one) => one.thread_ts === ts);
    return { ...page, messages: [...page.messages, ...notices].sort((a, b) => Number(a.ts) - Number(b.ts)) };
  }

  count() {
    const { list, counter } = this;
    if (!list || !counter) return;
    const replies = list.messages.filter((one) => !one.is_ephemeral).length - 1;
    counter.firstElementChild.textContent = replies > 0 ? `${replies} ${replies === 1 ? "reply" : "replies"}` : "";
    counter.hidden = replies <= 0;
  }

  drawStatus() {
    if (!this.status || !this.list) return;
    const said = this.env.store.statuses.get(`${this.channel}:${this.ts}`) ?? "";
    this.status.hidden = !said;
    this.status.replaceChildren(...(said ? [h("i", { class: "dots" }, h("i"), h("i"), h("i")), h("span", {}, `${this.env.store.app.name} ${said}`)] : []));
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
    this.channel = "";
    this.ts = "";
    this.list = null;
  }
}
