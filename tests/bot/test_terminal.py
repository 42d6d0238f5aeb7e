"""What an operator types about models and keys, and what is printed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.config import Settings
from bot.errors import SetupError
from bot.studio.picture import open_picture
from bot.terminal import look_at_keys, make, table
from tests.vendors.openai import OpenAI
from tests.vendors.vendor import KEY, Fault

FLARE = "openai/gpt-image-2.6-flare"
TODAY = date(2026, 11, 24)


def settings(**changes: object) -> Settings:
    return Settings.model_validate(changes)


@pytest.fixture
async def vendor() -> AsyncIterator[OpenAI]:
    async with OpenAI() as server:
        yield server


def keys(vendor: OpenAI, key: str = KEY) -> dict[str, str]:
    return {"OPENAI_API_KEY": key, "OPENAI_BASE_URL": f"{vendor.url}/v1"}


def row(lines: list[str], model_id: str) -> str:
    return next(line for line in lines if line.startswith(f"{model_id} "))


def test_the_table_says_price_task_and_which_key_is_missing() -> None:
    lines = table(settings(), environment={}, today=TODAY)
    assert lines[0].split() == ["MODEL", "NAME", "PRICE", "SPEED", "GOOD", "FOR"]
    assert "needs OPENAI_API_KEY" in row(lines, FLARE)
    assert "$0.01" in row(lines, "sketch/compose")
    assert "needs" not in row(lines, "sketch/compose")
    with_key = table(settings(), environment={"OPENAI_API_KEY": "x"}, today=TODAY)
    assert "needs" not in row(with_key, FLARE)


def test_the_table_says_when_a_model_goes(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text(f'[[models]]\nid = "{FLARE}"\nretires_on = 2026-12-01\n')
    kept = settings(models_file=file)
    environment = {"OPENAI_API_KEY": "x"}
    said = [
        row(table(kept, environment=environment, today=day), FLARE).rpartition("  ")[2]
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    ]
    assert said == ["retires on 2026-12-01", "retired on 2026-12-01"]


def test_the_table_is_searched_in_plain_words() -> None:
    ids = [line.split()[0] for line in table(settings(), words="upscale", environment={})[1:]]
    assert "waifu2x/photo" in ids
    assert "sketch/mark" not in ids


async def test_an_image_is_made_and_kept_as_it_came(tmp_path: Path, vendor: OpenAI) -> None:
    lines = [
        line
        async for line in make(
            settings(), "a mug", model_id=FLARE, folder=tmp_path, environment=keys(vendor)
        )
    ]
    assert "$0.05593" in lines[-1]
    file = Path(lines[-1].partition(": ")[0])
    assert file.parent == tmp_path
    data = await asyncio.to_thread(file.read_bytes)
    assert open_picture(data).size == (1024, 1024)
    assert len(vendor.orders) == 1


@pytest.mark.parametrize(
    ("model_id", "aspect", "words"),
    [
        ("openai/gpt-image-9", "1:1", "There is no model openai/gpt-image-9"),
        (FLARE, "1:1", "GPT Image 2.6 Flare needs OPENAI_API_KEY"),
        ("sketch/compose", "7:5", "7:5 is no aspect; Sketch makes 1:1"),
        ("sketch/mark", "9:16", "Sketch Mark does not make 9:16"),
        ("sketch/retouch", "1:1", "Sketch Retouch makes no images from words"),
    ],
)
async def test_what_cannot_be_made_is_said(
    tmp_path: Path, model_id: str, aspect: str, words: str
) -> None:
    with pytest.raises(SetupError, match=words):
        async for _ in make(
            settings(), "a mug", model_id=model_id, aspect=aspect, folder=tmp_path, environment={}
        ):
            pass


async def test_what_the_provider_says_is_said(tmp_path: Path, vendor: OpenAI) -> None:
    vendor.fail(vendor.paid, Fault(status=429, body={}, headers={"Retry-After": "3"}))
    with pytest.raises(SetupError, match="Unavailable: OpenAI is busy"):
        async for _ in make(
            settings(), "a mug", model_id=FLARE, folder=tmp_path, environment=keys(vendor)
        ):
            pass


async def test_each_key_is_tried_and_what_it_may_do_is_said(vendor: OpenAI) -> None:
    works = {
        name: (ok, words)
        async for name, ok, words in look_at_keys(settings(), environment=keys(vendor))
    }
    is_fine, words = works["OpenAI"]
    assert is_fine
    assert "models of the catalog" in words
    assert vendor.orders == []
    fails = {
        name: (ok, words)
        async for name, ok, words in look_at_keys(settings(), environment=keys(vendor, "wrong"))
    }
    assert fails["OpenAI"] == (False, "OpenAI does not accept the key.")
    none = {name: ok async for name, ok, _ in look_at_keys(settings(), environment={})}
    assert set(none.values()) == {None}
