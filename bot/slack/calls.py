"""A call of the Web API goes in, its answer comes out; the one place where codes become errors."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError, SlackUnavailable

DEFAULT_RETRY_SECONDS = 5.0
"""How long to wait where Slack does not say."""

_PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
    }
)
"""Codes that another try may not see. Source: the method pages' common errors (2026-11)."""


class Answer(Protocol):
    """What Slack answered: JSON by key."""

    def get(self, key: str, default: Any = None) -> Any: ...


class Calls:
    """What every part of the gateway stands on: the app's client in one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._client.session is None:
            raise RuntimeError("the client was given no session")
        return self._client.session


async def call(method: str, function: Callable[..., Awaitable[Answer]], **arguments: Any) -> Answer:
    """Call a method without the arguments that are None.

    Raises: SlackUnavailable where another try may succeed; SlackError with Slack's code.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        return await function(**given)
    except SlackApiError as error:
        raise _refusal(method, error) from error
    except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise unreachable(method) from error
    except json.JSONDecodeError as error:
        raise unreachable(method) from error


def unreachable(method: str) -> SlackUnavailable:
    """What is raised where no answer came."""
    return SlackUnavailable(method, "unreachable", retry_after_seconds=DEFAULT_RETRY_SECONDS)


def _refusal(method: str, error: SlackApiError) -> SlackError:
    response = error.response
    code = str(response.get("error") or "unknown_error")
    status = getattr(response, "status_code", 200)
    if status == 429 or status >= 500 or code in _PASSING:
        wait = (getattr(response, "headers", None) or {}).get("Retry-After")
        seconds = float(wait) if wait else DEFAULT_RETRY_SECONDS
        return SlackUnavailable(method, code, retry_after_seconds=seconds)
    detail = response.get("detail") or response.get("needed") or ""
    return SlackError(method, code, detail=str(detail))
