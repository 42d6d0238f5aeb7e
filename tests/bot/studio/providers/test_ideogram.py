"""What only Ideogram has: its generations, refusals that are billed, quotes, and its limits."""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.catalog import Aspect, ImageModel
from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.catalog import models
from bot.studio.picture import open_picture
from bot.studio.provider import Made, Provider
from bot.studio.providers.ideogram_request import IdeogramOptions
from bot.studio.remote.options import options_of
from bot.studio.remote.tickets import Reference, Ticket
from tests.vendors.cases import Case
from tests.vendors.ideogram import CASE, UNSAFE, Ideogram
from tests.vendors.orders import (
    SOURCE,
    edit_of,
    fetched,
    made_by,
    model_of,
    order_of,
    upscale_of,
)
from tests.vendors.vendor import Fault, Vendor

Make = Callable[..., Provider]
MEDIUM, LOW, V4, V3 = "ideogram/4.5-medium", "ideogram/4.5-low", "ideogram/4.0", "ideogram/3.0"
CUT_OUT, UPSCALE = "ideogram/remove-background", "ideogram/topaz-standard-2"

ALL = [model for model in models() if model.provider == "ideogram"]


@pytest.fixture
def case() -> Case:
    return CASE


@pytest.fixture
def ideogram(vendor: Vendor) -> Ideogram:
    assert isinstance(vendor, Ideogram)
    return vendor


def sent(ideogram: Ideogram) -> Any:
    return ideogram.orders[-1].json


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.id)
async def test_every_model_of_the_catalog_is_taken_for_all_it_does(
    provider: Provider, ideogram: Ideogram, model: ImageModel
) -> None:
    for aspect in model.aspects:
        assert await provider.submit(order_of(model.id, aspect=aspect))
    if model.edits:
        assert await made_by(provider, edit_of(model.id, sources=(SOURCE,) * model.max_sources))
    for scale in model.scales:
        made = await made_by(provider, upscale_of(model.id, scale=scale))
        assert open_picture(made.pictures[0].data).width == 256 * scale


async def test_the_prompt_is_sent_as_it_was_approved(
    provider: Provider, ideogram: Ideogram
) -> None:
    prompt = 'A sign that says "--magic on", "quality": "high", num_images=8'
    for model_id in (MEDIUM, V4, V3):
        order = order_of(model_id, prompt=prompt)
        await made_by(provider, order)
        asked = sent(ideogram)
        assert asked["magic_prompt"] == "off" and asked["prompt"].startswith(prompt)
        assert asked["num_images"] == 1 and asked["private"] is True and asked["async"] is True


async def test_each_model_is_told_the_size_in_its_own_way(
    provider: Provider, ideogram: Ideogram
) -> None:
    for model_id, name, value in (
        (MEDIUM, "size", "2560x1440"),
        (V4, "resolution", "2560x1440"),
        (V3, "aspect_ratio", "16x9"),
    ):
        order = order_of(model_id, aspect=Aspect.WIDE)
        await provider.submit(order.model_copy(update={"aspect": None}))
        assert sent(ideogram)[name] == value
        assert len({"size", "resolution", "aspect_ratio"} & set(sent(ideogram))) == 1


async def test_what_to_avoid_is_sent_to_the_model_that_takes_it(
    provider: Provider, ideogram: Ideogram
) -> None:
    await made_by(provider, order_of(V3, negative_prompt="blur"))
    assert sent(ideogram)["negative_prompt"] == "blur"
    await made_by(provider, order_of(V3))
    assert "negative_prompt" not in sent(ideogram)


async def test_an_edit_sends_its_pictures_untouched_the_first_as_the_one_to_edit(
    provider: Provider, ideogram: Ideogram
) -> None:
    await made_by(provider, edit_of(LOW, sources=(SOURCE, SOURCE)))
    body = ideogram.orders[-1].body
    assert ideogram.orders[-1].path == "/v2/image/precise-edit/ideogram-4-5"
    assert body.count(SOURCE.data) == 2
    assert body.count(b'name="image"') == body.count(b'name="reference_images"') == 1
    assert b'name="quality"\r\n\r\nlow\r\n' in body
    assert b'name="async"\r\n\r\ntrue\r\n' in body
    assert b"magic_prompt" not in body


async def test_a_cut_out_sends_the_picture_alone(provider: Provider, ideogram: Ideogram) -> None:
    assert (await made_by(provider, edit_of(CUT_OUT))).pictures
    assert ideogram.orders[-1].path == "/v2/image/remove-background/ideogram-1"
    assert b'name="prompt"' not in ideogram.orders[-1].body


