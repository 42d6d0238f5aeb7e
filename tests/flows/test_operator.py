"""What the person who runs it is told, and what outlives a machine in trouble."""

import asyncio
import contextlib
import os
import resource
import shutil
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from bot.app import open_store, running, utc_now
from bot.check import check
from bot.config import Settings
from bot.demo import page
from bot.domain.ids import new_id
from bot.domain.requests import Request, Source
from bot.errors import SetupError
from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from storage import requests
from storage.migrations import migrate
from storage.store import make_engine
from tests.conftest import Studio, settings_for, studio_in
from tests.flows.reading import credits, newest
from tests.providers import FakeProvider

POSTGRESQL = "postgresql+psycopg://postgres@127.0.0.1:5432/test"
MUG = "Create a square product hero for a ceramic coffee mug."


@pytest.mark.parametrize(
    ("tokens", "named"),
    [
        ({}, "SLACK_BOT_TOKEN and SLACK_APP_TOKEN"),
        ({"slack_bot_token": SecretStr("xoxb-1")}, "SLACK_APP_TOKEN"),
        ({"slack_app_token": SecretStr("xapp-1")}, "SLACK_BOT_TOKEN"),
    ],
)
async def test_a_missing_token_is_named(
    tmp_path: Path, tokens: dict[str, SecretStr], named: str
) -> None:
    given: dict[str, Any] = {"slack_bot_token": None, "slack_app_token": None} | tokens
    with pytest.raises(SetupError, match=f"^{named} is not set"):
        async with running(Settings(data_dir=tmp_path, **given)):
            pass


@pytest.mark.parametrize("wrong", ["slack_bot_token", "slack_app_token"])
async def test_a_token_that_slack_does_not_know_is_named(tmp_path: Path, wrong: str) -> None:
    async with Sandbox(load_manifest()) as slack:
        settings = settings_for(slack, tmp_path, **{wrong: SecretStr("xoxb-wrong")})
        with pytest.raises(SetupError, match=f"does not accept {wrong.upper()}"):
            async with running(settings, providers={"sketch": FakeProvider()}):
                pass


async def test_slack_out_of_reach_is_said(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        slack_bot_token=SecretStr("xoxb-1"),
        slack_app_token=SecretStr("xapp-1"),
        slack_api_url="http://127.0.0.1:9/api/",
    )
    with pytest.raises(SetupError, match="Slack cannot be reached"):
        async with running(settings):
            pass


async def test_a_port_in_use_is_said_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"Port {port} .* choose another one with --port"):
            await page(Settings(data_dir=tmp_path), port=port)


async def test_a_second_process_on_the_same_file_is_refused(studio: Studio, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="already runs on"):
        open_store(Settings(data_dir=tmp_path))


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'studio.db'}")
    migrate(engine)
    with engine.begin() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(SetupError, match="later version"):
        open_store(Settings(data_dir=tmp_path))


def test_a_server_database_is_migrated_by_command_and_not_by_itself(tmp_path: Path) -> None:
    server = make_url(os.environ.get("STUDIO_TEST_DATABASE_URL", POSTGRESQL))
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"studio_{uuid.uuid4().hex}"
    try:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    except sa.exc.OperationalError:
        pytest.skip(f"no PostgreSQL answers at {server.render_as_string()}")
    settings = Settings(
        database_url=server.set(database=name).render_as_string(hide_password=False)
    )
    try:
        with pytest.raises(SetupError, match="Run `studio migrate` first"):
            open_store(settings)
        engine = make_engine(settings.database)
        migrate(engine)
        engine.dispose()
        open_store(settings).close()
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


def test_a_database_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "studio.db").write_bytes(b"this is not a database, it is a letter" * 40)
    with pytest.raises(SetupError, match="cannot be opened"):
        open_store(Settings(data_dir=tmp_path))


async def test_check_says_what_is_missing_and_what_is_fine(tmp_path: Path) -> None:
    async with Sandbox(load_manifest()) as slack:
        found = {f.name: f async for f in check(settings_for(slack, tmp_path))}
        assert [name for name, finding in found.items() if not finding.is_fine] == []
        unset = Settings(data_dir=tmp_path, slack_bot_token=None, slack_app_token=None)
        found = {f.name: f async for f in check(unset)}
        missing = [name for name, finding in found.items() if not finding.is_fine]
        assert missing == ["Bot token", "App token"]


async def test_check_names_the_scope_that_the_app_lacks(tmp_path: Path) -> None:
    manifest = load_manifest()
    manifest["oauth_config"]["scopes"]["bot"].remove("files:write")
    async with Sandbox(manifest) as slack:
        found = {f.name: f async for f in check(settings_for(slack, tmp_path))}
    assert "lacks files:write" in found["Bot token"].words


