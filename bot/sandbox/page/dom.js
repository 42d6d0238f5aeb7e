/** Building and finding DOM nodes; text from elsewhere only ever becomes text nodes. */

/**
 * @typedef {string|number|boolean|Node|null|undefined|Array<any>} Child
 */

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "inert", "htmlFor", "tabIndex"]);

/**
 * Make an element. Properties starting with "on" are listeners; `testid` becomes data-testid;
 * false, null and undefined are left out.
 *
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {any} the element
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "testid") node.dataset.testid = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
    else if (PROPERTIES.has(name)) /** @type {any} */ (node)[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/**
 * @param {Node} parent
 * @param {Child} child
 */
export function append(parent, child) {
  if (child === null || child === undefined || child === false || child === true) return;
  if (Array.isArray(child)) for (const one of child) append(parent, one);
  else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
}

let serial = 0;

/** @param {string} prefix @returns {string} an id no other element has */
export function freshId(prefix) {
  serial += 1;
  return `${prefix}-${serial}`;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

const FOCUSABLE =
  'a[href],button:not([disabled]),input:not([disabled]),textarea:not([disabled]),select:not([disabled]),[tabindex="0"]';

/**
 * @param {HTMLElement} root
 * @returns {HTMLElement[]} what Tab would reach inside, in order
 */
export function focusable(root) {
  const nodes = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(FOCUSABLE)]);
  return nodes.filter((node) => node.offsetParent !== null && node.tabIndex >= 0);
}

/**
 * Keep Tab inside a dialog.
 *
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
export function trapTab(root, event) {
  if (event.key !== "Tab") return;
  const stops = focusable(root);
  if (!stops.length) return;
  const first = stops[0];
  const last = stops[stops.length - 1];
  const active = document.activeElement;
  if (event.shiftKey && (active === first || !root.contains(active))) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (active === last || !root.contains(active))) {
    event.preventDefault();
    first.focus();
  }
}

/** @returns {boolean} whether a thread fits beside its conversation; the frame's styles know the same width */
export function fitsThread() {
  return window.matchMedia("(min-width: 961px)").matches;
}

/** @returns {boolean} whether a canvas fits beside its conversation; the canvas's styles know the same width */
export function fitsCanvas() {
  return window.matchMedia("(min-width: 1101px)").matches;
}

/** @returns {boolean} whether the page is as narrow as a phone */
export function isNarrow() {
  return window.matchMedia("(max-width: 760px)").matches;
}

/**
 * @param {(...args: any[]) => void} fn
 * @param {number} delayMs
 * @returns {(...args: any[]) => void}
 */
export function debounce(fn, delayMs) {
  let timer = 0;
  return (...args) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => fn(...args), delayMs);
  };
}
