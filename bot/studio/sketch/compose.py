"""A brief in, a finished picture out: palette, composition, medium, type, surface."""

from dataclasses import replace

from PIL import Image, ImageFilter, ImageStat

from bot.studio.sketch import land, lettering, looks, marks, mounts, posters, repeat, shapes, stage
from bot.studio.sketch import palette as palettes
from bot.studio.sketch.brief import Archetype, Brief
from bot.studio.sketch.colour import BLACK, WHITE, Colour, contrast, legible, luminance, mix
from bot.studio.sketch.draft import Box, Draft
from bot.studio.sketch.lettering import Block
from bot.studio.sketch.looks import Look
from bot.studio.sketch.room import Room

TYPEFACES = {
    Archetype.PRODUCT: ("serif", "geometric-medium", "serif-italic", "sans"),
    Archetype.SCENE: ("serif", "geometric", "serif-black", "sans-black"),
    Archetype.POSTER: ("condensed", "geometric", "serif-black", "sans-black"),
    Archetype.LOGO: ("geometric", "serif", "round", "geometric-medium", "sans-black"),
    Archetype.PATTERN: ("serif",),
    Archetype.WORDS: ("geometric", "serif-black", "condensed", "sans-black"),
}
FLAT = (Archetype.LOGO, Archetype.PATTERN, Archetype.POSTER, Archetype.WORDS)
"""Drawn without light and shade, a poster only where it shows no landscape."""
GAP = 0.03
"""The least distance between type and an object, as a share of the shorter side."""
_IN_THE_SKY = 0.6
"""How much smaller than elsewhere words may be to stand in the sky."""


def picture(brief: Brief, *, style: str, width_px: int, height_px: int, seed: int) -> Image.Image:
    """Compose, surface and letter the picture; RGB of exactly that size."""
    look = looks.look_for(style)
    brief = _readable(brief)
    palette = palettes.choose(
        seed,
        moods=brief.moods,
        ground=brief.ground_colour,
        subject=brief.subject_colour,
        dark=look.dark if brief.time != "night" else None,
    )
    draft = Draft(brief, look, palette, seed, width_px, height_px)
    if brief.archetype is Archetype.WORDS and (look.everyday or look.studio):
        size = mounts.sheet_size(width_px, height_px)
        sheet = Draft(brief, looks.look_for("flat"), palette, seed, *size)
        letter(sheet, drawn(sheet))
        mounts.mounted(draft, sheet.image)
        draft.image = looks.surfaced(draft.image, look, palette=palette, seed=seed)
        return looks.closed(draft.image, look, seed=seed)
    draft.look = look = _in_medium(look, brief)
    room = drawn(draft)
    draft.image = looks.modelled(draft.image, look, archetype=brief.archetype)
    draft.image = looks.surfaced(draft.image, look, palette=palette, seed=seed)
    if brief.title:
        letter(draft, room)
    return looks.closed(draft.image, look, seed=seed)


def _in_medium(look: Look, brief: Brief) -> Look:
    """The look as it is for plain shapes, without light and shade, where nothing else is drawn."""
    pictured = brief.archetype is Archetype.POSTER and brief.is_outdoors
    if brief.archetype not in FLAT or pictured:
        return look
    if look.medium != "wash":
        look = looks.without_shade(look)
    if look.tones == 0 and brief.archetype is not Archetype.PATTERN:
        look = replace(look, tones=3 if brief.archetype is Archetype.POSTER else 2)
    return look


def drawn(draft: Draft) -> Room | None:
    """Draw the composition the brief asks for; the room it keeps for words, if it keeps one."""
    archetype = draft.brief.archetype
    if archetype is Archetype.PRODUCT:
        stage.compose(draft)
    elif archetype is Archetype.SCENE:
        land.compose(draft)
    elif archetype is Archetype.POSTER:
        return posters.poster(draft)
    elif archetype is Archetype.LOGO:
        return marks.logo(draft)
    elif archetype is Archetype.PATTERN:
        repeat.pattern(draft)
    else:
        return shapes.shapes_composition(draft, lettered=bool(draft.brief.title))
    return None


