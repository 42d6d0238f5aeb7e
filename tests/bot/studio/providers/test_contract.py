"""What every adapter promises, run over every provider's server."""

import asyncio
from collections.abc import Callable

import pytest

from bot.errors import (
    BadKey,
    BadPicture,
    OutOfCredit,
    ProviderError,
    Refused,
    Unavailable,
    Unknown,
)
from bot.studio.picture import MAX_BYTES, open_picture
from bot.studio.provider import Accepted, Made, Order, Provider
from bot.studio.remote.variations import split
from tests.vendors import CASES
from tests.vendors.cases import Case, Refusal
from tests.vendors.orders import edit_of, fetched, made_by, model_of, order_of, upscale_of
from tests.vendors.vendor import Fault, Vendor, picture

Make = Callable[..., Provider]

over_all = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
REFUSALS = [
    pytest.param(case, refusal, id=f"{case.name}-{refusal.name}")
    for case in CASES
    for refusal in case.refusals
]
GARBAGE = b"\x89PNG but not really" * 10


def first_order(case: Case, *, count: int = 1) -> Order:
    """An order of what the provider does best: pictures from words, else an edit or an upscale."""
    if case.generate:
        return order_of(case.generate, count=count)
    if case.edit:
        return edit_of(case.edit, count=count, source_px=case.source_px)
    return upscale_of(case.upscale)


def needs(what: str) -> str:
    if not what:
        pytest.skip("this provider does not do it")
    return what


@over_all
async def test_a_picture_comes_back_in_the_ratio_that_was_asked_for(
    case: Case, provider: Provider
) -> None:
    model = model_of(needs(case.generate))
    for aspect in (model.aspects[0], model.aspects[-1]):
        made = await made_by(provider, order_of(model.id, aspect=aspect))
        assert [one.index for one in made.pictures] == [1]
        shown = open_picture(made.pictures[0].data)
        size = model.sizes[aspect]
        assert shown.width / shown.height == pytest.approx(size.width_px / size.height_px, rel=0.02)
        assert made.shortfall == "" and made.seconds >= 0


