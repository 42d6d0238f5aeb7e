"""A pending proposal and what somebody wished to be different in, the changed card out."""

from blocks.changed import changed
from blocks.message import Message
from bot import decisions
from bot.domain.people import Person, Tool
from bot.domain.requests import ChangePlan, Request
from bot.planned import as_planned, as_settings
from bot.planner.revise import revised
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
    catalog = services.catalog.narrowed(workspace.model_ids)
    settings = {}
    if before.tool is not Tool.INSERT_INTO_CANVAS:
        for item in before.live:
            wanted = as_settings(revised(as_planned(item), plan.text, catalog=catalog))
            if wanted != item.settings:
                settings[item.id] = wanted
    after = before
    if settings:
        after = await decisions.edit(services, before.id, settings, person=person)
        await cards.try_show(services, before.id, team_id=before.team_id)
    link = None
    if after.card_ts is not None:
        link = await services.slack.permalink(after.channel_id, after.card_ts)
    return changed(
        before,
        after,
        catalog=services.catalog,
        balance=await services.balance(before.team_id),
        link_to=link,
    )
