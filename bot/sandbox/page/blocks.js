/** Block Kit layout blocks as DOM, patched in place: a block whose content did not change keeps its nodes. */

import { chart } from "./charts.js";
import { freshId, h } from "./dom.js";
import { renderElement } from "./elements.js";
import { blockPicture } from "./files.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { textNodes, textOf } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { plan, taskCard } from "./tasks.js";

/**
 * @typedef {import("./surface.js").Surface} Surface
 * @typedef {import("./surface.js").Scope} Scope
 * @typedef {{key: string, print: string, node: HTMLElement, scope: Scope}} Drawn
 */

const FOLD_CHARACTERS = 520;
const FOLD_LINES = 9;

/**
 * @param {HTMLElement} words
 * @param {string} text
 * @returns {HTMLElement} the words, with a way to unfold them when they are long
 */
function foldable(words, text) {
  if (text.length <= FOLD_CHARACTERS && text.split("\n").length <= FOLD_LINES) return words;
  words.classList.add("folded");
  const more = h("button", { class: "link-button", type: "button", "aria-expanded": "false" }, "Show more");
  more.addEventListener("click", () => {
    const folded = words.classList.toggle("folded");
    more.textContent = folded ? "Show more" : "Show less";
    more.setAttribute("aria-expanded", String(!folded));
  });
  return h("div", {}, words, more);
}

/** @param {any} block @param {Scope} scope */
function section(block, scope) {
  const { env } = scope.surface;
  const main = h("div", { class: "section-main" });
  if (block.text) {
    const words = h("div", { class: "section-text" }, textNodes(env.store, block.text));
    main.append(block.expand ? words : foldable(words, textOf(block.text)));
  }
  if (block.fields) {
    main.append(h("div", { class: "fields" }, block.fields.map((/** @type {any} */ field) => h("div", { class: "field-text" }, textNodes(env.store, field)))));
  }
  if (!block.accessory) return h("div", { class: "section" }, main);
  const accessory = block.accessory.type === "image" ? blockPicture(env, block.accessory, "thumb") : renderElement(block.accessory, scope);
  const kind = block.accessory.type;
  const look = ["radio_buttons", "checkboxes"].includes(kind) ? "section section-stacked" : /_select$|picker$/.test(kind) ? "section section-broad" : "section";
  return h("div", { class: look }, main, h("div", { class: "accessory" }, accessory));
}

/** @param {any} block @param {Scope} scope */
function context(block, scope) {
  const { env } = scope.surface;
  const parts = (block.elements ?? []).map((/** @type {any} */ element) =>
    element.type === "image" ? blockPicture(env, element, "tiny") : h("span", { class: "context-text" }, textNodes(env.store, element)));
  return h("div", { class: "context" }, parts);
}

/** @param {any} block @param {Scope} scope */
function image(block, scope) {
  return h("figure", { class: "image-block" },
    block.title ? h("figcaption", {}, textNodes(scope.surface.env.store, block.title)) : null,
    blockPicture(scope.surface.env, block, "large"));
}

/** @param {any} block @param {Scope} scope */
function input(block, scope) {
  const { store } = scope.surface.env;
  const element = block.element ?? {};
  const [labelId, hintId, errorId] = [freshId("label"), freshId("hint"), freshId("error")];
  const body = renderElement(element, scope, "input");
  const control = /** @type {HTMLElement} */ (body.dataset.testid ? body : body.querySelector("[data-testid]") ?? body);
  const describe = [block.hint ? hintId : "", errorId].filter(Boolean).join(" ");
  control.id = freshId("input");
  control.setAttribute("aria-describedby", describe);
  if (control.matches("input,textarea")) {
    control.setAttribute("aria-required", String(!block.optional));
  } else {
    control.removeAttribute("aria-label");
    const face = control.querySelector(".select-face");
    if (face) face.id = freshId("face");
    control.setAttribute("aria-labelledby", face ? `${labelId} ${face.id}` : labelId);
  }
  return h("div", { class: "input-block", dataset: { block: block.block_id } },
    h("label", { class: "input-label", id: labelId, htmlFor: control.matches("input,textarea,button") ? control.id : null },
      h("span", {}, textNodes(store, block.label)), block.optional ? h("span", { class: "optional" }, " (optional)") : null),
    body,
    h("div", { class: "input-error", id: errorId, role: "alert", hidden: true }),
    block.hint ? h("div", { class: "input-hint", id: hintId }, textNodes(store, block.hint)) : null);
}

/** @param {any} block @param {Scope} scope */
function card(block, scope) {
  const { env } = scope.surface;
  return h("div", { class: "card" },
    block.hero_image ? blockPicture(env, block.hero_image, "hero") : null,
    h("div", { class: "card-words" },
      h("div", { class: "card-head" }, block.icon ? blockPicture(env, block.icon, "tiny") : null,
        h("div", {}, block.title ? h("strong", {}, textNodes(env.store, block.title)) : null, block.subtitle ? h("small", {}, textNodes(env.store, block.subtitle)) : null)),
      block.body ? h("div", { class: "section-text" }, textNodes(env.store, block.body)) : null,
      block.actions?.length ? h("div", { class: "actions" }, block.actions.map((/** @type {any} */ one) => renderElement(one, scope))) : null));
}

