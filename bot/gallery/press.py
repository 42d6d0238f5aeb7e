"""What somebody pressed or filled in, made a request of its own and then a proposal, once."""

from bot import proposals
from bot.answers.sources import ready
from bot.domain.ids import new_id
from bot.domain.people import Person
from bot.domain.proposals import Proposal
from bot.domain.requests import ProposePlan, Request, RequestState, Source
from bot.errors import UserError
from bot.gallery.shown import Place
from bot.services import Services
from storage import requests


async def propose(
    services: Services, plan: ProposePlan, *, press: str, person: Person, place: Place
) -> Proposal | None:
    """Propose what a press asks for; None where that press was answered before.

    `press` is unique to the one event, such as `vary:img_…:1764000000.000100`.

    Raises: as `proposals.propose`.
    """
    request = Request(
        id=new_id("req"),
        team_id=person.team_id,
        user_id=person.id,
        channel_id=place.channel_id,
        ts=press,
        thread_ts=place.thread_ts,
        text="",
        source=Source.ACTION,
        created_at=services.now(),
    )
    if not await services.store.note(requests.record, request, event_id=None):
        return None
    try:
        plan = await ready(services, plan, person=person, place=place)
        return await proposals.propose(services, request, plan, person=person)
    except UserError:
        # Told to the person at once: nothing is left for the sweep to answer.
        await services.store.note(requests.close, request.id, RequestState.ANSWERED)
        raise
