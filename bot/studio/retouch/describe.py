"""Operations in, what they do in a few words out: for a card before, for an alt text after."""

from collections.abc import Iterable, Mapping

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
    Tone,
)

_TONES: Mapping[Tone, tuple[str, str]] = {
    Tone.WARM: ("warmer", "cooler"),
    Tone.BRIGHT: ("brighter", "darker"),
    Tone.CONTRAST: ("more contrast", "less contrast"),
    Tone.COLOURFUL: ("more colourful", "more muted"),
    Tone.GREY: ("black and white", ""),
    Tone.SEPIA: ("sepia", ""),
    Tone.FADE: ("faded", "less faded"),
    Tone.INVERT: ("inverted", ""),
    Tone.ENHANCE: ("enhanced", ""),
    Tone.BLUR: ("blurred", ""),
    Tone.SOFT: ("softer", "crisper"),
    Tone.SHARP: ("sharper", "less sharp"),
    Tone.GRAIN: ("film grain", ""),
    Tone.VIGNETTE: ("dark corners", ""),
}
_GRADED = frozenset(
    {Tone.WARM, Tone.BRIGHT, Tone.CONTRAST, Tone.COLOURFUL, Tone.SOFT, Tone.SHARP, Tone.BLUR}
)
_TURNS = {90: "turned right", 180: "turned upside down", 270: "turned left"}


def summary(operations: Iterable[Operation]) -> str:
    """Such as `the background warmer, cropped to 16:9`, without a full stop."""
    return ", ".join(dict.fromkeys(_said(operation) for operation in operations))


def _said(operation: Operation) -> str:
    match operation:
        case Adjust(tone=tone, amount=amount, region=region):
            return _within(region, _toned(tone, amount))
        case Recolour(paint=paint, region=region):
            return _within(region, f"in {paint.name}")
        case Tint(paint=paint, amount=amount, region=region):
            return _within(region, f"{'more' if amount > 0 else 'less'} {paint.name}")
        case Duotone(paints=paints, region=region):
            names = [paint.name for paint in paints]
            listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
            return _within(region, f"in {listed}")
        case Swap(source=source, target=target, region=region):
            return _within(region, f"{target.name} instead of {source.name}")
        case Restyle(medium=medium, amount=amount, region=region):
            return _within(region, f"{'partly ' if amount < 1 else ''}as {medium.value}")
        case Backdrop(paint=paint):
            return f"on plain {paint.name}" if paint else "on a transparent background"
        case Crop(ratio=ratio, name=name):
            return f"cropped to {name}" if ratio else "cropped closer"
        case Flip(axis=axis):
            return f"mirrored {axis.value}"
        case Rotate(degrees=degrees):
            return _TURNS[degrees]
        case Border(ratio=ratio, name=name) if ratio:
            return f"extended to {name}"
        case Border(paint=paint, fill=fill):
            return f"with a border in {paint.name}" if paint else f"with {_FILLS[fill.value]}"
        case Lettering(text=text):
            return f'with the words "{text}"'


_FILLS = {
    "white": "a white border",
    "extended": "more space around it",
    "blurred": "a blurred border",
}


def _toned(tone: Tone, amount: float) -> str:
    words = _TONES[tone][amount < 0]
    strength = abs(amount)
    if tone not in _GRADED or 0.75 <= strength <= 1.3:
        return words
    more = "strongly" if tone is Tone.BLUR else "much"
    return f"slightly {words}" if strength < 0.75 else f"{more} {words}"


def _within(region: Region, words: str) -> str:
    if region in (Region.SUBJECT, Region.BACKGROUND):
        is_noun = words.endswith(("contrast", "grain", "corners"))
        return f"the {region.value} {'with ' if is_noun else ''}{words}"
    return words
