/** A list of messages: a stretch of a conversation that grows at both ends, of which a window is drawn. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./notices.js";
import { Row } from "./row.js";
import { Window } from "./window.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {import("./store.js").Message} Message
 * @typedef {{key: string, message: Message, row: Row|null, height: number}} Entry
 * @typedef {{messages: Message[], has_older: boolean, has_newer: boolean}} Page
 */

const NEAR_PX = 80;
const LOAD_PX = 2400;

/**
 * @param {HTMLElement} node
 * @param {Record<string, string>} attributes
 */
function mark(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

export class MessageList {
  /**
   * @param {Env} env
   * @param {string} channel
   * @param {{label: string, inThread?: boolean, openThread?: (ts: string) => void, read: (where: Record<string, string>) => Promise<Page>, intro?: HTMLElement|null, afterFirst?: HTMLElement|null}} options
   */
  constructor(env, channel, { label, inThread = false, openThread = () => {}, read, intro, afterFirst = null }) {
    this.env = env;
    this.channel = channel;
    this.read = read;
    this.afterFirst = afterFirst;
    this.label = label;
    this.rowOptions = { inThread, openThread, dismiss: (/** @type {string} */ ts) => this.dismiss(ts) };
    /** @type {Entry[]} oldest first */
    this.entries = [];
    /** @type {Map<string, Entry>} */
    this.byTs = new Map();
    this.older = false;
    this.newer = false;
    this.stuck = true;
    this.top = 0;
    this.loading = false;
    /** @type {Set<(() => void)[]>} what arrived during each reading under way */
    this.arrived = new Set();
    /** whether something came below that was not seen */
    this.missed = false;
    /** the message that Tab reaches */
    this.stop = "";
    this.intro = h("div", { class: "intro-slot", hidden: true }, intro);
    this.list = h("div", { class: "rows" });
    const inner = h("div", { class: "list-inner" }, this.intro, this.list);
    this.jumpWords = h("span", {});
    this.jump = h("button", { class: "jump", type: "button", hidden: true, testid: "jump", onclick: () => void this.toNewest() }, icon("arrow", 16), this.jumpWords);
    this.scroller = h("div", { class: "scroller", tabIndex: 0, role: "region", "aria-label": label, onscroll: () => this.scrolled() }, inner);
    this.node = h("div", { class: "list" }, this.scroller, this.jump);
    this.window = new Window(this.scroller, this.list, {
      make: (entry) => new Row(env, channel, entry.message, this.rowOptions),
      drop: (entry) => {
        if (!entry.row.surface.touched.size) entry.row = null;
      },
      drawn: () => this.drawn(),
    });
    this.window.reset(this.entries);
    const resized = new ResizeObserver(() => {
      if (this.stuck && !this.newer) this.scroller.scrollTop = this.scroller.scrollHeight;
      else this.window.keep();
    });
    resized.observe(inner);
    resized.observe(this.scroller);
    this.list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.walk(event));
  }

  /** @returns {Message[]} */
  get messages() {
    return this.entries.map((entry) => entry.message);
  }

  /**
   * Read a stretch and use it, and then what arrived while it was read: that may be younger.
   *
   * @param {Record<string, string>} where
   * @param {(page: Page) => void} use
   */
  async show(where, use = (page) => this.fill(page)) {
    /** @type {(() => void)[]} */
    const arrived = [];
    this.arrived.add(arrived);
    try {
      use(await this.read(where));
    } finally {
      this.arrived.delete(arrived);
    }
    for (const happen of arrived) happen();
  }

  /**
   * Show another stretch.
   *
   * @param {Page} page its messages oldest first
   */
  fill({ messages, has_older: older, has_newer: newer }) {
    this.entries = messages.map((message) => ({ key: message.ts, message, row: null, height: 0 }));
    this.byTs = new Map(this.entries.map((entry) => [entry.key, entry]));
    this.older = older;
    this.newer = newer;
    this.intro.hidden = older || !this.intro.firstChild;
    this.window.reset(this.entries);
    if (newer) this.window.draw(0, this.entries.length);
    else this.toEnd();
  }

  /** What has to be right whenever other rows are drawn: places in the feed, one stop for Tab. */
  drawn() {
    const { from, to } = this.window;
    if (this.entries.length) mark(this.list, { role: "feed", "aria-label": this.label });
    else for (const name of ["role", "aria-label"]) this.list.removeAttribute(name); // an empty feed is none
    const all = this.older || this.newer ? -1 : this.entries.length;
    const at = this.index(this.stop);
    if (at < from || at >= to) this.stop = this.entries[to - 1]?.key ?? "";
    for (let i = from; i < to; i += 1) {
      const { row, key } = this.entries[i];
      if (row) mark(row.article, { "aria-posinset": String(i + 1), "aria-setsize": String(all), tabindex: key === this.stop ? "0" : "-1" });
    }
    const first = this.afterFirst && from === 0 ? this.entries[0]?.row : null;
    if (first && this.afterFirst?.parentNode !== first.node) first.node.append(/** @type {HTMLElement} */ (this.afterFirst));
  }

  /** @param {string} ts @returns {number} where it stands, or would */
  index(ts) {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Number(this.entries[middle].key) < Number(ts)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Add a message or bring it up to date; one beyond the stretch that is shown is left to be loaded.
   *
   * @param {Message} message
   */
  upsert(message) {
    for (const arrived of this.arrived) arrived.push(() => this.upsert(message));
    const known = this.byTs.get(message.ts);
    if (known) {
      known.message = message;
      known.row?.update(message);
      return this.redraw();
    }
    const at = this.index(message.ts);
    const mine = message.user === this.env.store.userId;
    if (at === this.entries.length && this.newer) {
      if (mine) void this.toNewest();
      else this.offer(true);
      return;
    }
    if (at === 0 && this.older) return;
    const entry = { key: message.ts, message, row: null, height: 0 };
    const { from, to } = this.window;
    this.entries.splice(at, 0, entry);
    this.byTs.set(message.ts, entry);
    if (at < from) [this.window.from, this.window.to] = [from + 1, to + 1];
    else if (at <= to) this.window.to = to + 1;
    if (mine || this.stuck) this.toEnd();
    else {
      this.redraw();
      if (at === this.entries.length - 1) this.offer(true);
    }
  }

  /**
   * Offer the way to the newest message when it is far, or when something came there.
   *
   * @param {boolean} missed
   */
  offer(missed) {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.missed = missed;
    this.jump.hidden = !missed && !this.newer && scrollHeight - scrollTop - clientHeight < 2 * clientHeight;
    this.jumpWords.textContent = missed ? "New messages" : "Jump to newest";
  }

  /** @param {string} ts */
  remove(ts) {
    for (const arrived of this.arrived) arrived.push(() => this.remove(ts));
    const entry = this.byTs.get(ts);
    if (!entry) return;
    const at = this.entries.indexOf(entry);
    const { from, to } = this.window;
    this.window.take(entry);
    this.entries.splice(at, 1);
    this.byTs.delete(ts);
    if (at < from) this.window.from = from - 1;
    if (at < to) this.window.to = to - 1;
    this.redraw();
  }

  redraw() {
    this.window.draw(this.window.from, this.window.to);
  }

  /** @param {string} ts */
  dismiss(ts) {
    this.env.store.dropNotice(this.channel, ts);
    this.remove(ts);
  }

  /** @param {any} file that changed */
  refreshFile(file) {
    for (const { message, row } of this.entries) if (message.files?.some((one) => one.id === file.id)) row?.patchFiles(true);
  }

  toEnd() {
    this.stuck = true;
    const { from, to } = this.window;
    if (to < this.entries.length || to - from > 200 || from === to) this.window.end();
    else this.redraw();
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.offer(false);
  }

  /** Go to the newest message, wherever the stretch that is shown ends. */
  async toNewest() {
    if (this.newer) await this.show({});
    else this.toEnd();
    this.scroller.focus({ preventScroll: true });
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = !this.newer && scrollHeight - scrollTop - clientHeight < NEAR_PX;
    // What arrives may open a gap below before it is scrolled to; only going up lets go of the end.
    if (near || scrollTop < this.top) this.stuck = near;
    this.top = scrollTop;
    this.window.scrolled();
    this.offer(this.missed && !near);
    if (this.older && scrollTop < LOAD_PX) void this.more("older");
    else if (this.newer && scrollHeight - scrollTop - clientHeight < LOAD_PX) void this.more("newer");
  }

  /**
   * Load the page before or after what is shown, keeping what is read in place.
   *
   * @param {"older"|"newer"} which
   */
  async more(which) {
    if (this.loading || !this.entries.length) return;
    this.loading = true;
    this.list.setAttribute("aria-busy", "true");
    const { entries } = this;
    const edge = which === "older" ? { before_ts: entries[0].key } : { after_ts: /** @type {Entry} */ (entries.at(-1)).key };
    try {
      await this.show(/** @type {any} */ (edge), (page) => this.join(which, entries, page));
      if (this.entries !== entries) return;
    } finally {
      this.loading = false;
      this.list.removeAttribute("aria-busy");
    }
    this.scrolled();
  }

  /**
   * @param {"older"|"newer"} which
   * @param {Entry[]} entries what was shown when the page was asked for
   * @param {Page} page
   */
  join(which, entries, page) {
    if (this.entries !== entries) return;
    const fresh = page.messages.filter((one) => !this.byTs.has(one.ts)).map((message) => ({ key: message.ts, message, row: null, height: 0 }));
    for (const entry of fresh) this.byTs.set(entry.key, entry);
    const { from, to } = this.window;
    if (which === "older") {
      entries.unshift(...fresh);
      this.older = page.has_older;
      this.intro.hidden = this.older || !this.intro.firstChild;
      [this.window.from, this.window.to] = [from + fresh.length, to + fresh.length];
    } else {
      entries.push(...fresh);
      this.newer = page.has_newer;
    }
    this.redraw();
  }

  /**
   * Bring one message into view and mark it for a moment, loading the stretch around it if need be.
   *
   * @param {string} ts
   */
  async point(ts) {
    if (!this.byTs.has(ts)) await this.show({ around_ts: ts });
    const at = this.index(ts);
    if (this.entries[at]?.key !== ts) return toast("That message is not here any more.", "error");
    this.stuck = false;
    const article = this.reach(at);
    article.scrollIntoView({ block: "center" });
    this.window.hold(at);
    article.addEventListener("animationend", () => article.classList.remove("pointed-at"), { once: true });
    article.classList.add("pointed-at");
  }

  /** @param {number} at @returns {HTMLElement} its article, drawn */
  reach(at) {
    if (at < this.window.from || at >= this.window.to) this.window.around(at);
    return /** @type {Row} */ (this.entries[at].row).article;
  }

  /** @param {KeyboardEvent} event arrow keys walk from message to message */
  walk(event) {
    const here = /** @type {HTMLElement} */ (event.target);
    if (!here.matches("article")) return;
    const at = this.index(here.dataset.ts ?? "");
    /** @type {Record<string, number>} */
    const moves = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: this.entries.length - 1 };
    const next = this.entries[moves[event.key]];
    if (!next) return;
    event.preventDefault();
    here.setAttribute("tabindex", "-1");
    const article = this.reach(moves[event.key]);
    this.stop = next.key;
    article.setAttribute("tabindex", "0");
    article.focus();
  }
}
