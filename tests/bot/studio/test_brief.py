"""What prompts are understood to ask for."""

import pytest

from bot.studio.sketch.brief import Archetype, read

MUG = "Create a square product hero for a ceramic coffee mug"


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        (MUG, "coffee mug"),
        ("a fox in a forest", "fox"),
        ("three foxes", "fox"),
        ("glass bottle of olive oil", "bottle"),
        ("strawberry cake", "cake"),
        ("a mountain bike", "bicycle"),
        ("ripe cherries on a table", "red_cherries"),
        ("a product hero on our home page", None),
        ("a square image for the landing page", None),
        ("can you make something new", None),
        ("something to bridge both teams", None),
        ("a light house on a cliff", "lighthouse"),
        ("key visual for the summit", None),
        ("cream background with soft light", None),
        ("an abstract idea of progress", None),
        ("skincare bottle with a dropper", "serum bottle"),
        ("app icon for a weather app, a cloud", "cloud"),
    ],
)
def test_the_subject_is_the_noun_that_can_be_drawn(prompt: str, subject: str | None) -> None:
    found = read(prompt, style="product-photo").subject
    wanted = "cherries" if subject == "red_cherries" else subject
    assert (found and found.name.replace("cherry", "cherries")) == wanted


@pytest.mark.parametrize(
    ("prompt", "style", "archetype"),
    [
        (MUG, "product-photo", Archetype.PRODUCT),
        (MUG, "logo", Archetype.LOGO),
        (MUG, "pattern", Archetype.PATTERN),
        (MUG, "poster", Archetype.POSTER),
        ("logo for a bakery", "flat", Archetype.LOGO),
        ("seamless pattern of lemons", "flat", Archetype.PATTERN),
        ("a bear in the snow", "photo", Archetype.SCENE),
        ("mountains at dawn", "cinematic", Archetype.SCENE),
        ("quarterly planning", "photo", Archetype.WORDS),
        ("app icon with a fox", "flat", Archetype.LOGO),
    ],
)
def test_style_and_words_choose_the_composition(
    prompt: str, style: str, archetype: Archetype
) -> None:
    assert read(prompt, style=style).archetype is archetype


@pytest.mark.parametrize(
    ("prompt", "title", "caption"),
    [
        ('poster "Summer Nights", "12 June"', "Summer Nights", "12 June"),
        ("poster saying “Grüße aus Köln”", "Grüße aus Köln", ""),
        ("Poster for the annual offsite in Lisbon", "Annual Offsite in Lisbon", ""),
        ("Poster for a jazz night in Lisbon", "", ""),
        ("An abstract geometric poster", "", ""),
        ("Poster of a lighthouse at night, blurred background.", "", ""),
        ('Poster of a lighthouse "Keepers"', "Keepers", ""),
        ("a logo called Crumb & Co", "Crumb & Co", ""),
        ('poster "Summer Nights", no text', "", ""),
        ("don't crop the poster 'Deep Sea'", "Deep Sea", ""),
    ],
)
def test_quoted_words_are_the_title_and_a_poster_that_shows_its_subject_needs_none(
    prompt: str, title: str, caption: str
) -> None:
    brief = read(prompt, style="poster")
    assert (brief.title, brief.caption) == (title, caption)


def test_a_product_has_no_words_unless_they_are_quoted() -> None:
    assert read(MUG, style="product-photo").title == ""
    assert read(MUG + ' "Slow"', style="product-photo").title == "Slow"


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Lighthouse on a cliff at dusk", ""),
        ("headphones in bright pink, playful", ""),
        ("logo for Crumb & Co, a bread", "Crumb & Co"),
        ("fox “Reynard”", "Reynard"),
        ("Northwind Coffee Roasters “Northwind”", "Northwind"),
        ("northwind holdings", "Northwind Holdings"),
    ],
)
def test_no_name_is_made_up_for_a_mark_that_shows_something(prompt: str, title: str) -> None:
    assert read(prompt, style="logo").title == title


def test_a_heading_keeps_the_first_word_of_the_prompt() -> None:
    assert read("quarterly planning", style="flat").title == "Quarterly Planning"
    assert read("create a bold image of team spirit", style="flat").title == "Team Spirit"


@pytest.mark.parametrize(
    "prompt",
    [
        "a mug without a plant",
        "a mug, no plant",
        "a mug with no plants or cats",
        "a plant-free mug",
    ],
)
def test_what_is_negated_is_not_drawn(prompt: str) -> None:
    brief = read(prompt, style="product-photo")
    assert brief.subject is not None and brief.subject.name == "coffee mug"
    assert brief.others == ()


def test_a_negation_ends_with_its_clause() -> None:
    brief = read("no people, a fox by the sea", style="illustration")
    assert brief.subject is not None and brief.subject.name == "fox"
    assert brief.place is not None and brief.place.art == "sea"


@pytest.mark.parametrize(
    ("prompt", "blurred"),
    [
        ("a lighthouse, blurred background", True),
        ("a lighthouse with bokeh", True),
        ("a lighthouse, not blurry", False),
        ("a lighthouse", False),
    ],
)
def test_a_blurred_background_is_asked_for_in_words(prompt: str, *, blurred: bool) -> None:
    assert read(prompt, style="cinematic").blurred is blurred


def test_steam_can_be_left_out() -> None:
    assert read("coffee mug", style="photo").steam
    assert not read("coffee mug without steam", style="photo").steam


def test_colours_go_to_the_subject_or_to_the_ground() -> None:
    brief = read("a red sneaker on a teal background", style="photo")
    assert brief.subject_colour is not None and brief.subject_colour.r > 0.7
    assert brief.ground_colour is not None and brief.ground_colour.g > brief.ground_colour.r


@pytest.mark.parametrize(
    "prompt", ["headphones in pink", "headphones in bright pink", "headphones in a deep matte red"]
)
def test_what_something_comes_in_is_its_own_colour(prompt: str) -> None:
    brief = read(prompt, style="photo")
    assert brief.subject_colour is not None and brief.ground_colour is None


def test_a_very_long_prompt_is_read_quickly_and_bounded() -> None:
    for prompt in ("a " * 25_000, '"' * 50_000, "fox " * 12_500, "no " * 16_000, "(" * 50_000):
        assert len(read(prompt, style="poster").title) <= 80
