/** A canvas's title and sections: rows that are kept while they stay the same, one of which may be edited. */

import { Editor } from "./canvas_editor.js";
import { sectionBody, wordNodes } from "./canvas_words.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { fail } from "./notices.js";
import { menu } from "./overlay.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {import("./canvas.js").Canvas} Canvas
 * @typedef {import("./canvas_words.js").Section} Section
 * @typedef {{editor: Editor, replaces: string, after: string, at: number}} Editing   at: the row number, should its neighbours vanish
 */

const BULLETS = ["•", "◦", "▪"];
const ITEMS = new Set(["bullet", "number", "task"]);

export class CanvasBody {
  /**
   * @param {Env} env
   * @param {{change: (change: Record<string, string>) => Promise<void>}} options
   */
  constructor(env, { change }) {
    this.env = env;
    this.change = change;
    this.mayEdit = false;
    /** @type {Canvas|null} */
    this.canvas = null;
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    /** @type {Editing|null} */
    this.editing = null;
    this.title = h("div", { class: "canvas-title" });
    this.list = h("div", { class: "canvas-sections" });
    this.add = h("button", { class: "canvas-add", type: "button", testid: "canvas-add", onclick: () => this.write("", this.last()) }, icon("plus", 17), "Add a block");
    this.sheet = h("div", { class: "canvas-sheet mrkdwn" }, this.title, this.list, this.add);
    this.node = h("div", { class: "canvas-scroll", testid: "canvas-body", tabIndex: 0, role: "region", "aria-label": "Canvas" }, this.sheet);
  }

  /** @returns {Section[]} */
  get sections() {
    return this.canvas?.sections ?? [];
  }

  last() {
    return this.sections.at(-1)?.id ?? "";
  }

  /** A new canvas begins with its title, any other with reading. */
  arrive() {
    if (this.mayEdit && !this.canvas?.title && !this.sections.length) this.rename();
    else this.node.focus({ preventScroll: true });
  }

  /**
   * @param {Canvas} canvas
   * @param {boolean} mayEdit
   */
  draw(canvas, mayEdit) {
    const titleChanged = canvas.title !== this.canvas?.title || mayEdit !== this.mayEdit;
    if (mayEdit !== this.mayEdit) this.rows.clear();
    this.canvas = canvas;
    this.mayEdit = mayEdit;
    if (titleChanged && !this.title.querySelector("input")) this.drawTitle();
    this.add.hidden = !mayEdit;
    this.drawRows();
  }

  drawTitle() {
    const text = this.canvas?.title ?? "";
    const words = text || "Untitled";
    const heading = h("h2", { class: text ? "canvas-name" : "canvas-name untitled", testid: "canvas-title" }, wordNodes(this.env, [{ text: words }]));
    this.title.replaceChildren(heading, this.mayEdit ? h("button", { class: "canvas-rename", type: "button", testid: "canvas-rename", onclick: () => this.rename() }, "Rename") : "");
    heading.onclick = () => {
      if (this.mayEdit) this.rename();
    };
  }

