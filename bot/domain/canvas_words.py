"""The words inside a canvas's block: Markdown in, what a reader sees out; and words made safe."""

import re

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_REFERENCE = re.compile(
    r"(!?)\[((?:[^\[\]]){0,2000})\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_MENTION = re.compile(r"<[@#!][^<>\n]*>")
_BREAK = re.compile(r"<br\s*/?>")
_EMOJI = re.compile(r":(?=[\w+'-]*[a-z])[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:")
_STYLES = re.compile(r"\*\*|~~|(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>~|])")
_AT_START = re.compile(r"([-#+=])|(\d{1,9})[.)]")

_HIDDEN = 0xE000
"""Where characters wait that are not to be read as marks: a private area of Unicode."""


def plain(text: str) -> str:
    """What a reader sees: no marks, links by their words, no mentions and no names of emoji."""
    text = _ESCAPED.sub(lambda match: _hidden(match[1]), text)
    text = _CODE.sub(lambda match: _hidden(match[2].strip()), text)
    text = _REFERENCE.sub(_words, text)
    text = _BREAK.sub(" ", _MENTION.sub("", text))
    text = _EMOJI.sub("", _STYLES.sub("", text))
    return " ".join(_shown(text).split())


def searchable(text: str) -> str:
    """The longest run of a heading's words that any reading of it has: letters, digits, spaces.

    Emoji, quotes and dashes may be stored as another character than they are shown.
    """
    runs = re.findall(r"[^\W_]+(?:[,.:]?[ /-]?[^\W_]+)*", text)
    return max(runs, key=len, default="")


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits in the same order."""
    return _letters(one) == _letters(other)


def escaped(text: str) -> str:
    """One line of Markdown that says just this text."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    start = _AT_START.match(line)
    if start is None:
        return line
    at = start.end(2) if start[2] else 0
    return f"{line[:at]}\\{line[at:]}"


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _words(match: "re.Match[str]") -> str:
    is_embed, label, address = match[1], match[2], match[3]
    if is_embed and address[:1] in ("@", "#"):
        return ""
    return label or ("" if is_embed else address)


def _hidden(text: str) -> str:
    return "".join(chr(_HIDDEN + ord(sign)) if ord(sign) < 128 else sign for sign in text)


def _shown(text: str) -> str:
    return "".join(
        chr(ord(sign) - _HIDDEN) if _HIDDEN <= ord(sign) < _HIDDEN + 128 else sign for sign in text
    )
