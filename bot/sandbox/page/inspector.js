/** The inspector: every call, event, interaction and refusal between Slack and the app, with its JSON. */

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { fail } from "./notices.js";

/** @typedef {import("./surface.js").Env} Env */

const KEPT = 500;
/** @type {Record<string, string>} */
const KIND_WORDS = { call: "Calls", event: "Events", interaction: "Interactions", response: "Responses", refused: "Refused" };
const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * @param {any} value
 * @returns {HTMLElement} indented JSON, tinted
 */
function pretty(value) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const pre = h("pre", { class: "json", tabIndex: 0 });
  let from = 0;
  for (const match of text.slice(0, 40_000).matchAll(TOKENS)) {
    pre.append(text.slice(from, match.index));
    const kind = match[2] ? "key" : match[1] ? "string" : match[3] ? "word" : "number";
    pre.append(h("span", { class: `json-${kind}` }, match[1] ?? match[0]), match[2] ?? "");
    from = match.index + match[0].length;
  }
  pre.append(text.slice(from));
  return pre;
}

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
    this.list = h("div", { class: "log", role: "list" });
    env.store.on("log", ({ entry }) => {
      if (!this.root.hidden) this.add(entry);
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
  }

  async open() {
    const filter = h("select", { class: "field inspector-kind", "aria-label": "Kind", onchange: () => this.filter(filter.value, this.query) },
      h("option", { value: "" }, "Everything"), Object.keys(KIND_WORDS).map((kind) => h("option", { value: kind, ...(kind === this.kind ? { selected: true } : {}) }, KIND_WORDS[kind])));
    const search = h("input", { class: "field inspector-search", type: "search", placeholder: "Filter by name", "aria-label": "Filter by name", value: this.query, oninput: () => this.filter(this.kind, search.value) });
    this.root.replaceChildren(
      h("header", { class: "pane-head" }, h("div", { class: "pane-title" }, h("h2", {}, "Inspector"), h("span", { class: "pane-sub" }, "What passes between Slack and the app")),
        h("button", { class: "icon-button", type: "button", "aria-label": "Close inspector", onclick: () => this.close() }, icon("close", 18))),
      h("div", { class: "inspector-bar" }, filter, search), this.list);
    this.root.hidden = false;
    this.changed();
    try {
      const { entries } = await this.env.api.read("log", { after: this.last, limit: 200 });
      for (const entry of entries) this.add(entry);
    } catch (error) {
      fail(error);
    }
  }

  /**
   * @param {string} kind
   * @param {string} query
   */
  filter(kind, query) {
    this.kind = kind;
    this.query = query.toLowerCase();
    for (const node of /** @type {HTMLCollectionOf<HTMLElement>} */ (this.list.children)) node.hidden = !this.fits(node);
  }

  /** @param {HTMLElement} node */
  fits(node) {
    return (!this.kind || node.dataset.kind === this.kind) && (!this.query || (node.dataset.name ?? "").includes(this.query));
  }

  /** @param {any} entry */
  add(entry) {
    if (entry.n <= this.last) return;
    this.last = entry.n;
    const bad = entry.kind === "refused" || Number(entry.status) >= 400 || entry.response?.ok === false;
    const detail = h("div", { class: "log-detail", hidden: true });
    const head = h("button", { class: "log-head", type: "button", "aria-expanded": "false", onclick: () => {
      if (!detail.childElementCount) this.fillDetail(detail, entry);
      detail.hidden = !detail.hidden;
      head.setAttribute("aria-expanded", String(!detail.hidden));
    } },
      h("span", { class: `log-kind log-${entry.kind}` }, entry.kind), h("span", { class: "log-name" }, entry.name),
      h("span", { class: bad ? "log-status bad" : "log-status" }, entry.response?.error ?? entry.status ?? ""),
      h("span", { class: "log-ms" }, entry.ms === null || entry.ms === undefined ? "" : `${Math.round(entry.ms)} ms`));
    const node = h("div", { class: "log-entry", role: "listitem", testid: "log-entry", dataset: { kind: entry.kind, name: String(entry.name).toLowerCase() } }, head, detail);
    node.hidden = !this.fits(node);
    this.list.prepend(node);
    if (this.list.childElementCount > KEPT) this.list.lastElementChild?.remove();
  }

  /**
   * @param {HTMLElement} detail
   * @param {any} entry
   */
  fillDetail(detail, entry) {
    if (entry.reason) detail.append(h("p", { class: "log-reason" }, icon("warn", 15), entry.reason));
    for (const [title, value] of [["Request", entry.request], ["Response", entry.response]]) {
      if (value !== undefined && value !== null) detail.append(h("h3", {}, title), pretty(value));
    }
  }
}
