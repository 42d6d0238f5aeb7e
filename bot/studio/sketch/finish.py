"""A composed picture in, the same picture with a medium's surface out: grain, wash, ink, grade."""

from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from bot.studio.sketch.colour import Colour

Size = tuple[int, int]


def grain(image: Image.Image, *, seed: int, amount: float) -> Image.Image:
    """Fine film grain; `amount` is the deviation in levels of 255."""
    tile = 512
    noise = Image.frombytes("L", (tile, tile), Random(f"grain{seed}").randbytes(tile * tile))
    noise = noise.filter(ImageFilter.GaussianBlur(0.55)).point(
        [max(0, min(255, round(128 + (level - 128) * amount / 30))) for level in range(256)]
    )
    return _centred(image, _tiled(noise, image.size))


def vignette(image: Image.Image, *, amount: float) -> Image.Image:
    """Corners darkened by up to a share."""
    shade = _radial(image.size).point(
        [
            round(255 - 255 * amount * max(0.0, (level / 255 - 0.35) / 0.65) ** 1.7)
            for level in range(256)
        ]
    )
    return ImageChops.multiply(image, Image.merge("RGB", (shade, shade, shade)))


def plaster(image: Image.Image, *, seed: int, amount: float) -> Image.Image:
    """Soft unevenness of a painted wall or a sheet of paper."""
    return _centred(image, clouds(image.size, seed=seed, octaves=(3, 9, 31), contrast=amount))


def grade(image: Image.Image, *, shadows: Colour, lights: Colour, amount: float) -> Image.Image:
    """Tint shadows and lights, as a film print does."""
    bands = []
    for at, band in enumerate(image.split()):
        low, high = shadows[at], lights[at]
        table = []
        for level in range(256):
            value = level / 255
            toned = value * (low + (high - low) * value) * 2
            curve = value + (toned - value) * amount
            bent = curve + 0.12 * amount * (curve - 0.5) * (1 - abs(2 * curve - 1)) * 4
            table.append(max(0, min(255, round(255 * bent))))
        bands.append(band.point(table))
    return Image.merge("RGB", bands)


def bloom(image: Image.Image, *, amount: float) -> Image.Image:
    """Light spilling from the brightest parts."""
    small = image.reduce(4)
    bright = small.point([max(0, level - 150) * 2 for level in range(256)] * 3)
    soft = bright.filter(ImageFilter.GaussianBlur(max(2.0, min(small.size) / 24)))
    soft = soft.resize(image.size, Image.Resampling.BICUBIC)
    return ImageChops.screen(image, soft.point([round(level * amount) for level in range(256)] * 3))


def watercolour(image: Image.Image, *, seed: int, paper: Colour) -> Image.Image:
    """Washes of uneven density with darker edges, wandering outlines and a ragged border."""
    side = min(image.size)
    # Washes take colour away, so more is laid on.
    rich = ImageEnhance.Color(image).enhance(1.35)
    soft = _wander(rich, seed=seed).filter(ImageFilter.GaussianBlur(side / 900))
    soft = soft.filter(ImageFilter.ModeFilter(max(3, round(side / 300) | 1)))
    grey = soft.convert("L")
    halo = grey.filter(ImageFilter.GaussianBlur(side / 110))
    edge = ImageChops.subtract(halo, grey).point(
        [255 - min(70, round(level * 1.5)) for level in range(256)]
    )
    density = clouds(image.size, seed=seed + 1, octaves=(3, 9, 23, 60), contrast=1.0)
    thin = density.point([round(max(0, min(125, (level - 96) * 1.1))) for level in range(256)])
    # Paper shows through a pale wash; through a dark one it would look like mould.
    thin = ImageChops.multiply(thin, grey.point([min(255, 70 + level) for level in range(256)]))
    sheet = Image.new("RGB", image.size, paper.bytes)
    washed = Image.composite(sheet, soft, thin)
    washed = ImageChops.multiply(washed, Image.merge("RGB", (edge, edge, edge)))
    washed = Image.composite(washed, sheet, ragged(image.size, seed=seed + 2))
    tooth = clouds(image.size, seed=seed + 3, octaves=(150, 260), contrast=0.07)
    return _centred(washed, tooth)


def ink(image: Image.Image, *, paper: Colour, line: Colour) -> Image.Image:
    """Contours of flat areas as even ink lines on paper, the darkest areas hatched."""
    side = min(image.size)
    steps = max(1, round(side / 520))
    edges: Image.Image | None = None
    for band in image.split():
        for dx, dy in ((steps, 0), (0, steps), (steps, steps)):
            moved = ImageChops.difference(band, ImageChops.offset(band, dx, dy))
            edges = moved if edges is None else ImageChops.lighter(edges, moved)
    assert edges is not None
    edges.paste(0, (0, 0, image.width, steps))
    edges.paste(0, (0, 0, steps, image.height))
    mask = edges.point([255 if level > 5 else 0 for level in range(256)])
    if side > 700:
        mask = mask.filter(ImageFilter.MaxFilter(3))
    mask = mask.filter(ImageFilter.GaussianBlur(0.8)).point(
        [max(0, min(255, (level - 70) * 2)) for level in range(256)]
    )
    dark = image.convert("L").point([255 if level < 92 else 0 for level in range(256)])
    deep = image.convert("L").point([255 if level < 46 else 0 for level in range(256)])
    hatch = ImageChops.multiply(dark, _hatching(image.size, pitch=side / 110))
    solid = deep.point([round(level * 0.8) for level in range(256)])
    mask = ImageChops.lighter(mask, ImageChops.lighter(hatch, solid))
    return Image.composite(
        Image.new("RGB", image.size, line.bytes), Image.new("RGB", image.size, paper.bytes), mask
    )


