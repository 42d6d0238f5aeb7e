"""The buttons of a question back: a press answers as if its words had been said."""

import contextlib

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import question
from bot import asks
from bot.answers import questions
from bot.errors import SlackError, Stale
from bot.listeners.decide import seen
from bot.listeners.who import Json, actor
from bot.services import Services


async def choose(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Answer what was chosen, once, and take the buttons away."""
    person = await actor(body, context, services)
    request_id, number = seen(action)
    choice, request = await questions.chosen(services, request_id, number, person=person)
    await ack()
    container = body["container"]
    with contextlib.suppress(SlackError):  # gone; its buttons do nothing more anyway
        await services.slack.update(
            str(container["channel_id"]),
            str(container["message_ts"]),
            question.answered(choice, by=person.id),
        )
    if request is None:
        raise Stale("You answered this already; the answer is in this thread.")
    await asks.answer(services, request)
