"""Keys sealed and opened, and the secret that does it."""

import base64
import multiprocessing
import stat
from collections.abc import AsyncIterator
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.errors import BadSeal, SetupError
from bot.keyring import Keyring, hint_of
from bot.secret import secret_in
from bot.studio.providers import REMOTE
from bot.studio.remote.api import open_client

KEY = "sk-0123456789-4f2a"
OLD, NEW = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n"))


@pytest.fixture
async def keyring() -> AsyncIterator[Keyring]:
    async for made in keyring_of(OLD):
        yield made


async def keyring_of(secrets: str) -> AsyncIterator[Keyring]:
    """A keyring with these secrets."""
    async with open_client() as client:
        yield Keyring(
            secrets, kinds={kind.name: kind for kind in REMOTE}, client=client, environment={}
        )


def test_a_sealed_key_opens_for_whom_it_was_sealed_and_shows_nothing(keyring: Keyring) -> None:
    sealed = keyring.seal(KEY, team_id="T1", provider="openai")
    assert KEY not in sealed
    assert keyring.seal(KEY, team_id="T1", provider="openai") != sealed
    assert keyring.open(sealed, team_id="T1", provider="openai") == KEY
    assert keyring.opens(sealed, team_id="T1", provider="openai")
    assert not keyring.opens(None, team_id="T1", provider="openai")


@pytest.mark.parametrize(("team_id", "provider"), [("T2", "openai"), ("T1", "other")])
def test_a_row_that_was_put_elsewhere_does_not_open_there(
    keyring: Keyring, team_id: str, provider: str
) -> None:
    sealed = keyring.seal(KEY, team_id="T1", provider="openai")
    with pytest.raises(BadSeal, match="another one's"):
        keyring.open(sealed, team_id=team_id, provider=provider)
    assert not keyring.opens(sealed, team_id=team_id, provider=provider)


@pytest.mark.parametrize("tampered", ["", "x", "gAAAAA"])
def test_what_was_never_sealed_does_not_open(keyring: Keyring, tampered: str) -> None:
    with pytest.raises(BadSeal, match="cannot be opened"):
        keyring.open(tampered, team_id="T1", provider="openai")


@pytest.mark.parametrize(
    ("secrets", "opens"),
    [(OLD, True), (f"{NEW},{OLD}", True), (f" {NEW} , {OLD} ", True), (NEW, False)],
)
async def test_any_of_the_secrets_opens_and_no_other(
    keyring: Keyring, secrets: str, opens: bool
) -> None:
    sealed = keyring.seal(KEY, team_id="T1", provider="openai")
    async for other in keyring_of(secrets):
        assert other.opens(sealed, team_id="T1", provider="openai") is opens


async def test_the_first_of_the_secrets_seals(keyring: Keyring) -> None:
    async for both in keyring_of(f"{NEW},{OLD}"):
        sealed = both.seal(KEY, team_id="T1", provider="openai")
    assert not keyring.opens(sealed, team_id="T1", provider="openai")


@pytest.mark.parametrize("secrets", ["", "secret", f"{OLD},", "x" * 44])
async def test_a_secret_that_is_none_is_said_to_be_and_not_shown(secrets: str) -> None:
    with pytest.raises(SetupError, match="STUDIO_SECRET_KEY is not a Fernet key") as raised:
        async for _ in keyring_of(secrets):
            pass
    assert not secrets or secrets not in str(raised.value)


@pytest.mark.parametrize(
    ("key", "hint"), [(KEY, "4f2a"), ("x" * 8 + "last", "last"), ("short", "…")]
)
def test_the_hint_is_the_end_of_a_key_that_has_enough_besides(key: str, hint: str) -> None:
    assert hint_of(key) == hint


def names_in(folder: Path) -> list[str]:
    """The names of what lies in a folder."""
    return [path.name for path in folder.iterdir()]


def test_the_secret_is_made_once_and_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "data"
    secret = secret_in(folder)
    Fernet(secret)
    assert secret_in(folder) == secret
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert names_in(folder) == ["secret.key"]


def test_processes_that_start_together_have_one_secret(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    count = 4
    barrier, found = spawn.Barrier(count), spawn.Queue()
    racing = [
        spawn.Process(target=_race, args=(tmp_path / "var", barrier, found)) for _ in range(count)
    ]
    for process in racing:
        process.start()
    secrets = {found.get(timeout=30) for _ in racing}
    for process in racing:
        process.join(30)
    assert len(secrets) == 1
    assert names_in(tmp_path / "var") == ["secret.key"]


def _race(folder: Path, barrier: Barrier, found: "Queue[str]") -> None:
    barrier.wait(30)
    found.put(secret_in(folder))
