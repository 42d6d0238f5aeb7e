/** The list of channels, direct messages and the app. */

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./row.js";

/** @typedef {import("./surface.js").Env} Env */

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
        h("h1", { class: "list-title" }, store.team.name),
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
    return h("a", { class: unread ? "nav-link unread" : "nav-link", href: `#/${channel.id}`, testid: `channel-${channel.id}`, "aria-current": here ? "page" : null },
      face, h("span", { class: "nav-name" }, channel.is_im ? null : h("span", { class: "visually-hidden" }, "Channel "), name),
      unread ? h("span", { class: "count" }, unread > 99 ? "99+" : unread, h("span", { class: "visually-hidden" }, " unread")) : null);
  }
}
