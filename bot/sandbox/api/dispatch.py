"""One HTTP request to `/api/<method>` becomes one answer, in the order in which Slack checks."""

import inspect
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from ..errors import Refused
from ..installing import reached, refusal_of
from ..model import Token
from ..store import Workspace
from ..wire import Json, dump
from ..world import World
from .arguments import query_arguments, read_arguments, sent_arguments
from .call import Call, Method
from .faults import Fault
from .methods import METHODS
from .rates import Tier

RETIRED = frozenset({"files.upload"})
"""Source: https://github.com/slackapi/python-slack-sdk/issues/1575 (2025)."""


class LostConnection(Exception):
    """The connection breaks instead of carrying an answer."""


async def answer_call(request: web.Request, world: World) -> web.StreamResponse:
    """Answer a Web API call."""
    name = request.match_info["method"]
    ended = world.activity.began(f"call {name}")
    try:
        return await _answered(request, world, name, ended)
    finally:
        ended()


async def _answered(
    request: web.Request, world: World, name: str, ended: Callable[[], None]
) -> web.StreamResponse:
    started = time.perf_counter()
    sent: Json = {}
    raw: str | None = None
    status = 200
    headers: dict[str, str] = {}
    try:
        fault = world.faults.next(name)
        if fault is not None:
            await _suffer(fault, world, ended)
        sent, raw = await sent_arguments(request)
        body = await _run(request, world, name, sent, is_json=raw is not None)
        if fault is not None and fault.lost_answer:
            raise LostConnection
    except Refused as refusal:
        body, status = refusal.body(), refusal.status
        if "retry_after" in body:
            headers = {"Retry-After": str(body.pop("retry_after"))}
    except LostConnection:
        _record(world, name, raw, sent, {"ok": False, "error": "connection_lost"}, started, 0)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    headers |= _scopes(request, world, sent)
    text = dump(body)
    _record(world, name, raw, sent, body, started, status)
    return web.Response(
        text=text, status=status, headers=headers, content_type="application/json", charset="utf-8"
    )


_SECRET = ('"token"', '"client_secret"')
"""What no entry of the journal keeps."""


def _record(
    world: World,
    name: str,
    raw: str | None,
    sent: Json,
    body: Json,
    started: float,
    status: int,
) -> None:
    ok = bool(body.get("ok"))
    reason = "" if ok else str(body.get("error", ""))
    if not ok and body.get("errors"):
        reason = f"{reason}: {body['errors'][0]}"
    elif not ok and "response_metadata" in body:
        reason = f"{reason}: {body['response_metadata']['messages'][0]}"
    sent.pop("token", None)
    sent.pop("client_secret", None)
    world.journal.add(
        "call" if ok else "refused",
        name,
        at=world.clock.now(),
        ms=(time.perf_counter() - started) * 1000,
        status=status,
        request=sent if raw is None or any(name in raw for name in _SECRET) else raw,
        response=body,
        reason=reason,
    )


async def _suffer(fault: Fault, world: World, ended: Callable[[], None]) -> None:
    """Let a planted fault happen.

    Raises: Refused or LostConnection, as the fault says.
    """
    if fault.delay_seconds:
        await world.clock.sleep(fault.delay_seconds)
    if fault.hold:
        ended()  # it never ends by itself, so nobody should wait for it
        await world.faults.held()
        raise LostConnection
    if fault.reset:
        raise LostConnection
    if fault.status == 429 or fault.retry_after is not None:
        raise _ratelimited(fault.retry_after or 1)
    if fault.status is not None:
        raise Refused(fault.error or "internal_error", status=fault.status)
    if fault.error is not None:
        raise Refused(fault.error)


def _ratelimited(seconds: int) -> Refused:
    return Refused("ratelimited", status=429, details={"retry_after": seconds})


