/** Emoji short names to characters, with small drawings for the commonest where the system has no emoji font. */

/** @type {Record<string, string>} */
const TABLE = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", heavy_multiplication_x: "✖️",
  warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫", question: "❓", exclamation: "❗", information_source: "ℹ️",
  sparkles: "✨", star: "⭐", star2: "🌟", fire: "🔥", tada: "🎉", rocket: "🚀", bulb: "💡", zap: "⚡", boom: "💥",
  eyes: "👀", wave: "👋", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", clap: "👏", pray: "🙏",
  raised_hands: "🙌", ok_hand: "👌", point_right: "👉", point_down: "👇", muscle: "💪", handshake: "🤝",
  heart: "❤️", blue_heart: "💙", green_heart: "💚", yellow_heart: "💛", purple_heart: "💜", broken_heart: "💔",
  smile: "😄", smiley: "😃", grinning: "😀", grin: "😁", joy: "😂", slightly_smiling_face: "🙂", blush: "😊",
  wink: "😉", heart_eyes: "😍", thinking_face: "🤔", neutral_face: "😐", cry: "😢", sob: "😭", sweat_smile: "😅",
  sunglasses: "😎", hugging_face: "🤗", face_with_monocle: "🧐", robot_face: "🤖", ghost: "👻",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", clock1: "🕐", stopwatch: "⏱️", alarm_clock: "⏰", calendar: "📅",
  art: "🎨", frame_with_picture: "🖼️", camera: "📷", movie_camera: "🎥", pencil2: "✏️", pencil: "📝", memo: "📝",
  paintbrush: "🖌️", lower_left_paintbrush: "🖌️", triangular_ruler: "📐", mag: "🔍", link: "🔗", paperclip: "📎",
  page_facing_up: "📄", file_folder: "📁", bar_chart: "📊", moneybag: "💰", credit_card: "💳", coin: "🪙",
  lock: "🔒", unlock: "🔓", key: "🔑", gear: "⚙️", wrench: "🔧", hammer: "🔨", wastebasket: "🗑️", bell: "🔔",
  speech_balloon: "💬", inbox_tray: "📥", outbox_tray: "📤", package: "📦", gift: "🎁", recycle: "♻️",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrows_counterclockwise: "🔄", repeat: "🔁",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", large_blue_circle: "🔵", white_circle: "⚪",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", coffee: "☕", sunrise: "🌅", rainbow: "🌈",
  sun_with_face: "🌞", crescent_moon: "🌙", cloud: "☁️", snowflake: "❄️", evergreen_tree: "🌲", herb: "🌿", cat: "🐱", dog: "🐶",
  house: "🏠", office: "🏢", globe_with_meridians: "🌐", computer: "💻", iphone: "📱", clipboard: "📋", pushpin: "📌",
};

/** @type {Record<string, string>} characters to the drawing that stands in for them */
const STAND_INS = {
  "✅": "check", "✔": "check", "☑": "check", "❌": "cross", "✖": "cross", "⚠": "alert", "⛔": "stop", "🚫": "stop",
  "✨": "spark", "⭐": "star", "🌟": "star", "🔥": "flame", "👀": "eyes", "👍": "thumb", "👎": "thumbdown",
  "❤": "heart", "⌛": "glass", "⏳": "glass", "🎨": "palette", "🖼": "picture", "💡": "bulb", "🔒": "lock",
  "🎉": "spark", "🟢": "green", "🟡": "yellow", "🔴": "red", "🔵": "blue", "ℹ": "info", "👋": "hand", "🙌": "hand", "✏": "pencil", "📝": "pencil",
};

