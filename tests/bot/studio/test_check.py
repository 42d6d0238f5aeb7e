"""Each thing that settings can get wrong, and the sentence for it."""

import pytest

from bot.domain.catalog import Aspect, Catalog, Size
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings
from bot.errors import BadField
from bot.studio.catalog import catalog
from bot.studio.check import MAX_SEED, checked, order

OFFERED = catalog(["sketch"])
BARE = OFFERED.models[0].model_copy(update={"id": "x/bare", "name": "Bare", "has_seed": False})
FULL = OFFERED.models[0].model_copy(
    update={"id": "x/full", "name": "Full", "has_negative_prompt": True, "max_count": 1}
)
WIDER = Catalog(models=(*OFFERED.models, BARE, FULL), styles=OFFERED.styles)
GOOD = ItemSettings(
    prompt="A fox in the snow.",
    model_id="sketch/compose",
    style_id="watercolor",
    aspect=Aspect.WIDE,
    count=2,
    seed=7,
)


def changed(**values: object) -> ItemSettings:
    return GOOD.model_copy(update=values)


def test_good_settings_name_their_model() -> None:
    assert checked(GOOD, OFFERED) is OFFERED.models[0]


@pytest.mark.parametrize(
    "values",
    [
        {"count": 1},
        {"count": 4},
        {"seed": None},
        {"seed": 0},
        {"seed": MAX_SEED},
        {"prompt": "a" * 3000},
        {"prompt": "two\nlines\tand a tab"},
        {"prompt": "🦊 שועל 狐"},
        {"model_id": "x/bare", "seed": None},
        {"model_id": "x/full", "count": 1, "negative_prompt": "boats"},
    ],
)
def test_the_limits_themselves_are_allowed(values: dict[str, object]) -> None:
    checked(changed(**values), WIDER)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"prompt": ""}, "prompt", "Write what the image should show."),
        ({"prompt": " \n "}, "prompt", "Write what the image should show."),
        ({"prompt": "a" * 3001}, "prompt", "The prompt has 3,001 characters; the most is 3,000."),
        ({"prompt": "a\x00b"}, "prompt", "control character"),
        ({"prompt": "a\ud800b"}, "prompt", "control character"),
        ({"model_id": "x/none"}, "model_id", "That model is not in this workspace's catalog."),
        ({"model_id": ""}, "model_id", "That model is not in this workspace's catalog."),
        ({"style_id": "cubism"}, "style_id", "There is no such style."),
        (
            {"model_id": "sketch/mark", "aspect": Aspect.STORY},
            "aspect",
            "Sketch Mark does not make 9:16. It makes 1:1, 4:3, 3:4 and 16:9.",
        ),
        ({"count": 0}, "count", "Sketch makes from 1 to 4 images at a time."),
        ({"count": 99}, "count", "Sketch makes from 1 to 4 images at a time."),
        ({"count": -1}, "count", "Sketch makes from 1 to 4 images at a time."),
        ({"model_id": "x/full", "count": 2}, "count", "Full makes one image at a time."),
        ({"seed": -1}, "seed", "A seed is a whole number from 0 to 2,147,483,647."),
        ({"seed": MAX_SEED + 1}, "seed", "A seed is a whole number from 0 to 2,147,483,647."),
        ({"model_id": "x/bare"}, "seed", "Bare takes no seed. Leave it empty."),
        ({"negative_prompt": "boats"}, "negative_prompt", "Sketch takes no list of what to avoid."),
        (
            {"model_id": "x/full", "count": 1, "negative_prompt": "a" * 3001},
            "negative_prompt",
            "What to avoid has 3,001 characters",
        ),
        (
            {"model_id": "x/full", "count": 1, "negative_prompt": "\x07"},
            "negative_prompt",
            "control character",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_under_its_field(
    values: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(BadField) as refused:
        checked(changed(**values), WIDER)

    assert refused.value.field == field
    assert words in refused.value.words
    assert refused.value.words.endswith((".", '".'))


def test_an_order_has_all_it_takes_to_make_the_same_again() -> None:
    made = order(
        GOOD,
        tool=Tool.GENERATE,
        title="fox in the snow",
        seed=7,
        key="job_1",
        catalog=OFFERED,
    )

    assert (made.key, made.title, made.prompt) == ("job_1", "fox in the snow", GOOD.prompt)
    assert (made.model.id, made.style.id) == ("sketch/compose", "watercolor")
    assert made.size == Size(width_px=1280, height_px=720)
    assert made.aspect is GOOD.aspect
    assert (made.count, made.seed, made.negative_prompt) == (2, 7, "")


def test_an_order_is_checked_with_the_seed_that_was_drawn() -> None:
    with pytest.raises(BadField):
        order(
            changed(seed=None),
            tool=Tool.GENERATE,
            title="",
            seed=2**31,
            key="k",
            catalog=OFFERED,
        )
