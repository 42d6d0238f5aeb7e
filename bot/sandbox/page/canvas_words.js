/** What stands in a canvas's section, as DOM nodes: words, references, pictures, tables. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { blockPicture } from "./files.js";
import { icon } from "./icons.js";
import { channelMention, link, userMention } from "./mrkdwn.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{kind: string, id: string, url: string}} Embed
 * @typedef {{text: string, bold?: boolean, italic?: boolean, strike?: boolean, code?: boolean, href?: string, embed?: Embed}} Word
 * @typedef {{id: string, kind: string, markdown: string, depth: number, done: boolean, words?: Word[], text?: string, rows?: Word[][][]}} Section
 */

const STYLES = /** @type {const} */ ([["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"]]);
const PICTURE = /\.(png|jpe?g|gif|webp|svg)(\?.*)?$/i;

/** @param {Embed} embed @param {string} alt @returns {boolean} whether it is shown as a picture */
function isPicture({ kind, url }, alt) {
  return kind === "file" || (kind === "web" && (Boolean(alt) || PICTURE.test(url)));
}

/**
 * @param {Env} env
 * @param {Embed} embed
 * @param {string} alt
 * @returns {Node}
 */
function reference(env, embed, alt) {
  const { store } = env;
  if (embed.kind === "user") return userMention(store, embed.id);
  if (embed.kind === "channel") return channelMention(store, embed.id);
  if (isPicture(embed, alt)) {
    const source = embed.kind === "file" ? { slack_file: { id: embed.id } } : { image_url: embed.url };
    return blockPicture(env, { ...source, alt_text: alt }, "canvas-picture");
  }
  const label = alt || { message: "A message", canvas: "A canvas" }[embed.kind] || embed.url;
  return h("span", { class: "canvas-reference" }, icon(embed.kind === "canvas" ? "canvas" : "link", 15), link(embed.url, label));
}

/**
 * @param {Env} env
 * @param {Word[]} words
 * @returns {Node[]}
 */
export function wordNodes(env, words) {
  return words.flatMap((word) => {
    if (word.embed) return [reference(env, word.embed, word.text)];
    /** @type {Node[]} */
    let nodes = word.code ? [document.createTextNode(word.text)] : withEmoji(word.text);
    for (const [name, tag] of STYLES) if (word[name]) nodes = [h(tag, {}, nodes)];
    return word.href ? [link(word.href, nodes)] : nodes;
  });
}

/**
 * @param {Env} env
 * @param {Word[][][]} rows
 */
function table(env, rows) {
  const [head, ...body] = rows;
  return h("div", { class: "table-scroll" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, wordNodes(env, cell))))),
    h("tbody", {}, body.map((row) => h("tr", {}, row.map((cell) => h("td", {}, wordNodes(env, cell))))))));
}

/**
 * @param {Env} env
 * @param {Section} section
 * @param {string} mark what stands before an item of a list
 * @param {((done: boolean) => void)|null} tick checks a task off, for whoever may
 * @returns {HTMLElement}
 */
export function sectionBody(env, section, mark, tick) {
  const words = wordNodes(env, section.words ?? []);
  const item = (/** @type {Node} */ before) => h("div", { class: section.done ? "item done" : "item", style: { "--depth": String(Math.min(section.depth, 6)) } }, before, h("span", { class: "canvas-words" }, words));
  switch (section.kind) {
    case "h1":
    case "h2":
    case "h3":
      return h(/** @type {any} */ ({ h1: "h3", h2: "h4", h3: "h5" })[section.kind], { class: `canvas-heading canvas-${section.kind}` }, words);
    case "divider":
      return h("hr", { class: "divider" });
    case "code":
      return h("pre", {}, section.text ?? "");
    case "quote":
      return h("blockquote", { class: "canvas-words" }, words);
    case "table":
      return table(env, section.rows ?? []);
    case "task":
      return item(h("input", { type: "checkbox", class: "canvas-tick", checked: section.done, disabled: !tick, "aria-label": (section.words ?? []).map((word) => word.text).join("") || "Task", onchange: (/** @type {Event} */ event) => tick?.(/** @type {HTMLInputElement} */ (event.target).checked) }));
    case "bullet":
    case "number":
      return item(h("span", { class: "bullet" }, mark));
    default:
      return h("div", { class: "canvas-words" }, words);
  }
}
