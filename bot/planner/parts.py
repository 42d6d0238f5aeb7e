"""What a request for distinct images comes apart into."""

from typing import NamedTuple


class Entry(NamedTuple):
    """One image: the words that ask for it, and its title where it was given one."""

    text: str
    title: str = ""


class Batch(NamedTuple):
    """Distinct images that were named one by one."""

    entries: tuple[Entry, ...]
    common: str = ""
    """What was said for all of them."""


class Concepts(NamedTuple):
    """Several takes on one thing, which were not named."""

    number: int
    of: str
    common: str = ""
    by_style: bool = False
    """They differ in style."""


class Unnamed(NamedTuple):
    """One for each of several things that were not named: "one for each of our products"."""

    of: str


class Unclear(NamedTuple):
    """As many variations as there are things: one of each, or all in each?"""

    each: str
    together: str


Several = Batch | Concepts | Unnamed | Unclear
