"""What only Gemini has: thoughts, reasons in good answers, quotas, and what tokens cost."""

import base64
import io
from decimal import Decimal
from typing import Any

import pytest
from google import genai
from google.genai import types
from PIL import Image
from pydantic.alias_generators import to_camel

from bot.domain.catalog import Aspect
from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.provider import Provider, SourcePicture
from bot.studio.remote.words import prompt_words
from tests.bot.studio.providers.test_sources import grain
from tests.vendors import google
from tests.vendors.cases import Case
from tests.vendors.google import Google, answered, blocked, error_of, shown
from tests.vendors.orders import SOURCE, edit_of, made_by, order_of
from tests.vendors.vendor import KEY, Fault, Vendor, picture

MODEL = "google/gemini-nano-banana-2.1"
PAID = Google.paid


@pytest.fixture
def case() -> Case:
    return google.CASE


def client_on(vendor: Vendor) -> genai.Client:
    """Google's own client on our server, without its retries."""
    return genai.Client(
        api_key=KEY,
        http_options=types.HttpOptions(
            base_url=vendor.url,
            api_version="v1beta",
            retry_options=types.HttpRetryOptions(attempts=1),
        ),
    )


def plain_of(body: Any) -> Any:
    """A body with its names in camel case and its pictures in one kind of base64."""
    if isinstance(body, dict):
        return {
            to_camel(name): value.replace("-", "+").replace("_", "/")
            if name == "data"
            else plain_of(value)
            for name, value in body.items()
        }
    return [plain_of(each) for each in body] if isinstance(body, list) else body


its_client = pytest.mark.filterwarnings("ignore:Inheritance class:DeprecationWarning")


@its_client
async def test_we_ask_as_googles_own_client_does(provider: Provider, vendor: Vendor) -> None:
    order = order_of("google/gemini-nano-banana-2.1-2k", aspect=Aspect.WIDE)
    await made_by(provider, order)
    await made_by(provider, edit_of("google/gemini-nano-banana-2.1-2k"))
    sdk = client_on(vendor).aio.models
    source = types.Part.from_bytes(data=SOURCE.data, mime_type="image/png")
    words: types.ContentListUnion = prompt_words(order)
    asked = types.Part.from_text(text="make the mug blue")
    edit: types.ContentListUnion = [types.Content(role="user", parts=[asked, source])]
    asks = ((words, "16:9"), (edit, None))
    for contents, aspect in asks:
        answer = await sdk.generate_content(
            model=order.model.api_model,
            contents=contents,
            config=types.GenerateContentConfig(
                response_modalities=["IMAGE"],
                image_config=types.ImageConfig(aspect_ratio=aspect, image_size="2K"),
            ),
        )
        assert answer.parts and answer.parts[0].inline_data
    ours, theirs = vendor.orders[:2], vendor.orders[2:]
    assert [seen.path for seen in ours] == [seen.path for seen in theirs]
    assert [seen.json for seen in ours] == [plain_of(seen.json) for seen in theirs]
    for seen in ours:
        assert seen.headers["x-goog-api-key"] == KEY and not seen.query
        types.Content.model_validate(seen.json["contents"][0])
        types.GenerateContentConfig.model_validate(seen.json["generationConfig"])


@its_client
async def test_googles_own_client_reads_our_server_as_we_do(
    provider: Provider, vendor: Vendor
) -> None:
    sdk = client_on(vendor).aio.models
    for body, word in (
        (blocked("IMAGE_SAFETY"), types.BlockedReason.IMAGE_SAFETY),
        (answered(parts=[], reason="IMAGE_RECITATION"), types.FinishReason.IMAGE_RECITATION),
    ):
        vendor.fail(PAID, Fault(status=200, body=body))
        answer = await sdk.generate_content(model="gemini-3-pro-image", contents="x")
        found = answer.prompt_feedback and answer.prompt_feedback.block_reason
        assert word == (found or (answer.candidates or [])[0].finish_reason)
    vendor.key = "another"
    with pytest.raises(genai.errors.ClientError) as refused:
        await sdk.generate_content(model="gemini-3-pro-image", contents="x")
    assert refused.value.code == 400
    with pytest.raises(BadKey):
        await provider.check_key()


@pytest.mark.parametrize("reason", [each.value for each in types.FinishReason])
async def test_every_reason_to_end_without_a_picture_is_a_refusal(
    reason: str, provider: Provider, vendor: Vendor
) -> None:
    vendor.fail(PAID, Fault(status=200, body=answered(parts=[], reason=reason)))
    with pytest.raises(Refused) as refused:
        await provider.submit(order_of(MODEL))
    assert refused.value.reason.endswith(".") and "_" not in refused.value.reason
    assert not refused.value.was_billed
    assert len(vendor.orders) == 1


