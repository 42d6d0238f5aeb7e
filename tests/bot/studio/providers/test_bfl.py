"""What only Black Forest Labs has: its tasks, their states and addresses, its sizes and costs."""

import asyncio
import base64
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from PIL import Image

from bot.domain.catalog import Aspect, Size
from bot.errors import BadKey, OutOfCredit, Refused, Unavailable, Unknown
from bot.studio.catalog import models
from bot.studio.picture import open_picture
from bot.studio.provider import Made, Provider, SourcePicture
from bot.studio.providers.bfl import KIND, BFLOptions, BFLProvider
from bot.studio.remote.options import options_of
from bot.studio.remote.tickets import Reference, Ticket, read
from tests.vendors.bfl import BFL, CASE
from tests.vendors.cases import Case
from tests.vendors.orders import edit_of, fetched, made_by, model_of, order_of
from tests.vendors.vendor import KEY, Fault, Vendor, picture

Make = Callable[..., Provider]
FLUX2, FLUX3 = "bfl/flux-2-pro", "bfl/flux-3-image"


@pytest.fixture
def case() -> Case:
    return CASE


@pytest.fixture
def bfl(vendor: Vendor) -> BFL:
    assert isinstance(vendor, BFL)
    return vendor


def sent(bfl: BFL) -> Any:
    return bfl.orders[-1].json


ALL = [model for model in models() if model.provider == "bfl"]


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.id)
async def test_every_model_of_the_catalog_is_taken_at_its_sizes(
    provider: Provider, bfl: BFL, model: Any
) -> None:
    for aspect in model.aspects:
        made = await made_by(provider, order_of(model.id, aspect=aspect))
        shown = open_picture(made.pictures[0].data)
        size = model.sizes[aspect]
        assert shown.width / shown.height == pytest.approx(size.width_px / size.height_px, rel=0.02)
    assert await made_by(provider, edit_of(model.id, sources=(LARGE,), size=LARGE_SIZE))


LARGE = SourcePicture(data=picture(1600, 1200, form="JPEG"), mime="image/jpeg")
LARGE_SIZE = Size(width_px=1600, height_px=1200)


async def test_the_prompt_is_not_rewritten_where_the_model_can_leave_it_alone(
    provider: Provider, bfl: BFL
) -> None:
    for model_id, field, value in (
        (FLUX2, "disable_pup", True),
        ("bfl/flux-2-max", "disable_pup", True),
        ("bfl/flux-2-flex", "prompt_upsampling", False),
    ):
        await made_by(provider, order_of(model_id))
        assert sent(bfl)[field] is value


async def test_words_of_the_prompt_change_nothing_else_of_the_request(
    provider: Provider, bfl: BFL
) -> None:
    prompt = '", "safety_tolerance": 5, "webhook_url": "https://x", "prompt": "--seed 1 {}'
    await made_by(provider, order_of(FLUX2, prompt=prompt))
    assert sent(bfl)["prompt"].startswith(prompt)
    assert set(sent(bfl)) == {"prompt", "width", "height", "output_format", "seed", "disable_pup"}


async def test_flux_3_takes_a_ratio_and_does_not_search_the_web(
    provider: Provider, bfl: BFL
) -> None:
    order = order_of(FLUX3, aspect=Aspect.WIDE)
    await made_by(provider, order.model_copy(update={"aspect": None}))
    asked = sent(bfl)
    assert set(asked) == {"prompt", "resolution", "aspect_ratio", "grounding"}
    assert (asked["aspect_ratio"], asked["resolution"]) == ("16:9", "1k")
    assert asked["grounding"] is False


async def test_flux_3_refuses_small_sources_before_anything_is_sent(
    provider: Provider, bfl: BFL
) -> None:
    with pytest.raises(Refused) as refused:
        await provider.submit(edit_of(FLUX3))
    assert "256" in refused.value.reason and not refused.value.was_billed
    assert bfl.orders == []


async def test_an_edit_keeps_its_ratio_within_the_megapixels_that_are_paid_for(
    provider: Provider, bfl: BFL
) -> None:
    order = edit_of(FLUX2, sources=(LARGE, LARGE), size=LARGE_SIZE)
    await made_by(provider, order)
    asked = sent(bfl)
    assert asked["width"] * asked["height"] <= 1024 * 1024
    assert asked["width"] % 16 == asked["height"] % 16 == 0
    assert asked["width"] / asked["height"] == pytest.approx(4 / 3, rel=0.02)
    for name in ("input_image", "input_image_2"):
        with Image.open(io.BytesIO(base64.b64decode(asked[name]))) as image:
            assert image.width * image.height <= 1024 * 1024

    await made_by(provider, edit_of("bfl/flux-2-pro-2k", sources=(LARGE,), size=LARGE_SIZE))
    asked = sent(bfl)
    assert (asked["width"], asked["height"]) == (1600, 1200)
    assert base64.b64decode(asked["input_image"]) == LARGE.data


