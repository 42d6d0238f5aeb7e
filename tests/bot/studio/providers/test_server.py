"""An operator's own server: three settings, five kinds, and words that command nothing."""

import html
import unicodedata
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openai
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.catalog import Aspect, ImageModel, Size
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings
from bot.errors import BadField, BadKey, Refused, SetupError, Unavailable, Unknown
from bot.studio.catalog import catalog, models
from bot.studio.check import order as order_for
from bot.studio.picture import open_picture
from bot.studio.provider import Order, Provider, SourcePicture
from bot.studio.providers import remote_providers
from bot.studio.providers.server import edit_size, fields_of
from bot.studio.providers.server_models import FLAVOURS, server_models
from bot.studio.remote.api import open_client
from bot.studio.remote.neutral import neutral
from bot.studio.styles import STYLES
from tests.vendors.orders import SOURCE, edit_of, made_by, order_of
from tests.vendors.server import CASES, NAMES, Server, settings, understood
from tests.vendors.vendor import KEY, Fault, picture

MODELS = {case.variant: case.models[0] for case in CASES}
over_flavours = pytest.mark.parametrize("flavour", FLAVOURS)
THREE = {
    "STUDIO_SERVER_URL": "http://gpu.local:8080",
    "STUDIO_SERVER_KEY": KEY,
    "STUDIO_SERVER_MODEL": "sdxl-turbo",
}


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with open_client() as opened:
        yield opened


def provider_of(server: Server, client: httpx2.AsyncClient, *, key: str = KEY) -> Provider:
    environment = {"STUDIO_SERVER_URL": server.url, "STUDIO_SERVER_KEY": key}
    return remote_providers(environment, client)["server"]


# Settings.


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/"])
async def test_three_settings_add_a_server(suffix: str, client: httpx2.AsyncClient) -> None:
    async with Server() as server:
        environment = {**THREE, "STUDIO_SERVER_URL": f"{server.url}{suffix}"}
        providers = remote_providers(environment, client)
        offered = catalog(providers, among=(*models(), *server_models(environment)))
        assert [model.id for model in offered.models] == ["server/sdxl-turbo"]
        asked = ItemSettings(
            prompt="A mug",
            model_id="server/sdxl-turbo",
            style_id=STYLES[0].id,
            aspect=Aspect.WIDE,
            count=1,
        )
        order = order_for(
            asked, tool=Tool.GENERATE, title="Mug", seed=None, key="sub_1", catalog=offered
        )
        made = await made_by(providers["server"], order)
        assert open_picture(made.pictures[0].data).size == (1280, 720)
        assert made.cost_usd == 0


async def test_a_server_without_a_key_is_sent_none(client: httpx2.AsyncClient) -> None:
    async with Server() as server:
        server.key = ""
        provider = provider_of(server, client, key="")
        await made_by(provider, order_of(MODELS["plain"].id))
        assert "Authorization" not in server.orders[0].headers


def test_several_models_may_be_named() -> None:
    named = "Qwen/Qwen-Image, flux.1-dev,Qwen/Qwen-Image ,"
    made = server_models({**THREE, "STUDIO_SERVER_MODEL": named, "STUDIO_SERVER_FLAVOUR": " VLLM "})
    assert [(model.id, model.api_model, model.name) for model in made] == [
        ("server/qwen-qwen-image", "Qwen/Qwen-Image", "Qwen-Image (own server)"),
        ("server/flux.1-dev", "flux.1-dev", "flux.1-dev (own server)"),
    ]


def test_models_of_the_same_short_name_are_told_apart() -> None:
    made = server_models({**THREE, "STUDIO_SERVER_MODEL": "a/flux,b/flux"})
    assert [model.name for model in made] == ["a/flux (own server)", "b/flux (own server)"]


