"""The two buttons of the question whether to go ahead."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from bot import asks, goahead
from bot.domain.people import Person, Tool
from bot.domain.requests import Request
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services


async def allow(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Answer what was asked, in the name of who asked it."""
    person = await actor(body, context, services)
    request = await _asked(services, body, action, person)
    tool = await asks.tool_of(services, request)
    if tool is None:
        raise forged()
    allowed = await goahead.allow(services, request, tool, by=person)
    await ack()
    await asks.answer(services, allowed, is_private=tool in _PRIVATE and _is_command(request.ts))


async def refuse(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Leave what was asked unanswered."""
    person = await actor(body, context, services)
    request = await _asked(services, body, action, person)
    tool = await asks.tool_of(services, request)
    if tool is None:
        raise forged()
    await goahead.refuse(services, request, tool, by=person)
    await ack()


async def _asked(services: Services, body: Json, action: Json, person: Person) -> Request:
    ts = str(body["container"]["message_ts"])
    return await goahead.find(services, pressed(action), person=person, question_ts=ts)


_PRIVATE = frozenset({Tool.BROWSE_MODELS, Tool.LIST_IMAGES})
"""What a command answers to the asker alone."""


def _is_command(ts: str) -> bool:
    return ts.startswith("command:")
