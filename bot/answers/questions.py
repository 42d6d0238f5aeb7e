"""A question back, once, with the likely meanings as buttons; a press is as good as words."""

from blocks import notices, question
from blocks.message import Message
from bot.domain.ids import new_id
from bot.domain.people import Person
from bot.domain.requests import Choice, QuestionPlan, Request, Source
from bot.errors import NotAllowed, NotFound
from bot.services import Services
from storage import requests


async def answer(
    services: Services, request: Request, plan: QuestionPlan, *, person: Person
) -> Message | None:
    """The question; where the last one in the thread went unanswered, an example instead."""
    if await services.store.read(requests.was_asked_back, request):
        return question.not_again(plan.choices)
    choices = plan.choices[: question.MAX_CHOICES]
    await services.store.note(requests.keep_choices, request.id, choices)
    return question.question(plan.words, choices, request_id=request.id)


async def chosen(
    services: Services, request_id: str, number: int, *, person: Person
) -> tuple[Choice, Request | None]:
    """The choice, and the recorded request that says it; None where one was chosen before.

    Raises: NotFound; NotAllowed where somebody else was asked.
    """
    asked = await services.store.read(requests.find, request_id, team_id=person.team_id)
    if asked is None or number >= len(asked.choices):
        raise NotFound(notices.ELSEWHERE)
    if asked.user_id != person.id:
        raise NotAllowed(question.not_yours(asked.user_id))
    choice = asked.choices[number]
    request = Request(
        id=new_id("req"),
        team_id=asked.team_id,
        user_id=asked.user_id,
        channel_id=asked.channel_id,
        ts=f"choice:{asked.id}",
        thread_ts=asked.thread_ts,
        text=choice.text,
        source=Source.COMMAND,
        sources=choice.sources,
        created_at=services.now(),
    )
    is_new = await services.store.note(requests.record, request, event_id=None)
    return choice, request if is_new else None