@pytest.mark.parametrize("reason", [each.value for each in types.BlockedReason])
async def test_every_reason_to_block_a_prompt_is_a_refusal(
    reason: str, provider: Provider, vendor: Vendor
) -> None:
    vendor.fail(PAID, Fault(status=200, body=blocked(reason)))
    with pytest.raises(Refused) as refused:
        await provider.submit(order_of(MODEL))
    assert "_" not in refused.value.reason and not refused.value.was_billed


async def test_thoughts_are_not_shown_and_the_last_picture_counts(
    provider: Provider, vendor: Vendor
) -> None:
    thought, first, last = (picture(16, 16, number=number) for number in (1, 2, 3))
    parts = [
        {"text": "First I think.", "thought": True},
        shown(thought, thought=True),
        {"text": "Here it is.", "thoughtSignature": "c2ln"},
        shown(first),
        shown(last),
        shown(thought, thought=True),
    ]
    vendor.fail(PAID, Fault(status=200, body=answered(parts=parts)))
    made = await made_by(provider, order_of(MODEL))
    assert [one.data for one in made.pictures] == [last]
    thinks = answered(parts=[{"text": "I cannot.", "thought": True}, shown(thought, thought=True)])
    vendor.fail(PAID, Fault(status=200, body=thinks))
    with pytest.raises(Refused, match="gave no reason"):
        await provider.submit(order_of(MODEL))


async def test_a_picture_counts_even_where_the_answer_was_cut_short(
    provider: Provider, vendor: Vendor
) -> None:
    body = answered(parts=[shown(picture(16, 16))], reason="MAX_TOKENS")
    vendor.fail(PAID, Fault(status=200, body=body))
    assert (await made_by(provider, order_of(MODEL))).pictures


async def test_a_damaged_picture_may_have_been_billed(provider: Provider, vendor: Vendor) -> None:
    part = {"inlineData": {"mimeType": "image/png", "data": "%%%"}}
    vendor.fail(PAID, Fault(status=200, body=answered(parts=[part])))
    with pytest.raises(Unknown):
        await provider.submit(order_of(MODEL))


@pytest.mark.parametrize(
    ("model", "usage", "cost"),
    [
        # 10 x $1.50 + 1120 x $30 a million
        (MODEL, {}, "0.033615"),
        # and 200 thoughts and 20 words x $7.50
        (MODEL, {"candidatesTokenCount": 1140, "thoughtsTokenCount": 200}, "0.035265"),
        # nothing said of pictures: all of 1120 is taken for one
        (MODEL, {"candidatesTokensDetails": []}, "0.033615"),
        # 10 x $2 + 1120 x $120
        ("google/gemini-3-pro-image", {}, "0.13442"),
        # 10 x $0.25 + 1120 x $30
        ("google/gemini-3.1-flash-lite-image", {}, "0.0336025"),
    ],
)
async def test_the_tokens_are_what_it_costs(
    model: str, usage: dict[str, Any], cost: str, provider: Provider, vendor: Vendor
) -> None:
    body = answered(parts=[shown(picture(16, 16))])
    body["usageMetadata"] |= usage
    vendor.fail(PAID, Fault(status=200, body=body))
    made = await made_by(provider, order_of(model))
    assert made.cost_usd == Decimal(cost)
    assert made.cost_usd <= order_of(model).model.price_usd
    assert made.request_id == "resp_0123"


async def test_no_cost_is_made_up_where_google_does_not_say(
    provider: Provider, vendor: Vendor
) -> None:
    body = answered(parts=[shown(picture(16, 16))])
    del body["usageMetadata"]
    vendor.fail(PAID, Fault(status=200, body=body))
    assert (await made_by(provider, order_of(MODEL))).cost_usd is None


RETRY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "37.5s"}
HOUR = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "90000s"}
KEYLESS = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
NONE = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": None}
QUOTA = "You exceeded your current quota, please check your plan and billing details."


