"""What only Replicate has: files, deadlines, versions, bills by the second."""

import base64
import io
from decimal import Decimal

import pytest
from PIL import Image

from bot.domain.catalog import Aspect, ImageModel, Size
from bot.errors import BadPicture, Refused, Unavailable, Unknown
from bot.studio.catalog import models, read_models
from bot.studio.picture import open_picture
from bot.studio.provider import Accepted, Order, Provider, SourcePicture
from bot.studio.remote.tickets import Reference, read
from tests.vendors.cases import Case
from tests.vendors.orders import edit_of, fetched, made_by, order_of, upscale_of
from tests.vendors.replicate import CASE, REAL_ESRGAN, Replicate
from tests.vendors.vendor import KEY, Fault, picture

OURS = [model for model in models() if model.provider == "replicate"]

MINE = f"""
[defaults]
name = "Mine"
strength = "Mine"
speed = "about 10 s"
price_usd = "0.01"
price_source = "the operator"
price_as_of = 2026-11-24

[[models]]
id = "replicate/real-esrgan"
api_model = "nightmareai/real-esrgan:{REAL_ESRGAN}"
tasks = ["upscaling"]
scales = [2, 4]
[models.options]
inputs = {{ image = "image", scale = "scale", fixed = {{ face_enhance = false }} }}
unit_usd = "0.0002"

[[models]]
id = "replicate/batch"
api_model = "black-forest-labs/flux-schnell"
tasks = ["fast drafts"]
sizes = {{ "1:1" = "1024x1024" }}
max_batch = 4
[models.options]
inputs = {{ prompt = "prompt", aspect = "aspect_ratio", count = "num_outputs" }}
"""
ESRGAN, BATCH = read_models(MINE, where="models.toml")


@pytest.fixture
def case() -> Case:
    return CASE


def order_for(model: ImageModel, order: Order) -> Order:
    return order.model_copy(update={"model": model, "seed": None})


def enlarging() -> Order:
    order = upscale_of("fal/seedvr2")
    return order_for(ESRGAN, order)


def batch(count: int) -> Order:
    return order_for(BATCH, order_of("replicate/flux-schnell", count=count))


def noise() -> SourcePicture:
    """A picture that no format makes small."""
    buffer = io.BytesIO()
    Image.effect_noise((700, 600), 90).convert("RGB").save(buffer, "PNG")
    return SourcePicture(data=buffer.getvalue(), mime="image/png")


async def begun(provider: Provider, order: Order) -> str:
    answer = await provider.submit(order)
    assert isinstance(answer, Accepted)
    return answer.reference


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


async def test_an_order_carries_a_deadline_and_the_key_goes_nowhere_else(
    provider: Provider, vendor: Replicate
) -> None:
    await made_by(provider, order_of("replicate/flux-2-pro", prompt="a mug"))
    assert [seen.headers.get("Cancel-After") for seen in vendor.orders] == ["10m"]
    for seen in vendor.seen:
        is_file = seen.path.startswith("/delivery/")
        assert (KEY in str(seen.headers)) is not is_file


async def test_a_small_picture_goes_along_and_a_large_one_is_uploaded_once(
    provider: Provider, vendor: Replicate
) -> None:
    await made_by(provider, edit_of("replicate/flux-2-pro"))
    assert vendor.orders[-1].json["input"]["input_images"][0].startswith("data:image/png;base64,")
    source = noise()
    made = await made_by(provider, edit_of("replicate/flux-2-pro", sources=(source,), count=3))
    assert len(made.pictures) == 3
    assert [seen.path for seen in vendor.seen].count("/v1/files") == 1
    given = {seen.json["input"]["input_images"][0] for seen in vendor.orders[1:]}
    (address,) = given
    assert address.startswith(f"{vendor.url}/v1/files/")
    assert vendor.files.kept[address.rpartition("/")[2]] == source.data


async def test_nothing_is_ordered_when_an_upload_fails(
    provider: Provider, vendor: Replicate
) -> None:
    vendor.fail("/v1/files", Fault(drops=True))
    with pytest.raises(Unavailable):
        await provider.submit(edit_of("replicate/flux-2-pro", sources=(noise(),)))
    assert vendor.orders == []


