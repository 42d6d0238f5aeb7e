"""A text goes in; what it says of seed, aspect, count and style comes out, and the text without.

Every function named `take_…` returns what it found, or None, and the rest of the text.
"""

import re
from typing import NamedTuple

from bot.domain.catalog import Aspect
from bot.planner.choose import nearest_aspect

_FLAGS = re.IGNORECASE

_SEED = re.compile(
    r"(?:,\s*|\b(?:and|with|using|use)\s+)?(?:\b(?:the|a)\s+)?(?:--)?\bseed\s*"
    r"(?:(?:number|no\.?|value|of|is|to)\s*|[#=:]\s*)?(\d{1,20})\b"
    r"(?!\s*(?:days?|weeks?|months?|years?|mm|cm|packets?|bags?|inches)\b)",
    _FLAGS,
)

_RATIO_BEFORE = (
    r"(?:,\s*)?(?:\b(?:in|at|as|with|using)\s+(?:(?:an?|the)\s+)?)?"
    r"(?:\b(?:aspect(?:\s+ratio)?|ratio|format|size|resolution|dimensions)\s*(?:of|is|[:=])?\s*)?"
    r"(?:--ar\s+)?"
)
_RATIO_AFTER = r"(?:\s*(?:\b(?:aspect(?:\s+ratio)?|ratio|format|size|crop)\b))?"
_RATIO = re.compile(
    _RATIO_BEFORE + r"(?<![\w.:/])(\d{1,2}(?:\.\d{1,2})?)\s?(?::|x|×|\s+by\s+)\s?"
    r"(\d{1,2}(?:\.\d{1,2})?)(?![\w:]|[.,]\d)" + _RATIO_AFTER,
    _FLAGS,
)
_PIXELS = re.compile(
    _RATIO_BEFORE + r"(?<![\w.])(\d{3,5})\s?(?:px|pixels?)?\s?(?:x|×|\*|\s+by\s+)\s?(\d{3,5})"
    r"\s?(?:px\b|pixels?\b)?(?!\w)" + _RATIO_AFTER,
    _FLAGS,
)
_RATIO_SEEN = re.compile(r"\d\s?(?:px|pixels?)?\s?(?:[:x×*]|by)\s?\d", _FLAGS)
_RATIOS = frozenset(
    {(16.0, 10.0), (18.0, 9.0), (20.0, 9.0), (19.5, 9.0), (2.0, 1.0), (7.0, 5.0), (5.0, 3.0)}
    | {(10.0, 8.0), (14.0, 11.0), (6.0, 4.0), (1.85, 1.0), (1.91, 1.0), (2.35, 1.0), (2.39, 1.0)}
    | {(3.0, 1.0), (4.0, 1.0), (8.0, 6.0), (32.0, 9.0), (7.0, 3.0), (8.5, 11.0), (2.4, 1.0)}
)
_NOT_A_RATIO = re.compile(
    r"\s*(?:grid|matrix|cm|mm|m\b|metres?|meters?|in\b|inch|inches|feet|ft|am\b|pm\b|o'clock"
    r"|win\b|score|victory|defeat|scale\b)",
    _FLAGS,
)

_ORIENTATIONS: dict[str, Aspect] = {
    "square": Aspect.SQUARE,
    "squared": Aspect.SQUARE,
    "portrait": Aspect.PORTRAIT_3_4,
    "vertical": Aspect.PORTRAIT_3_4,
    "upright": Aspect.PORTRAIT_3_4,
    "tall": Aspect.PORTRAIT_2_3,
    "landscape": Aspect.LANDSCAPE_4_3,
    "horizontal": Aspect.LANDSCAPE_4_3,
    "wide": Aspect.WIDE,
    "widescreen": Aspect.WIDE,
    "wide-screen": Aspect.WIDE,
    "panoramic": Aspect.BANNER,
    "panorama": Aspect.BANNER,
    "ultrawide": Aspect.BANNER,
    "ultra-wide": Aspect.BANNER,
    "banner": Aspect.BANNER,
    "story": Aspect.STORY,
}
_ORIENTED = "|".join(sorted(_ORIENTATIONS, key=len, reverse=True))
_ORIENTATION = re.compile(
    rf"(?:,\s*)?\b(?:in|as|with|at)\s+(?:an?\s+)?({_ORIENTED})"
    r"(?:[\s-](?:format|orientation|mode|aspect(?:\s+ratio)?|ratio|crop|size|shape"
    r"|layout))?(?=\s*(?:$|[.,;!?)\n]|please\b|thanks?\b|and\b|with\b))"
    rf"|(?:,\s*)?\b({_ORIENTED})[\s-]"
    r"(?:format|orientation|mode|aspect(?:\s+ratio)?|ratio|crop|size|version)\b"
    rf"|(?:^|[,;(–—.!?\n-])\s*({_ORIENTED})(?=\s*(?:$|[.,;!?)\n]|please\b|thanks?\b))"
    rf"|\b(?:please\s+)?make\s+(?:it|this|them)\s+({_ORIENTED})\b",
    _FLAGS,
)
_ORIENTATION_SEEN = re.compile(rf"\b(?:{_ORIENTED})\b", _FLAGS)

