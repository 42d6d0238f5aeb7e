/** Toasts and banners: what went wrong, in plain words. */

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";

/** @type {Record<string, string>} */
const WORDS = {
  operation_timeout: "The app did not answer within three seconds. Try again.",
  app_not_connected: "The app is not connected yet, so nobody received this.",
  unreachable: "The sandbox server cannot be reached.",
  ratelimited: "Too fast for Slack's limits. Wait a moment and try again.",
};

/**
 * @param {any} error what a control call threw
 * @returns {string}
 */
export function wordsFor(error) {
  return WORDS[error?.code] ?? (error?.message || (error?.code ? `It did not work (${error.code}).` : "It did not work."));
}

/**
 * @param {string} text
 * @param {"error"|"info"} [kind]
 */
export function toast(text, kind = "info") {
  const node = h("div", { class: `toast toast-${kind}`, testid: "toast" },
    icon(kind === "error" ? "warn" : "info", 18),
    h("span", {}, text),
    h("button", { class: "icon-button", type: "button", "aria-label": "Dismiss", onclick: () => node.remove() }, icon("close", 15)));
  byId("toasts").append(node);
  window.setTimeout(() => node.remove(), kind === "error" ? 9000 : 4000);
}

/** @param {string} text for a screen reader, which alone hears it */
export function announce(text) {
  byId("announcer").textContent = text;
}

/** @param {any} error */
export function fail(error) {
  toast(wordsFor(error), "error");
  if (!error?.code) throw error;
}

/**
 * Show or take away one of the lines across the top.
 *
 * @param {string} name
 * @param {string|null} text
 */
export function banner(name, text) {
  const root = byId("banners");
  const old = /** @type {HTMLElement|null} */ (root.querySelector(`[data-banner="${name}"]`));
  if (!text) return void old?.remove();
  if (old) return;
  root.append(h("div", { class: `banner banner-${name}`, dataset: { banner: name }, testid: `banner-${name}` }, h("i", { class: "pulse" }), text));
}
