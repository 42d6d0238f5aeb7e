"""Rooms for words, in units and in pixels."""

from bot.studio.sketch.draft import Box, Draft

Room = tuple[float, float, float, float]
"""Left, top, right, bottom in units."""


def to_pixels(draft: Draft, area: Room) -> Box:
    """A room in pixels, cut to the picture."""
    left, top, right, bottom = (round(edge * draft.unit) for edge in area)
    return (max(0, left), max(0, top), min(draft.width_px, right), min(draft.height_px, bottom))
