"""What somebody wants different goes in; settings come out, and words for the prompt."""

import re
from enum import Enum
from typing import NamedTuple

from bot.domain.catalog import Aspect, Catalog, ImageModel
from bot.domain.people import Tool
from bot.planner.choose import take_model
from bot.planner.formats import take_place
from bot.planner.hints import (
    NUMBER,
    number_of,
    style_of,
    take_aspect,
    take_count,
    take_seed,
    take_style,
)
from bot.planner.scale import take_scale
from bot.planner.words import word_set
from bot.planner.write import mended

_FLAGS = re.IGNORECASE


class Relative(Enum):
    """A model that is wanted in comparison with the present one."""

    CHEAPER = "cheaper"
    CHEAPEST = "cheapest"
    FASTER = "faster"
    FASTEST = "fastest"
    BETTER = "better"
    BEST = "best"
    LARGER = "larger"
    """More pixels."""
    OTHER = "other"


class Wishes(NamedTuple):
    """What is to be different."""

    model: ImageModel | None = None
    missing_model: str = ""
    """A model that was named and is not there."""
    relative: Relative | None = None
    aspect: Aspect | None = None
    images: int | None = None
    more: int = 0
    """How many images more, or fewer where it is negative."""
    style_id: str | None = None
    seed: int | None = None
    scale: int | None = None
    words: str = ""
    """What is left, for the prompt."""

    @property
    def is_any(self) -> bool:
        """Whether there is a setting among them."""
        return self._replace(words="") != Wishes()


_RELATIVES: dict[str, Relative] = {
    "cheaper": Relative.CHEAPER,
    "less expensive": Relative.CHEAPER,
    "lower priced": Relative.CHEAPER,
    "cheapest": Relative.CHEAPEST,
    "least expensive": Relative.CHEAPEST,
    "faster": Relative.FASTER,
    "quicker": Relative.FASTER,
    "fastest": Relative.FASTEST,
    "quickest": Relative.FASTEST,
    "better": Relative.BETTER,
    "stronger": Relative.BETTER,
    "more expensive": Relative.BETTER,
    "best": Relative.BEST,
    "different": Relative.OTHER,
    "another": Relative.OTHER,
    "other": Relative.OTHER,
}
_RELATIVE_WORDS = "|".join(
    word.replace(" ", r"\s+") for word in sorted(_RELATIVES, key=len, reverse=True)
)
_RELATIVE_MODEL = re.compile(
    r"(?:,\s*)?(?:\b(?:use|try|take|with|using|via|on|choose|pick|switch\s+to|change\s+(?:it\s+)?to"
    r"|go\s+(?:with|for))\s+)?(?:\b(?:an?|the|some)\s+)?"
    rf"\b(?P<how>{_RELATIVE_WORDS})\s+(?:model|engine|quality\s+model)s?\b(?:\s+instead)?",
    _FLAGS,
)
_RELATIVE_ALONE = re.compile(
    r"(?:please\s+)?(?:(?:make|use|try|take|do)\s+)?(?:(?:it|this|them|something|one|the|an?|all|in|with)\s+)*"
    rf"(?P<how>{_RELATIVE_WORDS})(?:\s+(?:one|option|quality|version|way))?(?:\s+(?:please|instead))*",
    _FLAGS,
)
_LARGER = re.compile(
    r"(?:,\s*)?(?:\b(?:make|use|in|at|with|and)\s+)*(?:(?:it|them|the|an?)\s+)*"
    r"\b(?:higher[\s-]res(?:olution)?|more\s+pixels|larger\s+(?:size|resolution)|high[\s-]res)\b",
    _FLAGS,
)
_COUNT_OF = re.compile(
    rf"(?:,\s*)?(?:\b(?:just|only|make|and|do)\s+)*\b(?P<number>{NUMBER})\s+of\s+"
    r"(?:them|it|these|those|each)\b(?:\s+(?:please|instead))?",
    _FLAGS,
)
_COUNT_ALONE = re.compile(
    r"(?:(?:please|ok|yes|and|but|just|only|maybe|make|do|give\s+me|i\s+(?:only\s+|just\s+)?(?:want|need)"
    r"|we\s+(?:only\s+|just\s+)?(?:want|need)|let['’]?s\s+(?:do|make)|that|it|them|a\s+total\s+of|use)\s+)*"
    rf"(?P<number>{NUMBER})\s*(?:images?|pictures?|variations?|versions?|options?)?"
    r"(?:\s+(?:instead(?:\s+of\s+\w+)?|only|please|is\s+enough|are\s+enough|will\s+do|is\s+fine"
    r"|are\s+fine|in\s+total|variations?|images?))*",
    _FLAGS,
)
_MORE = re.compile(
    rf"(?:(?:please|make|do|give\s+me|and|add|show\s+me)\s+)*(?P<number>{NUMBER}|an\s+extra|another)"
    r"\s+(?P<way>more|additional|extra|fewer|less)\b(?:\s+(?:images?|pictures?|variations?|versions?|one))?"
    r"(?:\s+please)?",
    _FLAGS,
)
_SEED_ANEW = re.compile(
    r"(?:,\s*)?\b(?:an?\s+)?(?:new|different|another|random|fresh)\s+seed\b", _FLAGS
)
_LEAD = re.compile(
    r"(?:(?:please|pls|just|and|but|also|then|so|maybe|perhaps|ok|okay|hmm|actually|now|well|rather"
    r"|(?:yes|no)(?=\s*,))\b[\s,.:;-]*)+",
    _FLAGS,
)
_KEPT_LEAD = re.compile(
    r"[\s,;]*(?:(?:and|but)\s+)*(?P<lead>with|without|in|on|at|under|of|for|by|to|that)\s+\S",
    _FLAGS,
)
_STYLE_LEAD = re.compile(
    r"(?:(?:use|try|make|turn|do|go|switch|change|set|have|put|as|in|into|to|with|for|it|them|this"
    r"|all|the|an?|style|more)\s+)*",
    _FLAGS,
)
_STYLE_END = re.compile(
    r"(?:[\s-]+(?:style|look|please|instead|technique|rather|version|for\s+all|everywhere))+$",
    _FLAGS,
)
_INSTEAD = re.compile(r"\s*,?\s*\b(?:instead|rather)\b(?!\s+(?:of|than)\b)", _FLAGS)
_LEFTOVER_WORDS = word_set(
    "please pls just and but with in as a an the make it use this that them they should be rather "
    "instead try want i we of to all both each these those image images picture pictures ratio "
    "aspect format size style for everything everyone every one is set change switch turn put do "
    "have only now ok okay yes thanks thank you so also then into at on look looks model version "
    "versions better go row rows can could would like me my us count number seed same total s lets "
    "let's no by using will enough fine draw paint render create generate show give"
)
"""What is left of "make it 16:9, please" once the aspect is taken says nothing."""


