"""A canvas in, one batch card with a row for each of its sections out."""

from blocks import replies
from blocks.message import Message
from bot.domain.people import Person
from bot.domain.requests import DocumentPlan, ReplyKind, ReplyPlan, Request
from bot.services import Services


async def answer(
    services: Services, request: Request, plan: DocumentPlan, *, person: Person
) -> Message | None:
    """Make the proposal; words only where something is missing."""
    return replies.reply(ReplyPlan(kind=ReplyKind.UNSUPPORTED))
