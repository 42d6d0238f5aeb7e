"""Google's Gemini image models: an order in, one call for each picture, base64 pictures out.

Options of an entry: `image_size` (1K, 2K or 4K; none where the model has but one size), and what a
million tokens cost: `input_usd` for what goes in, `text_usd` for words and thoughts that come out,
`made_usd` for pictures that come out.

Source: https://ai.google.dev/api/generate-content, the discovery document v1beta (2026-08-22) and
the types of google-genai 3.6 (2026-11)
"""

import asyncio
import time
from decimal import Decimal
from typing import Any, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.errors import BadKey, OutOfCredit, ProviderError, Refused, Unavailable, Unknown
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.remote.api import RETRY_SECONDS, Answer, Api, Read, plain
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.options import Options, checker, options_of
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.variations import make_all
from bot.studio.remote.words import from_base64, prompt_words, to_base64

AT_ONCE = 8

MAX_INLINE_BYTES = 14_000_000
"""Of all sources: a request may have 20 MB, and base64 makes four bytes of three."""
_MAX_PIXELS = 3072 * 3072
"""Of one source; Gemini itself looks at no more."""

_BLOCKED = {
    "SAFETY": "It goes against Google's safety rules.",
    "IMAGE_SAFETY": "The picture would go against Google's safety rules.",
    "PROHIBITED_CONTENT": "Google prohibits such content.",
    "IMAGE_PROHIBITED_CONTENT": "Google prohibits such pictures.",
    "BLOCKLIST": "It holds words that Google does not take.",
    "RECITATION": "It would come too close to a work of somebody else.",
    "IMAGE_RECITATION": "The picture would come too close to a work of somebody else.",
    "SPII": "It holds personal data that Google does not take.",
    "LANGUAGE": "Google does not make pictures from this language.",
    "MODEL_ARMOR": "A filter of the Google account stopped it.",
    "JAILBREAK": "Google took it for an attempt to get around its rules.",
    "NO_IMAGE": "Google's model made no picture this time. Another try may succeed.",
    "IMAGE_OTHER": "Google's model made no picture this time. Another try may succeed.",
    "MAX_TOKENS": "Google's model thought too long and made no picture.",
}
"""The reasons in an answer without a picture, in plain words."""
_NO_REASON = "Google made no picture and gave no reason."


class _Read(Read):
    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel)


class _Inline(_Read):
    mime_type: str = ""
    data: str


class _Part(_Read):
    text: str = ""
    thought: bool = False
    inline_data: _Inline | None = None


class _Content(_Read):
    parts: tuple[_Part, ...] = ()


class _Candidate(_Read):
    content: _Content = _Content()
    finish_reason: str = ""


class _Feedback(_Read):
    block_reason: str = ""


class _Tokens(_Read):
    modality: str = ""
    token_count: int = 0


class _Usage(_Read):
    prompt_token_count: int = 0
    candidates_token_count: int = 0
    thoughts_token_count: int = 0
    candidates_tokens_details: tuple[_Tokens, ...] = ()


class _Answer(_Read):
    candidates: tuple[_Candidate, ...] = ()
    prompt_feedback: _Feedback = _Feedback()
    usage_metadata: _Usage | None = None
    response_id: str = ""


class _Model(_Read):
    name: str


class _Models(_Read):
    models: tuple[_Model, ...] = ()


class _Options(Options):
    """What an entry says of its model."""

    image_size: Literal["1K", "2K", "4K"] | None = None
    input_usd: Decimal = Field(ge=0)
    text_usd: Decimal = Field(ge=0)
    made_usd: Decimal = Field(ge=0)


class GoogleProvider(Provider):
    """Makes and edits pictures with the Gemini image models."""

    name = "google"
    poll_seconds = 1.0

    def __init__(self, access: Access) -> None:
        self._api = Api(
            client=access.client,
            title="Google",
            url=access.url,
            headers={"x-goog-api-key": access.key},
            judge=judge,
        )
        self._silence_seconds = access.silence_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def submit(self, order: Order) -> Made:
        """Generate, or edit where there are sources."""
        options = options_of(order.model, _Options)
        parts = [{"text": prompt_words(order)}, *await _inline(order)]
        body = _body(order, options, parts)

        async def make(call: Order) -> Made:
            return await self._make(call, options, body)

        return await make_all(order, make, gate=self._gate)

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an answer holds the picture, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Raises: Unknown; Google keeps no pictures and knows no keys of ours."""
        raise Unknown

    async def check_key(self) -> KeyReport:
        """Ask which models the key may use."""
        answer = await self._api.call("GET", "/models", is_order=False, params={"pageSize": "1000"})
        listed = self._api.read(answer, _Models, is_order=False)
        names = frozenset(model.name.removeprefix("models/") for model in listed.models)
        return KeyReport("works", model_ids=names)

    async def _make(self, call: Order, options: _Options, body: dict[str, Any]) -> Made:
        started = time.monotonic()
        answer = await self._api.call(
            "POST",
            f"/models/{call.model.api_model}:generateContent",
            is_order=True,
            timeout_seconds=self._silence_seconds,
            json=body,
        )
        read = self._api.read(answer, _Answer, is_order=True)
        if not read.candidates and not read.prompt_feedback.block_reason:
            raise Unknown("Its answer holds neither a picture nor a reason.")
        return Made(
            pictures=(Picture(data=_picture(read), description="", index=1),),
            seconds=time.monotonic() - started,
            cost_usd=None if read.usage_metadata is None else _cost(read.usage_metadata, options),
            request_id=read.response_id,
        )


def judge(answer: Answer) -> ProviderError | None:
    """Google's own errors: a wrong key is a 400, and one 429 stands for busy, quota and credit."""
    status, words = answer.at("error", "status"), plain(answer.at("error", "message"))
    if "API_KEY_INVALID" in _details(answer, "reason") or "api key not valid" in words.lower():
        return BadKey("Google does not accept the key.")
    if status == "PERMISSION_DENIED":
        return BadKey("Google does not let this key use the model.")
    if _is_out_of_credit(answer, words.lower()):
        return OutOfCredit("The account with Google is out of credit, or has no paid plan.")
    if answer.status == 429:
        delay = _delay(answer)
        given = answer.retry_after_seconds or 0.0
        return Unavailable("Google is busy.", retry_after_seconds=max(delay, given))
    if answer.status in (400, 404, 413, 422):
        return Refused(words or "Google did not take the request.", was_billed=False)
    return None


