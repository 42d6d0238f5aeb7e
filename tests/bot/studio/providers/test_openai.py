"""What only OpenAI has: streams, sizes of edits, codes; and that its own client agrees with us."""

import base64
import io
import math
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openai
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openai.types.image_edit_params import ImageEditParamsStreaming
from openai.types.image_generate_params import ImageGenerateParams
from PIL import Image
from pydantic import TypeAdapter
from typing_extensions import get_type_hints

from bot.domain.catalog import ImageModel, Size
from bot.errors import BadKey, OutOfCredit, Refused, Unavailable, Unknown
from bot.studio.catalog import models
from bot.studio.picture import open_picture
from bot.studio.provider import Order, Provider, SourcePicture
from bot.studio.providers.openai import SOURCES, OpenAIProvider
from bot.studio.providers.openai_fields import (
    EDIT_PIXELS,
    MIN_PIXELS,
    OpenAIOptions,
    fields_of,
    legal_size,
)
from bot.studio.remote.api import open_client
from bot.studio.remote.kind import Access
from tests.vendors.openai import OpenAI
from tests.vendors.orders import edit_of, made_by, order_of
from tests.vendors.vendor import KEY, Fault, picture

FLARE = "openai/gpt-image-2.6-flare"
MEDIUM = "openai/gpt-image-2.6-flare-medium"
SILENCE_SECONDS = 0.5


@pytest.fixture
async def vendor() -> AsyncIterator[OpenAI]:
    async with OpenAI() as server:
        yield server


@pytest.fixture
async def provider(vendor: OpenAI) -> AsyncIterator[Provider]:
    async with open_client() as client:
        yield OpenAIProvider(
            Access(client=client, key=KEY, url=f"{vendor.url}/v1", silence_seconds=SILENCE_SECONDS)
        )


@pytest.fixture
async def sdk(vendor: OpenAI) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(
        api_key=KEY, base_url=f"{vendor.url}/v1", max_retries=0
    ) as client:
        yield client


# Streams.


async def test_one_picture_is_streamed_and_unfinished_ones_are_not_kept(
    provider: Provider, vendor: OpenAI
) -> None:
    made = await made_by(provider, order_of(FLARE))
    assert vendor.orders[0].json["stream"] is True
    assert vendor.orders[0].json["partial_images"] == 1
    assert len(made.pictures) == 1
    # 50 x $5 + (1756 + 100) x $30, a million each.
    assert made.cost_usd == Decimal("0.05593")
    assert made.request_id == "req_0123"


async def test_several_pictures_come_in_one_answer(provider: Provider, vendor: OpenAI) -> None:
    await made_by(provider, order_of(FLARE, count=3))
    assert len(vendor.orders) == 1
    assert "stream" not in vendor.orders[0].json


async def test_a_stream_that_is_heard_from_may_last_longer_than_one_silence(
    provider: Provider, vendor: OpenAI
) -> None:
    vendor.beat_seconds = SILENCE_SECONDS * 0.7
    made = await made_by(provider, order_of(FLARE))
    assert made.pictures


async def test_a_stream_that_never_ends_is_given_up(provider: Provider, vendor: OpenAI) -> None:
    """A comment every 10 ms keeps the connection alive; four silences are the most."""

    vendor.drips = True
    with pytest.raises(Unknown, match="still not done"):
        await made_by(provider, order_of(FLARE))
    assert len(vendor.orders) == 1


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (("", None), "before the picture was done"),
        (("error", {"error": {"code": "server_error", "message": "Try later."}}), "Try later."),
        (("error", {"code": "rate_limit_exceeded", "message": "Slow down."}), "Slow down."),
        (("error", "not JSON"), "stopped"),
        (("image_generation.completed", "not JSON"), "could not be read"),
        (("image_generation.completed", {"b64_json": ""}), "no picture"),
        (("image_generation.completed", {"b64_json": "***"}), "damaged"),
        (("image_generation.partial_image", {"b64_json": "AAAA"}), "before the picture was done"),
    ],
)
async def test_a_stream_without_its_last_picture_is_unknown_and_never_resent(
    provider: Provider, vendor: OpenAI, ending: tuple[str, Any], words: str
) -> None:
    vendor.ending = ending
    with pytest.raises(Unknown) as lost:
        await made_by(provider, order_of(FLARE))
    assert words in lost.value.reason
    assert len(vendor.orders) == 1


