"""Contact sheets of the local engine for the docs, drawn by `make sheet`."""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from PIL import Image

from bot.studio.retouch import retouch
from bot.studio.sketch import compose, draw, lettering
from bot.studio.sketch.brief import Archetype, Brief, read
from bot.studio.sketch.colour import Colour
from bot.studio.styles import STYLES

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
BRIEFS = (
    ("Product hero for a ceramic coffee mug", "Slow Mornings"),
    ("Running shoe for a spring launch", "Run Lighter"),
    ("Skincare bottle, soft and calm", "Daily Serum"),
    ("Lighthouse on a cliff at dusk", "Safe Harbour"),
    ("Jazz festival with a saxophone “Blue Note Nights”", "Blue Note Nights"),
    ("Coffee shop logo for “Northwind”", "Northwind"),
    ("Friendly fox mascot", "Hello, Fox"),
    ("Launch poster with a rocket “We have liftoff”", "We have liftoff"),
    ("Mountain cabin in the snow at night", "Winter Cabins"),
    ("Botanical pattern of leaves and tulips", "Spring Botanicals"),
    ("App icon for a weather app, a cloud", "Weather App"),
    ("Conference banner “Design Systems Day”", "Design Systems Day"),
    ("Birthday card with a cake “Happy Birthday”", "Happy Birthday"),
    ("A bowl of ramen, steaming", "Ramen Club"),
    ("Travel poster for the desert “Visit Arizona”", "Visit Arizona"),
    ("Wine bottle on a dark ground", "Reserve 2019"),
    ("Headphones in bright pink, playful", "Press Play"),
    ("Sailing boat on the sea at sunrise", "Summer Regatta"),
    ("House plant for a newsletter", "The Green Letter"),
    ("City skyline at night “Open late”", "Open late"),
)
"""What people in marketing, product and design ask for; and words to set in type alone."""
COLUMNS: tuple[tuple[Archetype, str], ...] = (
    (Archetype.PRODUCT, "product-photo"),
    (Archetype.SCENE, "illustration"),
    (Archetype.POSTER, "poster"),
    (Archetype.LOGO, "logo"),
    (Archetype.PATTERN, "pattern"),
    (Archetype.WORDS, "flat"),
)
"""Each composition with the style that is most its own."""
EDITS = (
    "Make the background warmer",
    "Make the teapot blue",
    "In brand colours navy and coral",
    "Add the text “Tea” at the top",
    "Crop it to 4:3",
    "Extend it to 16:9",
    "As line art",
    "As a pencil sketch",
    "As a watercolor",
    "As a flat illustration",
    "As a screen print",
    "As pixel art",
)
EDITED = "A red teapot"
ROWS_ON_A_SHEET = 10
SUBJECT = "A teapot with steam on a wooden table"
SCENE = "A lighthouse on a cliff at dusk"
SEED = 20
DRAWN_PX, SHOWN_PX = 1024, 216
GAP_PX, NAME_PX = 10, 30
PAPER, INK, EMPTY = Colour(0.975, 0.97, 0.96), Colour(0.16, 0.16, 0.18), Colour(0.94, 0.935, 0.92)


def compositions(first: int) -> Iterator[list[Image.Image]]:
    """A row of pictures for each brief of a sheet: the same words in every composition."""
    for at in range(first, first + ROWS_ON_A_SHEET):
        prompt, words = BRIEFS[at]
        row = []
        for archetype, style in COLUMNS:
            brief = composed_as(archetype, read(prompt, style=style), words)
            row.append(
                compose.picture(
                    brief, style=style, width_px=DRAWN_PX, height_px=DRAWN_PX, seed=SEED + at
                )
                if brief
                else Image.new("RGB", (SHOWN_PX, SHOWN_PX), EMPTY.bytes)
            )
        yield row


def composed_as(archetype: Archetype, brief: Brief, words: str) -> Brief | None:
    """The brief in a composition of our choice, as far as the engine would ever compose it so."""
    if archetype is Archetype.WORDS:
        return replace(brief, archetype=archetype, title=words)
    if archetype is Archetype.PRODUCT and brief.subject is None:
        return None
    if archetype is Archetype.SCENE and brief.subject is None and brief.place is None:
        return None
    if archetype is Archetype.SCENE and brief.subject is not None and not brief.is_outdoors:
        return replace(brief, archetype=Archetype.PRODUCT)
    return replace(brief, archetype=archetype)


def styles(prompt: str) -> list[Image.Image]:
    """One prompt in every style of the catalog."""
    return [
        draw(prompt, style=style.id, width_px=DRAWN_PX, height_px=DRAWN_PX, seed=SEED)
        for style in STYLES
    ]


