"""What only fal has: its queue's addresses, black pictures, billable units, locked accounts."""

import base64
import json
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from bot.domain.catalog import ImageModel, Size
from bot.errors import BadKey, OutOfCredit, Refused, Unavailable, Unknown
from bot.studio.catalog import models, read_models
from bot.studio.picture import open_picture
from bot.studio.provider import Accepted, Order, Provider
from bot.studio.remote.tickets import Reference, read
from tests.vendors.cases import Case
from tests.vendors.fal import CASE, Fal
from tests.vendors.orders import edit_of, made_by, order_of, upscale_of
from tests.vendors.vendor import KEY, Fault, picture

OURS = [model for model in models() if model.provider == "fal"]

(BATCH,) = read_models(
    """
[[models]]
id = "fal/batch"
api_model = "fal-ai/flux-1/schnell"
name = "Mine"
strength = "Mine"
tasks = ["fast drafts"]
sizes = "1k"
max_batch = 4
speed = "about 1 s"
price_usd = "0.01"
price_source = "the operator"
price_as_of = 2026-11-24
[models.options]
inputs = { prompt = "prompt", size = "image_size", count = "num_images" }
""",
    where="models.toml",
)


@pytest.fixture
def case() -> Case:
    return CASE


def batch(count: int) -> Order:
    order = order_of("fal/flux-1-schnell", count=count)
    return order.model_copy(update={"model": BATCH, "seed": None})


async def begun(provider: Provider, order: Order) -> str:
    answer = await provider.submit(order)
    assert isinstance(answer, Accepted)
    return answer.reference


async def looked(provider: Provider, order: Order, reference: str, *, times: int) -> None:
    for _ in range(times):
        assert await provider.poll(order, reference) is None


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.id)
async def test_every_model_of_ours_is_asked_as_its_page_says(
    model: ImageModel, provider: Provider
) -> None:
    for aspect in model.aspects:
        order = order_of(model.id, aspect=aspect, size=model.sizes[aspect])
        made = await made_by(provider, order)
        assert open_picture(made.pictures[0].data).size == (
            order.size.width_px,
            order.size.height_px,
        )
    if model.edits:
        made = await made_by(provider, edit_of(model.id))
        assert open_picture(made.pictures[0].data)
    for scale in model.scales:
        size = Size(width_px=256 * scale, height_px=192 * scale)
        made = await made_by(provider, upscale_of(model.id, scale=scale, size=size))
        assert open_picture(made.pictures[0].data).width == 256 * scale


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.id)
async def test_no_picture_costs_more_than_its_price(model: ImageModel, provider: Provider) -> None:
    for aspect in model.aspects:
        order = order_of(model.id, aspect=aspect, size=model.sizes[aspect])
        made = await made_by(provider, order)
        assert made.cost_usd is None or made.cost_usd <= model.price_usd


async def test_an_order_may_not_begin_late_and_its_files_are_not_kept_for_long(
    provider: Provider, vendor: Fal
) -> None:
    await made_by(provider, order_of("fal/flux-2-pro"))
    (order,) = vendor.orders
    assert order.headers["X-Fal-Request-Timeout"] == "600"
    lifecycle = json.loads(order.headers["X-Fal-Object-Lifecycle-Preference"])
    assert lifecycle == {"expiration_duration_seconds": 86_400}


async def test_the_key_goes_with_every_call_but_not_to_where_files_lie(
    provider: Provider, vendor: Fal
) -> None:
    await made_by(provider, order_of("fal/flux-2-pro"))
    for seen in vendor.seen:
        is_file = seen.path.startswith("/files/")
        assert (KEY in str(seen.headers)) is not is_file


async def test_all_that_is_needed_to_go_on_is_in_the_reference(
    provider: Provider, vendor: Fal
) -> None:
    reference = await begun(provider, order_of("fal/flux-2-pro"))
    (ticket,) = read(reference).tickets
    base = f"{vendor.url}/fal-ai/flux-2-pro/requests/req1"
    assert (ticket.id, ticket.url, ticket.result_url) == ("req1", f"{base}/status", base)
    assert ticket.cancel_url == f"{base}/cancel"
    assert KEY not in reference


@pytest.mark.parametrize(
    ("host", "word"),
    [
        ("https://fal.run.elsewhere.example", "elsewhere"),
        ("http://queue.fal.run", "not its own"),
        ("https://notfal.run", "notfal"),
    ],
)
async def test_the_key_is_not_sent_to_an_address_that_is_not_fals(
    host: str, word: str, provider: Provider, vendor: Fal
) -> None:
    vendor.host = host
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    with pytest.raises(Unknown, match=word):
        await provider.poll(order, reference)
    assert await provider.cancel(order, reference) is False


