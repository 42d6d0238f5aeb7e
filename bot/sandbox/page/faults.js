/** The faults one can plant from the page, with what is planted and how to take it away. */

import { debounce, freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { wordsFor } from "./notices.js";
import { brief, exact } from "./time.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {{label: string, number?: string, from?: number, text?: string, body: (number: number, text: string) => Record<string, any>}} Choice
 */

/** @type {Record<string, Choice>} */
const CALL_FAULTS = {
  rate: { label: "are rate limited (429)", number: "Wait, seconds", from: 30, body: (seconds) => ({ status: 429, retry_after: seconds }) },
  server: { label: "fail in the server (5xx)", number: "HTTP status", from: 503, body: (status) => ({ status }) },
  error: { label: "answer with an error code", text: "Error code", body: (_, error) => ({ error: error || "internal_error" }) },
  reset: { label: "lose their connection at once", body: () => ({ reset: true }) },
  lost: { label: "are carried out, but the answer is lost", body: () => ({ lost_answer: true }) },
  late: { label: "hear nothing for a while", number: "Seconds", from: 10, body: (seconds) => ({ delay_seconds: seconds }) },
  hold: { label: "are never answered", body: () => ({ hold: true }) },
};
/** @type {Record<string, Choice>} */
const DELIVERY_FAULTS = {
  delay: { label: "come late", number: "Seconds", from: 10, body: (seconds) => ({ what: "delay", seconds }) },
  duplicate: { label: "come twice", body: () => ({ what: "duplicate" }) },
  reorder: { label: "come after the next one", body: () => ({ what: "reorder" }) },
  drop: { label: "get lost", body: () => ({ what: "drop" }) },
};
/** @type {[string, string][]} */
const CLOSINGS = [["lost", "Cut the line"], ["warning", "Warn"], ["refresh_requested", "Ask to reconnect"], ["link_disabled", "Switch Socket Mode off"]];
/** @type {[number, string][]} */
const STEPS = [[60, "1 minute"], [3600, "1 hour"], [86_400, "1 day"]];

/**
 * @param {string} label
 * @param {any} control
 * @param {string} [look]
 */
function field(label, control, look = "") {
  const id = freshId("fault");
  control.id = id;
  return h("div", { class: `fault-field ${look}` }, h("label", { htmlFor: id }, label), control);
}

/** @param {Record<string, any>} fault as the server lists it @returns {string} */
function said({ method, what, name, times, ...how }) {
  const which = method ? `${times === 1 ? "The next call" : `The next ${times} calls`} of ${method}` : `The next ${times === 1 ? "delivery" : `${times} deliveries`}${name ? ` of ${name}` : ""}`;
  const words = [what, ...Object.entries(how).map(([key, value]) => (value === true ? key.replace(/_/g, " ") : `${key.replace(/_/g, " ")} ${value}`))].filter(Boolean).join(", ");
  return `${which}: ${words}`;
}

export class Faults {
  /** @param {Env} env */
  constructor(env) {
    this.env = env;
    this.said = h("p", { class: "fault-said", role: "status", testid: "fault-said" });
    this.planted = h("ul", { class: "fault-list", testid: "planted" });
    this.now = h("p", { class: "fault-now" });
    this.limits = h("input", { type: "checkbox", role: "switch", testid: "rate-limits", onchange: () => void this.act("rate_limits", { enabled: this.limits.checked }, `Rate limits are ${this.limits.checked ? "on" : "off"}.`) });
    this.node = h("div", { class: "faults" }, this.said,
      h("section", {}, h("header", {}, h("h3", {}, "Planted"), h("button", { class: "button", type: "button", testid: "faults-clear", onclick: () => void this.act("faults_clear", {}, "Nothing is planted any more.") }, "Clear all")), this.planted),
      this.calls(), this.deliveries(), this.connection(), this.clock(),
      h("section", {}, h("h3", {}, "Limits"), h("label", { class: "fault-switch" }, this.limits, "Rate limits as in Slack")));
    const used = debounce(() => void this.load(), 150);
    env.store.on("log", () => {
      if (this.node.isConnected) used();
    });
  }

  /** Read what is planted, which methods there are, and the clock. */
  async load() {
    const { api, store } = this.env;
    this.now.textContent = `In this Slack it is ${brief(store, store.now())} (${exact(store, store.now().getTime() / 1000)}).`;
    try {
      const { methods, deliveries } = await api.read("faults");
      const all = [...methods, ...deliveries].map((/** @type {any} */ one) => h("li", {}, icon("bolt", 15), said(one)));
      this.planted.replaceChildren(...(all.length ? all : [h("li", { class: "fault-none" }, "Nothing: every call and delivery goes its way.")]));
    } catch (error) {
      this.planted.replaceChildren(h("li", { class: "fault-none" }, this.words(error)));
    }
    if (this.method.childElementCount > 1) return;
    const { methods, rate_limits: limited } = await api.read("methods");
    this.method.replaceChildren(...methods.map((/** @type {string} */ name) => h("option", { value: name }, name)));
    this.method.value = "chat.postMessage";
    this.limits.checked = limited;
  }

  /** @param {any} error */
  words(error) {
    return error?.code === "unknown_control" ? "This sandbox server does not know this fault." : wordsFor(error);
  }

  /**
   * @param {string} verb
   * @param {Record<string, any>} body
   * @param {string} done what to say when it is done
   */
  async act(verb, body, done) {
    try {
      await this.env.api.tell(verb, body);
      this.say(done, false);
    } catch (error) {
      this.say(this.words(error), true);
    }
    await this.load();
  }

  /**
   * @param {string} text
   * @param {boolean} bad
   */
  say(text, bad) {
    this.said.textContent = text;
    this.said.classList.toggle("bad", bad);
  }

  /**
   * A form that plants one of several faults.
   *
   * @param {{title: string, verb: string, testid: string, choices: Record<string, Choice>, which: () => Record<string, string>, before: any, first: string}} options
   */
  form({ title, verb, testid, choices, which, before, first }) {
    const what = h("select", { class: "field", testid: `${testid}-what` }, Object.entries(choices).map(([key, { label }]) => h("option", { value: key }, label)));
    const times = h("input", { class: "field", type: "number", min: 1, max: 1000, value: "1", testid: `${testid}-times` });
    const number = h("input", { class: "field", type: "number", min: 0, testid: `${testid}-number` });
    const text = h("input", { class: "field", type: "text", placeholder: "internal_error", autocapitalize: "off", spellcheck: "false", testid: `${testid}-text` });
    const numbered = field("", number);
    const texted = field("", text);
    const chosen = () => {
      const choice = choices[what.value];
      numbered.hidden = !choice.number;
      texted.hidden = !choice.text;
      numbered.firstChild.textContent = choice.number ?? "";
      texted.firstChild.textContent = choice.text ?? "";
      number.value = String(choice.from ?? "");
    };
    what.addEventListener("change", chosen);
    chosen();
    const plant = (/** @type {Event} */ event) => {
      event.preventDefault();
      const count = Math.max(1, Number(times.value) || 1);
      const body = { ...which(), times: count, ...choices[what.value].body(Number(number.value) || 0, text.value.trim()) };
      void this.act(verb, body, `Planted: the next ${count === 1 ? "one" : count} will ${choices[what.value].label.replace(/^are /, "be ")}.`);
    };
    return h("section", {}, h("h3", {}, title),
      h("form", { class: "fault-form", testid, onsubmit: plant }, field("The next", times), field(first, before), field("which", what, "fault-which"), numbered, texted,
        h("button", { class: "button primary", type: "submit", testid: `${testid}-plant` }, "Plant")));
  }

  calls() {
    this.method = h("select", { class: "field", testid: "fault-call-method" }, h("option", { value: "chat.postMessage" }, "chat.postMessage"));
    return this.form({ title: "Calls of the app", verb: "fault", testid: "fault-call", choices: CALL_FAULTS, which: () => ({ method: this.method.value }), before: this.method, first: "calls of" });
  }

  deliveries() {
    const name = h("input", { class: "field", type: "text", placeholder: "anything", autocapitalize: "off", spellcheck: "false", testid: "fault-delivery-name" });
    const section = this.form({ title: "Deliveries to the app", verb: "delivery_fault", testid: "fault-delivery", choices: DELIVERY_FAULTS, which: () => ({ ...(name.value.trim() && { name: name.value.trim() }) }), before: name, first: "deliveries of" });
    section.append(h("div", { class: "fault-buttons" }, this.button("redeliver", {}, "Deliver the last event again", "The last event was sent once more.")));
    return section;
  }

  connection() {
    return h("section", {}, h("h3", {}, "Connection and token"), h("div", { class: "fault-buttons" },
      CLOSINGS.map(([reason, label]) => this.button("disconnect", { reason }, label, `Every socket was told: ${reason.replace(/_/g, " ")}.`)),
      this.button("revoke", {}, "Revoke the token", "The bot's token is revoked."),
      this.button("reinstall", {}, "Install again", "The app is installed again.")));
  }

  clock() {
    const amount = h("input", { class: "field", type: "number", min: 0, value: "10", testid: "clock-amount" });
    const unit = h("select", { class: "field", testid: "clock-unit" }, [[1, "seconds"], [60, "minutes"], [3600, "hours"], [86_400, "days"]].map(([seconds, label]) => h("option", { value: String(seconds) }, label)));
    const move = (/** @type {number} */ seconds, /** @type {string} */ label) => void this.advance(seconds, `The clock went forward by ${label}.`);
    const form = h("form", { class: "fault-form fault-clock", onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      const seconds = (Number(amount.value) || 0) * Number(unit.value);
      move(seconds, `${amount.value} ${unit.selectedOptions[0].textContent}`);
    } }, field("Forward by", amount), field("unit", unit), h("button", { class: "button", type: "submit", testid: "clock-move" }, "Move"));
    return h("section", {}, h("h3", {}, "Clock"), this.now,
      h("div", { class: "fault-buttons" }, STEPS.map(([seconds, label]) => h("button", { class: "button", type: "button", testid: `clock-${seconds}`, onclick: () => move(seconds, label) }, `+ ${label}`))), form);
  }

  /**
   * @param {number} seconds
   * @param {string} done
   */
  async advance(seconds, done) {
    await this.act("clock", { advance_seconds: seconds }, done);
    const { now } = await this.env.api.read("state");
    this.env.store.setClock(now);
    await this.load();
  }

  /**
   * @param {string} verb
   * @param {Record<string, any>} body
   * @param {string} label
   * @param {string} done
   */
  button(verb, body, label, done) {
    return h("button", { class: "button", type: "button", testid: `fault-${body.reason ?? verb}`, onclick: () => void this.act(verb, body, done) }, label);
  }
}