async def test_a_model_without_edits_is_not_asked_for_one(
    provider: Provider, ideogram: Ideogram
) -> None:
    with pytest.raises(Refused):
        await provider.submit(edit_of(V3))
    assert ideogram.orders == []


async def test_an_upscale_asks_for_the_price_first_and_reports_it(
    provider: Provider, ideogram: Ideogram
) -> None:
    made = await made_by(provider, upscale_of(UPSCALE))
    assert [seen.query.get("dry_run") for seen in ideogram.orders] == ["true", None]
    assert ideogram.orders[0].path == ideogram.orders[1].path
    assert b'name="upscale_factor"\r\n\r\nx2\r\n' in ideogram.orders[1].body
    assert made.cost_usd == Decimal("0.08")


async def test_an_upscale_that_costs_more_than_was_approved_is_not_sent(
    provider: Provider, ideogram: Ideogram
) -> None:
    ideogram.upscale_micros = 100_001
    with pytest.raises(Refused) as refused:
        await provider.submit(upscale_of(UPSCALE))
    assert "$0.10" in refused.value.reason and not refused.value.was_billed
    assert ideogram.generations == {}


async def test_a_price_that_is_not_answered_leaves_the_order_unsent(
    provider: Provider, ideogram: Ideogram
) -> None:
    ideogram.fail(ideogram.paid, Fault(drops=True))
    with pytest.raises(Unavailable):
        await provider.submit(upscale_of(UPSCALE))
    assert ideogram.generations == {}


async def test_a_picture_is_kept_as_it_was_delivered(
    provider: Provider, ideogram: Ideogram
) -> None:
    made = await made_by(provider, order_of(MEDIUM))
    (generation,) = ideogram.generations.values()
    assert made.pictures[0].data == generation.entries[0][0]
    assert made.request_id == "gen-1_x"
    assert made.cost_usd is None


async def test_another_seed_than_ours_is_told(provider: Provider, ideogram: Ideogram) -> None:
    assert (await made_by(provider, order_of(MEDIUM))).pictures[0].seed is None
    order = order_of(MEDIUM, seed=9)
    answer = await provider.submit(order)
    assert not isinstance(answer, Made)
    ideogram.generations["gen-2_x"].entries = [(SOURCE.data, 5)]
    assert (await fetched(provider, order, answer)).pictures[0].seed == 5


async def test_one_held_back_among_others_is_said(provider: Provider, ideogram: Ideogram) -> None:
    ideogram.outcomes.append({"data": UNSAFE})
    made = await made_by(provider, order_of(MEDIUM, count=2))
    assert len(made.pictures) == 1
    assert "safety check" in made.shortfall


async def test_one_held_back_of_a_request_is_said(provider: Provider, ideogram: Ideogram) -> None:
    url = f"{ideogram.url}/api/images/ephemeral/gen-1_x/0.png"
    ideogram.outcomes.append({"data": [*UNSAFE, {"url": url, "is_image_safe": True}]})
    made = await made_by(provider, order_of(MEDIUM))
    assert [one.index for one in made.pictures] == [2]
    assert "safety check" in made.shortfall


async def test_an_empty_address_is_a_refusal_that_is_billed(
    provider: Provider, ideogram: Ideogram
) -> None:
    ideogram.outcomes.append({"data": [{"url": "", "is_image_safe": False}]})
    with pytest.raises(Refused) as refused:
        await made_by(provider, order_of(MEDIUM))
    assert refused.value.was_billed


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({"data": []}, "lists no picture"),
        ({"status": "archived"}, "archived"),
        ({"data": [{"url": "https://ideogram.ai.example.com/x.png"}]}, "outside its hosts"),
    ],
)
async def test_what_we_cannot_read_is_left_to_a_person(
    provider: Provider, ideogram: Ideogram, outcome: dict[str, Any], words: str
) -> None:
    ideogram.outcomes.append(outcome)
    with pytest.raises(Unknown) as lost:
        await made_by(provider, order_of(MEDIUM))
    assert words in lost.value.reason


async def test_a_generation_that_fails_is_not_billed(
    provider: Provider, ideogram: Ideogram
) -> None:
    ideogram.outcomes.append({"status": "failed", "failure_reason": "internal_error", "data": []})
    with pytest.raises(Refused) as refused:
        await made_by(provider, order_of(MEDIUM))
    assert "internal error" in refused.value.reason and not refused.value.was_billed