/** @param {any} block @param {Scope} scope */
function table(block, scope) {
  const cell = (/** @type {any} */ one) => (one?.type === "rich_text" ? richText(scope.surface.env.store, one) : textOf(one) || String(one?.value ?? ""));
  const [head, ...rows] = block.rows ?? [];
  return h("div", { class: "table-scroll mrkdwn" }, h("table", {},
    h("thead", {}, h("tr", {}, (head ?? []).map((/** @type {any} */ one) => h("th", {}, cell(one))))),
    h("tbody", {}, rows.map((/** @type {any[]} */ row) => h("tr", {}, row.map((one) => h("td", {}, cell(one))))))));
}

/** @param {any} block @param {Scope} scope */
function container(block, scope) {
  const { store } = scope.surface.env;
  const inside = h("div", { class: "blocks" });
  renderBlocks(inside, block.child_blocks ?? [], scope.surface);
  const head = [block.icon ? blockPicture(scope.surface.env, block.icon, "tiny") : null,
    h("div", {}, block.rich_text_title ? richText(store, block.rich_text_title) : textNodes(store, block.title), block.subtitle ? h("small", {}, textNodes(store, block.subtitle)) : null)];
  if (!block.is_collapsible) return h("div", { class: "container-block" }, h("div", { class: "container-head" }, head), inside);
  const node = h("details", { class: "container-block" }, h("summary", { class: "container-head" }, head), inside);
  node.open = !block.default_collapsed;
  return node;
}

/** @param {string} title @param {string} text */
function unknown(title, text) {
  return h("div", { class: "unknown-block" }, h("strong", {}, title), text ? h("span", {}, text) : null);
}

/** @type {Record<string, (block: any, scope: Scope) => HTMLElement>} */
const KINDS = {
  section,
  context,
  image,
  input,
  card,
  table,
  container,
  plan,
  task_card: taskCard,
  data_visualization: chart,
  data_table: (block, scope) => h("figure", {}, h("figcaption", { class: "table-caption" }, block.caption), table(block, scope)),
  divider: () => h("hr", { class: "divider" }),
  header: (block, scope) => h("div", { class: "header", role: "heading", "aria-level": String(block.level ?? scope.surface.headingLevel) }, textNodes(scope.surface.env.store, block.text)),
  actions: (block, scope) => h("div", { class: "actions" }, block.elements.map((/** @type {any} */ one) => renderElement(one, scope))),
  context_actions: (block, scope) => h("div", { class: "context-actions" }, block.elements.map((/** @type {any} */ one) => renderElement(one, scope))),
  rich_text: (block, scope) => richText(scope.surface.env.store, block),
  markdown: (block) => markdown(block.text ?? ""),
  carousel: (block, scope) => h("div", { class: "carousel", tabIndex: 0, role: "group", "aria-label": "Cards" }, (block.elements ?? block.cards ?? []).map((/** @type {any} */ one) => card(one, scope))),
  alert: (block, scope) => h("div", { class: `alert alert-${block.level ?? "default"}`, role: "status" }, icon(block.level === "success" ? "check" : block.level === "info" || !block.level || block.level === "default" ? "info" : "warn", 18), h("div", {}, textNodes(scope.surface.env.store, block.text))),
  file: () => unknown("File", "A file from outside the workspace."),
  video: (block, scope) => h("div", { class: "unknown-block" }, h("strong", {}, textNodes(scope.surface.env.store, block.title)), h("span", {}, "Videos are not played in the sandbox."), /^https?:/i.test(block.title_url ?? block.video_url ?? "") ? h("a", { href: block.title_url ?? block.video_url, target: "_blank", rel: "noopener noreferrer" }, "Open it") : null),
};

/** @param {any} block @param {Scope} scope @returns {HTMLElement} */
function draw(block, scope) {
  const kind = KINDS[block.type];
  if (!kind) return unknown(`Block “${block.type}”`, textOf(block.text) || textOf(block.title) || "The sandbox does not draw this block.");
  return kind(block, scope);
}

/** @type {WeakMap<HTMLElement, Drawn[]>} */
const drawn = new WeakMap();

/**
 * Draw blocks into a container, or bring what it shows up to date.
 *
 * @param {HTMLElement} container
 * @param {any[]} blocks
 * @param {Surface} surface
 */
export function renderBlocks(container, blocks, surface) {
  const old = drawn.get(container) ?? [];
  const free = new Set(old);
  /** @type {Drawn[]} */
  const next = blocks.map((block, index) => {
    const { block_id: key = "", ...content } = block;
    const print = JSON.stringify(content);
    const same = old.find((one) => free.has(one) && one.print === print && one.key === key) ?? (old[index]?.print === print && free.has(old[index]) && block.type !== "input" ? old[index] : undefined);
    if (same) {
      free.delete(same);
      same.scope.block = block;
      return { ...same, key };
    }
    const scope = { surface, block };
    const node = draw(block, scope);
    node.classList.add("block");
    return { key, print, node, scope };
  });
  next.forEach(({ node }, index) => {
    if (container.children[index] !== node) container.insertBefore(node, container.children[index] ?? null);
  });
  while (container.children.length > next.length) container.lastElementChild?.remove();
  drawn.set(container, next);
}
