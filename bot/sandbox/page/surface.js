/** Where blocks stand (a message or a view): keeps what a person chose there and tells the server of each act. */

import { fail } from "./notices.js";
import { confirm } from "./overlay.js";

/**
 * @typedef {import("./api.js").Api} Api
 * @typedef {import("./api.js").Container} Container
 * @typedef {import("./store.js").Store} Store
 * @typedef {{store: Store, api: Api, ready: Promise<void>}} Env
 * @typedef {{surface: Surface, block: any}} Scope   the block is replaced when an update leaves its content alone
 */

/**
 * @param {any} state one entry of view.state.values
 * @returns {any} the value as the control interface takes it; undefined when there is none
 */
function valueOfState(state) {
  const found = state.selected_options ?? state.selected_option ?? state.selected_date ?? state.selected_time ?? state.selected_date_time
    ?? state.selected_users ?? state.selected_user ?? state.selected_conversations ?? state.selected_conversation
    ?? state.selected_channels ?? state.selected_channel ?? state.files?.map((/** @type {any} */ file) => file.id) ?? state.value;
  return found === null ? undefined : found;
}

export class Surface {
  /**
   * @param {Env} env
   * @param {Container} container
   */
  constructor(env, container) {
    this.env = env;
    this.container = container;
    /** @type {Map<string, {blockId: string, actionId: string, value: any, untold: boolean}>} what was typed or chosen here */
    this.touched = new Map();
    /** @type {any} */
    this.state = {};
    /** below a title of level 2, as a modal's or a thread's */
    this.headingLevel = 3;
  }

  /**
   * @param {Scope} scope
   * @param {any} element
   */
  key(scope, element) {
    return `${scope.block.block_id}\n${element.action_id}`;
  }

  /**
   * @param {Scope} scope
   * @param {any} element
   * @param {any} initial
   * @returns {any} what the control should show
   */
  value(scope, element, initial) {
    const touched = this.touched.get(this.key(scope, element));
    if (touched) return touched.value;
    const state = this.state?.[scope.block.block_id]?.[element.action_id];
    const known = state ? valueOfState(state) : undefined;
    return known === undefined ? initial : known;
  }

  /**
   * @param {Scope} scope
   * @param {any} element
   * @param {any} value
   */
  set(scope, element, value) {
    const untold = scope.block.type === "input" && !scope.block.dispatch_action;
    this.touched.set(this.key(scope, element), { blockId: scope.block.block_id, actionId: element.action_id, value, untold });
  }

  /**
   * Forget what belongs to controls that are gone.
   *
   * @param {any[]} blocks
   */
  keepOnly(blocks) {
    const alive = new Set();
    for (const block of blocks) {
      for (const element of [block.element, block.accessory, ...(block.elements ?? [])]) {
        if (element?.action_id) alive.add(`${block.block_id}\n${element.action_id}`);
      }
    }
    for (const key of this.touched.keys()) if (!alive.has(key)) this.touched.delete(key);
  }

  /** @returns {Record<string, Record<string, any>>} values as the control interface takes them */
  values() {
    /** @type {Record<string, Record<string, any>>} */
    const all = {};
    for (const { blockId, actionId, value } of this.touched.values()) (all[blockId] ??= {})[actionId] = value;
    return all;
  }

  /**
   * Let the server know what stands in the form's quiet inputs, so that an act carries the form's whole state.
   */
  async tellTyped() {
    const quiet = [...this.touched.values()].filter((one) => one.untold);
    await Promise.all(quiet.map(async (one) => {
      try {
        await this.env.api.act("action", { container: this.container, block_id: one.blockId, action_id: one.actionId, value: one.value });
        one.untold = false;
      } catch {
        // What the server does not take yet is refused under its field at submission, not by another field's act.
      }
    }));
  }

  /**
   * Tell the app of an act, with a pending mark on the control until it acknowledged.
   *
   * @param {Scope} scope
   * @param {any} element
   * @param {any} value undefined for a button
   * @param {HTMLElement} control
   * @returns {Promise<boolean>} whether the app acknowledged
   */
  async act(scope, element, value, control) {
    const { api, store } = this.env;
    if (control.getAttribute("aria-busy") === "true") return false;
    if (element.confirm && !(await confirm(store, element.confirm))) return false;
    control.setAttribute("aria-busy", "true");
    try {
      if (this.container.type === "view") await this.tellTyped();
      const body = { container: this.container, block_id: scope.block.block_id, action_id: element.action_id };
      await api.act("action", { ...body, ...(value === undefined ? {} : { value }) });
      return true;
    } catch (error) {
      fail(error);
      return false;
    } finally {
      control.removeAttribute("aria-busy");
    }
  }

  /**
   * A choice: kept, and told to the app unless it stands in an input block that does not dispatch.
   *
   * @param {Scope} scope
   * @param {any} element
   * @param {any} value
   * @param {HTMLElement} control
   */
  choose(scope, element, value, control) {
    this.set(scope, element, value);
    if (scope.block.type === "input" && !scope.block.dispatch_action) return;
    void this.act(scope, element, value, control);
  }

  /**
   * Ask the app for options.
   *
   * @param {Scope} scope
   * @param {any} element
   * @param {string} query
   * @returns {Promise<any>} options or option_groups
   */
  suggest(scope, element, query) {
    return this.env.api.act("suggest", { container: this.container, block_id: scope.block.block_id, action_id: element.action_id, value: query });
  }
}
