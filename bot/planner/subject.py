"""What is asked for goes in; its format, adjectives and subject come out, and the prompt's body."""

import re
from typing import NamedTuple

from bot.domain.catalog import Aspect
from bot.planner.formats import Found, Role, format_ending, needs_for, singular
from bot.planner.hints import orientation, style_of, take_number
from bot.planner.words import word_set

_FLAGS = re.IGNORECASE
_CONNECTORS = (
    r"for|of|with|showing|featuring|depicting|about|that|which|in|on|at|by|from|announcing"
    r"|advertising|promoting|inspired|based|to|where|called|named|saying|reading|against|under"
    r"|inside|near|next|made"
)
_HEAD = re.compile(
    rf"(?P<head>[^.,;:!?\n\ufdd0-\ufdef]{{0,120}}?)"
    rf"(?:\s+(?P<connector>{_CONNECTORS})\b\s*|(?=\s*[.,;:!?\n\ufdd0-\ufdef])|\s*$)",
    _FLAGS,
)
_DETERMINER = re.compile(
    r"(?:(?:an?|the|my|our|your|this|some|another|one)(?:\s+(?:single|new|simple(?=\s+image)"
    r"|nice))?\s+)+",
    _FLAGS,
)
_OWN_ARTICLE = re.compile(
    r"(?:an?|the|my|our|your|his|her|their|its|this|these|that|some|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|many|several|\d+|someone|somebody|people|@\w+|\w+['’]s)\b"
    r"|[^\x00-\x7f]|[\ufdd0-\ufdef]",
    _FLAGS,
)
_MASS = word_set(
    "coffee water snow rain food fashion nature furniture jewelry jewellery chocolate "
    "bread wine beer tea smoke sand clothing cosmetics skincare makeup fruit fabric "
    "leather cheese honey lightning fog fire art music architecture software people "
    "children women men"
)
_OF = frozenset({"of", "showing", "featuring", "depicting", "with"})
_AS_ARTWORK = frozenset({"for", "about", "announcing", "advertising", "promoting"})
_COUNTABLE_AFTER = _OF | _AS_ARTWORK | {"", "in", "that", "inspired", "saying", "called"}
_WHERE = frozenset({"on", "at", "under", "near", "inside", "next", "against", "by"})
"""After these a banner or a billboard is a thing to be seen and no format."""
_SQUARES = frozenset({"times", "red", "town", "market", "union", "trafalgar", "village", "city"})
"""What comes before "square" where a place is meant."""
_DESCRIBES_MARK = frozenset({"minimal", "flat", "illustration", "photo"})


class Subject(NamedTuple):
    """What is to be seen, in the words of the person, and what those words imply."""

    body: str
    """The description without an end mark; empty where only a format was asked for."""
    title: str
    found: Found | None
    aspect: Aspect | None
    """Said by an adjective: "a square poster"."""
    style_id: str | None
    """Said by an adjective: "a watercolor poster"."""
    number: int | None
    """Said before a plural: "three logos for …"."""


def subject_of(asked: str, *, is_inner: bool = False) -> Subject:
    """The parts of a phrase such as "a square product hero for a ceramic coffee mug".

    `is_inner` is for what an image is asked for: "an image for a book cover".
    """
    number, unnumbered = take_number(asked)
    split = _HEAD.match(unnumbered if number else asked)
    if not split:
        return Subject(asked, _first_clause(asked), None, None, None, None)
    connector = (split["connector"] or "").lower()
    rest = split.string[split.end() :].strip()
    head = split["head"].strip()
    determiner = _DETERMINER.match(f"{head} ")
    words = f"{head} "[determiner.end() if determiner else 0 :].split()
    aspect: Aspect | None = None
    while len(words) > 1 and orientation(words[-1]) and format_ending(words[:-1])[0]:
        aspect = orientation(words.pop())
    found, length = format_ending(words)
    if found and needs_for(found):
        is_for = connector in _AS_ARTWORK - {"about"} or not (connector or rest)
        is_plain = len(words) <= 2 and (is_for or (connector == "about" and found.words == "post"))
        found = found if is_plain else None
    if found and found.format.role is Role.PLACE and connector in _WHERE:
        found = None
    if found is None:
        return Subject(asked, _first_clause(asked), None, None, None, None)
    last = words[-1].lower()
    is_plural = singular(last) != last and last not in found.words
    if number is not None and not (is_plural and connector in _COUNTABLE_AFTER):
        return Subject(asked, _first_clause(asked), None, None, None, None)
    if found.format.role is Role.DROPPED and connector in {"for", "as"} and not is_inner:
        inner = subject_of(rest, is_inner=True)
        if inner.found and inner.found.format.role is not Role.DROPPED and len(words) == length:
            return inner
    before, said_aspect, style_id = _adjectives(words[:-length], found)
    name = " ".join(words[-length:]) if not is_plural else found.words
    if name.lower().endswith("hero"):
        name += " image"
    article = determiner[0].strip() if determiner and not is_plural else ""
    body, title = _composed(
        before=before, name=name, found=found, connector=connector, rest=rest, article=article
    )
    return Subject(body, title, found, said_aspect or aspect, style_id, number)


