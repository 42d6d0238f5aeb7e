"""What a person sees, and what it costs, where a provider is called over the network."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from bot.domain.proposals import ItemState
from bot.errors import BadKey, NotFound, OutOfCredit, Unknown
from bot.studio.provider import Accepted, Made, Order
from tests.conftest import Studio, studio_in
from tests.flows.reading import credits, has_files, newest
from tests.flows.results import finished, images
from tests.providers import FakeProvider, made
from tests.vendors.openai import OpenAI
from tests.vendors.vendor import KEY, Fault

FOX = "a fox logo"
FLARE = "openai/gpt-image-2.6-flare"


async def approve(studio: Studio, text: str = FOX) -> None:
    await studio.ana.say(text)
    await studio.ana.click(await studio.ana.see("Approve"), "Approve")


def costing(usd: str) -> FakeProvider:
    """A provider that says what it cost."""

    def answer(order: Order) -> Made:
        return replace(made(order), cost_usd=Decimal(usd), request_id="req_7")

    return FakeProvider(answer)


@pytest.fixture
async def vendor() -> AsyncIterator[OpenAI]:
    async with OpenAI() as server:
        yield server


def keys(vendor: OpenAI) -> dict[str, str]:
    return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{vendor.url}/v1"}


async def test_a_key_in_the_environment_is_all_it_takes(tmp_path: Path, vendor: OpenAI) -> None:
    async with studio_in(tmp_path, environment=keys(vendor)) as studio:
        await studio.ana.say("two variations of a mug photo, with GPT Image 2.6 Flare")
        card = await studio.ana.see("GPT Image 2.6 Flare, as you asked")
        assert "12 credits" in str(card["blocks"])
        assert "sketch engine" not in str(card["blocks"])
        await studio.ana.click(card, "Approve")
        # The server says 50 tokens in and 1,756 out for each picture: $0.10561 for both.
        await studio.ana.see("*11 credits charged*")
        assert await credits(studio) == (11, 0)
        item = (await newest(studio)).items[0]
        assert (item.cost_usd, item.provider_id) == (Decimal("0.10561"), "req_0123")
        assert len(vendor.orders) == 1
        assert vendor.orders[0].json["safety_identifier"] != studio.ana.id
        kept = await images(studio)
        assert {image.mime for image in kept} == {"image/jpeg"}
        assert "AI-generated image:" in kept[0].alt_text


async def test_without_a_key_its_models_are_not_offered(tmp_path: Path) -> None:
    async with studio_in(tmp_path) as studio:
        await studio.ana.say("a mug photo, with GPT Image 2.6 Flare")
        card = await studio.ana.see("Approve")
        assert (await newest(studio)).items[0].settings.model_id.startswith("sketch/")
        assert "is not available here" in str(card["blocks"])
        assert FLARE not in await offered(studio)


@pytest.mark.parametrize(("day", "is_there"), [(23, True), (24, False)])
async def test_a_model_is_not_offered_from_the_day_it_retires(
    tmp_path: Path, vendor: OpenAI, day: int, is_there: bool
) -> None:
    file = tmp_path / "models.toml"
    file.write_text(f'[[models]]\nid = "{FLARE}"\nretires_on = 2026-12-24\n')
    async with studio_in(
        tmp_path,
        environment=keys(vendor),
        models_file=file,
        now=partial(datetime, 2026, 12, day, 12, tzinfo=UTC),
    ) as studio:
        assert (FLARE in await offered(studio)) is is_there


async def offered(studio: Studio) -> set[str]:
    """The ids of the models that the workspace may use."""
    workspace = await studio.services.workspace(studio.slack.team_id)
    return {model.id for model in studio.services.offered(workspace).models}


async def test_an_operators_file_sets_a_price_and_adds_a_model(
    tmp_path: Path, vendor: OpenAI
) -> None:
    file = tmp_path / "models.toml"
    file.write_text(
        f'[[models]]\nid = "{FLARE}"\nprice_usd = "0.5"\n'
        '[[models]]\nid = "openai/house"\napi_model = "gpt-image-2"\nname = "House Painter"\n'
        'strength = "Our own settings"\ntasks = ["logos"]\nsizes = "1k"\nspeed = "about 10 s"\n'
        'price_usd = "0.2"\nprice_source = "our contract"\nprice_as_of = 2026-11-24\n'
    )
    async with studio_in(tmp_path, environment=keys(vendor), models_file=file) as studio:
        await studio.ana.say("a mug photo, with GPT Image 2.6 Flare")
        await studio.ana.see("50 credits")
        await studio.ana.say("a fox logo, with House Painter")
        card = await studio.ana.see("House Painter, as you asked")
        await studio.ana.click(card, "Approve")
        await studio.ana.see("credits charged*")
        assert vendor.orders[0].json["model"] == "gpt-image-2"


@pytest.mark.parametrize(
    ("usd", "charged"),
    [("0.012", 2), ("0.029", 3), ("0.3", 3), ("0", 0), ("-1", 3), ("NaN", 3), ("Infinity", 3)],
    ids=["less", "as much", "more", "nothing", "negative", "no number", "endless"],
)
async def test_what_a_provider_says_it_cost_never_raises_the_charge(
    tmp_path: Path, usd: str, charged: int
) -> None:
    async with studio_in(tmp_path, providers={"sketch": costing(usd)}) as studio:
        await approve(studio, "three variations of a fox logo")
        await studio.ana.see("charged*")
        assert await credits(studio) == (charged, 0)
        kept = (await newest(studio)).items[0].cost_usd
        assert kept == (Decimal(usd) if usd in ("0.012", "0.029", "0.3", "0") else None)


@pytest.mark.parametrize(
    "error",
    [
        BadKey("OpenAI does not accept the key."),
        OutOfCredit("The account with OpenAI is out of credit."),
    ],
)
async def test_what_an_admin_has_to_mend_is_said_and_not_charged(
    tmp_path: Path, error: BadKey | OutOfCredit
) -> None:
    provider = FakeProvider(error)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        card = await studio.ana.see(error.reason)
        assert "An admin or whoever runs the studio can mend that. Not charged." in str(card)
        assert await credits(studio) == (0, 0)
        assert len(provider.orders) == 1


async def test_an_order_that_was_accepted_is_asked_for_by_its_ticket_and_never_resent(
    tmp_path: Path,
) -> None:
    provider = FakeProvider(Accepted("ticket"), polls=[Unknown("It is still not done."), made])
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        card = await studio.ana.see("It is still not done.")
        assert "stays held" in str(card["blocks"])
        await studio.ana.click(card, "Check again")
        await studio.ana.see("*1 credit charged*")
        assert (len(provider.orders), provider.looked_up) == (1, [])
        assert await credits(studio) == (1, 0)


async def test_a_key_that_fails_after_the_order_was_taken_releases_nothing(tmp_path: Path) -> None:
    provider = FakeProvider(Accepted("ticket"), polls=[BadKey("The key was revoked.")])
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await approve(studio)
        await studio.ana.see("The key was revoked.")
        assert (await newest(studio)).items[0].state is ItemState.UNKNOWN
        assert await credits(studio) == (0, 1)


async def test_a_seed_that_the_provider_names_is_the_one_that_is_kept(tmp_path: Path) -> None:
    def answer(order: Order) -> Made:
        one = made(order)
        return replace(one, pictures=(replace(one.pictures[0], seed=4711),))

    async with studio_in(tmp_path, providers={"sketch": FakeProvider(answer)}) as studio:
        await approve(studio)
        await studio.ana.see("*1 credit charged*")
        assert [image.seed for image in await images(studio)] == [4711]


async def test_a_transparent_background_is_asked_for_chosen_and_kept(
    tmp_path: Path, vendor: OpenAI
) -> None:
    async with studio_in(tmp_path, environment=keys(vendor)) as studio:
        await studio.ana.say("a fox logo on a transparent background")
        card = await studio.ana.see("chosen for its transparent background")
        assert "transparent background" in str(card["blocks"])
        await studio.ana.click(card, "Approve")
        await studio.ana.see("charged*")
        assert vendor.orders[0].json["background"] == "transparent"
        assert "transparent" not in vendor.orders[0].json["prompt"]
        kept = await images(studio)
        assert (kept[0].is_transparent, kept[0].mime) == (True, "image/png")


async def test_a_provider_that_is_refused_says_so_and_offers_another_prompt(
    tmp_path: Path, vendor: OpenAI
) -> None:
    body = {"error": {"message": "No.", "code": "moderation_blocked", "type": "x"}}
    vendor.fail(vendor.paid, Fault(status=400, body=body))
    async with studio_in(tmp_path, environment=keys(vendor)) as studio:
        await approve(studio, "a mug photo, with GPT Image 2.6 Flare")
        card = await studio.ana.see("refused by the provider")
        assert "Edit prompt…" in str(card["blocks"])
        assert not [m for m in studio.ana.messages() if has_files(m)]
        assert await credits(studio) == (0, 0)
        assert len(vendor.orders) == 1


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


async def test_a_drawing_is_kept_as_svg_posted_on_request_and_deleted_with_its_picture(
    tmp_path: Path,
) -> None:
    def answer(order: Order) -> Made:
        one = made(order)
        return replace(one, pictures=(replace(one.pictures[0], vector=SVG),))

    async with studio_in(tmp_path, providers={"sketch": FakeProvider(answer)}) as studio:
        done = await finished(studio, FOX)
        (kept,) = await images(studio)
        digest = kept.vector_sha256
        assert digest is not None
        assert await studio.services.blobs.get(digest, team_id=kept.team_id) == SVG
        await studio.ana.click(done, "More")
        modal = await studio.ana.see_modal("SVG file")
        await studio.ana.click(modal, "SVG file")
        await studio.ana.see_modal("The SVG file is on its way into the thread.")
        await studio.slack.quiet()
        names = [file["name"] for m in studio.ana.messages() for file in m.get("files", [])]
        assert sorted(name.rpartition(".")[2] for name in names) == ["png", "svg"]
        await studio.ana.click(await studio.ana.modal(), "Delete")
        await studio.ana.see_modal("The image is deleted.")
        with pytest.raises(NotFound):
            await studio.services.blobs.get(digest, team_id=kept.team_id)
        assert studio.slack.refusals == []


@pytest.mark.parametrize("model", ["openai", "sketch"])
async def test_what_the_safety_check_flags_is_not_shown_and_not_charged(
    tmp_path: Path, model: str
) -> None:
    """Where the check is installed it looks at what AI models made; the sketch engine is ours."""
    async with studio_in(
        tmp_path, providers={model: FakeProvider(name=model)}, score=lambda _image: 0.9
    ) as studio:
        await approve(studio)
        if model == "sketch":
            await studio.ana.see("charged*")
            return
        card = await studio.ana.see("The studio's safety check held an image back.")
        assert "Not charged." in str(card["blocks"])
        assert await credits(studio) == (0, 0)
        assert await images(studio) == []
