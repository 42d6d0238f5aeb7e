"""What only Recraft has: drawings, results as addresses, units, errors that are not published."""

import base64
import io
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image

from bot.domain.catalog import Aspect
from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.picture import open_picture
from bot.studio.provider import Provider, SourcePicture
from tests.vendors import recraft
from tests.vendors.cases import Case
from tests.vendors.orders import edit_of, made_by, order_of
from tests.vendors.recraft import Recraft
from tests.vendors.vendor import Fault, Vendor, picture

MODEL, VECTOR = "recraft/recraftv4_1", "recraft/recraftv4_1_vector"
CUT_OUT = "recraft/remove-background"
PAID = Recraft.paid


@pytest.fixture
def case() -> Case:
    return recraft.CASE


@pytest.fixture
def server(vendor: Vendor) -> Recraft:
    assert isinstance(vendor, Recraft)
    return vendor


async def test_a_picture_is_asked_for_in_its_own_bytes(provider: Provider, vendor: Vendor) -> None:
    made = await made_by(provider, order_of(MODEL, aspect=Aspect.WIDE))
    assert vendor.orders[0].json == {
        "prompt": vendor.orders[0].json["prompt"],
        "model": "recraftv4_1",
        "n": 1,
        "size": "1344x768",
        "response_format": "b64_json",
        "image_format": "png",
        "random_seed": 7,
    }
    assert made.pictures[0].data == picture(1344, 768)
    assert made.pictures[0].vector is None
    assert (made.cost_usd, made.request_id) == (Decimal("0.035"), "7d9c1a22")


@pytest.mark.parametrize(
    ("aspect", "ratio"), [(Aspect.SQUARE, 1), (Aspect.STORY, 9 / 16), (Aspect.WIDE, 16 / 9)]
)
async def test_a_drawing_comes_as_clean_svg_and_as_pixels(
    aspect: Aspect, ratio: float, provider: Provider, vendor: Vendor
) -> None:
    made = (await made_by(provider, order_of(VECTOR, aspect=aspect))).pictures[0]
    assert vendor.orders[0].json["size"] == aspect.value
    assert "image_format" not in vendor.orders[0].json
    assert made.vector is not None and b"<path" in made.vector and b"alert" not in made.vector
    shown = open_picture(made.data)
    assert shown.format is None and max(shown.size) == 2048
    assert shown.width / shown.height == pytest.approx(ratio, rel=0.02)
    assert shown.convert("RGB").getpixel((900, 900)) == (200, 30, 30)


@pytest.mark.parametrize(
    "svg",
    ["Sorry.", '<svg xmlns="http://www.w3.org/2000/svg"/>', "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"],
)
async def test_a_drawing_that_cannot_be_shown_was_paid_for(
    svg: str, provider: Provider, server: Recraft
) -> None:
    server.svg = svg
    with pytest.raises(Unknown, match="cannot be shown"):
        await provider.submit(order_of(VECTOR))
    assert len(server.orders) == 1


async def test_seeds_follow_so_that_each_can_be_asked_for_again(
    provider: Provider, vendor: Vendor
) -> None:
    made = await made_by(provider, order_of(VECTOR, count=3))
    assert len(made.pictures) == 3 and made.cost_usd == Decimal("0.24")
    assert sorted(vendor.seeds()) == [7, 8, 9]


async def test_a_background_is_taken_away(provider: Provider, vendor: Vendor) -> None:
    order = edit_of(CUT_OUT, source_px=(400, 300))
    made = await made_by(provider, order)
    assert vendor.orders[0].path == "/v1/images/removeBackground"
    sent = vendor.orders[0].json["image_url"]
    assert base64.b64decode(sent.partition(",")[2]) == order.sources[0].data
    with Image.open(io.BytesIO(made.pictures[0].data)) as image:
        assert image.format == "PNG" and image.mode == "RGBA"
    assert made.cost_usd == Decimal("0.01")


