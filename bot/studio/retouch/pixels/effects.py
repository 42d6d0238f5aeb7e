"""A picture in, the same one blurred, softened, sharpened, grained or with dark corners out."""

from PIL import Image, ImageChops, ImageFilter

from bot.studio.retouch.operations import Tone
from bot.studio.sketch import finish

EFFECTS = frozenset({Tone.BLUR, Tone.SOFT, Tone.SHARP, Tone.GRAIN, Tone.VIGNETTE})


def effect(
    image: Image.Image, tone: Tone, amount: float, *, seed: int, mask: Image.Image | None = None
) -> Image.Image:
    """The RGB picture with the effect everywhere; `mask`, L, tells what it is about to be seen in.

    Raises: ValueError for a tone that is a matter of colours alone.
    """
    side = min(image.size)
    match tone:
        case Tone.BLUR if mask is not None:
            return _blurred_within(image, mask, radius=side / 80 * amount)
        case Tone.BLUR:
            return image.filter(ImageFilter.GaussianBlur(side / 110 * amount))
        case Tone.SOFT if amount > 0:
            return _softened(image, amount)
        case Tone.SHARP if amount > 0:
            return _sharpened(image, amount)
        case Tone.SOFT:
            return _sharpened(image, -amount)
        case Tone.SHARP:
            return image.filter(ImageFilter.GaussianBlur(side / 260 * -amount))
        case Tone.GRAIN:
            return finish.grain(image, seed=seed, amount=min(20.0, 7.0 * amount))
        case Tone.VIGNETTE:
            return finish.vignette(image, amount=min(0.9, 0.55 * amount))
    raise ValueError(f"{tone} is not an effect")


def _softened(image: Image.Image, amount: float) -> Image.Image:
    """A glow: a share of a blurred, slightly lighter copy."""
    side = min(image.size)
    blurred = image.filter(ImageFilter.GaussianBlur(side / 120))
    glow = Image.blend(blurred, ImageChops.screen(image, blurred), 0.3)
    fine = image.filter(ImageFilter.GaussianBlur(side / 600))
    return Image.blend(fine, glow, min(0.85, 0.42 * amount))


def _sharpened(image: Image.Image, amount: float) -> Image.Image:
    radius = max(0.8, min(image.size) / 700)
    return image.filter(ImageFilter.UnsharpMask(radius, min(400, round(130 * amount)), 2))


def _blurred_within(image: Image.Image, mask: Image.Image, *, radius: float) -> Image.Image:
    """What lies under the mask blurred by itself, so that nothing from beside it spreads in."""
    scale = max(1, min(8, int(radius / 4)))
    small = image.reduce(scale)
    weight = mask.reduce(scale)
    blur = ImageFilter.GaussianBlur(radius / scale)
    black = Image.new("RGB", small.size)
    spread = Image.composite(small, black, weight).filter(blur)
    share = weight.filter(blur)
    # Colours are divided by how much of them is there; where nothing is, a wider blur stands in.
    wide = ImageFilter.GaussianBlur(4 * radius / scale)
    far = _divided(Image.composite(small, black, weight).filter(wide), weight.filter(wide))
    near = _divided(spread, share)
    known = share.point([min(255, max(0, (level - 12) * 6)) for level in range(256)])
    return Image.composite(near, far, known).resize(image.size, Image.Resampling.BICUBIC)


def _divided(image: Image.Image, share: Image.Image) -> Image.Image:
    """Premultiplied colours to plain ones."""
    return Image.merge("RGBa", (*image.split(), share)).convert("RGBA").convert("RGB")
