"""A picture with its alpha channel in, the same cropped, mirrored, turned or bordered out."""

from typing import NamedTuple

from PIL import Image, ImageFilter, ImageStat

from bot.studio.retouch.operations import Axis, Border, Crop, Fill

MAX_SIDE_PX = 8192
"""No border makes a side longer than this."""


class Layers(NamedTuple):
    """A picture, RGB, and how opaque it is, L; None is wholly."""

    rgb: Image.Image
    alpha: Image.Image | None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rgb.size


def flipped(layers: Layers, axis: Axis) -> Layers:
    """Mirrored."""
    way = (
        Image.Transpose.FLIP_LEFT_RIGHT
        if axis is Axis.LEFT_RIGHT
        else Image.Transpose.FLIP_TOP_BOTTOM
    )
    return _both(layers, way)


def rotated(layers: Layers, degrees: int) -> Layers:
    """Turned clockwise by 90, 180 or 270 degrees."""
    ways = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
    return _both(layers, ways[degrees])


def cropped(layers: Layers, crop: Crop, *, about: Image.Image | None) -> Layers:
    """Cut to the ratio so that what `about`, L, is brightest on stays in, as near its middle."""
    width, height = layers.size
    ratio = crop.ratio or width / height
    wide = min(width, round(height * ratio))
    tall = min(height, round(width / ratio))
    wide, tall = max(1, round(wide * crop.share)), max(1, round(tall * crop.share))
    left = _placed(about, 0, window=wide / width, length=width - wide)
    top = _placed(about, 1, window=tall / height, length=height - tall)
    box = (left, top, left + wide, top + tall)
    return Layers(layers.rgb.crop(box), layers.alpha.crop(box) if layers.alpha else None)


def bordered(layers: Layers, border: Border) -> Layers:
    """On a larger canvas, RGB; in the ratio that the border names, or wider on all sides."""
    width, height = layers.size
    if border.ratio is not None:
        wide = max(width, round(height * border.ratio))
        tall = max(height, round(width / border.ratio))
    else:
        extra = 2 * max(1, round(min(width, height) * border.share))
        wide, tall = width + extra, height + extra
    wide, tall = min(max(width, MAX_SIDE_PX), wide), min(max(height, MAX_SIDE_PX), tall)
    place = ((wide - width) // 2, (tall - height) // 2)
    if layers.alpha is not None and border.paint is None:
        canvas, alpha = Image.new("RGB", (wide, tall)), Image.new("L", (wide, tall), 0)
        canvas.paste(layers.rgb, place)
        alpha.paste(layers.alpha, place)
        return Layers(canvas, alpha)
    canvas = _canvas(layers.rgb, (wide, tall), border)
    canvas.paste(layers.rgb, place, layers.alpha)
    return Layers(canvas, None)


def _both(layers: Layers, way: Image.Transpose) -> Layers:
    return Layers(layers.rgb.transpose(way), layers.alpha.transpose(way) if layers.alpha else None)


def _canvas(image: Image.Image, size: tuple[int, int], border: Border) -> Image.Image:
    if border.paint is not None:
        return Image.new("RGB", size, border.paint.colour.bytes)
    if border.fill is Fill.WHITE:
        return Image.new("RGB", size, (255, 255, 255))
    if border.fill is Fill.BLURRED:
        return _blurred_cover(image, size)
    edge = _edge_colour(image)
    return Image.new("RGB", size, edge) if edge else _continued(image, size)


def _edge_colour(image: Image.Image) -> tuple[int, int, int] | None:
    """The colour of an even border, None for any other."""
    small = image.resize((64, 64), Image.Resampling.BOX)
    mask = Image.new("L", small.size, 255)
    mask.paste(0, (2, 2, 62, 62))
    edge = ImageStat.Stat(small, mask)
    if max(edge.stddev) > 5:
        return None
    red, green, blue = (round(value) for value in edge.median)
    return red, green, blue


def _blurred_cover(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture enlarged until it covers the size, so blurred that it is a ground."""
    scale = max(size[0] / image.width, size[1] / image.height) * 1.1
    small = image.copy()
    small.thumbnail((256, 256), Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(min(small.size) / 14))
    seen = (
        size[0] / scale / image.width * small.width,
        size[1] / scale / image.height * small.height,
    )
    left, top = (small.width - seen[0]) / 2, (small.height - seen[1]) / 2
    return soft.resize(
        size, Image.Resampling.BICUBIC, box=(left, top, left + seen[0], top + seen[1])
    )


def _continued(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture on a canvas of that size that goes on with the colours of its edges."""
    width, height = image.size
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    wide = Image.new("RGB", (size[0], height))
    wide.paste(image, (left, 0))
    if left:
        near = max(1, width // 60)
        rest = size[0] - width - left
        mirrored = image.crop((0, 0, near, height)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        before = _drawn_out(mirrored, left).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        wide.paste(before, (0, 0))
        wide.paste(
            _drawn_out(image.crop((width - near, 0, width, height)), rest), (left + width, 0)
        )
    if not top:
        return wide
    turned = wide.transpose(Image.Transpose.ROTATE_90)
    return _continued(turned, (size[1], size[0])).transpose(Image.Transpose.ROTATE_270)


def _drawn_out(strip: Image.Image, width: int) -> Image.Image:
    """An edge strip as wide as asked, to the right: more and more even along the edge."""
    near = _column(strip, strip.height / 120)
    far = _column(strip, strip.height / 10)
    share = Image.linear_gradient("L").rotate(90).crop((0, 0, 256, 1)).resize((width, 1))
    share = share.point([min(255, 2 * level) for level in range(256)])
    size = (width, strip.height)
    return Image.composite(far.resize(size), near.resize(size), share.resize(size))


def _column(strip: Image.Image, radius: float) -> Image.Image:
    """The mean of a strip's columns, smoothed along it, one pixel wide."""
    column = strip.resize((1, strip.height), Image.Resampling.BOX).resize((5, strip.height))
    return column.filter(ImageFilter.GaussianBlur((0, radius))).crop((2, 0, 3, strip.height))


def _placed(about: Image.Image | None, axis: int, *, window: float, length: int) -> int:
    """Where a window along an axis begins, in pixels from 0 to `length`."""
    if length <= 0:
        return 0
    if about is None:
        return length // 2
    line = about.resize((64, 1) if axis == 0 else (1, 64), Image.Resampling.BOX)
    weights = [float(level) for level in line.tobytes()]
    total = sum(weights)
    if total < 64:
        return length // 2
    middle = sum(weight * (at + 0.5) for at, weight in enumerate(weights)) / total / 64
    start = min(1.0 - window, max(0.0, middle - window / 2))
    return round(start / (1.0 - window) * length)
