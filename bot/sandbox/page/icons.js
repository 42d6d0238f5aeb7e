/** The page's own line icons, drawn on a 24 x 24 grid. */

/** @type {Record<string, string[]>} */
const PATHS = {
  hash: ["M9.5 4 7.5 20", "M16.5 4l-2 16", "M4.5 9h16", "M3.5 15h16"],
  back: ["M15 5l-7 7 7 7"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  plus: ["M12 5v14", "M5 12h14"],
  send: ["M4.5 12 20 4.5 15.5 20l-3.8-6.3z", "M11.7 13.7 20 4.5"],
  reply: ["M20 12a7 6.5 0 0 1-7 6.5c-1.2 0-2.3-.2-3.3-.7L5 19.5l1.3-3.7A6.2 6.2 0 0 1 6 12a7 6.5 0 0 1 14 0z"],
  more: ["M6 12h.01", "M12 12h.01", "M18 12h.01"],
  image: ["M5.5 4.5h13a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V6a1.5 1.5 0 0 1 1.5-1.5z", "M4.5 16.5 9 12l3.5 3.5L15 13l4.5 4", "M15.5 8.7h.01"],
  file: ["M7 3.5h7l4.5 4.5v12a.5.5 0 0 1-.5.5H7a1.5 1.5 0 0 1-1.5-1.5V5A1.5 1.5 0 0 1 7 3.5z", "M14 3.5V8h4.5"],
  canvas: ["M6 3.5h12A1.5 1.5 0 0 1 19.5 5v14a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 19V5A1.5 1.5 0 0 1 6 3.5z", "M8.5 8.5h7", "M8.5 12h7", "M8.5 15.5h4"],
  link: ["M10 14a4 4 0 0 0 5.7 0l2.6-2.6a4 4 0 0 0-5.7-5.7l-1 1", "M14 10a4 4 0 0 0-5.7 0l-2.6 2.6a4 4 0 0 0 5.7 5.7l1-1"],
  bolt: ["M12.5 3 5.5 13.5h6l-1 7.5 7-10.5h-6z"],
  slash: ["M15 4.5 9 19.5"],
  search: ["M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z", "M15.5 15.5 20 20"],
  chevron: ["M7 10l5 5 5-5"],
  left: ["M14.5 5.5 8 12l6.5 6.5"],
  right: ["M9.5 5.5 16 12l-6.5 6.5"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  open: ["M13.5 5H19v5.5", "M19 5l-8 8", "M10 6H6.5A1.5 1.5 0 0 0 5 7.5v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.5V14"],
  bell: ["M12 4a5 5 0 0 1 5 5c0 4.5 2 6 2 6H5s2-1.5 2-6a5 5 0 0 1 5-5z", "M10.3 18.5a2 2 0 0 0 3.4 0"],
  window: ["M4 8.5h11v11H4z", "M8.5 8V4.5H20v11h-4.5"],
  inspect: ["M8.5 7 4 12l4.5 5", "M15.5 7 20 12l-4.5 5", "M13.5 5l-3 14"],
  copy: ["M9 9h9.5v11H9z", "M15 9V4.5H5.5v11H9"],
  pencil: ["M5 19l1-4L16 5l3 3L9 18z"],
  eye: ["M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6z", "M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"],
  smile: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M9 10h.01", "M15 10h.01", "M8.7 13.8a4 4 0 0 0 6.6 0"],
  warn: ["M12 4.5 21 19.5H3z", "M12 10v4.2", "M12 16.8h.01"],
  info: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M12 11v5", "M12 8h.01"],
  trash: ["M5 7h14", "M9.5 7V4.5h5V7", "M7 7l.8 12.5h8.4L17 7"],
  up: ["M7 14V20H4.5V14z", "M7 14l4-9.5c1.8 0 2.5 1.3 2.2 3L12.7 11H18a1.8 1.8 0 0 1 1.7 2.2l-1.2 5.3A2 2 0 0 1 16.5 20H7"],
  down: ["M7 10V4H4.5v6z", "M7 10l4 9.5c1.8 0 2.5-1.3 2.2-3L12.7 13H18a1.8 1.8 0 0 0 1.7-2.2l-1.2-5.3A2 2 0 0 0 16.5 4H7"],
  calendar: ["M5 6.5h14v13H5z", "M5 10.5h14", "M9 4v4", "M15 4v4"],
  raise: ["M12 19V5", "M6.5 10.5 12 5l5.5 5.5"],
  arrow: ["M12 5v14", "M6.5 13.5 12 19l5.5-5.5"],
};

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @param {number} [sizePx]
 * @returns {SVGElement} a decoration, hidden from screen readers
 */
export function icon(name, sizePx = 18) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", String(sizePx));
  svg.setAttribute("height", String(sizePx));
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.appendChild(path);
  }
  return svg;
}