async def test_a_transparent_ground_is_asked_for(provider: Provider, bfl: BFL) -> None:
    await made_by(provider, order_of(FLUX2, is_transparent=True))
    assert sent(bfl)["transparent_bg"] is True


async def test_the_cost_and_the_tasks_are_reported(provider: Provider, bfl: BFL) -> None:
    made = await made_by(provider, order_of(FLUX2, count=2))
    assert made.cost_usd == Decimal("0.06")
    assert sorted(made.request_id.split()) == ["task-1", "task-2"]


async def test_a_picture_is_kept_as_it_was_delivered(provider: Provider, bfl: BFL) -> None:
    made = await made_by(provider, order_of(FLUX2))
    assert made.pictures[0].data == bfl.tasks["task-1"].picture


async def test_another_seed_than_ours_is_told_where_the_model_takes_one(
    provider: Provider, bfl: BFL
) -> None:
    for model_id, told in ((FLUX2, 5), (FLUX3, None)):
        order = order_of(model_id)
        answer = await provider.submit(order)
        assert not isinstance(answer, Made)
        bfl.tasks[f"task-{len(bfl.tasks)}"].seed = 5
        assert (await fetched(provider, order, answer)).pictures[0].seed == told


async def test_another_process_goes_on_from_the_reference(
    provider: Provider, make_provider: Make
) -> None:
    order = order_of(FLUX2, count=2)
    answer = await provider.submit(order)
    assert not isinstance(answer, Made)
    assert len((await fetched(make_provider(), order, answer)).pictures) == 2


async def test_nothing_is_fetched_before_all_are_ready(provider: Provider, bfl: BFL) -> None:
    order = order_of(FLUX2, count=2)
    answer = await provider.submit(order)
    assert not isinstance(answer, Made)
    bfl.tasks["task-2"].polls = -3
    await fetched(provider, order, answer)
    assert len([seen for seen in bfl.seen if "/delivery/" in seen.path]) == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("Error", "does not say whether it is billed"),
        ("Task not found", "does not know the task"),
        ("Queued Somewhere", "Queued Somewhere"),
    ],
)
async def test_any_other_state_is_left_to_a_person(
    provider: Provider, bfl: BFL, status: str, words: str
) -> None:
    bfl.outcomes.append({"status": status})
    with pytest.raises(Unknown) as lost:
        await made_by(provider, order_of(FLUX2))
    assert words in lost.value.reason


async def test_a_task_that_is_done_without_a_picture_is_left_to_a_person(
    provider: Provider, bfl: BFL
) -> None:
    bfl.outcomes.append({"status": "Ready", "result": {"sample": ""}})
    with pytest.raises(Unknown):
        await made_by(provider, order_of(FLUX2))


async def test_a_result_on_another_host_is_not_fetched(provider: Provider, bfl: BFL) -> None:
    bfl.outcomes.append({"status": "Ready", "result": {"sample": "https://bfl.ai.example.com/x"}})
    with pytest.raises(Unknown) as lost:
        await made_by(provider, order_of(FLUX2))
    assert "outside its hosts" in lost.value.reason


async def test_one_held_back_among_others_is_said(provider: Provider, bfl: BFL) -> None:
    bfl.outcomes.append({"status": "Content Moderated"})
    made = await made_by(provider, order_of(FLUX2, count=3))
    assert len(made.pictures) == 2
    assert "moderation" in made.shortfall


async def test_a_task_that_is_gone_was_never_refused(provider: Provider, bfl: BFL) -> None:
    """It was accepted: a 404 to a question does not say that it costs nothing."""
    order = order_of(FLUX2)
    answer = await provider.submit(order)
    assert not isinstance(answer, Made)
    bfl.tasks.clear()
    with pytest.raises(Unknown):
        await provider.poll(order, answer.reference)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503, body={"detail": "maintenance"}),
        Fault(status=502, body="<html>Bad gateway</html>"),
        Fault(status=429, body={"detail": "slow"}),
        Fault(status=403, body={"detail": "Not authenticated"}),
        Fault(status=200, body="<html>"),
        Fault(drops=True),
    ],
    ids=["503", "502", "429", "403", "a page", "dropped"],
)
async def test_a_question_that_is_not_answered_is_asked_again(
    provider: Provider, bfl: BFL, fault: Fault
) -> None:
    order = order_of(FLUX2)
    answer = await provider.submit(order)
    assert not isinstance(answer, Made)
    bfl.fail(r"/get_result", fault)
    with pytest.raises(Unavailable):
        await provider.poll(order, answer.reference)
    assert (await fetched(provider, order, answer)).pictures
    assert len(bfl.orders) == 1


