"""What only AUTOMATIC1111 and Forge have: prompts that do things, grids, checkpoints, one queue."""

import asyncio
import base64

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.catalog import Size
from bot.errors import BadKey, Refused, SetupError, Unavailable, Unknown
from bot.studio.provider import Made, Provider, SourcePicture
from bot.studio.providers import known_models
from bot.studio.providers.automatic1111 import MAX_REDRAWN_PIXELS, Automatic1111Options
from bot.studio.providers.automatic1111_models import automatic1111_models
from bot.studio.providers.automatic1111_prompt import as_words
from bot.studio.remote.kind import Access
from tests.bot.studio.providers.conftest import Make
from tests.vendors.automatic1111 import CASE, Automatic1111, read_prompt
from tests.vendors.cases import Case
from tests.vendors.orders import edit_of, made_by, model_of, order_of, upscale_of
from tests.vendors.vendor import Fault, picture

NAMED = "automatic1111/juggernautxl-v9"
URL = {"AUTOMATIC1111_URL": "http://gpu.local:7860"}


@pytest.fixture
def case() -> Case:
    return CASE


def without_signs(text: str) -> str:
    """A text as it can be compared: small, without spaces and commas, one sign for a kind."""
    signs = str.maketrans({"{": "(", "}": ")", "#": "＃", ",": ""})
    return "".join(text.translate(signs).lower().split())


TAGS = ("<lora:x:1>", "<hypernet:a>", "lora", "__", "AND", "BREAK", ":1.4")
SAYINGS = st.lists(st.sampled_from([*TAGS, *"<>:1.()[]|{}_\\# x＃\n"])).map("".join)


@given(SAYINGS | st.text())
@example("<lora:secret:1>")
@example("a <_lora_:x:1> b")
@example("(a mug:1.4) and ((more))")
@example("[a|b] [mug:vase:0.5]")
@example("\\(")
@example("\\")
@example("a mug AND a vase :2")
@example("a mug BREAK a vase")
@example("a screen, 16:9")
@example("a screen, 16:9.  ")
@example("__colours__ ____x")
@example("{red|blue}")
@example("the #1 mug, #ff0000")
@example("<sd_cpp_extra_args>{}</sd_cpp_extra_args>")
def test_a_prompt_means_no_more_than_what_it_says(text: str) -> None:
    read = read_prompt(as_words(text))

    assert read.networks == ()
    assert read.parts == 1
    assert not read.is_weighed
    assert not read.is_varied
    assert without_signs(read.words) == without_signs(text)


@given(SAYINGS)
def test_no_tag_can_begin(text: str) -> None:
    assert not any(
        sign == "<" and (after.isalnum() or after in "_/")
        for sign, after in zip(as_words(text), as_words(text)[1:], strict=False)
    )


def test_plain_words_stay_as_they_are() -> None:
    text = "A hand-thrown mug, 50% glaze; it's “blue” & green: really\n\nStyle: 3D render."
    assert as_words(text) == text


async def test_both_prompts_are_sent_as_words(provider: Provider, vendor: Automatic1111) -> None:
    await made_by(
        provider,
        order_of(NAMED, prompt="a mug <lora:x:1>", negative_prompt="(text:2) <lora:y:1>"),
    )
    asked = vendor.asked[0]
    assert read_prompt(asked["prompt"]).networks == ()
    assert "Style: " in asked["prompt"]
    assert asked["negative_prompt"] == "\\(text:2\\) < lora:y:1>"


async def test_no_script_is_ever_asked_for_and_nothing_is_kept(
    provider: Provider, vendor: Automatic1111
) -> None:
    await made_by(provider, order_of(NAMED))
    asked = vendor.asked[0]
    assert not {"script_name", "script_args", "alwayson_scripts"} & asked.keys()
    assert asked["save_images"] is False
    assert asked["do_not_save_samples"] and asked["do_not_save_grid"]


async def test_pictures_of_one_call_are_drawn_one_after_the_other(
    provider: Provider, vendor: Automatic1111
) -> None:
    made = await made_by(provider, order_of(NAMED, count=4, seed=7))
    assert (vendor.asked[0]["batch_size"], vendor.asked[0]["n_iter"]) == (1, 4)
    assert [one.seed for one in made.pictures] == [None] * 4
    assert made.cost_usd is None


async def test_a_seed_that_is_not_the_orders_is_reported(
    provider: Provider, vendor: Automatic1111
) -> None:
    image = base64.b64encode(picture(64, 64)).decode()
    body = {"images": [image, image], "parameters": {}, "info": '{"all_seeds": [7, 7]}'}
    vendor.fail(vendor.paid, Fault(status=200, body=body))
    made = await made_by(provider, order_of(NAMED, count=2, seed=7))
    assert [one.seed for one in made.pictures] == [None, 7]


@pytest.mark.parametrize("is_old", [False, True], ids=["says so", "says nothing"])
@pytest.mark.parametrize("count", [1, 3])
async def test_a_grid_is_never_taken_for_a_picture(
    is_old: bool, count: int, provider: Provider, vendor: Automatic1111
) -> None:
    vendor.has_grid, vendor.is_old = True, is_old
    made = await made_by(provider, order_of(NAMED, count=count))
    asked = vendor.asked[0]
    drawn = [picture(asked["width"], asked["height"], number=n) for n in range(1, count + 1)]
    assert [one.data for one in made.pictures] == drawn


