"""Pictures posted in Slack in, images of the gallery out."""

from blocks import replies
from blocks.message import Message
from bot.domain.people import Person
from bot.domain.requests import ImportPlan, ReplyKind, ReplyPlan, Request
from bot.services import Services


async def answer(
    services: Services, request: Request, plan: ImportPlan, *, person: Person
) -> Message | None:
    """Import the pictures; the words that say so."""
    return replies.reply(ReplyPlan(kind=ReplyKind.UNSUPPORTED))
