/** The bar at the top: the workspace, whose window this is, and the rail of workspaces when there are several. */

import { windowOf } from "./address.js";
import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { isLoud, toggleLoud } from "./notify.js";
import { menu } from "./overlay.js";
import { avatar } from "./row.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{id: string, name: string, domain: string, installed: boolean, org: string|null}} Workspace
 */

const SVG = "http://www.w3.org/2000/svg";
/** so many people stand side by side; of more, the others are in the menu alone (on a phone always) */
const FEW = 5;

/** @returns {SVGElement} the workspace's mark: two peaks over a horizon */
function mark() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("class", "team-mark");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, d] of [["ground", "M9 1h14a8 8 0 0 1 8 8v14a8 8 0 0 1-8 8H9a8 8 0 0 1-8-8V9a8 8 0 0 1 8-8z"], ["far", "M17 23l5-8.5 5.5 8.5z"], ["near", "M4.5 23l7.5-13 7.5 13z"], ["sun", "M23 7.5a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z"]]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", `mark-${name}`);
    path.setAttribute("d", d);
    svg.appendChild(path);
  }
  return svg;
}

/** @param {import("./store.js").User} user @returns {string} what kind of member someone is */
function role(user) {
  if (user.is_owner || user.is_admin) return "admin";
  return user.is_restricted ? "guest" : "member";
}

/**
 * @param {Env} env
 * @param {HTMLElement} anchor
 * @param {(user: string) => void} actAs
 */
function peopleMenu(env, anchor, actAs) {
  const { store, api } = env;
  const others = store.people().filter((user) => user.id !== store.userId);
  menu(anchor, [
    ...others.map((user) => ({ label: store.userName(user.id), hint: role(user), group: "Act as", testid: `menu-act-as-${user.id}`, run: () => actAs(user.id) })),
    ...store.people().map((user) => ({ label: store.userName(user.id), icon: "open", group: "Open another window as…", testid: `window-${user.id}`, run: () => void window.open(windowOf(user.id, api.team), "_blank", "noopener") })),
  ], { label: "People" });
}

/**
 * @param {Env} env
 * @param {{actAs: (user: string) => void, toggleInspector: () => void}} options
 */
export function drawTopbar(env, { actAs, toggleInspector }) {
  const { store } = env;
  const held = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.testid ?? "";
  const people = store.people();
  const one = (/** @type {string} */ id) => h("button", {
    class: "actor", type: "button", testid: `act-as-${id}`, dataset: { user: id }, title: `${store.userName(id)}, ${role(store.users.get(id) ?? { id })}`,
    "aria-pressed": String(id === store.userId), onclick: () => actAs(id),
  }, avatar(store, id, "small"), h("span", { class: "visually-hidden" }, id === store.userId ? "You act as " : "Act as "), h("span", { class: "actor-name" }, store.userName(id)));
  const shown = people.length > FEW ? people.filter((user) => user.id === store.userId) : people;
  const others = h("button", { class: "icon-button", type: "button", testid: "people", "aria-label": "People: act as, or open another window", title: "Act as, or open another window", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => peopleMenu(env, others, actAs) }, icon("window", 19));
  const bell = h("button", { class: "icon-button", type: "button", testid: "bell", "aria-label": "Browser notifications", title: "Browser notifications for this window", "aria-pressed": String(isLoud()), onclick: () => void toggleLoud().then(() => bell.setAttribute("aria-pressed", String(isLoud()))) }, icon("bell", 19));
  byId("topbar").replaceChildren(
    h("div", { class: "team" }, mark(), h("strong", {}, store.team.name), h("span", { class: "stand-in" }, "Sandbox: a local stand-in for Slack")),
    h("div", { class: "act-as", role: "group", "aria-label": "Act as", testid: "act-as" }, h("span", { class: "act-as-label", "aria-hidden": "true" }, "Act as"), shown.map((user) => one(user.id)), others),
    bell,
    h("button", { class: "icon-button inspect-toggle", type: "button", testid: "inspector-toggle", "aria-label": "Inspector", title: "Inspector: what passes between Slack and the app", "aria-pressed": String(!byId("inspector").hidden), onclick: toggleInspector }, icon("inspect", 19)));
  if (held) /** @type {HTMLElement|null} */ (byId("topbar").querySelector(`[data-testid="${CSS.escape(held)}"]`))?.focus();
}

/**
 * The workspaces this Slack holds, when they are several.
 *
 * @param {Env} env
 * @param {(team: string) => void} enter
 */
export async function drawRail(env, enter) {
  const rail = byId("rail");
  /** @type {Workspace[]} */
  const workspaces = await env.api.read("workspaces").then((answer) => answer.workspaces, () => []);
  rail.hidden = workspaces.length < 2;
  rail.replaceChildren(...workspaces.map((one) => h("button", {
    class: "rail-team", type: "button", testid: `team-${one.id}`, title: [one.name, one.org, one.installed ? "" : "the app is not installed"].filter(Boolean).join(", "), "aria-current": one.id === env.store.team.id ? "true" : null,
    "aria-label": `Workspace ${one.name}${one.installed ? "" : ", the app is not installed"}`, onclick: () => enter(one.id),
  }, h("span", { "aria-hidden": "true" }, [...one.name].slice(0, 2).join("")), h("span", { class: "rail-name" }, one.name))));
}
