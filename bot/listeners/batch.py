"""The rows of a batch: edited, removed, restored, set all at once, turned over, stopped."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import batch, notices, replies, set_all
from bot import batches, decisions, stopping
from bot.domain.people import Person, Tool
from bot.domain.proposals import Proposal
from bot.errors import BadField, NotFound, Stale
from bot.listeners import insert
from bot.listeners.decide import move, open_form, seen
from bot.listeners.revise import edit_form, offered, search, update_form
from bot.listeners.views import pressed_in
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services
from bot.slack import cards
from storage import proposals


async def use_row(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the form about a row, or take the row out."""
    person = await actor(body, context, services)
    try:
        what, item_id = batch.parse_row(pressed(action))
    except ValueError as error:
        raise forged() from error
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    if what == batch.REMOVE_ROW:
        await _set_removed(ack, services, person, proposal, item_id, is_removed=True)
        return

    async def form(proposal: Proposal) -> View:
        item = next(item for item in proposal.items if item.id == item_id)
        if proposal.tool is Tool.INSERT_INTO_CANVAS:
            return await insert.edit_form(
                services, item, person=person, channel_id=proposal.channel_id
            )
        return await edit_form(services, proposal, item, draft=item.settings)

    await open_form(ack, body, proposal.id, context, services, form=form)


async def restore(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Put a removed row back."""
    person = await actor(body, context, services)
    item_id = pressed(action)
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    await _set_removed(ack, services, person, proposal, item_id, is_removed=False)


async def turn(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show another page of the rows, to everybody; anybody who sees the card may."""
    person = await actor(body, context, services)
    proposal_id, page = seen(action)
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)
    if proposal.channel_id != pressed_in(body):
        raise forged()
    is_known = await services.store.note(
        proposals.turn_page, proposal_id, team_id=person.team_id, page=page
    )
    if not is_known:
        raise NotFound(notices.ELSEWHERE)
    await ack()
    await cards.try_show(services, proposal_id, team_id=person.team_id)


async def open_set_all(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask what all rows are to have."""

    async def form(proposal: Proposal) -> View:
        return await _set_all_form(services, proposal, set_all.Wanted())

    await open_form(ack, body, pressed(action), context, services, form=form)


async def models(
    ack: AsyncAck, payload: Json, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """The models that fit what was typed so far, of those that can do what the batch needs."""
    team_id = str(context.team_id)
    proposal = await decisions.find(
        services, str(body["view"]["private_metadata"]), team_id=team_id
    )
    catalog = await offered(services, team_id)
    words = str(payload.get("value") or "")
    found = search(catalog, words, tool=proposal.tool)
    await ack(option_groups=set_all.options(found, tool=proposal.tool, words=words))


async def redraw(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show the price of what was just chosen, and which rows cannot have it."""
    await ack()
    person = await actor(body, context, services)
    view = body["view"]
    proposal = await decisions.find(services, str(view["private_metadata"]), team_id=person.team_id)
    await decisions.check_decider(services, proposal, person)
    catalog = await offered(services, person.team_id)
    draft = set_all.draft_from_state(view["state"]["values"], catalog, proposal.tool)
    note = ""
    try:
        batches.check_rows(proposal, draft, catalog)
    except BadField as error:
        note = error.words
    await update_form(services, view, await _set_all_form(services, proposal, draft, note=note))


async def save_set_all(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Give every row what was chosen; the rows that cannot have it are named under the field."""
    person = await actor(body, context, services)
    values = view["state"]["values"]
    wanted = set_all.parse(values)
    if not isinstance(wanted, set_all.Wanted):
        await ack(response_action="errors", errors=wanted)
        return
    proposal_id = str(view["private_metadata"])
    try:
        await batches.set_all(services, proposal_id, wanted, person=person)
    except BadField as error:
        block_id = set_all.block_of(values, error.field)
        await ack(response_action="errors", errors={block_id: error.words})
        return
    await ack()
    await cards.try_show(services, proposal_id, team_id=person.team_id)


async def stop(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Stop what was not sent to a provider yet, call back the rest, and say what comes anyway."""
    person = await actor(body, context, services)
    proposal_id = pressed(action)
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)
    try:
        stopped = await stopping.stop(services, proposal_id, person=person)
    except Stale:
        await ack()
        await cards.try_show(services, proposal_id, team_id=person.team_id)
        raise
    await ack()
    await cards.try_show(services, proposal_id, team_id=person.team_id)
    called_back = await stopping.call_back(services, stopped.sent, by=person.id)
    if called_back:
        await cards.try_show(services, proposal_id, team_id=person.team_id)
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)
    await services.slack.whisper(
        proposal.channel_id,
        person.id,
        replies.said(stopping.words(stopped.count + called_back, proposal)),
        thread_ts=proposal.thread_ts or proposal.card_ts,
    )


async def _set_removed(
    ack: AsyncAck,
    services: Services,
    person: Person,
    proposal: Proposal,
    item_id: str,
    *,
    is_removed: bool,
) -> None:
    change = decisions.set_removed(services, [item_id], is_removed=is_removed, person=person)
    await move(ack, services, person, proposal.id, change)


async def _set_all_form(
    services: Services, proposal: Proposal, draft: set_all.Wanted, *, note: str = ""
) -> View:
    return set_all.modal(
        proposal,
        draft=draft,
        catalog=await offered(services, proposal.team_id),
        balance=await services.balance(proposal.team_id),
        note=note,
    )
