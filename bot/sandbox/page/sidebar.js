/** The top bar with "act as", and the list of channels, direct messages and the app. */

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./row.js";

/** @typedef {import("./surface.js").Env} Env */

const SVG = "http://www.w3.org/2000/svg";

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
 * @param {{actAs: (user: string) => void, toggleInspector: () => void}} options
 */
export function drawTopbar(env, { actAs, toggleInspector }) {
  const { store } = env;
  const people = store.people();
  const choose = (/** @type {string} */ id) => h("button", {
    class: "actor", type: "button", testid: `act-as-${id}`, dataset: { user: id }, title: `${store.userName(id)}, ${role(store.users.get(id) ?? { id })}`,
    "aria-pressed": String(id === store.userId), "aria-label": `Act as ${store.userName(id)}`, onclick: () => actAs(id),
  }, avatar(store, id, "small"), h("span", { class: "actor-name" }, store.userName(id)));
  byId("topbar").replaceChildren(
    h("div", { class: "team" }, mark(), h("strong", {}, store.team.name), h("span", { class: "stand-in" }, "Sandbox: a local stand-in for Slack")),
    h("div", { class: "act-as", role: "group", "aria-label": "Act as", testid: "act-as" }, h("span", { class: "act-as-label", "aria-hidden": "true" }, "Act as"), people.map((user) => choose(user.id))),
    h("button", { class: "icon-button inspect-toggle", type: "button", testid: "inspector-toggle", "aria-label": "Inspector", title: "Inspector: what passes between Slack and the app", "aria-pressed": String(!byId("inspector").hidden), onclick: toggleInspector }, icon("inspect", 19)));
}

export class Sidebar {
  /** @param {Env} env */
  constructor(env) {
    this.env = env;
    this.root = byId("sidebar");
    this.current = "";
    this.tab = "";
    env.store.on("channels", () => this.draw());
    env.store.on("channel", () => this.draw());
  }

  /**
   * @param {string} channel
   * @param {string} tab
   */
  select(channel, tab) {
    this.current = channel;
    this.tab = tab;
    this.draw();
  }

  draw() {
    const { store } = this.env;
    const held = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.testid ?? "";
    const all = [...store.channels.values()];
    const app = store.appChannel();
    const rooms = all.filter((channel) => !channel.is_im).sort((a, b) => (a.name ?? "").localeCompare(b.name ?? ""));
    const direct = all.filter((channel) => channel.is_im && channel.id !== app?.id);
    const group = (/** @type {string} */ title, /** @type {any[]} */ items) => (items.length ? h("section", { class: "nav-group" }, h("h2", {}, title), h("ul", {}, items.map((item) => h("li", {}, item)))) : null);
    this.root.replaceChildren(
      ...[
        group("App", app ? [this.link(app), h("a", { class: "nav-link nav-sub", href: `#/${app.id}/home`, testid: "nav-home", "aria-current": this.current === app.id && this.tab === "home" ? "page" : null }, "Home")] : []),
        group("Channels", rooms.map((channel) => this.link(channel))),
        group("Direct messages", direct.map((channel) => this.link(channel))),
        h("p", { class: "nav-note" }, "Sandbox: a local stand-in for Slack. Nothing here leaves this machine by itself."),
      ].filter((node) => node !== null),
    );
    if (held) /** @type {HTMLElement|null} */ (this.root.querySelector(`[data-testid="${CSS.escape(held)}"]`))?.focus();
  }

  /** @param {import("./store.js").Channel} channel */
  link(channel) {
    const { store } = this.env;
    const name = store.channelName(channel.id);
    const unread = channel.id === this.current && this.tab !== "home" ? 0 : channel.unread ?? 0;
    const here = channel.id === this.current && this.tab !== "home";
    const face = channel.is_im ? avatar(store, store.isAppChannel(channel.id) ? store.app.bot_user_id : channel.user, "small") : h("span", { class: "nav-hash" }, icon("hash", 16));
    const label = `${channel.is_im ? "" : "Channel "}${name}${unread ? `, ${unread} unread` : ""}`;
    return h("a", { class: unread ? "nav-link unread" : "nav-link", href: `#/${channel.id}`, testid: `channel-${channel.id}`, "aria-current": here ? "page" : null, "aria-label": label },
      face, h("span", { class: "nav-name" }, name), unread ? h("span", { class: "count" }, unread > 99 ? "99+" : unread) : null);
  }
}
