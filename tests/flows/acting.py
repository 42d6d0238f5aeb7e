"""Random people doing random things to one studio, and what must hold whatever they do.

An action is a coroutine of a `World`, marked with `@action`; it may do nothing where it does not
apply, and may be refused. After each, `World.check` looks at everything that was committed.
"""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot import permissions
from bot.domain.audit import AuditEntry, Deed
from bot.domain.people import Mode, Person, Tool, Workspace
from bot.domain.proposals import Proposal
from bot.sandbox.errors import Refused
from storage import audit, jobs, ledger, proposals
from storage.tables import IMAGES, ITEMS, LEDGER, PROPOSALS, SUBMISSIONS
from tests.conftest import Studio

_PLACES = {"ana": ("dm", "design"), "ben": ("dm", "design"), "cem": ("dm",), "dee": ("partners",)}


@dataclass
class World:
    """The studio, the dice, and what was known before the present action."""

    studio: Studio
    dice: random.Random
    rules: Workspace
    log: int = 0
    """How many entries of the audit log were looked at."""
    submissions: frozenset[str] = frozenset()
    story: list[str] = field(default_factory=list)

    def person_name(self) -> str:
        """Somebody."""
        return self.dice.choice(list(_PLACES))

    def user_id(self, name: str) -> str:
        """Their id."""
        return self.studio.slack.person(name).id

    def place(self, name: str) -> str:
        """A conversation that somebody is in."""
        return self.dice.choice(_PLACES[name])

    async def person(self, user_id: str) -> Person:
        """Somebody as Slack describes them."""
        return await self.studio.services.slack.person(
            user_id, team_id=self.studio.slack.team_id, is_fresh=True
        )

    async def proposals(self) -> list[Proposal]:
        """All proposals there are, oldest first."""
        return await self.studio.services.store.read(_proposals, self.studio.slack.team_id)

    async def any_proposal(self) -> Proposal | None:
        """One of the latest."""
        found = await self.proposals()
        return self.dice.choice(found[-5:]) if found else None

    async def settle(self) -> None:
        """Wait until everything that was begun has ended."""
        await self.studio.slack.quiet(idle_seconds=0.03)
        while await self.studio.services.store.read(jobs.open_work):
            await self.studio.slack.quiet(idle_seconds=0.03)

    async def check(self) -> None:
        """Nothing was spent, posted or changed without its permission."""
        services, team_id = self.studio.services, self.studio.slack.team_id
        store = services.store
        assert await store.read(ledger.imbalances) == [], self.story
        log = await store.read(audit.newest, team_id=team_id, limit=None)
        entries = [entry for _, entry in reversed(log)]
        fresh, self.log = entries[self.log :], len(entries)
        by_id = {proposal.id: proposal for proposal in await self.proposals()}
        for entry in fresh:
            if entry.deed is Deed.APPROVED and entry.subject in by_id:
                await self._check_approval(entry, by_id[entry.subject])
            if entry.deed is Deed.SETTING_CHANGED:
                assert (await self.person(entry.actor_id)).is_admin, self.story
        now = await services.workspace(team_id)
        is_changed = any(entry.deed is Deed.SETTING_CHANGED for entry in fresh)
        assert is_changed == (now != self.rules), self.story
        await self._check_spending(entries)
        await self._check_submissions(by_id, now)
        self.rules = now

    async def _check_approval(self, entry: AuditEntry, proposal: Proposal) -> None:
        person = await self.person(entry.actor_id)
        decision = permissions.may_approve(
            self.rules, person, requester_id=proposal.requester_id, tools=proposal.tools
        )
        assert decision.reason is None, (entry, self.story)
        spent = await self.studio.services.balance(proposal.team_id)
        assert spent.left_credits >= 0 or self.rules.budget_credits == 0, self.story

    async def _check_spending(self, entries: list[AuditEntry]) -> None:
        approved = {entry.subject for entry in entries if entry.deed is Deed.APPROVED}
        spent, made = await self.studio.services.store.read(_spent)
        assert spent <= approved, self.story
        assert made <= approved, self.story

    async def _check_submissions(self, by_id: dict[str, Proposal], now: Workspace) -> None:
        sent = await self.studio.services.store.read(_submissions)
        for key in sent.keys() - self.submissions:
            tool = by_id[sent[key]].tool
            always_blocked = {rules.mode(tool) for rules in (self.rules, now)} == {Mode.BLOCKED}
            assert not always_blocked, self.story
        self.submissions = frozenset(sent)


Action = Callable[[World], Awaitable[None]]

ACTIONS: list[Action] = []
"""What may be done next; other modules add theirs."""


def action(function: Action) -> Action:
    """Add an action."""
    ACTIONS.append(function)
    return function


def often(function: Action) -> Action:
    """Add an action that is done three times as often as others."""
    ACTIONS.extend([function] * 3)
    return function


async def act(world: World, steps: int) -> None:
    """So many random actions, each looked at before the next."""
    for _ in range(steps):
        chosen = world.dice.choice(ACTIONS)
        world.story.append(str(getattr(chosen, "__name__", chosen)))
        try:
            await chosen(world)
        except (Refused, LookupError) as error:
            world.story.append(f"  {error}")
        await world.settle()
        await world.check()


async def begin(studio: Studio, seed: int) -> World:
    """A world at its beginning."""
    rules = await studio.services.workspace(studio.slack.team_id)
    return World(studio, random.Random(seed), rules)


def _proposals(tx: sa.Connection, team_id: str) -> list[Proposal]:
    ids = tx.execute(sa.select(PROPOSALS.c.id).order_by(PROPOSALS.c.id)).scalars().all()
    found = [proposals.find(tx, proposal_id, team_id=team_id) for proposal_id in ids]
    return [proposal for proposal in found if proposal is not None]


def _spent(tx: sa.Connection) -> tuple[set[str], set[str]]:
    """The proposals that have entries in the ledger, and those that have images."""
    spent = sa.select(ITEMS.c.proposal_id).join(LEDGER, LEDGER.c.job_id == ITEMS.c.id)
    made = sa.select(ITEMS.c.proposal_id).join(IMAGES, IMAGES.c.item_id == ITEMS.c.id)
    return set(tx.execute(spent).scalars()), set(tx.execute(made).scalars())


def _submissions(tx: sa.Connection) -> dict[str, str]:
    rows = tx.execute(
        sa.select(SUBMISSIONS.c.key, ITEMS.c.proposal_id).join(
            ITEMS, ITEMS.c.id == SUBMISSIONS.c.item_id
        )
    )
    return {row.key: row.proposal_id for row in rows}


COMMITTING = (Tool.GENERATE,)
"""The tools whose modes are tossed about; others add theirs with their actions."""
