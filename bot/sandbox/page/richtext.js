/** rich_text blocks as DOM nodes. */

import { h } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { channelMention, link, userMention } from "./mrkdwn.js";
import { dateToken } from "./time.js";

/** @typedef {import("./store.js").Store} Store */

/**
 * @param {Node} node
 * @param {any} style
 * @returns {Node}
 */
function styled(node, style) {
  let out = node;
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]]) {
    if (style?.[name]) out = h(tag, {}, out);
  }
  return out;
}

/**
 * @param {Store} store
 * @param {any} element
 * @returns {Node}
 */
function leaf(store, element) {
  switch (element.type) {
    case "text":
      return document.createTextNode(element.text ?? "");
    case "link":
      return link(element.url ?? "", element.text || element.url || "");
    case "user":
      return userMention(store, element.user_id);
    case "channel":
      return channelMention(store, element.channel_id);
    case "usergroup":
      return h("span", { class: "mention" }, "@group");
    case "broadcast":
      return h("span", { class: "mention mention-me" }, `@${element.range}`);
    case "emoji":
      return emojiNode(element.name) ?? document.createTextNode(`:${element.name}:`);
    case "date":
      return h("time", {}, dateToken(store, element.timestamp, element.format ?? "", element.fallback ?? ""));
    case "color":
      return h("span", { class: "swatch" }, h("i", { style: { background: /^#[0-9a-f]{3,8}$/i.test(element.value) ? element.value : "none" } }), element.value);
    default:
      return document.createTextNode(element.text ?? "");
  }
}

/**
 * @param {Store} store
 * @param {any[]} elements
 * @returns {Node[]}
 */
function leaves(store, elements) {
  return (elements ?? []).map((one) => styled(leaf(store, one), one.style));
}

/**
 * @param {Store} store
 * @param {any} part
 * @returns {Node}
 */
function section(store, part) {
  switch (part.type) {
    case "rich_text_list": {
      const tag = part.style === "ordered" ? "ol" : "ul";
      const list = h(tag, { class: "rich-list", style: { "--depth": String(part.indent ?? 0) }, start: part.offset ? part.offset + 1 : null });
      for (const item of part.elements ?? []) list.append(h("li", {}, leaves(store, item.elements)));
      return list;
    }
    case "rich_text_quote":
      return h("blockquote", {}, leaves(store, part.elements));
    case "rich_text_preformatted":
      return h("pre", {}, leaves(store, part.elements));
    default:
      return h("div", { class: "line" }, leaves(store, part.elements));
  }
}

/**
 * @param {Store} store
 * @param {any} block
 * @returns {HTMLElement}
 */
export function richText(store, block) {
  return h("div", { class: "mrkdwn" }, (block.elements ?? []).map((/** @type {any} */ part) => section(store, part)));
}
