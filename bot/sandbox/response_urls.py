"""What an app posts to a `response_url`: five answers within thirty minutes."""

from aiohttp import web

from .api.compose import by_app, content
from .bodies import text_of
from .errors import Refused
from .model import Message, ResponseUrl
from .store import Workspace
from .wire import Json, load
from .world import World

LIVES_SECONDS = 1800.0
_KNOWN = frozenset(
    {
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "metadata",
        "unfurl_links",
        "unfurl_media",
        "mrkdwn",
        "username",
    }
)


async def answer_response(request: web.Request, world: World) -> web.Response:
    """Take one post; Slack answers `ok` as text."""
    response_id = request.match_info["id"]
    sent: Json = {}
    try:
        fault = world.faults.next("response_url")
        if fault is not None and (fault.status or fault.error):
            raise Refused(fault.error or "internal_error", status=fault.status or 500)
        try:
            sent = load(await text_of(request))
        except ValueError:
            raise Refused("invalid_payload", status=400) from None
        if not isinstance(sent, dict):
            sent = {}
            raise Refused("invalid_payload", "the body is not an object", status=400)
        workspace = world.store.workspaces.get(request.match_info["team"])
        if workspace is None:
            raise Refused("invalid_url", status=404)
        use_response_url(workspace, response_id, sent)
    except Refused as refusal:
        status = 400 if refusal.status == 200 else refusal.status
        world.journal.add(
            "refused",
            "response_url",
            at=world.clock.now(),
            status=status,
            request=sent,
            response=refusal.body(),
            reason=str(refusal),
        )
        return web.json_response(refusal.body(), status=status)
    world.journal.add("response", "response_url", at=world.clock.now(), request=sent)
    return web.Response(text="ok")


def use_response_url(workspace: Workspace, response_id: str, sent: Json) -> None:
    """Raises: Refused `used_url`, `expired_url` and what `respond` raises."""
    url = workspace.response_urls.get(response_id)
    if url is None:
        raise Refused("invalid_url", status=404)
    if workspace.clock.now() > url.expires:
        raise Refused("expired_url", status=404)
    if url.left <= 0:
        raise Refused("used_url", status=404)
    respond(workspace, url, sent)
    url.left -= 1


def respond(workspace: Workspace, url: ResponseUrl, sent: Json) -> None:
    """Post, replace or delete as the body says; without a word it is an ephemeral answer.

    Raises: Refused `invalid_payload`, `message_not_found`, `cant_update_message`,
    `thread_not_found` and what `content` raises.
    """
    unknown = set(sent) - _KNOWN
    if unknown:
        raise Refused("invalid_payload", f"unsupported field: {sorted(unknown)[0]}", status=400)
    for name in ("text", "thread_ts", "response_type"):
        if not isinstance(sent.get(name, ""), str | None):
            raise Refused("invalid_payload", f"{name} is no text", status=400)
    original = workspace.find_message(url.channel, url.message_ts) if url.message_ts else None
    if sent.get("delete_original") or sent.get("replace_original"):
        if original is None:
            raise Refused("message_not_found", status=404)
        if not original.by_app:
            raise Refused("cant_update_message", status=400)
        if sent.get("delete_original"):
            workspace.delete(original)
            return
        workspace.edit(original, by_app(workspace, content(workspace, sent, any_size=True)))
        return
    in_channel = sent.get("response_type") == "in_channel"
    if in_channel and url.ephemeral:
        raise Refused("invalid_payload", "an ephemeral message stays one", status=400)
    body = by_app(workspace, content(workspace, sent, any_size=True))
    thread_ts = sent.get("thread_ts") or (None if in_channel else url.thread_ts)
    if thread_ts is not None and thread_ts not in workspace.channels[url.channel].messages:
        raise Refused("thread_not_found", status=404)
    message = Message(
        url.channel,
        workspace.new_ts(),
        workspace.install.bot_user,
        body,
        thread_ts=thread_ts,
        by_app=True,
        ephemeral_to=None if in_channel else url.user,
    )
    if in_channel:
        workspace.post(message)
    else:
        workspace.show_ephemeral(message)


def new_url(workspace: Workspace, url: ResponseUrl) -> str:
    return f"{workspace.base_url}/response/{workspace.id}/{workspace.new_response_url(url)}"


def lives_until(workspace: Workspace) -> float:
    return workspace.clock.now() + LIVES_SECONDS