  rename() {
    const before = this.canvas?.title ?? "";
    let done = false;
    const finish = async (/** @type {boolean} */ keep) => {
      if (done) return;
      done = true;
      const title = field.value.trim();
      this.drawTitle();
      if (!keep || !title || title === before) return;
      try {
        await this.change({ operation: "rename", markdown: title });
      } catch (error) {
        fail(error);
      }
      if (!this.sections.length && !this.editing) this.write("", "");
    };
    const field = h("input", { class: "canvas-name canvas-name-field", testid: "canvas-title-field", value: before, placeholder: "Title", "aria-label": "Title of the canvas", maxlength: 150, onblur: () => void finish(true) });
    field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      void finish(event.key === "Enter");
    });
    this.title.replaceChildren(field);
    field.focus();
    field.select();
  }

  drawRows() {
    const { editing } = this;
    if (editing) this.follow(editing);
    const writing = editing?.editor.field === document.activeElement;
    const old = this.rows;
    this.rows = new Map();
    const marks = this.marks();
    /** @type {HTMLElement[]} */
    const nodes = editing && !editing.replaces && !editing.after ? [editing.editor.node] : [];
    this.sections.forEach((section, index) => {
      const key = `${section.id} ${section.depth} ${marks[index]}`;
      const row = old.get(key) ?? this.row(section, marks[index]);
      this.rows.set(key, row);
      nodes.push(editing && editing.replaces === section.id ? editing.editor.node : row);
      if (editing && !editing.replaces && editing.after === section.id) nodes.push(editing.editor.node);
    });
    nodes.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
    while (this.list.children.length > nodes.length) this.list.lastElementChild?.remove();
    if (writing) editing?.editor.field.focus({ preventScroll: true });
  }

  /** @param {Editing} editing whose place may have moved, or may be gone */
  follow(editing) {
    const anchor = editing.replaces || editing.after;
    const at = this.sections.findIndex((one) => one.id === anchor);
    if (at >= 0) {
      editing.at = at;
    } else if (anchor) {
      if (editing.replaces) editing.editor.conflict();
      editing.replaces = "";
      editing.after = this.sections[Math.min(editing.at, this.sections.length - 1)]?.id ?? "";
    }
  }

  /** @returns {string[]} what stands before each item of a list */
  marks() {
    /** @type {number[]} */
    let counts = [];
    return this.sections.map(({ kind, depth }) => {
      if (!ITEMS.has(kind)) counts = [];
      else counts.length = Math.min(counts.length, depth + 1);
      if (kind !== "number") {
        if (ITEMS.has(kind)) counts[depth] = 0;
        return kind === "bullet" ? BULLETS[Math.min(depth, 2)] : "";
      }
      counts[depth] = (counts[depth] ?? 0) + 1;
      return `${counts[depth]}.`;
    });
  }

  /**
   * @param {Section} section
   * @param {string} mark
   * @returns {HTMLElement}
   */
  row(section, mark) {
    const tick = this.mayEdit ? (/** @type {boolean} */ done) => void this.tick(section, done) : null;
    const body = sectionBody(this.env, section, mark, tick);
    const row = h("div", { class: `canvas-row canvas-row-${section.kind}`, testid: "canvas-section", dataset: { section: section.id } }, body);
    if (!this.mayEdit) return row;
    row.classList.add("editable");
    const more = h("button", { class: "icon-button canvas-row-more", type: "button", testid: "canvas-row-more", "aria-label": `Change this block: ${section.markdown.slice(0, 60)}`, "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.openMenu(more, section) }, icon("more", 18));
    row.prepend(more);
    row.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      const inert = /** @type {Element} */ (event.target).closest("a, button, input");
      if (!inert && !window.getSelection()?.toString()) this.edit(section);
    });
    return row;
  }

  /**
   * @param {HTMLElement} anchor
   * @param {Section} section
   */
  openMenu(anchor, section) {
    const at = this.sections.findIndex((one) => one.id === section.id);
    const move = (/** @type {string} */ after) => void this.attempt({ operation: "move", section_id: section.id, after });
    menu(anchor, [
      { label: "Edit", icon: "canvas", testid: "canvas-edit", run: () => this.edit(section) },
      { label: "Add below", icon: "plus", testid: "canvas-below", run: () => this.write("", section.id) },
      ...(at > 0 ? [{ label: "Move up", icon: "raise", testid: "canvas-move-up", run: () => move(this.sections[at - 2]?.id ?? "") }] : []),
      ...(at < this.sections.length - 1 ? [{ label: "Move down", icon: "arrow", testid: "canvas-move-down", run: () => move(this.sections[at + 1].id) }] : []),
      { label: "Delete", icon: "trash", danger: true, testid: "canvas-remove", run: () => void this.attempt({ operation: "delete", section_id: section.id }) },
    ], { label: "This block", alignEnd: false });
  }

  /**
   * @param {Section} section
   * @param {boolean} done
   */
  async tick(section, done) {
    const markdown = section.markdown.replace(/^- \[[ x]\]/, done ? "- [x]" : "- [ ]");
    await this.attempt({ operation: "replace", section_id: section.id, markdown });
    const rows = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-testid=canvas-section]")]);
    const at = this.sections.findIndex((one) => one.markdown === markdown);
    /** @type {HTMLElement|null|undefined} */ (rows[at]?.querySelector(".canvas-tick"))?.focus();
  }

  /** @param {Record<string, string>} change */
  async attempt(change) {
    try {
      await this.change(change);
    } catch (error) {
      fail(error);
      this.rows.clear();
      this.drawRows();
    }
  }

  /** @param {Section} section */
  edit(section) {
    const at = this.sections.findIndex((one) => one.id === section.id);
    this.begin({ replaces: section.id, after: "", at }, section.markdown);
  }

  /**
   * @param {string} markdown to begin with
   * @param {string} after the section above, empty at the start
   */
  write(markdown, after) {
    const at = this.sections.findIndex((one) => one.id === after);
    this.begin({ replaces: "", after, at: Math.max(at, 0) }, markdown);
  }

  /**
   * @param {{replaces: string, after: string, at: number}} where
   * @param {string} markdown
   */
  begin(where, markdown) {
    if (this.holdsUnsaved()) return;
    const label = where.replaces ? "Markdown of this block" : "Markdown of the new block";
    const editor = new Editor({ markdown, label, save: (text) => this.save(text), leave: () => this.end() });
    this.editing = { ...where, editor };
    this.drawRows();
    editor.begin();
  }

  /** @returns {boolean} whether there is unsaved text, which is then shown */
  holdsUnsaved() {
    if (!this.editing?.editor.changed) return false;
    this.editing.editor.field.focus();
    this.editing.editor.warn("Not saved yet: save it, or press Cancel to throw it away.");
    return true;
  }

  /** @param {string} text */
  async save(text) {
    const { editing } = this;
    if (!editing) return;
    const { replaces, after } = editing;
    const empty = !text.trim();
    if (replaces ? !editing.editor.changed : empty) return this.end();
    this.editing = null;
    try {
      if (replaces && empty) await this.change({ operation: "delete", section_id: replaces });
      else if (replaces) await this.change({ operation: "replace", section_id: replaces, markdown: text });
      else if (after) await this.change({ operation: "insert_after", section_id: after, markdown: text });
      else await this.change({ operation: "insert_at_start", markdown: text });
    } catch (error) {
      this.editing = editing;
      this.drawRows();
      editing.editor.fit();
      if (/** @type {any} */ (error).code !== "section_changed") throw error;
      editing.editor.conflict();
      return;
    }
    this.node.focus({ preventScroll: true });
  }

  end() {
    this.editing = null;
    this.drawRows();
    this.node.focus({ preventScroll: true });
  }
}
