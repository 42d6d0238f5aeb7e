"""What a person does to the app: commands, shortcuts, clicks, menus and modals."""

from typing import Any

from .api.views import checked_view, push_modal, replace_view
from .blockkit.parts import option_groups, options
from .blockkit.state import STATEFUL, acted, find, overflow_choice
from .blockkit.submit import client_errors
from .blockkit.walk import Walk
from .entering import put_value
from .errors import Refused
from .model import Channel, Message, ResponseUrl, User, View
from .payload import (
    Container,
    common,
    feedback,
    message_url,
    message_values,
    of_command,
    placed,
    response_urls,
    trigger,
)
from .response_urls import lives_until, new_url, respond
from .shown import view_shown
from .store import Workspace, keep
from .typed_text import escaped, stored
from .wire import Json
from .world import World


async def command(
    world: World, user: User, channel: Channel, name: str, text: str, *, thread_ts: str | None
) -> None:
    """A slash command, which Slack does not take in threads.

    Raises: Refused `unknown_command`, `not_supported_in_threads`, `not_in_channel`,
    `invalid_command_response` and those of an interaction.
    """
    workspace = world.workspace
    _own_people(user)
    known = world.app.commands.get(name)
    if (
        known is None
        or not workspace.install.is_active
        or "commands" not in workspace.install.scopes
    ):
        raise Refused("unknown_command", f"{name} is not a valid command", status=404)
    if thread_ts is not None:
        raise Refused("not_supported_in_threads", f"{name} is not supported in threads", status=400)
    if user.id not in channel.members:
        raise Refused("not_in_channel", f"{user.name} is not in #{channel.name}", status=403)
    url = ResponseUrl(user.id, channel.id, lives_until(workspace))
    payload: Json = {
        "token": "sandbox-verification",
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": stored(workspace, text)[0] if known.should_escape else escaped(text),
        "api_app_id": world.app.id,
        **of_command(workspace),
        "response_url": new_url(workspace, url),
        "trigger_id": trigger(world, user),
    }
    answer = await world.delivery.ask("slash_commands", payload, name=name)
    if not answer:
        return
    try:
        respond(workspace, url, answer)
    except Refused as refusal:
        lines = list(refusal.messages) or [refusal.code]
        raise _app_answered_badly(world, "invalid_command_response", lines, answer) from None


async def shortcut(
    world: World, user: User, callback_id: str, *, message: Message | None = None
) -> None:
    """A global shortcut, or a message shortcut when a message is given.

    Raises: Refused `unknown_shortcut` and those of an interaction.
    """
    workspace = world.workspace
    _own_people(user)
    kind = "message" if message else "global"
    known = [s for s in world.app.shortcuts if s.callback_id == callback_id and s.type == kind]
    if not known:
        raise Refused("unknown_shortcut", f"no {kind} shortcut {callback_id!r}", status=404)
    payload = common(world, user, "message_action" if message else "shortcut") | {
        "callback_id": callback_id,
        "action_ts": workspace.new_ts(),
        "trigger_id": trigger(world, user),
    }
    if message is not None:
        channel = workspace.channels[message.channel]
        url = ResponseUrl(
            user.id,
            channel.id,
            lives_until(workspace),
            message_ts=message.ts,
            thread_ts=message.thread_ts,
        )
        payload |= {
            "message_ts": message.ts,
            "channel": {"id": channel.id, "name": channel.name or "directmessage"},
            "message": workspace.shown(message),
            "response_url": new_url(workspace, url),
        }
    await _ask(world, payload, name=f"shortcut {callback_id}")


