/** One exchange in the inspector: its line, and below it why it was refused and what was said. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { copyButton, jsonSection, resolve } from "./json.js";
import { wordsFor } from "./notices.js";

/**
 * @typedef {{n: number, at: number, kind: string, name: string, ms: number, status: number, request: any, response: any, reason?: string, rule?: {code: string, why: string, source: string}}} Exchange
 */

const POINTER = /\[json-pointer:([^\]]+)\]/g;

/** @param {Exchange} entry */
function isBad(entry) {
  return entry.kind === "refused" || entry.status >= 400 || entry.response?.ok === false || Boolean(entry.reason);
}

/** @param {Exchange} entry @returns {string} how it ended, in a word */
function outcome(entry) {
  if (entry.response?.error) return entry.response.error;
  if (entry.rule) return entry.rule.code;
  if (entry.reason) return "failed";
  return entry.status ? String(entry.status) : "waiting";
}

/** @param {Exchange} entry @returns {string[]} the places that Slack's words point at */
function pointers(entry) {
  const words = [...(entry.response?.errors ?? []), ...(entry.response?.response_metadata?.messages ?? []), entry.reason ?? ""].map(String).join("\n");
  return [...new Set([...words.matchAll(POINTER)].map((match) => match[1]))];
}

/**
 * @param {Exchange} entry
 * @returns {HTMLElement|null}
 */
function refusal(entry) {
  if (!isBad(entry) || (!entry.reason && !entry.rule)) return null;
  const objections = (entry.response?.errors ?? []).filter((/** @type {any} */ one) => typeof one === "string");
  const said = objections.length ? objections : [entry.reason ?? ""].filter((one) => one && one !== entry.rule?.code);
  return h("div", { class: "why", testid: "why" },
    icon("warn", 17),
    h("div", {},
      h("p", { class: "why-words" }, entry.rule?.why ?? wordsFor({ message: entry.reason })),
      said.map((/** @type {string} */ line) => h("p", { class: "why-said" }, line)),
      entry.rule ? h("p", { class: "why-rule" }, "Rule: ", entry.rule.source ? h("a", { href: entry.rule.source, target: "_blank", rel: "noopener noreferrer" }, entry.rule.source.replace("https://", "")) : "the sandbox's own control interface") : null));
}

/**
 * @param {Exchange} entry
 * @returns {HTMLElement[]} the parts of the payload that were objected to
 */
function offending(entry) {
  const root = entry.request && Object.keys(entry.request).length ? entry.request : entry.response;
  return pointers(entry).slice(0, 5).flatMap((pointer) => {
    const part = resolve(root, pointer);
    if (!part) return [];
    const section = jsonSection(`What stands at ${pointer}`, part.value);
    section.classList.add("offending");
    section.dataset.testid = "offending";
    return [section];
  });
}

/**
 * @param {HTMLElement} detail
 * @param {Exchange} entry
 * @param {(at: number) => string} clock
 */
function fill(detail, entry, clock) {
  const [first = ""] = pointers(entry);
  const given = entry.request && Object.keys(entry.request).length;
  detail.replaceChildren(
    ...[refusal(entry)].filter((one) => one !== null),
    ...offending(entry),
    ...(given ? [jsonSection(entry.kind === "call" || entry.kind === "refused" ? "Request" : "Payload", entry.request, first)] : []),
    ...(entry.response && Object.keys(entry.response).length ? [jsonSection("Response", entry.response, given ? "" : first)] : []),
    h("div", { class: "log-foot" }, copyButton("Copy the whole entry as JSON", () => JSON.stringify(entry, null, 2)), h("span", {}, `Entry ${entry.n}, ${clock(entry.at)}`)));
}

export class EntryLine {
  /**
   * @param {Exchange} entry
   * @param {(at: number) => string} clock
   */
  constructor(entry, clock) {
    this.entry = entry;
    this.clock = clock;
    this.detail = h("div", { class: "log-detail", hidden: true });
    this.head = h("button", { class: "log-head", type: "button", "aria-expanded": "false", onclick: () => this.toggle() });
    this.node = h("div", { class: "log-entry", role: "listitem", testid: "log-entry" }, this.head, this.detail);
    /** @type {string|null} all its words in small letters, once they were searched */
    this.words = null;
    this.update(entry);
  }

  /** @param {Exchange} entry the same exchange with its answer */
  update(entry) {
    this.entry = entry;
    this.words = null;
    const bad = isBad(entry);
    this.node.dataset.kind = entry.kind;
    this.head.replaceChildren(
      h("span", { class: "log-time" }, this.clock(entry.at).slice(0, 8)),
      h("span", { class: `log-kind log-${entry.kind}` }, entry.kind),
      h("span", { class: "log-name" }, entry.name),
      h("span", { class: bad ? "log-status bad" : "log-status" }, outcome(entry)),
      h("span", { class: "log-ms" }, entry.ms ? `${entry.ms < 10 ? entry.ms.toFixed(1) : Math.round(entry.ms)} ms` : ""));
    if (!this.detail.hidden) fill(this.detail, entry, this.clock);
  }

  toggle() {
    this.detail.hidden = !this.detail.hidden;
    this.head.setAttribute("aria-expanded", String(!this.detail.hidden));
    if (this.detail.hidden) this.detail.replaceChildren();
    else fill(this.detail, this.entry, this.clock);
  }

  /**
   * @param {string} kind
   * @param {string} query in small letters
   */
  fits(kind, query) {
    if (kind && this.entry.kind !== kind) return false;
    if (!query || this.entry.name.toLowerCase().includes(query)) return true;
    this.words ??= JSON.stringify(this.entry).toLowerCase();
    return this.words.includes(query);
  }
}
