/** Changing what one said: a small dialog over the conversation. */

import { freshId, h, trapTab } from "./dom.js";
import { fail } from "./notices.js";
import { raise } from "./overlay.js";

/**
 * @param {import("./store.js").Store} store
 * @param {string} text as stored
 * @returns {string} as it is typed: names instead of ids
 */
function typed(store, text) {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${store.userName(id)}`)
    .replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `#${store.channelName(id)}`)
    .replace(/<([^|>!]+)(?:\|[^>]*)?>/g, "$1")
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/**
 * @param {import("./surface.js").Env} env
 * @param {string} channel
 * @param {import("./store.js").Message} message
 */
export function editMessage({ api, store }, channel, message) {
  const id = freshId("edit");
  const words = h("textarea", { class: "field edit-field", rows: 4, testid: "edit-field", "aria-labelledby": id, value: typed(store, message.text ?? "") });
  const save = async () => {
    try {
      await api.act("edit", { channel, ts: message.ts, text: words.value });
      drop();
    } catch (error) {
      fail(error);
    }
  };
  words.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void save();
  });
  const box = h("div", { class: "dialog dialog-small", role: "dialog", "aria-modal": "true", "aria-labelledby": id },
    h("h2", { id }, "Edit message"), words,
    h("div", { class: "dialog-buttons" },
      h("button", { class: "button", type: "button", onclick: () => drop() }, "Cancel"),
      h("button", { class: "button primary", type: "button", testid: "edit-save", onclick: () => void save() }, "Save")));
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => trapTab(box, event));
  const drop = raise({ node: h("div", { class: "layer layer-veil" }, box), close: () => drop(), modal: true });
  words.focus();
}
