/** Inputs one types into or fills: text, numbers, dates, files. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { textOf } from "./mrkdwn.js";
import { fail } from "./notices.js";

/** @typedef {import("./surface.js").Scope} Scope */

/**
 * Keep what is typed and tell the app when the block asks for it.
 *
 * @param {any} element
 * @param {Scope} scope
 * @param {HTMLInputElement|HTMLTextAreaElement} field
 */
function listen(element, scope, field) {
  const { surface } = scope;
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const dispatches = () => Boolean(scope.block.dispatch_action) || scope.block.type !== "input";
  let timer = 0;
  field.addEventListener("input", () => {
    surface.set(scope, element, field.value);
    if (!dispatches() || !triggers.includes("on_character_entered")) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void surface.act(scope, element, field.value, field), 250);
  });
  field.addEventListener("keydown", (/** @type {Event} */ raw) => {
    const event = /** @type {KeyboardEvent} */ (raw);
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (field.tagName === "TEXTAREA" && !(event.metaKey || event.ctrlKey)) return;
    if (!dispatches() || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault();
    event.stopPropagation();
    void surface.act(scope, element, field.value, field);
  });
}

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 * @returns {HTMLElement}
 */
export function textInput(element, scope, testid) {
  const initial = typeof element.initial_value === "string" ? element.initial_value : "";
  const value = scope.surface.value(scope, element, initial) ?? "";
  const multiline = element.multiline || element.type === "rich_text_input";
  const type = { email_text_input: "email", url_text_input: "url" }[/** @type {string} */ (element.type)] ?? "text";
  const field = h(multiline ? "textarea" : "input", {
    class: "field", testid, type: multiline ? null : type, rows: multiline ? 3 : null, autocomplete: "off",
    placeholder: textOf(element.placeholder) || null, maxlength: element.max_length ?? null, minlength: element.min_length ?? null,
    "aria-label": scope.block.type === "input" ? null : textOf(element.placeholder) || "Text", value: String(value),
  });
  listen(element, scope, field);
  if (multiline) {
    const grow = () => {
      field.style.height = "auto";
      field.style.height = `${Math.min(field.scrollHeight + 2, 320)}px`;
    };
    field.addEventListener("input", grow);
    window.requestAnimationFrame(grow);
  }
  if (!element.max_length && !element.min_length) return field;
  const counter = h("span", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    const length = field.value.length;
    const short = element.min_length && length < element.min_length;
    counter.textContent = short ? `${element.min_length - length} more` : element.max_length ? `${length.toLocaleString("en")} / ${element.max_length.toLocaleString("en")}` : "";
    counter.classList.toggle("near", Boolean(element.max_length && length > element.max_length * 0.9));
  };
  field.addEventListener("input", count);
  count();
  return h("div", { class: "field-with-counter" }, field, counter);
}

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 * @returns {HTMLElement}
 */
export function numberInput(element, scope, testid) {
  const value = scope.surface.value(scope, element, element.initial_value ?? "") ?? "";
  const field = h("input", {
    class: "field field-number", testid, type: "number", inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
    step: element.is_decimal_allowed ? "any" : "1", min: element.min_value ?? null, max: element.max_value ?? null,
    placeholder: textOf(element.placeholder) || null, autocomplete: "off", value: String(value),
  });
  field.addEventListener("wheel", () => field.blur(), { passive: true });
  listen(element, scope, field);
  return field;
}

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 * @returns {HTMLElement}
 */
export function dateInput(element, scope, testid) {
  const type = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" }[/** @type {string} */ (element.type)] ?? "date";
  const initial = element.initial_date ?? element.initial_time ?? "";
  const field = h("input", { class: "field field-date", testid, type, value: String(scope.surface.value(scope, element, initial) ?? ""), "aria-label": scope.block.type === "input" ? null : textOf(element.placeholder) || "Date" });
  field.addEventListener("change", () => {
    const value = type === "datetime-local" ? Math.floor(new Date(field.value).getTime() / 1000) : field.value;
    scope.surface.choose(scope, element, value || null, field);
  });
  return field;
}

/**
 * @param {any} element
 * @param {Scope} scope
 * @param {string} testid
 * @returns {HTMLElement}
 */
export function fileInput(element, scope, testid) {
  const { surface } = scope;
  const { api, store } = surface.env;
  /** @type {string[]} */
  let ids = surface.value(scope, element, []) ?? [];
  const list = h("ul", { class: "picked" });
  const accept = (element.filetypes ?? []).map((/** @type {string} */ type) => `.${type}`).join(",");
  const field = h("input", { class: "visually-hidden", type: "file", testid, multiple: (element.max_files ?? 10) > 1, accept: accept || null });
  const button = h("button", { class: "button", type: "button", onclick: () => field.click() }, icon("plus", 16), "Choose files");
  const draw = () => {
    list.replaceChildren(...ids.map((id) => h("li", {}, icon("file", 16), store.files.get(id)?.name ?? id,
      h("button", { class: "icon-button", type: "button", "aria-label": "Remove", onclick: () => commit(ids.filter((one) => one !== id)) }, icon("close", 14)))));
  };
  const commit = (/** @type {string[]} */ next) => {
    ids = next.slice(0, element.max_files ?? 10);
    surface.choose(scope, element, ids, button);
    draw();
  };
  field.addEventListener("change", async () => {
    button.setAttribute("aria-busy", "true");
    try {
      const files = await Promise.all([...field.files].map((file) => api.upload(file)));
      for (const file of files) store.files.set(file.id, file);
      commit([...ids, ...files.map((file) => file.id)]);
    } catch (error) {
      fail(error);
    } finally {
      button.removeAttribute("aria-busy");
      field.value = "";
    }
  });
  draw();
  return h("div", { class: "file-input" }, field, button, list);
}
