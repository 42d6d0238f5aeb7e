/** A message in bare words, with the names of people and channels: for notes and screen readers. */

/**
 * @param {import("./store.js").Store} store
 * @param {import("./store.js").Message} message
 * @returns {string} what it says, on one line
 */
export function plain(store, message) {
  const said = (message.text ?? "")
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${store.userName(id)}`)
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id, name) => `#${name || store.channelName(id)}`)
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<!(?:subteam\^[^|>]*\|)?([^>]*)>/g, "@$1")
    .replace(/<([^|>]+)(?:\|([^>]*))?>/g, (_, url, label) => label || url)
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")
    .replace(/\s+/g, " ").trim();
  if (said) return said;
  return message.files?.length ? `${message.files.length === 1 ? "a file" : `${message.files.length} files`}` : "a message";
}
