"""The parts of what Slack sends when somebody uses something: who, where, which trigger."""

from dataclasses import dataclass
from typing import Any

from .blockkit.state import initial_values
from .errors import Refused
from .model import Message, ResponseUrl, User, View
from .response_urls import lives_until, new_url
from .shown import view_shown
from .store import Workspace
from .wire import Json
from .world import World


@dataclass(frozen=True)
class Container:
    """Where an element stands: in a message or in a view."""

    message: Message | None = None
    view: View | None = None

    @property
    def blocks(self) -> list[Json]:
        body = self.message.body if self.message else self.view.body if self.view else {}
        blocks: list[Json] = body.get("blocks", [])
        return blocks

    @property
    def key(self) -> str:
        return self.message.ts if self.message else self.view.id if self.view else ""


def container(workspace: Workspace, user: User, given: Json) -> Container:
    """The message or view a control call names, if this person has it before them.

    Raises: Refused `message_not_found`, `view_not_found`, `view_covered` for a modal under another.
    """
    if given.get("type") == "message":
        message = workspace.find_message(given.get("channel", ""), given.get("message_ts", ""))
        if (
            message is None
            or message.ephemeral_to not in (None, user.id)
            or not workspace.channels[message.channel].is_open_to(user)
        ):
            raise Refused("message_not_found", "there is no such message", status=404)
        return Container(message=message)
    view = workspace.views.get(given.get("view_id", ""))
    if view is None or view.user != user.id:
        raise Refused("view_not_found", f"{user.name} has no such view", status=404)
    if view.kind == "modal" and workspace.stack(user.id)[-1] is not view:
        raise Refused("view_covered", "another view lies on this one", status=400)
    return Container(view=view)


def common(world: World, user: User, kind: str) -> Json:
    workspace = world.workspace
    org = workspace.org
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team or workspace.id,
        },
        "api_app_id": world.app.id,
        "token": "sandbox-verification",
        "team": {"id": workspace.id, "domain": workspace.domain, **_team_of(workspace)},
        "enterprise": {"id": org.id, "name": org.name} if org else None,
        "is_enterprise_install": workspace.install.by_org,
    }


def _team_of(workspace: Workspace) -> Json:
    org = workspace.org
    return {"enterprise_id": org.id, "enterprise_name": org.name} if org else {}


def of_command(workspace: Workspace) -> Json:
    """What a slash command says of the organisation."""
    by_org = "true" if workspace.install.by_org else "false"
    return {"is_enterprise_install": by_org, **_team_of(workspace)}


def placed(workspace: Workspace, user: User, where: Container) -> Json:
    """`container`, and the view or the message and its channel."""
    if where.view is not None:
        return {
            "container": {"type": "view", "view_id": where.view.id},
            "view": view_shown(workspace, where.view),
        }
    message = where.message
    if message is None:
        raise ValueError("a container holds a message or a view")
    channel = workspace.channels[message.channel]
    box: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        box["thread_ts"] = message.thread_ts
    placed: Json = {
        "container": box,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
    }
    if message.ephemeral_to is None:
        placed["message"] = workspace.shown(message)
    return placed


def message_values(message: Message, user: User) -> Json:
    known = message.state.get(user.id)
    return initial_values(message.body.get("blocks", [])) if known is None else known


def message_url(workspace: Workspace, user: User, message: Message) -> str:
    url = ResponseUrl(
        user.id,
        message.channel,
        lives_until(workspace),
        message_ts=message.ts,
        thread_ts=message.thread_ts,
        ephemeral=message.ephemeral_to is not None,
    )
    return new_url(workspace, url)


def response_urls(workspace: Workspace, user: User, view: View) -> list[Json]:
    urls: list[Json] = []
    for block in view.body["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        state = view.values[block["block_id"]][element["action_id"]]
        channel = state.get("selected_conversation") or state.get("selected_channel")
        if channel in workspace.channels:
            url = ResponseUrl(user.id, channel, lives_until(workspace))
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                    "response_url": new_url(workspace, url),
                }
            )
    return urls


def feedback(element: Json, value: Any) -> Json:
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if button and button["value"] == value:
            return {"type": "feedback_buttons", "value": value, "text": button["text"]}
    raise Refused("invalid_value", "no such feedback", status=400)


def trigger(world: World, user: User, *, view_id: str | None = None) -> str:
    seconds = world.settings.trigger_seconds
    return world.workspace.new_trigger(user.id, seconds=seconds, view_id=view_id)