async def test_a_picture_outside_the_limits_is_fitted_or_not_sent(
    provider: Provider, vendor: Vendor
) -> None:
    await made_by(provider, edit_of(CUT_OUT, source_px=(6000, 1000)))  # the server is strict
    await made_by(provider, edit_of(CUT_OUT, source_px=(4090, 4090)))  # 16.7 MP
    assert len(vendor.orders) == 2
    with pytest.raises(Refused, match="at least 256"):
        await provider.submit(edit_of(CUT_OUT, source_px=(400, 200)))
    with pytest.raises(Refused):
        source = SourcePicture(data=b"nothing", mime="image/png")
        await provider.submit(edit_of(CUT_OUT, sources=(source,)))
    assert len(vendor.orders) == 2


@pytest.mark.parametrize("model", [MODEL, VECTOR, CUT_OUT])
async def test_results_that_come_as_addresses_are_fetched(
    model: str, provider: Provider, server: Recraft
) -> None:
    server.sends_addresses = True
    order = edit_of(model, source_px=(400, 300)) if model == CUT_OUT else order_of(model)
    made = await made_by(provider, order)
    assert open_picture(made.pictures[0].data)
    fetched = [seen for seen in server.seen if seen.path.startswith("/kept/")]
    assert len(fetched) == 1 and "Authorization" not in fetched[0].headers


@pytest.mark.parametrize("fault", [Fault(status=503, body="wait"), Fault(drops=True)])
async def test_a_result_that_cannot_be_fetched_is_not_ordered_again(
    fault: Fault, provider: Provider, server: Recraft
) -> None:
    server.sends_addresses = True
    server.fail("/kept/", fault)
    with pytest.raises(Unknown):
        await provider.submit(order_of(MODEL))
    assert len(server.orders) == 1


@pytest.mark.parametrize("address", ["https://evil.example/a.png", "file:///etc/passwd", "x"])
async def test_a_result_of_another_host_is_not_fetched(
    address: str, provider: Provider, vendor: Vendor
) -> None:
    vendor.fail(PAID, Fault(status=200, body={"data": [{"url": address}], "credits": 35}))
    with pytest.raises(Unknown, match="gave an address"):
        await provider.submit(order_of(MODEL))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, "request unauthorized", BadKey),
        (402, {"message": "Payment required"}, OutOfCredit),
        (400, {"code": "not_enough_credits", "message": "Top up."}, OutOfCredit),
        (403, "insufficient balance", OutOfCredit),
        (403, "forbidden", BadKey),
        (400, {"code": "invalid_size", "message": "invalid size 9x9"}, Refused),
        (403, {"code": "moderation", "message": "The prompt was rejected."}, Refused),
        (404, "404 page not found", Refused),
        (400, "<html>Bad request</html>", Refused),
        (429, {"code": "rate_limit_exceeded", "message": "no credits in this second"}, Unavailable),
        (500, {"code": "internal", "message": "moderation service failed"}, Unavailable),
        (500, "internal error", Unknown),
    ],
)
async def test_what_recraft_answers_instead(
    status: int, body: Any, kind: type[ProviderError], provider: Provider, vendor: Vendor
) -> None:
    vendor.fail(PAID, Fault(status=status, body=body))
    with pytest.raises(kind) as refused:
        await provider.submit(order_of(MODEL))
    assert "<" not in str(getattr(refused.value, "reason", ""))
    assert len(vendor.orders) == 1


async def test_the_key_report_says_what_is_left(provider: Provider, vendor: Vendor) -> None:
    assert (await provider.check_key()).words == "works; $1.23 left"
    vendor.is_out_of_credit = True
    with pytest.raises(OutOfCredit):
        await provider.check_key()


@pytest.mark.parametrize("options", [{"operation": "imageToImage"}, {"is_vector": 2}, {"x": 1}])
async def test_an_entry_that_is_wrong_costs_nothing(
    options: dict[str, Any], provider: Provider, vendor: Vendor
) -> None:
    order = order_of(MODEL)
    order = order.model_copy(update={"model": order.model.model_copy(update={"options": options})})
    with pytest.raises(Refused, match=r"The options of Recraft V4\.1 are wrong"):
        await provider.submit(order)
    assert not vendor.orders
