"""Words and a seed in, a restrained palette out."""

from dataclasses import dataclass, replace

from bot.studio.sketch.colour import Colour, from_oklch, mix, parse, to_oklch, with_lightness


@dataclass(frozen=True)
class Palette:
    """Six colours by what they are for."""

    paper: Colour
    ground: Colour
    deep: Colour
    accent: Colour
    second: Colour
    ink: Colour
    subject: Colour | None = None
    """The colour the prompt asks the subject to have."""

    @property
    def dark(self) -> bool:
        return to_oklch(self.ground)[0] < 0.5


def _palette(text: str) -> Palette:
    return Palette(*(parse(css) for css in text.split()))


PALETTES = {
    "oat": _palette("#f6efe4 #e2d3bf #b89f83 #c2613a #5f7268 #2f2620"),
    "sage": _palette("#f2f1e6 #c9d1bd #8a9a80 #d98a4e #6d7f8c #26332b"),
    "terracotta": _palette("#faeee2 #e6b89c #b9694a #3f6b6b #e9c46a #3a1f18"),
    "dusk": _palette("#f4e9ea #d5b7c0 #84697f #e2875d #46597f #2a2038"),
    "sea": _palette("#eef4f2 #b9d3d3 #5d8f98 #e9785b #f0c987 #12303a"),
    "blush": _palette("#fdf1ec #f0cfc4 #c98f86 #8c3b4a #7a9387 #40222a"),
    "mustard": _palette("#fbf3dc #ecc667 #bf8a2e #2c5d63 #c8553d #2c2415"),
    "slate": _palette("#eef0f2 #c3cad3 #717e8e #e0694a #d9b36c #1d2530"),
    "lilac": _palette("#f5f1fa #d3c8e6 #8f7fb5 #f08a6b #4f9d94 #2a2145"),
    "forest": _palette("#eef0e3 #a9bb9c #4c6a51 #d9a441 #b5543c #16261c"),
    "ink": _palette("#e9e6e0 #39404f #20242f #e6a15c #7e9bb8 #10131a"),
    "night": _palette("#e7e9f3 #2c3763 #171d3d #f2b263 #8e7cc3 #0b0e22"),
    "emerald": _palette("#eef1e6 #1f5b4d #123a33 #e8b65a #d9795d #09211c"),
    "wine": _palette("#f7ebe4 #6e2a3a #431722 #e3a857 #c77f6f #24090f"),
    "candy": _palette("#fff4f4 #f9c5cf #ee8ba3 #3f7fbf #f7c548 #3a1d3a"),
    "snow": _palette("#fafafa #e6e8ea #aeb5bc #2b4acb #e5533d #17191c"),
}