@over_all
async def test_four_variations_are_four_pictures_in_their_places(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    order = order_of(needs(case.generate), count=4)
    made = await made_by(provider, order)
    assert [one.index for one in made.pictures] == [1, 2, 3, 4]
    assert len(vendor.orders) == len(split(order))


@over_all
async def test_seeds_are_sent_and_follow_by_one(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    model = model_of(needs(case.generate))
    calls = split(order_of(model.id, count=model.max_count))
    await made_by(provider, order_of(model.id, count=model.max_count))
    assert sorted(vendor.seeds()) == sorted(call.seed for call in calls if call.seed is not None)


@over_all
async def test_an_edit_starts_from_its_picture(case: Case, provider: Provider) -> None:
    made = await made_by(provider, edit_of(needs(case.edit), source_px=case.source_px))
    assert open_picture(made.pictures[0].data)


@over_all
async def test_an_upscale_is_larger(case: Case, provider: Provider) -> None:
    made = await made_by(provider, upscale_of(needs(case.upscale)))
    assert open_picture(made.pictures[0].data).width > 256


@over_all
async def test_a_working_key_is_reported(case: Case, provider: Provider) -> None:
    report = await provider.check_key()
    assert report.words


@over_all
async def test_a_wrong_key_is_said_to_be_one(case: Case, make_provider: Make) -> None:
    if not case.needs_key:
        pytest.skip("this provider needs no key")
    provider = make_provider(key="wrong")
    with pytest.raises(BadKey) as refused:
        await provider.submit(first_order(case))
    assert "wrong" not in refused.value.reason
    with pytest.raises(BadKey):
        await provider.check_key()


@over_all
async def test_an_empty_account_is_said_to_be_one(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    if not case.has_credit:
        pytest.skip("this provider has no accounts")
    vendor.is_out_of_credit = True
    with pytest.raises(OutOfCredit):
        await provider.submit(first_order(case))
    assert len(vendor.orders) == 1


@pytest.mark.parametrize(("case", "refusal"), REFUSALS)
async def test_a_refusal_is_final_and_says_whether_it_was_billed(
    case: Case, refusal: Refusal, provider: Provider, vendor: Vendor
) -> None:
    refusal.arm(vendor)
    with pytest.raises(Refused) as refused:
        await made_by(provider, first_order(case))
    assert refusal.words in refused.value.reason
    assert refused.value.was_billed is refusal.was_billed
    assert len(vendor.orders) == 1


@over_all
async def test_a_throttled_order_waits_as_long_as_it_is_told_and_is_not_resent(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    vendor.fail(
        vendor.paid, Fault(status=429, body={"detail": "slow"}, headers={"Retry-After": "17"})
    )
    with pytest.raises(Unavailable) as busy:
        await provider.submit(first_order(case))
    assert busy.value.retry_after_seconds >= 17
    assert len(vendor.orders) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(drops=True),
        Fault(delay_seconds=3),
        Fault(keep_bytes=20),
        Fault(status=502, body="<html>Bad gateway</html>", headers={"Content-Type": "text/html"}),
        Fault(status=504, body="<html>Timeout</html>", headers={"Content-Type": "text/html"}),
        Fault(status=200, body="<html>Hello</html>", headers={"Content-Type": "text/html"}),
        Fault(status=200, body={}),
        Fault(status=200, body=[]),
    ],
    ids=["dropped", "silent", "truncated", "502", "504", "a page", "nothing in it", "a list"],
)
@over_all
async def test_an_order_whose_answer_is_lost_is_never_resent(
    case: Case, fault: Fault, provider: Provider, vendor: Vendor
) -> None:
    vendor.fail(vendor.paid, fault)
    with pytest.raises(Unknown):
        await provider.submit(first_order(case))
    assert len(vendor.orders) == 1


@over_all
async def test_a_provider_that_cannot_be_reached_has_taken_nothing(
    case: Case, make_provider: Make
) -> None:
    provider = make_provider(url="http://127.0.0.1:9")
    with pytest.raises(Unavailable):
        await provider.submit(first_order(case))


@over_all
async def test_what_came_of_a_part_of_the_calls_is_kept(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    order = order_of(needs(case.generate), count=4)
    if len(split(order)) < 2:
        pytest.skip("one call makes all four")
    vendor.fail(vendor.paid, Fault(status=429, body={"detail": "slow"}))
    made = await made_by(provider, order)
    assert len(made.pictures) < 4
    assert len({one.index for one in made.pictures}) == len(made.pictures)
    assert made.shortfall


@over_all
async def test_what_is_no_picture_is_never_taken_for_one(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    if not vendor.results:
        pytest.skip("its answers hold the pictures")
    vendor.fail(
        vendor.results,
        Fault(status=200, body="<html>Sorry</html>", headers={"Content-Type": "text/html"}),
    )
    with pytest.raises(Unknown):
        await made_by(provider, first_order(case))


@over_all
async def test_a_result_that_leads_into_a_private_network_is_not_fetched(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    if not vendor.results:
        pytest.skip("its answers hold the pictures")
    hits = 0

    async def inside(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal hits
        hits += 1
        writer.close()

    server = await asyncio.start_server(inside, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for address in (f"http://127.0.0.1:{port}/secret", f"https://localhost:{port}/secret"):
        vendor.fail(vendor.results, Fault(status=302, headers={"Location": address}))
        with pytest.raises(Unknown):
            await made_by(provider, first_order(case))
    server.close()
    await server.wait_closed()
    assert hits == 0


@over_all
async def test_a_picture_of_more_than_50_mb_is_not_taken(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    if not vendor.results:
        pytest.skip("its answers hold the pictures")
    body = picture(8, 8) + bytes(MAX_BYTES)
    vendor.fail(vendor.results, Fault(status=200, body=body, headers={"Content-Type": "image/png"}))
    with pytest.raises(Unknown):
        await made_by(provider, first_order(case))


@over_all
async def test_work_under_way_can_be_stopped(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    order = first_order(case)
    answer = await provider.submit(order)
    if not isinstance(answer, Accepted):
        pytest.skip("its answers hold the pictures")
    assert await provider.cancel(order, answer.reference) is case.cancels


@over_all
async def test_a_lost_order_is_looked_up_or_left_to_a_person(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    order = first_order(case)
    if not case.looks_up:
        with pytest.raises(Unknown):
            await provider.look_up(order)
        return
    vendor.fail(vendor.paid, Fault(drops=True))
    with pytest.raises(Unknown):
        await provider.submit(order)
    answer = await provider.look_up(order)
    assert isinstance(answer, Accepted | Made)
    made = answer if isinstance(answer, Made) else await fetched(provider, order, answer)
    assert made.pictures
    assert len(vendor.orders) == 1


@over_all
async def test_only_our_own_errors_come_out_of_an_adapter(
    case: Case, provider: Provider, vendor: Vendor
) -> None:
    """Answers of every strange form, to the order and to what follows it."""
    strange: list[object] = [
        None,
        1,
        "x",
        {"data": None},
        {"data": [None]},
        {"data": [{}]},
        {"id": 5},
    ]
    strange += [{"images": [1]}, {"error": "x"}, {"error": {"message": 3}}, {"detail": [1]}]
    for body in strange:
        for status in (200, 400, 422, 500):
            vendor.fail(vendor.paid, Fault(status=status, body=b"null" if body is None else body))
            try:
                made = await made_by(provider, first_order(case))
            except ProviderError:
                continue
            for one in made.pictures:
                with pytest.raises(BadPicture):
                    open_picture(one.data)
