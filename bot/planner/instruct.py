"""What was said of a picture goes in, the instruction for an editing model comes out."""

import re
from collections.abc import Sequence

from bot.planner.pictures import Reference
from bot.planner.write import mended

_FLAGS = re.IGNORECASE
PICTURE = "\ue000"
"""Stands in a text where it speaks of a picture."""

AGAINST = {
    "dark": "brighter",
    "bright": "darker",
    "light": "darker",
    "warm": "cooler",
    "cold": "warmer",
    "cool": "warmer",
    "small": "larger",
    "big": "smaller",
    "large": "smaller",
    "busy": "simpler",
    "cluttered": "simpler",
    "blurry": "sharper",
    "soft": "sharper",
    "dull": "more vivid",
    "flat": "more vivid",
    "tight": "wider",
}
"""What is wanted where something is too much so."""
_INSIDE = re.compile(
    rf"\s*\b(?:of|in|from|for|within|inside)\s+(?:the\s+)?{PICTURE}(?:\s*,)?", _FLAGS
)
_EDIT_OF = re.compile(
    r"(?:please\s+)?(?:edit|change|modify|adjust|tweak|retouch|fix|update|improve|alter|rework"
    rf"|take|use|using|with|for|on|in)\s+(?:the\s+)?{PICTURE}\s*[,:;–—-]*\s*"
    r"(?:(?:and|but|by|then|just)\s+)?",
    _FLAGS,
)
_FOR_PURPOSE = re.compile(rf"(?:take|use|using)\s+{PICTURE}\s+(?:as|for|in|to|with|on)\b", _FLAGS)
_SO_THAT = re.compile(
    r"so\s+(?:that\s+)?(?P<what>[^.,;]{1,60}?)\s+(?:is|are|becomes?|gets?|turns)\s+"
    r"(?P<how>(?!not\b|no\b)[^.]+)",
    _FLAGS,
)
_SO_LOOKS = re.compile(
    r"so\s+(?:that\s+)?(?P<what>[^.,;]{1,60}?)\s+(?:looks?|feels?|seems?)\s+(?P<how>[^.]+)", _FLAGS
)
_SO = re.compile(r"so\s+(?:that\s+)?(?=\S)", _FLAGS)
_TO_BE = re.compile(r"to\s+(?:be|become)\s+", _FLAGS)
_TO = re.compile(r"to\s+(?=(?:look|have|show|include|add|remove|make|use|fit|match)\b)", _FLAGS)
_WITH = re.compile(rf"(?:{PICTURE}\s+)?with\s+(?=\S)", _FLAGS)
_WANTED = re.compile(
    rf"(?:i|we)(?:['’]d|\s+would)?\s+(?:want|like|prefer|need|love)\s+{PICTURE}\s+(?:to\s+be\s+)?(?=\S)",
    _FLAGS,
)
_VERSION = re.compile(
    r"(?:(?:make|create|give\s+me|show\s+me|do)\s+)?(?:an?\s+|some\s+|more\s+)?(?:versions?|variations?)\s+of\s+"
    rf"(?={PICTURE})|(?:make|create|give\s+me|show\s+me)\s*$",
    _FLAGS,
)
_BUT = re.compile(
    rf"{PICTURE}\s*,?\s*(?:but\s+)?(?:(?:should|must|needs?\s+to|could)\s+(?:be|look)\s+"
    r"|(?:make\s+it\s+))?(?=\w)",
    _FLAGS,
)
_TOO = re.compile(
    rf"(?:(?:it|this|that|{PICTURE})(?:['’]s|\s+(?:is|looks?))\s+|(?P<what>(?:the|its)\s+"
    r"[\w\s-]{2,30}?)\s+(?:is|are|looks?)\s+)?(?:still\s+|a\s+(?:bit|little)\s+|way\s+|much\s+|far\s+"
    r"|slightly\s+|just\s+)?too\s+(?P<how>\w+)[.!]*$",
    _FLAGS,
)
_MENTION = re.compile(r"@U[A-Z0-9]{2,}\b")


def marked(text: str, references: Sequence[Reference]) -> str:
    """The text with PICTURE in place of each reference."""
    parts = []
    at = 0
    for reference in references:
        parts += [text[at : reference.start], PICTURE]
        at = reference.end
    return "".join([*parts, text[at:]])


def instruction(sentences: Sequence[str]) -> str:
    """What is to be changed about one picture, or about each of several.

    The sentences are marked; "it" stands for what they speak of, unless it can go.
    """
    return _joined([_about_one(sentence) for sentence in sentences])


def joint_instruction(sentences: Sequence[str], names: Sequence[Sequence[str]]) -> str:
    """What is to be made of several pictures, with each sentence's names for its references."""
    return _joined(
        [_with_names(sentence, own) for sentence, own in zip(sentences, names, strict=True)]
    )


def _with_names(sentence: str, names: Sequence[str]) -> str:
    left = iter(names)
    return re.sub(PICTURE, lambda _: next(left, "the pictures"), sentence)


def _about_one(sentence: str) -> str:
    said = sentence.strip()
    if too := _TOO.match(said):
        return _less(too)
    if wish := _WANTED.match(said):
        return f"make it {said[wish.end() :]}"
    said = _VERSION.sub("", said, count=1)
    if not _FOR_PURPOSE.match(said):
        opening = _EDIT_OF.match(said)
        said = said[opening.end() :] if opening else said
    if said.startswith(PICTURE) and (but := _BUT.match(said)):
        said = f"make it {said[but.end() :]}" if not _WITH.match(said) else said
    said = _purpose(said)
    said = _INSIDE.sub("", said).strip(" ,;:–—-")
    return said.replace(PICTURE, "it")


def _purpose(said: str) -> str:
    """ "so the background is warmer" as a command: "make the background warmer"."""
    if so := _SO_THAT.match(said):
        return f"make {so['what']} {so['how']}{said[so.end() :]}"
    if so := _SO_LOOKS.match(said):
        return f"make {so['what']} look {so['how']}{said[so.end() :]}"
    said = _SO.sub("", said, count=1) if _SO.match(said) else said
    if be := _TO_BE.match(said):
        return f"make it {said[be.end() :]}"
    if to := _TO.match(said):
        rest = said[to.end() :]
        return f"make it {rest}" if rest.lower().startswith(("look", "have", "show")) else rest
    if given := _WITH.match(said):
        return f"give it {said[given.end() :]}"
    return said


def _less(too: re.Match[str]) -> str:
    """ "too dark" as a command: "make it brighter"."""
    how = too["how"].lower()
    return f"make {too['what'] or 'it'} {AGAINST.get(how, f'less {how}')}"


def _joined(sentences: Sequence[str]) -> str:
    said = [mended(_MENTION.sub("a teammate", sentence)) for sentence in sentences]
    kept = [f"{one[0].upper()}{one[1:]}" for one in said if len(one) > 1]
    return " ".join(one if one.endswith((".", "!", "?", "…")) else f"{one}." for one in kept)
