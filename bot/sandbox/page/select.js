/** Select menus: a button that shows the choice and a searchable list of options, local or asked of the app. */

import { debounce, freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { textNodes, textOf } from "./mrkdwn.js";
import { wordsFor } from "./notices.js";
import { popover } from "./overlay.js";

/**
 * @typedef {import("./surface.js").Scope} Scope
 * @typedef {{text: any, value: string, description?: any}} Option
 * @typedef {{label: any, options: Option[]}} Group
 */

/** @param {any} answer @returns {Group[]} */
function groupsOf(answer) {
  if (answer.option_groups?.length) return answer.option_groups;
  return answer.options?.length ? [{ label: null, options: answer.options }] : [];
}

/**
 * @param {Group[]} groups
 * @param {string} query
 * @returns {Group[]}
 */
function matching(groups, query) {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (/** @type {Option} */ option) => {
    const said = `${textOf(option.text)} ${textOf(option.description)}`.toLowerCase();
    return words.every((word) => said.includes(word));
  };
  return groups.map((group) => ({ ...group, options: group.options.filter(fits) })).filter((group) => group.options.length);
}

/**
 * @param {Scope} scope
 * @param {string} kind users, conversations or channels
 * @param {any} element
 * @returns {Group[]} people or channels as options whose value is their id
 */
function entities({ surface }, kind, element) {
  const { store } = surface.env;
  const option = (/** @type {string} */ name, /** @type {string} */ id) => ({ text: name, value: id });
  const people = [...store.users.values()].map((user) => option(`@${store.userName(user.id)}`, user.id));
  const channels = [...store.channels.values()];
  const rooms = channels.filter((channel) => !channel.is_im).map((channel) => option(`#${store.channelName(channel.id)}`, channel.id));
  if (kind === "users") return [{ label: null, options: people }];
  const include = element.filter?.include;
  const direct = channels.filter((channel) => channel.is_im).map((channel) => option(`@${store.channelName(channel.id)}`, channel.id));
  const wanted = kind === "conversations" && (!include || include.includes("im")) ? [...rooms, ...direct] : rooms;
  return [{ label: null, options: wanted }];
}

/**
 * @param {HTMLElement} anchor
 * @param {{label: string, multi: boolean, chosen: () => Option[], minQuery: number|null, load: (query: string) => Promise<Group[]>, pick: (option: Option) => void, store: any}} options
 */
function openList(anchor, { label, multi, chosen, minQuery, load, pick, store }) {
  const listId = freshId("options");
  const search = h("input", { class: "search-field", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-autocomplete": "list", "aria-label": `Search ${label}`, placeholder: "Search", autocomplete: "off", spellcheck: "false" });
  const list = h("div", { class: "options", role: "listbox", id: listId, "aria-label": label, "aria-multiselectable": multi ? "true" : null });
  const box = h("div", { class: "select-box" }, h("div", { class: "search-line" }, icon("search", 16), search), list);
  /** @type {{node: HTMLElement, option: Option}[]} */
  let shown = [];
  let at = -1;
  let asked = 0;
  const mark = (/** @type {number} */ index) => {
    shown[at]?.node.classList.remove("at");
    at = shown.length ? (index + shown.length) % shown.length : -1;
    const node = shown[at]?.node;
    node?.classList.add("at");
    node?.scrollIntoView({ block: "nearest" });
    if (node) search.setAttribute("aria-activedescendant", node.id);
    else search.removeAttribute("aria-activedescendant");
  };
  const say = (/** @type {string} */ text) => {
    shown = [];
    list.replaceChildren(h("div", { class: "options-note", role: "status" }, text));
  };
  const choose = (/** @type {Option} */ option) => {
    pick(option);
    if (!multi) return close();
    const values = new Set(chosen().map((one) => one.value));
    for (const one of shown) one.node.setAttribute("aria-selected", String(values.has(one.option.value)));
    search.focus();
  };
  const draw = (/** @type {Group[]} */ groups) => {
    const values = new Set(chosen().map((one) => one.value));
    shown = [];
    list.replaceChildren();
    for (const group of groups) {
      const id = freshId("group");
      const holder = h("div", { role: "group", "aria-labelledby": group.label ? id : null });
      if (group.label) holder.append(h("div", { class: "options-group", id }, textNodes(store, group.label)));
      for (const option of group.options) {
        const node = h("div", { class: "option", role: "option", id: freshId("option"), testid: "option", dataset: { value: option.value }, "aria-selected": String(values.has(option.value)), onclick: () => choose(option), onpointermove: () => mark(shown.findIndex((one) => one.node === node)) },
          h("span", { class: "option-words" }, h("span", {}, textNodes(store, option.text)), option.description ? h("small", {}, textNodes(store, option.description)) : null), icon("check", 16));
        shown.push({ node, option });
        holder.append(node);
      }
      list.append(holder);
    }
    if (!shown.length) return say("Nothing found");
    const current = shown.findIndex((one) => values.has(one.option.value));
    mark(Math.max(current, 0));
  };
  const refresh = async () => {
    const query = search.value;
    asked += 1;
    const mine = asked;
    if (minQuery !== null && query.length < minQuery) {
      const missing = minQuery - query.length;
      return say(`Type ${missing} more ${missing === 1 ? "character" : "characters"} to search`);
    }
    if (minQuery !== null) list.setAttribute("aria-busy", "true");
    try {
      const groups = await load(query);
      if (mine === asked) draw(groups);
    } catch (error) {
      if (mine === asked) say(wordsFor(error));
    } finally {
      if (mine === asked) list.removeAttribute("aria-busy");
    }
  };
  search.addEventListener("input", minQuery === null ? () => void refresh() : debounce(() => void refresh(), 180));
  search.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (shown[at]) choose(shown[at].option);
    } else if (event.key === "Tab") {
      close();
    }
  });
  const close = popover(anchor, box, { matchWidth: true });
  search.focus();
  void refresh();
}