async def test_what_an_extension_adds_behind_is_left_out(
    provider: Provider, vendor: Automatic1111
) -> None:
    vendor.extra_behind = 2
    made = await made_by(provider, order_of(NAMED, count=2))
    assert [one.index for one in made.pictures] == [1, 2]
    assert b"".join(one.data for one in made.pictures).count(picture(64, 64)) == 0


async def test_fewer_pictures_are_said_to_be_fewer(
    provider: Provider, vendor: Automatic1111
) -> None:
    image = base64.b64encode(picture(64, 64)).decode()
    vendor.fail(vendor.paid, Fault(status=200, body={"images": [image], "info": "{}"}))
    made = await made_by(provider, order_of(NAMED, count=3))
    assert len(made.pictures) == 1
    assert "fewer" in made.shortfall


async def test_a_grid_alone_is_no_picture(provider: Provider, vendor: Automatic1111) -> None:
    image = base64.b64encode(picture(64, 64)).decode()
    body = {"images": [image], "info": '{"index_of_first_image": 1}'}
    vendor.fail(vendor.paid, Fault(status=200, body=body))
    with pytest.raises(Unknown):
        await made_by(provider, order_of(NAMED))


@pytest.mark.parametrize(
    ("model_id", "title"),
    [
        (NAMED, "sdxl/juggernautXL_v9.safetensors [799b5005d9]"),
        ("automatic1111/v1-5-pruned-emaonly", "v1-5-pruned-emaonly.safetensors [6ce0161689]"),
    ],
)
async def test_a_checkpoint_is_named_as_the_server_names_it(
    model_id: str, title: str, provider: Provider, vendor: Automatic1111
) -> None:
    await made_by(provider, order_of(model_id))
    assert vendor.asked[0]["override_settings"] == {"sd_model_checkpoint": title}


async def test_a_checkpoint_that_is_not_there_is_never_swapped_for_another(
    provider: Provider, vendor: Automatic1111
) -> None:
    order = order_of(NAMED)
    gone = order.model.model_copy(update={"api_model": "gone"})
    with pytest.raises(Refused, match="no checkpoint “gone”"):
        await provider.submit(order.model_copy(update={"model": gone}))
    assert vendor.orders == []


async def test_without_a_checkpoint_it_draws_with_what_is_loaded(
    provider: Provider, vendor: Automatic1111
) -> None:
    order = order_of(NAMED)
    loaded = automatic1111_models(URL)[0]
    await made_by(provider, order.model_copy(update={"model": loaded}))
    assert "override_settings" not in vendor.asked[0]
    assert [seen.path for seen in vendor.seen] == ["/sdapi/v1/txt2img"]


@pytest.mark.parametrize(("width_px", "height_px"), [(3001, 1999), (1001, 703)])
async def test_a_redraw_has_sides_that_the_server_can_draw(
    width_px: int, height_px: int, provider: Provider, vendor: Automatic1111
) -> None:
    source = SourcePicture(data=picture(width_px, height_px), mime="image/png")
    size = Size(width_px=width_px, height_px=height_px)
    order = edit_of(NAMED, sources=(source,), size=size)
    await made_by(provider, order)
    asked = vendor.asked[0]
    assert asked["width"] % 8 == asked["height"] % 8 == 0
    assert asked["width"] * asked["height"] <= MAX_REDRAWN_PIXELS
    assert asked["width"] / asked["height"] == pytest.approx(width_px / height_px, rel=0.01)
    assert asked["prompt"] == "make the mug blue"
    assert asked["denoising_strength"] == 0.6


async def test_what_failed_on_the_server_is_named_and_may_be_tried_again(
    provider: Provider, vendor: Automatic1111
) -> None:
    body = {"error": "NansException", "detail": "", "body": "", "errors": "/home/ana/models"}
    vendor.fail(vendor.paid, Fault(status=500, body=body))
    with pytest.raises(Unavailable) as failed:
        await provider.submit(order_of(NAMED))
    assert failed.value.reason == "The AUTOMATIC1111 server failed (NansException)."


async def test_an_upscaler_that_is_not_there_is_refused_before_anything_is_asked(
    provider: Provider, vendor: Automatic1111
) -> None:
    order = upscale_of("automatic1111/upscaler")
    gone = order.model.model_copy(update={"api_model": "4x-UltraSharp"})
    with pytest.raises(Refused, match="no upscaler"):
        await provider.submit(order.model_copy(update={"model": gone}))
    assert vendor.orders == []


async def test_a_picture_that_would_become_too_large_is_refused_before_anything_is_asked(
    provider: Provider, vendor: Automatic1111
) -> None:
    source = SourcePicture(data=picture(2000, 2000), mime="image/png")
    size = Size(width_px=8000, height_px=8000)
    order = upscale_of("automatic1111/upscaler", sources=(source,), size=size, scale=4)
    with pytest.raises(Refused, match="megapixels"):
        await provider.submit(order)
    assert vendor.seen == []


