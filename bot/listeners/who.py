"""Who pressed, and what: the parts of an interaction's payload that every listener reads."""

from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.domain.people import Person
from bot.errors import NotFound
from bot.services import Services

Json = dict[str, Any]
"""A payload of Slack's, at the edge."""

_FORGED = "I do not know this button. Nothing was done."


async def actor(body: Json, context: AsyncBoltContext, services: Services) -> Person:
    """The person behind an interaction, as seen by the workspace it came from."""
    return await services.slack.person(
        str(body["user"]["id"]), team_id=str(context.team_id or body["team"]["id"])
    )


def pressed(action: Json) -> str:
    """What a button or a menu carries.

    Raises: NotFound where it carries nothing, as none of ours does.
    """
    chosen = action.get("selected_option") or {}
    value = action.get("value") or chosen.get("value")
    if not isinstance(value, str) or not value:
        raise NotFound(_FORGED)
    return value


def forged() -> NotFound:
    """What to raise for a value that none of our buttons carries."""
    return NotFound(_FORGED)
