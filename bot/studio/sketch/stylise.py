"""A drawn picture in, the same one as another medium would have it out: printed or modelled."""

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from bot.studio.sketch.colour import Colour, luminance


def screen_print(image: Image.Image, *, inks: tuple[Colour, ...], amount: float) -> Image.Image:
    """As few inks as there are, from dark to light, each an area of its own, by a share."""
    ordered = sorted(inks, key=luminance)
    grey = image.convert("L")
    # Equal areas for all inks, whatever the picture's own range of tones.
    histogram = grey.histogram()
    total, run = sum(histogram), 0
    shares = []
    for count in histogram:
        shares.append((run + count / 2) / total)
        run += count
    bands = []
    for channel in range(3):
        table = []
        for level in range(256):
            place = shares[level] * len(ordered)
            at = min(len(ordered) - 1, int(place))
            table.append(round(255 * ordered[at][channel]))
        bands.append(grey.point(table))
    return Image.blend(image, Image.merge("RGB", bands), amount)


def relief(image: Image.Image, *, depth: float) -> Image.Image:
    """Every outline rounded as if cut from clay: light from the upper left, shade below right."""
    side = min(image.size)
    grey = image.convert("L").filter(ImageFilter.GaussianBlur(side / 500))
    # A gradient has steps of a level or two; they are no outlines.
    edges = grey.filter(ImageFilter.FIND_EDGES).point([max(0, at - 8) for at in range(256)])
    edges = edges.filter(ImageFilter.GaussianBlur(side / 260))
    step = max(1, round(side / 220))
    lit = ImageChops.subtract(
        ImageChops.offset(edges, step, step), ImageChops.offset(edges, -step, -step), 1, 128
    )
    # What an offset brings in from the other side is no outline.
    rim = Image.new("L", image.size, 128)
    edge = 5 * step
    inner = (edge, edge, image.width - edge, image.height - edge)
    rim.paste(lit.crop(inner), inner[:2])
    bump = rim.point([max(0, min(255, round(128 + (level - 128) * depth))) for level in range(256)])
    layer = Image.merge("RGB", (bump, bump, bump))
    return ImageChops.add(image, layer, 1, -128)


def miniature(image: Image.Image) -> Image.Image:
    """Bright, and in focus only across the middle, as a small model photographed from near."""
    vivid = ImageEnhance.Color(image).enhance(1.32)
    vivid = ImageEnhance.Brightness(vivid).enhance(1.06)
    side = min(image.size)
    small = vivid.reduce(2).filter(ImageFilter.GaussianBlur(side / 130))
    soft = small.resize(image.size, Image.Resampling.BILINEAR)
    ramp = Image.linear_gradient("L").point(
        [round(255 * min(1.0, max(0.0, abs(at / 255 - 0.62) * 2.6 - 0.55))) for at in range(256)]
    )
    return Image.composite(soft, vivid, ramp.resize(image.size))


def lit(image: Image.Image) -> Image.Image:
    """Light that falls from the upper left and fades to the lower right."""
    ramp = Image.linear_gradient("L").rotate(45, Image.Resampling.BICUBIC).crop((64, 64, 192, 192))
    shade = ramp.point([round(255 - 0.2 * level) for level in range(256)]).resize(image.size)
    return ImageChops.multiply(image, Image.merge("RGB", (shade, shade, shade)))
