"""Models of hosts as data: an entry in TOML in, the body of a request out, or what is wrong."""

import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Aspect, ImageModel
from bot.errors import Refused, SetupError
from bot.studio.catalog import models, read_models
from bot.studio.provider import Order
from bot.studio.providers import check_entry
from bot.studio.remote import hosted as documented
from bot.studio.remote.hosted import body, hosted, options_of, sources_of
from bot.studio.remote.outputs import addresses
from tests.vendors.orders import edit_of, order_of, upscale_of

HOSTED = [model for model in models() if model.provider in ("replicate", "fal")]

MINE = """
[[models]]
id = "fal/mine"
api_model = "me/mine"
name = "Mine"
strength = "Everything"
tasks = ["photoreal"]
sizes = "1k"
speed = "about 10 s"
price_usd = "0.01"
price_source = "me"
price_as_of = 2026-11-24
"""
INPUTS = {"prompt": "text", "aspect": "ratio"}


def mine(**changes: Any) -> ImageModel:
    """An entry with these fields, unchecked."""
    base = next(model for model in models() if model.id == "fal/flux-1-schnell")
    fields = {"options": {"inputs": INPUTS}, "has_seed": False, **changes}
    return base.model_copy(update=fields)


def order_for(model: ImageModel, **fields: Any) -> Order:
    return order_of("fal/flux-1-schnell", **{"model": model, "seed": None, **fields})


def body_of(order: Order, pictures: tuple[str, ...] = ()) -> dict[str, Any]:
    return body(order, options_of(order).inputs_of(order), pictures)


@pytest.mark.parametrize("model", HOSTED, ids=lambda model: model.id)
def test_every_entry_of_ours_says_all_that_its_capabilities_need(model: ImageModel) -> None:
    assert hosted(model).inputs.names


@pytest.mark.parametrize("model", HOSTED, ids=lambda model: model.id)
def test_every_name_of_ours_says_where_the_model_runs(model: ImageModel) -> None:
    assert model.name.endswith((" on fal", " on Replicate"))


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"prompt": "text", "aspect": "ratio"}, {"ratio": "16:9"}),
        ({"prompt": "text", "size": "image_size"}, {"image_size": {"width": 1280, "height": 720}}),
        ({"prompt": "text", "width": "w", "height": "h"}, {"w": 1280, "h": 720}),
        ({"prompt": "text", "aspect": "ratio", "count": "n"}, {"ratio": "16:9", "n": 3}),
        (
            {"prompt": "text", "aspect": "ratio", "fixed": {"steps": 28, "hd": True, "x": [1]}},
            {"ratio": "16:9", "steps": 28, "hd": True, "x": [1]},
        ),
    ],
    ids=["a ratio", "a size", "width and height", "a count", "fixed"],
)
def test_an_order_fills_the_inputs_that_the_entry_names(
    inputs: dict[str, Any], expected: dict[str, Any]
) -> None:
    model = mine(options={"inputs": inputs}, sizes=order_of("fal/qwen-image-2").model.sizes)
    order = order_for(
        model, aspect=Aspect.WIDE, size=model.sizes[Aspect.WIDE], count=3, prompt="a mug"
    )
    sent = body_of(order)
    assert sent.pop("text").startswith("a mug")
    assert sent == expected


def test_a_seed_and_what_to_avoid_are_sent_where_they_are_named() -> None:
    inputs = {**INPUTS, "seed": "random_seed", "negative_prompt": "avoid"}
    model = mine(options={"inputs": inputs}, has_seed=True, has_negative_prompt=True)
    assert (
        body_of(order_for(model, seed=7, negative_prompt="fog")).items()
        >= {
            "random_seed": 7,
            "avoid": "fog",
        }.items()
    )
    assert "avoid" not in body_of(order_for(model, seed=0))
    assert body_of(order_for(model, seed=0))["random_seed"] == 0


@pytest.mark.parametrize(
    ("field", "expected"), [("image", "data:1"), ("images", ["data:1", "data:2"])]
)
def test_pictures_go_to_one_input_or_to_a_list(field: str, expected: object) -> None:
    options = {"inputs": INPUTS, "edit_inputs": {"prompt": "text", field: "input"}}
    sources = 2 if field == "images" else 1
    order = edit_of("fal/flux-1-schnell", model=mine(options=options, max_sources=sources))
    order = order.model_copy(update={"seed": None})
    assert body_of(order, ("data:1", "data:2")) == {"text": "make the mug blue", "input": expected}


