/** The canvas pane: a document to read, and to write for whoever may. */

import { CanvasBody } from "./canvas_body.js";
import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { fail, toast } from "./notices.js";
import { confirm, menu } from "./overlay.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{id: string, title: string, permalink: string, owner: string, access: string, own_of: string, channels: string[], sections: import("./canvas_words.js").Section[]}} Canvas
 */

/** @param {string} text */
const plainText = (text) => ({ type: "plain_text", text });

export class CanvasPane {
  /**
   * @param {Env} env
   * @param {{close: () => void}} options
   */
  constructor(env, { close }) {
    this.env = env;
    this.close = close;
    this.root = byId("canvas");
    this.id = "";
    /** @type {Canvas|null} */
    this.canvas = null;
    /** @type {CanvasBody|null} */
    this.body = null;
    env.store.on("canvas", ({ canvas }) => {
      if (canvas.id === this.id) this.draw(canvas);
    });
    env.store.on("canvas_gone", ({ id }) => {
      if (id === this.id) this.gone();
    });
    this.root.onkeydown = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.leave();
    };
  }

  get mayEdit() {
    return ["write", "owner"].includes(this.canvas?.access ?? "");
  }

  /** @param {string} id */
  async open(id) {
    if (id === this.id && this.canvas) return;
    this.hide();
    this.id = id;
    try {
      const { canvas } = await this.env.api.read("canvas", { canvas: id });
      if (this.id !== id) return;
      this.root.hidden = false;
      this.draw(canvas);
      this.body?.arrive();
    } catch (error) {
      fail(error);
      this.close();
    }
  }

  /** Read it anew after the stream was away. */
  async load() {
    if (!this.canvas) return;
    const { canvas } = await this.env.api.read("canvas", { canvas: this.id });
    if (canvas.id === this.id) this.draw(canvas);
  }

  /** @param {Canvas} canvas */
  draw(canvas) {
    const first = !this.canvas;
    this.canvas = canvas;
    this.body ??= new CanvasBody(this.env, { change: (change) => this.change(change) });
    if (first) {
      this.head = h("div", { class: "pane-head" });
      this.root.replaceChildren(this.head, this.body.node);
    }
    this.drawHead();
    this.body.draw(canvas, this.mayEdit);
  }

  drawHead() {
    const { canvas, env } = this;
    if (!canvas || !this.head) return;
    const where = canvas.own_of ? this.place(canvas.own_of) : canvas.channels.map((one) => this.place(one)).join(", ");
    const may = this.mayEdit ? "You can edit" : "You can read";
    const more = h("button", { class: "icon-button", type: "button", testid: "canvas-more", "aria-label": "More about this canvas", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.openMenu(more) }, icon("more", 20));
    const held = this.head.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.testid : "";
    this.head.replaceChildren(
      h("button", { class: "icon-button back", type: "button", "aria-label": "Back to the conversation", testid: "canvas-back", onclick: () => this.leave() }, icon("back", 20)),
      h("div", { class: "pane-title" }, h("h2", {}, "Canvas"), h("span", { class: "pane-sub" }, [where || `Of ${env.store.userName(canvas.owner)}`, may].join(" · "))),
      more,
      h("button", { class: "icon-button thread-close", type: "button", "aria-label": "Close canvas", testid: "canvas-close", onclick: () => this.leave() }, icon("close", 18)));
    if (held) /** @type {HTMLElement|null} */ (this.head.querySelector(`[data-testid="${held}"]`))?.focus();
  }

  /** @param {string} channel */
  place(channel) {
    const { store } = this.env;
    if (!store.channels.has(channel)) return "a private channel";
    return store.channels.get(channel)?.is_im ? store.channelName(channel) : `#${store.channelName(channel)}`;
  }

  /** @param {HTMLElement} anchor */
  openMenu(anchor) {
    const { canvas, env } = this;
    if (!canvas) return;
    const rooms = [...env.store.channels.values()].filter((one) => one.is_im || one.is_member);
    const share = (/** @type {string} */ access, /** @type {string} */ group) => rooms.map((room) => ({
      group, label: this.place(room.id), icon: room.is_im ? "reply" : "hash", testid: `canvas-share-${access}-${room.id}`,
      run: () => void this.share(room.id, access),
    }));
    menu(anchor, [
      { label: "Copy link", icon: "link", testid: "canvas-copy", run: () => void navigator.clipboard.writeText(canvas.permalink).then(() => toast("Link copied."), () => toast(canvas.permalink)) },
      ...(canvas.access === "owner" ? [{ label: "Delete canvas", icon: "trash", danger: true, testid: "canvas-delete", run: () => void this.remove() }] : []),
      ...share("read", canvas.own_of ? "Post the link in" : "Share to read in"),
      ...(this.mayEdit && !canvas.own_of ? share("write", "Share to edit in") : []),
    ], { label: "Canvas" });
  }

  /**
   * @param {string} channel
   * @param {string} access
   */
  async share(channel, access) {
    try {
      await this.env.api.act("canvas_share", { canvas: this.id, to: channel, access });
      toast(`Shared in ${this.place(channel)}.`);
    } catch (error) {
      fail(error);
    }
  }

  async remove() {
    const sure = await confirm(this.env.store, { title: plainText("Delete this canvas?"), text: plainText("Nobody can get it back."), confirm: plainText("Delete"), deny: plainText("Keep"), style: "danger" });
    if (!sure) return;
    try {
      await this.env.api.act("canvas_delete", { canvas: this.id });
    } catch (error) {
      fail(error);
    }
  }

  /** @param {Record<string, string>} change one change as the control interface takes it */
  async change(change) {
    const { canvas } = await this.env.api.act("canvas_edit", { canvas: this.id, ...change });
    if (canvas.id === this.id) this.draw(canvas);
  }

  /** Close, unless something unsaved would be lost. */
  leave() {
    if (this.body?.holdsUnsaved()) return;
    this.close();
  }

  gone() {
    toast("This canvas was deleted, or is not shared with you any more.");
    this.close();
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
    this.id = "";
    this.canvas = null;
    this.body = null;
  }
}