async def test_a_picture_is_made_smaller_where_its_pixels_are_paid_for(
    provider: Provider, vendor: Replicate
) -> None:
    source = SourcePicture(data=picture(2000, 1500), mime="image/png")
    await made_by(provider, edit_of("replicate/flux-2-pro", sources=(source,)))
    (sent,) = vendor.orders[0].json["input"]["input_images"]
    with Image.open(io.BytesIO(base64.b64decode(sent.partition(",")[2]))) as image:
        assert image.width * image.height <= 1_048_576
        assert image.width / image.height == pytest.approx(4 / 3, rel=0.01)


async def test_a_version_of_a_community_model_is_run_and_billed_by_the_second(
    provider: Provider, vendor: Replicate
) -> None:
    made = await made_by(provider, enlarging())
    assert open_picture(made.pictures[0].data).size == (512, 384)
    (order,) = vendor.orders
    assert (order.path, order.json["version"]) == ("/v1/predictions", REAL_ESRGAN)
    # 2.5 s at $0.0002.
    assert made.cost_usd == Decimal("0.0005")
    assert made.seconds == 2.5
    assert made.request_id == "pred1"


async def test_what_an_official_model_cost_is_not_said(provider: Provider) -> None:
    assert (await made_by(provider, order_of("replicate/flux-2-pro"))).cost_usd is None


@pytest.mark.parametrize(("order", "was_billed"), [(enlarging(), True), (batch(1), False)])
async def test_a_failed_run_is_billed_where_seconds_are(
    order: Order, was_billed: bool, provider: Provider, vendor: Replicate
) -> None:
    vendor.ends, vendor.error = "failed", "CUDA out of memory"
    with pytest.raises(Refused) as refused:
        await made_by(provider, order)
    assert refused.value.was_billed is was_billed
    assert "CUDA out of memory" in refused.value.reason


async def test_a_batch_is_one_prediction(provider: Provider, vendor: Replicate) -> None:
    made = await made_by(provider, batch(4))
    assert [one.index for one in made.pictures] == [1, 2, 3, 4]
    assert [seen.json["input"]["num_outputs"] for seen in vendor.orders] == [4]


async def test_a_batch_that_came_out_short_says_so(provider: Provider, vendor: Replicate) -> None:
    name = vendor.files.keep(picture(64, 64))
    vendor.output = [f"{vendor.url}/delivery/{name}"]
    made = await made_by(provider, batch(4))
    assert len(made.pictures) == 1
    assert "fewer" in made.shortfall


async def test_more_pictures_than_were_ordered_are_not_taken(
    provider: Provider, vendor: Replicate
) -> None:
    names = [vendor.files.keep(picture(64, 64)) for _ in range(3)]
    vendor.output = [f"{vendor.url}/delivery/{name}" for name in names]
    made = await made_by(provider, batch(2))
    assert [one.index for one in made.pictures] == [1, 2]


async def test_a_picture_in_the_answer_itself_is_kept_byte_for_byte(
    provider: Provider, vendor: Replicate
) -> None:
    data = picture(64, 64)
    vendor.output = "data:image/png;base64," + base64.b64encode(data).decode()
    made = await made_by(provider, order_of("replicate/flux-2-pro"))
    assert made.pictures[0].data == data


@pytest.mark.parametrize("output", [[], "a description", "https://elsewhere.example/x.png"])
async def test_a_result_that_is_gone_or_elsewhere_is_left_to_a_person(
    output: object, provider: Provider, vendor: Replicate
) -> None:
    vendor.output = output or [None]
    with pytest.raises(Unknown):
        await made_by(provider, order_of("replicate/flux-2-pro"))


async def test_a_result_whose_file_was_deleted_is_left_to_a_person(
    provider: Provider, vendor: Replicate
) -> None:
    reference = await begun(provider, order := order_of("replicate/flux-2-pro"))
    vendor.files.kept.clear()
    assert await provider.poll(order, reference) is None
    assert await provider.poll(order, reference) is None
    with pytest.raises(Unknown, match="any more"):
        await provider.poll(order, reference)


async def test_what_was_stopped_at_replicate_is_final_and_billed(
    provider: Provider, vendor: Replicate
) -> None:
    vendor.ends = "canceled"
    with pytest.raises(Refused) as refused:
        await made_by(provider, order_of("replicate/flux-2-pro"))
    assert refused.value.was_billed


async def test_a_status_that_nobody_knows_is_left_to_a_person(
    provider: Provider, vendor: Replicate
) -> None:
    vendor.ends = "evaporated"
    with pytest.raises(Unknown, match="evaporated"):
        await made_by(provider, order_of("replicate/flux-2-pro"))