async def test_a_locked_database_delays_a_request_and_loses_none(
    studio: Studio, tmp_path: Path
) -> None:
    with locked(tmp_path):
        await studio.ana.say(MUG)
        with pytest.raises(TimeoutError):
            await studio.ana.see("Approve", timeout_seconds=1.5)
    studio.slack.redeliver()
    await studio.ana.see("Approve", timeout_seconds=10)


async def test_a_locked_database_is_said_to_who_approves(studio: Studio, tmp_path: Path) -> None:
    await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    with locked(tmp_path):
        await studio.ana.click(card, "Approve")
        notice = await studio.ana.see_notice("database is busy")
        assert "nothing was changed or charged" in notice["text"]
    await studio.ana.click(card, "Approve")
    await studio.ana.see("1 credit charged*")
    assert await credits(studio) == (1, 0)


async def test_a_locked_database_keeps_what_was_typed_in_the_form(
    studio: Studio, tmp_path: Path
) -> None:
    await studio.ana.say(MUG)
    await studio.ana.click(await studio.ana.see("Approve"), "Edit")
    modal = await studio.ana.modal()
    with locked(tmp_path):
        answer = await studio.ana.submit(modal, {"edit_prompt": "A green mug"})
    assert answer["response_action"] == "errors"
    assert "database is busy" in answer["errors"]["prompt"]
    assert (await studio.ana.submit(modal))["response_action"] == "close"
    await studio.ana.see("A green mug")


async def test_a_request_nobody_answered_is_taken_up_after_a_restart(tmp_path: Path) -> None:
    async with Sandbox(load_manifest()) as slack:
        settings = settings_for(slack, tmp_path)
        ana = slack.person("ana")
        said = await ana.say(MUG)
        store = open_store(settings)
        left = Request(
            id=new_id("req"),
            team_id=slack.team_id,
            user_id=ana.id,
            channel_id=ana.dm,
            ts=said["ts"],
            thread_ts=said["ts"],
            text=MUG,
            source=Source.DM,
            created_at=utc_now(),
        )
        await store.run(requests.record, left, event_id="Ev1")
        store.close()
        async with running(settings, providers={"sketch": FakeProvider()}):
            await ana.see("Approve", thread_ts=said["ts"])


async def test_a_disk_that_takes_no_more_is_said_to_who_approves(
    studio: Studio, tmp_path: Path
) -> None:
    await studio.ana.say(MUG)
    card = await studio.ana.see("Approve")
    with no_room(tmp_path / "studio.db-wal"):
        await studio.ana.click(card, "Approve")
        await studio.ana.see_notice("nothing was changed or charged")
    await studio.ana.click(card, "Approve")
    await studio.ana.see("1 credit charged*")
    assert await credits(studio) == (1, 0)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program holds the database for writing."""
    engine = sa.create_engine(f"sqlite:///{folder / 'studio.db'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()


@contextlib.contextmanager
def no_room(file: Path) -> Iterator[None]:
    """No file of this process may grow beyond that one's size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_pictures_in_hand_outlast_a_locked_database(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        provider.gate.clear()
        await studio.ana.say(MUG)
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        await asyncio.wait_for(provider.asked.wait(), 5)
        with locked(tmp_path):
            provider.gate.set()
            with pytest.raises(TimeoutError):
                await studio.ana.see("1 credit charged*", timeout_seconds=1.2)
        await studio.ana.see("1 credit charged*", timeout_seconds=10)
        assert len(provider.orders) == 1


async def test_images_that_cannot_be_stored_wait_for_the_disk(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        folder = tmp_path / "blobs"
        shutil.rmtree(folder)
        folder.write_text("not a folder")
        await studio.ana.say(MUG)
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        await asyncio.wait_for(provider.asked.wait(), 5)
        await asyncio.sleep(0.1)
        folder.unlink()
        folder.mkdir()
        await studio.ana.see("1 credit charged*", timeout_seconds=10)
        assert len(provider.orders) == 1
        assert (await newest(studio)).items[0].made_count == 1


async def test_what_was_acknowledged_before_a_stop_is_answered(tmp_path: Path) -> None:
    async with Sandbox(load_manifest()) as slack:
        ana = slack.person("ana")
        async with running(settings_for(slack, tmp_path), providers={"sketch": FakeProvider()}):
            await slack.connected()
            await ana.say("what is the weather?")
            unsure = await ana.see("I am not sure what you want")
            slack.fault("chat.postMessage", times=1, delay_seconds=0.3)
            await ana.click(unsure, "Ask for this")
        await ana.see("Approval needed")