async def test_one_job_at_a_time(provider: Provider, vendor: Automatic1111) -> None:
    made = await asyncio.gather(*(provider.submit(order_of(NAMED)) for _ in range(3)))
    assert all(isinstance(one, Made) for one in made)
    assert (len(vendor.orders), vendor.most_at_once) == (3, 1)


async def test_others_jobs_may_come_first(provider: Provider, vendor: Automatic1111) -> None:
    vendor.fail(vendor.paid, Fault(delay_seconds=0.8))  # longer than the tests' usual silence
    assert (await made_by(provider, order_of(NAMED))).pictures


async def test_nothing_of_anybodys_is_ever_interrupted(
    provider: Provider, vendor: Automatic1111
) -> None:
    vendor.fail(vendor.paid, Fault(delay_seconds=0.3))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.15):
            await provider.submit(order_of(NAMED))
    assert len(vendor.orders) == 1
    assert await provider.cancel(order_of(NAMED), "") is False
    assert "/sdapi/v1/interrupt" not in {seen.path for seen in vendor.seen}


async def test_a_name_and_password_are_sent_and_never_shown(
    make_provider: Make, vendor: Automatic1111
) -> None:
    vendor.auth = "ana:pass:word"
    assert (await make_provider(key="ana:pass:word").check_key()).words == "works; 2 checkpoints"
    for key in ("ana:other", ""):
        with pytest.raises(BadKey) as refused:
            await make_provider(key=key).submit(order_of(NAMED))
        assert "other" not in refused.value.reason
    assert vendor.orders == []


async def test_a_report_names_what_the_server_has(provider: Provider) -> None:
    report = await provider.check_key()
    assert report.model_ids is not None
    used = {model.api_model for model in CASE.models}
    assert used <= report.model_ids
    assert "gone" not in report.model_ids


def test_a_server_without_checkpoints_named_has_one_model_and_an_upscaler() -> None:
    assert automatic1111_models({"AUTOMATIC1111_MODEL": "x"}) == ()
    drawing, enlarging = automatic1111_models(URL)
    assert (drawing.id, drawing.api_model) == ("automatic1111/loaded", "")
    assert drawing.price_usd == 0
    assert drawing.price_source == "your own server"
    assert enlarging.scales == (2, 4)


@pytest.mark.parametrize(
    ("named", "model_id", "name"),
    [
        ("dreamshaper_8", "automatic1111/dreamshaper-8", "dreamshaper_8"),
        ("v1-5-pruned.ckpt", "automatic1111/v1-5-pruned", "v1-5-pruned"),
        ("xl/Real Vis.v5.safetensors [ab12]", "automatic1111/real-vis.v5", "Real Vis.v5"),
        ("a\\b.gguf", "automatic1111/b", "b"),
        ("模型", "automatic1111/checkpoint", "模型"),
    ],
)
def test_each_checkpoint_is_a_model(named: str, model_id: str, name: str) -> None:
    one, other, _ = automatic1111_models({**URL, "AUTOMATIC1111_MODEL": f" {named} ,, last"})
    assert (one.id, one.name, one.api_model) == (model_id, name, named)
    assert other.id == "automatic1111/last"


@pytest.mark.parametrize("named", ["a.ckpt, a.safetensors", "upscaler"])
def test_checkpoints_that_nobody_could_tell_apart_are_a_mistake(named: str) -> None:
    with pytest.raises(SetupError, match="more than one"):
        automatic1111_models({**URL, "AUTOMATIC1111_MODEL": named})


def test_the_models_of_a_server_that_is_named_are_known() -> None:
    environment = {**URL, "AUTOMATIC1111_MODEL": "dreamshaper_8"}
    known = {model.id for model in known_models(environment, None)}
    assert {"automatic1111/dreamshaper-8", "automatic1111/upscaler"} <= known
    assert not any(model.provider == "automatic1111" for model in known_models({}, None))


def test_a_checkpoint_named_twice_is_one_model() -> None:
    assert len(automatic1111_models({**URL, "AUTOMATIC1111_MODEL": "a, a"})) == 2


def test_the_entries_have_sound_options() -> None:
    for model in CASE.models:
        Automatic1111Options.model_validate(model.options)
        assert len(model.strength) <= 60


async def test_an_entry_with_unsound_options_is_refused_before_anything_is_sent(
    provider: Provider, vendor: Automatic1111
) -> None:
    order = order_of(NAMED)
    wrong = model_of(NAMED).model_copy(update={"options": {"steps": 9000}})
    with pytest.raises(Refused, match=r"options of .*: steps"):
        await provider.submit(order.model_copy(update={"model": wrong}))
    assert vendor.seen == []


def test_the_name_and_password_are_kept_out_of_what_is_printed(
    make_provider: Make, client: httpx2.AsyncClient
) -> None:
    access = CASE.kind.access({**URL, "AUTOMATIC1111_AUTH": "ana:secret"}, client)
    assert isinstance(access, Access) and access.key == "ana:secret"
    assert "secret" not in repr(access)
