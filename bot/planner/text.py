"""Slack's message text goes in, the plain words a person sees come out; nothing stays live."""

import re

_TAG = re.compile(r"<([^<>\n]*)>")
_LIVE_TAG = re.compile(r"<([@#!][^<>\n]{0,200})>")
_LIVE = re.compile(r"(?<!<)<+(?=[@#!])|<(?=[A-Za-z0-9+.<-]{1,40}:)")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ud800-\udfff]"
)
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_LINE_ENDS = re.compile(r" \n ?|\n ")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MARKS = re.compile(r"(?<![\w*_~`])[*_~`]+(?=[^\s*_~`])|(?<=[^\s*_~`])[*_~`]+(?![\w*_~`])")
_QUOTE_BARS = re.compile(r"^> ?", re.MULTILINE)


def plain(text: str, *, bot_user_id: str, by_id: bool = False) -> str:
    """The words of a Slack message: entities unescaped, tags put in words.

    Our own mention is left out; somebody else's is a name or "a teammate", or `@U…` with `by_id`.
    Line breaks stay. The result holds no control characters, no direction overrides and nothing
    Slack would act on.
    Source: https://docs.slack.dev/messaging/formatting-message-text (2026-11-24).
    """

    def words(tag: re.Match[str]) -> str:
        if by_id and tag[1][:1] == "@" and not tag[1].startswith(f"@{bot_user_id}"):
            return tag[1].partition("|")[0]
        return _tag_words(tag[1], bot_user_id=bot_user_id)

    spoken = _unescaped(_TAG.sub(words, text))
    spoken = _INVISIBLE.sub("", _BREAKS.sub("\n", spoken))
    return defused(tidy(spoken))


def unmarked(text: str) -> str:
    """The text without the marks of bold, italic, struck, code and quoted lines."""
    return _MARKS.sub("", _QUOTE_BARS.sub("", text))


def tidy(text: str) -> str:
    """The text with single blanks, no blanks around line breaks and no run of empty lines."""
    lines = _LINE_ENDS.sub("\n", _BLANKS.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n", lines).strip()


def defused(text: str) -> str:
    """The text with every `<` taken out that would open a mention, a command or a link."""
    return _LIVE.sub("", _LIVE_TAG.sub(r"\1", text))


def _unescaped(text: str) -> str:
    """The three entities Slack escapes, once; other entities are what the person typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _tag_words(tag: str, *, bot_user_id: str) -> str:
    """What a person sees for the inside of one `<…>`."""
    target, _, label = tag.partition("|")
    kind = target[:1]
    if kind == "@":
        if target[1:] == bot_user_id:
            return " "
        return f"@{label.lstrip('@')}" if label else "a teammate"
    if kind == "#":
        return f"#{label.lstrip('#')}" if label else "a channel"
    if kind == "!":
        command = target[1:]
        if command in {"channel", "here", "everyone"}:
            return f"@{command}"
        return label or ("a team" if command.startswith("subteam") else "")
    if ":" in target:
        return label or target.removeprefix("mailto:").removeprefix("tel:")
    return f"<{tag}>"
