/** The lightbox: one picture at a time over a dark ground, with its real size and its original. */

import { h, trapTab } from "./dom.js";
import { icon } from "./icons.js";
import { raise } from "./overlay.js";
import { sizeOf } from "./files.js";

/** @typedef {{src: string, alt: string, title: string, width?: number, height?: number, bytes?: number}} Picture */

/**
 * @param {Picture[]} pictures
 * @param {number} start
 */
export function openLightbox(pictures, start) {
  if (!pictures.length) return;
  let at = Math.max(start, 0);
  const image = h("img", { class: "lightbox-image" });
  const title = h("strong", { class: "lightbox-title" });
  const facts = h("span", { class: "lightbox-facts" });
  const words = h("p", { class: "lightbox-alt" });
  const original = h("a", { class: "lightbox-link", "aria-label": "Open original", target: "_blank", rel: "noopener" }, icon("open", 17), h("span", {}, "Open original"));
  const several = pictures.length > 1;
  const step = (/** @type {number} */ by) => show((at + by + pictures.length) % pictures.length);
  const previous = h("button", { class: "lightbox-step", type: "button", "aria-label": "Previous image", hidden: !several, onclick: () => step(-1) }, icon("left", 26));
  const next = h("button", { class: "lightbox-step lightbox-next", type: "button", "aria-label": "Next image", hidden: !several, onclick: () => step(1) }, icon("right", 26));
  const shut = h("button", { class: "lightbox-close", type: "button", "aria-label": "Close", testid: "lightbox-close", onclick: () => drop() }, icon("close", 20));
  const stage = h("div", { class: "lightbox-stage" }, previous, image, next);
  const box = h("div", { class: "lightbox", role: "dialog", "aria-modal": "true", "aria-label": "Image", testid: "lightbox" },
    h("div", { class: "lightbox-bar" }, h("div", { class: "lightbox-words" }, title, facts), original, shut),
    stage,
    h("div", { class: "lightbox-foot", "aria-live": "polite" }, words));

  const say = () => {
    const picture = pictures[at];
    const width = picture.width || image.naturalWidth;
    const height = picture.height || image.naturalHeight;
    const pixels = width ? `${width} × ${height} px` : "";
    facts.textContent = [several ? `${at + 1} of ${pictures.length}` : "", pixels, sizeOf(picture.bytes)].filter(Boolean).join(" · ");
  };
  const show = (/** @type {number} */ index) => {
    at = index;
    const picture = pictures[at];
    image.src = picture.src;
    image.alt = picture.alt;
    title.textContent = picture.title;
    words.textContent = picture.alt === picture.title ? "" : picture.alt;
    original.href = picture.src;
    say();
  };
  image.addEventListener("load", say);
  stage.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (event.target === stage) drop();
  });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (several && event.key === "ArrowLeft") step(-1);
    else if (several && event.key === "ArrowRight") step(1);
    else trapTab(box, event);
  });
  const drop = raise({ node: box, close: () => drop(), modal: true });
  show(at);
  shut.focus();
}
