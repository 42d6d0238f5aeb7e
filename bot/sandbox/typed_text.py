"""What a person types becomes what Slack stores: escaped text, references and rich text blocks."""

import re

from .store import Workspace
from .wire import Json, short_id

_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)'\"])"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+\w)"
    r"|(?P<site>(?<![\w@.-])(?:[\w-]+\.)+(?:com|org|net|io|dev|ai|app|co|de)(?:/[^\s<>|]*)?\b)"
    r"|(?P<reference><[@#][UWC][A-Z0-9]+(?:\|[^<>]*)?>)"
    r"|(?P<everyone>(?<!\w)@(?:channel|here|everyone)\b)"
    r"|(?P<at>(?<!\w)@[\w.-]*[\w])"
    r"|(?P<hash>(?<!\w)\#[\w-]+)"
    r"|(?P<emoji>(?<!\w):[a-z0-9_+'-]+:)"
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stored(workspace: Workspace, typed: str) -> tuple[str, list[Json]]:
    """The `text` and the `blocks` of a message a person typed."""
    parts: list[str] = []
    elements: list[Json] = []
    plain = ""
    at = 0
    for match in _TOKEN.finditer(typed):
        found = _reference(workspace, match)
        if found is None:
            continue
        plain = typed[at : match.start()]
        if plain:
            parts.append(escaped(plain))
            elements.append({"type": "text", "text": plain})
        text, element = found
        parts.append(text)
        elements.append(element)
        at = match.end()
    if typed[at:]:
        parts.append(escaped(typed[at:]))
        elements.append({"type": "text", "text": typed[at:]})
    section: Json = {"type": "rich_text_section", "elements": elements}
    block: Json = {"type": "rich_text", "block_id": short_id(), "elements": [section]}
    return "".join(parts), [block] if elements else []


def _reference(workspace: Workspace, match: "re.Match[str]") -> tuple[str, Json] | None:
    word = match[0]
    if match["url"]:
        return f"<{escaped(word)}>", {"type": "link", "url": word}
    if match["mail"]:
        link: Json = {"type": "link", "url": f"mailto:{word}", "text": word}
        return f"<mailto:{word}|{word}>", link
    if match["site"]:
        url = f"http://{word}"
        return f"<{escaped(url)}|{escaped(word)}>", {"type": "link", "url": url, "text": word}
    if match["everyone"]:
        return f"<!{word[1:]}>", {"type": "broadcast", "range": word[1:]}
    if match["emoji"]:
        return word, {"type": "emoji", "name": word[1:-1]}
    if match["reference"]:
        return _by_id(workspace, word)
    return _by_name(workspace, word)


def _by_id(workspace: Workspace, word: str) -> tuple[str, Json] | None:
    known = word[2:-1].split("|")[0]
    if word[1] == "@" and known in workspace.users:
        return f"<@{known}>", {"type": "user", "user_id": known}
    if word[1] == "#" and known in workspace.channels:
        return f"<#{known}|>", {"type": "channel", "channel_id": known}
    return None


def _by_name(workspace: Workspace, word: str) -> tuple[str, Json] | None:
    if word.startswith("@"):
        user = workspace.person_named(word[1:])
        return None if user is None else (f"<@{user.id}>", {"type": "user", "user_id": user.id})
    for channel in workspace.channels.values():
        if channel.name == word[1:] and channel.name:
            return f"<#{channel.id}|>", {"type": "channel", "channel_id": channel.id}
    return None
