"""Pictures and a place in a canvas in, a card out; where the place is open, it is asked for."""

from blocks import replies
from blocks.message import Message
from bot.domain.people import Person
from bot.domain.requests import InsertPlan, ReplyKind, ReplyPlan, Request
from bot.services import Services


async def answer(
    services: Services, request: Request, plan: InsertPlan, *, person: Person
) -> Message | None:
    """Make the proposal; words only where something is missing."""
    return replies.reply(ReplyPlan(kind=ReplyKind.UNSUPPORTED))
