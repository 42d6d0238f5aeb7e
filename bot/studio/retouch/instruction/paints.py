"""Words in, a colour out: by name, by name with a shade, or in figures."""

import re
from collections.abc import Mapping
from functools import cache

from bot.studio.retouch.operations import Paint
from bot.studio.sketch.colour import Colour, from_oklch, parse, to_oklch
from bot.studio.sketch.palette import COLOURS

LONGEST = 3
"""The most words that name one colour."""
_FIGURES = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_MORE: Mapping[str, str] = {
    "white": "#ffffff",
    "black": "#141416",
    "off-white": "#f6f2ea",
    "off white": "#f6f2ea",
    "sky blue": "#8cbfe6",
    "baby blue": "#a9cfee",
    "royal blue": "#2f52b8",
    "navy blue": "#22355c",
    "midnight blue": "#1b2547",
    "steel blue": "#4f7ca3",
    "powder blue": "#b3d2e3",
    "electric blue": "#2a63f0",
    "ice blue": "#cfe6f2",
    "hot pink": "#e2498f",
    "dusty pink": "#d3a2a3",
    "dusty rose": "#c99296",
    "rose gold": "#cf9d8d",
    "olive green": "#7d7f45",
    "forest green": "#2f5a3f",
    "lime green": "#a5c63b",
    "sage green": "#9aab8d",
    "mint green": "#aad8c1",
    "emerald green": "#1f7a5c",
    "bottle green": "#1f4a3a",
    "burnt orange": "#c2602b",
    "brick red": "#a5452f",
    "cherry red": "#b3202f",
    "blood red": "#8c1a22",
    "wine red": "#6e2036",
    "lemon yellow": "#f1dc5a",
    "slate": "#5f6d7c",
    "slate grey": "#5f6d7c",
    "ochre": "#c98f33",
    "khaki": "#a89c6b",
    "salmon": "#ef9080",
    "ruby": "#9d1c3d",
    "mauve": "#a98aa9",
    "periwinkle": "#8f97d8",
    "taupe": "#9b8b7c",
    "aubergine": "#4b2743",
    "eggplant": "#4b2743",
    "pistachio": "#b7cf96",
    "petrol": "#1f5765",
    "ultramarine": "#2b3ea6",
    "cerulean": "#2f86bf",
    "vermilion": "#d9452c",
    "bordeaux": "#6b1f33",
    "claret": "#7a1f38",
    "orchid": "#c07fc0",
    "lavender purple": "#b3a6d9",
    "anthracite": "#35393f",
    "bluish": "#3a6ea8",
    "greenish": "#4f8a52",
    "reddish": "#c8392f",
    "pinkish": "#e79aae",
    "yellowish": "#efc23f",
    "purplish": "#75519a",
    "orangey": "#e07b39",
}
_COMPARED: Mapping[str, str] = {
    "bluer": "blue",
    "greener": "green",
    "redder": "red",
    "pinker": "pink",
    "yellower": "yellow",
    "browner": "brown",
    "purpler": "purple",
    "golder": "gold",
}
"""More of a colour, not that colour."""
_THINGS = frozenset({"rose", "lemon", "lime", "orange", "peach", "plum", "olive", "forest"})
"""Colours whose plural is not a colour."""
_SHADES: Mapping[str, tuple[float, float]] = {
    "dark": (-0.16, 0.9),
    "darker": (-0.16, 0.9),
    "deep": (-0.14, 1.05),
    "deeper": (-0.14, 1.05),
    "light": (0.17, 0.65),
    "lighter": (0.17, 0.65),
    "pale": (0.2, 0.5),
    "paler": (0.2, 0.5),
    "pastel": (0.2, 0.55),
    "soft": (0.08, 0.65),
    "muted": (0.02, 0.55),
    "dusty": (0.03, 0.5),
    "bright": (0.06, 1.3),
    "brighter": (0.06, 1.3),
    "vivid": (0.02, 1.45),
    "vibrant": (0.02, 1.45),
    "neon": (0.14, 1.6),
    "rich": (-0.04, 1.2),
    "warm": (0.0, 1.0),
    "cool": (0.0, 1.0),
    "medium": (0.0, 1.0),
}
"""How much lighter, and how many times as colourful."""


def named(phrase: str) -> Paint | None:
    """The colour of one to three words in lower case, or `#rrggbb`, or `#rgb`."""
    if _FIGURES.fullmatch(phrase):
        return Paint(phrase, parse(phrase))
    known = _known()
    if phrase in known:
        return Paint(phrase, known[phrase])
    if phrase.endswith("s") and phrase[:-1] in known and phrase[:-1] not in _THINGS:
        return Paint(phrase, known[phrase[:-1]])
    shade, _, rest = phrase.partition(" ")
    if shade in _SHADES and rest in known:
        return Paint(phrase, _shaded(known[rest], shade))
    return None


def compared(word: str) -> Paint | None:
    """The colour that something is to have more of: "bluer"."""
    plain = _COMPARED.get(word)
    return Paint(plain, _known()[plain]) if plain else None


def _shaded(colour: Colour, shade: str) -> Colour:
    lighter, purer = _SHADES[shade]
    lightness, chroma, hue = to_oklch(colour)
    if chroma < 0.03 and shade in ("warm", "cool"):
        return from_oklch(lightness, 0.02, 70 if shade == "warm" else 245)
    return from_oklch(min(0.97, max(0.12, lightness + lighter)), chroma * purer, hue)


@cache
def _known() -> dict[str, Colour]:
    return COLOURS | {name: parse(css) for name, css in _MORE.items()}
