"""A request goes in; the distinct images that it lists, or counts, come out."""

import re
from typing import NamedTuple

from bot.planner.compose import composed, single_of
from bot.planner.formats import Role, format_ending
from bot.planner.hints import style_of, take_aspect, take_count, take_number
from bot.planner.lists import entries_of, known_set, labelled
from bot.planner.parts import Batch, Concepts, Entry, Unclear, Unnamed

_FLAGS = re.IGNORECASE
_NUMBER = (
    r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|several"
    r"|multiple|some|a\s+few|a\s+couple(?:\s+of)?|many|various|different|a\s+dozen|half\s+a\s+dozen"
    r"|dozens\s+of|hundreds\s+of)"
)
_IDEA_WORDS = r"(?P<idea>concepts|ideas|directions|proposals|approaches)"
_CONCEPTS = re.compile(
    rf"(?:the\s+)?(?P<number>{_NUMBER})\s+(?P<before>(?:[\w'’-]+\s+){{0,6}}?){_IDEA_WORDS}\b\s*"
    r"(?:(?:for|of)\s+)?(?P<rest>.*)",
    _FLAGS | re.DOTALL,
)
_DIFFERENT = re.compile(
    rf"(?P<number>{_NUMBER})\s+(?:\w+\s+)?(?:different|distinct|unique|separate|individual)\s+"
    r"(?P<what>(?:[\w-]+\s+){0,2}?[\w-]+s)\b(?=\s*(?:$|[.,:]|for\b|of\b|showing\b|with\b))",
    _FLAGS,
)
_SET = re.compile(
    r"(?:(?:an?|the)\s+)?(?:[\w-]+\s+)?(?:set|series|batch|collection|bunch|range|group|pack)\s+of\s+"
    rf"(?:(?P<number>{_NUMBER})\s+)?(?P<what>(?:[\w-]+\s+){{0,3}}?[\w-]+s)\b"
    r"(?=\s*(?:$|[.,:]|for\b|of\b|showing\b|with\b))",
    _FLAGS,
)
_SET_OF = re.compile(
    r"^(?:(?:an?|the)\s+)?(?:[\w-]+\s+)?(?:set|series|batch|collection|bunch|range|group|pack)\s+of\s+",
    _FLAGS,
)
_NAMED_EACH = frozenset({"icon", "sticker", "emoji", "badge", "avatar", "app icon", "favicon"})
"""A set of these is of things that have names."""
_EACH = re.compile(
    r"(?P<base>.*?)(?:,\s*(?P<one>one)|\b(?P<what>one|(?:an?|one)\s+(?:\w+\s+){1,3}?|images?|pictures?|photos?"
    r"|illustrations?|logos?|icons?|posters?|banners?))\s*\b(?:for|of|per)\s+(?:each|every)\b"
    r"(?:\s+(?:one|single))?(?:\s+of)?(?:\s+the\s+following)?\s*:?\s*(?P<list>.*)",
    _FLAGS | re.DOTALL,
)
_EACH_FOR = re.compile(
    r"\b(one|(?:an?|one)\s+(?!for\b)[\w-]+(?:\s+(?!for\b)[\w-]+)?)\s+each\s+(?:for|of)\b", _FLAGS
)
_COLON_LIST = re.compile(
    r"(?P<head>(?:[^:.!?\n]|(?<=\d):(?=\d)){1,200}):\s+(?P<list>.{3,})$", _FLAGS | re.DOTALL
)
_CONNECTED = re.compile(
    r"\s+(?P<connector>for|of|showing|about|with|featuring|announcing|promoting)\s+(?P<list>.+)$",
    _FLAGS | re.DOTALL,
)
_CONNECTING = re.compile(
    r"\b(?:of|for|showing|with|that|in|on|featuring|holding|wearing|beside|behind|under|over|at|from"
    r"|about|says|saying|and|by)\b",
    _FLAGS,
)


def for_each(wanted: str) -> Batch | Unnamed | None:
    """ "a poster for each of London, Paris and Rome", "one for each season"."""
    found = _EACH.match(_EACH_FOR.sub(r"\1 for each of", wanted))
    if not found:
        return None
    what = found["what"] or ""
    if what and what.lower() != "one" and not format_ending(what.split())[0]:
        return None
    base = f"{found['base']} {'' if what.lower() == 'one' else what}".strip(" ,:;–—-")
    members, named = known_set(found[0][found.start("list") - 20 :] or "")
    listed = found["list"].strip()
    entries = entries_of(listed)
    if named and not re.search(r",", listed):
        entries = members
    if len(entries) < 2:
        return Unnamed(listed)
    return Batch(tuple(_of_list(base, entry, "for") for entry in entries))