def test_a_model_that_is_told_a_ratio_is_never_left_to_choose_one() -> None:
    with pytest.raises(Refused) as refused:
        body_of(order_for(mine(), aspect=None))
    assert refused.value.was_billed is False


@given(prompt=st.text(min_size=1), avoid=st.text())
def test_whatever_is_written_changes_the_text_inputs_alone(prompt: str, avoid: str) -> None:
    inputs = {**INPUTS, "negative_prompt": "avoid", "fixed": {"steps": 4}}
    model = mine(options={"inputs": inputs}, has_negative_prompt=True)
    sent = body_of(order_for(model, prompt=prompt, negative_prompt=avoid))
    assert isinstance(sent.pop("text"), str)
    assert sent.pop("avoid", "") == avoid
    assert sent == {"ratio": "1:1", "steps": 4}


EDIT = {"prompt": "text", "image": "image"}

WRONG: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("no inputs", {}, {}, "options.inputs: Field required"),
    ("an unknown field", {"inputs": {**INPUTS, "sedd": "seed"}}, {}, "options.inputs.sedd"),
    ("not a name", {"inputs": {**INPUTS, "prompt": "a b"}}, {}, "options.inputs.prompt"),
    ("an unknown option", {"inputs": INPUTS, "colour": "red"}, {}, "options.colour"),
    ("no prompt", {"inputs": {"aspect": "ratio"}}, {}, "name the prompt"),
    ("no shape", {"inputs": {"prompt": "text"}}, {}, "name aspect, or size"),
    ("two shapes", {"inputs": {**INPUTS, "size": "size"}}, {}, "name aspect, or size"),
    ("half a shape", {"inputs": {"prompt": "text", "width": "w"}}, {}, "name aspect, or size"),
    ("a name twice", {"inputs": {**INPUTS, "aspect": "text"}}, {}, "more than one value for text"),
    ("also fixed", {"inputs": {**INPUTS, "fixed": {"text": "x"}}}, {}, "more than one value"),
    ("a picture", {"inputs": {**INPUTS, "image": "image"}}, {}, "have no meaning"),
    ("no seed", {"inputs": INPUTS}, {"has_seed": True}, "name the seed"),
    ("a seed", {"inputs": {**INPUTS, "seed": "seed"}}, {}, "name the seed"),
    ("no negative", {"inputs": INPUTS}, {"has_negative_prompt": True}, "negative_prompt"),
    ("no count", {"inputs": INPUTS}, {"max_batch": 4}, "name the count"),
    (
        "seeds in a batch",
        {"inputs": {**INPUTS, "seed": "seed", "count": "n"}},
        {"max_batch": 4, "has_seed": True},
        "max_batch: must be 1",
    ),
    ("transparency", {"inputs": INPUTS}, {"has_transparency": True}, "has_transparency"),
    ("no api_model", {"inputs": INPUTS}, {"api_model": ""}, "api_model"),
    ("no picture", {"inputs": INPUTS}, {"max_sources": 1}, "edit_inputs"),
    (
        "too few pictures",
        {"inputs": INPUTS, "edit_inputs": EDIT},
        {"max_sources": 2},
        "name images",
    ),
    (
        "an edit with a shape",
        {"inputs": INPUTS, "edit_inputs": {**EDIT, "size": "size"}},
        {"max_sources": 1},
        "has its own",
    ),
    (
        "an edit without words",
        {"inputs": INPUTS, "edit_inputs": {"image": "image"}},
        {"max_sources": 1},
        "name the prompt",
    ),
    (
        "an edit that grows",
        {"inputs": INPUTS, "edit_inputs": {**EDIT, "scale": "scale"}},
        {"max_sources": 1},
        "scale has no meaning",
    ),
    (
        "an upscale without a scale",
        {"inputs": {"image": "image"}},
        {"sizes": {}, "scales": (2, 4)},
        "name the scale",
    ),
    ("an upscale with words", {"inputs": EDIT}, {"sizes": {}, "scales": (2,)}, "no prompt"),
    ("no units", {"inputs": INPUTS, "unit_usd": "0"}, {}, "options.unit_usd"),
]