async def test_a_stream_that_ends_with_what_the_person_can_mend_is_refused(
    provider: Provider, vendor: OpenAI
) -> None:
    error = {"type": "image_generation_user_error", "code": "x", "message": "Too faint a source."}
    vendor.ending = ("error", {"error": error})
    with pytest.raises(Refused, match="Too faint"):
        await made_by(provider, order_of(FLARE))


async def test_a_stream_that_breaks_is_unknown(provider: Provider, vendor: OpenAI) -> None:
    vendor.fail(OpenAI.paid, Fault(keep_bytes=5000))
    with pytest.raises(Unknown):
        await made_by(provider, order_of(FLARE))
    assert len(vendor.orders) == 1


async def test_a_relay_that_does_not_stream_is_read_as_well(
    provider: Provider, vendor: OpenAI
) -> None:
    body = {"data": [{"b64_json": base64.b64encode(picture(32, 32)).decode()}]}
    vendor.fail(OpenAI.paid, Fault(status=200, body=body))
    made = await made_by(provider, order_of(FLARE))
    assert open_picture(made.pictures[0].data).size == (32, 32)
    assert made.cost_usd is None


async def test_an_edit_is_streamed_too(provider: Provider, vendor: OpenAI) -> None:
    made = await made_by(provider, edit_of(FLARE))
    assert dict(vendor.orders[0].form)["stream"] == "true"
    assert made.pictures


# Sizes and sources of edits.

_SIDES = st.integers(1, 12_000)


@given(width=_SIDES, height=_SIDES)
@example(width=808, height=812)  # 50 x 51 steps would be too few pixels
@example(width=1000, height=3000)
def test_every_edit_has_a_size_that_openai_makes(width: int, height: int) -> None:
    size = Size(width_px=width, height_px=height)
    if max(width, height) > 3 * min(width, height):
        with pytest.raises(Refused, match="Crop it"):
            legal_size(size)
        return
    made = legal_size(size)
    assert made.width_px % 16 == made.height_px % 16 == 0
    assert max(made.width_px, made.height_px) <= 3 * min(made.width_px, made.height_px)
    assert max(made.width_px, made.height_px) <= 3840
    pixels = made.width_px * made.height_px
    assert MIN_PIXELS <= pixels <= EDIT_PIXELS * 1.04
    # A step of 16 on the shortest side there can be, 467 px.
    ratio = (made.width_px / made.height_px) / (width / height)
    assert 1 / 1.05 < ratio < 1.05


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ((1024, 1024), (1024, 1024)),
        ((2016, 864), (2016, 864)),
        ((1024, 640), (1024, 640)),
        ((256, 192), (960, 720)),
        ((4000, 3000), (1776, 1328)),
        ((3000, 1000), (2656, 896)),
    ],
)
def test_a_size_is_kept_where_it_can_be(given: tuple[int, int], asked: tuple[int, int]) -> None:
    made = legal_size(Size(width_px=given[0], height_px=given[1]))
    assert (made.width_px, made.height_px) == asked


async def test_a_picture_that_is_too_long_is_refused_before_anything_is_sent(
    provider: Provider, vendor: OpenAI
) -> None:
    long = SourcePicture(data=picture(400, 100), mime="image/png")
    order = edit_of(FLARE, sources=(long,), size=Size(width_px=400, height_px=100))
    with pytest.raises(Refused) as refused:
        await made_by(provider, order)
    assert "400 x 100" in refused.value.reason
    assert not refused.value.was_billed
    assert vendor.orders == []


async def test_sixteen_pictures_go_in_as_they_are_and_in_their_order(
    provider: Provider, vendor: OpenAI
) -> None:
    sources = tuple(
        SourcePicture(data=picture(64 + n, 64, form="WEBP"), mime="image/webp") for n in range(16)
    )
    await made_by(provider, edit_of(FLARE, sources=sources))
    files = [value for name, value in vendor.orders[0].form if name == "image[]"]
    assert files == [source.data for source in sources]