def _is_out_of_credit(answer: Answer, words: str) -> bool:
    """Told from a limit that passes: the usual 429 speaks of "plan and billing details" as well."""
    if answer.status == 429:
        # The picture models have no free quota: "limit: 0" stands where no plan is paid for.
        return "credits are depleted" in words or "spending cap" in words or "limit: 0" in words
    return answer.at("error", "status") == "FAILED_PRECONDITION" and "billing" in words


def _details(answer: Answer, name: str) -> list[Any]:
    details = answer.at("error", "details")
    found = details if isinstance(details, list) else []
    return [each.get(name) for each in found if isinstance(each, dict)]


def _delay(answer: Answer) -> float:
    """The seconds of a RetryInfo, such as `13s` or `0.5s`."""
    for given in _details(answer, "retryDelay"):
        try:
            return min(max(float(str(given).removesuffix("s")), 0.0), 3600.0)
        except ValueError:
            continue
    return RETRY_SECONDS


async def _inline(order: Order) -> list[dict[str, Any]]:
    limits = Limits(
        max_pixels=_MAX_PIXELS, max_bytes=MAX_INLINE_BYTES // max(len(order.sources), 1)
    )
    sources = [await fitted(source, limits, title="Google") for source in order.sources]
    return [
        {"inlineData": {"mimeType": source.mime, "data": to_base64(source.data)}}
        for source in sources
    ]


def _body(order: Order, options: _Options, parts: list[dict[str, Any]]) -> dict[str, Any]:
    image: dict[str, str] = {}
    if order.aspect is not None:  # an edit has none: it gets its source's
        image["aspectRatio"] = order.aspect.value
    if options.image_size is not None:
        image["imageSize"] = options.image_size
    config: dict[str, Any] = {"responseModalities": ["IMAGE"]}
    if image:
        config["imageConfig"] = image
    return {"contents": [{"role": "user", "parts": parts}], "generationConfig": config}


def _picture(read: _Answer) -> bytes:
    """The last picture that is no thought.

    Raises: Refused where there is none. It is never asked again here, not even where another try
        may succeed: the answer came, so Google may bill its tokens, and a new call is a new order.
    """
    parts = [part for candidate in read.candidates for part in candidate.content.parts]
    shown = [part.inline_data for part in parts if part.inline_data and not part.thought]
    pictures = [inline for inline in shown if inline.mime_type.startswith("image/")]
    if pictures:
        return from_base64(pictures[-1].data)
    reasons = [read.prompt_feedback.block_reason, *(one.finish_reason for one in read.candidates)]
    reason = next((each for each in reasons if each and each != "STOP"), "")
    said = next((plain(part.text) for part in parts if part.text and not part.thought), "")
    words = _BLOCKED.get(reason) or (f"Google's model said: {said}" if said else _NO_REASON)
    raise Refused(words, was_billed=_was_billed(read.usage_metadata))


def _was_billed(usage: _Usage | None) -> bool:
    """Google bills tokens, so those that came out of a refusal; a prompt's are next to nothing."""
    return usage is not None and usage.candidates_token_count + usage.thoughts_token_count > 0


def _cost(usage: _Usage, options: _Options) -> Decimal:
    """What the tokens cost; those that come out are a picture's where Google does not say."""
    out = usage.candidates_token_count
    listed = [each for each in usage.candidates_tokens_details if each.modality == "IMAGE"]
    made = sum(each.token_count for each in listed) if listed else out
    words = max(out - made, 0) + usage.thoughts_token_count
    million = Decimal(1_000_000)
    return (
        usage.prompt_token_count * options.input_usd
        + words * options.text_usd
        + made * options.made_usd
    ) / million


KIND = Kind(
    name="google",
    title="Google Gemini",
    make=GoogleProvider,
    key_variable="GEMINI_API_KEY",
    url="https://generativelanguage.googleapis.com/v1beta",
    url_variable="GEMINI_BASE_URL",
    keys_at="https://aistudio.google.com/apikey",
    check=checker(_Options),
)