_NUMBERS: dict[str, int] = {
    "a single": 1,
    "a couple of": 2,
    "a couple": 2,
    "a few": 3,
    "half a dozen": 6,
    "a dozen": 12,
    "a hundred": 100,
    "single": 1,
    "one": 1,
    "two": 2,
    "couple of": 2,
    "three": 3,
    "few": 3,
    "some": 3,
    "several": 3,
    "multiple": 3,
    "various": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "dozens of": 24,
    "hundreds of": 200,
    "many": 12,
}
NUMBER = rf"(?:\d{{1,6}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
"""A number in digits or words, as a pattern."""
_AMOUNT = rf"({NUMBER})(?:\s?(?:-|–|to|or)\s?({NUMBER}))?"
_VARIATION = (
    r"(?:variations?|variants?|versions?|options?|alternatives?|takes|renditions?|iterations?"
    r"|tries|attempts|drafts?|choices)"
)
_PICTURE = r"(?:images?|pictures?|pics?|photos?|photographs?|shots?|renders?|illustrations?)"
_LOOSE = r"(?:(?:quick|rough|different|slightly different|nice|new|color|colour|alternative)\s+)*"
_COUNT_FIRST = re.compile(
    rf"(?:the\s+)?{_AMOUNT}\s+{_LOOSE}(?:{_VARIATION}|{_PICTURE})\b(?!\s*-)"
    r"(?:\s*(?:of|on|for|showing|with)\b|\s*[:,])?\s*",
    _FLAGS,
)
_BARE_VARIATIONS = re.compile(
    r"(?:some\s+|different\s+|colou?r\s+)*(?:variations|variants|options|alternatives|versions)"
    r"\s+(?:of|for|on)\s+",
    _FLAGS,
)
_COUNT_LAST = re.compile(
    rf"(?:[,;:(.\n–—-]\s*|\b(?:in|as)\s+|\s+)(?:(?:and|please|with|make|do|give me|show me|i need"
    rf"|i want|i'd like|we need|need|want)\s+){{0,3}}{_AMOUNT}\s+{_LOOSE}"
    rf"(?:{_VARIATION}|{_PICTURE})"
    r"(?=\s*(?:$|[.,;!?)\n]|please\b|thanks?\b|for me\b|to choose\b|in\b|with seed\b))",
    _FLAGS,
)
_COUNTED_SEEN = re.compile(rf"\b(?:{_VARIATION}|{_PICTURE})\b", _FLAGS)
_DIGIT = re.compile(r"\d")
_COUNT_SHORT = re.compile(
    r"(?:[,;(]\s*|\s+)(?:[x×]\s?(\d{1,3})|(\d{1,3})\s?[x×]|count\s*[:=]?\s*(\d{1,3})"
    r"|n\s?=\s?(\d{1,3})|--n\s+(\d{1,3}))(?=\s*(?:$|[.,;!?)\n]|please\b))",
    _FLAGS,
)

