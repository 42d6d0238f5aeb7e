"""A prompt and what somebody wants different about it go in, the new prompt comes out."""

import re

from bot.domain.catalog import MAX_PROMPT_CHARS
from bot.planner.instruct import AGAINST

_FLAGS = re.IGNORECASE
_ARTICLE = r"(?:an?\s+|the\s+|some\s+|any\s+)?"
_REPLACE = re.compile(
    rf"(?:please\s+)?(?:change|replace|swap|turn|switch|make)\s+(?:out\s+)?{_ARTICLE}(?P<old>[^,.;]+?)\s+"
    r"(?:to|with|for|by|into)\s+(?P<new>[^.;]+)",
    _FLAGS,
)
_RATHER = re.compile(
    rf"(?:(?:use|make\s+it|with|show|put)\s+)?(?P<new>[^,.;]+?)\s+(?:instead\s+of|rather\s+than)\s+"
    rf"{_ARTICLE}(?P<old>[^.;]+)",
    _FLAGS,
)
_NOT_BUT = re.compile(rf"not\s+{_ARTICLE}(?P<old>[^,.;]+?),?\s+but\s+(?P<new>[^.;]+)", _FLAGS)
_NEW_SUBJECT = re.compile(
    r"(?:(?:make|draw|create|use|show|do|paint|generate|render|design)\s+(?:it\s+|me\s+)?)?"
    r"(?P<subject>(?:an?|the|two|three|some|our|my)\s+[^.;]+?)\s*,?\s+(?:instead|rather)"
    r"|(?:change|switch|set|turn|make)\s+(?:it|this|that|the\s+(?:subject|image|prompt|picture))\s+"
    r"(?:(?:in)?to|into)\s*:?\s*(?P<into>[^;]+)",
    _FLAGS,
)
_WITHOUT = re.compile(
    r"(?:(?:please\s+)?(?:remove|drop|delete|leave\s+out|take\s+out|get\s+rid\s+of|lose|omit|erase)\s+"
    rf"{_ARTICLE}|(?:without|no)\s+{_ARTICLE})(?P<what>[^,.;]+)",
    _FLAGS,
)
_ADD = re.compile(r"(?:please\s+)?(?:add|include|show|insert)\s+(?P<what>[^;]+)", _FLAGS)
_MAKE_ADJECTIVE = re.compile(
    r"(?:make|have|let|turn|keep)\s+(?:the|its|that)\s+(?P<what>[\w-]+(?:\s+[\w-]+){0,2}?)\s+(?:look\s+|be\s+)?"
    r"(?P<how>(?:(?:much|a\s+bit|a\s+little|slightly|more|less|even|very|way)\s+)*[\w-]+)",
    _FLAGS,
)
_MAKE_IT = re.compile(
    r"(?:please\s+)?(?:make|turn|have|keep|let|render|draw|paint)\s+(?:it|this|that|them|these|everything)"
    r"\s+(?:look\s+|be\s+|all\s+|into\s+)*(?=\S)"
    r"|(?:it|they|this)\s+(?:should|must|needs?\s+to|could)\s+(?:be|look|have)\s+",
    _FLAGS,
)
_TOO = re.compile(
    r"(?:(?:it|this|that)(?:['’]s|\s+(?:is|looks?))\s+|(?:the|its)\s+(?P<what>[\w\s-]{2,30}?)\s+"
    r"(?:is|are|looks?)\s+)?(?:still\s+|a\s+(?:bit|little)\s+|way\s+|much\s+|far\s+|just\s+)*"
    r"too\s+(?P<how>\w+)",
    _FLAGS,
)
_CLAUSES = re.compile(
    r"(?:\s*[,;.]\s+(?:and\s+)?|\s+and\s+)(?=(?:add|remove|make|change|replace|put|drop|swap|turn)\b)"
    r"|[;.]\s+",
    _FLAGS,
)
_WANTED = re.compile(
    r"(?:i|we)(?:['’]d|\s+would)?\s+(?:want|need|like|prefer|love)\s+(?:it|them)\s+(?:to\s+be\s+)?(?=\S)",
    _FLAGS,
)
_LAST_WORDS = re.compile(r"(?<!not)\s+(?:too|as\s+well|though|instead|please)$", _FLAGS)
_SAYS_NOTHING = re.compile(r"(?:an?|the)\s+(?:different|other|new)\s+(?:one|image)", _FLAGS)


def new_subject(words: str) -> str:
    """What is to be shown instead of what was proposed: "a teapot instead" -> "a teapot"."""
    found = _NEW_SUBJECT.fullmatch(words.strip(" .!"))
    if not found or _SAYS_NOTHING.fullmatch(found["subject"] or ""):
        return ""
    return (found["subject"] or found["into"]).strip()


def reworded(prompt: str, words: str) -> str:
    """The prompt with what was said worked in; unchanged where it says so already.

    What is named in the prompt is put in place of it, everything else becomes a sentence at its
    end. A prompt that would become too long stays.
    """
    for clause in _CLAUSES.split(re.sub(r"\s+", " ", words)):
        prompt = _with_clause(prompt, clause.strip(" ,;.!"))
    return prompt


def _with_clause(prompt: str, words: str) -> str:
    for pattern in (_RATHER, _NOT_BUT, _REPLACE):
        found = pattern.fullmatch(words)
        if found and (swapped := _swapped(prompt, found["old"], found["new"])):
            return swapped if len(swapped) <= MAX_PROMPT_CHARS else prompt
    sentence = _sentence(words)
    if not re.search(r"\w", sentence) or sentence.lower().strip(" .") in prompt.lower():
        return prompt
    joined = f"{prompt.rstrip(' .')}. {sentence[0].upper()}{sentence[1:]}."
    return joined if len(joined) <= MAX_PROMPT_CHARS else prompt


def _sentence(words: str) -> str:
    """What is said of the picture, for "make the sky darker": "darker sky"."""
    words = _LAST_WORDS.sub("", _WANTED.sub("", words, count=1))
    if too := _TOO.fullmatch(words):
        how = AGAINST.get(too["how"].lower(), f"less {too['how'].lower()}")
        return f"{how} {too['what']}" if too["what"] else how
    if without := _WITHOUT.fullmatch(words):
        return f"no {without['what']}"
    if made := _MAKE_ADJECTIVE.fullmatch(words):
        return f"{made['how']} {made['what']}"
    if added := _ADD.fullmatch(words):
        return f"with {added['what']}"
    if of_it := _MAKE_IT.match(words):
        words = words[of_it.end() :]
    return words.strip(" ,;:–—-")


def _swapped(prompt: str, old: str, new: str) -> str:
    """The prompt with one thing in place of another; empty where it does not name it."""
    old, new = old.strip(), new.strip()
    found = re.search(rf"\b{re.escape(old)}\b", prompt, _FLAGS) if 1 < len(old) < 80 else None
    if not found:
        return ""
    bare = re.sub(r"^(?:an?|the)\s+", "", new, flags=_FLAGS)
    before = prompt[: found.start()]
    article = re.search(r"\b(an?)\s$", before, _FLAGS)
    if article:
        fitting = "an" if bare[:1].lower() in set("aeiou") else "a"
        fitting = fitting.capitalize() if article[1][0].isupper() else fitting
        before = f"{before[: article.start()]}{fitting} "
    if found[0][0].isupper() and not before:
        bare = bare[0].upper() + bare[1:]
    return f"{before}{bare}{prompt[found.end() :]}"
