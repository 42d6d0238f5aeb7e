"""What a flow reads behind the conversation: rows, by way of the repositories."""

import sqlalchemy as sa

from bot.domain.proposals import Proposal
from storage import jobs, ledger, proposals
from storage.tables import LEDGER, PROPOSALS, SUBMISSIONS
from tests.conftest import Studio


async def newest(studio: Studio) -> Proposal:
    """The proposal that was made last."""

    def read(tx: sa.Connection) -> Proposal:
        latest = sa.select(PROPOSALS.c.id).order_by(PROPOSALS.c.created_at.desc()).limit(1)
        proposal_id = tx.execute(latest).scalar_one()
        found = proposals.find(tx, proposal_id, team_id=studio.slack.team_id)
        assert found is not None
        return found

    return await studio.services.store.run(read)


async def credits(studio: Studio) -> tuple[int, int]:
    """What is charged and what is held; the ledger adds up."""
    assert await studio.services.store.run(ledger.imbalances) == []
    balance = await studio.services.balance(studio.slack.team_id)
    return balance.charged_credits, balance.held_credits


async def entries(studio: Studio) -> list[tuple[str, int]]:
    """The ledger's entries: kind and credits, in their order."""

    def read(tx: sa.Connection) -> list[tuple[str, int]]:
        rows = tx.execute(sa.select(LEDGER.c.kind, LEDGER.c.credits).order_by(LEDGER.c.id))
        return [(row.kind, row.credits) for row in rows]

    return await studio.services.store.run(read)


async def submissions(studio: Studio) -> list[str]:
    """The states of all submissions, oldest first."""

    def read(tx: sa.Connection) -> list[str]:
        rows = tx.execute(sa.select(SUBMISSIONS.c.state).order_by(SUBMISSIONS.c.started_at))
        return [str(state) for state in rows.scalars()]

    return await studio.services.store.run(read)


async def job(studio: Studio) -> jobs.Job:
    """The job of the newest proposal's only item."""
    item_id = (await newest(studio)).items[0].id
    return await studio.services.store.run(jobs.load, item_id)


def has_files(message: dict[str, object]) -> bool:
    """Whether a message carries files."""
    return bool(message.get("files"))
