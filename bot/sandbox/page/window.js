/** A window onto a long column: only rows near what is seen stand in the document, spacers stand for the rest. */

import { h } from "./dom.js";

/**
 * @typedef {{node: HTMLElement, article: HTMLElement, decorate: (before: any) => void}} Drawn
 * @typedef {{key: string, message: any, row: Drawn|null, height: number}} Entry
 */

/** drawn at least so far beyond what is seen, so many rows more at a time, so many in all */
const BEYOND_PX = 1500;
const STEP = 6;
const MOST = 110;
const BEFORE = 45;
const AFTER = 60;
const GUESS_PX = 72;

export class Window {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} column where the rows stand
   * @param {{make: (entry: any) => any, drop: (entry: any) => void, drawn: () => void}} options
   */
  constructor(scroller, column, { make, drop, drawn }) {
    this.scroller = scroller;
    this.make = make;
    this.drop = drop;
    this.drawn = drawn;
    this.above = h("div", { class: "spacer", "aria-hidden": "true" });
    this.below = h("div", { class: "spacer", "aria-hidden": "true" });
    this.column = column;
    column.before(this.above);
    column.after(this.below);
    /** @type {Entry[]} */
    this.entries = [];
    this.from = 0;
    this.to = 0;
    /** @type {{entry: Entry, offset: number}|null} what is read, and where it stands below the scroller's top */
    this.held = null;
  }

  /** @param {Entry[]} entries in order; nothing of them is drawn yet */
  reset(entries) {
    this.column.replaceChildren();
    this.entries = entries;
    this.from = 0;
    this.to = 0;
    this.held = null;
  }

  /** @param {number} at index around which rows are to stand */
  around(at) {
    this.draw(at - BEFORE, at + AFTER, false);
  }

  end() {
    this.draw(this.entries.length - AFTER, this.entries.length);
  }

  /**
   * Let exactly these rows stand; what was seen stays where it was unless it goes.
   *
   * @param {number} from
   * @param {number} to
   * @param {boolean} [anew] whether rows that stood already may have other neighbours
   */
  draw(from, to, anew = true) {
    from = Math.max(0, from);
    to = Math.min(this.entries.length, to);
    this.measure();
    const held = this.held;
    for (let i = this.from; i < this.to; i += 1) if (i < from || i >= to) this.take(this.entries[i]);
    /** @type {Node|null} */
    let next = null;
    for (let i = to - 1; i >= from; i -= 1) {
      const entry = this.entries[i];
      entry.row ??= this.make(entry);
      const { node } = /** @type {Drawn} */ (entry.row);
      const stood = node.parentNode === this.column && node.nextSibling === next;
      if (!stood) this.column.insertBefore(node, next);
      if (!stood || anew) /** @type {Drawn} */ (entry.row).decorate(this.entries[i - 1]?.message);
      next = node;
    }
    this.from = from;
    this.to = to;
    this.above.style.height = `${this.sum(0, from)}px`;
    this.below.style.height = `${this.sum(to, this.entries.length)}px`;
    this.drawn();
    this.held = held;
    this.keep();
  }

  /** @param {Entry} entry whose row leaves the document */
  take(entry) {
    if (!entry.row) return;
    if (entry.row.node.contains(document.activeElement)) this.scroller.focus({ preventScroll: true });
    entry.row.node.remove();
    this.drop(entry);
  }

  measure() {
    for (let i = this.from; i < this.to; i += 1) {
      const entry = this.entries[i];
      if (entry?.row?.node.isConnected) entry.height = entry.row.node.offsetHeight;
    }
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {number} the height of these rows in pixels, guessed where it was never seen
   */
  sum(from, to) {
    let known = 0;
    let total = 0;
    for (const { height } of this.entries) {
      if (height) known += 1;
      total += height;
    }
    const guess = known ? total / known : GUESS_PX;
    let sum = 0;
    for (let i = from; i < to; i += 1) sum += this.entries[i].height || guess;
    return Math.round(sum);
  }

  /** @returns {number} the index of the first row in sight, or -1 when only a spacer is */
  seen() {
    const top = this.scroller.getBoundingClientRect().top;
    let low = this.from;
    let high = this.to;
    while (low < high) {
      const middle = (low + high) >> 1;
      const box = this.entries[middle].row?.node.getBoundingClientRect();
      if (box && box.bottom > top + 1) high = middle;
      else low = middle + 1;
    }
    const box = this.entries[low]?.row?.node.getBoundingClientRect();
    return low < this.to && box && box.top < top + this.scroller.clientHeight ? low : -1;
  }

  /** Remember what is read, and draw further rows when the drawn ones come to their end. */
  scrolled() {
    const frame = this.scroller.getBoundingClientRect();
    const at = this.seen();
    this.hold(at, frame.top);
    const lackAbove = this.from > 0 && this.above.getBoundingClientRect().bottom > frame.top - BEYOND_PX;
    const lackBelow = this.to < this.entries.length && this.below.getBoundingClientRect().top < frame.bottom + BEYOND_PX;
    const bare = at < 0 || this.above.getBoundingClientRect().bottom > frame.top || this.below.getBoundingClientRect().top < frame.bottom;
    if ((lackAbove || lackBelow) && bare) {
      this.around(at < 0 ? this.guessed() : at);
      this.hold(this.seen());
    } else if (lackAbove) this.draw(this.from - STEP, Math.min(this.to, this.from - STEP + MOST), false);
    else if (lackBelow) this.draw(Math.max(this.from, this.to + STEP - MOST), this.to + STEP, false);
  }

  /**
   * @param {number} at
   * @param {number} top of the scroller
   */
  hold(at, top = this.scroller.getBoundingClientRect().top) {
    const entry = this.entries[at];
    this.held = entry?.row ? { entry, offset: entry.row.node.getBoundingClientRect().top - top } : null;
  }

  /** @returns {number} the row that should be at the scroller's top, by the heights known and guessed */
  guessed() {
    let left = this.scroller.getBoundingClientRect().top - this.above.getBoundingClientRect().top;
    const guess = this.sum(0, this.entries.length) / Math.max(1, this.entries.length);
    let at = 0;
    while (at < this.entries.length - 1 && left > 0) {
      left -= this.entries[at].height || guess;
      at += 1;
    }
    return at;
  }

  /** Put what was read where it was, after something above it grew or came. */
  keep() {
    const node = this.held?.entry.row?.node;
    if (!node?.isConnected) return;
    const moved = node.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - /** @type {any} */ (this.held).offset;
    if (Math.abs(moved) >= 1) this.scroller.scrollTop += moved;
  }
}
