/** The app's Home tab. */

import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { fail } from "./notices.js";
import { Surface } from "./surface.js";

/** @typedef {import("./surface.js").Env} Env */

export class Home {
  /** @param {Env} env */
  constructor(env) {
    this.env = env;
    this.body = h("div", { class: "blocks home-blocks" });
    this.empty = h("p", { class: "home-empty", hidden: true }, "This app has not published its Home yet.");
    this.node = h("div", { class: "home", testid: "home", tabIndex: 0, role: "region", "aria-label": `${env.store.app.name} Home` }, h("div", { class: "home-inner" }, this.body, this.empty));
    /** @type {Surface|null} */
    this.surface = null;
    env.store.on("home_published", ({ view }) => this.draw(view));
    env.store.on("view_updated", ({ view }) => {
      if (view.type === "home") this.draw(view);
    });
  }

  /** Tell the app that its Home is open, and show what is published. */
  async open() {
    try {
      const { view } = await this.env.api.act("home", { tab: "home" });
      if (view) this.draw(view);
      else if (!this.surface) this.empty.hidden = false;
    } catch (error) {
      fail(error);
    }
  }

  /** @param {any} view */
  draw(view) {
    if (!this.surface || /** @type {any} */ (this.surface.container).view_id !== view.id) this.surface = new Surface(this.env, { type: "view", view_id: view.id });
    this.surface.headingLevel = 2;
    this.surface.state = view.state?.values ?? {};
    this.surface.keepOnly(view.blocks ?? []);
    this.empty.hidden = true;
    renderBlocks(this.body, view.blocks ?? [], this.surface);
  }
}