async def action(
    world: World, user: User, where: Container, block_id: str, action_id: str, value: Any = None
) -> None:
    """A person uses an element; an input that does not dispatch only keeps what was entered.

    Raises: Refused `action_not_found`, `invalid_value` and those of an interaction.
    """
    workspace = world.workspace
    block, element = find(where.blocks, block_id, action_id)
    state: Json = {"type": element["type"]}
    if element["type"] in STATEFUL:
        state = put_value(workspace, user, where, block, element, value)
    elif element["type"] == "overflow":
        state = overflow_choice(element, value)
    elif element["type"] == "feedback_buttons":
        state = feedback(element, value)
    if block["type"] == "input" and not block.get("dispatch_action"):
        return
    acting = acted(block, element, state, at=workspace.new_ts())
    view_id = where.view.id if where.view else None
    payload = common(world, user, "block_actions") | placed(workspace, user, where)
    payload |= {
        "trigger_id": trigger(world, user, view_id=view_id),
        "actions": [acting],
    }
    if where.message is not None:
        payload["state"] = {"values": message_values(where.message, user)}
        payload["response_url"] = message_url(workspace, user, where.message)
    await _ask(world, payload, name=f"block_actions {action_id}")


async def suggest(
    world: World, user: User, where: Container, block_id: str, action_id: str, value: str
) -> Json:
    """What the app offers for these letters.

    Raises: Refused `query_too_short`, `invalid_options` and those of an interaction.
    """
    workspace = world.workspace
    _block, element = find(where.blocks, block_id, action_id)
    if element["type"] not in ("external_select", "multi_external_select"):
        raise Refused("invalid_value", "this element has its own options", status=400)
    least = element.get("min_query_length", 3)
    if len(value) < least:
        raise Refused("query_too_short", f"at least {least} letters are needed", status=400)
    payload = common(world, user, "block_suggestion") | placed(workspace, user, where)
    payload |= {"block_id": block_id, "action_id": action_id, "value": value}
    try:
        answer = await _ask(world, payload, name=f"block_suggestion {action_id}")
    except Refused as refusal:
        if refusal.code != "options_url_missing":
            raise
        return {"options": []}  # an empty menu is all that the person sees; the journal says why
    offered = _offered(world, answer)
    key = (where.key, user.id, block_id, action_id)
    known = workspace.offered.get(key, [])
    fresh = [o for o in offered if o not in known]
    keep(workspace.offered, key, (known + fresh)[-500:], limit=200)
    return answer


def _offered(world: World, answer: Json) -> list[Json]:
    walk = Walk("modal", lambda reference: False)
    if ("options" in answer) == ("option_groups" in answer):
        walk.object_to("exactly one of options and option_groups is needed", None)
    elif "options" in answer and answer["options"] != []:
        options(answer["options"], walk, (None, "options"))
    elif answer.get("option_groups"):
        option_groups(answer["option_groups"], walk, (None, "option_groups"))
    if walk.errors:
        raise _app_answered_badly(world, "invalid_options", walk.errors, answer)
    offered: list[Json] = list(answer.get("options") or ())
    for group in answer.get("option_groups") or ():
        offered += group["options"]
    return offered


async def submit(world: World, user: User, view: View, values: Json) -> Json:
    """Submit a modal: what is not given keeps its state.

    Raises: Refused `not_submittable`, `invalid_view`, `invalid_errors` and those of an
    interaction.
    """
    workspace = world.workspace
    if view.kind != "modal" or not view.body.get("submit"):
        raise Refused("not_submittable", "the view has nothing to submit", status=400)
    if view.body.get("submit_disabled"):
        raise Refused("not_submittable", "submitting is switched off", status=400)
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            block, element = find(view.body["blocks"], block_id, action_id)
            put_value(workspace, user, Container(view=view), block, element, value)
    errors = client_errors(view.body["blocks"], view.values)
    if errors:
        return {"response_action": "errors", "errors": errors}
    payload = common(world, user, "view_submission") | {
        "trigger_id": trigger(world, user, view_id=view.id),
        "view": view_shown(workspace, view),
        "response_urls": response_urls(workspace, user, view),
    }
    name = f"view_submission {view.body.get('callback_id', '')}".rstrip()
    answer = await _ask(world, payload, name=name)
    return _after_submit(world, user, view, answer)