def _readable(brief: Brief) -> Brief:
    """The brief with only such words as the typefaces can show; a repeat has none."""
    if brief.archetype is Archetype.PATTERN:
        return replace(brief, title="", caption="")
    title, _ = lettering.readable(brief.title, "sans")
    caption, _ = lettering.readable(brief.caption, "sans")
    return replace(brief, title=title, caption=caption if title else "")


def letter(draft: Draft, room: Room | None) -> list[Box]:
    """Set the title and the caption clear of everything; the boxes of what was set, in pixels."""
    rng = draft.rng("type")
    names = TYPEFACES[draft.brief.archetype]
    if "playful" in draft.brief.moods:
        names = ("round", "hand")
    face = rng.choice(names)
    if room is not None:
        rooms = clear_of(_box(draft, room), draft.obstacles, gap=round(GAP * 500 * draft.unit))
    else:
        rooms = free_rooms(draft.obstacles, width=draft.width_px, height=draft.height_px)
    fits = [
        (candidate, block)
        for candidate in rooms
        if (block := _title(draft, face, candidate)) is not None
    ]
    if not fits:
        return []
    largest = max(block.size_px for _, block in fits)
    # The first room is above everything: words stand better in the sky than on the land.
    is_sky = room is None and draft.brief.archetype in (Archetype.SCENE, Archetype.POSTER)
    least = _IN_THE_SKY if is_sky else 1.0
    box, block = next(each for each in fits if each[1].size_px >= least * largest)
    return _set_in(draft, box, block, face, centred=_is_centred(draft, box, room))


def free_rooms(obstacles: list[Box], *, width: int, height: int) -> list[Box]:
    """The bands and columns round all obstacles, with a margin; at most four."""
    margin = round(0.065 * min(width, height))
    gap = round(GAP * min(width, height))
    if not obstacles:
        return [(margin, margin, width - margin, round(height * 0.45))]
    left = min(box[0] for box in obstacles) - gap
    top = min(box[1] for box in obstacles) - gap
    right = max(box[2] for box in obstacles) + gap
    bottom = max(box[3] for box in obstacles) + gap
    rooms = [
        (margin, margin, width - margin, top),
        (margin, bottom, width - margin, height - margin),
        (margin, margin, left, height - margin),
        (right, margin, width - margin, height - margin),
    ]
    return [room for room in rooms if room[2] - room[0] > gap and room[3] - room[1] > gap]


def clear_of(room: Box, obstacles: list[Box], *, gap: int) -> list[Box]:
    """The room, or what is left of it above, below and beside the obstacles in it."""
    rooms = [room]
    for box in obstacles:
        left, top, right, bottom = box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap
        left_over: list[Box] = []
        for a, b, c, d in rooms:
            if left >= c or right <= a or top >= d or bottom <= b:
                left_over.append((a, b, c, d))
                continue
            parts = (
                (a, b, c, min(d, top)),
                (a, max(b, bottom), c, d),
                (a, b, min(c, left), d),
                (max(a, right), b, c, d),
            )
            left_over += [part for part in parts if part[2] > part[0] and part[3] > part[1]]
        rooms = left_over
    return rooms


def _title(draft: Draft, face: str, box: Box) -> Block | None:
    longer = max(draft.width_px, draft.height_px)
    share = 0.66 if draft.brief.caption else 1.0
    largest = {Archetype.POSTER: 0.2, Archetype.WORDS: 0.2, Archetype.LOGO: 0.16}
    if draft.width > 1300:
        largest[Archetype.SCENE] = 0.14
        largest[Archetype.LOGO] = 0.26
    return lettering.fit(
        draft.brief.title,
        face,
        width_px=box[2] - box[0],
        height_px=(box[3] - box[1]) * share,
        largest_px=min(draft.width_px, draft.height_px) * largest.get(draft.brief.archetype, 0.105),
        smallest_px=longer * lettering.MIN_SIZE_SHARE,
        colour=BLACK,
        align="middle",
    )


