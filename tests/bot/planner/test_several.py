"""Distinct images that people ask for at once, and the rows that are proposed for them."""

from typing import NamedTuple

import pytest

from bot.domain.people import Tool
from bot.domain.proposals import MAX_ITEMS
from bot.planner.concepts import angles
from tests.bot.planner.asking import item, planned, proposed, question


class Case(NamedTuple):
    text: str
    titles: str
    """Of the rows, apart by a bar."""
    prompts: str = ""
    """What the prompts begin with, apart by a bar."""
    aspects: str = ""
    styles: str = ""
    images: str = ""
    """Variations of each row."""


CASES = [
    # Takes on one thing.
    Case(
        "Make three homepage hero image concepts for this product launch.",
        "product launch homepage hero, close-up|product launch homepage hero, wide view"
        "|product launch homepage hero, from above",
        "Homepage hero image for this product launch, close-up of"
        "|Homepage hero image for this product launch, wide view"
        "|Homepage hero image for this product launch, seen straight from above",
        "16:9|16:9|16:9",
        "photo|photo|photo",
    ),
    Case(
        "create 3 different posters for the conference",
        "conference poster, big type|conference poster, one figure|conference poster, collage",
    ),
    Case(
        "4 logo concepts for Nimbus",
        "logo for Nimbus, geometric|logo for Nimbus, lettermark|logo for Nimbus, hand-drawn"
        "|logo for Nimbus, negative space",
    ),
    Case(
        "a couple of ideas for a poster about recycling, 9:16",
        "poster about recycling, big type|poster about recycling, one figure",
        aspects="9:16|9:16",
    ),
    Case(
        "a set of 4 posters for a jazz festival, in watercolour",
        "jazz festival poster, big type|jazz festival poster, one figure"
        "|jazz festival poster, collage|jazz festival poster, geometric",
        styles="watercolor|watercolor|watercolor|watercolor",
    ),
    Case("a fox in three different styles", "fox, watercolor|fox, flat|fox, 3D"),
    Case(
        "a fox in watercolor, line art and 3d",
        "fox, watercolor|fox, line art|fox, 3D",
        styles="watercolor|line-art|3d",
    ),
    Case(
        "a poster for our sale in square, 9:16 and 16:9",
        "poster for our sale, 1:1 square|poster for our sale, 9:16 story"
        "|poster for our sale, 16:9 wide",
        aspects="1:1|9:16|16:9",
    ),
    # Things joined.
    Case(
        "a logo and a banner for my bakery",
        "logo for my bakery|bakery, banner",
        "Logo for my bakery|Artwork for my bakery",
        "1:1|21:9",
    ),
    Case("logo and business card for a florist", "logo for a florist|business card for a florist"),
    Case("make a logo, a poster and a banner", "logo|poster|banner", aspects="1:1|2:3|21:9"),
    Case(
        "a logo, banner and poster for our bakery",
        "logo for our bakery|bakery, banner|poster for our bakery",
    ),
    Case("A photo of a dog and a poster of a cat", "dog|poster of a cat", styles="photo|poster"),
    Case(
        "I need two posters and a logo for the school fair",
        "poster for the school fair|logo for the school fair",
        images="2|1",
    ),
    Case(
        "make an instagram story and a linkedin post for our summer sale",
        "summer sale, Instagram story|summer sale, LinkedIn post",
        aspects="9:16|1:1",
    ),
    Case("draw a cat. Also draw a dog.", "cat|dog", "A cat|A dog"),
    Case("draw a cat and then draw a dog", "cat|dog"),
    Case(
        "an image of a fox, an image of a bear and an image of an owl, all in watercolour, 16:9",
        "fox|bear|owl",
        "A fox, soft washes|A bear, soft washes|An owl, soft washes",
        "16:9|16:9|16:9",
        "watercolor|watercolor|watercolor",
    ),
    Case(
        "I need two versions of a banner, one with a dog and one with a cat",
        "dog, banner|cat, banner",
        aspects="21:9|21:9",
    ),
    Case("a house: one at day, one at night", "house at day|house at night"),
    Case(
        "three logos for a bakery: one red, one blue and one green",
        "logo for a bakery, red|logo for a bakery, blue|logo for a bakery, green",
    ),
    # Things listed.
    Case(
        "set of 5 icons: home, search, cart, user and settings, flat style, 4:3",
        "home icon|search icon|cart icon|user icon|settings icon",
        aspects="4:3|4:3|4:3|4:3|4:3",
        styles="flat|flat|flat|flat|flat",
    ),
    Case(
        "a set of icons for settings, home and search",
        "icon for settings|icon for home|icon for search",
    ),
    Case("5 icons: home; search; cart; user; help", "home icon|search icon|cart icon|user icon"
         "|help icon"),
    Case("stickers: happy cat, sad cat, angry cat", "happy cat sticker|sad cat sticker"
         "|angry cat sticker"),
    Case("three posters for London, Paris and Rome", "poster for London|poster for Paris"
         "|poster for Rome"),
    Case("one for each of London, Paris and Rome", "London|Paris|Rome"),
    Case("a poster for each of London, Paris and Rome", "poster for London|poster for Paris"
         "|poster for Rome"),
    Case("one poster each for London and Rome", "poster for London|poster for Rome"),
    Case("an illustration for each season", "spring|summer|autumn|winter"),
    Case("posters for the four seasons", "poster for spring|poster for summer|poster for autumn"
         "|poster for winter"),
    Case("images of a cat, a dog and a bird", "cat|dog|bird"),
    Case("3 images of a cat, a dog and a bird", "cat|dog|bird"),
    Case("I need images for my blog: a desk, a window and a garden", "desk|window|garden"),
    Case(
        "three headers for our blog about tea, coffee and juice",
        "blog about tea, header|blog about coffee, header|blog about juice, header",
    ),
    # Briefs in lines.
    Case("1. a cat\n2. a dog\n3. a bird", "cat|dog|bird"),
    Case("Create images of the following:\n- cat\n- dog", "cat|dog"),
    Case("Create these images:\na cat\na dog\na bird", "cat|dog|bird"),
    Case(
        "Create four illustrations: 1) a desk 2) a chair 3) a lamp 4) a bed",
        "desk|chair|lamp|bed",
        styles="illustration|illustration|illustration|illustration",
    ),
    Case(
        "Create images of the following, all in watercolour, 16:9:\n- a cat\n"
        '- a dog with two variations\n- a logo for "Crumb", square',
        'cat|dog|logo for "Crumb"',
        'A cat|A dog|Logo for "Crumb"',
        "16:9|16:9|1:1",
        "watercolor|watercolor|watercolor",
        "1|2|1",
    ),
    Case(
        "Please make 3 posters for our jazz week:\n1. Opening night: a saxophone, 9:16\n"
        "2. Family day - children dancing, flat style\n3. Closing: fireworks over the harbour\n"
        "All without people.",
        "Opening night|Family day|Closing",
        "Poster of a saxophone for our jazz week|Poster of children dancing for our jazz week"
        "|Poster of fireworks over the harbour",
        "9:16|2:3|2:3",
        "poster|flat|poster",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:50])
