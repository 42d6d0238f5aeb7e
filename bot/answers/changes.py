"""A pending proposal and what somebody wished to be different in, the changed card out."""

from blocks import replies
from blocks.message import Message
from bot.domain.people import Person
from bot.domain.requests import ChangePlan, ReplyKind, ReplyPlan, Request
from bot.services import Services


async def answer(
    services: Services, request: Request, plan: ChangePlan, *, person: Person
) -> Message | None:
    """Change the proposal; the words that say what changed."""
    return replies.reply(ReplyPlan(kind=ReplyKind.UNSUPPORTED))
