/** Attachments below a message: an app's previews of links, and the older kind with a coloured edge. */

import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { link, mrkdwn } from "./mrkdwn.js";

/** @typedef {import("./surface.js").Surface} Surface */

/** @type {Record<string, string>} the colours that Slack has names for */
const NAMED = { good: "var(--go)", warning: "#d8a23a", danger: "var(--danger)" };

/** @param {any} color @returns {string} */
function edge(color) {
  if (typeof color !== "string") return "var(--line-strong)";
  return NAMED[color] ?? (/^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace("#", "")}` : "var(--line-strong)");
}

/** @param {string} url @returns {string} */
function host(url) {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** @param {any} attachment @param {Surface} surface */
function one(attachment, surface) {
  const { store } = surface.env;
  const blocks = h("div", { class: "blocks" });
  renderBlocks(blocks, attachment.blocks ?? [], surface);
  const said = (/** @type {string|undefined} */ text, /** @type {string} */ name) => (text ? h("div", { class: name }, mrkdwn(store, text)) : null);
  const title = attachment.title && attachment.title_link ? link(attachment.title_link, attachment.title) : attachment.title;
  const fields = (attachment.fields ?? []).map((/** @type {any} */ field) => h("div", { class: "field-text" }, h("strong", {}, field.title ?? ""), said(field.value, "section-text")));
  return h("div", { class: "attachment", testid: "attachment" },
    attachment.from_url ? h("div", { class: "attachment-from" }, store.app.name, " · ", link(attachment.from_url, host(attachment.from_url))) : null,
    said(attachment.pretext, "section-text"),
    title ? h("strong", { class: "attachment-title" }, title) : null,
    said(attachment.text, "section-text"),
    fields.length ? h("div", { class: "fields" }, fields) : null,
    blocks,
    attachment.footer ? h("div", { class: "context" }, attachment.footer) : null);
}

/**
 * @param {any[]} attachments
 * @param {Surface} surface
 * @returns {HTMLElement[]}
 */
export function renderAttachments(attachments, surface) {
  return attachments.map((attachment) => {
    const node = one(attachment, surface);
    node.style.setProperty("--edge", edge(attachment.color));
    return node;
  });
}
