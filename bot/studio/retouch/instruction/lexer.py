"""An instruction in, its words with what they mean out."""

import re
from functools import cache

from bot.studio.retouch.instruction import paints
from bot.studio.retouch.instruction.grammar import GRAMMAR
from bot.studio.retouch.instruction.rewording import reworded
from bot.studio.retouch.instruction.vocabulary import (
    BEYOND,
    MEDIA,
    MOOD_WORDS,
    PARTS,
    REGIONS,
    TONES,
)
from bot.studio.retouch.instruction.words import Kind, Word
from bot.studio.retouch.operations import Region
from bot.studio.sketch import lexicon

LONGEST = 5
"""The most words that one phrase has."""

_TOKEN = re.compile(
    r"“\d+”|'s\b|#[0-9a-f]{3,8}\b|\d+(?:\.\d+)?:\d+(?:\.\d+)?|\d+%|\d+°"
    r"|[a-z0-9&][\w&'/-]*|[,.;:!?()\n–—]|\S"
)
_BREAKS = frozenset(",.;:!?()\n–—")
_FALSE_FRIENDS = frozenset(
    {"bear", "bridge", "can", "card", "check", "cherry", "chocolate", "cloud", "clouds", "duck"}
    | {"email", "fire", "fish", "flash", "gem", "ghost", "glow", "heart", "key", "lemon"}
    | {"letter", "light", "mark", "moon", "night", "olive", "orange", "peach", "picture", "pin"}
    | {"plum", "plus", "post", "rain", "ring", "rose", "sail", "shot", "snow", "spring", "star"}
    | {"sun", "sunrise", "sunset", "watch", "wave"}
)
"""Nouns the engine can draw that are not what an edit means by them."""
_NAMED_RATIOS = {
    "square": "1:1",
    "squared": "1:1",
    "portrait": "3:4",
    "portrait format": "3:4",
    "vertical": "3:4",
    "upright": "3:4",
    "landscape": "4:3",
    "landscape format": "4:3",
    "horizontal": "4:3",
    "widescreen": "16:9",
    "wide screen": "16:9",
    "wide format": "16:9",
    "youtube thumbnail": "16:9",
    "thumbnail": "16:9",
    "story": "9:16",
    "story format": "9:16",
    "instagram story": "9:16",
    "insta story": "9:16",
    "reel": "9:16",
    "tiktok": "9:16",
    "phone wallpaper": "9:16",
    "instagram post": "4:5",
    "instagram": "4:5",
    "pinterest pin": "2:3",
    "banner": "21:9",
    "panorama": "21:9",
    "panoramic": "21:9",
    "ultrawide": "21:9",
    "a4": "210:297",
}


def read_words(instruction: str) -> tuple[list[Word], list[str]]:
    """The words of an instruction, and the texts that stand in quotes, as they were written."""
    text, quotes = reworded(instruction)
    return _lexed(_TOKEN.findall(text)), quotes


def _lexed(tokens: list[str]) -> list[Word]:
    words: list[Word] = []
    at = 0
    while at < len(tokens):
        word, length = _longest(tokens, at)
        words.append(word)
        at += length
    return words


def _longest(tokens: list[str], at: int) -> tuple[Word, int]:
    known = _phrases()
    for length in range(min(LONGEST, len(tokens) - at), 0, -1):
        phrase = " ".join(tokens[at : at + length])
        if length <= paints.LONGEST and (paint := paints.named(phrase)):
            return Word(Kind.COLOUR, phrase, paint=paint), length
        if phrase in known:
            return known[phrase], length
        if length > 1 and _is_thing(phrase):
            return Word(Kind.REGION, phrase, Region.SUBJECT.value), length
    return _single(tokens[at]), 1


def _single(token: str) -> Word:
    if token in _BREAKS:
        return Word(Kind.SEPARATOR, token)
    if token.startswith("“") and len(token) > 1:
        return Word(Kind.QUOTE, token, token[1:-1])
    if token.endswith("%") and len(token) > 1:
        return Word(Kind.PERCENT, token, amount=float(token[:-1]))
    if token.endswith("°") and len(token) > 1:
        return Word(Kind.ANGLE, token, token[:-1])
    if token[0].isdigit() and ":" in token:
        return Word(Kind.RATIO, token, token)
    if paint := paints.compared(token):
        return Word(Kind.TINT, token, paint=paint)
    if _is_thing(token):
        return Word(Kind.REGION, token, Region.SUBJECT.value)
    return Word(Kind.UNKNOWN, token)


def _is_thing(phrase: str) -> bool:
    """Whether it names something that can be the subject of a picture."""
    if phrase in _FALSE_FRIENDS:
        return False
    subject = lexicon.look_up(phrase)
    return subject is not None and subject.kind != "place"


@cache
def _phrases() -> dict[str, Word]:
    """Every known phrase in lower case; the first of two that are alike counts."""
    entries = [
        *((names, Kind.BEYOND, what.name, 1.0) for what, names in BEYOND.items()),
        *((names, Kind.TONE, key[0].value, key[1]) for key, names in TONES.items()),
        *((names, Kind.MEDIUM, medium.value, 1.0) for medium, names in MEDIA.items()),
        *((names, Kind.MOOD, mood, 1.0) for mood, names in MOOD_WORDS.items()),
        *((names, Kind.REGION, region.value, 1.0) for region, names in REGIONS.items()),
        *((names, *key) for key, names in GRAMMAR.items()),
        *((name, Kind.RATIO, ratio, 1.0) for name, ratio in _NAMED_RATIOS.items()),
        (PARTS, Kind.PART, "", 1.0),
    ]
    known: dict[str, Word] = {}
    for names, kind, value, amount in entries:
        for name in names.split("|"):
            known.setdefault(name, Word(kind, name, value, amount))
    return known