_STYLES: dict[str, str] = {
    "photo": r"photo-?realistic|photo-?real|hyper-?realistic|realistic|photographic"
    r"|photo(?:graph)?",
    "product-photo": r"product photo(?:graph|graphy)?|packshot|studio photo(?:graph)?",
    "cinematic": r"cinematic|film still|movie still|film|movie",
    "watercolor": r"water[\s-]?colou?rs?|aquarelle|water[\s-]?colou?r painting",
    "line-art": r"line[\s-]?art|line drawing|pencil sketch|pencil drawing|ink drawing|pencil|ink"
    r"|hand[\s-]drawn|one[\s-]line|outlines?|sketch(?:y|ed)?|doodle",
    "flat": r"flat(?: design| vector| illustration)?|vector(?: art| illustration| graphic)?",
    "3d": r"3[\s-]?d(?: render(?:ing)?| illustration| model)?|three[\s-]dimensional|isometric 3d"
    r"|cgi|clay(?:mation)?",
    "minimal": r"minimal(?:ist(?:ic)?|ism)?",
    "illustration": r"illustration|illustrated|illustrative|cartoon(?:ish)?|comic(?: book)?"
    r"|drawing|painting|painted|storybook|anime|digital art",
    "poster": r"poster",
    "logo": r"logo",
    "pattern": r"pattern",
}
_ANY_STYLE = "|".join(f"(?P<s{at}>{words})" for at, words in enumerate(_STYLES.values()))
_STYLE_IDS = tuple(_STYLES)
_STYLE_WORD = r"(?:style|look|aesthetic|technique|finish|rendering)"
_CLAUSE_END = r"(?=\s*(?:$|[.,;!?)\n]|please\b|thanks?\b|and\b|with\b))"
_STYLE_PATTERNS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"(?:,\s*)?\bstyle\s*[:=]\s*(?:{_ANY_STYLE})\b",
        rf"(?:,\s*)?\b(?:in|with|using)\s+(?:an?\s+|the\s+)?(?:{_ANY_STYLE})[\s-]{_STYLE_WORD}\b",
        rf"(?:,\s*)?\bin\s+the\s+style\s+of\s+(?:an?\s+)?(?:{_ANY_STYLE})\b",
        rf"(?:,\s*)?\b(?:{_ANY_STYLE})[\s-](?:style|look|aesthetic)\b",
        rf"(?:,\s*)?\b(?:in|as)\s+(?:an?\s+)?(?:{_ANY_STYLE}){_CLAUSE_END}",
        rf"[,;(–—]\s*(?:{_ANY_STYLE})(?=\s*(?:$|[.,;!?)\n]|please\b|thanks?\b))",
        rf"\b(?:please\s+)?make\s+(?:it|this)\s+(?:look\s+)?(?:{_ANY_STYLE}){_CLAUSE_END}",
    )
)
_ILLUSTRATION = re.compile(r"illustrat|drawing|painting", _FLAGS)
"""Other words for it ("comic", "anime") say more than the style and stay in the prompt."""
_STYLE_SEEN = re.compile(rf"\b(?:{_ANY_STYLE})", _FLAGS)
_STYLE_FIRST = re.compile(rf"(?:{_ANY_STYLE})(?![\w-])", _FLAGS)
_STYLE_ADJECTIVE = re.compile(
    r"((?:an?|the|one|two|three|four)\s+)?(?:(photo-?realistic|hyper-?realistic|realistic"
    r"|cinematic|water[\s-]?colou?r(?!\s+(?:set|box|brush|paints?|palette|pencils?|paper|class"
    r"|artist))|3d(?!\s+(?:printer|printing|glasses|movie|print)))\s+)(?=\w)",
    _FLAGS,
)


class Count(NamedTuple):
    """How many were asked for, and whether the words speak of variations of one thing."""

    number: int
    is_of_variations: bool


def take_seed(text: str) -> tuple[int | None, str]:
    """The seed that a text names ("seed 4711"); it may be larger than any model takes."""
    if "seed" not in text.lower():
        return None, text
    found = _SEED.search(text)
    return (int(found[1]), _without(text, found)) if found else (None, text)


def take_aspect(text: str) -> tuple[Aspect | None, str]:
    """The aspect given as a ratio, in pixels or as a format of its own ("in portrait")."""
    is_ratio = _RATIO_SEEN.search(text) is not None
    if is_ratio and (pixels := _PIXELS.search(text)):
        aspect = nearest_aspect(max(1, int(pixels[1])), max(1, int(pixels[2])))
        return aspect, _without(text, pixels)
    for ratio in _RATIO.finditer(text) if is_ratio else ():
        across, down = float(ratio[1]), float(ratio[2])
        if _is_ratio(across, down) and not _NOT_A_RATIO.match(text, ratio.end()):
            return nearest_aspect(across, down), _without(text, ratio)
    if _ORIENTATION_SEEN.search(text) and (named := _ORIENTATION.search(text)):
        word = next(group for group in named.groups() if group)
        return _ORIENTATIONS[word.lower()], _without(text, named)
    return None, text


