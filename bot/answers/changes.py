"""A pending proposal and what somebody wished to be different in, the changed card out."""

from blocks import notices
from blocks.changed import what_changed
from blocks.message import Message
from bot import decisions
from bot.domain.people import Person
from bot.domain.proposals import ItemState
from bot.domain.requests import ChangePlan, Request
from bot.errors import Stale
from bot.planned import as_planned, as_settings
from bot.planner.revise import changed
from bot.services import Services
from bot.slack import cards


async def answer(
    services: Services, request: Request, plan: ChangePlan, *, person: Person
) -> Message | None:
    """Change the proposal's rows, all in one move; the words that say what changed.

    Raises: NotFound; NotAllowed where it is not this person's to decide; Stale where it was
        decided meanwhile; BadField where a model cannot do what was wished.
    """
    before = await decisions.find(services, plan.proposal_id, team_id=person.team_id)
    await decisions.check_open(services, before, person)
    workspace = await services.workspace(person.team_id)
    catalog = services.offered(workspace)
    # Removed rows too, so that "the third one" is the third on the card.
    planned = [as_planned(item) for item in before.items]
    revision = changed(planned, plan.text, catalog=catalog, tool=before.tool)
    settings = {}
    removed = []
    for number, (item, wanted) in enumerate(zip(before.items, revision.items, strict=True), 1):
        if item.state is ItemState.REMOVED:
            continue
        if number in revision.removed_positions:
            removed.append(item.id)
        elif as_settings(wanted) != item.settings:
            settings[item.id] = as_settings(wanted)
    if len(removed) == len(before.live):
        raise Stale(notices.LAST_ROW)
    after = before
    if settings or removed:
        after = await decisions.edit(services, before.id, settings, person=person, removed=removed)
        await cards.try_show(services, before.id, team_id=before.team_id)
    link = None
    if after.card_ts is not None:
        link = await services.slack.permalink(after.channel_id, after.card_ts)
    return what_changed(
        before,
        after,
        catalog=services.catalog,
        balance=await services.balance(before.team_id),
        link_to=link,
        kept=revision.kept,
    )
