"""A prompt in, the words to set in type out: its title and its caption."""

import re

TITLE_CHARACTERS = 80
_NAMED = re.compile(
    r"\b(?:called|named|titled|entitled|saying|says|reads?|reading|text|words|headline|title)\b"
    r"[:\s]+([A-Z0-9][\w&'’.-]*(?:\s+(?:[A-Z0-9&][\w&'’.-]*|of|the|and|in|for|to))*)"
)
_FOR = re.compile(
    r"\b(?:for|about|of|announcing|advertising|promoting)\s+([^.,;:!?\n()]{2,60})", re.I
)
_TITLE_STOPS = frozenset(
    [
        "with",
        "in",
        "on",
        "at",
        "using",
        "featuring",
        "showing",
        "that",
        "which",
        "by",
        "from",
        "under",
        "over",
        "against",
        "and",
        "style",
        "bold",
        "minimal",
        "minimalist",
        "modern",
        "vintage",
        "retro",
    ]
)
_SMALL = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "and", "or", "for", "to", "with", "by"]
)


def find_heading(
    plain: str, *, quoted: list[str], title: str, of_purpose: bool, of_prompt: bool
) -> tuple[str, str]:
    """Title and caption: quoted words first, then what the prompt names.

    Failing these, the title may be what the picture is for (`of_purpose`), then the prompt's own
    words (`of_prompt`); what shows its subject needs neither.
    """
    texts = [text for text in (tidy(title), *quoted) if text]
    if not texts and (named := _NAMED.search(plain)):
        texts = [tidy(named.group(1))]
    if not texts and of_purpose and (purpose := _FOR.search(plain)):
        texts = [name for name in [_name_from(purpose.group(1))] if name]
    if not texts and of_prompt:
        texts = [name for name in [_name_from(_without_request(plain))] if name]
    if not texts:
        return "", ""
    return texts[0][:TITLE_CHARACTERS], (texts[1][:TITLE_CHARACTERS] if len(texts) > 1 else "")


def _name_from(phrase: str) -> str:
    """A title of at most six words from the start of a phrase."""
    words: list[str] = []
    for word in phrase.strip(" \t\n.,:;-–—'\"").split():
        if (word.lower().strip(".,") in _TITLE_STOPS and words) or len(words) == 6:
            if word.lower() in ("in", "at", "on", "and", "of") and len(words) < 4:
                words.append(word.lower())
                continue
            break
        if not words and word.lower() in ("a", "an", "our", "my", "the", "new", "your", "some"):
            continue
        words.append(word)
    while words and words[-1].lower() in _SMALL:
        words.pop()
    return " ".join(
        word if (at and word.lower() in _SMALL) or not word.islower() else word.capitalize()
        for at, word in enumerate(words)
    )


def _without_request(text: str) -> str:
    """The prompt without "please create an image of"."""
    return re.sub(
        r"^\W*(?:please\s+|can you\s+|could you\s+)?(?:create|make|draw|generate|design|render|"
        r"paint|show|give me|i need|i want|produce)?\s*(?:me\s+|us\s+)?(?:an?\s+|the\s+|some\s+)?"
        r"(?:(?:\w+\s+)?(?:image|picture|photo|illustration|logo|drawing|render|visual|graphic|shot|"
        r"wordmark|card)\b\s*)?(?:(?:of|for|showing|about|with)\b\s*)?",
        "",
        text.strip(),
        count=1,
        flags=re.IGNORECASE,
    )


def tidy(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:")
