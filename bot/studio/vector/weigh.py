"""A parsed drawing in, a refusal out where its parts repeat each other beyond measure.

A few hundred bytes can draw a billion shapes: a group that is used ten times by one that is used
ten times, and so on. What a drawing comes to is counted here as a renderer would go through it.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from bot.errors import BadPicture

MAX_DRAWN = 200_000
"""How many parts may be drawn in all, each as often as it is referred to."""
MAX_LEVELS = 100
"""How deep they may lie in each other, references followed."""

_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)", re.IGNORECASE)


def check_weight(root: ET.Element) -> None:
    """Raises: BadPicture for a drawing that comes to too much, or refers to itself."""
    _Scale(root).weigh(root)


class _Scale:
    """What each part comes to: itself, what is in it, and what it refers to."""

    def __init__(self, root: ET.Element) -> None:
        self._by_id: dict[str, ET.Element] = {}
        for element in root.iter():
            self._by_id.setdefault(element.get("id", ""), element)
        self._known: dict[ET.Element, tuple[int, int]] = {}
        self._open: set[ET.Element] = set()

    def weigh(self, element: ET.Element) -> tuple[int, int]:
        """How many parts are drawn for it, and on how many levels."""
        if element in self._known:
            return self._known[element]
        if element in self._open:
            raise BadPicture("That drawing refers to itself.")
        if len(self._open) >= MAX_LEVELS:
            raise BadPicture("That drawing has too many parts.")
        self._open.add(element)
        drawn, levels = 1, 1
        for part in [*element, *self._referred(element)]:
            more, deeper = self.weigh(part)
            drawn, levels = drawn + more, max(levels, deeper + 1)
            if drawn > MAX_DRAWN or levels > MAX_LEVELS:
                raise BadPicture("That drawing has too many parts.")
        self._open.remove(element)
        self._known[element] = drawn, levels
        return drawn, levels

    def _referred(self, element: ET.Element) -> Iterator[ET.Element]:
        for name, value in element.items():
            names = _REFERENCE.findall(value)
            if name == "href" and value.startswith("#"):
                names.append(value[1:])
            for found in names:
                if found in self._by_id:
                    yield self._by_id[found]
