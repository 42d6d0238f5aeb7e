"""A text goes in; what it says of a canvas comes out: its link, a heading, what goes into it."""

import re

from bot.planner.instruct import PICTURE

_FLAGS = re.IGNORECASE
_ANY_LINK = r"(?:<?https?://[^\s<>|/]+/docs/\S+)"
_NOT_THE_DOCUMENT = r"(?!\s+(?:bags?|totes?|shoes?|sneakers?|prints?|textures?|shopping))"
_CANVAS_WORD = (
    rf"(?:\b(?:canvas|canvases|document|doc|docs|compose)\b{_NOT_THE_DOCUMENT}|{_ANY_LINK})"
)
_A_CANVAS = (
    r"(?:(?:the|this|that|our|my|a|an|your|each|channel['’]?s?)\s+(?:[\w'’-]+\s+){0,4}?)?"
    rf"{_CANVAS_WORD}"
)
_SECTION = r"(?:sections?|headings?|headlines?|headers?|chapters?|subheadings?|paragraphs?|parts?)"
_IMAGES = (
    r"(?:images?|pictures?|pics|photos?|illustrations?|visuals?|graphics?|artworks?|drawings?|art"
    r"|hero(?:es)?|icons?|banners?)"
)
_PUT = r"(?:insert|embed|paste|put|place|add|drop|attach|include|stick|move|append)"
_INTO = r"(?:in|into|to|onto|inside|within|at\s+the\s+(?:end|top|bottom)\s+of)"
_UNDER = r"(?:under|underneath|below|beneath|after|beside|next\s+to|in|into|to)"
_SEVERAL_PICTURES = rf"{PICTURE}(?:(?:\s*,\s*|\s+and\s+){PICTURE})*"
_INSERTION = re.compile(
    rf"{_PUT}\s+{_SEVERAL_PICTURES}\s+[^.\n]{{0,80}}?{_CANVAS_WORD}"
    rf"|{_PUT}\s+{_SEVERAL_PICTURES}\s+{_UNDER}\s+[^.\n]{{0,80}}?\b(?:section|heading|headline|header)\b"
    rf"|(?:insert|embed)\s+{_SEVERAL_PICTURES}\s*(?:$|here\b|there\b|(?:under|underneath|below|beneath|after)\s)",
    _FLAGS,
)
_MAKE_AND_PUT = re.compile(
    rf"(?P<making>.+?),?\s+(?:and|then)\s+(?:then\s+)?{_PUT}\s+(?:it|them|that|this)\s+{_INTO}\s+{_A_CANVAS}"
    rf"|{_PUT}\s+(?P<object>(?:an?|some|one|two|three)\s+[^.\n]{{2,160}}?)\s+{_INTO}\s+{_A_CANVAS}",
    _FLAGS | re.DOTALL,
)
_EACH_SECTION = re.compile(
    rf"\b{_IMAGES}\s+(?:for|of|to|under|in|into|per|below|beneath)\s+(?:each|every|all(?:\s+of)?(?:\s+the)?"
    rf"|the|its|single|all\s+its)?\s*(?:[\w-]+\s+){{0,2}}?{_SECTION}\b"
    rf"|\b{_IMAGES}\s+(?:per|for\s+each|for\s+every)\s+{_SECTION}\b",
    _FLAGS,
)
_ILLUSTRATED = re.compile(
    rf"illustrate\s+(?:all\s+of\s+|all\s+|each\s+|every\s+)?(?:(?:the\s+|of\s+the\s+|its\s+)?"
    rf"(?:[\w-]+\s+){{0,2}}?{_SECTION}\s+(?:of|in|from)\s+)?(?:the\s+|this\s+)?{_A_CANVAS}"
    rf"|illustrate\s+(?:each|every|all(?:\s+the)?)\s+{_SECTION}\b",
    _FLAGS,
)
_WHOLE_DOCUMENT = re.compile(
    r"(?:create|make|generate|draw|design|add|insert|put|propose|suggest|need|want|embed|prepare)\b"
    r"\s+(?:me\s+|us\s+)?(?:(?:some|the|all|fitting|matching|suitable|nice|new|more|all\s+the|\d+)\s+)*"
    r"(?:images|pictures|illustrations|visuals|graphics|artwork|photos|drawings)\s+"
    rf"(?:that\s+(?:fit|match|go\s+with|illustrate)|for|to|into|in|from|of|across|throughout)\s+{_A_CANVAS}"
    rf"|(?:fill|decorate|bring\s+to\s+life)\s+{_A_CANVAS}\s+with\s+(?:some\s+)?{_IMAGES}\b",
    _FLAGS,
)
_LISTED = re.compile(r"(?<!\d):\s*\S")
_INSERTING = re.compile(
    rf"\b(?:{_PUT})\b|\b(?:inserted|fill|in\s+place|straight\s+into|right\s+into)\b", _FLAGS
)
_NOT_INSERTING = re.compile(
    r"\b(?:don['’]?t|do\s+not|without|no\s+need\s+to|not\s+yet)\s+(?:yet\s+)?"
    rf"(?:{_PUT}|insert(?:ing)?|adding|putting)\b",
    _FLAGS,
)
_MADE = re.compile(
    r"(?:create|make|write|compose|start|open|update|add)\s+(?:me\s+|us\s+)?(?:an?|the|our|my)\s+"
    r"(?:new\s+)?(?:slack\s+|compose\s+)?(?:canvas|document)(?:\s+(?:about|for|with)\b|\s*$)",
    _FLAGS,
)
_HEADING = re.compile(
    r"\b(?:under|underneath|below|beneath|after|into|in|to|at)\s+(?:the\s+)?"
    r"(?:(?:section|heading|headline|header|title|chapter)\s+(?:called\s+|named\s+|titled\s+)?"
    r"(?P<after>[^,;/\n]{1,80}?)"
    r"|(?P<before>(?:(?!\b(?:under|below|beneath|after|in|into|to)\b)[^,;/\n]){1,60}?)\s+(?:section|heading|headline|header|chapter)\b)"
    rf"(?=\s*(?:$|[.,;!?\n]|(?:in|of|into|on)\s+(?:(?:the|this|our|my|that|a)\b|{_ANY_LINK})"
    rf"|please\b|{_ANY_LINK}))"
    r"|\b(?:under|underneath|below|beneath)\s+(?:the\s+)?(?P<bare>[^,;/\n]{1,80}?)"
    rf"(?=\s*(?:$|[.,;!?\n]|(?:in|of|into|on)\s+(?:(?:the|this|our|my|that|a)\b|{_ANY_LINK})"
    rf"|please\b|{_ANY_LINK}))",
    _FLAGS,
)
_TRIM = " \"'“”„‘’«»*_:."