@pytest.mark.parametrize(
    ("options", "changes", "words"),
    [pytest.param(*rest, id=name) for name, *rest in WRONG],
)
def test_an_entry_that_could_not_work_is_refused(
    options: dict[str, Any], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(SetupError) as refused:
        hosted(mine(options=options, **changes))
    assert words in str(refused.value)


def test_the_example_of_the_documentation_is_a_model_as_it_stands() -> None:
    lines = (inspect.getdoc(documented) or "").splitlines()
    example = "\n".join(line.strip() for line in lines if line.startswith("    "))
    (added,) = read_models(example, where="the example", check=check_entry)
    order = order_for(added, seed=7, prompt="a mug")
    sent = body_of(order)
    assert sent.pop("prompt").startswith("a mug")
    assert sent == {
        "image_size": {"width": 1024, "height": 1024},
        "seed": 7,
        "num_inference_steps": 28,
    }
    edit = edit_of("fal/flux-2-pro", model=added)
    assert options_of(edit).model_of(edit) == "somebody/some-model/edit"
    assert body_of(edit, ("data:1",)) == {
        "prompt": "make the mug blue",
        "image_urls": ["data:1"],
        "seed": 7,
    }


def test_an_operator_adds_a_model_without_code() -> None:
    text = MINE + '[models.options]\ninputs = { prompt = "text", aspect = "ratio" }\n'
    (added,) = read_models(text, where="models.toml", check=check_entry)
    order = order_for(added, aspect=Aspect.STORY, size=added.sizes[Aspect.STORY])
    assert body_of(order)["ratio"] == "9:16"
    assert options_of(order).model_of(order) == "me/mine"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (MINE + "options = { inputs = {} }", "models.toml: fal/mine: options.inputs: for images"),
        (
            MINE.replace("me/mine", "https://elsewhere.example/x")
            + 'options = { inputs = { prompt = "p", aspect = "a" } }',
            "models.toml: fal/mine: api_model: fal's models are called",
        ),
        (
            MINE.replace("fal/mine", "replicate/mine").replace("me/mine", "me/mine/predictions")
            + 'options = { inputs = { prompt = "p", aspect = "a" } }',
            "models.toml: replicate/mine: api_model: Replicate's models are called",
        ),
        (
            MINE + 'options = { edit_model = "../x", inputs = { prompt = "p", aspect = "a" } }',
            "models.toml: fal/mine: edit_model",
        ),
    ],
)
def test_a_wrong_entry_of_an_operator_is_named_when_it_is_read(changes: str, words: str) -> None:
    with pytest.raises(SetupError) as refused:
        read_models(changes, where="models.toml", check=check_entry)
    assert words in str(refused.value)


def test_an_order_for_a_wrong_entry_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(Refused) as refused:
        options_of(order_for(mine(options={})))
    assert refused.value.was_billed is False


async def test_what_would_grow_too_large_is_refused_before_anything_is_sent() -> None:
    order = upscale_of("fal/seedvr2")
    large = order.size.model_copy(update={"width_px": 6000, "height_px": 5000})
    with pytest.raises(Refused, match="25 megapixels"):
        await sources_of(order.model_copy(update={"size": large}), options_of(order), title="fal")


async def test_a_picture_is_made_smaller_for_an_edit_and_never_for_an_upscale() -> None:
    edit, upscale = edit_of("fal/flux-2-pro"), upscale_of("fal/seedvr2")
    small = {"max_source_pixels": 10_000}
    (fitted,) = await sources_of(edit, options_of(edit).model_copy(update=small), title="fal")
    assert fitted.data != edit.sources[0].data
    (kept,) = await sources_of(upscale, options_of(upscale).model_copy(update=small), title="fal")
    assert kept.data == upscale.sources[0].data


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("https://x/1.png", ["https://x/1.png"]),
        ("data:image/png;base64,AA", ["data:image/png;base64,AA"]),
        (["https://x/1.png", "https://x/2.png"], ["https://x/1.png", "https://x/2.png"]),
        ({"images": [{"url": "https://x/1.png"}]}, ["https://x/1.png"]),
        ({"image": {"url": "https://x/1.png"}, "seed": 3}, ["https://x/1.png"]),
        ({"output": "https://x/1.png"}, ["https://x/1.png"]),
        ("a red mug", []),
        (None, []),
        ({"images": [None, 3]}, []),
        (7, []),
    ],
)
def test_pictures_are_found_in_whatever_form_an_answer_has(
    output: object, expected: list[str]
) -> None:
    assert addresses(output) == expected
