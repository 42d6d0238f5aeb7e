/** The button over a conversation that lists its canvases and begins new ones. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { fail } from "./notices.js";
import { menu } from "./overlay.js";

/** @typedef {import("./surface.js").Env} Env */

/**
 * @param {Env} env
 * @param {string} channel
 * @param {(canvas: string) => void} open
 * @returns {HTMLElement}
 */
export function canvasButton(env, channel, open) {
  const button = h("button", { class: "icon-button", type: "button", testid: "canvases", "aria-label": "Canvases", title: "Canvases", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => void list(env, channel, button, open) }, icon("canvas", 19));
  return button;
}

/**
 * @param {Env} env
 * @param {string} channel
 * @param {HTMLElement} anchor
 * @param {(canvas: string) => void} open
 */
async function list(env, channel, anchor, open) {
  try {
    const [{ canvases: here }, { canvases: all }] = await Promise.all([env.api.read("canvases", { channel }), env.api.read("canvases")]);
    const elsewhere = all.filter((/** @type {any} */ one) => !here.some((/** @type {any} */ known) => known.id === one.id));
    const item = (/** @type {any} */ canvas, /** @type {string} */ group) => ({
      group, label: canvas.title || "Untitled", icon: "canvas", testid: `canvas-${canvas.id}`,
      hint: canvas.own_of === channel ? "This conversation's own" : canvas.access === "read" ? "To read" : "",
      run: () => open(canvas.id),
    });
    here.sort((/** @type {any} */ a, /** @type {any} */ b) => Number(b.own_of === channel) - Number(a.own_of === channel));
    menu(anchor, [
      ...here.map((/** @type {any} */ one) => item(one, "Here")),
      ...elsewhere.map((/** @type {any} */ one) => item(one, "Elsewhere")),
      { group: "New", label: "New canvas", icon: "plus", testid: "canvas-new", run: () => void begin(env, channel, open) },
    ], { label: "Canvases" });
  } catch (error) {
    fail(error);
  }
}

/**
 * @param {Env} env
 * @param {string} channel
 * @param {(canvas: string) => void} open
 */
async function begin(env, channel, open) {
  try {
    const { canvas } = await env.api.act("canvas_write", { channel });
    open(canvas.id);
  } catch (error) {
    fail(error);
  }
}
