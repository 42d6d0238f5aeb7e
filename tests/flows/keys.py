"""What the conversations about keys share: a provider that knows one, the form, what is kept."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot.studio.provider import Provider
from storage import audit, keys
from tests.conftest import Studio, studio_in
from tests.providers import FakeProvider
from tests.vendors.openai import OpenAI

KEY = "sk-own-Northwind-0123456789-4f2a"
OPERATORS = "sk-operators-987654321-zzzz"
FLARE = "openai/gpt-image-2.6-flare"
FOX = "draw a red fox with GPT Image 2.6 Flare"
Json = dict[str, Any]


@contextlib.asynccontextmanager
async def openai() -> AsyncIterator[OpenAI]:
    """OpenAI, which knows the workspace's key and no other."""
    async with OpenAI() as server:
        server.key = KEY
        yield server


@contextlib.asynccontextmanager
async def keyless_studio(folder: Path, vendor: OpenAI) -> AsyncIterator[Studio]:
    """A studio in which only a workspace's own key opens OpenAI; one job of it at a time."""
    async with studio_in(
        folder, providers=sketch(), environment=environment(vendor), concurrent_jobs=1
    ) as started:
        yield started


def environment(vendor: OpenAI, *, key: str = "") -> dict[str, str]:
    """What the operator set: where OpenAI is, and perhaps a key for it."""
    return {"OPENAI_BASE_URL": f"{vendor.url}/v1", "OPENAI_API_KEY": key}


def sketch() -> dict[str, Provider]:
    """The local provider that there always is."""
    return {"sketch": FakeProvider()}


async def open_keys(studio: Studio) -> Json:
    """Ana opens the form from her Home."""
    await studio.ana.home()
    home = await studio.ana.see_home("*Keys*")
    row = next(b for b in home["blocks"] if (b.get("accessory") or {}).get("value") == "keys")
    await studio.ana.click(home, row["block_id"])
    return await studio.ana.see_modal("Slack has no password field")


def field(form: Json) -> str:
    """The block of the key."""
    return next(str(b["block_id"]) for b in form["blocks"] if b["block_id"].startswith("key:"))


async def enter(studio: Studio, key: str = KEY, *, form: Json | None = None) -> Json:
    """Ana enters a key; what Slack was answered."""
    shown = form or await open_keys(studio)
    return await studio.ana.submit(shown, {field(shown): key})


async def entered(studio: Studio, key: str = KEY) -> None:
    """Ana enters a key that works, and closes what says so."""
    await enter(studio, key)
    await studio.ana.close(await studio.ana.see_modal("Saved, and used from now on."))


async def remove(studio: Studio) -> Json:
    """Ana takes the own key away; what Slack was answered."""
    form = await open_keys(studio)
    return await studio.ana.submit(form, {"settings_key_deed": "remove"})


async def offered(studio: Studio) -> set[str]:
    """The models that the workspace may use."""
    workspace = await studio.services.workspace(studio.slack.team_id)
    return {model.id for model in studio.services.offered(workspace).models}


async def sealed(studio: Studio) -> dict[str, str]:
    """What is kept of its keys."""
    return await studio.services.store.read(keys.of_team, studio.slack.team_id)


async def logged(studio: Studio) -> list[tuple[str, str, str]]:
    """The audit log's subjects with old and new, newest first."""
    found = await studio.services.store.read(audit.newest, team_id=studio.slack.team_id, limit=None)
    return [(e.subject, e.old, e.new) for _, e in found if e.subject.startswith("key")]


async def asked(studio: Studio, words: str = FOX) -> Json:
    """Ben asks for an image with that model; its card."""
    known = {message["ts"] for message in studio.ben.messages()}
    await studio.ben.say(words)
    return await studio.ben.see(lambda m: "Approval needed" in m["text"] and m["ts"] not in known)


def keys_sent(vendor: OpenAI) -> set[str]:
    """The keys that the provider was called with."""
    return {seen.headers["Authorization"].removeprefix("Bearer ") for seen in vendor.seen}


def refused(studio: Studio) -> list[str]:
    """What Slack refused, but for what is expected where two things happen at once.

    A view was looked for before Slack had shown it, or a Home was outrun by a newer one.
    """
    expected = {("views.update", "not_found"), ("views.publish", "hash_conflict")}
    return [
        f"{entry.name}: {entry.reason}"
        for entry in studio.slack.refusals
        if (entry.name, entry.reason) not in expected
    ]
