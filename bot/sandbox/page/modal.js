/** Modals: a stack of views, drawn and patched as frames arrive; what is typed stays typed. */

import { renderBlocks } from "./blocks.js";
import { focusable, freshId, h, trapTab } from "./dom.js";
import { icon } from "./icons.js";
import { textOf } from "./mrkdwn.js";
import { fail } from "./notices.js";
import { raise } from "./overlay.js";
import { Surface } from "./surface.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{view: any, surface: Surface, body: HTMLElement}} Sheet
 */

/** @returns {{testid: string, start: number|null, end: number|null}|null} where the caret is, by the control's name */
function caret() {
  const active = /** @type {any} */ (document.activeElement);
  const testid = active?.dataset?.testid;
  if (!testid) return null;
  const typed = active.matches("textarea,input[type=text],input:not([type])");
  return { testid, start: typed ? active.selectionStart : null, end: typed ? active.selectionEnd : null };
}

/**
 * @param {HTMLElement} root
 * @param {{testid: string, start: number|null, end: number|null}|null} at
 */
function restore(root, at) {
  if (!at || root.contains(document.activeElement) && document.activeElement !== document.body) return;
  const node = /** @type {any} */ (root.querySelector(`[data-testid="${CSS.escape(at.testid)}"]`));
  if (!node) return;
  node.focus({ preventScroll: true });
  if (at.start !== null && node.setSelectionRange) node.setSelectionRange(at.start, at.end);
}

export class Modals {
  /** @param {Env} env */
  constructor(env) {
    this.env = env;
    /** @type {Sheet[]} */
    this.stack = [];
    /** @type {(() => void)|null} */
    this.drop = null;
    /** @type {{title: HTMLElement, slot: HTMLElement, close: any, submit: any, back: any}|null} */
    this.frame = null;
    const { store } = env;
    store.on("view_opened", ({ view }) => this.open(view));
    store.on("view_pushed", ({ view }) => this.open(view));
    store.on("view_updated", ({ view }) => this.update(view));
    store.on("view_closed", ({ view_id: id, all }) => this.forget(id, all));
  }

  /** Show what is open already, after a reload or a reconnection. */
  async restore() {
    const { stack } = await this.env.api.read("views");
    const ids = new Set(stack.map((/** @type {any} */ view) => view.id));
    for (const sheet of [...this.stack]) if (!ids.has(sheet.view.id)) this.forget(sheet.view.id, false);
    for (const view of stack) this.open(view);
  }

  /** @param {any} view */
  open(view) {
    if (view.type && view.type !== "modal") return;
    if (this.stack.some((sheet) => sheet.view.id === view.id)) return this.update(view);
    const surface = new Surface(this.env, { type: "view", view_id: view.id });
    this.stack.push({ view, surface, body: h("div", { class: "modal-body blocks" }) });
    this.draw(true);
  }

  /** @param {any} view */
  update(view) {
    const sheet = this.stack.find((one) => one.view.id === view.id);
    if (!sheet) return;
    sheet.view = view;
    if (sheet === this.stack.at(-1)) this.draw(false);
  }

  /**
   * @param {string} id
   * @param {boolean} [all]
   */
  forget(id, all) {
    const before = this.stack.length;
    this.stack = all ? [] : this.stack.filter((sheet) => sheet.view.id !== id);
    if (this.stack.length === before) return;
    this.draw(true);
  }

  /** Forget every view without telling the server: the person changed. */
  clear() {
    this.stack = [];
    this.draw(true);
  }

  /** @param {boolean} fresh whether another view comes to the top */
  draw(fresh) {
    const sheet = this.stack.at(-1);
    if (!sheet) {
      this.drop?.();
      this.drop = null;
      this.frame = null;
      return;
    }
    const { view, surface, body } = sheet;
    const frame = this.frame ?? this.build();
    const at = caret();
    frame.title.textContent = textOf(view.title);
    const closeWords = textOf(view.close) || (this.stack.length > 1 ? "Back" : "Close");
    frame.close.textContent = closeWords;
    frame.submit.textContent = textOf(view.submit) || "Submit";
    frame.submit.hidden = !view.submit;
    frame.back.hidden = this.stack.length < 2;
    surface.state = view.state?.values ?? surface.state;
    surface.keepOnly(view.blocks ?? []);
    renderBlocks(body, view.blocks ?? [], surface);
    if (frame.slot.firstElementChild !== body) {
      frame.slot.replaceChildren(body);
      frame.slot.scrollTop = 0;
    }
    if (fresh) this.focusFirst(view, body);
    else restore(body, at);
  }