async def test_only_what_had_not_begun_is_certainly_unbilled(
    provider: Provider, vendor: Replicate
) -> None:
    vendor.ends = "aborted"
    order = order_of("replicate/flux-2-pro", count=2)
    assert await provider.cancel(order, await begun(provider, order)) is True
    assert {work.status for work in vendor.works.values()} == {"aborted"}


async def test_what_has_begun_is_billed_and_so_is_not_destroyed(
    provider: Provider, vendor: Replicate
) -> None:
    order = order_of("replicate/flux-2-pro", count=2)
    reference = await begun(provider, order)
    assert await provider.poll(order, reference) is None
    assert await provider.cancel(order, reference) is False
    assert not [seen for seen in vendor.seen if seen.path.endswith("/cancel")]
    assert len((await fetched(provider, order, Accepted(reference))).pictures) == 2


async def test_a_throttled_order_waits_as_long_as_the_words_say(
    provider: Provider, vendor: Replicate
) -> None:
    words = "Request was throttled. Your rate limit resets in ~30s."
    vendor.fail(vendor.paid, Fault(status=429, body={"detail": words, "status": 429}))
    with pytest.raises(Unavailable) as busy:
        await provider.submit(order_of("replicate/flux-2-pro"))
    assert busy.value.retry_after_seconds == 30


@pytest.mark.parametrize("status", [401, 402, 403, 429, 500, 503])
async def test_trouble_while_looking_never_undoes_an_accepted_order(
    status: int, provider: Provider, vendor: Replicate
) -> None:
    reference = await begun(provider, order := order_of("replicate/flux-2-pro"))
    vendor.fail(r"/predictions/\w+$", Fault(status=status, body={"detail": "no"}))
    with pytest.raises(Unavailable):
        await provider.poll(order, reference)


@pytest.mark.parametrize("status", [400, 404, 410])
async def test_an_accepted_order_that_replicate_forgot_is_left_to_a_person(
    status: int, provider: Provider, vendor: Replicate
) -> None:
    reference = await begun(provider, order := order_of("replicate/flux-2-pro"))
    vendor.fail(r"/predictions/\w+$", Fault(status=status, body={"detail": "no"}))
    with pytest.raises(Unknown):
        await provider.poll(order, reference)


async def test_an_order_that_never_ends_is_left_to_a_person(provider: Provider) -> None:
    reference = await begun(provider, order := order_of("replicate/flux-2-pro"))
    old = Reference(at=0, tickets=read(reference).tickets)
    with pytest.raises(Unknown):
        await provider.poll(order, old.model_dump_json())


async def test_the_key_is_not_sent_to_an_address_that_is_not_replicates(
    provider: Provider, vendor: Replicate
) -> None:
    vendor.host = "https://replicate.com.elsewhere.example"
    reference = await begun(provider, order := order_of("replicate/flux-2-pro"))
    with pytest.raises(Unknown, match=r"elsewhere\.example"):
        await provider.poll(order, reference)
    assert await provider.cancel(order, reference) is False


async def test_a_picture_too_large_to_enlarge_is_refused_before_anything_is_sent(
    provider: Provider, vendor: Replicate
) -> None:
    order = enlarging().model_copy(update={"size": Size(width_px=8000, height_px=6000)})
    with pytest.raises(Refused):
        await provider.submit(order)
    assert vendor.seen == []


async def test_what_is_no_picture_is_refused_before_anything_is_sent(
    provider: Provider, vendor: Replicate
) -> None:
    source = SourcePicture(data=b"GIF89a", mime="image/png")
    with pytest.raises(BadPicture):
        open_picture(source.data)
    with pytest.raises(Refused):
        await provider.submit(edit_of("replicate/flux-2-pro", sources=(source,)))
    assert vendor.seen == []


async def test_the_account_of_the_key_is_named(provider: Provider) -> None:
    assert (await provider.check_key()).words == "works; account aethera"


async def test_words_in_a_prompt_change_nothing_but_the_prompt(
    provider: Provider, vendor: Replicate
) -> None:
    tricks = '", "webhook": "https://elsewhere.example", "version": "x\n--aspect 21:9 {{seed}}'
    for prompt in ("a mug", tricks):
        await made_by(
            provider, order_of("replicate/flux-2-pro", prompt=prompt, aspect=Aspect.SQUARE)
        )
    plain, tricky = (seen.json for seen in vendor.orders)
    assert tricks in tricky["input"].pop("prompt")
    plain["input"].pop("prompt")
    assert plain == tricky
