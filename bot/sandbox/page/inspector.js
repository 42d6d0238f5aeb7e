/** The inspector: what passes between Slack and the app, and what may be made to fail. */

import { byId, h } from "./dom.js";
import { EntryLine } from "./entry.js";
import { Faults } from "./faults.js";
import { icon } from "./icons.js";
import { copyButton } from "./json.js";
import { fail } from "./notices.js";
import { exact } from "./time.js";

/** @typedef {import("./surface.js").Env} Env */

const KEPT = 500;
/** @type {Record<string, string>} */
const KIND_WORDS = { call: "Calls", event: "Events", interaction: "Interactions", response: "Responses", refused: "Refused" };

export class Inspector {
  /**
   * @param {Env} env
   * @param {{changed: () => void}} options
   */
  constructor(env, { changed }) {
    this.env = env;
    this.changed = changed;
    this.root = byId("inspector");
    this.last = 0;
    this.kind = "";
    this.query = "";
    this.tab = "traffic";
    this.following = true;
    /** @type {any[]} what came while nobody follows */
    this.held = [];
    /** @type {Map<number, EntryLine>} oldest first */
    this.lines = new Map();
    this.list = h("div", { class: "log", role: "list", "aria-label": "Exchanges, newest first" });
    this.faults = new Faults(env);
    env.store.on("log", ({ entry }) => {
      if (!this.root.hidden) this.arrived(entry);
    });
    if (!this.root.hidden) void this.open();
  }

  toggle() {
    if (this.root.hidden) void this.open();
    else this.close();
  }

  close() {
    this.root.hidden = true;
    this.changed();
    /** @type {HTMLElement|null} */ (document.querySelector("[data-testid=inspector-toggle]"))?.focus();
  }

  async open() {
    this.root.hidden = false;
    this.root.onkeydown = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    };
    this.draw();
    this.changed();
    /** @type {HTMLElement|null} */ (this.root.querySelector("[role=tab][aria-selected=true]"))?.focus();
    try {
      const { entries } = await this.env.api.read("log", { after: this.last, limit: KEPT });
      for (const entry of entries) this.put(entry);
    } catch (error) {
      fail(error);
    }
  }

  draw() {
    const tab = (/** @type {string} */ name, /** @type {string} */ label) => h("button", {
      class: "tab", type: "button", role: "tab", id: `inspector-${name}`, testid: `inspector-${name}`, "aria-selected": String(this.tab === name), "aria-controls": "inspector-panel", tabIndex: this.tab === name ? 0 : -1,
      onclick: () => this.turn(name), onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        event.preventDefault();
        this.turn(name === "traffic" ? "faults" : "traffic");
        byId(`inspector-${this.tab}`).focus();
      },
    }, label);
    const panel = h("div", { class: "inspector-panel", id: "inspector-panel", role: "tabpanel", "aria-labelledby": `inspector-${this.tab}` }, this.tab === "traffic" ? [this.bar(), this.list] : this.faults.node);
    this.root.replaceChildren(
      h("header", { class: "pane-head" }, h("div", { class: "pane-title" }, h("h2", {}, "Inspector")),
        h("div", { class: "tabs", role: "tablist", "aria-label": "Inspector" }, tab("traffic", "Traffic"), tab("faults", "Faults")),
        h("button", { class: "icon-button", type: "button", "aria-label": "Close inspector", onclick: () => this.close() }, icon("close", 18))), panel);
    if (this.tab === "faults") void this.faults.load();
  }

  /** @param {string} name */
  turn(name) {
    this.tab = name;
    this.draw();
    byId(`inspector-${name}`).focus();
  }

  bar() {
    const filter = h("select", { class: "field inspector-kind", "aria-label": "Kind", onchange: () => this.filter(filter.value, this.query) },
      h("option", { value: "" }, "Everything"), Object.keys(KIND_WORDS).map((kind) => h("option", { value: kind, ...(kind === this.kind ? { selected: true } : {}) }, KIND_WORDS[kind])));
    const search = h("input", { class: "field inspector-search", type: "search", placeholder: "Name or any text", "aria-label": "Filter by name or text", value: this.query, oninput: () => this.filter(this.kind, search.value) });
    this.pause = h("button", { class: "button inspector-pause", type: "button", testid: "inspector-pause", onclick: () => this.follow(!this.following) });
    this.sayPause();
    const shown = () => JSON.stringify([...this.lines.values()].filter((line) => !line.node.hidden).map((line) => line.entry), null, 2);
    return h("div", { class: "inspector-bar" }, filter, search, this.pause, copyButton("Copy what is listed as JSON", shown));
  }

  sayPause() {
    if (!this.pause) return;
    this.pause.textContent = this.following ? "Pause" : `Go on${this.held.length ? ` (${this.held.length} new)` : ""}`;
    this.pause.setAttribute("aria-pressed", String(!this.following));
  }

  /** @param {boolean} following whether new exchanges show by themselves */
  follow(following) {
    this.following = following;
    if (following) for (const entry of this.held.splice(0)) this.put(entry);
    this.sayPause();
  }

  /**
   * @param {string} kind
   * @param {string} query
   */
  filter(kind, query) {
    this.kind = kind;
    this.query = query.trim().toLowerCase();
    for (const line of this.lines.values()) line.node.hidden = !line.fits(this.kind, this.query);
  }

  /** @param {any} entry of the stream: a new one, or one that got its answer */
  arrived(entry) {
    const known = this.lines.get(entry.n);
    if (known || this.following) return this.put(entry);
    this.held = [...this.held.filter((one) => one.n !== entry.n), entry];
    this.sayPause();
  }

  /** @param {any} entry */
  put(entry) {
    const known = this.lines.get(entry.n);
    if (known) {
      known.update(entry);
      known.node.hidden = !known.fits(this.kind, this.query);
      return;
    }
    if (entry.n <= this.last) return;
    this.last = entry.n;
    const line = new EntryLine(entry, (at) => exact(this.env.store, at));
    this.lines.set(entry.n, line);
    line.node.hidden = !line.fits(this.kind, this.query);
    this.list.prepend(line.node);
    if (this.lines.size <= KEPT) return;
    const [[oldest, { node }]] = this.lines;
    this.lines.delete(oldest);
    node.remove();
  }
}
