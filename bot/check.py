"""Looks at everything a studio needs and says plainly what is missing and how to mend it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.config import Settings
from bot.errors import StorageError
from bot.manifest import bot_scopes, load_manifest
from bot.studio.catalog import catalog
from bot.studio.providers import local_providers
from storage import ledger
from storage.blobs import open_blobs
from storage.migrations import is_current
from storage.store import Store, make_engine


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_fine: bool
    words: str


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Look at the bot token and its scopes, the app token, the database, the store, the models."""
    yield await _bot_token(settings)
    yield await _app_token(settings)
    yield await _database(settings)
    yield await _blobs(settings)
    yield _models()


async def _bot_token(settings: Settings) -> Finding:
    name = "Bot token"
    if settings.slack_bot_token is None:
        return Finding(
            name,
            False,
            "SLACK_BOT_TOKEN is not set. Create the app from manifest.yml, install it, and "
            "take the Bot User OAuth Token under OAuth & Permissions; it begins with xoxb-.",
        )
    client = AsyncWebClient(
        settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url
    )
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error")
        return Finding(name, False, f"Slack does not accept SLACK_BOT_TOKEN ({code}).")
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding(name, False, f"Slack cannot be reached: {error}.")
    granted = _granted(answer.headers)
    missing = sorted(bot_scopes(load_manifest()) - granted) if granted else []
    if missing:
        return Finding(
            name,
            False,
            f"The app lacks {', '.join(missing)}. Update it from manifest.yml and reinstall it to "
            "the workspace.",
        )
    return Finding(name, True, f"works in {answer['team']} as @{answer['user']}, with all scopes")


async def _app_token(settings: Settings) -> Finding:
    name = "App token"
    if settings.slack_app_token is None:
        return Finding(
            name,
            False,
            "SLACK_APP_TOKEN is not set. Under Basic Information, App-Level Tokens, generate one "
            "with the scope connections:write; it begins with xapp-.",
        )
    client = AsyncWebClient(base_url=settings.slack_api_url)
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        code = error.response.get("error")
        return Finding(name, False, f"Slack does not accept SLACK_APP_TOKEN ({code}).")
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding(name, False, f"Slack cannot be reached: {error}.")
    return Finding(name, True, "opens a socket")


async def _database(settings: Settings) -> Finding:
    """Look without claiming or changing it: a running studio may be at work on it."""
    name = "Database"
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():  # noqa: ASYNC240
        return Finding(name, True, "will be made at the first start")
    store = Store(make_engine(settings.database))
    try:
        if not is_current(store.engine):
            later = "`studio run` migrates it at its start; another database, `studio migrate`."
            return Finding(name, False, f"It is not migrated to this version. {later}")
        wrong = await store.read(ledger.imbalances)
    except (DBAPIError, StorageError) as error:
        reason = error.reason if isinstance(error, StorageError) else str(error.orig)
        return Finding(name, False, f"{reason}. Check DATABASE_URL.")
    finally:
        store.close()
    if wrong:
        return Finding(name, False, f"The ledger does not add up for {', '.join(wrong)}.")
    return Finding(name, True, "is migrated, and the ledger adds up")


async def _blobs(settings: Settings) -> Finding:
    name = "Image store"
    try:
        blobs = open_blobs(settings.blobs)
        digest = await blobs.put(b"studio check", team_id="check")
        await blobs.get(digest, team_id="check")
    except StorageError as error:
        return Finding(name, False, f"{error.reason}. Check BLOB_URL and its rights.")
    except (OSError, ValueError) as error:
        return Finding(name, False, f"{settings.blobs} cannot be used: {error}")
    return Finding(name, True, "can be written and read")


def _models() -> Finding:
    offered = catalog(local_providers()).models
    names = ", ".join(model.name for model in offered)
    return Finding(
        "Models",
        bool(offered),
        f"{names}: the local sketch engine, not AI models; it needs no key",
    )


def _granted(headers: object) -> frozenset[str]:
    """The scopes that an answer of Slack's says the token has."""
    get = getattr(headers, "get", None)
    text = get("x-oauth-scopes", "") if callable(get) else ""
    return frozenset(scope.strip() for scope in str(text).split(",") if scope.strip())