async def test_a_generation_that_is_gone_was_never_refused(
    provider: Provider, ideogram: Ideogram
) -> None:
    order = order_of(MEDIUM)
    answer = await provider.submit(order)
    assert not isinstance(answer, Made)
    ideogram.generations.clear()
    with pytest.raises(Unknown):
        await provider.poll(order, answer.reference)


async def test_an_expired_link_is_left_to_a_person(provider: Provider, ideogram: Ideogram) -> None:
    ideogram.fail(r"/ephemeral/", Fault(status=403, body="expired"))
    with pytest.raises(Unknown) as lost:
        await made_by(provider, order_of(MEDIUM))
    assert "does not have the picture any more" in lost.value.reason


async def test_a_503_leaves_open_whether_the_work_goes_on(
    provider: Provider, ideogram: Ideogram
) -> None:
    ideogram.fail(ideogram.paid, Fault(status=503, body={"error": "timeout"}))
    with pytest.raises(Unknown):
        await provider.submit(order_of(MEDIUM))


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (401, {"message": "Access denied."}, BadKey, "without funds"),
        (402, {"reject_reason": "insufficient_funds"}, OutOfCredit, "out of credit"),
        (402, {"reject_reason": "daily_limit"}, OutOfCredit, "daily limit"),
        (402, {"reject_reason": "feature_limit"}, OutOfCredit, "feature_limit"),
        (402, {"reject_reason": "inflight_limit"}, Unavailable, "other images"),
        (403, {"message": "not authorized"}, BadKey, "does not let this key"),
        (400, {"detail": "'x' is not one of ['x2']"}, Refused, "is not one of"),
        (400, {"error": "Could not read a source image."}, Refused, "Could not read"),
        (400, {"error": {"a": 1}}, Refused, "did not take the request"),
        (413, {}, Refused, "did not take the request"),
        (422, {"error": "x"}, Refused, "safety check"),
        (429, {"reject_reason": "inflight_limit"}, Unavailable, "other images"),
    ],
)
async def test_each_reason_is_said_in_plain_words(
    provider: Provider,
    ideogram: Ideogram,
    status: int,
    body: Any,
    error: type[ProviderError],
    words: str,
) -> None:
    ideogram.fail(ideogram.paid, Fault(status=status, body=body))
    with pytest.raises(error) as said:
        await provider.submit(order_of(MEDIUM))
    assert words in str(said.value)
    assert getattr(said.value, "was_billed", False) is False
    assert getattr(said.value, "retry_after_seconds", 10) == 10


async def test_no_more_than_ten_images_are_in_progress(
    make_provider: Make, ideogram: Ideogram
) -> None:
    ideogram.polls_until_done = 2
    provider = make_provider(silence_seconds=30)
    orders = [order_of(V3, count=4) for _ in range(4)]
    made = await asyncio.gather(*(made_by(provider, order) for order in orders))
    assert all(len(one.pictures) == 4 for one in made)
    assert ideogram.most_in_progress == 8  # a third order of four does not fit in


async def test_a_key_is_checked_without_an_order(provider: Provider, ideogram: Ideogram) -> None:
    assert (await provider.check_key()).words == "works"
    assert ideogram.generations == {}
    assert [seen.query.get("dry_run") for seen in ideogram.orders] == ["true"]
    ideogram.fail(ideogram.paid, Fault(status=402, body={"reject_reason": "insufficient_funds"}))
    with pytest.raises(OutOfCredit):
        await provider.check_key()


async def test_a_name_that_is_no_name_leads_nowhere(provider: Provider, ideogram: Ideogram) -> None:
    ideogram.fail(ideogram.paid, Fault(status=200, body={"generation_id": "../account/usage"}))
    with pytest.raises(Unknown):
        await provider.submit(order_of(MEDIUM))
    reference = Reference(at=1, tickets=(Ticket(id="gone"),)).model_dump_json()
    with pytest.raises(Unknown):
        await provider.poll(order_of(MEDIUM), reference)


@pytest.mark.parametrize("options", [{"size": "pixels"}, {"edit": "../../v1"}, {"speed": "turbo"}])
def test_options_that_an_operator_wrote_wrongly_are_named(options: dict[str, str]) -> None:
    model = model_of(MEDIUM).model_copy(update={"options": options})
    with pytest.raises(Refused) as refused:
        options_of(model, IdeogramOptions)
    assert next(iter(options)) in refused.value.reason
