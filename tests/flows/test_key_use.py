"""What a workspace's own key does once it is there, when it goes, and where it is not."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.keyring import Keyring
from bot.studio.remote.api import open_client
from storage import keys
from tests.conftest import Studio, studio_in
from tests.flows.keys import (
    FLARE,
    FOX,
    KEY,
    OPERATORS,
    asked,
    enter,
    entered,
    environment,
    keyless_studio,
    keys_sent,
    logged,
    offered,
    open_keys,
    openai,
    refused,
    remove,
    sealed,
    sketch,
)
from tests.flows.reading import credits, submissions
from tests.vendors.openai import OpenAI
from tests.vendors.vendor import Fault


@pytest.fixture
async def vendor() -> AsyncIterator[OpenAI]:
    async with openai() as server:
        yield server


@pytest.fixture
async def studio(tmp_path: Path, vendor: OpenAI) -> AsyncIterator[Studio]:
    async with keyless_studio(tmp_path, vendor) as started:
        yield started


async def test_a_key_that_is_removed_takes_its_models_along(studio: Studio, vendor: OpenAI) -> None:
    await entered(studio)
    card = await asked(studio)
    assert (await remove(studio))["response_action"] == "close"
    assert FLARE not in await offered(studio)
    assert await sealed(studio) == {}
    assert (await logged(studio))[0] == ("key: openai", "ends in 4f2a", "none of its own")
    await studio.ana.see_home("No key yet: OpenAI")
    await studio.ben.click(card, "Approve")
    await studio.ben.see_notice("That model is not in this workspace's catalog.")
    assert vendor.orders == []
    assert await credits(studio) == (0, 0)
    assert refused(studio) == []


async def test_without_the_own_key_the_operators_is_used_again(
    tmp_path: Path, vendor: OpenAI
) -> None:
    given = environment(vendor, key=OPERATORS)
    async with studio_in(tmp_path, environment=given) as studio:
        await entered(studio)
        form = await open_keys(studio)
        assert "Then the operator's key is used" in str(form["blocks"])
        await remove(studio)
        assert FLARE in await offered(studio)
        vendor.key = OPERATORS
        await studio.ben.click(await asked(studio), "Approve")
        await studio.ben.see("charged*", timeout_seconds=20)
        assert vendor.orders[0].headers["Authorization"] == f"Bearer {OPERATORS}"


async def test_a_queued_job_ends_uncharged_and_a_sent_one_brings_what_it_was_sent_for(
    studio: Studio, vendor: OpenAI
) -> None:
    await entered(studio)
    gate = asyncio.Event()
    vendor.fail(vendor.paid, Fault(gate=gate))
    first, second = await asked(studio), await asked(studio, f"{FOX} at night")
    await studio.ben.click(first, "Approve")
    await asyncio.wait_for(vendor.met.wait(), 10)
    await studio.ben.click(second, "Approve")
    await remove(studio)
    gate.set()
    await studio.ben.see("This model is no longer offered", timeout_seconds=20)
    await studio.ben.see("charged*", timeout_seconds=20)
    assert len(vendor.orders) == 1
    assert await credits(studio) == (6, 0)


async def test_what_was_sent_stays_unknown_without_the_key_and_is_never_resent(
    studio: Studio, vendor: OpenAI
) -> None:
    await entered(studio)
    vendor.fail(vendor.paid, Fault(drops=True))
    await studio.ben.click(await asked(studio), "Approve")
    card = await studio.ben.see("Check again", timeout_seconds=20)
    await remove(studio)
    await studio.ben.click(card, "Check again")
    await studio.slack.quiet()
    await studio.ben.see("Check again")
    assert len(vendor.orders) == 1
    assert await submissions(studio) == ["unknown"]
    assert (await credits(studio))[0] == 0 and (await credits(studio))[1] > 0


@contextlib.asynccontextmanager
async def after_the_secret_changed(
    folder: Path, vendor: OpenAI, *, keeps_old: bool
) -> AsyncIterator[Studio]:
    """A studio with a new secret, and a key that was entered under the old one."""
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    secret = SecretStr(f"{new},{old}" if keeps_old else new)
    given = environment(vendor)
    async with (
        open_client() as client,
        studio_in(folder, providers=sketch(), environment=given, secret_key=secret) as studio,
    ):
        services, team_id = studio.services, studio.slack.team_id
        former = Keyring(old, kinds=services.keyring.kinds, client=client, environment=given)
        assert await services.store.run(
            keys.replace,
            await services.workspace(team_id),
            "openai",
            sealed=former.seal(KEY, team_id=team_id, provider="openai"),
            hint="4f2a",
            by=studio.ana.id,
            at=services.now(),
        )
        services.forget_rules(team_id)
        await services.engine.listen("openai")
        yield studio


async def test_an_older_secret_still_opens_what_it_sealed(tmp_path: Path, vendor: OpenAI) -> None:
    async with after_the_secret_changed(tmp_path, vendor, keeps_old=True) as studio:
        await studio.ana.home()
        home = await studio.ana.see_home("OpenAI: own key, ends in 4f2a")
        assert "cannot be opened" not in str(home)
        await studio.ben.click(await asked(studio), "Approve")
        await studio.ben.see("charged*", timeout_seconds=20)
        assert keys_sent(vendor) == {KEY}


async def test_a_key_that_no_secret_opens_is_said_to_be_and_mended_by_entering_it(
    tmp_path: Path, vendor: OpenAI
) -> None:
    async with after_the_secret_changed(tmp_path, vendor, keeps_old=False) as studio:
        await studio.ana.home()
        await studio.ana.see_home("ends in 4f2a, cannot be opened any more: enter it anew")
        await studio.ben.click(await asked(studio), "Approve")
        await studio.ben.see("own key cannot be opened any more", timeout_seconds=20)
        await studio.ben.see("Not charged.", timeout_seconds=20)
        assert await credits(studio) == (0, 0)
        assert vendor.seen == []
        await entered(studio)
        home = await studio.ana.see_home(lambda h: "cannot be opened" not in str(h))
        assert "own key, ends in 4f2a" in str(home)
        await studio.ben.click(await asked(studio, f"{FOX} at night"), "Approve")
        await studio.ben.see("charged*", timeout_seconds=20)
        assert len(vendor.orders) == 1


async def test_another_workspace_gets_neither_the_key_nor_what_it_opens(
    studio: Studio, vendor: OpenAI
) -> None:
    await entered(studio)
    other = await studio.services.workspace("T0OTHER001")
    services = studio.services
    assert services.offered(other).model(FLARE) is None
    assert await services.provider(other.id, "openai") is None
    taken = (await sealed(studio))["openai"]

    def steal(tx: Any) -> bool:
        return keys.replace(
            tx, other, "openai", sealed=taken, hint="4f2a", by="U0", at=services.now()
        )

    assert await services.store.run(steal)
    with pytest.raises(Exception, match="another one's"):
        await services.provider(other.id, "openai")


def files_in(folder: Path, *, holding: bytes = b"") -> list[str]:
    """The names of the files that hold these bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if holding in path.read_bytes()]