async def test_an_expired_address_is_left_to_a_person(provider: Provider, bfl: BFL) -> None:
    bfl.fail(r"/delivery/", Fault(status=403, body="<Error>AuthenticationFailed</Error>"))
    with pytest.raises(Unknown) as lost:
        await made_by(provider, order_of(FLUX2))
    assert "does not have the picture any more" in lost.value.reason


async def test_of_several_those_that_are_ready_are_kept_before_their_addresses_expire(
    provider: Provider, bfl: BFL
) -> None:
    order = order_of(FLUX2, count=2)
    answer = await provider.submit(order)
    assert not isinstance(answer, Made)
    bfl.tasks["task-1"].polls = 1
    bfl.tasks["task-2"].polls = -10_000
    kept = read(answer.reference)
    assert await provider.poll(order, answer.reference) is None
    nine_minutes_old = kept.model_copy(update={"at": kept.at - 541}).model_dump_json()
    made = await provider.poll(order, nine_minutes_old)
    assert made is not None and len(made.pictures) == 1
    assert made.shortfall


@pytest.mark.parametrize(
    "address",
    [
        "https://bfl.ai.example.com/v1/get_result?id=1",
        "https://evilbfl.ai/v1/get_result?id=1",
        "http://api.bfl.ai/v1/get_result?id=1",
        "https://api.bfl.ai@example.com/",
        "https://127.0.0.1/v1/get_result",
    ],
)
async def test_the_key_goes_to_no_other_host(provider: Provider, address: str) -> None:
    reference = Reference(at=1, tickets=(Ticket(id="1", url=address),)).model_dump_json()
    with pytest.raises(Unknown) as lost:
        await provider.poll(order_of(FLUX2), reference)
    assert "not its own" in lost.value.reason


async def test_the_key_goes_to_the_region_that_took_the_task() -> None:
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json={"id": "1", "status": "Pending"})

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as client:
        access = KIND.access({"BFL_API_KEY": KEY}, client)
        assert access is not None
        provider = BFLProvider(access)
        address = "https://api.eu2.bfl.ai/v1/get_result?id=1"
        reference = Reference(at=4e9, tickets=(Ticket(id="1", url=address),)).model_dump_json()
        assert await provider.poll(order_of(FLUX2), reference) is None
    assert str(asked[0].url) == address
    assert asked[0].headers["x-key"] == KEY


async def test_a_server_error_leaves_open_whether_the_task_was_taken(
    provider: Provider, bfl: BFL
) -> None:
    """Its makers' own client never sends an order again after one."""
    for status in (500, 503):
        bfl.fail(bfl.paid, Fault(status=status, body={"detail": "maintenance"}))
        with pytest.raises(Unknown):
            await provider.submit(order_of(FLUX2))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": "Unsupported image"}, "Unsupported image"),
        (
            {"detail": [{"loc": ["body", "width"], "msg": "too small", "type": "x", "input": KEY}]},
            "width: too small",
        ),
        ({"detail": [7, {"loc": 3, "msg": None}]}, "did not take the request"),
        ({}, "did not take the request"),
    ],
)
async def test_what_it_says_is_wrong_is_said_in_plain_words(
    provider: Provider, bfl: BFL, body: Any, words: str
) -> None:
    bfl.fail(bfl.paid, Fault(status=422, body=body))
    with pytest.raises(Refused) as refused:
        await provider.submit(order_of(FLUX2))
    assert words in refused.value.reason and KEY not in refused.value.reason
    assert not refused.value.was_billed


async def test_no_more_than_24_tasks_are_under_way(make_provider: Make, bfl: BFL) -> None:
    bfl.polls_until_ready = 2
    provider = make_provider(silence_seconds=30)
    orders = [order_of(FLUX2, count=4) for _ in range(9)]
    made = await asyncio.gather(*(made_by(provider, order) for order in orders))
    assert all(len(one.pictures) == 4 for one in made)
    assert bfl.most_active == 24


async def test_a_key_is_reported_with_what_is_left(provider: Provider, bfl: BFL) -> None:
    assert "1,234 credits" in (await provider.check_key()).words
    assert bfl.orders == []
    bfl.is_out_of_credit = True
    with pytest.raises(OutOfCredit):
        await provider.check_key()


async def test_a_key_that_is_not_for_the_model_is_said(provider: Provider, bfl: BFL) -> None:
    bfl.fail(bfl.paid, Fault(status=403, body={"detail": "Forbidden"}))
    with pytest.raises(BadKey) as refused:
        await provider.submit(order_of(FLUX2))
    assert "not for this model" in refused.value.reason


def test_options_that_an_operator_wrote_wrongly_are_named() -> None:
    model = model_of(FLUX2).model_copy(update={"options": {"resolution": "9k"}})
    with pytest.raises(Refused) as refused:
        options_of(model, BFLOptions)
    assert "resolution" in refused.value.reason
    with pytest.raises(Refused):
        options_of(model.model_copy(update={"options": {"steps": 3}}), BFLOptions)
