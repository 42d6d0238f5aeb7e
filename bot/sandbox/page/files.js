/** Files in messages: one picture large, several as a grid, the rest as cards; and pictures in blocks. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openLightbox } from "./lightbox.js";

/**
 * @typedef {import("./surface.js").Env} Env
 * @typedef {import("./lightbox.js").Picture} Picture
 */

/** @param {number|undefined} bytes */
export function sizeOf(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** @param {any} file */
export function isPicture(file) {
  return /^image\//.test(file.mimetype ?? "") || (!file.mimetype && /\.(png|jpe?g|gif|webp)$/i.test(file.name ?? ""));
}

/**
 * @param {Env} env
 * @param {any} file
 * @returns {Picture}
 */
function pictureOf(env, file) {
  return {
    src: env.api.fileUrl(file),
    alt: file.alt_txt || file.title || file.name || "Image",
    title: file.title || file.name || "Image",
    width: file.original_w,
    height: file.original_h,
    bytes: file.size,
  };
}

/** Of a grid of pictures; rows of two, three and four fill it alike. */
const COLUMNS = 12;

/**
 * How many pictures stand in the row of each, so that no row has a hole.
 *
 * @param {number} count
 * @returns {number[]}
 */
function shownBeside(count) {
  /** @type {Record<number, number[]>} */
  const rows = { 1: [1], 2: [2], 3: [3], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [3, 4], 8: [4, 4], 9: [3, 3, 3], 10: [3, 3, 4] };
  const whole = rows[count] ?? [...Array(Math.floor(count / 4)).fill(4), ...(rows[count % 4] ?? [])];
  return whole.flatMap((number) => Array(number).fill(number));
}

/**
 * @param {Env} env
 * @param {any} file
 * @param {() => void} open
 * @param {boolean} alone
 */
function pictureTile(env, file, open, alone) {
  const picture = pictureOf(env, file);
  const [w, hgt] = [file.original_w || 4, file.original_h || 3];
  if (!file.mimetype) {
    return h("div", { class: "tile tile-waiting", style: { "--ratio": String(w / hgt) }, role: "status" }, icon("image", 22), h("span", {}, "Processing…"));
  }
  const image = h("img", { src: picture.src, alt: picture.alt, width: w, height: hgt, decoding: "async", draggable: "false" });
  return h("button", { class: alone ? "tile tile-alone" : "tile", type: "button", style: { "--ratio": String(w / hgt), "--w": `${w}px` }, "aria-label": `Open image: ${picture.alt}`, onclick: open }, image);
}

/**
 * @param {Env} env
 * @param {any} file
 */
function fileCard(env, file) {
  if (file.mode === "quip") {
    return h("a", { class: "file-card", href: file.permalink, testid: "canvas-card" }, icon("canvas", 22), h("span", { class: "file-words" }, h("strong", {}, file.title || "Untitled"), h("small", {}, "Canvas")));
  }
  return h("a", { class: "file-card", href: env.api.fileUrl(file) || null, target: "_blank", rel: "noopener" },
    icon("file", 22), h("span", { class: "file-words" }, h("strong", {}, file.title || file.name || "File"), h("small", {}, [file.pretty_type || file.filetype?.toUpperCase(), sizeOf(file.size)].filter(Boolean).join(" · "))));
}

/**
 * @param {Env} env
 * @param {any[]} given file objects of a message; the store may know them newer
 * @returns {HTMLElement}
 */
export function renderFiles(env, given) {
  const files = given.map((file) => ({ ...file, ...env.store.files.get(file.id) }));
  const shown = files.filter(isPicture);
  const rest = files.filter((file) => !isPicture(file));
  const ready = shown.filter((file) => file.mimetype);
  const root = h("div", { class: "files" });
  if (shown.length) {
    const names = shown.length === 1 ? shown[0].title || shown[0].name : `${shown.length} images`;
    const grid = h("div", { class: shown.length === 1 ? "pictures" : "pictures pictures-many", role: "group", "aria-label": names });
    const beside = shownBeside(shown.length);
    shown.forEach((file, index) => {
      const open = () => openLightbox(ready.map((one) => pictureOf(env, one)), ready.indexOf(file));
      const tile = pictureTile(env, file, open, shown.length === 1);
      if (shown.length > 1) tile.style.gridColumn = `span ${COLUMNS / beside[index]}`;
      grid.append(tile);
    });
    root.append(h("div", { class: "files-name" }, names), grid);
  }
  for (const file of rest) root.append(fileCard(env, file));
  return root;
}

/**
 * A picture a block shows, from an address or a Slack file.
 *
 * @param {Env} env
 * @param {any} source image block, image element or accessory
 * @param {string} className
 * @returns {HTMLElement}
 */
export function blockPicture(env, source, className) {
  const alt = source.alt_text ?? "";
  const image = h("img", { class: className, alt, decoding: "async", draggable: "false" });
  const title = typeof source.title === "object" ? source.title?.text : source.title;
  /** @type {Picture} */
  const picture = { src: "", alt, title: title || alt };
  const wrapped = h("button", { class: `picture-button ${className}-button`, type: "button", "aria-label": `Open image: ${alt}`, onclick: () => openLightbox([picture], 0) }, image);
  const size = (/** @type {number|undefined} */ width, /** @type {number|undefined} */ height) => {
    if (!width || !height) return;
    Object.assign(image, { width, height });
    wrapped.classList.add("is-sized");
    wrapped.style.setProperty("--w", `${width}px`);
    wrapped.style.setProperty("--ratio", String(width / height));
  };
  size(source.image_width, source.image_height);
  const show = (/** @type {string} */ src) => {
    picture.src = src;
    image.src = src;
  };
  const lost = () => image.replaceWith(h("span", { class: "lost", role: "img", "aria-label": alt }, icon("image", 20), alt || "Image"));
  image.addEventListener("error", lost);
  if (source.image_url) {
    show(source.image_url);
  } else if (source.slack_file) {
    const named = /\b(F[A-Z0-9]{8,})\b/.exec(source.slack_file.id ?? source.slack_file.url ?? "");
    if (named) {
      env.api.read("file", { file: named[1] }).then(({ file }) => {
        Object.assign(picture, pictureOf(env, file), { alt: alt || file.alt_txt || "", title: title || file.title || alt });
        size(file.original_w, file.original_h);
        show(picture.src);
      }, lost);
    } else {
      lost();
    }
  }
  return className === "tiny" ? image : wrapped;
}
