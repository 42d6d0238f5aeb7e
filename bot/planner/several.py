"""A text goes in; whether it asks for distinct images, and what each shall show, comes out."""

import re

from bot.planner import talk
from bot.planner.compose import composed
from bot.planner.courtesy import closed, is_chat, opened, sentences
from bot.planner.enumerated import concepts, for_each, listed
from bot.planner.formats import Role, format_ending
from bot.planner.joined import by_aspect, by_style, joined, one_and_one
from bot.planner.lists import Lines, in_lines, is_for_all, labelled, lines_of
from bot.planner.parts import Batch, Concepts, Entry, Several
from bot.planner.single import main_sentence

_FLAGS = re.IGNORECASE


_FOR_ALL = re.compile(
    r"[,;(–—-]\s*(?P<common>(?:all|each|both|every\s+one|everything)(?:\s+of\s+them)?\s*"
    r"(?:(?:in|as|at|with|using|on|without|by)\s+\S|\d+\s?[:x×]\s?\d|square|wide|portrait|landscape).*)$",
    _FLAGS | re.DOTALL,
)
_COMMANDS = re.compile(
    r"(?:\s*[,;]\s*|\s+)(?:and|then|and\s+then|plus)\s+(?:also\s+|then\s+)*"
    r"(?=(?:draw|create|generate|paint|design|illustrate|render|make)\s+(?:me\s+|us\s+)?"
    r"(?:an?|one|another)\s)",
    _FLAGS,
)
_CONNECTING = re.compile(r"\s(?:of|for|showing|with|that|in|on|about)\s", _FLAGS)
_NEW_THING = re.compile(r"(?:an?|one|another)\s+", _FLAGS)


def several(text: str) -> Several | None:
    """The distinct images that a text asks for; None where it asks for one, or for none.

    `text` has its quotations put away; marks of what was put away stay in what comes out.
    """
    if lines := lines_of(in_lines(text)):
        return _in_lines(lines)
    main, others = main_sentence(sentences(text))
    commands = [main, *(one for one in others if _asks_anew(one))]
    beside = [one for one in others if not _asks_anew(one) and not is_chat(one)]
    parts = [part for one in commands for part in _COMMANDS.split(one)]
    if len(parts) > 1:
        asked = tuple(Entry(closed(opened(part).rest)) for part in parts)
        return Batch(asked, " ".join(one for one in beside if is_for_all(one)))
    wanted = closed(opened(main).rest)
    if talk.is_statement(main) and not opened(main).is_command:
        return None
    common = " ".join(beside)
    if for_all := _FOR_ALL.search(wanted):
        common = f"{for_all['common']}. {common}".strip()
        wanted = wanted[: for_all.start()]
    found = (
        one_and_one(wanted)
        or for_each(wanted)
        or concepts(wanted)
        or listed(wanted)
        or joined(wanted)
        or by_aspect(wanted)
        or by_style(wanted)
    )
    if isinstance(found, Batch | Concepts):
        return found._replace(common=f"{found.common} {common}".strip())
    return found


def _in_lines(lines: Lines) -> Batch | None:
    main, others = main_sentence(sentences(lines.header))
    said = opened(main)
    are_images = all(
        talk.is_noun_phrase(entry) or opened(entry).is_command for entry in lines.entries
    )
    if (said.is_command and talk.is_other_work(said.rest)) or not (said.is_command or are_images):
        return None
    head, comma, rest = closed(said.rest).partition(",")
    entries = tuple(_entry(head, entry) for entry in lines.entries)
    common = [*([rest.strip(" :")] if comma else []), *others, lines.footer]
    return Batch(entries, ". ".join(part.strip(" .") for part in common if part.strip(" .")))


def _asks_anew(sentence: str) -> bool:
    """Whether a further sentence asks for a further image: "Also draw a dog."."""
    said = opened(sentence)
    if not said.verb or not _NEW_THING.match(said.rest):
        return False
    is_drawn = said.verb.startswith(("draw", "paint", "illustrat", "sketch", "render", "generat"))
    words = re.findall(r"[\w'’]+", _CONNECTING.split(said.rest)[0])
    return is_drawn or format_ending(words)[0] is not None


def _entry(header: str, entry: str) -> Entry:
    title, rest = labelled(entry)
    if title:
        found, length = format_ending(title.split())
        if found and length == len(title.split()):
            return Entry(
                f"{title} of {rest}" if found.format.role is Role.PLACE else f"{title}: {rest}"
            )
        return Entry(composed(header, rest), title)
    return Entry(composed(header, closed(opened(entry).rest)))