async def test_the_key_is_written_nowhere(
    studio: Studio,
    vendor: OpenAI,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    for noisy in ("slack_bolt", "slack_sdk"):
        caplog.set_level(logging.WARNING, logger=noisy)  # as `bot.log` has them, at any level
    for fault in (Fault(status=401, body={"error": {"message": KEY}}), Fault(drops=True)):
        vendor.fail("/models", fault)
        await enter(studio)
        await studio.ana.close(await studio.ana.see_modal("not saved"))
    await entered(studio)
    vendor.fail(vendor.paid, Fault(status=401, body={"error": {"message": KEY}}))
    for words in (FOX, f"{FOX} at night"):
        await studio.ben.click(await asked(studio, words), "Approve")
        await studio.slack.quiet()
    await studio.ana.home()
    home = await studio.ana.see_home("ends in 4f2a")
    await studio.ana.click(home, "audit_open")
    await studio.ana.click(await studio.ana.modal(), "Export CSV")
    sent = await studio.ana.see(lambda m: bool(m.get("files")))
    await studio.slack.quiet()
    assert KEY in keys_sent(vendor)
    secret = KEY.encode()
    assert "studio.db" in files_in(tmp_path)
    assert files_in(tmp_path, holding=secret) == []
    world = studio.slack.world
    csv = world.workspace.files[sent["files"][0]["id"]].data
    assert b"ends in 4f2a" in csv and secret not in csv
    # What Slack sent us has it, as it must; nothing that we sent Slack has.
    said = [
        str(e.args) + str(e.answer) if e.kind in ("call", "refused") else str(e.answer)
        for e in world.journal.after(0, limit=10_000)
    ]
    assert [words for words in said if KEY in words] == []
    assert KEY not in str([studio.ana.messages(), studio.ana.views(), studio.ben.messages(), home])
    printed = capsys.readouterr()
    assert KEY not in caplog.text + printed.out + printed.err