def is_insertion(marked: str) -> bool:
    """Whether a sentence asks for pictures that are there to be put into a canvas."""
    return _INSERTION.match(marked) is not None


def making_first(asked: str) -> str:
    """What is to be made, where it is then to be put into a canvas: "draw a fox"; else nothing."""
    found = _MAKE_AND_PUT.match(asked)
    if not found:
        return ""
    return (found["making"] or f"create {found['object']}").strip(" ,")


def is_for_document(asked: str, text: str) -> bool:
    """Whether images for the sections of a canvas are asked for."""
    each = _EACH_SECTION.search(asked)
    if each and not _LISTED.search(asked, each.end()):
        return bool(re.search(_CANVAS_WORD, text, _FLAGS)) or _names_no_other(asked, each.end())
    return bool(_ILLUSTRATED.match(asked) or _WHOLE_DOCUMENT.match(asked))


def is_inserting(text: str) -> bool:
    """Whether the images for a document are to be put into it."""
    return bool(_INSERTING.search(text)) and not _NOT_INSERTING.search(text)


def is_writing(asked: str) -> bool:
    """Whether a document is to be written, which is not our work."""
    return _MADE.match(asked) is not None


def heading(text: str) -> str:
    """The words of the heading that a text names: "under Hero" -> "Hero"; empty for none."""
    for found in _HEADING.finditer(text):
        words = next(filter(None, found.group("after", "before", "bare")), "").strip(_TRIM)
        if words and not re.search(rf"\b(?:canvas|document|doc)$|{PICTURE}", words, _FLAGS):
            return words
    return ""


def _names_no_other(asked: str, at: int) -> bool:
    """Whether nothing else than a canvas is named that could have sections."""
    return (
        re.match(r"\s*(?:$|[.,;!]|and\s+(?:insert|put|add|embed|place)\b)", asked[at:]) is not None
    )