def test_a_request_for_several_images_becomes_a_row_for_each(case: Case) -> None:
    found = proposed(case.text)

    assert found.tool is Tool.GENERATE_BATCH
    assert [row.title for row in found.items] == case.titles.split("|")
    if case.prompts:
        starts = case.prompts.split("|")
        assert all(
            row.prompt.startswith(start) for row, start in zip(found.items, starts, strict=True)
        )
    if case.aspects:
        assert [row.aspect.value for row in found.items] == case.aspects.split("|")
    if case.styles:
        assert [row.style_id for row in found.items] == case.styles.split("|")
    wanted = case.images.split("|") if case.images else ["1"] * len(found.items)
    assert [str(row.count) for row in found.items] == wanted


@pytest.mark.parametrize(
    ("text", "images"),
    [
        ("three variations of a fox logo", 3),
        ("four pictures of a dog", 4),
        ("2 logos for a bakery", 2),
        ("two cats on a sofa", 1),
        ("draw a cat and a dog", 1),
        ("Draw a dragon, a unicorn and a castle", 1),
        ("a poster with a logo and a banner", 1),
        ("a shelf with a book, a plant and a lamp", 1),
        ("a set of dishes on a table", 1),
        ("a table set for each guest", 1),
        ("three different foxes playing cards", 1),
        ("banner with icons of home, search and cart", 1),
        ("2 portraits of an old sailor, black and white", 2),
        ("each season in one image", 1),
        ("Please create an image:\n- a red bicycle\n- leaning on a wall\n- morning light", 1),
        ("an image of a man and a woman dancing", 1),
        ("one logo concept for Nimbus", 1),
        ("Create a fox logo. Make it square.", 1),
        ("Draw a cat. Give it a hat.", 1),
        ("a photo of bread and butter", 1),
    ],
)
def test_one_image_stays_one_though_it_shows_or_counts_several(text: str, images: int) -> None:
    found = proposed(text)

    assert found.tool is Tool.GENERATE
    assert [row.count for row in found.items] == [images]


def test_what_was_said_for_all_joins_every_prompt_and_each_row_may_differ() -> None:
    found = proposed(
        "Make these images, no people:\n1. a harbour with Sketch Mark\n2. a market, seed 7\n"
        "Use Sketch 2K for all. Two variations each."
    )

    assert [row.prompt.endswith("No people.") for row in found.items] == [True, True]
    assert [row.model_id for row in found.items] == ["sketch/mark", "sketch/compose-2k"]
    assert [row.count for row in found.items] == [2, 2]
    assert [row.seed for row in found.items] == [None, 7]


@pytest.mark.parametrize("rows", [2, 12, MAX_ITEMS])
@pytest.mark.parametrize("what", ["hero concepts", "logo concepts", "patterns", "posters"])
def test_concepts_differ_however_many_are_asked_for(rows: int, what: str) -> None:
    found = proposed(f"{rows} different {what} for our spring launch")

    assert len(found.items) == rows
    assert len({row.title for row in found.items}) == rows
    assert len({row.prompt for row in found.items}) == rows


def test_a_concept_contradicts_no_light_that_was_said() -> None:
    for angle in angles(None, "a harbour at night, neon light", number=MAX_ITEMS):
        assert not angle.sets_light


def test_a_brief_of_twenty_lines_is_taken_whole() -> None:
    lines = [f"{n}. a poster for city number {n}, {'very ' * 15}large" for n in range(1, 21)]
    found = proposed("\n".join(lines))

    assert len(found.items) == MAX_ITEMS
    assert all(row.prompt.count("very") == 15 for row in found.items)
    assert planned("\n".join([*lines, "21. a poster"])) == planned("30 concepts for a poster")


def test_as_many_images_as_things_are_asked_about_once() -> None:
    asked = question("two pictures of a cat and a dog")

    each, together = (choice.text for choice in asked.choices)
    assert [row.title for row in proposed(each).items] == ["cat", "dog"]
    assert (item(together).title, item(together).count) == ("cat and a dog", 2)


def test_quotations_are_kept_word_for_word_in_every_row() -> None:
    found = proposed('a poster saying "1. one, two and three" and a logo for "A & B"')

    assert '"1. one, two and three"' in found.items[0].prompt
    assert '"A & B"' in found.items[1].prompt
