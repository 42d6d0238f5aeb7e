"""A brief in, a mark with room for its name out."""

from dataclasses import replace
from random import Random

from bot.studio.sketch import glyphs, svg
from bot.studio.sketch.colour import WHITE, Colour, contrast, mix, to_oklch, with_lightness
from bot.studio.sketch.draft import MAKERS, Draft, make
from bot.studio.sketch.kit import Kit
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.light import Light
from bot.studio.sketch.room import Room, to_pixels
from bot.studio.sketch.svg import Canvas
from bot.studio.sketch.twotone import two_tone_parts

_SHOWS = 2.6
"""The contrast from which a plain shape is seen on its ground at any size."""


def logo(draft: Draft) -> Room | None:
    """A mark on a plain ground; returns the room for the name."""
    dark = draft.palette.dark or draft.seed % 3 == 0
    ground = draft.brief.ground_colour or (
        draft.palette.ink if dark else mix(draft.palette.paper, WHITE, 0.3)
    )
    dark = to_oklch(ground)[0] < 0.55
    canvas = draft.canvas()
    canvas.add(svg.rect(0, 0, draft.width, draft.height, fill=ground.css))
    lettered = bool(draft.brief.title)
    wide = draft.width > draft.height * 1.3
    size = min(
        draft.height * (0.46 if lettered else 0.6),
        draft.width * (0.3 if wide else 0.46 if lettered else 0.6),
    )
    x = draft.width * 0.27 if wide and lettered else draft.width / 2
    y = draft.height / 2 if wide or not lettered else draft.height * 0.4
    colour = draft.brief.subject_colour or draft.palette.accent
    colour = _set_off(colour, ground, towards=0.9 if dark else 0.3)
    _mark(draft, canvas, x=x, y=y, size=size, colour=colour, ground=ground)
    draft.image.paste(ground.bytes, (0, 0, draft.width_px, draft.height_px))
    draft.lay(canvas)
    half = size / 2 + 6
    draft.obstacles.append(to_pixels(draft, (x - half, y - half, x + half, y + half)))
    if not lettered:
        return None
    if wide:
        return (x + size * 0.66, draft.height * 0.28, draft.width * 0.93, draft.height * 0.72)
    return (draft.width * 0.12, y + size * 0.62, draft.width * 0.88, draft.height * 0.9)


def _set_off(colour: Colour, ground: Colour, *, towards: float) -> Colour:
    """The colour, made lighter or darker in its own hue until it shows on the ground."""
    own = to_oklch(colour)[0]
    for step in range(6):
        shade = with_lightness(colour, own + (towards - own) * step / 5)
        if contrast(shade, ground) >= _SHOWS:
            return shade
    return with_lightness(colour, towards)


def _mark(
    draft: Draft,
    canvas: Canvas,
    *,
    x: float,
    y: float,
    size: float,
    colour: Colour,
    ground: Colour,
) -> None:
    """The subject in two colours in or without a badge; without a subject, a geometric mark."""
    half = size / 2
    subject = draft.brief.subject
    badge = ("disc", "squircle", "ring", "bare")[draft.seed % 4]
    if subject is None:
        _geometric(
            canvas,
            draft.seed,
            x=x,
            y=y,
            size=size,
            colour=colour,
            second=mix(colour, draft.palette.second, 0.7),
        )
        return
    if badge == "disc":
        canvas.add(svg.circle(x, y, half, fill=colour.css))
    elif badge == "squircle":
        canvas.add(svg.rect(x - half, y - half, size, size, rx=size * 0.26, fill=colour.css))
    elif badge == "ring":
        canvas.add(
            svg.circle(
                x, y, half - size * 0.02, fill="none", stroke=colour.css, stroke_width=size * 0.035
            )
        )
    filled = badge in ("disc", "squircle")
    figure, cut = (ground, colour) if filled else (colour, ground)
    if filled:
        figure = max(
            ground, mix(draft.palette.paper, WHITE, 0.5), key=lambda c: contrast(c, colour)
        )
    inner = size * (0.62 if badge != "bare" else 0.94)
    canvas.add(two_tone(draft, subject, canvas, x=x, y=y, size=inner, figure=figure, cut=cut))


def _geometric(
    canvas: Canvas, seed: int, *, x: float, y: float, size: float, colour: Colour, second: Colour
) -> None:
    """A mark from quarter circles."""
    half = size / 2
    kind = ("petals", "orbit", "stack")[seed % 3]
    if kind == "petals":
        for turn in range(4):
            canvas.add(
                svg.path(
                    f"M0 0h{svg.n(half)}a{svg.n(half)} {svg.n(half)} 0 0 1 {svg.n(-half)} "
                    f"{svg.n(half)}Z",
                    fill=(colour, second)[turn % 2].css,
                    transform=f"translate({svg.n(x)} {svg.n(y)}) rotate({turn * 90})",
                )
            )
    elif kind == "orbit":
        canvas.add(
            svg.circle(x, y, half * 0.86, fill="none", stroke=colour.css, stroke_width=size * 0.12)
        )
        canvas.add(svg.circle(x + half * 0.6, y - half * 0.6, size * 0.15, fill=second.css))
    else:
        for at in range(3):
            wide = size * (0.46 + 0.27 * at)
            canvas.add(
                svg.rect(
                    x - half,
                    y - half + at * size * 0.36,
                    wide,
                    size * 0.26,
                    rx=size * 0.13,
                    fill=(colour, second, colour)[at].css,
                )
            )


def two_tone(
    draft: Draft,
    subject: Subject,
    canvas: Canvas,
    *,
    x: float,
    y: float,
    size: float,
    figure: Colour,
    cut: Colour,
) -> str:
    """The subject in two colours, centred on (x, y) within a square of `size` units."""
    if subject.art in MAKERS:
        plain = replace(
            draft.palette,
            subject=figure,
            accent=cut,
            paper=cut,
            second=figure,
            ground=figure,
            deep=cut,
            ink=cut,
        )
        kit = Kit(canvas, Light(tones=2), plain, Random("mark"), mark=True)
        art = make(subject, kit)
        shapes, tall, wide = art.shapes + art.above, art.height, art.width
        top = 0.0
        fit = size / max(tall, wide)
        centre = (art.left + art.right) / 2
        return svg.group(
            shapes,
            transform=(
                f"translate({svg.n(x - centre * fit)} {svg.n(y + tall * fit / 2 + top)}) "
                f"scale({svg.n(fit)})"
            ),
        )
    left, top_, right, bottom = glyphs.bounds(subject.art)
    fit = size / max(right - left, bottom - top_)
    parts = two_tone_parts(subject.art, figure=figure, cut=cut)
    return svg.group(
        "".join(parts),
        transform=(
            f"translate({svg.n(x)} {svg.n(y)}) scale({svg.n(fit)}) "
            f"translate({svg.n(-(left + right) / 2)} {svg.n(-(top_ + bottom) / 2)})"
        ),
    )
