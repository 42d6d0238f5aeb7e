/** Where a person writes a canvas's section: its Markdown in place, kept until it is saved or thrown away. */

import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { fail, wordsFor } from "./notices.js";

/**
 * @typedef {{markdown: string, label: string, save: (markdown: string) => Promise<void>, leave: () => void}} EditorOptions
 */

export class Editor {
  /** @param {EditorOptions} options */
  constructor({ markdown, label, save, leave }) {
    this.before = markdown;
    this.saveAs = save;
    this.leave = leave;
    const hint = freshId("canvas-hint");
    this.field = h("textarea", {
      class: "canvas-field", rows: 1, testid: "canvas-field", value: markdown, "aria-label": label, "aria-describedby": hint,
      oninput: () => this.fit(), onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    });
    this.notice = h("p", { class: "canvas-notice", role: "alert", testid: "canvas-notice", hidden: true });
    this.button = h("button", { class: "button primary", type: "button", testid: "canvas-save", onclick: () => void this.save() }, "Save");
    this.node = h("div", { class: "canvas-editor", testid: "canvas-editor" },
      this.notice, this.field,
      h("div", { class: "canvas-editor-foot" },
        h("span", { class: "canvas-hint", id: hint }, "Markdown: # heading, - list, - [ ] task, > quote, | table |"),
        h("button", { class: "button", type: "button", testid: "canvas-cancel", onclick: () => this.leave() }, "Cancel"),
        this.button));
  }

  /** Put the field to work once it stands in the page. */
  begin() {
    this.fit();
    this.field.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }

  /** @returns {boolean} whether something would be lost */
  get changed() {
    return this.field.value !== this.before;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (!this.changed) this.leave();
      else this.warn("Not saved yet: save it, or press Cancel to throw it away.");
    }
  }

  /** Say that somebody else was here, and that saving puts this beside what they wrote. */
  conflict() {
    this.warn("Somebody changed this part while you were writing. Yours is kept: saving puts it below theirs.");
    this.button.replaceChildren("Save below");
  }

  /** @param {string} text */
  warn(text) {
    this.notice.replaceChildren(icon("warn", 16), h("span", {}, text));
    this.notice.hidden = false;
  }

  async save() {
    if (this.button.getAttribute("aria-busy") === "true") return;
    this.button.setAttribute("aria-busy", "true");
    try {
      await this.saveAs(this.field.value);
    } catch (error) {
      const known = /** @type {any} */ (error).code;
      if (known) this.warn(wordsFor(error));
      else fail(error);
    } finally {
      this.button.removeAttribute("aria-busy");
    }
  }
}
