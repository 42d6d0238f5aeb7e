"""Settings in, a running studio out; the only place that constructs."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.config import Settings
from bot.decisions import CANVAS_QUEUE, POST_QUEUE
from bot.domain.catalog import Catalog
from bot.engine import Engine, lend_unixepoch
from bot.errors import SetupError
from bot.jobs.sweep import sweep, sweep_forever
from bot.jobs.workflow import runner
from bot.keyring import Keyring
from bot.listeners import register
from bot.services import Services
from bot.slack.fetching import trusted_origins
from bot.slack.gateway import Slack
from bot.studio.provider import Provider
from bot.studio.providers import REMOTE, known_models, local_providers, remote_providers
from bot.studio.remote.api import open_client
from bot.studio.safety import Score
from bot.studio.styles import STYLES
from storage import keys
from storage.blobs import open_blobs
from storage.migrations import is_current, migrate
from storage.store import Store, make_engine

_PIXEL_THREADS = 2
_LISTENING = "run_ack_function_asynchronously"
_LISTENERS_SECONDS = 5.0
_RATE_LIMIT_RETRIES = 2
"""Of one call, as Retry-After says; a job that is still refused waits in its own way."""


def utc_now() -> datetime:
    """The aware UTC time."""
    return datetime.now(UTC)


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    *,
    providers: Mapping[str, Provider] | None = None,
    environment: Mapping[str, str] = os.environ,
    score: Score | None = None,
    now: Callable[[], datetime] = utc_now,
) -> AsyncIterator[Services]:
    """A studio that listens over Socket Mode and works, until the block ends.

    `providers` are the local ones and those that the environment has keys for where none are given.
    `score` stands in for the installed safety check.

    Raises: SetupError, whose message says what to mend.
    """
    async with contextlib.AsyncExitStack() as stack:
        lend_unixepoch()
        store = open_store(settings)
        stack.callback(store.close)
        app = _app(settings)
        app.client.session = await stack.enter_async_context(aiohttp.ClientSession())
        bot_user_id, workspace_url = await _who_we_are(app.client)
        pixels = ThreadPoolExecutor(_PIXEL_THREADS, thread_name_prefix="pixels")
        stack.callback(pixels.shutdown)
        client = await stack.enter_async_context(open_client())
        provided = providers
        if provided is None:
            provided = {**remote_providers(environment, client), **local_providers()}
        for provider in provided.values():
            stack.push_async_callback(provider.close)
        services = Services(
            settings=settings,
            store=store,
            blobs=open_blobs(settings.blobs),
            engine=Engine(
                database_url=settings.database,
                poll_seconds=settings.queue_poll_seconds,
                concurrent_jobs=settings.concurrent_jobs,
            ),
            slack=Slack(
                app.client,
                trusted_origins=trusted_origins(settings.slack_api_url, workspace_url),
            ),
            catalog=Catalog(models=known_models(environment, settings.models_file), styles=STYLES),
            providers=provided,
            keyring=Keyring(
                settings.secret(),
                kinds={kind.name: kind for kind in REMOTE},
                client=client,
                environment=environment,
            ),
            bot_user_id=bot_user_id,
            pixels=pixels,
            now=now,
            score=score,
        )
        register(app, services)
        await services.engine.start(
            runner(services),
            queues=[*provided, *await store.read(keys.providers), CANVAS_QUEUE],
            patient_queues=[POST_QUEUE],
        )
        stack.push_async_callback(services.engine.stop)
        await sweep(services, at_start=True)
        stack.push_async_callback(_finish_listeners)
        await _connect(app, settings, stack)
        sweeping = asyncio.create_task(sweep_forever(services))
        stack.push_async_callback(_cancel, sweeping)
        yield services


def open_store(settings: Settings) -> Store:
    """The database, for this process alone where it is a file, with its schema up to date.

    Raises: SetupError.
    """
    url = make_url(settings.database)
    is_file = url.get_backend_name() == "sqlite"
    if is_file and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    store = Store(make_engine(settings.database))
    try:
        store.claim()
        if is_file:
            migrate(store.engine)
        elif not is_current(store.engine):
            raise SetupError(
                "The database is not migrated to this version. Run `studio migrate` first."
            )
    except (DBAPIError, OSError) as error:
        store.close()
        reason = str(error.orig if isinstance(error, DBAPIError) else error)
        raise SetupError(
            f"The database at {url.render_as_string()} cannot be opened: {reason}. "
            "Check DATABASE_URL and whether another program holds it."
        ) from error
    except SetupError:
        store.close()
        raise
    return store


def _app(settings: Settings) -> AsyncApp:
    if settings.slack_bot_token is None or settings.slack_app_token is None:
        missing = " and ".join(
            name
            for name, token in (
                ("SLACK_BOT_TOKEN", settings.slack_bot_token),
                ("SLACK_APP_TOKEN", settings.slack_app_token),
            )
            if token is None
        )
        raise SetupError(
            f"{missing} is not set. `studio check` says where to find each, and `studio demo` "
            "needs none."
        )
    app = AsyncApp(
        token=settings.slack_bot_token.get_secret_value(),
        # Given one, Bolt keeps its level; its own would repeat every reconnection.
        logger=logging.getLogger("slack_bolt"),
    )
    app.client.base_url = settings.slack_api_url
    app.client.retry_handlers = [
        AsyncRateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES)
    ]
    return app


async def _who_we_are(client: AsyncWebClient) -> tuple[str, str]:
    """The bot's user id, and the workspace's address."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise SetupError(
            f"Slack does not accept SLACK_BOT_TOKEN ({error.response.get('error')}). "
            "Take the Bot User OAuth Token of the installed app; it begins with xoxb-."
        ) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SetupError(
            f"Slack cannot be reached at {client.base_url}: {error}. Check the network."
        ) from error
    return str(answer["user_id"]), str(answer["url"])


async def _connect(app: AsyncApp, settings: Settings, stack: contextlib.AsyncExitStack) -> None:
    if settings.slack_app_token is None:
        raise SetupError("SLACK_APP_TOKEN is not set.")
    token = settings.slack_app_token.get_secret_value()
    try:
        # Asked once by ourselves: the handler would try a wrong token for ever.
        await app.client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        raise SetupError(
            f"Slack does not accept SLACK_APP_TOKEN ({error.response.get('error')}). Make an "
            "app-level token with the scope connections:write; it begins with xapp-."
        ) from error
    handler = AsyncSocketModeHandler(app, token)
    stack.push_async_callback(handler.close_async)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


async def _finish_listeners() -> None:
    """Let the listeners end whose payloads were acknowledged before the socket was closed.

    Bolt keeps no account of the tasks that it runs them in; they are known by their function.
    """
    running = [task for task in asyncio.all_tasks() if _LISTENING in str(task.get_coro())]
    if running:
        await asyncio.wait(running, timeout=_LISTENERS_SECONDS)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