async def _run(request: web.Request, world: World, name: str, sent: Json, *, is_json: bool) -> Json:
    method = METHODS.get(name)
    if name in RETIRED:
        raise Refused("method_deprecated")
    if method is None:
        raise Refused("unknown_method", details={"req_method": name})
    if method.form_only and is_json:
        sent = query_arguments(request)
    token = _token(request, world, method, sent)
    workspace = _workspace(world, name, token, sent)
    if token is not None and method.scopes and not set(method.scopes) & set(token.scopes):
        details = {"needed": method.scopes[0], "provided": ",".join(token.scopes)}
        raise Refused("missing_scope", details=details)
    if method.tier is not Tier.POSTING:
        _limit(world, workspace, method, tier=_tier(world, method))
    args = read_arguments(method, sent)
    if method.tier is Tier.POSTING:
        _limit(world, workspace, method, str(args.get("channel")))
        _limit(world, workspace, method, tier=Tier.POSTING_ANYWHERE)
    answer: Any = method.handler(Call(world, workspace, token, args))
    if inspect.isawaitable(answer):
        answer = await answer
    return {"ok": True, **answer}


def _tier(world: World, method: Method) -> Tier:
    """Apps sold outside the Marketplace read messages once a minute."""
    reads = method.name in ("conversations.history", "conversations.replies")
    return Tier.ONE if reads and world.settings.commercial else method.tier


def _scopes(request: web.Request, world: World, sent: Json) -> dict[str, str]:
    """What every answer to a token that Slack knows says of it."""
    token = world.store.tokens.get(_token_text(request, sent))
    return {} if token is None else {"x-oauth-scopes": ",".join(token.scopes)}


def _token_text(request: web.Request, sent: Json) -> str:
    header = request.headers.get("Authorization", "")
    return header[7:] if header.startswith("Bearer ") else str(sent.get("token", ""))


def _limit(
    world: World, workspace: Workspace, method: Method, *more: str, tier: Tier | None = None
) -> None:
    wait = world.rates.take(tier or method.tier, (workspace.id, method.name, *more))
    if wait:
        raise _ratelimited(wait)


def _token(request: web.Request, world: World, method: Method, sent: Json) -> Token | None:
    if method.token == "none":
        return None
    text = _token_text(request, sent)
    if not text:
        raise Refused("not_authed")
    token = world.store.tokens.get(text)
    if token is None:
        raise Refused("invalid_auth")
    refusal = refusal_of(token, now=world.clock.now())
    if refusal is not None:
        raise Refused(refusal)
    if token.kind not in method.token.split():
        raise Refused("not_allowed_token_type")
    return token


def _workspace(world: World, name: str, token: Token | None, sent: Json) -> Workspace:
    """Where a call acts: a token's workspace, or the one that an organisation's call names.

    Raises: Refused `team_access_not_granted`, or `missing_argument` where nothing names one.
    Source: https://docs.slack.dev/enterprise/organization-ready-apps (2026)
    """
    if token is None or not (token.team or token.org):
        return world.workspace
    open_to_it = reached(world, token)
    if not token.org:
        if not open_to_it:
            raise Refused("account_inactive")
        return open_to_it[0]
    if name in _OF_ORG:
        return world.store.of_org(token.org)[0]
    if sent.get("team_id"):
        for workspace in open_to_it:
            if workspace.id == sent["team_id"]:
                return workspace
        raise Refused("team_access_not_granted")
    named = [one for name in _NAMING if sent.get(name) for one in str(sent[name]).split(",")]
    for workspace in open_to_it:
        if any(workspace.knows(one) for one in named):
            return workspace
    if not open_to_it or not named:
        raise Refused("missing_argument", "missing required field: team_id")
    return open_to_it[0]


_OF_ORG = frozenset({"apps.uninstall", "auth.revoke", "auth.teams.list", "auth.test"})
"""Methods that an organisation's token calls without naming a workspace."""

_NAMING = (
    "channel",
    "channel_id",
    "trigger_id",
    "interactivity_pointer",
    "view_id",
    "canvas_id",
    "file",
    "user",
    "user_id",
    "users",
)
"""Arguments whose ids lie in one workspace: an organisation's call needs no `team_id` beside."""
