/** The markdown block: a plain subset of standard Markdown as DOM nodes. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE = /(`[^`\n]+`)|(!?)\[([^\]\n]*)\]\(([^)\s]+)\)|(\*\*|__)(?=\S)([\s\S]*?\S)\5|(\*|_)(?=\S)([^*_\n]*?\S)\7(?![\p{L}\p{N}])|~~(?=\S)([\s\S]*?\S)~~/gu;

/**
 * @param {string} text
 * @returns {Node[]}
 */
function spans(text) {
  /** @type {Node[]} */
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(...withEmoji(text.slice(from, match.index)));
    const [whole, code, , label, url, , bold, , italic, strike] = match;
    if (code) nodes.push(h("code", {}, code.slice(1, -1)));
    else if (url) nodes.push(link(url, label || url));
    else if (bold) nodes.push(h("strong", {}, spans(bold)));
    else if (italic) nodes.push(h("em", {}, spans(italic)));
    else if (strike) nodes.push(h("s", {}, spans(strike)));
    from = match.index + whole.length;
  }
  nodes.push(...withEmoji(text.slice(from)));
  return nodes;
}

/** @param {string} row @returns {string[]} */
function cells(row) {
  return row.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
}

/**
 * @param {string[]} rows header, rule, then body
 * @returns {HTMLElement}
 */
function table(rows) {
  const head = h("tr", {}, cells(rows[0]).map((cell) => h("th", {}, spans(cell))));
  const body = rows.slice(2).map((row) => h("tr", {}, cells(row).map((cell) => h("td", {}, spans(cell)))));
  return h("div", { class: "table-scroll" }, h("table", {}, h("thead", {}, head), h("tbody", {}, body)));
}

/**
 * @param {string} text standard Markdown
 * @returns {HTMLElement}
 */
export function markdown(text) {
  const root = h("div", { class: "mrkdwn markdown" });
  const all = text.split("\n");
  /** @type {string[]} */
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) root.append(h("p", {}, spans(paragraph.join("\n"))));
    paragraph = [];
  };
  for (let i = 0; i < all.length; i += 1) {
    const one = all[i];
    const fence = /^\s*```/.test(one);
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(one);
    const item = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/.exec(one);
    if (fence) {
      flush();
      const end = all.findIndex((later, j) => j > i && /^\s*```/.test(later));
      const stop = end < 0 ? all.length : end;
      root.append(h("pre", {}, all.slice(i + 1, stop).join("\n")));
      i = stop;
    } else if (heading) {
      flush();
      root.append(h("div", { class: `heading heading-${Math.min(heading[1].length, 3)}`, role: "heading", "aria-level": String(heading[1].length + 2) }, spans(heading[2])));
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(one)) {
      flush();
      root.append(h("hr"));
    } else if (item) {
      flush();
      const bullet = item[3] === undefined ? (/\d/.test(item[2]) ? item[2] : "•") : item[3].trim() ? "☑" : "☐";
      root.append(h("div", { class: "item", style: { "--depth": String(Math.min(Math.floor(item[1].length / 2), 4)) } }, h("span", { class: "bullet" }, bullet), h("span", {}, spans(item[4]))));
    } else if (/^\s*>/.test(one)) {
      flush();
      let end = i;
      while (end + 1 < all.length && /^\s*>/.test(all[end + 1])) end += 1;
      root.append(h("blockquote", {}, spans(all.slice(i, end + 1).map((line) => line.replace(/^\s*>\s?/, "")).join("\n"))));
      i = end;
    } else if (one.includes("|") && /^[\s|:-]+$/.test(all[i + 1] ?? "") && (all[i + 1] ?? "").includes("-")) {
      flush();
      let end = i + 1;
      while (end + 1 < all.length && all[end + 1].includes("|")) end += 1;
      root.append(table(all.slice(i, end + 1)));
      i = end;
    } else if (one.trim()) {
      paragraph.push(one);
    } else {
      flush();
    }
  }
  flush();
  return root;
}