async def test_a_source_of_too_many_bytes_is_made_smaller(
    provider: Provider, vendor: OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = Image.effect_noise((640, 640), 90).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    monkeypatch.setattr(
        "bot.studio.providers.openai.SOURCES",
        replace(SOURCES, max_bytes=len(buffer.getvalue()) - 1),
    )
    await made_by(
        provider, edit_of(FLARE, sources=(SourcePicture(data=buffer.getvalue(), mime="image/png"),))
    )
    sent = dict(vendor.orders[0].form)["image[]"]
    assert isinstance(sent, bytes) and sent.startswith(b"\xff\xd8")


async def test_what_is_see_through_stays_so_in_an_edit(provider: Provider, vendor: OpenAI) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (256, 192), (200, 20, 20, 90)).save(buffer, "PNG")
    clear = SourcePicture(data=buffer.getvalue(), mime="image/png")
    await made_by(provider, edit_of(FLARE, sources=(clear,)))
    await made_by(provider, edit_of(FLARE))
    asked = [dict(seen.form)["output_format"] for seen in vendor.orders]
    assert asked == ["png", "jpeg"]


async def test_a_see_through_ground_is_asked_for(provider: Provider, vendor: OpenAI) -> None:
    made = await made_by(provider, order_of(FLARE, is_transparent=True))
    assert vendor.orders[0].json["background"] == "transparent"
    assert made.pictures[0].data.startswith(b"\x89PNG")


async def test_a_model_of_three_sizes_chooses_among_them_itself(
    provider: Provider, vendor: OpenAI
) -> None:
    made = await made_by(provider, edit_of("openai/gpt-image-1.5"))
    assert dict(vendor.orders[0].form)["size"] == "auto"
    assert open_picture(made.pictures[0].data).size == (1536, 1024)


async def test_the_person_is_told_apart_by_a_pseudonym_alone(
    provider: Provider, vendor: OpenAI
) -> None:
    await made_by(provider, order_of(MEDIUM, end_user="0f3c"))
    await made_by(provider, order_of(MEDIUM))
    assert vendor.orders[0].json["safety_identifier"] == "0f3c"
    assert "safety_identifier" not in vendor.orders[1].json


@pytest.mark.parametrize("options", [{"quality": "ultra"}, {"qualty": "high"}])
async def test_a_wrong_entry_is_said_before_anything_is_sent(
    provider: Provider, vendor: OpenAI, options: dict[str, str]
) -> None:
    model = order_of(FLARE).model.model_copy(update={"options": options})
    with pytest.raises(Refused, match=next(iter(options))):
        await made_by(provider, order_of(FLARE, model=model))
    assert vendor.orders == []


# Codes.


def said(code: str, message: str = "No.", **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "x", "param": None, "code": code, **more}}


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (429, said("insufficient_quota"), OutOfCredit, "out of credit"),
        (400, said("billing_hard_limit_reached"), OutOfCredit, "out of credit"),
        (429, said("billing_not_active"), OutOfCredit, "out of credit"),
        (
            403,
            said("x", "Your organization must be verified to use the model."),
            BadKey,
            "verified organisations",
        ),
        (403, said("unsupported_country_region_territory"), BadKey, "does not let this key"),
        (401, said("invalid_api_key", f"Incorrect API key: {KEY}"), BadKey, "not accept the key"),
        (400, said("content_policy_violation"), Refused, "safety rules"),
        (400, said("invalid_value", "Invalid size."), Refused, "Invalid size."),
        (404, said("model_not_found", "No such model."), Refused, "No such model."),
        (500, said("server_error"), Unavailable, "busy"),
        (503, said("overloaded"), Unavailable, "busy"),
    ],
)
async def test_each_code_has_its_meaning(
    provider: Provider,
    vendor: OpenAI,
    status: int,
    body: dict[str, Any],
    error: type[Exception],
    words: str,
) -> None:
    vendor.fail(OpenAI.paid, Fault(status=status, body=body))
    with pytest.raises(error) as raised:
        await made_by(provider, order_of(FLARE))
    reason = str(getattr(raised.value, "reason", ""))
    assert words in reason
    assert KEY not in reason
    assert len(vendor.orders) == 1