/**
 * Any select menu, single or multi.
 *
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 * @returns {HTMLElement}
 */
export function select(element, scope, testid) {
  const { surface } = scope;
  const { store } = surface.env;
  const multi = element.type.startsWith("multi_");
  const kind = element.type.replace("multi_", "").replace("_select", "");
  const external = kind === "external";
  const byId = kind === "users" || kind === "conversations" || kind === "channels";
  const local = byId ? entities(scope, kind, element) : groupsOf(element);
  const initial = multi
    ? element.initial_options ?? element.initial_users ?? element.initial_conversations ?? element.initial_channels ?? []
    : element.initial_option ?? element.initial_user ?? element.initial_conversation ?? element.initial_channel ?? null;
  const named = (/** @type {any} */ value) => {
    if (typeof value !== "string") return value;
    return local.flatMap((group) => group.options).find((option) => option.value === value) ?? { text: value, value };
  };
  const given = surface.value(scope, element, initial);
  /** @type {Option[]} */
  let chosen = (Array.isArray(given) ? given : given ? [given] : []).map(named);
  const placeholder = textOf(element.placeholder) || (multi ? "Choose any" : "Choose one");
  const face = h("span", { class: "select-face" });
  const control = h("button", { class: multi ? "select select-multi" : "select", type: "button", testid, "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": element.accessibility_label ?? null }, face, icon("chevron", 16));
  const draw = () => {
    face.classList.toggle("placeholder", !chosen.length);
    if (!chosen.length) face.textContent = placeholder;
    else if (multi) face.replaceChildren(...chosen.map((option) => h("span", { class: "tag" }, textNodes(store, option.text))));
    else face.replaceChildren(...textNodes(store, chosen[0].text));
  };
  const commit = () => {
    const values = byId ? chosen.map((option) => option.value) : chosen;
    surface.choose(scope, element, multi ? values : values[0] ?? null, control);
    draw();
  };
  const pick = (/** @type {Option} */ option) => {
    const had = chosen.some((one) => one.value === option.value);
    if (!multi) chosen = [option];
    else if (had) chosen = chosen.filter((one) => one.value !== option.value);
    else if (!element.max_selected_items || chosen.length < element.max_selected_items) chosen = [...chosen, option];
    else return;
    commit();
  };
  control.addEventListener("click", () => {
    openList(control, {
      label: textOf(scope.block.label) || placeholder,
      multi,
      chosen: () => chosen,
      minQuery: external ? element.min_query_length ?? 3 : null,
      load: async (query) => (external ? groupsOf(await surface.suggest(scope, element, query)) : matching(local, query)),
      pick,
      store,
    });
  });
  control.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      control.click();
    } else if ((event.key === "Delete" || event.key === "Backspace") && chosen.length && (multi || scope.block.optional)) {
      event.preventDefault();
      chosen = multi ? chosen.slice(0, -1) : [];
      commit();
    }
  });
  draw();
  return control;
}