@pytest.mark.parametrize(
    ("order", "cost"),
    [
        (order_of("fal/flux-1-schnell"), "0.003"),
        (order_of("fal/flux-1-schnell", count=3), "0.009"),
        # 512 x 384 is a megapixel, rounded up.
        (upscale_of("fal/seedvr2"), "0.001"),
        (edit_of("fal/bria-rmbg"), "0.018"),
    ],
)
async def test_what_it_cost_is_counted_in_fals_units(
    order: Order, cost: str, provider: Provider
) -> None:
    assert (await made_by(provider, order)).cost_usd == Decimal(cost)


async def test_what_has_no_price_a_unit_says_no_cost(provider: Provider) -> None:
    made = await made_by(provider, order_of("fal/flux-2-pro"))
    assert (made.cost_usd, made.request_id, made.seconds) == (None, "req1", 1.5)


async def test_a_batch_is_one_request(provider: Provider, vendor: Fal) -> None:
    made = await made_by(provider, batch(4))
    assert [one.index for one in made.pictures] == [1, 2, 3, 4]
    assert [seen.json["num_images"] for seen in vendor.orders] == [4]


async def test_more_pictures_than_were_ordered_are_not_taken(
    provider: Provider, vendor: Fal
) -> None:
    name = vendor.files.keep(picture(64, 64))
    vendor.answer = {"images": [{"url": f"{vendor.url}/files/{name}"}] * 3}
    made = await made_by(provider, batch(2))
    assert [one.index for one in made.pictures] == [1, 2]


async def test_a_seed_of_a_batch_is_not_told_of_each(provider: Provider, vendor: Fal) -> None:
    made = await made_by(provider, batch(2))
    assert [one.seed for one in made.pictures] == [None, None]


async def test_a_key_is_checked_where_fal_has_its_prices() -> None:
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json={"prices": []})

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as client:
        access = CASE.kind.access({"FAL_KEY": KEY}, client)
        assert access is not None
        await CASE.kind.make(access).check_key()
    assert [request.url.host for request in asked] == ["api.fal.ai"]
    assert asked[0].headers["Authorization"] == f"Key {KEY}"


async def test_blanked_pictures_of_a_batch_are_left_out(provider: Provider, vendor: Fal) -> None:
    vendor.flags = [False, True, False]
    made = await made_by(provider, batch(3))
    assert [one.index for one in made.pictures] == [1, 3]
    assert "blanked" in made.shortfall


async def test_a_black_picture_that_is_not_billed_is_said_to_be_free(
    provider: Provider, vendor: Fal
) -> None:
    vendor.flags = [True]
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    await looked(provider, order, reference, times=2)
    body = {"images": [{"url": f"{vendor.url}/files/x"}], "has_nsfw_concepts": [True]}
    headers = {"x-fal-billable-units": "0"}
    vendor.fail(r"/requests/\w+$", Fault(status=200, body=body, headers=headers))
    with pytest.raises(Refused) as refused:
        await provider.poll(order, reference)
    assert refused.value.was_billed is False


async def test_the_seed_that_fal_used_is_told_where_it_is_another(
    provider: Provider, vendor: Fal
) -> None:
    made = await made_by(provider, order_of("fal/flux-2-pro"))
    assert made.pictures[0].seed is None
    name = vendor.files.keep(picture(64, 64))
    vendor.answer = {"images": [{"url": f"{vendor.url}/files/{name}"}], "seed": 12345}
    made = await made_by(provider, order_of("fal/flux-2-pro"))
    assert made.pictures[0].seed == 12345


async def test_a_picture_in_the_answer_itself_is_kept_byte_for_byte(
    provider: Provider, vendor: Fal
) -> None:
    data = picture(64, 64)
    vendor.answer = {
        "images": [{"url": "data:image/png;base64," + base64.b64encode(data).decode()}]
    }
    made = await made_by(provider, order_of("fal/flux-2-pro"))
    assert made.pictures[0].data == data


@pytest.mark.parametrize(
    "answer",
    [{"images": []}, {"text": "a mug"}, [1], {"images": [{"url": "https://elsewhere.example/x"}]}],
)
async def test_a_result_without_its_picture_is_left_to_a_person(
    answer: Any, provider: Provider, vendor: Fal
) -> None:
    vendor.answer = answer
    with pytest.raises(Unknown):
        await made_by(provider, order_of("fal/flux-2-pro"))


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("Exhausted balance. Top up your balance at fal.ai/dashboard/billing.", OutOfCredit),
        ("TOP_UP.", OutOfCredit),
        ("Admin lock. Please contact support@fal.ai", BadKey),
    ],
)
async def test_a_locked_account_is_said_to_be_empty_or_locked(
    reason: str, kind: type[OutOfCredit | BadKey], provider: Provider, vendor: Fal
) -> None:
    body = {"detail": f"User is locked. Reason: {reason}"}
    vendor.fail(vendor.paid, Fault(status=403, body=body))
    with pytest.raises(kind) as refused:
        await provider.submit(order_of("fal/flux-2-pro"))
    if kind is BadKey:
        assert "Admin lock" in str(refused.value)