@pytest.mark.parametrize(
    ("body", "kind", "seconds"),
    [
        (error_of(429, "RESOURCE_EXHAUSTED", QUOTA, RETRY), Unavailable, 37.5),
        (error_of(429, "RESOURCE_EXHAUSTED", QUOTA, HOUR), Unavailable, 3600),
        (error_of(429, "RESOURCE_EXHAUSTED", QUOTA, NONE), Unavailable, 5),
        (error_of(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted."), Unavailable, 5),
        (error_of(503, "UNAVAILABLE", "The model is overloaded."), Unavailable, 5),
        (error_of(500, "INTERNAL", "An internal error has occurred."), Unavailable, 5),
        (
            error_of(429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted."),
            OutOfCredit,
            0,
        ),
        (error_of(429, "RESOURCE_EXHAUSTED", f"{QUOTA} limit: 0, model: x", RETRY), OutOfCredit, 0),
        (
            error_of(400, "FAILED_PRECONDITION", "Please enable billing on project 1."),
            OutOfCredit,
            0,
        ),
        (error_of(400, "INVALID_ARGUMENT", "No field named billing."), Refused, 0),
        (error_of(400, "FAILED_PRECONDITION", "User location is not supported."), Refused, 0),
        (error_of(403, "PERMISSION_DENIED", "Your API key was reported as leaked."), BadKey, 0),
        (error_of(401, "UNAUTHENTICATED", "Expected an OAuth token."), BadKey, 0),
        (error_of(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid."), BadKey, 0),
        (error_of(400, "INVALID_ARGUMENT", "La clé est incorrecte.", KEYLESS), BadKey, 0),
        (error_of(404, "NOT_FOUND", "models/x is no longer available."), Refused, 0),
        (error_of(504, "DEADLINE_EXCEEDED", "Deadline expired."), Unknown, 0),
    ],
)
async def test_what_google_answers_instead(
    body: dict[str, Any],
    kind: type[ProviderError],
    seconds: float,
    provider: Provider,
    vendor: Vendor,
) -> None:
    vendor.fail(PAID, Fault(status=body["error"]["code"], body=body))
    with pytest.raises(kind) as refused:
        await provider.submit(order_of(MODEL))
    if isinstance(refused.value, Unavailable):
        assert refused.value.retry_after_seconds == seconds
    if body["error"]["status"] == "PERMISSION_DENIED":
        assert "does not let this key use the model" in str(refused.value)
    assert len(vendor.orders) == 1


async def test_a_key_is_never_repeated_even_where_google_does(
    provider: Provider, vendor: Vendor
) -> None:
    vendor.key = "another"
    with pytest.raises(BadKey) as refused:
        await provider.submit(order_of(MODEL))
    assert KEY not in refused.value.reason


async def test_fourteen_large_pictures_fit_into_one_request(
    provider: Provider, vendor: Vendor
) -> None:
    large = grain(1200, 1000)  # 3.6 MB each
    await made_by(provider, edit_of(MODEL, sources=(large,) * 14))
    assert len(vendor.orders[0].body) < google.MAX_REQUEST_BYTES
    sent = vendor.orders[0].json["contents"][0]["parts"][1:]
    assert len(sent) == 14
    with Image.open(io.BytesIO(base64.b64decode(sent[0]["inlineData"]["data"]))) as image:
        assert image.format == "JPEG" and image.width > 300


async def test_what_is_no_picture_is_not_sent(provider: Provider, vendor: Vendor) -> None:
    source = SourcePicture(data=b"nothing", mime="image/png")
    with pytest.raises(Refused):
        await provider.submit(edit_of(MODEL, sources=(source,)))
    assert not vendor.orders


@pytest.mark.parametrize(
    "options", [{}, {"input_usd": "1"}, {"image_size": "8K"}, {"input_usd": "1", "x": 1}]
)
async def test_an_entry_that_is_wrong_costs_nothing(
    options: dict[str, Any], provider: Provider, vendor: Vendor
) -> None:
    order = order_of(MODEL)
    order = order.model_copy(update={"model": order.model.model_copy(update={"options": options})})
    with pytest.raises(Refused, match=r"The options of Nano Banana 2\.1 are wrong"):
        await provider.submit(order)
    assert not vendor.orders


async def test_words_of_a_prompt_change_nothing_else(provider: Provider, vendor: Vendor) -> None:
    words = '"}],"generationConfig":{"imageConfig":{"imageSize":"4K"}} <b>\u2028 --ar 16:9'
    await made_by(provider, order_of(MODEL, prompt=words))
    asked = vendor.orders[0].json
    assert asked["contents"][0]["parts"][0]["text"].startswith(words)
    assert asked["generationConfig"]["imageConfig"] == {"aspectRatio": "1:1", "imageSize": "1K"}


async def test_the_key_report_names_the_models(provider: Provider) -> None:
    report = await provider.check_key()
    assert report.model_ids is not None and "gemini-nano-banana-2.1" in report.model_ids