/** @type {Record<string, [string, string][]>} fill and path on a 20 x 20 grid */
const DRAWINGS = {
  check: [["#2f8f5b", "M4 2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z"], ["#fff", "M8.6 14.6 4.7 10.700l1.5-1.5 2.4 2.4 5.3-5.7 1.5 1.500z"]],
  cross: [["#c8473a", "M5.3 3.2 10 7.900l4.7-4.7 2.1 2.100L12.1 10l4.7 4.7-2.1 2.100L10 12.100l-4.7 4.7-2.1-2.100L7.9 10 3.2 5.300z"]],
  alert: [["#e5a52c", "M10 2 19 18H1z"], ["#3b2c06", "M9.1 7.500h1.800l-.3 5h-1.200zM9 14h2v2H9z"]],
  stop: [["#c8473a", "M10 1.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z"], ["#fff", "M5 8.700h10v2.600H5z"]],
  spark: [["#e3a93a", "M9 3l1.7 5.300L16 10l-5.3 1.700L9 17l-1.7-5.300L2 10l5.3-1.700zM16 2l.7 2.300L19 5l-2.3.7L16 8l-.7-2.300L13 5l2.3-.7z"]],
  star: [["#e3a93a", "M10 2l2.5 5.3 5.7.7-4.2 4 1.1 5.700L10 14.900l-5.1 2.800L6 12 1.8 8l5.7-.7z"]],
  flame: [["#dd6b2f", "M10 1.500c1 3.5 5.5 5.5 5.5 10.500a5.5 6 0 0 1-11 .3C4.5 9 7 8 7.5 5c1 .6 1.6 1.5 1.8 2.500C10.3 6 10.5 4 10 1.500z"], ["#f3c04f", "M10 9.500c.5 1.8 2.5 2.7 2.5 5a2.5 2.8 0 0 1-5 0c0-1.6 1-2 1.3-3.3.6.3.9.7 1 1.1.3-.8.4-1.7.2-2.800z"]],
  eyes: [["#eee9dd", "M6 3.500c2.2 0 3.5 2.9 3.5 6.500S8.2 16.5 6 16.5 2.5 13.6 2.5 10 3.8 3.5 6 3.500zM14 3.500c2.2 0 3.5 2.9 3.5 6.500s-1.3 6.5-3.5 6.5-3.5-2.9-3.5-6.5 1.3-6.5 3.5-6.500z"], ["#3a3a3a", "M5 8a1.6 2.4 0 1 1 0 4.800A1.6 2.4 0 0 1 5 8zM13 8a1.6 2.4 0 1 1 0 4.800A1.6 2.4 0 0 1 13 8z"]],
  thumb: [["#e2ae5b", "M2 9h3.500v8H2zM6.5 9 9 2.500c1.7 0 2.6 1.2 2.2 3L10.7 8H16a1.7 1.7 0 0 1 1.6 2.100l-1.3 5.400A2 2 0 0 1 14.4 17H6.500z"]],
  thumbdown: [["#e2ae5b", "M2 11h3.500V3H2zM6.5 11 9 17.500c1.7 0 2.6-1.2 2.2-3L10.7 12H16a1.7 1.7 0 0 0 1.6-2.100l-1.3-5.400A2 2 0 0 0 14.4 3H6.500z"]],
  heart: [["#c8473a", "M10 17.500C4 13.5 1.8 10.5 1.8 7.400A4.3 4.3 0 0 1 10 5.600a4.3 4.3 0 0 1 8.2 1.800c0 3.1-2.2 6.1-8.2 10.100z"]],
  glass: [["#9a7b4f", "M4 1.500h12v2.200H4zM4 16.300h12v2.200H4z"], ["#d9c9a3", "M5.5 3.700h9c0 3-1.5 4.8-3.3 6.3 1.8 1.5 3.3 3.3 3.3 6.300h-9c0-3 1.5-4.8 3.3-6.300C7 8.5 5.5 6.7 5.5 3.700z"], ["#c58f3a", "M7.3 15.500c.4-1.6 1.4-2.5 2.7-3.4 1.3.9 2.3 1.8 2.7 3.400z"]],
  palette: [["#b98a5a", "M10 2c5 0 8.5 3 8.5 6.8 0 2.6-1.9 3.7-4 3.700h-1.700c-1.5 0-1.9 1.2-1.2 2.2.8 1.3.1 3.3-1.9 3.3-4.6 0-8.2-3.6-8.2-8S5 2 10 2z"], ["#c8473a", "M6 6a1.4 1.4 0 1 1 0 2.800A1.4 1.4 0 0 1 6 6z"], ["#3f7fc4", "M11 4.200A1.4 1.4 0 1 1 11 7a1.4 1.4 0 0 1 0-2.800z"], ["#2f8f5b", "M5.5 11a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.800z"]],
  picture: [["#b98a5a", "M1.5 3.500h17v13h-17z"], ["#cfe3ee", "M3.5 5.500h13v9h-13z"], ["#4f8a63", "M3.5 14.5 8 9l3 3.3 1.8-1.6 3.7 3.800z"]],
  bulb: [["#eebf45", "M10 1.500a5.8 5.8 0 0 1 3.2 10.600c-.7.6-.9 1.2-.9 2H7.700c0-.8-.2-1.4-.9-2A5.8 5.8 0 0 1 10 1.500z"], ["#8b8b86", "M7.7 15h4.600v1.300H7.700zM8.3 17h3.400v1.400H8.300z"]],
  lock: [["#8b8b86", "M6 9V6.500a4 4 0 0 1 8 0V9h-1.800V6.500a2.2 2.2 0 0 0-4.4 0V9z"], ["#d8a23a", "M4 8.800h12v9H4z"]],
  green: [["#2f8f5b", "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z"]],
  yellow: [["#e3b53a", "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z"]],
  red: [["#c8473a", "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z"]],
  blue: [["#3f7fc4", "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z"]],
  info: [["#3f7fc4", "M4 2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z"], ["#fff", "M9 8.500h2V15H9zM9 5h2v2H9z"]],
  hand: [["#e2ae5b", "M5 10V5a1 1 0 0 1 2 0V3.500a1 1 0 0 1 2.1 0V3a1 1 0 0 1 2.1 0v1a1 1 0 0 1 2 0v6l1.6-1.500c.9-.7 2.2.2 1.7 1.300L13.8 16A4 4 0 0 1 10 18.5 5 5 0 0 1 5 13.500z"]],
  pencil: [["#e3b53a", "M3 17l1-4L13.5 3.500l3 3L7 16z"], ["#4a4a46", "M3 17l1-4 3 3z"]],
};

