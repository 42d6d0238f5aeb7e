"""Tables of words, written as running text so that they can be read and added to."""

import re


def word_set(text: str) -> frozenset[str]:
    """The words of a text; hyphens and apostrophes belong to a word."""
    return frozenset(re.findall(r"[\w'’+-]+", text))


def any_of(text: str) -> str:
    """A pattern for any of the words of a text, the longest first."""
    return "|".join(re.escape(word) for word in sorted(word_set(text), key=lambda w: (-len(w), w)))