def wishes_in(text: str, catalog: Catalog, *, tool: Tool = Tool.GENERATE) -> Wishes:
    """What a text wants different about an image that is proposed."""
    rest = _LEAD.sub("", text.strip(" .!"), count=1) if _LEAD.match(text) else text.strip(" .!")
    relative, rest = _take_relative(rest)
    model, missing, rest = take_model(rest, catalog)
    scale = None
    if tool is Tool.UPSCALE:
        scale, rest = take_scale(rest)
    rest = _SEED_ANEW.sub("", rest)
    seed, rest = take_seed(rest)
    rest_of_aspect = _INSTEAD.sub("", rest)
    aspect, style_id = None, None
    if tool is not Tool.EDIT:
        aspect, taken = take_aspect(rest_of_aspect)
        if aspect is None:
            aspect, taken = take_place(f" {rest_of_aspect}")
        rest = taken if aspect else rest
    count, more, rest = _take_count(rest)
    if tool is not Tool.EDIT:
        style_id, rest = _take_style(rest)
    words = _mended(rest)
    said = re.findall(r"[\w'’]+", words.lower())
    if all(word in _LEFTOVER_WORDS for word in said):
        words = ""
    return Wishes(model, missing, relative, aspect, count, more, style_id, seed, scale, words)


def is_settings(wishes: Wishes) -> bool:
    """Whether a text speaks of settings and of nothing else."""
    return wishes.is_any and not wishes.words


def _mended(text: str) -> str:
    """What is left without loose commas; "with a dog" keeps its first word."""
    words = mended(text)
    lead = _KEPT_LEAD.match(text)
    if words and lead and not words.lower().startswith(lead["lead"].lower()):
        words = f"{lead['lead']} {words}"
    return words


def _take_relative(text: str) -> tuple[Relative | None, str]:
    if alone := _RELATIVE_ALONE.fullmatch(text.strip()):
        how = _how(alone)
        if how is not Relative.OTHER:
            return how, ""
    if found := _RELATIVE_MODEL.search(text):
        return _how(found), f"{text[: found.start()]} {text[found.end() :]}"
    if found := _LARGER.search(text):
        return Relative.LARGER, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _how(found: re.Match[str]) -> Relative:
    return _RELATIVES[re.sub(r"\s+", " ", found["how"].lower())]


def _take_count(text: str) -> tuple[int | None, int, str]:
    stripped = text.strip(" .,!")
    if more := _MORE.fullmatch(stripped):
        number = (
            1 if more["number"].lower() in {"another", "an extra"} else number_of(more["number"])
        )
        return None, -number if more["way"].lower() in {"fewer", "less"} else number, ""
    if alone := _COUNT_ALONE.fullmatch(stripped):
        return number_of(alone["number"]), 0, ""
    if found := _COUNT_OF.search(text):
        return number_of(found["number"]), 0, f"{text[: found.start()]}, {text[found.end() :]}"
    count, rest = take_count(_MAKING.sub("", text, count=1))
    return (count.number, 0, rest) if count else (None, 0, text)


_MAKING = re.compile(
    rf"(?:make|do|give\s+me|show\s+me|just|only|i\s+want)\s+(?:only\s+|just\s+)?(?={NUMBER}\s)",
    _FLAGS,
)


def _take_style(text: str) -> tuple[str | None, str]:
    bare = _STYLE_END.sub("", _INSTEAD.sub("", text.strip(" .,!")))
    lead = _STYLE_LEAD.match(bare)
    word = bare[lead.end() :] if lead else bare
    if style_id := style_of(word.strip()):
        return style_id, ""
    return take_style(text)