const SVG = "http://www.w3.org/2000/svg";

/** @type {boolean|null} */
let fontKnown = null;

/** @returns {boolean} whether the system draws emoji in colour */
function hasEmojiFont() {
  if (fontKnown !== null) return fontKnown;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  fontKnown = false;
  if (pen) {
    pen.font = "20px sans-serif";
    pen.fillStyle = "#000";
    pen.fillText("🔴", 0, 20);
    const { data } = pen.getImageData(0, 0, 24, 24);
    for (let i = 0; i < data.length; i += 4) if (data[i] > data[i + 1] + 60) fontKnown = true;
  }
  return fontKnown;
}

/**
 * @param {string} character
 * @param {string} label
 * @returns {Node}
 */
function glyph(character, label) {
  const holder = document.createElement("span");
  holder.className = "emoji";
  holder.setAttribute("role", "img");
  holder.setAttribute("aria-label", label);
  holder.title = label;
  const drawing = hasEmojiFont() ? null : DRAWINGS[STAND_INS[character.replace(/\uFE0F/g, "")] ?? ""];
  if (!drawing) {
    holder.textContent = character;
    return holder;
  }
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  for (const [fill, d] of drawing) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("fill", fill);
    path.setAttribute("d", d);
    svg.appendChild(path);
  }
  holder.appendChild(svg);
  return holder;
}

/**
 * @param {string} name without colons
 * @returns {Node|null} null for a name the table does not have
 */
export function emojiNode(name) {
  const plain = name.replace(/::skin-tone-\d$/, "");
  const character = TABLE[plain];
  return character ? glyph(character, plain.replace(/_/g, " ")) : null;
}

/**
 * @param {string} begun
 * @returns {string[]} names that begin so, then names with a word that does
 */
export function emojiNamed(begun) {
  const names = Object.keys(TABLE);
  const first = names.filter((name) => name.startsWith(begun));
  return [...first, ...names.filter((name) => !first.includes(name) && name.includes(`_${begun}`))];
}

const IN_TEXT = /:([a-z0-9_+'-]+)(?:::skin-tone-\d)?:|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/gu;

/**
 * Text with its emoji, as nodes.
 *
 * @param {string} text
 * @returns {Node[]}
 */
export function withEmoji(text) {
  /** @type {Node[]} */
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(IN_TEXT)) {
    const node = match[1] ? emojiNode(match[1]) : glyph(match[0], "emoji");
    if (!node) continue;
    if (match.index > from) nodes.push(document.createTextNode(text.slice(from, match.index)));
    nodes.push(node);
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}
