/** Task cards and plans: what an app is doing, one step a row. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/** @typedef {import("./surface.js").Scope} Scope */

/** @type {Record<string, string>} what a screen reader says of a status */
const SAID = { pending: "Not begun", in_progress: "In progress", complete: "Done", error: "Failed" };

/** @type {WeakMap<import("./surface.js").Surface, Map<string, boolean>>} which plans a person has folded or unfolded */
const folds = new WeakMap();

/** @param {string} status */
function mark(status) {
  const drawn = status === "complete" ? icon("check", 12) : status === "error" ? icon("close", 11) : null;
  return h("span", { class: `task-mark task-${SAID[status] ? status : "pending"}`, role: "img", "aria-label": SAID[status] ?? status }, drawn);
}

/** @param {any} source */
function chip(source) {
  return h("li", {}, link(source.url ?? "", source.text || source.url || ""));
}

/** @param {any} task @param {Scope} scope */
function row(task, scope) {
  const { store } = scope.surface.env;
  return h("div", { class: "task", testid: "task", dataset: { status: task.status } },
    mark(task.status),
    h("div", { class: "task-words" },
      h("div", { class: "task-title" }, task.title),
      task.details ? h("div", { class: "task-details" }, richText(store, task.details)) : null,
      task.output ? h("div", { class: "task-output" }, richText(store, task.output)) : null,
      task.sources?.length ? h("ul", { class: "task-sources", "aria-label": "Sources" }, task.sources.map(chip)) : null));
}

/** @param {any} block @param {Scope} scope @returns {HTMLElement} */
export function taskCard(block, scope) {
  return h("div", { class: "task-card" }, row(block, scope));
}

/**
 * All tasks under one title, unfolded while there is work in them.
 *
 * @param {any} block
 * @param {Scope} scope
 * @returns {HTMLElement}
 */
export function plan(block, scope) {
  /** @type {any[]} */
  const tasks = block.tasks ?? [];
  const done = tasks.filter((task) => task.status === "complete").length;
  const failed = tasks.some((task) => task.status === "error");
  const working = tasks.some((task) => task.status === "in_progress" || task.status === "pending");
  const known = folds.get(scope.surface) ?? new Map();
  folds.set(scope.surface, known);
  const overall = working ? "in_progress" : failed ? "error" : "complete";
  const node = h("details", { class: "plan", testid: "plan" },
    h("summary", {}, tasks.length ? mark(overall) : null, h("strong", {}, block.title),
      tasks.length ? h("span", { class: "plan-count" }, `${done} of ${tasks.length}`) : null, icon("chevron", 15)),
    h("div", { class: "plan-tasks" }, tasks.map((task) => row(task, scope))));
  node.open = known.get(block.block_id) ?? (working || failed);
  node.querySelector("summary").addEventListener("click", () => known.set(block.block_id, !node.open));
  return node;
}
