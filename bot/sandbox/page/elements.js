/** Interactive elements other than select menus and typed inputs, and the one table of all element types. */

import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { dateInput, fileInput, numberInput, textInput } from "./inputs.js";
import { textNodes, textOf } from "./mrkdwn.js";
import { menu } from "./overlay.js";
import { select } from "./select.js";

/** @typedef {import("./surface.js").Scope} Scope */

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 * @returns {HTMLElement}
 */
function button(element, scope, testid) {
  const { surface } = scope;
  const look = element.style === "primary" ? "button primary" : element.style === "danger" ? "button danger" : "button";
  const words = textNodes(surface.env.store, element.text);
  const label = element.accessibility_label ?? null;
  if (element.url) {
    const open = () => void surface.act(scope, element, undefined, node);
    const node = h("a", { class: look, href: /^https?:/i.test(element.url) ? element.url : null, target: "_blank", rel: "noopener noreferrer", testid, "aria-label": label, onclick: open }, words, icon("open", 14));
    return node;
  }
  const node = h("button", { class: look, type: "button", testid, "aria-label": label, onclick: () => void surface.act(scope, element, undefined, node) }, words);
  return node;
}

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 */
function overflow(element, scope, testid) {
  const { surface } = scope;
  const node = h("button", { class: "button button-overflow", type: "button", testid, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": element.accessibility_label ?? "More actions" }, icon("more"));
  node.addEventListener("click", () => {
    const items = (element.options ?? []).map((/** @type {any} */ option) => ({
      label: textOf(option.text),
      hint: textOf(option.description),
      run: () => {
        if (/^https?:/i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
        void surface.act(scope, element, option, node);
      },
    }));
    menu(node, items, { label: "More actions" });
  });
  return node;
}

/**
 * Radio buttons and checkboxes.
 *
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 */
function choices(element, scope, testid) {
  const { surface } = scope;
  const { store } = surface.env;
  const many = element.type === "checkboxes";
  const name = freshId("choice");
  const given = surface.value(scope, element, many ? element.initial_options ?? [] : element.initial_option);
  const valueOf = (/** @type {any} */ option) => (typeof option === "string" ? option : option?.value);
  const on = new Set((many ? given ?? [] : [given]).map(valueOf));
  const node = h("div", { class: "choices", role: many ? "group" : "radiogroup", testid, "aria-label": textOf(scope.block.label) || element.accessibility_label || null });
  const changed = () => {
    const boxes = /** @type {HTMLInputElement[]} */ ([...node.querySelectorAll("input")]);
    const picked = element.options.filter((/** @type {any} */ _, /** @type {number} */ index) => boxes[index].checked);
    surface.choose(scope, element, many ? picked : picked[0], node);
  };
  for (const option of element.options ?? []) {
    node.append(
      h("label", { class: "choice", testid: "choice", dataset: { value: option.value } },
        h("input", { type: many ? "checkbox" : "radio", name, value: option.value, checked: on.has(option.value), onchange: changed }),
        h("span", { class: "option-words" }, h("span", {}, textNodes(store, option.text)), option.description ? h("small", {}, textNodes(store, option.description)) : null)));
  }
  return node;
}

/**
 * @param {any} element
 * @param {Scope} scope
 */
function feedback(element, scope) {
  const { surface } = scope;
  const holder = h("span", { class: "feedback" });
  for (const [part, name] of [[element.positive_button, "up"], [element.negative_button, "down"]]) {
    if (!part) continue;
    const node = h("button", { class: "icon-button", type: "button", testid: `action-${element.action_id}-${name}`, title: textOf(part.text), "aria-label": part.accessibility_label ?? textOf(part.text), "aria-pressed": "false" }, icon(name, 17));
    node.addEventListener("click", () => {
      for (const one of holder.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === node));
      void surface.act(scope, element, part.value, node);
    });
    holder.append(node);
  }
  return holder;
}

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 */
function iconButton(element, scope, testid) {
  const label = element.accessibility_label ?? (textOf(element.text) || element.icon);
  const node = h("button", { class: "icon-button", type: "button", testid, title: label, "aria-label": label, onclick: () => void scope.surface.act(scope, element, undefined, node) }, icon(element.icon === "trash" ? "trash" : "more", 17));
  return node;
}

/** @type {Record<string, (element: any, scope: Scope, testid: string) => HTMLElement>} */
const KINDS = {
  button,
  workflow_button: button,
  overflow,
  radio_buttons: choices,
  checkboxes: choices,
  feedback_buttons: feedback,
  icon_button: iconButton,
  datepicker: dateInput,
  timepicker: dateInput,
  datetimepicker: dateInput,
  plain_text_input: textInput,
  rich_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: numberInput,
  file_input: fileInput,
};

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} [prefix] "input" inside an input block, else "action"
 * @returns {HTMLElement}
 */
export function renderElement(element, scope, prefix = "action") {
  const testid = `${prefix}-${element.action_id}`;
  const kind = KINDS[element.type] ?? (element.type?.endsWith("_select") ? select : null);
  if (!kind) return h("span", { class: "unknown" }, `${element.type ?? "element"} (not shown here)`);
  return kind(element, scope, testid);
}