def stipple(image: Image.Image, *, seed: int, amount: float) -> Image.Image:
    """Coarse print grain that gathers in the darker tones."""
    tile = 512
    noise = Image.frombytes("L", (tile, tile), Random(f"dots{seed}").randbytes(tile * tile))
    noise = _tiled(noise, image.size)
    tone = image.convert("L").filter(ImageFilter.GaussianBlur(min(image.size) / 60))
    chance = tone.point([round(26 * (1 - level / 255) + 2) for level in range(256)])
    mask = ImageChops.subtract(chance, noise.point([level // 2 for level in range(256)]))
    mask = mask.point([min(255, level * 60) for level in range(256)])
    darker = image.point([round(level * (1 - amount)) for level in range(256)] * 3)
    return Image.composite(darker, image, mask.filter(ImageFilter.GaussianBlur(0.5)))


def clouds(size: Size, *, seed: int, octaves: tuple[int, ...], contrast: float) -> Image.Image:
    """Smooth noise around 128: each octave has that many cells along the shorter side."""
    total: Image.Image | None = None
    short = min(size)
    for order, cells in enumerate(octaves):
        grid = (
            max(2, round(cells * size[0] / short)),
            max(2, round(cells * size[1] / short)),
        )
        rng = Random(f"clouds{seed}/{order}")
        layer = Image.frombytes("L", grid, rng.randbytes(grid[0] * grid[1]))
        layer = layer.resize(size, Image.Resampling.BICUBIC)
        total = layer if total is None else Image.blend(total, layer, 1 / (order + 2))
    assert total is not None
    return total.point(
        [max(0, min(255, round(128 + (level - 128) * contrast))) for level in range(256)]
    )


def ragged(size: Size, *, seed: int) -> Image.Image:
    """A mask that is full in the middle and ends in an uneven edge near the border."""
    width, height = size
    short = min(size)
    margin = short * 0.055
    frame = Image.new("L", size, 0)
    frame.paste(255, (round(margin), round(margin), round(width - margin), round(height - margin)))
    frame = frame.filter(ImageFilter.GaussianBlur(margin * 0.55))
    noise = clouds(size, seed=seed, octaves=(7, 19, 53), contrast=0.9)
    both = Image.blend(frame, noise, 0.42)
    return both.point([max(0, min(255, (level - 118) * 9)) for level in range(256)])


def _centred(image: Image.Image, noise: Image.Image) -> Image.Image:
    """Add noise around 128 to all three channels alike."""
    layer = Image.merge("RGB", (noise, noise, noise))
    return ImageChops.add(image, layer, 1, -128)


def _tiled(tile: Image.Image, size: Size) -> Image.Image:
    full = Image.new("L", size)
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            full.paste(tile, (x, y))
    return full


def _radial(size: Size) -> Image.Image:
    """0 at the centre, 255 in the corners."""
    return (
        Image.radial_gradient("L").crop((37, 37, 219, 219)).resize(size, Image.Resampling.BICUBIC)
    )


def _wander(image: Image.Image, *, seed: int) -> Image.Image:
    """Outlines moved a little, smoothly, as a hand would."""
    width, height = image.size
    short = min(image.size)
    columns, rows = round(22 * width / short), round(22 * height / short)
    rng = Random(f"wander{seed}")
    reach = short / 190
    moved = [
        [(rng.uniform(-reach, reach), rng.uniform(-reach, reach)) for _ in range(columns + 1)]
        for _ in range(rows + 1)
    ]
    xs = [round(width * column / columns) for column in range(columns + 1)]
    ys = [round(height * row / rows) for row in range(rows + 1)]

    def corner(column: int, row: int) -> tuple[float, float]:
        dx, dy = moved[row][column]
        inside_x = 0 < column < columns
        inside_y = 0 < row < rows
        return xs[column] + (dx if inside_x else 0), ys[row] + (dy if inside_y else 0)

    mesh = [
        (
            (xs[column], ys[row], xs[column + 1], ys[row + 1]),
            (
                *corner(column, row),
                *corner(column, row + 1),
                *corner(column + 1, row + 1),
                *corner(column + 1, row),
            ),
        )
        for row in range(rows)
        for column in range(columns)
    ]
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


@lru_cache(maxsize=2)
def _hatching(size: Size, *, pitch: float) -> Image.Image:
    """Thin parallel lines, rising to the right."""
    width, height = size
    step = max(4, round(pitch))
    row = Image.new("L", (width + height, 1), 0)
    for x in range(0, width + height, step):
        row.paste(255, (x, 0, x + max(1, step // 4), 1))
    sheet = row.resize((width + height, height))
    return sheet.transform(
        size, Image.Transform.AFFINE, (1, 1, 0, 0, 1, 0), Image.Resampling.BILINEAR
    )
