/** The composer: text over several lines, pictures with previews, commands, shortcuts. */

import { completion } from "./completion.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { fail, toast } from "./notices.js";
import { menu } from "./overlay.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{file: any, preview: string, node: HTMLElement}} Attached
 */

/** @type {Map<string, string>} what was begun and not sent, by person and place */
const drafts = new Map();

export class Composer {
  /**
   * @param {Env} env
   * @param {{channel: string, threadTs?: string, placeholder: string, testid: string, sendTestid: string}} options
   */
  constructor(env, { channel, threadTs, placeholder, testid, sendTestid }) {
    this.env = env;
    this.channel = channel;
    this.threadTs = threadTs;
    this.draftKey = `${env.store.userId}:${channel}:${threadTs ?? ""}`;
    /** @type {Attached[]} */
    this.attached = [];
    this.uploading = 0;
    this.field = h("textarea", { class: "composer-field", rows: 1, testid, "aria-label": placeholder, placeholder, value: drafts.get(this.draftKey) ?? "", oninput: () => this.typed(), onpaste: (/** @type {ClipboardEvent} */ event) => this.pasted(event) });
    const list = completion(env, this.field, { commands: !threadTs });
    this.field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void this.send();
    });
    this.picker = h("input", { class: "visually-hidden", type: "file", multiple: true, tabIndex: -1, "aria-hidden": "true", testid: `${testid}-files`, onchange: () => {
      void this.attach([...this.picker.files]);
      this.picker.value = "";
    } });
    this.tray = h("div", { class: "tray", hidden: true, "aria-live": "polite" });
    this.button = h("button", { class: "send", type: "button", testid: sendTestid, "aria-label": "Send", title: "Send (Enter)", disabled: true, onclick: () => void this.send() }, icon("send", 18));
    const plus = h("button", { class: "icon-button composer-plus", type: "button", testid: `${testid}-plus`, "aria-label": "Attach or run a shortcut", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.openMenu(plus) }, icon("plus", 19));
    const frame = h("div", { class: "composer-frame" }, this.tray, h("div", { class: "composer-line" }, plus, this.field, this.button));
    this.node = h("div", { class: "composer" }, list, frame, this.picker);
    this.acceptDrops(frame);
    this.typed();
  }

  /** @param {HTMLElement} frame */
  acceptDrops(frame) {
    frame.addEventListener("dragover", (event) => {
      event.preventDefault();
      frame.classList.add("dropping");
    });
    frame.addEventListener("dragleave", () => frame.classList.remove("dropping"));
    frame.addEventListener("drop", (event) => {
      event.preventDefault();
      frame.classList.remove("dropping");
      void this.attach([...(event.dataTransfer?.files ?? [])]);
    });
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  typed() {
    drafts.set(this.draftKey, this.field.value);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 220)}px`;
    this.settle();
  }

  settle() {
    this.button.disabled = this.uploading > 0 || (!this.field.value.trim() && !this.attached.length);
    this.tray.hidden = !this.tray.childElementCount;
  }

  /** @param {ClipboardEvent} event */
  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    void this.attach(files);
  }

  /** @param {File[]} files */
  async attach(files) {
    await Promise.all(files.map((file) => this.attachOne(file)));
  }

  /** @param {File} file */
  async attachOne(file) {
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : "";
    const chip = h("div", { class: "chip", testid: "attachment", "aria-busy": "true" },
      preview ? h("img", { src: preview, alt: file.name }) : h("span", { class: "chip-file" }, icon("file", 20), h("span", {}, file.name)),
      h("button", { class: "chip-remove", type: "button", "aria-label": `Remove ${file.name}`, onclick: () => {
        this.attached = this.attached.filter((one) => one.node !== chip);
        chip.remove();
        URL.revokeObjectURL(preview);
        this.settle();
        this.focus();
      } }, icon("close", 13)));
    this.tray.append(chip);
    this.uploading += 1;
    this.settle();
    try {
      const uploaded = await this.env.api.upload(file);
      if (chip.isConnected) this.attached.push({ file: uploaded, preview, node: chip });
      chip.removeAttribute("aria-busy");
    } catch (error) {
      chip.remove();
      fail(error);
    } finally {
      this.uploading -= 1;
      this.settle();
    }
  }

  async send() {
    const text = this.field.value.replace(/\s+$/, "");
    if (this.button.disabled) return;
    const attached = this.attached;
    const command = /^\/(\S+)(?:\s+([\s\S]*))?$/.exec(text);
    if (command && !attached.length && !this.mayCommand(`/${command[1]}`)) return;
    this.field.value = "";
    this.attached = [];
    this.tray.replaceChildren();
    this.typed();
    try {
      if (command && !attached.length) await this.env.api.act("command", { channel: this.channel, command: `/${command[1]}`, text: command[2] ?? "" });
      else await this.say(text.trim(), attached.map((one) => one.file.id));
    } catch (error) {
      if (!this.field.value) this.field.value = text;
      this.attached = attached;
      this.tray.replaceChildren(...attached.map((one) => one.node));
      this.typed();
      fail(error);
    }
  }

  /**
   * @param {string} text
   * @param {string[]} [files]
   */
  say(text, files = []) {
    return this.env.api.act("say", { channel: this.channel, text, ...(this.threadTs ? { thread_ts: this.threadTs } : {}), ...(files.length ? { files } : {}) });
  }

  /** @param {string} command */
  mayCommand(command) {
    if (this.threadTs) {
      toast("Slash commands cannot be used in threads. Send it in the channel instead.", "error");
      return false;
    }
    if ((this.env.store.app.commands ?? []).some((one) => one.command === command)) return true;
    toast(`${command} is not a command here. To send it as a message, begin with a space.`, "error");
    return false;
  }

  /** @param {HTMLElement} anchor */
  openMenu(anchor) {
    const { api, store } = this.env;
    const shortcuts = (store.app.shortcuts ?? []).filter((one) => one.type === "global");
    const commands = this.threadTs ? [] : store.app.commands ?? [];
    menu(anchor, [
      { label: "Attach images or files", icon: "image", testid: "attach", run: () => this.picker.click() },
      ...shortcuts.map((one) => ({ label: one.name, hint: one.description, icon: "bolt", group: `${store.app.name} shortcuts`, testid: `shortcut-${one.callback_id}`, run: () => void api.act("shortcut", { callback_id: one.callback_id }).catch(fail) })),
      ...commands.map((one) => ({ label: one.command, hint: one.usage_hint || one.description, icon: "slash", group: "Commands", run: () => {
        this.field.value = `${one.command} `;
        this.typed();
        this.focus();
      } })),
    ], { label: "Attach or run a shortcut", alignEnd: false });
  }
}