def edits() -> list[Image.Image]:
    """One photo after each edit, on a square of paper where it is none itself any more."""
    photo = draw(
        EDITED, style="product-photo", width_px=DRAWN_PX, height_px=DRAWN_PX, seed=SEED + 3
    )
    shown = []
    for instruction in EDITS:
        image = retouch(photo, instruction).image
        image.thumbnail((DRAWN_PX, DRAWN_PX))
        square = Image.new("RGB", (DRAWN_PX, DRAWN_PX), EMPTY.bytes)
        square.paste(image, ((DRAWN_PX - image.width) // 2, (DRAWN_PX - image.height) // 2))
        shown.append(square)
    return shown


def sheet(
    rows: list[list[Image.Image]], *, above: list[list[str]], beside: list[str]
) -> Image.Image:
    """Pictures in rows with a name over each column, or each picture, and a line over each row."""
    pitch = SHOWN_PX + GAP_PX
    wide = len(rows[0]) * pitch + GAP_PX
    tops, y = [], GAP_PX
    for at in range(len(rows)):
        y += NAME_PX if beside[at] else 0
        y += NAME_PX if above[at] else 0
        tops.append(y)
        y += pitch
    page = Image.new("RGB", (wide, y), PAPER.bytes)
    for row, top, names, line in zip(rows, tops, above, beside, strict=True):
        if line:
            say(page, line, x=GAP_PX, y=top - NAME_PX * (2 if names else 1), bold=True)
        for column, name in enumerate(names):
            say(page, name, x=GAP_PX + column * pitch, y=top - NAME_PX)
        for column, picture in enumerate(row):
            small = picture.resize((SHOWN_PX, SHOWN_PX), Image.Resampling.LANCZOS)
            x = GAP_PX + column * pitch
            page.paste(small, (x, top))
            if picture.width == SHOWN_PX:
                say(page, "names nothing to show so", x=x + 14, y=top + SHOWN_PX // 2)
    return page


def say(page: Image.Image, words: str, *, x: int, y: int, bold: bool = False) -> None:
    """Set a line of type with its left end at x, in the height of a name from y on."""
    block = lettering.fit(
        words,
        "sans-black" if bold else "sans",
        width_px=page.width - x if bold else SHOWN_PX - 20,
        height_px=NAME_PX - 8,
        largest_px=17 if bold else 15,
        smallest_px=1,
        colour=INK,
        align="start",
    )
    if block is not None:
        page.paste(block.image, (x, y + (NAME_PX - block.image.height) // 2), block.image)


def write(folder: Path) -> None:
    """All sheets as JPEG into a folder."""
    names = [archetype.value for archetype, _ in COLUMNS]
    for first in range(0, len(BRIEFS), ROWS_ON_A_SHEET):
        prompts = [prompt for prompt, _ in BRIEFS[first : first + ROWS_ON_A_SHEET]]
        page = sheet(
            list(compositions(first)), above=[names, *[[] for _ in prompts[1:]]], beside=prompts
        )
        save(page, folder / f"sketch-{first // ROWS_ON_A_SHEET + 1}.jpg")
    rows, above, beside = [], [], []
    for prompt in (SUBJECT, SCENE):
        pictures = styles(prompt)
        for half in (slice(0, 6), slice(6, 12)):
            rows.append(pictures[half])
            above.append([style.name for style in STYLES[half]])
            beside.append(prompt if half.start == 0 else "")
    save(sheet(rows, above=above, beside=beside), folder / "sketch-styles.jpg")
    edited = edits()
    page = sheet(
        [edited[:6], edited[6:]],
        above=[list(EDITS[:6]), list(EDITS[6:])],
        beside=["", ""],
    )
    save(page, folder / "sketch-edits.jpg")


def measured() -> str:
    """How long a picture of 1024 x 1024 takes, in seconds of one core, over all styles."""
    seconds = []
    for style in STYLES:
        for at, (prompt, _) in enumerate(BRIEFS[::4]):
            started = time.process_time()
            draw(prompt, style=style.id, width_px=1024, height_px=1024, seed=SEED + at)
            seconds.append(time.process_time() - started)
    return (
        f"1024 x 1024: {min(seconds):.2f} to {max(seconds):.1f} s of one core, "
        f"median {median(seconds):.2f}"
    )


def save(page: Image.Image, path: Path) -> None:
    """Write a JPEG and say how large it is."""
    page.save(path, "JPEG", quality=82, optimize=True, progressive=True)
    print(f"{path.name}: {page.width} x {page.height}, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    started = time.monotonic()
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    print(measured())
    print(f"{time.monotonic() - started:.0f} s in all")
