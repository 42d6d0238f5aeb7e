"""A text goes in; where it speaks of pictures in view comes out: "the second one", "it", "#3"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_FLAGS = re.IGNORECASE

NOUN = (
    r"(?:images?|imgs?|pictures?|pics?|photos?|photographs?|ones?|versions?|variations?|variants?"
    r"|options?|results?|shots?|renders?|renderings?|drawings?|illustrations?|screenshots?|files?"
    r"|attachments?|takes?|rows?|items?|concepts?|ideas?|logos?|posters?|icons?|banners?)"
)
_NUMBERED_NOUN = (
    r"(?:images?|imgs?|pictures?|pics?|photos?|photographs?|versions?|variations?|variants?"
    r"|options?|results?|shots?|drawings?|illustrations?|screenshots?|rows?|items?|concepts?)"
)
_PLAIN_NOUN = r"(?:image|img|picture|pic|photo|photograph|screenshot|attachment|result|render)"
_ORDINALS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        [
            "first 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth 6th",
            "seventh 7th",
            "eighth 8th",
            "ninth 9th",
            "tenth 10th",
            "eleventh 11th",
            "twelfth 12th",
        ],
        start=1,
    )
    for word in words.split()
}
_NUMBERS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
}
_LAST = r"(?:very\s+last|last|latest|newest|previous|most\s+recent|final|preceding)"
_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|{_LAST})"
_AND = r"\s*(?:,\s*(?:and\s+)?|\band\b|&|\+|\bor\b)\s*"
_ORDINALS_SAID = rf"{_ORDINAL}(?:{_AND}(?:the\s+)?{_ORDINAL})*"
_COUNTED = (
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|couple|few)\b"
    r"|\d{1,2}(?![\d:.x×]))"
)
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_LOOKS = (
    r"(?:red|blue|green|yellow|orange|purple|pink|black|white|gr[ae]y|brown|gold(?:en)?|silver|teal"
    r"|beige|navy|turquoise|square|wide|portrait|landscape|vertical|horizontal|transparent|moody"
    r"|warmer|cooler|colder|brighter|darker|lighter|bigger|smaller|larger|softer|sharper|simpler"
    r"|cleaner|closer|wider|bolder|happier|taller|higher|again|twice|look(?:s|ing)?|look\s+\w+er"
    r"|more|less|much|a\s+(?:bit|little|lot)|slightly|four|\d+\s?(?:x|×|times)|x\s?\d|\d+:\d+)"
)
_ALONE = (
    r"(?=\s*(?:$|[.,;:!?)\n–—-]|(?:and|or|onto|into|on|to|in|with|from|is|are|but|so|as|by|then|for"
    r"|of|at|under|below|above|after|before|please|pls|instead|only|should|must|needs?|without"
    r"|over|behind|next|here|together|above|up|out|away|alone|can|goes|now|also|too|using|via|that|against|beside)\b"
    rf"|{_LOOKS}(?!\w)))"
)
"""What follows a word that speaks of a picture by itself: not "the first letter"."""
_NAME = r"(?:[\w@.-]+\s+){0,2}?[\w@.-]+"
_DID = (
    r"(?:just\s+|have\s+|has\s+|had\s+|'ve\s+|already\s+)*(?P<did>posted|uploaded|shared|sent"
    r"|attached|added|dropped|put\s+(?:up|here|in)|made|generated|created|asked\s+for|got)"
)
_WHOSE = (
    rf"(?:\s+(?:that\s+|which\s+)?(?P<who>{_NAME})\s+{_DID}\b"
    rf"|\s+(?P<done>posted|uploaded|shared|sent|attached|made|generated|created|asked\s+for)"
    r"\s+by\s+(?P<by>@?[\w.-]+(?:\s+(?-i:[A-Z])[\w.-]+)?)"
    r"|\s+(?:from|by)\s+(?P<from>(?-i:[A-Z@])[\w.-]*(?:\s+(?-i:[A-Z])[\w.-]+)?|me\b|us\b))?"
)


class Kind(Enum):
    """How a text speaks of pictures."""

    NUMBERS = "numbers"
    LAST = "last"
    ALL = "all"
    ONE = "one"
    """The picture as such: "it", "this image", "the photo"."""


@dataclass(frozen=True)
class Reference:
    """One place where a text speaks of pictures."""

    start: int
    end: int
    kind: Kind
    numbers: tuple[int, ...] = ()
    count: int | None = None
    """How many: "these two", "the last three"."""
    who: str = ""
    """Whose, as it was said; `me` for one's own."""
    did: str = ""
    """What they did with it: posted, made."""
    is_pronoun: bool = False
    """Nothing but "it", "this", "them"."""
    is_attached: bool = False

    @property
    def is_explicit(self) -> bool:
        """Whether it picks certain pictures rather than whatever is in view."""
        return self.kind in {Kind.NUMBERS, Kind.LAST} or bool(self.who) or self.is_attached


