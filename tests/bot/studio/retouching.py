"""Operations in one line each, and pictures that are made for being edited."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bot.studio.retouch.operations import (
    Adjust,
    Backdrop,
    Border,
    Crop,
    Duotone,
    Flip,
    Lettering,
    Operation,
    Recolour,
    Region,
    Restyle,
    Rotate,
    Swap,
    Tint,
)


def told(operations: Iterable[Operation]) -> str:
    """Such as `warm+1 background; crop 16:9`; no region stands for the picture that is meant."""
    return "; ".join(_told(operation) for operation in operations)


def _told(operation: Operation) -> str:
    match operation:
        case Adjust(tone=tone, amount=amount, region=region):
            return f"{tone.value}{amount:+.2g}{_where(region)}"
        case Recolour(paint=paint, region=region):
            return f"in {paint.name}{_where(region)}"
        case Tint(paint=paint, amount=amount, region=region):
            return f"tint {paint.name}{amount:+.2g}{_where(region)}"
        case Duotone(paints=paints, region=region):
            return f"duotone {', '.join(paint.name for paint in paints)}{_where(region)}"
        case Swap(source=source, target=target, region=region):
            return f"{source.name} to {target.name}{_where(region)}"
        case Restyle(medium=medium, amount=amount, region=region):
            part = "" if amount == 1 else f" {amount:.2g}"
            return f"as {medium.value}{part}{_where(region)}"
        case Backdrop(paint=paint):
            return f"backdrop {paint.name if paint else 'none'}"
        case Crop(ratio=ratio, name=name, share=share):
            return f"crop {name}" if ratio else f"closer {share:.2g}"
        case Flip(axis=axis):
            return f"flip {axis.value}"
        case Rotate(degrees=degrees):
            return f"rotate {degrees}"
        case Border(paint=paint, fill=fill, share=share, name=name):
            return f"border {paint.name if paint else fill.value} {name or f'{share:.2g}'}"
        case Lettering():
            return f'"{operation.text}" {_setting(operation)}'


def _where(region: Region) -> str:
    return "" if region is Region.IT else f" {region.value}"


def _setting(words: Lettering) -> str:
    column = "" if words.column == "middle" else f" {words.column}"
    paint = f" {words.paint.name}" if words.paint else ""
    size = "" if words.size == 1 else f" x{words.size:.2g}"
    return f"{words.row}{column}{paint}{size}{f' {words.face}' if words.face else ''}"


def still_life(
    *, side: int = 256, ground: tuple[int, int, int] = (196, 200, 204)
) -> tuple[Image.Image, Image.Image]:
    """A red ball before an even ground with grain, RGB, and the mask of the ball, L."""
    box = (side * 0.3, side * 0.32, side * 0.7, side * 0.72)
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).ellipse(box, fill=255)
    image = Image.new("RGB", (side, side), ground)
    pen = ImageDraw.Draw(image)
    for step in range(20):
        inset = step * side * 0.008
        shade = 120 + step * 4
        pen.ellipse(
            (box[0] + inset, box[1] + inset, box[2] - inset * 1.4, box[3] - inset * 1.4),
            fill=(shade, 38 + step, 40 + step),
        )
    return grained(image), mask


def photograph(*, width: int = 384, height: int = 256) -> tuple[Image.Image, Image.Image]:
    """Like a photograph: a sharp orange jar before blurred lights on a dusky room, and its mask."""
    rows, columns = np.mgrid[0:height, 0:width]
    room = np.stack(
        (70 + 30 * rows / height, 84 + 20 * columns / width, 110 - 30 * rows / height), axis=-1
    )
    image = Image.fromarray(room.astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for at in range(9):
        x, y = (at * 97 + 31) % width, (at * 53 + 17) % (height // 2)
        pen.ellipse((x - 14, y - 14, x + 14, y + 14), fill=(168, 158, 128 + 6 * at))
    image = image.filter(ImageFilter.GaussianBlur(9))
    mask = Image.new("L", image.size, 0)
    box = (width * 0.38, height * 0.3, width * 0.6, height * 0.86)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius=width * 0.04, fill=255)
    light = 0.75 + 0.35 * np.cos((columns - width * 0.45) / (width * 0.12))
    jar = np.stack((226 * light, 132 * light, 48 * light), axis=-1).clip(0, 255)
    image.paste(Image.fromarray(jar.astype(np.uint8)), (0, 0), mask)
    return grained(image), mask


def grained(image: Image.Image) -> Image.Image:
    """The picture with a little noise, the same each time."""
    noise = np.random.default_rng(7).normal(0, 2.0, (image.height, image.width, 1))
    return Image.fromarray((np.asarray(image) + noise).clip(0, 255).astype(np.uint8))


def mean(image: Image.Image, mask: Image.Image | None = None) -> Any:
    """The mean red, green and blue of a picture, or of where the mask is full, as an array."""
    seen = np.asarray(image.convert("RGB"), dtype=np.float64)
    if mask is None:
        return seen.reshape(-1, 3).mean(axis=0)
    return seen[np.asarray(mask) > 250].mean(axis=0)


def outside(mask: Image.Image, *, margin: int = 9) -> Image.Image:
    """Everything that is at least a margin away from the mask."""
    grown = mask.filter(ImageFilter.MaxFilter(2 * margin + 1))
    return grown.point([255 - level for level in range(256)])


def inside(mask: Image.Image, *, margin: int = 5) -> Image.Image:
    """The mask without its rim."""
    return mask.filter(ImageFilter.MinFilter(2 * margin + 1))