  /**
   * @param {any} view
   * @param {HTMLElement} body
   */
  focusFirst(view, body) {
    const wanted = (view.blocks ?? []).flatMap((/** @type {any} */ block) => [block.element, block.accessory, ...(block.elements ?? [])]).find((/** @type {any} */ one) => one?.focus_on_load);
    const named = wanted && body.querySelector(`[data-testid$="-${CSS.escape(wanted.action_id)}"]`);
    const first = named ?? body.querySelector(".input-block input,.input-block textarea,.input-block button") ?? focusable(body)[0] ?? this.frame?.close;
    /** @type {any} */ (first)?.focus({ preventScroll: true });
  }

  build() {
    const titleId = freshId("modal");
    const title = h("h2", { id: titleId });
    const slot = h("div", { class: "modal-slot" });
    const close = h("button", { class: "button", type: "button", testid: "modal-close", onclick: () => this.dismiss() });
    const submit = h("button", { class: "button primary solid", type: "submit", testid: "modal-submit" });
    const back = h("button", { class: "icon-button", type: "button", "aria-label": "Back to the previous view", hidden: true, onclick: () => this.dismiss() }, icon("back"));
    const shut = h("button", { class: "icon-button", type: "button", "aria-label": "Close this dialog", onclick: () => this.dismiss() }, icon("close"));
    const form = h("form", { class: "modal-form", novalidate: true },
      h("header", { class: "modal-head" }, back, h("span", { class: "app-mark", "aria-hidden": "true" }, (this.env.store.app.name || "A").charAt(0).toUpperCase()), title, shut),
      slot,
      h("footer", { class: "modal-foot" }, h("span", { class: "modal-app" }, this.env.store.app.name), close, submit));
    form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.submit();
    });
    const box = h("div", { class: "dialog modal", role: "dialog", "aria-modal": "true", "aria-labelledby": titleId, testid: "modal" }, form);
    box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => trapTab(box, event));
    this.frame = { title, slot, close, submit, back };
    this.drop = raise({ node: h("div", { class: "layer layer-veil" }, box), close: () => void this.dismiss(), modal: true });
    return this.frame;
  }

  async dismiss() {
    const sheet = this.stack.at(-1);
    if (!sheet) return;
    this.forget(sheet.view.id, false);
    try {
      await this.env.api.act("close", { view_id: sheet.view.id });
    } catch (error) {
      fail(error);
    }
  }

  async submit() {
    const sheet = this.stack.at(-1);
    const button = this.frame?.submit;
    if (!sheet || !button || button.hidden || button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    this.showErrors(sheet, {});
    try {
      const answer = await this.env.api.act("submit", { view_id: sheet.view.id, values: sheet.surface.values() });
      if (answer.response_action === "errors") this.showErrors(sheet, answer.errors ?? {});
      else if (answer.response_action === "clear") this.forget("", true);
      else if (answer.response_action === "close") this.forget(sheet.view.id, false);
    } catch (error) {
      fail(error);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  /**
   * @param {Sheet} sheet
   * @param {Record<string, string>} errors by block id
   */
  showErrors(sheet, errors) {
    /** @type {HTMLElement|null} */
    let first = null;
    for (const block of /** @type {NodeListOf<HTMLElement>} */ (sheet.body.querySelectorAll(".input-block"))) {
      const words = errors[block.dataset.block ?? ""] ?? "";
      const line = /** @type {HTMLElement} */ (block.querySelector(".input-error"));
      const control = block.querySelector("[data-testid^='input-']");
      line.hidden = !words;
      line.textContent = words;
      block.classList.toggle("invalid", Boolean(words));
      control?.setAttribute("aria-invalid", String(Boolean(words)));
      if (words && !first) first = /** @type {HTMLElement|null} */ (control);
    }
    first?.focus();
  }
}