_ORDINAL_SAID = re.compile(
    rf"\b(?:(?P<my>my|our)|the|your|that|this)\s+(?P<ords>{_ORDINALS_SAID})\b"
    rf"(?:\s+(?P<count>{_COUNTED})\b)?"
    r"(?:\s+(?:generated|posted|uploaded|shared|attached|edited|upscaled|imported|new))?"
    rf"(?:\s+{NOUN}\b{_WHOSE}|{_ALONE})",
    _FLAGS,
)
_NUMBER_SAID = re.compile(
    rf"(?:\b(?:the\s+|with\s+)?(?:{_NUMBERED_NOUN}\s*(?:no\.?\s?|nr\.?\s?|number\s+|\#\s?)?"
    r"|(?:number|no\.|nr\.?)\s+)|(?<![\w&])\#\s?)"
    rf"(?P<nums>{_NUMBER}(?:{_AND}(?:the\s+)?(?:{_NUMBERED_NOUN}\s*|number\s+)?\#?\s?{_NUMBER})*)"
    rf"(?![\w%]|[.,:]\d|\s?(?:px|pixels)\b|\s+(?:{_NUMBERED_NOUN}|people|of\s+(?:them|these))\b)"
    rf"{_WHOSE}",
    _FLAGS,
)
_OWNED_SAID = re.compile(
    r"(?:(?P<owner>@?[\w.-]+(?:\s+[\w.-]+)?)['’]s|\b(?P<my>my|our))\s+"
    rf"(?:own\s+)?(?:(?P<ords>{_ORDINALS_SAID})\s+)?(?:(?P<count>{_COUNTED})\s+)?"
    rf"(?P<noun>(?:attached\s+|uploaded\s+|original\s+)?{NOUN})\b",
    _FLAGS,
)
_ALL_SAID = re.compile(
    r"\b(?:(?:all|both|each|every(?:\s+one)?|any)\b(?:\s+of)?(?:\s+(?:the|them|these|those|my|your))?"
    rf"(?:\s+(?P<count>{_COUNTED}))?(?:\s+of\s+(?:them|these|those))?"
    rf"|(?P<these>these|those|the)\s+(?P<count2>{_COUNTED})|these|those)"
    rf"(?:\s+(?:attached\s+|uploaded\s+|last\s+)?(?P<noun>{NOUN})\b{_WHOSE}|{_ALONE})"
    r"|\bthe\s+(?P<attached>attached\s+|uploaded\s+)?(?P<plural>images|pictures|photos|pics"
    rf"|photographs|attachments|results|screenshots)\b(?P<whose>{_WHOSE.replace('?P<', '?P<x')})"
    r"|\bthem(?:\s+all)?\b",
    _FLAGS,
)
_ONE_SAID = re.compile(
    r"\b(?:(?:this|that|the|your)\s+(?P<attached>attached\s+|uploaded\s+|enclosed\s+)?"
    r"(?:same\s+|whole\s+|entire\s+|original\s+|current\s+|new\s+|generated\s+|existing\s+"
    rf"|finished\s+|studio\s+|slack\s+)*(?P<noun>{_PLAIN_NOUN})\b(?P<here>\s+(?:attached|above"
    rf"|below|here))?{_WHOSE}|(?P<pronoun>it(?!['’]s)|(?:this|that)(?:\s+one)?{_ALONE}))"
    r"(?!\s+(?:editor|model|gallery|canvas))",
    _FLAGS,
)
_SEEN = re.compile(
    r"\b(?:it|this|that|these|those|them|the|my|our|your|all|both|each|every|any)\b|#\s?\d|['’]s\b"
    r"|\b(?:image|picture|photo|number|version|option|variation|pic|no\.)\s*#?\s?\w",
    _FLAGS,
)
_NOT_NAMES = frozenset({"it", "that", "this", "there", "here", "what", "let", "who", "he", "she"})


