/** Charts, as bars and as a table: what they say, not how Slack draws them. */

import { h } from "./dom.js";

/** @param {number} value */
function said(value) {
  return value.toLocaleString("en", { maximumFractionDigits: 2 });
}

/** @param {{label: string, value: number}[]} rows @param {number} whole @param {(value: number) => string} words */
function bars(rows, whole, words) {
  return h("div", { class: "chart-rows" }, rows.map(({ label, value }) => [
    h("span", {}, label),
    h("span", { class: "chart-bar", style: { width: `${Math.max(1, (100 * Math.max(value, 0)) / (whole || 1))}%` }, "aria-hidden": "true" }),
    h("span", {}, words(value)),
  ]));
}

/** @param {any} chart */
function drawn(chart) {
  if (chart.type === "pie") {
    const sum = chart.segments.reduce((/** @type {number} */ all, /** @type {any} */ one) => all + one.value, 0);
    return bars(chart.segments, sum, (value) => `${said(value)} (${Math.round((100 * value) / sum)}%)`);
  }
  if (chart.series.length === 1) {
    const [{ data }] = chart.series;
    return bars(data, Math.max(...data.map((/** @type {any} */ point) => point.value)), said);
  }
  const value = (/** @type {any} */ series, /** @type {string} */ label) => series.data.find((/** @type {any} */ point) => point.label === label)?.value ?? 0;
  return h("div", { class: "table-scroll" }, h("table", {},
    h("thead", {}, h("tr", {}, h("th", {}, chart.axis_config.x_label ?? ""), chart.series.map((/** @type {any} */ one) => h("th", { scope: "col" }, one.name)))),
    h("tbody", {}, chart.axis_config.categories.map((/** @type {string} */ label) =>
      h("tr", {}, h("th", { scope: "row" }, label), chart.series.map((/** @type {any} */ one) => h("td", {}, said(value(one, label)))))))));
}

/** @param {any} block @returns {HTMLElement} */
export function chart(block) {
  return h("figure", { class: "chart", testid: "chart" }, h("figcaption", { class: "chart-title" }, block.title), drawn(block.chart));
}
