"""An instruction in, its words with what they mean out."""

import re
from functools import cache

from bot.studio.retouch.instruction import paints
from bot.studio.retouch.instruction.grammar import GRAMMAR
from bot.studio.retouch.instruction.vocabulary import BEYOND, MOOD_WORDS, PARTS, REGIONS, TONES
from bot.studio.retouch.instruction.words import Kind, Word
from bot.studio.retouch.operations import Region
from bot.studio.sketch import lexicon

LONGEST = 5
"""The most words that one phrase has."""

_QUOTED = re.compile(
    r"[\"“”„«»]([^\"“”„«»\n]{1,200})[\"“”„«»]|(?<!\w)['‘]([^'‘’\n]{1,200})['’](?!\w)"
)
_SAID = re.compile(
    r"\b((?:text|words?|caption|headline|heading|title|slogan|tagline|lettering|subtitle)"
    r"(?:\s+that)?(?:\s+(?:says?|saying|reads?|reading)\s*:?|\s*:)|that\s+(?:says|reads)|saying)"
    r"\s+([^\s,.;:“”](?:[^\n,;“”]*?[^\s,.;:“”])?)(?=\s*(?:$|[,;.\n]"
    r"|\s(?:at|in|on|to|across|below|above|with|and)\s))",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"\b((?:[Tt]ext|[Ww]ords?|[Cc]aption|[Hh]eadline|[Tt]itle|[Ss]logan|[Tt]agline|[Ww]rite))\s+"
    r"((?:[A-Z0-9][\w%&!’'-]*)(?:\s+[A-Z0-9&][\w%&!’'-]*)*)(?=\s|$|[.,;!])"
)
_THING = (
    r"(?:images?|pictures?|photos?|photographs?|pics?|snapshots?|ones?|versions?|variations?"
    r"|variants?|options?|results?|renders?|visuals?|graphics?|artworks?)"
)
_DRAWN = (
    r"(?:illustrations?|drawings?|posters?|logos?|icons?|patterns?|banners?|designs?|sketch|wordmark"
    r"|painting|shot|whole thing|thing|composition|scene|file)"
)
_WHICH = (
    r"(?:last|latest|previous|first|second|third|fourth|1st|2nd|3rd|4th|final|same|current|attached"
    r"|original|other|newest|new|above|following|uploaded|generated)"
)
_WHOLE = re.compile(
    rf"\b(?:the |this |that |my |our )?(?:whole|entire|full|complete) (?:{_THING}|{_DRAWN})\b"
)
_REFERENCE = re.compile(
    rf"\b(?:(?:the|this|that|my|our|your|these|those)\s+(?:{_WHICH}\s+)*(?:{_THING}|{_DRAWN})"
    rf"|(?:{_WHICH}\s+)+(?:{_THING}|{_DRAWN})|{_THING})"
    r"(?:\s+(?:number\s+|no\.?\s*|nr\.?\s*|#\s*)?[1-9](?!\d|[:x.]\d|%))?\b"
    r"|\b(?:number|no\.|nr\.?)\s*[1-9]\b|(?<!\w)#[1-9](?!\w)"
    rf"|\bthe\s+{_WHICH}(?:\s+of\s+(?:them|these|those|the\s+\w+))?(?=\s*(?:$|[,.]|\w+er\b))"
)
_PURPOSE = re.compile(
    r"\b(?:because|since)\b[^.;!?\n]*"
    r"|\b(?:so (?:that )?(?:it|this|they) |(?:in order )?to |and )?(?:better )?(?:match|matches|fit"
    r"|fits|suit|suits|go with|goes with) (?:with )?(?:our|my|the|their|your) (?:[\w-]+ ){0,2}"
    r"(?:brand|branding|campaign|site|website|guidelines|identity|season|theme|feed|deck|shop|store"
    r"|page|slides?|style guide)\b"
    r"|\bfor (?:(?:our|my|the|an?|their|your|this|next) )?(?:[\w-]+ ){0,2}(?:campaign|website|site"
    r"|homepage|landing page|newsletter|deck|presentation|slides?|blog|blog post|client|customer"
    r"|launch|print|printing|web|shop|store|catalogue|catalog|feed|me|us|season)\b(?! crop)"
)
_REWRITTEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:like |as if )?(?:from )?an? old (?:photo|photograph|picture|film|movie)\b"),
     "vintage"),
    (re.compile(r"\b(?:cut|knock) ((?:the |it|this|that)(?:[\w -]+?)?) out\b"), r"isolate \1"),
    (re.compile(r"\bcut out (?:the )?(?!background|backdrop)"), "isolate the "),
    (re.compile(r"\btone (it|this|(?:the [\w ]+?)) down\b"), r"tone down \1"),
    (re.compile(r"\b(?:turn|bring|dial|take|pull) ((?:the )?[\w ]+?) down\b"), r"reduce \1"),
    (re.compile(r"\b(?:turn|bring|dial|push|pull) ((?:the )?[\w ]+?) up\b"), r"increase \1"),
    (re.compile(r"\b(?:is not|isn't|are not|aren't|not)(?: really| quite)? ([\w-]+) enough\b"),
     r"more \1"),
    (re.compile(r"\bmake (it|this|that|the [\w-]+) pop\b"), r"make \1 punchy"),
    (re.compile(r"\b(\w+) ?\+ ?(?=\d{1,3} ?%)"), r"more \1 "),
    (re.compile(r"\b(\w+) ?[-−] ?(?=\d{1,3} ?%)"), r"less \1 "),
    (re.compile(r"\bnot too (?:much|strong|strongly|heavy|heavily|far)\b"), "a bit"),
    (re.compile(r"\b(?:the |everything |all |area |what is |what's )*(?:behind|around) "
                r"(?:it|the (?!edge|border|text)[\w-]+)\b"), "the background"),
    (re.compile(r"\b(\d{1,3}) ?(?:%|per ?cent)"), r" \1% "),
    (re.compile(r"\b(45|90|180|270|360) ?(?:°|degrees?|deg)?(?![\w:%])"), r" \1° "),
    (re.compile(r"(?<![\d.])(\d{1,5}(?:\.\d{1,2})?) ?(?:px )?(?::|x|×|/|by) ?"
                r"(\d{1,5}(?:\.\d{1,2})?)(?: ?px)?(?![\d.])"), r" \1:\2 "),
)  # fmt: skip
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
    quotes: list[str] = []

    def kept(text: str) -> str:
        quotes.append(" ".join(text.split()))
        return f" “{len(quotes) - 1}” "

    text = _QUOTED.sub(lambda found: kept(found[1] or found[2]), instruction)
    text = _SAID.sub(lambda found: f"{found[1]} {kept(found[2])}", text)
    text = _CAPITALS.sub(lambda found: f"{found[1]} {kept(found[2])}", text)
    text = text.lower().replace("’", "'")
    for pattern, by in _REWRITTEN:
        text = pattern.sub(by, text)
    text = _PURPOSE.sub(" ", text)
    text = _WHOLE.sub(" everything ", text)
    text = _REFERENCE.sub(" it ", text)
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