def _after_submit(world: World, user: User, view: View, answer: Json) -> Json:
    workspace = world.workspace
    kind = answer.get("response_action")
    if kind is None:
        if answer:
            raise _app_answered_badly(world, "invalid_view", ["response_action missing"], answer)
        if view.id in workspace.views:
            _pop(workspace, user, view)
        return {"response_action": "close"}
    is_open = workspace.views.get(view.id) is view
    if kind == "errors":
        inputs = {b["block_id"] for b in view.body["blocks"] if b["type"] == "input"}
        given = answer.get("errors")
        errors: Json = given if isinstance(given, dict) else {}
        worded = all(isinstance(words, str) and words for words in errors.values())
        if not errors or not worded or not set(errors) <= inputs:
            lines = ["errors must map input blocks of the view to words"]
            raise _app_answered_badly(world, "invalid_errors", lines, answer)
        return {"response_action": "errors", "errors": errors}
    if kind == "clear":
        workspace.close_views(user.id, reversed(workspace.stack(user.id)), all_of_them=True)
        return {"response_action": "clear"}
    if kind not in ("update", "push"):
        raise _app_answered_badly(world, "invalid_view", [f"unknown action {kind}"], answer)
    try:
        replaced = view if kind == "update" else None
        body = checked_view(workspace, answer.get("view"), surface="modal", replacing=replaced)
        if not is_open:
            return {"response_action": "close"}  # the person, or the app, left meanwhile
        if kind == "update":
            replace_view(workspace, view, body)
        else:
            push_modal(workspace, user.id, body)
    except Refused as refusal:
        lines = list(refusal.messages) or [refusal.code]
        raise _app_answered_badly(world, "invalid_view", lines, answer) from None
    return {"response_action": kind}


def _pop(workspace: Workspace, user: User, view: View) -> None:
    """Close this view and what lies on it."""
    stack = workspace.stack(user.id)
    if view not in stack:
        return
    above = stack[stack.index(view) :]
    workspace.close_views(user.id, reversed(above), all_of_them=len(above) == len(stack))


async def close(world: World, user: User, view: View) -> None:
    """A person closes a modal; apps that asked are told.

    Raises: Refused `not_closable` for a Home.
    """
    workspace = world.workspace
    stack = workspace.stack(user.id)
    if view not in stack:
        raise Refused("not_closable", "only a modal has a close button", status=400)
    clears = bool(view.body.get("clear_on_close"))
    closing = stack if clears else stack[stack.index(view) :]
    told = [v for v in reversed(closing) if v.body.get("notify_on_close")]
    payloads = [
        common(world, user, "view_closed")
        | {"view": view_shown(workspace, v), "is_cleared": clears}
        for v in told
    ]
    workspace.close_views(user.id, reversed(list(closing)), all_of_them=len(closing) == len(stack))
    for payload in payloads:
        await _ask(world, payload, name="view_closed")


def _own_people(user: User) -> None:
    """Commands and shortcuts are for people of the workspace that installed the app.

    Raises: Refused `not_for_external_people`.
    Source: https://docs.slack.dev/apis/slack-connect (2026)
    """
    if user.team:
        line = f"{user.real_name} is of another company: commands and shortcuts are not for them"
        raise Refused("not_for_external_people", line, status=403)


async def _ask(world: World, payload: Json, *, name: str) -> Json:
    """Send an interaction, if the manifest turns interactivity on.

    Raises: Refused `interactivity_disabled`, `app_not_installed` and those of the delivery.
    """
    if not world.workspace.install.is_active:
        raise Refused("app_not_installed", "the app is not installed here", status=404)
    if not world.app.interactivity:
        refusal = Refused(
            "interactivity_disabled", "the manifest does not turn interactivity on", status=403
        )
        world.journal.add(
            "refused", name, at=world.clock.now(), request=payload, reason=str(refusal)
        )
        raise refusal
    return await world.delivery.ask("interactive", payload, name=name)


def _app_answered_badly(world: World, code: str, lines: list[str], answer: Json) -> Refused:
    world.journal.add(
        "refused",
        "acknowledgement",
        at=world.clock.now(),
        response=answer,
        reason=f"{code}: {lines[0]}",
    )
    return Refused(code, *lines, status=502)
