/** Slack's mrkdwn and plain text objects as DOM nodes. */

import { h } from "./dom.js";
import { emojiNode, withEmoji } from "./emoji.js";
import { dateToken } from "./time.js";

/** @typedef {import("./store.js").Store} Store */

/** @param {string} text @returns {string} with Slack's three escapes undone */
export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/**
 * @param {string} url
 * @param {Child|Child[]} label
 * @returns {HTMLElement} a link, or plain words for an address a browser should not follow
 * @typedef {import("./dom.js").Child} Child
 */
export function link(url, label) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return h("span", {}, label);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

/**
 * @param {Store} store
 * @param {string} id
 */
export function userMention(store, id) {
  const mine = id === store.userId;
  return h("span", { class: mine ? "mention mention-me" : "mention", dataset: { user: id } }, `@${store.userName(id)}`);
}

/**
 * @param {Store} store
 * @param {string} id
 * @param {string} [label]
 */
export function channelMention(store, id, label) {
  const known = store.channels.has(id);
  const name = known ? store.channelName(id) : label || "private channel";
  if (!known) return h("span", { class: "mention" }, `#${name}`);
  return h("a", { class: "mention", href: `#/${id}` }, `#${name}`);
}

/**
 * What stands between angle brackets.
 *
 * @param {Store} store
 * @param {string} body
 * @returns {Node}
 */
function token(store, body) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? "" : unescape(body.slice(bar + 1));
  if (target.startsWith("@")) return userMention(store, target.slice(1));
  if (target.startsWith("#")) return channelMention(store, target.slice(1), label);
  if (target.startsWith("!date^")) {
    const [, seconds, template = "", url] = target.split("^");
    const said = dateToken(store, Number(seconds), unescape(template), label);
    const time = h("time", { datetime: new Date(Number(seconds) * 1000 || 0).toISOString(), title: label }, said);
    return url ? link(unescape(url), time) : time;
  }
  if (/^!(channel|here|everyone)/.test(target)) return h("span", { class: "mention mention-me" }, `@${target.slice(1)}`);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label || "@group");
  if (target.startsWith("!")) return document.createTextNode(label || `<${target}>`);
  return link(unescape(target), label || unescape(target).replace(/^mailto:/, ""));
}

const WORD = /[\p{L}\p{N}]/u;
/** @type {Record<string, string>} */
const STYLES = { "*": "strong", _: "em", "~": "s" };
const BARE_URL = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/**
 * @param {string} text
 * @param {number} from
 * @param {string} mark
 * @returns {number} where the styled run ends, or -1
 */
function closing(text, from, mark) {
  for (let i = from; i < text.length; i += 1) {
    const c = text[i];
    if (c === "\n") return -1;
    if (c === "<") {
      const end = text.indexOf(">", i);
      if (end > 0) i = end;
    } else if (c === "`" && mark !== "`") {
      const end = text.indexOf("`", i + 1);
      if (end > 0) i = end;
    } else if (c === mark && i > from && !/\s/.test(text[i - 1]) && !WORD.test(text[i + 1] ?? "")) {
      return i;
    }
  }
  return -1;
}

/**
 * @param {Store} store
 * @param {string} text one or several lines
 * @param {boolean} [verbatim] leave bare addresses alone
 * @returns {Node[]}
 */
