"""Sentences about pictures go in, the work that they ask for comes out: edit, upscale, import."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from bot.planner.canvas import is_insertion
from bot.planner.courtesy import closed, is_chat, opened, sentences, softened
from bot.planner.formats import Role, format_ending
from bot.planner.instruct import PICTURE, marked
from bot.planner.pictures import Reference, references
from bot.planner.words import word_set

_FLAGS = re.IGNORECASE


class Work(Enum):
    """What a person may want done with a picture that is there."""

    EDIT = "edit"
    UPSCALE = "upscale"
    IMPORT = "import"
    INSERT = "insert"
    VARY = "vary"
    UNDO = "undo"
    DELETE = "delete"


class Said(NamedTuple):
    """One sentence, and where it speaks of pictures."""

    text: str
    references: tuple[Reference, ...]
    marked: str


_OBJECT = (
    rf"\W*(?:$|{PICTURE}|\d|[x×]|(?:to|by|the|this|that|these|those|my|our|its|all|both|each|every"
    r"|with|as|please|for|using|and|twice|two|four|me|now|again|it|them|image|picture|photo)\b)"
)
"""What follows a command to do something with a picture: not "upscale hotel lobby"."""
_UPSCALE = re.compile(
    rf"(?:up-?\s?scal\w*|up-?res|super-?\s?res\w*)\b(?={_OBJECT})|(?:4|2|four|two)[x×]\s+up-?scale"
    rf"|(?:enlarge|blow\s+up|quadruple|magnify)\s*(?:{PICTURE}|(?:the\s+)?(?:size|resolution)|$)"
    r"|(?:increase|improve|raise|double|boost|enhance)\s+(?:the\s+|its\s+)?"
    r"(?:resolution|quality|size)\b|(?:double|enhance)\s+"
    rf"{PICTURE}(?:['’]s\s+(?:size|resolution))?\s*$"
    rf"|(?:make|get|give\s+me|can\s+i\s+(?:get|have)|i\s+(?:want|need)|export|render|blow)\s+{PICTURE}"
    r"(?:\s+\w+){0,3}?\s+(?:higher[\s-]res\w*|high[\s-]res\w*|hi-?res|larger|bigger|up"
    r"|(?:in|at|to)\s+(?:2k|4k|8k|higher\s+resolution|high(?:er)?\s+res\w*))"
    r"(?=\s*(?:$|[.,!?]|version|please|copy|\d|x\s?\d))"
    rf"|(?:make\s+)?{PICTURE}\s+(?:in\s+|at\s+|by\s+)?(?:\d\s?[x×]|[x×]\s?\d|(?:two|four|\d)\s+times"
    r"|twice)(?:\s+(?:as\s+)?(?:larger|bigger|large|big|the\s+size))?\s*$"
    rf"|make\s+{PICTURE}\s+as\s+(?:large|big)\s+as\s+possible"
    r"|(?:(?:give|get|make)\s+(?:me|us)?\s*|(?:can|could)\s+i\s+(?:get|have)\s+|i\s+(?:want|need)\s+)?"
    r"(?:an?\s+)?(?:higher|bigger|larger|better|high|hi)[\s-]?(?:resolution|res)\b"
    rf"(?:\s+(?:version|copy|file))?(?:\s+of\s+{PICTURE})?\s*$"
    rf"|(?:give\s+(?:me|us)\s+)?an?\s+(?:larger|bigger)\s+(?:version|copy|file)(?:\s+of\s+{PICTURE})?\s*$",
    _FLAGS,
)
_VARY = re.compile(
    r"(?:(?:and|ok|now)\s+)?(?:another|one\s+more)(?:\s+(?:one|version|variation|try|go|time))?\s*$"
    r"|(?:try\s+|do\s+(?:it|that)\s+|run\s+(?:it|that)\s+)?again\s*$|once\s+more\s*$"
    r"|(?:make\s+|give\s+me\s+|show\s+me\s+)?(?:(?:more|some|a\s+few|[\w-]+)\s+)?(?:variations?|versions?)"
    rf"\s+(?:of|on)\s+{PICTURE}\s*$|(?:vary|regenerate|redo|re-?roll|re-?run)\b"
    r"|(?:the\s+)?same(?:\s+(?:one|thing|prompt|image|picture))?(?:\s+again)?\s*$",
    _FLAGS,
)
_POINTING = re.compile(r"\b(?:this|these|attached|it)\b", _FLAGS)
_BY_NAME = re.compile(r"(?:up-?\s?scal\w*|up-?res|super-?\s?res\w*|enlarge|\d[x×]\s+up)\b", _FLAGS)
_UNDO = re.compile(r"(?:undo|revert|roll\s?back|restore)\b", _FLAGS)
_DELETE = re.compile(rf"(?:delete|erase|trash)\s+{PICTURE}\s*$", _FLAGS)
_DETERMINERS = word_set(
    "a an the this that its it his her their our my your all some any every each both more less no "
    "another two three four text background"
)
_GALLERY = (
    r"(?:(?:the|my|our|your|aethera['’]?s?)\s+)*"
    r"(?:studio(?:\s+gallery)?|gallery|library|collection)"
)
_IMPORT = re.compile(
    rf"import\b\s*(?:{PICTURE}|$|(?:in)?to\s+{_GALLERY})"
    rf"|(?:save|keep|add|store|put|upload|bring|move|copy|archive|take)\s+(?:{PICTURE}(?:\s+and\s+)?)+\s+"
    rf"(?:over\s+)?(?:to|in|into|with)\s+{_GALLERY}"
    rf"|(?:save|keep|archive|store)\s+(?:{PICTURE}(?:\s+and\s+)?)+\s*$",
    _FLAGS,
)
_COLOURS = (
    r"(?:transparent|red|blue|green|yellow|black|white|orange|purple|pink|gr[ae]y|brown|gold|silver"
    r"|teal|beige|navy|turquoise|square|round|wide)"
)
_VERBS = (
    r"(?:edit|change|modify|adjust|tweak|fix|retouch|crop|remove|replace|recolou?r|swap|brighten"
    r"|darken|lighten|blur|sharpen|rotate|flip|mirror|outpaint|inpaint|expand|extend|reduce"
    r"|increase|cut\s+out|straighten|combine|merge|blend|desaturate|colou?ri[sz]e)"
)
_EDIT = re.compile(
    rf"{_VERBS}\b(?!\s+(?:my|the)\s+mind\b)|(?:erase|delete|erase|get\s+rid\s+of|take\s+out)\b"
    r"|give\s+(?:the|him|her|them|it|his|every|each)\b|add\s+(?:an?|the|some|more|our|my|text|another|two|three|@\w+|\w+s)\b"
    rf"|(?:put|insert|place|paste|draw|write)\s+.{{1,80}}?\s+(?:on|onto|in|into|to|over|behind|under"
    rf"|next\s+to)\s+{PICTURE}"
    r"|(?:put|place|paste)\s+(?:an?|the|some|our|my)\s+.{1,80}?\s+(?:on|onto|in|into|over|behind"
    r"|under|next\s+to)\s+(?:the|his|her|its|their)\s+\w"
    r"|(?:make|turn)\s+(?:it|this|that|them|these|those|everything)\b"
    r"|(?:move|zoom|shift|tilt)\s+(?:it|this|that|the|in|out|everything)\b"
    r"|(?:make|turn|keep|let|have|set)\s+(?:the|its|his|her|their|my|that)\s+(?:[\w-]+\s+){1,4}?"
    r"(?:(?:a\s+(?:bit|little)|much|slightly|way|even)\s+)?"
    rf"(?:\w+er|more\s+\w+|less\s+\w+|the\s+same|{_COLOURS}|gone|disappear|pop|visible|readable)\s*$"
    r"|(?:the|its)\s+(?:[\w-]+\s+)?(?:background|colou?rs?|sky|text|font|lighting|light|logo|image"
    r"|picture|mug|subject|title|face|eyes|hands?|shadows?)\s+(?:(?:should|must|needs?|could)\b"
    r"|(?:is|are|looks?)\s+(?:still\s+|a\s+(?:bit|little)\s+|way\s+|much\s+|just\s+|far\s+)?too\b)"
    r"|(?:the\s+)?same\s+(?:but|image\s+but|picture\s+but|one\s+but|thing\s+but|image\s+with"
    r"|picture\s+with|as)\b|like\s+the\s+(?:last|first|previous)\b"
    r"|(?:a\s+(?:bit|little)\s+|much\s+|slightly\s+|way\s+)?(?:warmer|cooler|colder|brighter|darker"
    r"|lighter|bigger|smaller|larger|softer|sharper|simpler|cleaner|closer|wider|bolder|happier)"
    r"(?:\s+(?:please|background|colou?rs|light|text))?\s*$"
    r"|(?:(?:it'?s|this\s+is|that'?s)\s+)?(?:still\s+|just\s+|a\s+(?:bit|little)\s+|way\s+|much\s+|far\s+)?too\s+\w+\s*$"
    r"|(?:more|less|fewer)\s+\w+(?:\s+\w+)?\s*$",
    _FLAGS,
)
_EDIT_MARKED = re.compile(
    rf"(?:make|turn|have|let|set|render|convert|transform|paint|redraw|put|give|use|take|pick|crop)\s+"
    rf"(?:of\s+)?{PICTURE}|(?:for|in|with|on)\s+{PICTURE}\s*,?\s*(?:please\s+)?(?:make|add|remove|change|put"
    rf"|replace|use|give)\b|{PICTURE}\s*,?\s*(?:but|with|without|in|should|must|needs?)\b"
    rf"|i\s+(?:like|prefer|love)\s+{PICTURE}|{PICTURE}\s*$",
    _FLAGS,
)
_MAKING = re.compile(
    rf"(?:make|turn|have|let|set|put|give|convert|transform|redraw|render)\s+{PICTURE}"
    rf"|use\s+{PICTURE}\s+(?:as|for|in|to|with|on)\b"
    rf"|(?:i|we)(?:['’]d|\s+would)?\s+(?:want|like|prefer|need|love)\s+{PICTURE}\s+\w"
    r"|(?:make|create|give\s+me|show\s+me|do)\s+(?:[\w-]+\s+){0,2}?(?:versions?|variations?|copies)\s+of\s+"
    rf"{PICTURE}\s+\w",
    _FLAGS,
)
_WITH_MODEL = re.compile(
    r"(?:with|using|use|via)\s+(?:[\w.-]+\s+){1,4}?(?:to\s+|and\s+)?"
    rf"(?={_VERBS}\b|(?:make|turn|add|put|give)\s)",
    _FLAGS,
)


def said_of_pictures(hidden: str) -> list[Said]:
    """The sentences that ask for something, without politeness; all of them count together."""
    kept = [part for part in sentences(hidden) if re.search(r"[\w\ufdd0-\ufdef]", part)]
    spoken = [part for part in kept if not is_chat(part)] or kept[:1]
    said = []
    for part in spoken:
        text = closed(softened(part))
        found = references(text)
        said.append(Said(text, found, marked(text, found)))
    return said


def wanted(said: Sequence[Said]) -> Work | None:
    """The work that these sentences ask for; None where they ask for a new image, or nothing."""
    if not said:
        return None
    commands = [one for one in said if opened(one.text).is_command]
    for one in commands[:1] or said:
        if work := _work(one):
            return work
    return None


def is_edit(asked: str) -> bool:
    """Whether a sentence asks for something to be changed: "make the sky darker", "too dark"."""
    return _EDIT.match(asked) is not None


def is_explicit(said: Sequence[Said]) -> bool:
    """Whether the sentences pick certain pictures: "the second one", "image 2"."""
    return any(reference.is_explicit for one in said for reference in one.references)


def points_at(said: Sequence[Said]) -> bool:
    """Whether the sentences point at pictures that were sent along: "this mug", "these"."""
    return any(
        _POINTING.search(one.text) or any(not ref.is_pronoun for ref in one.references)
        for one in said
    )


def says_upscale(said: Sequence[Said]) -> bool:
    """Whether upscaling is asked for by name rather than by "bigger"."""
    return any(_BY_NAME.match(one.text) for one in said)


def _work(one: Said) -> Work | None:
    text = one.marked
    if is_insertion(text):
        return Work.INSERT
    if _IMPORT.match(text):
        return Work.IMPORT
    if _UPSCALE.match(text):
        return Work.UPSCALE
    if _VARY.match(text):
        return Work.VARY
    if _UNDO.match(text) and not _is_named_thing(one):
        return Work.UNDO
    if _DELETE.match(text):
        return Work.DELETE
    if _is_named_thing(one):
        return None
    bare = _WITH_MODEL.sub("", text, count=1) if _WITH_MODEL.match(text) else text
    if _EDIT.match(one.text) or _EDIT.match(bare):
        return Work.EDIT
    explicit = any(reference.is_explicit for reference in one.references)
    if _MAKING.match(bare) or (explicit and _EDIT_MARKED.match(text)):
        return Work.EDIT
    return None


def _is_named_thing(one: Said) -> bool:
    """Whether a phrase that begins like a command names a thing: "swap meet flyer"."""
    words = re.findall(r"[\w'’-]+", one.text)
    if one.references or len(words) < 3 or words[1].lower() in _DETERMINERS:
        return False
    found, length = format_ending(words)
    return found is not None and found.format.role is Role.KEPT and length < len(words) - 1