def with_article(phrase: str) -> str:
    """The phrase with "a" or "an" where it has no article and is one thing that can be counted."""
    if not phrase or _OWN_ARTICLE.match(phrase) or phrase[0].isupper():
        return phrase
    last = _last_of_first_noun(phrase)
    if last in _MASS or (last.endswith("s") and not last.endswith(("ss", "us", "is"))):
        return phrase
    return f"{'an' if phrase[0].lower() in 'aeiou' else 'a'} {phrase}"


def without_article(phrase: str) -> str:
    """The phrase without a leading "a", "an" or "the"."""
    return re.sub(r"^(?:an?|the|some)\s+(?=\S)", "", phrase, flags=_FLAGS)


def head_noun(phrase: str) -> str:
    """The noun that a phrase is about, in the singular: `mug` of "a coffee mug on a desk"."""
    return singular(_last_of_first_noun(phrase))


def _last_of_first_noun(phrase: str) -> str:
    head = _HEAD.match(phrase)
    words = re.findall(r"[\w-]+", head["head"] if head else phrase[:120])
    return words[-1].lower() if words else ""


def _adjectives(words: list[str], found: Found) -> tuple[list[str], Aspect | None, str | None]:
    """The words before a format without those that say its orientation or style."""
    kept: list[str] = []
    aspect: Aspect | None = None
    style_id: str | None = None
    own_style = found.format.style_id
    is_mark = own_style in {"logo", "pattern", "poster"}
    at = 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        length = 2 if len(words) - at > 1 and style_of(pair) else 1
        meant = style_of(" ".join(words[at : at + length]))
        word = words[at]
        is_name = words[at - 1 : at] and words[at - 1].lower() in _SQUARES
        if orientation(word) and words[at + 1 : at + 2] != ["angle"] and not is_name:
            aspect = orientation(word)
        elif (
            meant
            and not (is_mark and meant in _DESCRIBES_MARK)
            and not (meant == "minimal" and own_style)
        ):
            if style_id is None and meant != "illustration":
                style_id = meant
            elif style_id is None:
                style_id = meant
                kept += words[at : at + length]
        else:
            kept += words[at : at + length]
        at += length
    return kept, aspect, style_id


def _composed(
    *, before: list[str], name: str, found: Found, connector: str, rest: str, article: str
) -> tuple[str, str]:
    """The body of the prompt and the title, by what becomes of the format's word."""
    said = " ".join(before)
    role = found.format.role
    tail = f"{connector} {rest}".strip() if connector else ""
    if not connector and rest:
        tail = rest
        if rest.startswith(":") and role in {Role.PRODUCT, Role.DROPPED}:
            connector, rest = "of", rest[1:].strip()
    joint = "" if not connector and rest[:1] in {"", *",.;:!?\n"} else " "
    whole = f"{said} {name}".strip() + (f"{joint}{tail}" if tail else "")
    if role is Role.PRODUCT:
        kind = "product render" if found.format.style_id == "3d" else "product photograph"
        if connector in _OF | {"for"} and rest:
            lead, thing = f"{said} {kind}".strip(), with_article(rest)
        elif said:
            lead, thing = kind, f"{with_article(said)}{joint}{tail}".strip()
        else:
            return "", f"product, {name}"
        label = "product render" if found.format.style_id == "3d" else _product_label(name)
        return f"{lead} of {thing}", f"{_first_clause(thing, most=44)}, {label}"
    if role is Role.KEPT:
        return whole, _first_clause(whole)
    if role is Role.PLACE and connector in _AS_ARTWORK and rest:
        lead = f"{said} artwork".strip()
        return f"{lead} {connector} {rest}", f"{_first_clause(rest, most=40)}, {found.words}"
    if connector in _OF and rest:
        body = rest if not said else f"{said} {'image' if role is Role.PLACE else name} of {rest}"
        suffix = f", {found.words}" if role is Role.PLACE else ""
        return body, f"{_first_clause(rest, most=44)}{suffix}"
    if said and not _is_only_adjectives(before):
        suffix = f", {found.words}" if role is Role.PLACE else ""
        is_one = article.lower() in {"a", "an"}
        named = with_article(said) if is_one else f"{article} {said}".strip()
        return f"{named}{joint}{tail}".strip(), f"{_first_clause(said, most=44)}{suffix}"
    if tail:
        return whole, _first_clause(whole)
    return "", whole


def _product_label(name: str) -> str:
    return "product hero" if "hero" in name.lower() else "product photo"


def _is_only_adjectives(words: list[str]) -> bool:
    """Whether the words before a format name no thing: "a nice picture"."""
    return all(word.lower() in _ADJECTIVES for word in words)


_ADJECTIVES = word_set(
    "nice beautiful cool great simple new quick rough good pretty lovely amazing awesome "
    "fun funny cute modern stunning detailed high-quality hd 4k big small single different "
    "random creative professional fresh unique interesting"
)


def _first_clause(text: str, *, most: int = 60) -> str:
    """The first clause without its article, cut between words where it is longer than `most`."""
    bare = without_article(text.strip())
    clause = re.split(r"[.,;:!?\n](?=\s|$)|\s+-\s+", bare, maxsplit=1)[0].strip()
    if len(clause) <= most:
        return clause
    cut = clause[:most].rsplit(" ", 1)[0] if " " in clause[:most] else clause[:most]
    shortened = re.sub(
        rf"(?:\s+(?:{_CONNECTORS}|an?|the|and|or|our|my|its))+$",
        "",
        cut.rstrip(" ,;:-"),
        flags=_FLAGS,
    )
    return shortened or cut