def concepts(wanted: str) -> Concepts | Unnamed | None:
    if found := _CONCEPTS.match(wanted):
        of = (
            f"{found['before']}{'for ' if found['before'] and found['rest'] else ''}{found['rest']}"
        )
        number, _ = take_number(f"{found['number']} x")
        words = re.findall(r"[\w'’-]+", of)
        is_image = any(format_ending(words[: at + 1])[0] for at in range(min(12, len(words))))
        if found["idea"].lower() != "concepts" and not is_image:
            return None
        return Concepts(number or 3, single_of(of.strip()))
    for pattern in (_DIFFERENT, _SET):
        found = pattern.match(wanted)
        ending = format_ending(found["what"].split())[0] if found else None
        if not found or ending is None:
            continue
        if _list_of(wanted) is not None:
            return None
        if ending.words in _NAMED_EACH:
            return Unnamed(wanted)
        number, _ = take_number(f"{found['number'] or 'three'} x")
        of = single_of(f"{found['what']}{wanted[found.end() :]}")
        return Concepts(number or 3, of)
    return None


def listed(wanted: str) -> Batch | Unclear | None:
    """ "five icons: home, search, …", "posters for London, Paris and Rome"."""
    listed = _list_of(wanted)
    if listed is None:
        return None
    head, connector, entries, number, hints = listed
    found, _ = format_ending(re.findall(r"[\w'’-]+", head))
    if connector and number == 2 and found and found.format.role is Role.DROPPED:
        kind = found.words if found.format.style_id else "image"
        article = "an" if kind[0] in "aeiou" else "a"
        each = " and ".join(f"{article} {kind} of {entry}" for entry in entries)
        together = f"{number} variations of {' and '.join(entries)}"
        return Unclear(each=each, together=together)
    return Batch(tuple(_of_list(head, entry, connector) for entry in entries), hints)


class _List(NamedTuple):
    """A list in running text."""

    head: str
    connector: str
    """The word that leads to it; empty for a colon."""
    entries: tuple[str, ...]
    number: int | None
    """How many were asked for before it was known to be a list."""
    hints: str


def _without_hints(listed: str) -> tuple[str, str]:
    """A list without the settings at its end, and these: "home, cart, flat style, 16:9"."""
    hints: list[str] = []
    while True:
        rest, comma, last = listed.rpartition(",")
        words = last.strip(" .")
        is_style = style_of(words.removesuffix(" style")) is not None
        is_hint = is_style or (
            take_aspect(f", {words}")[0] and not take_aspect(f", {words}")[1].strip()
        )
        if not comma or not is_hint:
            return listed, ", ".join(hints)
        hints.insert(0, f"{words} style" if is_style and not words.endswith("style") else words)
        listed = rest


def _list_of(wanted: str) -> _List | None:
    if colon := _COLON_LIST.match(wanted):
        head = colon["head"]
        number = _number_of(head)
        listed, hints = _without_hints(colon["list"])
        entries = entries_of(listed, number=number)
        if len(entries) > 1 and (_is_plural(head) or number == len(entries)):
            return _List(head, "", entries, None, hints)
    is_set = _SET.match(wanted)
    connected = _CONNECTED.search(wanted, is_set.end("what") if is_set else 0)
    if not connected or not _is_plural(wanted[: connected.start()]):
        return None
    head, connector = wanted[: connected.start()], connected["connector"].lower()
    listed, hints = _without_hints(connected["list"])
    members, named = known_set(listed)
    if named and named.start() == 0:
        return _List(head, connector, members, None, hints)
    number = _number_of(head)
    entries = entries_of(listed)
    if (
        entries
        and (closer := _CONNECTED.search(entries[0]))
        and not any(_CONNECTED.search(entry) for entry in entries[1:])
    ):
        head = f"{head} {connector} {entries[0][: closer.start()]}"
        connector = closer["connector"].lower()
        entries = (closer["list"], *entries[1:])
    has_and = re.search(r"\b(?:and|plus)\b|&", listed, _FLAGS) is not None
    are_things = not any(style_of(entry) for entry in entries)
    is_each = number == len(entries) or (len(entries) > 2 and (is_set or number is None))
    if len(entries) > 1 and has_and and are_things and is_each:
        return _List(head, connector, entries, number, hints)
    return None


def _of_list(head: str, entry: str, connector: str) -> Entry:
    title, rest = labelled(entry)
    return Entry(composed(head, rest, connector=connector), title)


def _is_plural(head: str) -> bool:
    head = _SET_OF.sub("", head)
    words = re.findall(r"[\w'’-]+", _CONNECTING.split(head)[0])
    found, _ = format_ending(words)
    is_following = bool(words) and words[-1].lower() in {"following", "these", "ones"}
    return is_following or (found is not None and words[-1].lower() != found.words.split()[-1])


def _number_of(head: str) -> int | None:
    number, rest = take_number(head)
    if number is None and (found := _SET.match(head)) and found["number"]:
        number, _ = take_number(f"{found['number']} x")
    if number is None:
        count, _ = take_count(head)
        number = count.number if count else None
    del rest
    return number
