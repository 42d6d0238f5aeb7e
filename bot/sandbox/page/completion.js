/** Completion in a composer: people after an at sign, channels after a hash sign, emoji after a colon, commands after a first slash. */

import { freshId, h } from "./dom.js";
import { emojiNamed, emojiNode } from "./emoji.js";
import { avatar } from "./row.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{insert: string, name: string, hint: string, face: Node|null}} Candidate
 */

/**
 * @param {Env} env
 * @param {string} before the text up to the caret
 * @param {boolean} commands whether commands may be used here
 * @returns {{from: number, found: Candidate[]}}
 */
function candidates({ store }, before, commands) {
  const slash = /^\/(\S*)$/.exec(before);
  if (slash && commands) {
    const found = (store.app.commands ?? []).filter((one) => one.command.slice(1).startsWith(slash[1].toLowerCase()));
    return { from: 0, found: found.map((one) => ({ insert: `${one.command} `, name: one.command, hint: [one.usage_hint, one.description].filter(Boolean).join(" · "), face: null })) };
  }
  const emoji = /(^|[\s(]):([a-z0-9_+-]{2,})$/.exec(before);
  if (emoji) {
    const found = emojiNamed(emoji[2]);
    return { from: before.length - emoji[2].length - 1, found: found.map((name) => ({ insert: `:${name}: `, name: `:${name}:`, hint: "", face: emojiNode(name) })) };
  }
  const tagged = /(^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!tagged) return { from: 0, found: [] };
  const [whole, lead, sign, typed] = tagged;
  const from = before.length - whole.length + lead.length;
  const wanted = typed.toLowerCase();
  if (sign === "#") {
    const rooms = [...store.channels.values()].filter((one) => !one.is_im && one.name?.toLowerCase().startsWith(wanted));
    return { from, found: rooms.map((one) => ({ insert: `#${one.name} `, name: `#${one.name}`, hint: "", face: null })) };
  }
  const people = [...store.users.values()].map((user) => user.id);
  if (store.app.bot_user_id && !people.includes(store.app.bot_user_id)) people.push(store.app.bot_user_id);
  const fits = people.filter((id) => store.userName(id).toLowerCase().split(/\s+/).some((word, index, words) => words.slice(index).join(" ").startsWith(wanted)));
  fits.sort((a, b) => Number(store.isApp(b)) - Number(store.isApp(a)));
  return { from, found: fits.map((id) => ({ insert: `@${store.userName(id)} `, name: store.userName(id), hint: store.isApp(id) ? "App" : id === store.userId ? "You" : "", face: avatar(store, id, "small") })) };
}

/**
 * @param {Env} env
 * @param {HTMLTextAreaElement} field
 * @param {{commands: boolean}} options
 * @returns {HTMLElement} the list, to be placed by the caller
 */
export function completion(env, field, { commands }) {
  const id = freshId("completion");
  const list = h("div", { class: "completion", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  /** @type {Candidate[]} */
  let found = [];
  let from = 0;
  let at = 0;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);

  const hide = () => {
    found = [];
    list.replaceChildren();
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (/** @type {number} */ index) => {
    at = (index + found.length) % found.length;
    [...list.children].forEach((node, i) => {
      node.classList.toggle("at", i === at);
      node.setAttribute("aria-selected", String(i === at));
      if (i === at) field.setAttribute("aria-activedescendant", node.id);
    });
  };
  const take = (/** @type {Candidate} */ one) => {
    field.setRangeText(one.insert, from, field.selectionStart, "end");
    hide();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const refresh = () => {
    const answer = candidates(env, field.value.slice(0, field.selectionStart), commands);
    from = answer.from;
    found = answer.found.slice(0, 8);
    if (!found.length) return hide();
    list.replaceChildren(...found.map((one) => h("div", { class: "option", role: "option", id: freshId("option"), testid: "option", onpointerdown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => take(one) }, one.face, h("span", { class: "option-words" }, h("span", {}, one.name), one.hint ? h("small", {}, one.hint) : null))));
    list.hidden = false;
    mark(0);
  };
  field.addEventListener("input", refresh);
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const exact = found.length === 1 && field.value.slice(from, field.selectionStart).toLowerCase() === found[0].insert.trim().toLowerCase();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Escape") hide();
    else if (event.key === "Tab" || (event.key === "Enter" && !exact)) take(found[at]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  return list;
}