async def test_what_waits_can_be_taken_back_and_what_runs_cannot(
    provider: Provider, vendor: Fal
) -> None:
    order = order_of("fal/flux-2-pro", count=2)
    reference = await begun(provider, order)
    assert await provider.cancel(order, reference) is True
    assert vendor.works == {}
    for looks in (2, 3):
        reference = await begun(provider, order := order_of("fal/flux-2-pro"))
        for _ in range(looks):
            await provider.poll(order, reference)
        assert await provider.cancel(order, reference) is False


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
@pytest.mark.parametrize("path", [r"/status$", r"/requests/\w+$"])
async def test_trouble_while_looking_never_undoes_an_accepted_order(
    status: int, path: str, provider: Provider, vendor: Fal
) -> None:
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    await looked(provider, order, reference, times=2)
    vendor.fail(path, Fault(status=status, body={"detail": "no"}))
    with pytest.raises(Unavailable):
        await provider.poll(order, reference)
    made = await provider.poll(order, reference)
    assert made is not None
    assert made.pictures


async def test_a_result_that_comes_a_moment_later_is_waited_for(
    provider: Provider, vendor: Fal
) -> None:
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    await looked(provider, order, reference, times=2)
    body = {"detail": "Request is still in progress"}
    vendor.fail(r"/requests/\w+$", Fault(status=400, body=body))
    with pytest.raises(Unavailable):
        await provider.poll(order, reference)
    assert await provider.poll(order, reference)


@pytest.mark.parametrize(
    "body",
    [
        {"detail": "Runner disconnected", "error_type": "runner_disconnected"},
        {"detail": [{"loc": [], "msg": "Internal error", "type": "internal_server_error"}]},
    ],
)
async def test_a_failure_of_the_model_is_final_even_where_the_status_does_not_say_so(
    body: dict[str, Any], provider: Provider, vendor: Fal
) -> None:
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    await looked(provider, order, reference, times=2)
    vendor.fail(r"/requests/\w+$", Fault(status=500, body=body))
    with pytest.raises(Refused, match="did not make it: ") as refused:
        await provider.poll(order, reference)
    assert refused.value.was_billed is False


async def test_a_failure_that_the_status_tells_is_final(provider: Provider, vendor: Fal) -> None:
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    await looked(provider, order, reference, times=2)
    vendor.fail(
        r"/status$", Fault(status=200, body={"status": "COMPLETED", "error": "Out of memory"})
    )
    vendor.fail(r"/requests/\w+$", Fault(status=500, body="oh"))
    with pytest.raises(Refused, match="Out of memory") as refused:
        await provider.poll(order, reference)
    assert refused.value.was_billed is False


@pytest.mark.parametrize("status", [404, 410])
async def test_an_accepted_order_that_fal_forgot_is_left_to_a_person(
    status: int, provider: Provider, vendor: Fal
) -> None:
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    vendor.fail(r"/status$", Fault(status=status, body={"detail": "no"}))
    with pytest.raises(Unknown):
        await provider.poll(order, reference)


async def test_a_status_that_nobody_knows_is_left_to_a_person(
    provider: Provider, vendor: Fal
) -> None:
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    vendor.fail(r"/status$", Fault(status=200, body={"status": "EVAPORATED"}))
    with pytest.raises(Unknown, match="EVAPORATED"):
        await provider.poll(order, reference)


async def test_an_order_that_never_ends_is_left_to_a_person(provider: Provider) -> None:
    reference = await begun(provider, order := order_of("fal/flux-2-pro"))
    old = Reference(at=0, tickets=read(reference).tickets)
    with pytest.raises(Unknown):
        await provider.poll(order, old.model_dump_json())


async def test_an_input_that_the_model_does_not_take_is_final_and_said(
    provider: Provider, vendor: Fal
) -> None:
    order = order_of("fal/flux-2-pro")
    options = {"inputs": {"prompt": "prompt", "size": "image_size", "seed": "sead"}}
    wrong = order.model_copy(
        update={"model": order.model.model_copy(update={"options": options, "max_sources": 0})}
    )
    with pytest.raises(Refused, match="Extra inputs") as refused:
        await made_by(provider, wrong)
    assert refused.value.was_billed is False


async def test_words_in_a_prompt_change_nothing_but_the_prompt(
    provider: Provider, vendor: Fal
) -> None:
    tricks = '", "sync_mode": true, "fal_webhook": "https://elsewhere.example\n?fal_webhook=x'
    for prompt in ("a mug", tricks):
        await made_by(provider, order_of("fal/flux-2-pro", prompt=prompt))
    plain, tricky = (seen.json for seen in vendor.orders)
    assert tricks in tricky.pop("prompt")
    plain.pop("prompt")
    assert plain == tricky
    assert all(seen.query == {} for seen in vendor.orders)
