"""Words in, a prompt out that AUTOMATIC1111 and Forge read as those words and nothing else.

A prompt is a small language there: it loads networks, weighs and exchanges words, splits itself in
two, hides what follows a `#`, and extensions pick words of their own. None of that may come out of
somebody's text, so each sign that begins it is escaped where it can be, else written differently.

Source: https://github.com/AUTOMATIC1111/stable-diffusion-webui, modules/prompt_parser.py,
modules/extra_networks.py and modules/processing_scripts/comments.py (1.10), and
https://github.com/adieyal/sd-dynamic-prompts/blob/main/docs/SYNTAX.md (2024)
"""

import re

_NETWORK = re.compile(r"<(?=[\w/])")
_BRACKET = re.compile(r"[\\()\[\]]")
_WILDCARD = re.compile(r"_(?=_)")
_CONJUNCTION = re.compile(r"\b(AND|BREAK)\b")
_LAST_WEIGHT = re.compile(r":\s*[-+]?(?:\d+\.?|\d*\.\d+)\s*$")
_WRITTEN_DIFFERENTLY = str.maketrans({"{": "(", "}": ")", "#": "＃"})
"""Signs that cannot be escaped: variants of an extension, and what begins a comment."""


def as_words(text: str) -> str:
    """The text as a prompt that means no more than what it says.

    Networks: `<lora:x:1>` gets a space behind its first sign. Weights, alternatives and schedules:
    brackets and backslashes get a backslash, as they document. `AND` and `BREAK` become small,
    which the text encoders make of all letters anyway. A number after a colon at the very end,
    which would weigh the whole, gets a comma. Wildcards: `__x__` gets spaces.
    """
    text = _NETWORK.sub("< ", text.translate(_WRITTEN_DIFFERENTLY))
    text = _WILDCARD.sub("_ ", _BRACKET.sub(r"\\\g<0>", text))
    text = _CONJUNCTION.sub(lambda found: found[0].lower(), text)
    return f"{text.rstrip()}," if _LAST_WEIGHT.search(text) else text
