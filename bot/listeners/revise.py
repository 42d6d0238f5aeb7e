"""The form that edits a proposal: opened, redrawn while it is filled in, saved."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import edit
from bot import decisions
from bot.domain.people import Person
from bot.domain.proposals import Item, ItemSettings, Proposal
from bot.errors import BadField, SlackError
from bot.listeners.decide import open_form
from bot.listeners.who import Json, actor, pressed
from bot.services import Services
from bot.slack import cards
from bot.studio.catalog import search_models


async def open_edit(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the form with the committed settings."""

    async def form(proposal: Proposal) -> View:
        item = proposal.items[0]
        return await _modal(services, proposal, item, draft=item.settings)

    await open_form(ack, body, pressed(action), context, services, form=form)


async def models(ack: AsyncAck, payload: Json, services: Services) -> None:
    """The models that fit what was typed so far."""
    found = search_models(services.catalog, str(payload.get("value") or ""))
    await ack(option_groups=edit.model_options(services.catalog, found))


async def redraw(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show the price and the fields of the model and count that were just chosen."""
    await ack()
    person = await actor(body, context, services)
    view = body["view"]
    proposal, item = await _item(services, str(view["private_metadata"]), person)
    draft, note = edit.draft_from_state(view["state"]["values"], item, services.catalog)
    try:
        await services.slack.update_view(
            str(view["id"]),
            str(view["hash"]),
            await _modal(services, proposal, item, draft=draft, note=note),
        )
    except SlackError as error:
        # The form was closed, or a newer change redraws it.
        if error.code not in ("hash_conflict", "not_found", "view_not_found"):
            raise


async def save(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Keep the form's settings and show them on the card; what is wrong stands under its field."""
    person = await actor(body, context, services)
    values = view["state"]["values"]
    settings = edit.parse(values)
    if not isinstance(settings, ItemSettings):
        await ack(response_action="errors", errors=settings)
        return
    try:
        item_id = str(view["private_metadata"])
        proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
        proposal = await decisions.edit(services, proposal.id, {item_id: settings}, person=person)
    except BadField as error:
        block_id = edit.block_of(values, error.field)
        await ack(response_action="errors", errors={block_id: error.words})
        return
    await ack()
    await cards.try_show(services, proposal.id, team_id=proposal.team_id)


async def _item(services: Services, item_id: str, person: Person) -> tuple[Proposal, Item]:
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    return proposal, next(item for item in proposal.items if item.id == item_id)


async def _modal(
    services: Services,
    proposal: Proposal,
    item: Item,
    *,
    draft: ItemSettings,
    note: str = "",
) -> View:
    return edit.modal(
        proposal,
        item,
        draft=draft,
        catalog=services.catalog,
        balance=await services.balance(proposal.team_id),
        note=note,
    )