async def test_milliseconds_to_wait_are_heard(provider: Provider, vendor: OpenAI) -> None:
    fault = Fault(
        status=429,
        body=said("rate_limit_exceeded"),
        headers={"retry-after-ms": "1500", "retry-after": "2"},
    )
    vendor.fail(OpenAI.paid, fault)
    with pytest.raises(Unavailable) as busy:
        await made_by(provider, order_of(FLARE))
    assert busy.value.retry_after_seconds == 1.5


async def test_the_models_of_the_key_are_known(provider: Provider) -> None:
    report = await provider.check_key()
    assert report.model_ids is not None
    assert {model.api_model for model in MODELS} <= report.model_ids


# The catalog.

MODELS = [model for model in models() if model.provider == "openai"]
_GRIDS = {"low": 16, "medium": 24, "high": 48, "xhigh": 64, "max": 96}


def tokens(size: Size, quality: str) -> int:
    """What a picture costs from GPT Image 2 on, in tokens that come out.

    The makers' calculator: a grid by quality along the longer side, in proportion along the
    shorter, weighed by the pixels.
    """
    long, short = max(size.width_px, size.height_px), min(size.width_px, size.height_px)
    cells = _GRIDS[quality] * round(_GRIDS[quality] * short / long)
    return math.ceil(cells * (2_000_000 + long * short) / 4_000_000)


@pytest.mark.parametrize(
    ("size", "dollars"),
    [
        ((1024, 1024), ("0.006", "0.013", "0.053", "0.094", "0.211")),
        ((1024, 1536), ("0.0047", "0.0103", "0.0412", "0.0738", "0.1646")),
        ((3840, 2160), ("0.0111", "0.0260", "0.1001", "0.1779", "0.4003")),
    ],
)
def test_the_calculator_gives_the_published_prices(
    size: tuple[int, int], dollars: tuple[str, ...]
) -> None:
    for quality, price in zip(_GRIDS, dollars, strict=True):
        cost = tokens(Size(width_px=size[0], height_px=size[1]), quality) * 30 / 1_000_000
        assert cost == pytest.approx(float(price), abs=0.0006 if size[0] == size[1] else 0.0002)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_no_picture_costs_more_than_its_entry_says(model: ImageModel) -> None:
    options = OpenAIOptions.model_validate(dict(model.options))
    if options.only_sizes:
        most, most_edit = 1584, 1584
    else:
        most = max(tokens(size, options.quality) for size in model.sizes.values())
        most_edit = max(
            tokens(legal_size(Size(width_px=w, height_px=h)), options.quality)
            for w, h in ((4000, 4000), (1024, 1024), (4000, 3000), (6000, 2000), (300, 200))
        )
    text, source, partials = 200 * 5, 2000 * 8, options.partial_images * 100
    made = (most + partials) * options.made_usd + text
    edited = (most_edit + partials) * options.made_usd + text + source
    assert made / 1_000_000 <= model.price_usd <= made / 1_000_000 + Decimal("0.002")
    assert model.edit_price_usd is not None
    assert edited / 1_000_000 <= model.edit_price_usd
    assert model.edit_price_usd <= edited / 1_000_000 + Decimal("0.003")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
async def test_the_server_makes_every_size_of_every_entry(
    model: ImageModel, provider: Provider
) -> None:
    for aspect, size in model.sizes.items():
        made = await made_by(provider, order_of(model.id, aspect=aspect))
        shown = open_picture(made.pictures[0].data)
        assert shown.size == (size.width_px, size.height_px)


def test_the_old_model_is_offered_until_it_goes() -> None:
    old = next(model for model in MODELS if model.api_model == "gpt-image-1.5")
    assert old.is_offered(date(2026, 11, 30)) and not old.is_offered(date(2026, 12, 1))


# The vendor's own client: what it sends, and what it makes of the answers.


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_what_we_ask_for_has_the_form_of_the_vendors_own_types(model: ImageModel) -> None:
    asked = fields_of(order_of(model.id, end_user="0f3c"))
    TypeAdapter(ImageGenerateParams).validate_python(asked, strict=True, extra="forbid")
    types = get_type_hints(ImageEditParamsStreaming)
    for name, value in fields_of(edit_of(model.id, end_user="0f3c")).items():
        TypeAdapter(types[name]).validate_python(value, strict=True)


