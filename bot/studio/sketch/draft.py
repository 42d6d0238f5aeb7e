"""A composition in progress: pixels, what stands where, and how objects are lit into it."""

from dataclasses import dataclass, field, replace
from random import Random

from PIL import Image, ImageChops, ImageFilter, ImageStat

from bot.studio.sketch import glyphs, svg
from bot.studio.sketch.brief import Archetype, Brief
from bot.studio.sketch.colour import Colour, mix, multiply, scale
from bot.studio.sketch.kit import Art, Kit, Maker
from bot.studio.sketch.landmarks import LANDMARKS
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.light import Light
from bot.studio.sketch.looks import Look
from bot.studio.sketch.palette import Palette
from bot.studio.sketch.svg import Canvas
from bot.studio.sketch.tableware import VESSELS
from bot.studio.sketch.things import THINGS

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
MAKERS: dict[str, Maker] = {**VESSELS, **THINGS, **LANDMARKS}
OPEN_AIR = (Archetype.SCENE, Archetype.POSTER)


@dataclass
class Draft:
    """A picture being composed. Canvas units make the shorter side 1000; `unit` is pixels each."""

    brief: Brief
    look: Look
    palette: Palette
    seed: int
    width_px: int
    height_px: int
    image: Image.Image = field(init=False)
    obstacles: list[Box] = field(default_factory=list)
    """What type must keep clear of."""
    figure: Image.Image | None = None
    """Where the things stand that the brief names, L."""

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width_px, self.height_px), self.palette.ground.bytes)

    @property
    def unit(self) -> float:
        return min(self.width_px, self.height_px) / 1000

    @property
    def width(self) -> float:
        return self.width_px / self.unit

    @property
    def height(self) -> float:
        return self.height_px / self.unit

    @property
    def smooth(self) -> bool:
        return self.look.tones == 0

    @property
    def time(self) -> str:
        """The hour that is drawn: a dark look turns day into dusk."""
        return "dusk" if self.look.dark and self.brief.time == "day" else self.brief.time

    def rng(self, what: str) -> Random:
        """A stream of its own for each decision, so that one does not disturb another."""
        return Random(f"{self.seed}/{what}")

    def canvas(self) -> Canvas:
        return Canvas(self.width, self.height)

    @property
    def light(self) -> Light:
        """The look's light, its shadows coloured by what the surroundings throw back."""
        own = self.look.light
        if own.tones:
            return own
        share = 0.45
        ground = self.palette.ground
        bright = max(ground) or 1.0
        wall = Colour(*(channel / bright for channel in ground))
        return replace(
            own,
            sky=mix(own.sky, multiply(wall, scale(own.sky, 1.15)), share),
            bounce=mix(own.bounce, multiply(wall, scale(own.bounce, 1.35)), share + 0.2),
        )

    def kit(self, canvas: Canvas, what: str = "subject") -> Kit:
        return Kit(
            canvas,
            self.light,
            self.palette,
            self.rng(what),
            steam=self.brief.steam,
            time=self.time,
            across=what == "subject" and self.brief.archetype in OPEN_AIR,
        )

    def lay(self, canvas: Canvas) -> Image.Image:
        """Render a canvas over the picture; returns the layer."""
        layer = canvas.render(width_px=self.width_px, height_px=self.height_px)
        self.image.paste(layer, (0, 0), layer)
        return layer

    def lay_soft(self, canvas: Canvas, *, radius: float) -> None:
        """Lay a canvas out of focus; quick, because blurred shapes need few pixels."""
        small = (max(1, self.width_px // 4), max(1, self.height_px // 4))
        layer = canvas.render(width_px=small[0], height_px=small[1])
        if radius:
            layer = layer.convert("RGBa").filter(ImageFilter.GaussianBlur(radius * self.unit / 4))
            layer = layer.convert("RGBA")
        layer = layer.resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(layer, (0, 0), layer)

    def shade(self, mask: Image.Image, colour: Colour, strength: float) -> None:
        """Darken the picture towards a colour where the mask is full, by a share."""
        full = Image.new("RGB", self.image.size, colour.bytes)
        dark = ImageChops.multiply(self.image, full)
        self.image = Image.composite(
            dark, self.image, mask.point([round(level * strength) for level in range(256)])
        )

    def blurred(self, radius: float) -> None:
        """Put everything so far out of focus; `radius` in units."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * self.unit))


def make(subject: Subject, kit: Kit) -> Art:
    """The art of a subject."""
    maker = MAKERS.get(subject.art)
    return maker(kit) if maker else glyphs.glyph(kit, subject.art)


def body_colour(draft: Draft, subject: Subject) -> Colour:
    """The mean colour that a subject shows in this look and palette."""
    side = 48
    canvas = Canvas(1000, 1000)
    art = make(subject, draft.kit(canvas))
    fit = 1000 / max(art.height, art.width)
    centre = -(art.left + art.right) / 2 * fit + 500
    canvas.add(
        svg.group(art.shapes, transform=f"translate({svg.n(centre)} 1000) scale({svg.n(fit)})")
    )
    layer = canvas.render(width_px=side, height_px=side)
    seen = ImageStat.Stat(layer.convert("RGB"), mask=layer.getchannel("A"))
    return Colour(*(level / 255 for level in seen.mean))


def stand(
    draft: Draft,
    subject: Subject,
    *,
    x: float,
    y: float,
    height: float,
    width: float,
    what: str = "subject",
    ground: Image.Image | None = None,
    shadow: float = 1.0,
    soft: float = 0.0,
    clear: bool = True,
) -> Box:
    """Stand an object on (x, y) within a size in units, with its shadows; its box in pixels.

    `ground` limits where its shadow may fall; `soft` blurs it, for things behind the focus.
    """
    canvas = draft.canvas()
    art = make(subject, draft.kit(canvas, what))
    scale = min(height / art.height, width / art.width)
    x -= (art.left + art.right) / 2 * scale * 0.5
    place = f"translate({svg.n(x)} {svg.n(y)}) scale({svg.n(scale)})"
    canvas.add(svg.group(art.shapes, transform=place))
    layer = canvas.render(width_px=draft.width_px, height_px=draft.height_px)
    alpha = layer.getchannel("A")
    box = alpha.getbbox() or (0, 0, 1, 1)
    # Lines alone cannot tell a shadow from a thing.
    if shadow and not art.floats and draft.look.medium != "ink":
        cast_shadow(draft, alpha, box, ground=ground, strength=shadow)
    if soft:
        layer = layer.filter(ImageFilter.GaussianBlur(soft * draft.unit))
    draft.image.paste(layer, (0, 0), layer)
    if art.above:
        glow = draft.lay(canvas.over(svg.group(art.above, transform=place))).getchannel("A")
        visible = glow.point([255 if level > 40 else 0 for level in range(256)])
        box = _union(box, visible.getbbox())
    if clear:
        draft.obstacles.append(box)
        draft.figure = ImageChops.lighter(draft.figure, alpha) if draft.figure else alpha
    return box


def cast_shadow(
    draft: Draft,
    alpha: Image.Image,
    box: Box,
    *,
    ground: Image.Image | None,
    strength: float,
) -> None:
    """A shadow cast to the back and the right of what `alpha` shows, and one of contact."""
    left, top, right, bottom = box
    tall = bottom - top
    foot_box = alpha.crop((0, bottom - max(2, round(tall * 0.07)), alpha.width, bottom)).getbbox()
    foot_left, foot_right = (foot_box[0], foot_box[2]) if foot_box else (left, right)
    wide = foot_right - foot_left
    base = bottom - round(wide * (0.09 if draft.smooth else 0.06))
    flat, lean = 0.3, 0.75
    small = 4 if draft.smooth else 1
    cast = alpha.transform(
        alpha.size,
        Image.Transform.AFFINE,
        (1, lean / flat, -lean * base / flat, 0, 1 / flat, base * (1 - 1 / flat)),
        Image.Resampling.BILINEAR,
    )
    if draft.smooth:
        cast = cast.reduce(small)
        near = cast.filter(ImageFilter.GaussianBlur(max(1.0, 9 * draft.unit / small)))
        far = cast.filter(ImageFilter.GaussianBlur(max(1.0, 26 * draft.unit / small)))
        fade = Image.new("L", cast.size, 0)
        reach = max(1, round(tall * flat / small))
        ramp = Image.linear_gradient("L").resize((cast.width, reach))
        fade.paste(ramp, (0, round(base / small) - reach))
        fade.paste(255, (0, round(base / small), cast.width, cast.height))
        cast = Image.composite(near, far, fade).resize(alpha.size, Image.Resampling.BILINEAR)
    contact = _contact(draft, alpha, (foot_left, base, foot_right, bottom))
    contact = contact.filter(ImageFilter.GaussianBlur(max(1.0, 7 * draft.unit)))
    if ground is not None:
        cast = ImageChops.multiply(cast, ground)
    tone = Colour(0.3, 0.25, 0.27) if draft.smooth else Colour(0.62, 0.58, 0.66)
    draft.shade(cast, tone, (0.5 if draft.smooth else 0.8) * strength)
    if draft.smooth:
        draft.shade(contact, Colour(0.26, 0.2, 0.19), 0.6 * strength)


def _contact(draft: Draft, alpha: Image.Image, foot: Box) -> Image.Image:
    """Where the object touches the ground: an oval under a round foot, else the feet themselves."""
    left, base, right, bottom = foot
    wide = right - left
    strip = alpha.crop((left, bottom - max(3, round(wide * 0.05)), max(left + 1, right), bottom))
    full = sum(level * count for level, count in enumerate(strip.histogram())) / 255
    solid = full > 0.6 * strip.width * strip.height
    shape = (
        Image.radial_gradient("L").point([255 if level < 180 else 0 for level in range(256)])
        if solid
        else strip
    )
    spread = (0.93 if draft.smooth else 1.04) if solid else 1.0
    reach = 1.41 if solid else 1.0
    size = (max(2, round(wide * spread * reach)), max(2, round(wide * 0.2 * reach * spread)))
    if not solid:
        size = (size[0], max(2, round(wide * 0.07)))
    shape = shape.resize(size)
    contact = Image.new("L", alpha.size, 0)
    middle = (left + right) / 2 + wide * 0.06
    top = base - size[1] * 0.42 if solid else bottom - size[1] * 0.6
    contact.paste(shape, (round(middle - size[0] / 2), round(top)))
    return contact


def _union(a: Box, b: Box | None) -> Box:
    if b is None:
        return a
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