def references(text: str) -> tuple[Reference, ...]:
    """Where a text speaks of pictures, in its order, without overlaps."""
    if not _SEEN.search(text):
        return ()
    found = [*_ordinals(text), *_numbers(text), *_owned(text), *_all(text), *_ones(text)]
    found.sort(key=lambda reference: (reference.start, -reference.end))
    kept: list[Reference] = []
    for reference in found:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return tuple(kept)


def _ordinals(text: str) -> Iterator[Reference]:
    for found in _ORDINAL_SAID.finditer(text):
        who, did = _whose(found)
        yield _ordered(
            found["ords"],
            span=found.span(),
            count=_counted(found["count"]),
            who=who or ("me" if found["my"] else ""),
            did=did,
        )


def _numbers(text: str) -> Iterator[Reference]:
    for found in _NUMBER_SAID.finditer(text):
        who, did = _whose(found)
        said = re.findall(_NUMBER, found["nums"], _FLAGS)
        numbers = tuple(_number(word) for word in said)
        yield Reference(*found.span(), kind=Kind.NUMBERS, numbers=numbers, who=who, did=did)


def _owned(text: str) -> Iterator[Reference]:
    for found in _OWNED_SAID.finditer(text):
        owner = found["owner"] or "me"
        start = found.start()
        if owner.split()[-1].lower() in _NOT_NAMES:
            continue
        if " " in owner and not owner.split()[0][:1].isupper():
            start += owner.rindex(" ") + 1
            owner = owner.split()[-1]
        is_plural = found["noun"].lower().endswith("s")
        who = "me" if found["my"] else owner
        if found["ords"]:
            count = _counted(found["count"])
            yield _ordered(found["ords"], span=(start, found.end()), count=count, who=who)
        else:
            kind = Kind.ALL if is_plural or found["count"] else Kind.ONE
            count = _counted(found["count"])
            yield Reference(start, found.end(), kind=kind, count=count, who=who)


def _all(text: str) -> Iterator[Reference]:
    for found in _ALL_SAID.finditer(text):
        words = found[0].lower()
        count = _counted(found["count"] or found["count2"])
        who, did = _whose(found)
        if found["plural"]:
            who, did = _whose(found, prefix="x")
        is_bare = not (found["noun"] or found["plural"] or who) and words[:3] in {"the", "tho"}
        yield Reference(
            *found.span(),
            kind=Kind.ALL,
            count=2 if words.startswith("both") else count,
            who=who,
            did=did,
            is_pronoun=is_bare,
            is_attached=found["attached"] is not None or "attach" in words,
        )


def _ones(text: str) -> Iterator[Reference]:
    for found in _ONE_SAID.finditer(text):
        who, did = _whose(found)
        words = found[0].lower()
        yield Reference(
            *found.span(),
            kind=Kind.ONE,
            who=who,
            did=did,
            is_pronoun=found["pronoun"] is not None,
            is_attached=(not who and "attach" in words) or found["attached"] is not None,
        )


def _ordered(
    words: str, *, span: tuple[int, int], count: int | None, who: str, did: str = ""
) -> Reference:
    said = re.findall(_ORDINAL, words, _FLAGS)
    numbers = tuple(_ORDINALS[word.lower()] for word in said if word.lower() in _ORDINALS)
    is_last = len(numbers) < len(said)
    if numbers and count:
        numbers, count = tuple(range(1, count + 1)), None
    if is_last:
        return Reference(*span, kind=Kind.LAST, numbers=numbers, count=count, who=who, did=did)
    return Reference(*span, kind=Kind.NUMBERS, numbers=numbers, who=who, did=did)


def _whose(found: re.Match[str], *, prefix: str = "") -> tuple[str, str]:
    """Whose pictures are meant and what they did; `me` for the person who speaks."""
    who = found[f"{prefix}who"] or found[f"{prefix}by"] or found[f"{prefix}from"] or ""
    did = found[f"{prefix}did"] or found[f"{prefix}done"] or ""
    if who.lower() in {"i", "we", "me", "us", "i've", "i have", "we have"}:
        who = "me"
    return who, did.lower()


def _counted(words: str | None) -> int | None:
    if words is None:
        return None
    return {"couple": 2, "few": 3}.get(words.lower()) or _number(words)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]