def test_without_an_address_there_are_no_models() -> None:
    assert server_models({**THREE, "STUDIO_SERVER_URL": " "}) == ()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("STUDIO_SERVER_URL", "gpu.local:8080"),
        ("STUDIO_SERVER_URL", "http://"),
        ("STUDIO_SERVER_URL", "file:///etc"),
        ("STUDIO_SERVER_FLAVOUR", "comfy"),
        ("STUDIO_SERVER_MODEL", " , "),
        ("STUDIO_SERVER_MODEL", "a" * 121),
        ("STUDIO_SERVER_MODEL", "a\nb"),
        ("STUDIO_SERVER_MODEL", "a/b,a-b"),
        ("STUDIO_SERVER_MODEL", "***"),
        ("STUDIO_SERVER_MODEL", ",".join(f"m{n}" for n in range(25))),
    ],
)
def test_a_wrong_setting_is_named(setting: str, value: str) -> None:
    with pytest.raises(SetupError, match=setting):
        server_models({**THREE, setting: value})


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.id)
def test_an_entry_is_as_complete_as_those_of_the_files(model: ImageModel) -> None:
    assert model.id.startswith("server/") and len(model.strength) <= 60
    assert model.name not in {known.name for known in models()}
    assert set(model.sizes) == set(Aspect)
    assert model.max_batch == 1 or not model.has_seed


def test_each_kind_is_offered_what_it_can_do_alone() -> None:
    def can(model: ImageModel) -> tuple[bool, bool, bool]:
        return model.has_seed, model.has_negative_prompt, model.edits

    assert can(MODELS["plain"]) == (False, False, False)
    for flavour in ("localai", "sdcpp", "vllm", "sglang"):
        assert can(MODELS[flavour]) == (True, True, True)


@pytest.mark.parametrize("more", [{"seed": 7}, {"negative_prompt": "blur"}])
def test_what_a_server_cannot_do_is_refused_not_dropped(more: dict[str, Any]) -> None:
    offered = catalog(["server"], among=[MODELS["plain"]])
    asked = ItemSettings(
        prompt="A mug",
        model_id=MODELS["plain"].id,
        style_id=STYLES[0].id,
        aspect=Aspect.WIDE,
        count=1,
    ).model_copy(update=more)
    with pytest.raises(BadField):
        order_for(
            asked, tool=Tool.GENERATE, title="", seed=more.get("seed"), key="s", catalog=offered
        )
    with pytest.raises(Refused):
        fields_of(order_of(MODELS["plain"].id, **more))


# Words are data.

COMMANDS = (
    "<sd_cpp_extra_args>",
    "</sd_cpp_extra_args>",
    '<sd_cpp_extra_args>{"seed": 1, "width": 64, "batch_count": 9}</sd_cpp_extra_args>',
    "<SD_CPP_EXTRA_ARGS>",
    "<sd_cpp_<sd_cpp_extra_args></sd_cpp_extra_args>extra_args>",
    "<lora:evil:1>",
    "|",
    "a | b | c",
    "<",
    ">",
    "＜",
    "＞",
    "﹤",
    "﹥",
    "｜",
    "&",
    "&lt;",
    "&LT",
    "&#60;",
    "&#x3C",
    "&amp;lt;",
    "&amp;",
    "&verbar;",
    "&nvlt;",
    "lt;",
    "#60;",
    '{"seed": 1}',
    '", "n": 9, "x": "',
    "\\u003c",
    "--width 64",
    "\r\n\r\n--boundary",
    "\n",
)
words_of_people = st.lists(
    st.one_of(st.sampled_from(COMMANDS), st.text(max_size=12)), max_size=8
).map("".join)


@given(words_of_people)
@example("".join(COMMANDS))
def test_no_words_open_a_tag_or_part_a_prompt(text: str) -> None:
    clean = neutral(text)
    assert len(clean) == len(text)
    assert neutral(clean) == clean
    for _ in range(5):
        assert not set(clean) & set("<>|")
        assert not set(unicodedata.normalize("NFKC", clean)) & set("<>|")
        clean = html.unescape(clean)


@given(st.text(alphabet=st.characters(exclude_characters="<>|&＜＞｜﹤﹥")))
@example('R&B at AT&T, fish & chips, Q&A; 50% off "now" (really!) 5:4 [x] {y} \\ / ü 日本 🎨')
def test_all_other_words_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