export function inline(store, text, verbatim = false) {
  /** @type {Node[]} */
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (!plain) return;
    const said = unescape(plain);
    plain = "";
    let from = 0;
    for (const match of verbatim ? [] : said.matchAll(BARE_URL)) {
      nodes.push(...withEmoji(said.slice(from, match.index)), link(match[0], match[0]));
      from = match.index + match[0].length;
    }
    nodes.push(...withEmoji(said.slice(from)));
  };
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    const before = text[i - 1] ?? "";
    if (c === "<") {
      const end = text.indexOf(">", i);
      if (end > i + 1) {
        flush();
        nodes.push(token(store, text.slice(i + 1, end)));
        i = end;
        continue;
      }
    } else if (c === "`") {
      const end = text.indexOf("`", i + 1);
      if (end > i + 1 && !text.slice(i, end).includes("\n")) {
        flush();
        nodes.push(h("code", {}, unescape(text.slice(i + 1, end))));
        i = end;
        continue;
      }
    } else if (STYLES[c] && !WORD.test(before) && before !== c && !/\s/.test(text[i + 1] ?? " ")) {
      const end = closing(text, i + 1, c);
      if (end > i + 1) {
        flush();
        nodes.push(h(STYLES[c], {}, inline(store, text.slice(i + 1, end), verbatim)));
        i = end;
        continue;
      }
    } else if (c === ":") {
      const match = /^:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/.exec(text.slice(i, i + 60));
      const node = match && emojiNode(match[1]);
      if (match && node) {
        flush();
        nodes.push(node);
        i += match[0].length - 1;
        continue;
      }
    }
    plain += c;
  }
  flush();
  return nodes;
}

const LIST_ITEM = /^(\s*)(•|◦|▪|-|\d{1,3}[.)])\s+(.*)$/;

/**
 * @param {Store} store
 * @param {string} text without fenced code
 * @param {boolean} verbatim
 * @returns {Node[]}
 */
function lines(store, text, verbatim) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {string[]} */
  let quoted = [];
  /** @type {string[]} */
  let said = [];
  const flushSaid = () => {
    if (said.length) nodes.push(h("div", { class: "line" }, inline(store, said.join("\n"), verbatim)));
    said = [];
  };
  const flushQuote = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, lines(store, quoted.join("\n"), verbatim)));
    quoted = [];
  };
  for (const one of text.split("\n")) {
    const quote = /^\s*(?:&gt;|>)\s?(.*)$/.exec(one);
    if (quote) {
      flushSaid();
      quoted.push(quote[1]);
      continue;
    }
    flushQuote();
    const item = LIST_ITEM.exec(one);
    if (item) {
      flushSaid();
      const depth = Math.min(Math.floor(item[1].length / 2), 4);
      nodes.push(
        h("div", { class: "item", style: { "--depth": String(depth) } },
          h("span", { class: "bullet" }, item[2] === "-" ? "•" : item[2]),
          h("span", {}, inline(store, item[3], verbatim))),
      );
    } else {
      said.push(one);
    }
  }
  flushQuote();
  flushSaid();
  return nodes;
}

/**
 * @param {Store} store
 * @param {string} text Slack's mrkdwn
 * @param {{verbatim?: boolean}} [options]
 * @returns {HTMLElement}
 */
export function mrkdwn(store, text, { verbatim = false } = {}) {
  const root = h("div", { class: "mrkdwn" });
  text.split("```").forEach((part, index, parts) => {
    const fenced = index % 2 === 1 && index < parts.length - 1;
    if (fenced) {
      root.append(h("pre", {}, unescape(part.replace(/^\n|\n$/g, "").replace(/<([^>|]*)(?:\|([^>]*))?>/g, (_, a, b) => b ?? a))));
      return;
    }
    const loose = index % 2 === 1 ? "```" + part : part;
    const trimmed = index > 0 ? loose.replace(/^\n/, "") : loose;
    if (trimmed.trim() || parts.length === 1) root.append(...lines(store, trimmed.replace(/\n$/, ""), verbatim));
  });
  return root;
}

/**
 * @param {Store} store
 * @param {any} object a text object, or a string
 * @returns {Node[]} inline nodes: plain_text with its emoji, or mrkdwn
 */
export function textNodes(store, object) {
  if (!object) return [];
  if (typeof object === "string") return withEmoji(object);
  if (object.type === "mrkdwn") return [mrkdwn(store, object.text ?? "", { verbatim: object.verbatim })];
  return object.emoji === false ? [document.createTextNode(object.text ?? "")] : withEmoji(object.text ?? "");
}

/**
 * @param {any} object a text object, or a string
 * @returns {string} the bare words, for labels
 */
export function textOf(object) {
  if (!object) return "";
  return typeof object === "string" ? object : String(object.text ?? "");
}