LIGHT = ("oat", "sage", "terracotta", "sea", "blush", "slate", "dusk", "mustard", "lilac", "forest")
MOODS: dict[str, tuple[str, ...]] = {
    "calm": ("sage", "oat", "sea"),
    "warm": ("terracotta", "oat", "mustard", "blush"),
    "cosy": ("terracotta", "oat", "wine"),
    "cold": ("slate", "sea", "snow"),
    "dark": ("ink", "night", "wine", "emerald"),
    "luxury": ("emerald", "wine", "ink"),
    "playful": ("candy", "mustard", "lilac"),
    "natural": ("sage", "forest", "oat"),
    "clean": ("snow", "slate", "oat"),
    "romantic": ("blush", "dusk", "wine"),
    "retro": ("mustard", "terracotta", "forest"),
    "dream": ("lilac", "dusk", "blush"),
    "vivid": ("candy", "mustard", "sea"),
    "night": ("night", "ink"),
    "sea": ("sea", "slate"),
    "autumn": ("terracotta", "mustard", "forest"),
    "spring": ("blush", "sage", "lilac"),
    "winter": ("snow", "slate", "sea"),
    "summer": ("sea", "mustard", "terracotta"),
}
MOOD_WORDS = {
    word: mood
    for mood, words in {
        "calm": "calm quiet serene peaceful zen soothing tranquil gentle soft spa relaxed wellness",
        "warm": "warm golden sunny sunset sunrise sunlit earthy toasty rustic autumnal",
        "cosy": "cosy cozy hygge homely fireside inviting",
        "cold": "cold cool icy frosty crisp frozen arctic",
        "dark": "dark moody dramatic noir mysterious gothic brooding shadowy",
        "luxury": "luxury luxurious premium elegant opulent sophisticated upscale exclusive deluxe",
        "playful": "playful fun kids children kid toy cheerful happy joyful whimsical birthday",
        "natural": "natural organic botanical eco sustainable green herbal earth nature",
        "clean": "clean minimal minimalist minimalistic modern simple corporate tech sleek",
        "romantic": "romantic love wedding valentine valentines tender feminine",
        "retro": "retro vintage seventies 70s mid-century nostalgic classic old-fashioned",
        "dream": "dreamy dream magical fantasy ethereal surreal pastel mystical",
        "vivid": "vivid vibrant bold bright colourful colorful energetic tropical neon pop",
        "night": "night midnight nocturnal starry stars moonlit moon moonlight space galaxy cosmic",
        "sea": "sea ocean marine nautical coastal underwater beach aquatic",
        "autumn": "autumn fall october november harvest thanksgiving halloween",
        "spring": "spring blossom easter april",
        "winter": "winter christmas snowy snow december",
        "summer": "summer july august",
    }.items()
    for word in words.split()
}
COLOURS = {
    word: parse(css)
    for word, css in (
        pair.split(":")
        for pair in [
            "red:#c8392f",
            "crimson:#a51f32",
            "scarlet:#cf3325",
            "burgundy:#6e2036",
            "maroon:#6b2530",
            "orange:#e07b39",
            "tangerine:#ee8434",
            "coral:#ee7a63",
            "peach:#f4b18d",
            "apricot:#f0b27a",
            "terracotta:#c4633f",
            "rust:#a9502d",
            "copper:#b8704a",
            "bronze:#97703d",
            "brown:#7a5238",
            "chocolate:#54352a",
            "caramel:#b9783f",
            "tan:#c9a57d",
            "beige:#dcc7a8",
            "sand:#dcc39b",
            "cream:#f1e6d0",
            "ivory:#f4eddd",
            "oat:#e5d8c3",
            "yellow:#efc23f",
            "mustard:#d3a12f",
            "amber:#dc9a2e",
            "gold:#c99a3f",
            "golden:#d0a040",
            "lemon:#f1dc5a",
            "lime:#a5c63b",
            "green:#4f8a52",
            "olive:#7d7f45",
            "sage:#9aab8d",
            "mint:#aad8c1",
            "emerald:#1f7a5c",
            "jade:#3f9a78",
            "forest:#2f5a3f",
            "teal:#2b7f80",
            "turquoise:#41b3ae",
            "aqua:#68c3c8",
            "cyan:#38b4cf",
            "blue:#3a6ea8",
            "navy:#22355c",
            "azure:#3d8fd1",
            "cobalt:#2a4fa8",
            "sapphire:#234f9a",
            "indigo:#3b3f8f",
            "sky-blue:#8cbfe6",
            "purple:#75519a",
            "violet:#7d5bb0",
            "lilac:#b8a3d6",
            "lavender:#b3a6d9",
            "plum:#6d3a5d",
            "magenta:#b93a86",
            "pink:#e79aae",
            "rose:#d9899a",
            "blush:#edc1b8",
            "fuchsia:#c53a8e",
            "white:#f2efe9",
            "grey:#9a9c9f",
            "gray:#9a9c9f",
            "silver:#c3c7cb",
            "charcoal:#3d4148",
            "black:#26262a",
        ]
    )
}


def choose(
    seed: int,
    *,
    moods: tuple[str, ...] = (),
    ground: Colour | None = None,
    subject: Colour | None = None,
    dark: bool | None = None,
) -> Palette:
    """A palette for the moods, then tuned to the colours asked for by name.

    Neighbouring seeds get different palettes where there is more than one to choose from.
    """
    names: list[str] = []
    for mood in moods:
        names += [name for name in MOODS[mood] if dark is None or PALETTES[name].dark == dark]
    if not names:
        names = [name for name in PALETTES if PALETTES[name].dark] if dark else list(LIGHT)
    names = list(dict.fromkeys(names))
    palette = PALETTES[names[seed * 7 % len(names)]]
    if ground is not None:
        palette = on_ground(palette, ground)
    elif subject is not None and not moods:
        _, chroma, hue = to_oklch(subject)
        turn = hue + (0, 180, 150, 40)[seed % 4]
        if not dark:
            tint = from_oklch(0.86, min(0.045, 0.4 * chroma + 0.012), turn)
            palette = on_ground(palette, tint)
    return replace(palette, subject=subject)


def on_ground(palette: Palette, ground: Colour) -> Palette:
    """The same accents on another ground, its paper, deep tone and ink made from the ground."""
    lightness, chroma, hue = to_oklch(ground)
    return replace(
        palette,
        ground=ground,
        paper=from_oklch(min(0.975, max(0.93, lightness + 0.08)), min(0.02, chroma * 0.3), hue),
        deep=from_oklch(max(0.16, lightness - 0.2), chroma * 1.1, hue),
        ink=from_oklch(0.22, min(0.05, chroma), hue),
        accent=palette.accent
        if abs(to_oklch(palette.accent)[0] - lightness) > 0.12
        else with_lightness(palette.accent, 0.45 if lightness > 0.6 else 0.8),
    )


def tint(palette: Palette, share: float) -> Colour:
    """Between the ground and the paper."""
    return mix(palette.ground, palette.paper, share)