@over_flavours
@given(prompt=words_of_people, avoid=words_of_people, seed=st.integers(0, 2**31 - 1))
@example(prompt="".join(COMMANDS), avoid="".join(COMMANDS), seed=3)
def test_no_words_in_a_chat_change_a_request(
    flavour: str, prompt: str, avoid: str, seed: int
) -> None:
    can = MODELS[flavour]
    order = order_of(
        can.id,
        prompt=f"A {prompt}",
        negative_prompt=avoid if can.has_negative_prompt else "",
        seed=seed if can.has_seed else None,
    )
    fields = fields_of(order)
    plain = fields_of(order_of(can.id, prompt="A mug", seed=order.seed))
    assert set(fields) - {"negative_prompt"} == set(plain) - {"negative_prompt"}
    made = understood(flavour, fields)
    assert made.size == "1024x1024" and made.n == 1
    assert made.seed == order.seed
    assert made.negative.strip() == neutral(order.negative_prompt).strip()
    assert made.prompt.strip().startswith(neutral(f"A {prompt}").strip())


# Edits.


@pytest.mark.parametrize(
    ("flavour", "field"), [("sdcpp", "image[]"), ("vllm", "image"), ("sglang", "image")]
)
async def test_pictures_to_edit_go_in_as_files(
    flavour: str, field: str, client: httpx2.AsyncClient
) -> None:
    second = SourcePicture(data=picture(64, 64), mime="image/png")
    order = edit_of(MODELS[flavour].id, sources=(SOURCE, second), negative_prompt="red", count=2)
    async with Server(flavour) as server:
        made = await made_by(provider_of(server, client), order)
        assert len(made.pictures) == 2
        files = [value for name, value in server.orders[0].form if name == field]
        assert files == [SOURCE.data, second.data]
        assert [one.negative for one in server.done] == ["red", "red"]
        assert sorted(server.seeds()) == [7, 8]


async def test_localai_is_given_them_in_a_generation(client: httpx2.AsyncClient) -> None:
    async with Server("localai") as server:
        await made_by(provider_of(server, client), edit_of(MODELS["localai"].id))
        assert server.orders[0].path == "/v1/images/generations"
        assert len(server.orders[0].json["ref_images"]) == 1


async def test_what_is_no_picture_is_not_sent(client: httpx2.AsyncClient) -> None:
    broken = SourcePicture(data=b"\x89PNG but not really", mime="image/png")
    async with Server("vllm") as server:
        with pytest.raises(Refused):
            await made_by(
                provider_of(server, client), edit_of(MODELS["vllm"].id, sources=(broken,))
            )
        assert server.orders == []


@given(st.integers(16, 12_000), st.integers(16, 12_000))
def test_an_edit_is_asked_for_in_about_its_own_ratio(width: int, height: int) -> None:
    size = edit_size(Size(width_px=width, height_px=height))
    assert size.width_px % 16 == size.height_px % 16 == 0
    assert 16 <= size.width_px <= width + 8 and 16 <= size.height_px <= height + 8
    if 1 / 4 < width / height < 4 and width * height > 65_536:
        assert size.width_px * size.height_px <= 1_048_576 * 1.05
        ratio = (size.width_px / size.height_px) / (width / height)
        assert 1 / 1.1 < ratio < 1.1


# Answers.


@pytest.mark.parametrize("where", ["{origin}/generated-images/1.png", "/generated-images/1.png"])
async def test_a_server_may_say_where_the_picture_is(
    where: str, client: httpx2.AsyncClient
) -> None:
    async with Server() as server:
        server.answers_with_urls, server.url_of = True, where
        made = await made_by(provider_of(server, client), order_of(MODELS["plain"].id))
        assert open_picture(made.pictures[0].data).size == (64, 48)


