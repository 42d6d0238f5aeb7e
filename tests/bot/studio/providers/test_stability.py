"""What only Stability AI has: presets, seeds from 1, queued upscales, limits of its sources."""

from typing import Any

import pytest

from bot.domain.catalog import Aspect, ImageModel, Size
from bot.errors import OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.catalog import models
from bot.studio.provider import Accepted, Order, Provider, SourcePicture
from bot.studio.providers.stability import MAX_BODY_BYTES, POLL_SECONDS, PRESETS, StabilityOptions
from bot.studio.styles import STYLES
from tests.bot.studio.providers.conftest import Make
from tests.vendors.cases import Case
from tests.vendors.orders import SOURCE, edit_of, fetched, made_by, order_of, upscale_of
from tests.vendors.stability import CASE, CREATIVE_POLLS, Stability
from tests.vendors.vendor import Fault, picture

OURS = [model for model in models() if model.provider == "stability"]
CREATIVE = "stability/creative-upscale"


@pytest.fixture
def case() -> Case:
    return CASE


def style(style_id: str) -> Any:
    return next(one for one in STYLES if one.id == style_id)


def upscale(model_id: str, width_px: int, height_px: int, *, scale: int) -> Order:
    """An order to enlarge a picture of that size."""
    source = SourcePicture(data=picture(width_px, height_px), mime="image/png")
    size = Size(width_px=width_px * scale, height_px=height_px * scale)
    return upscale_of(model_id, sources=(source,), size=size, scale=scale)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.id)
def test_every_entry_has_sound_options(model: ImageModel) -> None:
    options = StabilityOptions.model_validate(model.options)
    assert bool(model.sizes) is (options.path.startswith("generate/") and not model.edits)
    assert bool(model.scales) is options.path.startswith("upscale/")


async def test_an_entry_with_unsound_options_is_refused_before_anything_is_sent(
    provider: Provider, vendor: Stability
) -> None:
    order = order_of("stability/core")
    wrong = order.model.model_copy(update={"options": {"path": "generate/nothing"}})
    with pytest.raises(Refused, match=r"options of .*: path"):
        await provider.submit(order.model_copy(update={"model": wrong}))
    assert vendor.seen == []


@pytest.mark.parametrize("model", [m for m in OURS if m.sizes], ids=lambda model: model.id)
async def test_each_model_makes_each_of_its_ratios(
    model: ImageModel, provider: Provider, vendor: Stability
) -> None:
    for aspect in model.aspects:
        await made_by(provider, order_of(model.id, aspect=aspect))
    assert [form["aspect_ratio"] for form in vendor.forms] == [a.value for a in model.aspects]
    sent = {form.get("model", "") for form in vendor.forms}
    assert sent == {model.api_model}
    assert model.api_model or not vendor.orders[0].path.endswith("sd3")


@pytest.mark.parametrize("one", STYLES, ids=lambda one: one.id)
async def test_a_style_is_a_preset_or_words_never_both(
    one: Any, provider: Provider, vendor: Stability
) -> None:
    await made_by(provider, order_of("stability/core", style=one))
    form = vendor.forms[0]
    assert form.get("style_preset") == PRESETS.get(one.id)
    assert (one.words in form["prompt"]) is ("style_preset" not in form)


async def test_seed_0_is_a_seed_like_any_other(provider: Provider, vendor: Stability) -> None:
    made = await made_by(provider, order_of("stability/core", seed=0, count=2))
    assert sorted(vendor.seeds()) == [1, 4_294_967_294]
    assert [one.seed for one in made.pictures] == [None, None]


async def test_another_seed_than_ours_is_reported(provider: Provider, vendor: Stability) -> None:
    body = {"image": "AAAA", "seed": 99, "finish_reason": "SUCCESS"}
    vendor.fail(vendor.paid, Fault(status=200, body=body))
    made = await made_by(provider, order_of("stability/core", seed=7))
    assert [one.seed for one in made.pictures] == [99]


async def test_what_to_avoid_and_the_request_id_come_through(
    provider: Provider, vendor: Stability
) -> None:
    made = await made_by(provider, order_of("stability/ultra", negative_prompt="text", count=2))
    assert [form["negative_prompt"] for form in vendor.forms] == ["text", "text"]
    assert made.request_id == "a1b2c3 a1b2c3"
    assert made.cost_usd is None


async def test_a_redraw_says_how_far_it_may_go_and_has_no_ratio(
    provider: Provider, vendor: Stability
) -> None:
    await made_by(provider, edit_of("stability/sd3.5-large-redraw", style=style("cinematic")))
    assert vendor.pictures == [SOURCE.data]
    form = vendor.forms[0]
    assert (form["strength"], form["mode"]) == ("0.7", "image-to-image")
    assert form["prompt"] == "make the mug blue"
    assert not {"aspect_ratio", "style_preset"} & form.keys()


async def test_a_cut_out_sends_the_picture_alone(provider: Provider, vendor: Stability) -> None:
    made = await made_by(provider, edit_of("stability/remove-background"))
    assert vendor.forms == [{"output_format": "png"}]
    assert made.pictures[0].data.startswith(b"\x89PNG")


async def test_a_creative_upscale_is_begun_and_asked_for_again(
    provider: Provider, vendor: Stability
) -> None:
    order = upscale_of(CREATIVE)
    accepted = await provider.submit(order)
    assert isinstance(accepted, Accepted)
    made = await fetched(provider, order, accepted)
    assert len(made.pictures) == 1 and made.request_id == "a1b2c3"
    polls = [seen for seen in vendor.seen if "/results/" in seen.path]
    assert len(polls) == CREATIVE_POLLS + 1
    assert len(vendor.orders) == 1
    assert vendor.forms[0]["prompt"] == "Mug"


