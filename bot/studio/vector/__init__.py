"""A drawing from outside in, clean SVG and its pixels out."""

from bot.studio.vector.clean import clean_svg
from bot.studio.vector.render import rasterise

__all__ = ["clean_svg", "rasterise"]
