/** What floats above the page: layers with Escape and focus, popovers, menus, the question before a deed. */

import { byId, focusable, freshId, h, isNarrow, trapTab } from "./dom.js";
import { icon } from "./icons.js";
import { textNodes, textOf } from "./mrkdwn.js";

/**
 * @typedef {{node: HTMLElement, close: () => void, modal: boolean}} Layer
 * @typedef {{label: string, hint?: string, icon?: string, danger?: boolean, testid?: string, group?: string, href?: string, run: () => void}} MenuItem
 */

/** @type {Layer[]} */
const layers = [];

function settleInert() {
  let top = layers.length - 1;
  while (top >= 0 && !layers[top].modal) top -= 1;
  byId("app").inert = top >= 0;
  layers.forEach((layer, index) => {
    layer.node.inert = index < top;
  });
}

/**
 * Put a layer on top; Escape closes the topmost one.
 *
 * @param {Layer} layer
 * @returns {() => void} takes it down and gives focus back
 */
export function raise(layer) {
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  layers.push(layer);
  byId("layers").append(layer.node);
  settleInert();
  return () => {
    const index = layers.indexOf(layer);
    if (index < 0) return;
    const held = layer.node.contains(document.activeElement);
    layers.splice(index, 1);
    layer.node.remove();
    settleInert();
    if (held && before?.isConnected) before.focus({ preventScroll: true });
  };
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const top = layers[layers.length - 1];
  if (!top) return;
  event.preventDefault();
  event.stopPropagation();
  top.close();
}, true);

/**
 * @param {HTMLElement} node
 * @param {HTMLElement} anchor
 * @param {boolean} alignEnd
 */
function place(node, anchor, alignEnd) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = window.innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const under = below >= Math.min(height, 260) || below >= above;
  const left = alignEnd ? box.right - width : box.left;
  node.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  node.style.maxHeight = `${Math.max(160, under ? below : above)}px`;
  if (under) node.style.top = `${box.bottom + 6}px`;
  else node.style.bottom = `${window.innerHeight - box.top + 6}px`;
}

/**
 * Open something beside its anchor; on a phone it rises from the foot of the screen.
 *
 * @param {HTMLElement} anchor
 * @param {HTMLElement} content
 * @param {{alignEnd?: boolean, matchWidth?: boolean, onClose?: () => void}} [options]
 * @returns {() => void} closes it
 */
export function popover(anchor, content, { alignEnd = false, matchWidth = false, onClose } = {}) {
  const sheet = isNarrow();
  const box = h("div", { class: sheet ? "popover popover-sheet" : "popover" }, content);
  const veil = h("div", { class: sheet ? "layer layer-sheet" : "layer" }, box);
  if (matchWidth && !sheet) box.style.minWidth = `${Math.max(anchor.offsetWidth, 240)}px`;
  /** @type {() => void} */
  let drop = () => {};
  const close = () => {
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    anchor.setAttribute("aria-expanded", "false");
    drop();
    onClose?.();
  };
  const outside = (/** @type {PointerEvent} */ event) => {
    const target = /** @type {Node} */ (event.target);
    if (box.contains(target)) return;
    if (anchor.contains(target)) {
      event.preventDefault();
      anchor.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, once: true });
    }
    close();
  };
  drop = raise({ node: veil, close, modal: false });
  anchor.setAttribute("aria-expanded", "true");
  if (!sheet) place(box, anchor, alignEnd);
  document.addEventListener("pointerdown", outside, true);
  if (!sheet) window.addEventListener("resize", close);
  return close;
}

/**
 * @param {HTMLElement} anchor
 * @param {MenuItem[]} items
 * @param {{label: string, alignEnd?: boolean}} options
 */
export function menu(anchor, items, { label, alignEnd = true }) {
  const list = h("div", { class: "menu", role: "menu", "aria-label": label });
  let group = "";
  for (const item of items) {
    if (item.group && item.group !== group) {
      group = item.group;
      list.append(h("div", { class: "menu-group", role: "presentation" }, group));
    }
    list.append(
      h("button", {
        class: item.danger ? "menu-item danger" : "menu-item", type: "button", role: "menuitem", testid: item.testid ?? "option", tabIndex: -1,
        onclick: () => {
          close();
          item.run();
        },
      }, item.icon ? icon(item.icon, 17) : null, h("span", { class: "menu-words" }, h("span", {}, textNodes(/** @type {any} */ (null), item.label)), item.hint ? h("small", {}, item.hint) : null)),
    );
  }
  const close = popover(anchor, list, { alignEnd });
  const stops = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=menuitem]")]);
  stops[0]?.focus();
  list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1 + stops.length, Home: 0, End: stops.length - 1 };
    if (event.key in moves) {
      event.preventDefault();
      stops[moves[event.key] % stops.length].focus();
    } else if (event.key === "Tab") {
      event.preventDefault();
      close();
    }
  });
}

/**
 * Ask before a deed.
 *
 * @param {import("./store.js").Store} store
 * @param {any} question Slack's confirmation dialog object
 * @returns {Promise<boolean>}
 */
export function confirm(store, question) {
  return new Promise((resolve) => {
    const id = freshId("confirm");
    const finish = (/** @type {boolean} */ answer) => {
      drop();
      resolve(answer);
    };
    const box = h("div", { class: "dialog dialog-small", role: "alertdialog", "aria-modal": "true", "aria-labelledby": id, "aria-describedby": `${id}-text`, testid: "confirm" },
      h("h2", { id }, textOf(question.title) || "Are you sure?"),
      h("div", { id: `${id}-text`, class: "dialog-text" }, textNodes(store, question.text)),
      h("div", { class: "dialog-buttons" },
        h("button", { class: "button", type: "button", testid: "confirm-deny", onclick: () => finish(false) }, textOf(question.deny) || "Cancel"),
        h("button", { class: question.style === "danger" ? "button danger solid" : "button primary", type: "button", testid: "confirm-accept", onclick: () => finish(true) }, textOf(question.confirm) || "Yes")));
    box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => trapTab(box, event));
    const veil = h("div", { class: "layer layer-veil" }, box);
    const drop = raise({ node: veil, close: () => finish(false), modal: true });
    focusable(box).at(-1)?.focus();
  });
}