def test_it_is_never_polled_more_often_than_every_ten_seconds(provider: Provider) -> None:
    assert provider.poll_seconds == POLL_SECONDS >= 10


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (
            Fault(status=404, body={"id": "1", "name": "generation_not_found", "errors": []}),
            Unknown,
        ),
        (Fault(status=500, body={"id": "1", "name": "internal_error", "errors": []}), Unavailable),
        (Fault(status=200, body={}), Unavailable),
        (Fault(status=429, body={"id": "1", "name": "rate_limit_exceeded"}), Unavailable),
        (Fault(drops=True), Unavailable),
        (
            Fault(status=200, body={"image": "AAAA", "finish_reason": "CONTENT_FILTERED"}),
            Refused,
        ),
    ],
    ids=["expired", "500", "nothing in it", "too often", "dropped", "blurred"],
)
async def test_what_goes_wrong_while_waiting(
    fault: Fault, kind: type[ProviderError], provider: Provider, vendor: Stability
) -> None:
    order = upscale_of(CREATIVE)
    accepted = await provider.submit(order)
    assert isinstance(accepted, Accepted)
    vendor.fail("/v2beta/results/", fault)
    with pytest.raises(kind) as raised:
        await provider.poll(order, accepted.reference)
    assert isinstance(raised.value, kind)
    assert getattr(raised.value, "was_billed", True)
    assert len(vendor.orders) == 1


async def test_an_id_that_is_no_id_is_never_asked_for(
    provider: Provider, vendor: Stability
) -> None:
    vendor.fail(vendor.paid, Fault(status=200, body={"id": "../../v1/user/account"}))
    with pytest.raises(Unknown):
        await provider.submit(upscale_of(CREATIVE))


@pytest.mark.parametrize(
    ("model_id", "width_px", "height_px", "scale"),
    [
        # 4.19 megapixels of 1.52 are 1.66 times the sides.
        ("stability/conservative-upscale", 1232, 1232, 2),
        ("stability/conservative-upscale", 1024, 1024, 4),
        ("stability/creative-upscale", 1232, 1232, 2),
        # 16.8 of 1.5: 3.3 times.
        ("stability/fast-upscale", 1232, 1232, 4),
    ],
)
async def test_what_would_come_out_smaller_than_asked_for_is_refused_before_it_is_sent(
    model_id: str,
    width_px: int,
    height_px: int,
    scale: int,
    provider: Provider,
    vendor: Stability,
) -> None:
    with pytest.raises(Refused, match="megapixels"):
        await provider.submit(upscale(model_id, width_px, height_px, scale=scale))
    assert vendor.seen == []


@pytest.mark.parametrize(
    ("model_id", "width_px", "height_px", "scale"),
    [
        ("stability/conservative-upscale", 1024, 1024, 2),
        ("stability/conservative-upscale", 512, 512, 4),
        # Longer than the longest side they take, and a little more than a megapixel; or less.
        ("stability/fast-upscale", 1568, 672, 4),
        ("stability/fast-upscale", 1600, 600, 4),
        ("stability/creative-upscale", 1568, 672, 2),
    ],
)
async def test_a_source_is_made_to_fit(
    model_id: str, width_px: int, height_px: int, scale: int, provider: Provider, vendor: Stability
) -> None:
    made = await made_by(provider, upscale(model_id, width_px, height_px, scale=scale))
    assert made.pictures
    assert len(vendor.pictures) == 1


async def test_a_source_is_never_too_small_for_them(provider: Provider, vendor: Stability) -> None:
    with pytest.raises(Refused, match="at least 64 pixels"):
        await provider.submit(upscale("stability/conservative-upscale", 50, 200, scale=2))
    assert vendor.seen == []


async def test_a_body_is_never_too_large_for_them(provider: Provider, vendor: Stability) -> None:
    padded = SourcePicture(data=SOURCE.data + bytes(MAX_BODY_BYTES), mime="image/png")
    await made_by(provider, edit_of("stability/remove-background", sources=(padded,)))
    assert len(vendor.pictures[0]) < MAX_BODY_BYTES


async def test_who_called_too_often_waits_a_minute(provider: Provider, vendor: Stability) -> None:
    vendor.fail(vendor.paid, Fault(status=429, body={"id": "1", "name": "rate_limit_exceeded"}))
    with pytest.raises(Unavailable) as busy:
        await provider.submit(order_of("stability/core"))
    assert busy.value.retry_after_seconds == 60


async def test_an_account_with_nothing_left_is_said_to_be_empty(
    provider: Provider, vendor: Stability
) -> None:
    assert (await provider.check_key()).words == "works; 12 credits left"
    vendor.credits = 0
    with pytest.raises(OutOfCredit):
        await provider.check_key()


def test_the_turbo_model_takes_no_list_of_what_to_avoid() -> None:
    takes = {model.id for model in OURS if model.has_negative_prompt}
    assert "stability/sd3.5-large-turbo" not in takes
    assert "stability/sd3.5-large" in takes


def test_only_ratios_that_they_take_are_offered() -> None:
    offered = {aspect for model in OURS for aspect in model.sizes}
    assert not offered & {Aspect.PORTRAIT_3_4, Aspect.LANDSCAPE_4_3}
    assert Aspect.BANNER in offered


async def test_a_wrong_id_of_ours_leads_nowhere(make_provider: Make) -> None:
    with pytest.raises(Unknown):
        await make_provider().look_up(order_of("stability/core"))
