"""The buttons of a card whose provider did not answer."""

from collections.abc import Awaitable
from typing import Protocol

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from bot import decisions
from bot.domain.people import Person
from bot.jobs import unknown
from bot.listeners.who import Json, actor, pressed
from bot.services import Services
from bot.slack import cards


class _Choice(Protocol):
    def __call__(self, services: Services, item_id: str, *, person: Person) -> Awaitable[None]: ...


class _Listener(Protocol):
    def __call__(
        self,
        ack: AsyncAck,
        body: Json,
        action: Json,
        context: AsyncBoltContext,
        services: Services,
    ) -> Awaitable[None]: ...


def _listener(choice: _Choice) -> _Listener:
    """Has the presser's choice about the button's item carried out, and shows what came of it."""

    async def choose(
        ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
    ) -> None:
        # At once: a provider that is asked may take longer to answer than Slack waits for us.
        await ack()
        person = await actor(body, context, services)
        item_id = pressed(action)
        proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
        try:
            await choice(services, item_id, person=person)
        finally:
            await cards.try_show(services, proposal.id, team_id=person.team_id)

    return choose


check_again = _listener(unknown.check_again)
try_again = _listener(unknown.try_again)
give_up = _listener(unknown.stop_waiting)