def orientation(word: str) -> Aspect | None:
    """The aspect that one word before a format means: `square` in "a square poster"."""
    return _ORIENTATIONS.get(word.lower())


def turned(usual: Aspect | None, asked: Aspect) -> Aspect:
    """The aspect for "a landscape poster": the usual one, turned if it lies the other way.

    Only plain "portrait" and "landscape" give way to what is usual; others are meant as said.
    """
    if usual is None or asked not in {Aspect.PORTRAIT_3_4, Aspect.LANDSCAPE_4_3}:
        return asked
    across, down = (int(side) for side in usual.value.split(":"))
    wants_tall = asked is Aspect.PORTRAIT_3_4
    if across == down:
        return asked
    return usual if (down > across) == wants_tall else nearest_aspect(down, across)


def take_count(text: str) -> tuple[Count | None, str]:
    """How many images of one thing a text asks for.

    Numbers of things that are to be seen ("three cats on a sofa") are no count.
    """
    first = _COUNT_FIRST.match(text)
    if first:
        return _count(first), text[first.end() :]
    if bare := _BARE_VARIATIONS.match(text):
        return Count(3, True), text[bare.end() :]
    if _COUNTED_SEEN.search(text) and (last := _COUNT_LAST.search(text)):
        return _count(last), f"{text[: last.start()]}, {text[last.end() :]}"
    if _DIGIT.search(text) and (short := _COUNT_SHORT.search(text)):
        digits = next(group for group in short.groups() if group)
        return Count(int(digits), True), f"{text[: short.start()]}, {text[short.end() :]}"
    return None, text


def take_number(text: str) -> tuple[int | None, str]:
    """A number that a text begins with, in digits or words."""
    found = re.match(rf"{_AMOUNT}\s+(?=\D)", text, _FLAGS)
    return (_count(found).number, text[found.end() :]) if found else (None, text)


def take_style(text: str) -> tuple[str | None, str]:
    """The id of the style that a text asks for apart from its subject ("in watercolor style")."""
    if not _STYLE_SEEN.search(text):
        return None, text
    for pattern in _STYLE_PATTERNS:
        found = pattern.search(text)
        if found:
            style_id = _style_id(found)
            is_kind = style_id == "illustration" and not _ILLUSTRATION.search(found[0])
            return style_id, text if is_kind else _without(text, found)
    return None, text


def style_of(words: str) -> str | None:
    """The id of the style that exactly these words name: "line art", "photorealistic"."""
    found = _STYLE_FIRST.fullmatch(words)
    return _style_id(found) if found else None


def take_style_adjective(text: str) -> tuple[str | None, str]:
    """The style that the first adjective means: "a watercolor fox" -> watercolor, "a fox"."""
    found = _STYLE_ADJECTIVE.match(text)
    if not found:
        return None, text
    rest = text[found.end() :]
    article = (found[1] or "").lower()
    if article.strip() in {"a", "an"}:
        article = "an " if rest[:1].lower() in set("aeiou") else "a "
    return style_of(found[2]), f"{article}{rest}"


def _style_id(found: re.Match[str]) -> str:
    return next(
        style for at, style in enumerate(_STYLE_IDS) if found.groupdict().get(f"s{at}") is not None
    )


def _count(found: re.Match[str]) -> Count:
    numbers = [number_of(words) for words in found.group(1, 2) if words]
    is_of_variations = re.search(_VARIATION, found[0], _FLAGS) is not None
    return Count(max(numbers), is_of_variations)


def number_of(words: str) -> int:
    """The number that NUMBER found."""
    return int(words) if words.isdecimal() else _NUMBERS[" ".join(words.lower().split())]


def _is_ratio(across: float, down: float) -> bool:
    if not across or not down:
        return False
    plain = f"{across:g}:{down:g}"
    return plain in set(Aspect) or bool({(across, down), (down, across)} & _RATIOS)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
