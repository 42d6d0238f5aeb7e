"""A question back, once, with the likely meanings as buttons."""

from blocks import replies
from blocks.message import Message
from bot.domain.people import Person
from bot.domain.requests import QuestionPlan, ReplyKind, ReplyPlan, Request
from bot.services import Services


async def answer(
    services: Services, request: Request, plan: QuestionPlan, *, person: Person
) -> Message | None:
    """The question."""
    return replies.reply(ReplyPlan(kind=ReplyKind.UNSUPPORTED))
