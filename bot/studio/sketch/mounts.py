"""A finished sheet in, a picture of it out: in a frame on a wall, or standing on a plinth."""

from PIL import Image, ImageFilter

from bot.studio.sketch import svg
from bot.studio.sketch.colour import BLACK, Colour, mix, parse, scale
from bot.studio.sketch.draft import Draft
from bot.studio.sketch.lathe import disc, revolve
from bot.studio.sketch.light import Material
from bot.studio.sketch.setting import painted_wall, stone_colour, sunlit_top, window_light

SHARE = 0.7
"""Of the picture's width and height that the sheet takes."""


def sheet_size(width_px: int, height_px: int) -> tuple[int, int]:
    """How large a sheet is to be for a picture of that size."""
    return max(1, round(width_px * SHARE)), max(1, round(height_px * SHARE))


def mounted(draft: Draft, sheet: Image.Image) -> None:
    """Show a sheet of `sheet_size`, RGB, in the draft: on a plinth in a studio, else on a wall."""
    rng = draft.rng("mount")
    painted_wall(draft)
    window_light(draft, rng)
    left = (draft.width_px - sheet.width) // 2
    if draft.look.studio:
        top = round(draft.height_px * 0.1)
        _plinth(draft, y=(top + sheet.height) / draft.unit)
        _hang(draft, sheet, left=left, top=top, border=0, tone=BLACK)
        return
    border = round(13 * draft.unit)
    wood = mix(parse("#b98c5e"), draft.palette.deep, 0.25)
    _hang(
        draft, sheet, left=left, top=(draft.height_px - sheet.height) // 2, border=border, tone=wood
    )


def _plinth(draft: Draft, *, y: float) -> None:
    """A plinth as wide as the picture lets it be, whose top's middle is at `y` units."""
    radius = draft.width * 0.43
    stone = Material(stone_colour(draft), gloss=0.0)
    canvas = draft.canvas()
    tall = draft.height - y + radius * 0.2 + 10
    body = revolve(
        canvas, [(0, radius), (tall, radius)], material=stone, light=draft.light, ground_shade=0.0
    )
    body += disc(canvas, height=tall, radius=radius, material=stone, light=draft.light)
    canvas.add(svg.group(body, transform=f"translate({svg.n(draft.width / 2)} {svg.n(y + tall)})"))
    draft.lay(canvas)
    sunlit_top(draft, x=draft.width / 2, y=y, radius=radius - 6)


def _hang(
    draft: Draft, sheet: Image.Image, *, left: int, top: int, border: int, tone: Colour
) -> None:
    """Lay the sheet on the picture, with a frame if it has a border, and its shadow."""
    right, bottom = left + sheet.width, top + sheet.height
    away = round(16 * draft.unit)
    shadow = Image.new("L", draft.image.size, 0)
    shadow.paste(
        255, (left - border + away, top - border + away, right + border + away, bottom + border)
    )
    soft = shadow.filter(ImageFilter.GaussianBlur(14 * draft.unit))
    draft.shade(soft, Colour(0.3, 0.25, 0.27), 0.6)
    if border:
        outer = (left - border, top - border, right + border, bottom + border)
        draft.image.paste(tone.bytes, outer)
        inner = max(1, border // 5)
        draft.image.paste(
            scale(tone, 0.7).bytes, (left - inner, top - inner, right + inner, bottom + inner)
        )
    draft.image.paste(sheet, (left, top))
