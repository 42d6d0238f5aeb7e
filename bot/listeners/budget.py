"""The button that asks the admins for more credits, once for each card."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import budget, notices, replies
from bot import decisions
from bot.domain.ids import new_id
from bot.domain.people import Person
from bot.domain.proposals import Proposal
from bot.domain.requests import Request, RequestState, Source
from bot.errors import SlackError, Stale, UserError
from bot.listeners.who import Json, actor, pressed
from bot.services import Services
from storage import requests


async def ask_for_more(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Tell the admins who needs how much, for what, and where its card is."""
    person = await actor(body, context, services)
    proposal = await decisions.find(services, pressed(action), team_id=person.team_id)
    await decisions.check_decider(services, proposal, person)
    if not await _is_first(services, proposal, person):
        raise Stale(budget.ALREADY_ASKED)
    await ack()
    told = await _tell_admins(services, proposal, person)
    if not told:
        raise UserError(budget.NOBODY_ASKED)
    container = body["container"]
    await services.slack.whisper(
        str(container["channel_id"]),
        person.id,
        replies.said(budget.asked(told)),
        thread_ts=container.get("thread_ts"),
    )


async def _is_first(services: Services, proposal: Proposal, person: Person) -> bool:
    """Keep that it was asked; a card is asked about once, whoever presses."""
    asking = Request(
        id=new_id("req"),
        team_id=proposal.team_id,
        user_id=person.id,
        channel_id=proposal.channel_id,
        ts=f"more:{proposal.id}",
        thread_ts=proposal.thread_ts,
        text="",
        source=Source.ACTION,
        state=RequestState.ANSWERED,
        created_at=services.now(),
    )
    return await services.store.note(requests.record, asking, event_id=None)


async def _tell_admins(services: Services, proposal: Proposal, person: Person) -> list[str]:
    """Send each admin a direct message; the names of those it reached."""
    balance = await services.balance(proposal.team_id)
    card_link = None
    if proposal.card_ts is not None:
        card_link = await services.slack.permalink(proposal.channel_id, proposal.card_ts)
    words = budget.request_for_more(proposal, balance, by=person.id, card_link=card_link)
    told = []
    for admin in (await services.admins(proposal.team_id))[: notices.MAX_ADMINS]:
        try:
            await services.slack.post(await services.slack.open_dm(admin.id), words)
        except SlackError:
            continue
        told.append(admin.name)
    return told