@pytest.mark.parametrize("count", [1, 3])
async def test_we_send_what_the_vendors_client_sends(
    provider: Provider, vendor: OpenAI, sdk: openai.AsyncOpenAI, count: int
) -> None:
    order = order_of(FLARE, count=count, end_user="0f3c")
    await made_by(provider, order)
    await asked_by(sdk, order)
    ours, theirs = vendor.orders
    assert (ours.method, ours.path) == (theirs.method, theirs.path)
    assert ours.json == theirs.json
    for name in ("Authorization", "Content-Type"):
        assert ours.headers[name] == theirs.headers[name]


@pytest.mark.parametrize("count", [1, 3])
async def test_we_send_the_forms_that_the_vendors_client_sends(
    provider: Provider, vendor: OpenAI, sdk: openai.AsyncOpenAI, count: int
) -> None:
    extra = SourcePicture(data=picture(64, 64), mime="image/png")
    order = edit_of(FLARE, count=count)
    order = order.model_copy(update={"sources": (*order.sources, extra)})
    await made_by(provider, order)
    await asked_by(sdk, order)
    ours, theirs = vendor.orders
    assert ours.path == theirs.path
    assert sorted(ours.form, key=repr) == sorted(theirs.form, key=repr)
    for seen in (ours, theirs):
        assert seen.headers["Content-Type"].startswith("multipart/form-data")


async def asked_by(sdk: openai.AsyncOpenAI, order: Order) -> None:
    """The same order by the vendor's client, read to its end."""
    fields = fields_of(order)
    if order.sources:
        images = [
            (f"image-{n}.png", source.data, source.mime)
            for n, source in enumerate(order.sources, start=1)
        ]
        answer: Any = await sdk.images.edit(image=images, **fields)
    else:
        answer = await sdk.images.generate(**fields)
    if "stream" in fields:
        _ = [event async for event in answer]


async def test_the_vendors_client_reads_the_servers_answers(sdk: openai.AsyncOpenAI) -> None:
    answer = await sdk.images.generate(model="gpt-image-2.6-flare", prompt="A mug", n=2)
    assert answer.data is not None and len(answer.data) == 2
    assert answer.usage is not None
    assert answer.usage.total_tokens == 50 + 2 * 1756
    assert answer.size == "1024x1024"
    assert "gpt-image-2.6-flare" in [model.id async for model in sdk.models.list()]


async def test_the_vendors_client_reads_the_servers_streams(sdk: openai.AsyncOpenAI) -> None:
    made = await sdk.images.generate(
        model="gpt-image-2.6-flare", prompt="A mug", stream=True, partial_images=2
    )
    assert [event.type async for event in made] == [
        "image_generation.partial_image",
        "image_generation.partial_image",
        "image_generation.completed",
    ]
    edited = await sdk.images.edit(
        model="gpt-image-2.6-flare", prompt="blue", image=picture(64, 64), stream=True
    )
    events = [event async for event in edited]
    assert events[-1].type == "image_edit.completed"
    assert events[-1].usage.total_tokens > 0


async def test_the_vendors_client_understands_the_servers_errors(
    sdk: openai.AsyncOpenAI, vendor: OpenAI
) -> None:
    with pytest.raises(openai.BadRequestError) as unknown:
        await sdk.images.generate(model="gpt-image-2.6-flare", prompt="x", extra_body={"seed": 7})
    assert unknown.value.code == "unknown_parameter"
    vendor.is_out_of_credit = True
    with pytest.raises(openai.RateLimitError) as empty:
        await sdk.images.generate(model="gpt-image-2.6-flare", prompt="x")
    assert empty.value.code == "insufficient_quota"
    vendor.is_out_of_credit = False
    vendor.ending = ("error", {"error": {"code": "server_error", "message": "Try later."}})
    stream = await sdk.images.generate(
        model="gpt-image-2.6-flare", prompt="x", stream=True, partial_images=1
    )
    with pytest.raises(openai.APIError, match=r"Try later\."):
        _ = [event async for event in stream]
