"""The App Home: made when somebody opens it."""

from slack_bolt.async_app import AsyncBoltContext

from blocks import home
from bot.domain.proposals import ProposalState
from bot.listeners.who import Json
from bot.services import Services
from storage import cards, gallery, proposals


async def opened(event: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show a person what waits, what runs, what came out and what it cost."""
    if event.get("tab") != "home":
        return
    user_id, team_id = str(event["user"]), str(context.team_id)
    workspace = await services.workspace(team_id)
    pending = await services.store.read(
        proposals.pending, team_id=team_id, user_id=user_id, limit=2 * home.MAX_ROWS
    )
    recent, _total = await services.store.read(
        gallery.search, team_id=team_id, user_id=user_id, limit=home.MAX_ROWS
    )
    places = await services.store.read(
        cards.of_items,
        [image.item_id for image in recent if image.item_id is not None],
        team_id=team_id,
    )
    links = {
        image.id: await services.slack.permalink(*places[image.item_id])
        for image in recent
        if image.item_id in places
    }
    for proposal in pending:
        if proposal.card_ts is not None:
            links[proposal.id] = await services.slack.permalink(
                proposal.channel_id, proposal.card_ts
            )
    view = home.HomeView(
        catalog=services.catalog,
        balance=await services.balance(team_id),
        waiting=[p for p in reversed(pending) if p.state is ProposalState.AWAITING],
        running=[p for p in pending if p.state is ProposalState.APPROVED],
        recent=recent,
        approver_ids=workspace.approvers,
        links=links,
    )
    await services.slack.publish_home(user_id, home.home(view))