def _is_centred(draft: Draft, box: Box, room: Room | None) -> bool:
    wide = box[2] - box[0] > 0.6 * draft.width_px
    return wide or (room is None and draft.brief.archetype is not Archetype.SCENE and wide)


def _set_in(draft: Draft, box: Box, block: Block, face: str, *, centred: bool) -> list[Box]:
    stacked = draft.brief.archetype is Archetype.LOGO and draft.width <= 1300
    align = "middle" if centred or stacked else "start"
    if (
        draft.brief.archetype in (Archetype.WORDS, Archetype.POSTER)
        and face in ("geometric", "sans-black", "serif-black")
        and draft.seed % 2
    ):
        align = "start"
    ink = _ink(draft, box)
    longer = max(draft.width_px, draft.height_px)
    title = lettering.fit(
        draft.brief.title,
        face,
        width_px=box[2] - box[0],
        height_px=box[3] - box[1],
        largest_px=block.size_px,
        smallest_px=1,
        colour=ink,
        align=align,
    )
    if title is None:
        return []
    caption = None
    gap = round(title.size_px * 0.42)
    left_over = box[3] - box[1] - title.image.height - gap
    if draft.brief.caption:
        caption = lettering.fit(
            draft.brief.caption,
            "caption",
            width_px=box[2] - box[0],
            height_px=left_over,
            largest_px=max(title.size_px * 0.26, longer * 0.017),
            smallest_px=longer * 0.011,
            colour=ink,
            align=align,
        )
    total = title.image.height + (gap + caption.image.height if caption else 0)
    y = box[1] + (box[3] - box[1] - total) // 2
    wide = box[2] - box[0] > 0.6 * draft.width_px
    if wide and draft.brief.archetype is Archetype.LOGO:
        y = box[1]
    elif wide and draft.brief.archetype in (Archetype.PRODUCT, Archetype.SCENE):
        y = box[1] + (box[3] - box[1] - total) // 6
    boxes: list[Box] = []
    for piece in (title, caption):
        if piece is None:
            continue
        free = box[2] - box[0] - piece.image.width
        x = box[0] + (free // 2 if align == "middle" else 0)
        boxes.append((x, y, x + piece.image.width, y + piece.image.height))
        draft.image.paste(piece.image, (x, y), piece.image)
        y += piece.image.height + gap
    return boxes


def _ink(draft: Draft, box: Box) -> Colour:
    """Ink or paper, whichever reads better there; a busy ground is quietened first."""
    area = draft.image.crop(box)
    stat = ImageStat.Stat(area)
    mean = Colour(*(level / 255 for level in stat.mean))
    palette = draft.palette
    ink = max((palette.ink, palette.paper), key=lambda tone: contrast(tone, mean))
    restless = max(stat.stddev) > 26 or contrast(ink, mean) < 4.5
    if restless:
        pole = BLACK if luminance(ink) > 0.5 else WHITE
        veil = Image.new("L", draft.image.size, 0)
        pad = round(0.02 * min(draft.image.size))
        veil.paste(105, (box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad))
        veil = veil.filter(ImageFilter.GaussianBlur(0.06 * min(draft.image.size)))
        tone = mix(mean, pole, 0.75)
        draft.image.paste(Image.new("RGB", draft.image.size, tone.bytes), (0, 0), veil)
        mean = Colour(*(level / 255 for level in ImageStat.Stat(draft.image.crop(box)).mean))
    return legible(ink, mean, ratio=4.5)


def _box(draft: Draft, room: Room) -> Box:
    left, top, right, bottom = (round(edge * draft.unit) for edge in room)
    return max(0, left), max(0, top), min(draft.width_px, right), min(draft.height_px, bottom)
