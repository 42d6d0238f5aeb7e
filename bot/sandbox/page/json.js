/** JSON as a tree that folds, tinted, with one place in it marked. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./notices.js";

const OPEN_DEPTH = 2;
const LONG_TEXT = 600;

/**
 * @param {any} value
 * @returns {any} what a text holds, when it is JSON that Slack takes as text
 */
export function unpacked(value) {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * @param {any} root
 * @param {string} pointer such as /blocks/0/text
 * @returns {{keys: string[], value: any}|null} the part it names, or the nearest one around it
 */
export function resolve(root, pointer) {
  const keys = pointer.split("/").slice(1).map((key) => key.replace(/~1/g, "/").replace(/~0/g, "~"));
  /** @type {string[]} */
  const found = [];
  let value = unpacked(root);
  for (const key of keys) {
    if (value === null || typeof value !== "object" || !(key in value)) break;
    value = unpacked(value[key]);
    found.push(key);
  }
  return found.length ? { keys: found, value } : null;
}

/**
 * @param {string} text
 * @param {string} kind
 */
function leaf(text, kind) {
  if (text.length <= LONG_TEXT) return h("span", { class: `json-${kind}` }, text);
  const more = h("button", { class: "link-button", type: "button", onclick: () => node.replaceChildren(text) }, `show all ${text.length} characters`);
  const node = h("span", { class: `json-${kind}` }, `${text.slice(0, LONG_TEXT)}… `, more);
  return node;
}

/** @param {string} key */
function named(key) {
  return key === "" ? null : [h("span", { class: "json-key" }, /^\d+$/.test(key) ? key : JSON.stringify(key)), ": "];
}

/**
 * @param {string} key
 * @param {any} given
 * @param {string[]|null} marked the rest of the way to the marked place
 * @param {number} depth
 * @returns {HTMLElement}
 */
function node(key, given, marked, depth) {
  const value = unpacked(given);
  const here = marked?.length === 0 ? "json-marked" : "";
  if (value === null || typeof value !== "object") {
    const kind = typeof value === "string" ? "string" : typeof value === "number" ? "number" : "word";
    return h("div", { class: `json-line ${here}` }, named(key), leaf(JSON.stringify(value), kind));
  }
  const entries = Object.entries(value);
  const [open, shut] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (!entries.length) return h("div", { class: `json-line ${here}` }, named(key), `${open}${shut}`);
  const inside = h("div", { class: "json-inside" });
  const words = [value.type, value.action_id ?? value.block_id].filter((one) => typeof one === "string").join(" ") || `${entries.length} ${entries.length === 1 ? "entry" : "entries"}`;
  const fill = () => {
    if (inside.childElementCount) return;
    for (const [name, part] of entries) inside.append(node(name, part, marked && marked[0] === name ? marked.slice(1) : null, depth + 1));
  };
  const fold = h("details", { class: `json-node ${here}`, ontoggle: fill },
    h("summary", {}, named(key), open, h("span", { class: "json-words" }, words, value !== given ? " (JSON in a text)" : ""), shut), inside);
  if (depth < OPEN_DEPTH || marked) {
    fill();
    fold.open = true;
  }
  return fold;
}

/**
 * @param {string} title
 * @param {any} value
 * @param {string} [pointer] the place to mark
 * @returns {HTMLElement} a section with the tree and a button that copies it
 */
export function jsonSection(title, value, pointer = "") {
  const text = () => JSON.stringify(value, null, 2);
  return h("section", { class: "json-section" },
    h("header", {}, h("h3", {}, title), copyButton(`Copy ${title.toLowerCase()} as JSON`, text)),
    h("div", { class: "json" }, node("", value, pointer ? resolve(value, pointer)?.keys ?? null : null, 0)));
}

/**
 * @param {string} label
 * @param {() => string} text
 */
export function copyButton(label, text) {
  const copy = () => navigator.clipboard?.writeText(text()).then(() => toast("Copied"), () => toast("The browser did not allow copying.", "error"));
  return h("button", { class: "icon-button", type: "button", title: label, "aria-label": label, onclick: copy }, icon("copy", 15));
}
