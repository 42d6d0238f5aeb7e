"""The form that changes a proposal: opened, redrawn while it is filled in, saved."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import draft as drafts
from blocks import edit, notices
from blocks.pick import model_options
from bot import asks, decisions
from bot.domain.catalog import Catalog, ImageModel
from bot.domain.people import Person, Tool
from bot.domain.proposals import Item, ItemSettings, Proposal
from bot.domain.requests import PlannedItem, ProposePlan
from bot.errors import BadField, SlackError, Stale
from bot.listeners.decide import open_form
from bot.listeners.who import Json, actor, pressed
from bot.planned import as_planned
from bot.services import Services
from bot.slack import cards
from bot.studio.check import checked
from bot.studio.model_search import search_models

_GONE_FORMS = frozenset({"hash_conflict", "not_found", "view_not_found"})
"""The form was closed, or a newer change redraws it."""


async def open_edit(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the form with the committed settings of a proposal's only item."""

    async def form(proposal: Proposal) -> View:
        item = proposal.live[0]
        return await edit_form(services, proposal, item, draft=item.settings)

    await open_form(ack, body, pressed(action), context, services, form=form)


async def open_reword(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the form with the settings of what was refused, for a new proposal."""
    person = await actor(body, context, services)
    item_id = pressed(action)
    proposal, item = await _item(services, item_id, person)
    if proposal.superseded_by is not None or not item.missing_count:
        await ack()
        await cards.try_show(services, proposal.id, team_id=person.team_id)
        raise Stale(notices.PROPOSED_AGAIN)
    view = await edit_form(
        services, proposal, item, draft=item.settings, callback_id=edit.REWORD_MODAL
    )
    await services.slack.open_view(str(body["trigger_id"]), view)
    await ack()


async def models(
    ack: AsyncAck, payload: Json, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """The models that fit what was typed so far, of those that can do what the item needs."""
    item_id = str(body["view"]["private_metadata"])
    team_id = str(context.team_id)
    proposal = await decisions.of_item(services, item_id, team_id=team_id)
    catalog = await offered(services, team_id)
    words = str(payload.get("value") or "")
    found = search(catalog, words, tool=proposal.tool)
    await ack(option_groups=model_options(found, tool=proposal.tool, words=words))


async def redraw(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show the price and the fields of the model and count that were just chosen."""
    await _redraw(ack, body, context, services)


async def reword(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Put the original words, or the improved prompt, back into the form."""
    await _redraw(ack, body, context, services, wording=str(action["action_id"]))


async def save(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Keep the form's settings and show them on the card; what is wrong stands under its field."""
    person = await actor(body, context, services)
    values = view["state"]["values"]
    proposal, item = await _item(services, str(view["private_metadata"]), person)
    settings = edit.parse(values, kept=item.settings, tool=proposal.tool)
    if not isinstance(settings, ItemSettings):
        await ack(response_action="errors", errors=settings)
        return
    try:
        proposal = await decisions.edit(services, proposal.id, {item.id: settings}, person=person)
    except BadField as error:
        await _complain(ack, values, error)
        return
    await ack()
    await cards.try_show(services, proposal.id, team_id=proposal.team_id)


async def propose_reworded(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Make a new proposal of the form's settings, in place of one that was refused."""
    person = await actor(body, context, services)
    values = view["state"]["values"]
    proposal, item = await _item(services, str(view["private_metadata"]), person)
    settings = edit.parse(values, kept=item.settings, tool=proposal.tool)
    if not isinstance(settings, ItemSettings):
        await ack(response_action="errors", errors=settings)
        return
    workspace = await decisions.check_decider(services, proposal, person)
    catalog = services.offered(workspace)
    try:
        checked(settings, catalog, tool=proposal.tool, sources=len(item.sources))
    except BadField as error:
        await _complain(ack, values, error)
        return
    request = await decisions.revision_request(services, proposal, person=person, text="")
    if request is None:
        raise Stale(notices.PROPOSED_AGAIN)
    await ack()
    planned = _replanned(item, settings)
    await asks.carry_out(services, request, ProposePlan(tool=proposal.tool, items=(planned,)))
    await cards.try_show(services, proposal.id, team_id=proposal.team_id)


def search(catalog: Catalog, words: str, *, tool: Tool) -> list[ImageModel]:
    """The models that fit the words and can do what the tool makes, best first."""
    able = catalog.model_copy(update={"models": catalog.for_tool(tool)})
    return search_models(able, words)


async def offered(services: Services, team_id: str) -> Catalog:
    """The catalog as the workspace has it."""
    rules = await services.rules(team_id)
    return services.offered(rules)


async def update_form(services: Services, view: Json, fresh: View) -> None:
    """Replace a form that somebody looks at, unless it was closed or changed again."""
    try:
        await services.slack.update_view(str(view["id"]), str(view["hash"]), fresh)
    except SlackError as error:
        if error.code not in _GONE_FORMS:
            raise


async def edit_form(
    services: Services,
    proposal: Proposal,
    item: Item,
    *,
    draft: ItemSettings,
    note: str = "",
    wording: int = 0,
    callback_id: str = edit.EDIT_MODAL,
) -> View:
    """The form about one item, with what the workspace has left."""
    return edit.modal(
        proposal,
        item,
        draft=draft,
        catalog=await offered(services, proposal.team_id),
        balance=await services.balance(proposal.team_id),
        note=note,
        wording=wording,
        callback_id=callback_id,
    )


async def _redraw(
    ack: AsyncAck,
    body: Json,
    context: AsyncBoltContext,
    services: Services,
    *,
    wording: str = "",
) -> None:
    await ack()
    person = await actor(body, context, services)
    view = body["view"]
    values = view["state"]["values"]
    proposal, item = await _item(services, str(view["private_metadata"]), person)
    catalog = await offered(services, person.team_id)
    draft, note = drafts.draft_from_state(values, item, catalog, tool=proposal.tool)
    count = edit.wording_of(values)
    if wording:
        draft = draft.model_copy(update={"prompt": edit.wordings(item)[wording]})
        count += 1
    fresh = await edit_form(
        services,
        proposal,
        item,
        draft=draft,
        note=note,
        wording=count,
        callback_id=str(view["callback_id"]),
    )
    await update_form(services, view, fresh)


async def _complain(ack: AsyncAck, values: Json, error: BadField) -> None:
    await ack(response_action="errors", errors={edit.block_of(values, error.field): error.words})


def _replanned(item: Item, settings: ItemSettings) -> PlannedItem:
    """The item, planned with these settings."""
    planned = as_planned(item.model_copy(update={"settings": settings}))
    if settings.model_id == item.settings.model_id:
        return planned
    return planned.model_copy(update={"model_reason": decisions.YOUR_CHOICE})


async def _item(services: Services, item_id: str, person: Person) -> tuple[Proposal, Item]:
    proposal = await decisions.of_item(services, item_id, team_id=person.team_id)
    await decisions.check_decider(services, proposal, person)
    return proposal, next(item for item in proposal.items if item.id == item_id)
