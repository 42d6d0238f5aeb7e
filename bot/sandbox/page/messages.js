/** A list of messages that grows at both ends and never draws itself anew. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { Row } from "./row.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {import("./store.js").Message} Message
 */

const NEAR_PX = 80;

export class MessageList {
  /**
   * @param {Env} env
   * @param {string} channel
   * @param {{label: string, inThread?: boolean, openThread?: (ts: string) => void, before?: (ts: string) => Promise<Message[]>, intro?: HTMLElement|null}} options
   */
  constructor(env, channel, { label, inThread = false, openThread = () => {}, before, intro }) {
    this.env = env;
    this.channel = channel;
    this.before = before;
    this.rowOptions = { inThread, openThread, dismiss: (/** @type {string} */ ts) => this.dismiss(ts) };
    /** @type {Row[]} oldest first */
    this.rows = [];
    /** @type {Map<string, Row>} */
    this.byTs = new Map();
    this.stuck = true;
    this.top = 0;
    this.loading = false;
    this.complete = !before;
    this.intro = h("div", { class: "intro-slot", hidden: !intro }, intro);
    this.list = h("div", { class: "rows", role: "log", "aria-live": "off", "aria-relevant": "additions", "aria-label": label });
    this.foot = h("div", { class: "list-foot" });
    const inner = h("div", { class: "list-inner" }, this.intro, this.list, this.foot);
    this.jump = h("button", { class: "jump", type: "button", hidden: true, onclick: () => this.toEnd(true) }, icon("arrow", 16), "New messages");
    this.scroller = h("div", { class: "scroller", tabIndex: 0, role: "region", "aria-label": label, onscroll: () => this.scrolled() }, inner);
    this.node = h("div", { class: "list" }, this.scroller, this.jump);
    const resized = new ResizeObserver(() => {
      if (this.stuck) this.toEnd(false);
    });
    resized.observe(inner);
    resized.observe(this.scroller);
    this.list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.walk(event));
  }

  /** @param {Message[]} messages oldest first */
  fill(messages) {
    this.list.replaceChildren();
    this.rows = [];
    this.byTs.clear();
    for (const message of messages) this.insert(message);
    this.decorate(0, this.rows.length);
    this.rows.at(-1)?.article.setAttribute("tabindex", "0");
    this.toEnd(false);
    window.setTimeout(() => this.list.setAttribute("aria-live", "polite"), 300);
  }

  /**
   * @param {Message} message
   * @returns {number} where it stands
   */
  insert(message) {
    const row = new Row(this.env, this.channel, message, this.rowOptions);
    let at = this.rows.length;
    while (at > 0 && Number(this.rows[at - 1].message.ts) > Number(message.ts)) at -= 1;
    this.list.insertBefore(row.node, this.rows[at]?.node ?? null);
    this.rows.splice(at, 0, row);
    this.byTs.set(message.ts, row);
    return at;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  decorate(from, to) {
    for (let i = Math.max(from, 0); i < Math.min(to, this.rows.length); i += 1) this.rows[i].decorate(this.rows[i - 1]);
  }

  /**
   * Add a message or bring it up to date.
   *
   * @param {Message} message
   */
  upsert(message) {
    const known = this.byTs.get(message.ts);
    if (known) {
      known.update(message);
      this.decorate(this.rows.indexOf(known), this.rows.indexOf(known) + 2);
      return;
    }
    const at = this.insert(message);
    this.decorate(at, at + 2);
    const mine = message.user === this.env.store.userId;
    if (mine) this.toEnd(false);
    else if (!this.stuck && at === this.rows.length - 1) this.jump.hidden = false;
  }

  /** @param {string} ts */
  remove(ts) {
    const row = this.byTs.get(ts);
    if (!row) return;
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.byTs.delete(ts);
    row.node.remove();
    this.decorate(at, at + 1);
  }

  /** @param {string} ts */
  dismiss(ts) {
    this.env.store.dropNotice(this.channel, ts);
    this.remove(ts);
  }

  /** @param {any} file that changed */
  refreshFile(file) {
    for (const row of this.rows) if (row.message.files?.some((one) => one.id === file.id)) row.patchFiles(true);
  }

  /** @param {boolean} smooth */
  toEnd(smooth) {
    this.stuck = true;
    this.jump.hidden = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    // What arrives may open a gap below before it is scrolled to; only going up lets go of the end.
    if (near || scrollTop < this.top) this.stuck = near;
    this.top = scrollTop;
    if (this.stuck) this.jump.hidden = true;
    if (scrollTop < 300) void this.more();
  }

  /** Load the page of messages before the first one, keeping what is read in place. */
  async more() {
    if (this.loading || this.complete || !this.before || !this.rows.length) return;
    this.loading = true;
    try {
      const older = await this.before(this.rows[0].message.ts);
      if (!older.length) this.complete = true;
      const height = this.scroller.scrollHeight;
      for (const message of [...older].reverse()) if (!this.byTs.has(message.ts)) this.insert(message);
      this.decorate(0, older.length + 1);
      this.scroller.scrollTop += this.scroller.scrollHeight - height;
    } finally {
      this.loading = false;
    }
  }

  /**
   * Bring one message into view and mark it for a moment.
   *
   * @param {string} ts
   */
  async point(ts) {
    while (!this.byTs.has(ts) && !this.complete && !this.loading) await this.more();
    const article = this.byTs.get(ts)?.article;
    if (!article) return;
    this.stuck = false;
    article.scrollIntoView({ block: "nearest" });
    article.addEventListener("animationend", () => article.classList.remove("pointed-at"), { once: true });
    article.classList.add("pointed-at");
  }

  /** @param {KeyboardEvent} event arrow keys walk from message to message */
  walk(event) {
    const here = /** @type {HTMLElement} */ (event.target);
    if (!here.matches("article") || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const at = this.rows.findIndex((row) => row.article === here);
    const next = this.rows[at + (event.key === "ArrowUp" ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    here.setAttribute("tabindex", "-1");
    next.article.setAttribute("tabindex", "0");
    next.article.focus();
  }
}