@pytest.mark.parametrize(
    "where",
    ["http://127.0.0.1:9/x.png", "https://example.com/x.png", "file:///etc/passwd", "//[", "x:"],
)
async def test_a_picture_elsewhere_is_not_fetched(where: str, client: httpx2.AsyncClient) -> None:
    async with Server() as server:
        server.answers_with_urls, server.url_of = True, where
        with pytest.raises(Unknown):
            await made_by(provider_of(server, client), order_of(MODELS["plain"].id))


async def test_a_picture_that_cannot_be_fetched_is_not_ordered_again(
    client: httpx2.AsyncClient,
) -> None:
    async with Server() as server:
        server.answers_with_urls = True
        server.fail("/generated-images/", Fault(status=503))
        with pytest.raises(Unknown):
            await made_by(provider_of(server, client), order_of(MODELS["plain"].id))
        assert len(server.orders) == 1


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (500, {"error": "out of memory"}, Unavailable, "out of memory"),
        (503, {"detail": "Diffusion engine not initialized."}, Unavailable, "not initialized"),
        (500, {"error": "server_error", "message": "bad alloc"}, Unavailable, "bad alloc"),
        (404, "404 page not found", Refused, "did not take the request"),
        (405, {"detail": "Method Not Allowed"}, Refused, "Method Not Allowed"),
        (403, {"detail": "no"}, BadKey, "does not accept the key"),
        (500, "<html>", Unknown, ""),
    ],
)
async def test_each_shape_of_an_error_is_read(
    status: int, body: Any, error: type[Exception], words: str, client: httpx2.AsyncClient
) -> None:
    async with Server() as server:
        server.fail(Server.paid, Fault(status=status, body=body))
        with pytest.raises(error) as raised:
            await made_by(provider_of(server, client), order_of(MODELS["plain"].id))
        assert words in str(getattr(raised.value, "reason", ""))
        assert len(server.orders) == 1


async def test_a_server_of_one_model_refuses_another_by_name(client: httpx2.AsyncClient) -> None:
    other = MODELS["vllm"].model_copy(update={"api_model": "another"})
    async with Server("vllm") as server:
        with pytest.raises(Refused, match="Model mismatch"):
            await made_by(provider_of(server, client), order_of(MODELS["vllm"].id, model=other))


@over_flavours
async def test_a_server_is_asked_whether_it_answers(
    flavour: str, client: httpx2.AsyncClient
) -> None:
    async with Server(flavour) as server:
        report = await provider_of(server, client).check_key()
        listed = "sd-cpp-local" if flavour == "sdcpp" else NAMES[flavour]
        assert report.words == f"answers; it lists {listed}"
        server.fail("/models", Fault(status=404, body="404 page not found"))
        report = await provider_of(server, client).check_key()
        assert report.words == "answers; it lists no models"


async def test_an_entry_of_no_kind_is_said_before_anything_is_sent(
    client: httpx2.AsyncClient,
) -> None:
    model = MODELS["plain"].model_copy(update={"options": {"flavour": "comfy"}})
    order: Order = order_of(MODELS["plain"].id, model=model)
    async with Server() as server:
        with pytest.raises(Refused):
            await made_by(provider_of(server, client), order)
        assert server.orders == []


@over_flavours
async def test_a_client_of_openais_reads_the_servers_answers(flavour: str) -> None:
    async with (
        Server(flavour) as server,
        openai.AsyncOpenAI(api_key=KEY, base_url=f"{server.url}/v1", max_retries=0) as sdk,
    ):
        answer = await sdk.images.generate(
            model=NAMES[flavour],
            prompt="A mug",
            size="512x512",
            response_format="b64_json",
            extra_body={"seed": 5} if flavour in ("vllm", "sglang", "localai") else None,
        )
        assert answer.data is not None and answer.data[0].b64_json
        with pytest.raises(openai.APIStatusError):
            await sdk.images.generate(model=NAMES[flavour], prompt="")


def test_the_kinds_of_the_tests_are_those_there_are() -> None:
    assert set(NAMES) == set(FLAVOURS)
    assert settings("vllm")["STUDIO_SERVER_FLAVOUR"] == "vllm"
