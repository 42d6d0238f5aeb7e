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
from bot.domain.images import Image
from bot.domain.insertions import Insertion
from bot.domain.people import Mode, Person, Tool, Workspace
from bot.domain.proposals import Item, Proposal
from bot.errors import SlackError
from bot.sandbox.errors import Refused
from storage import audit, gallery, insertions, jobs, ledger, proposals
from storage.tables import IMAGES, INSERTIONS, ITEMS, LEDGER, PROPOSALS, SUBMISSIONS
from tests.conftest import Studio
from tests.flows.results import finished

_PLACES = {"ana": ("dm", "design"), "ben": ("dm", "design"), "cem": ("dm",), "dee": ("partners",)}
_CHANNELS = {"design": "C0DESIGN01", "partners": "C0PARTNER1"}


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
    images: dict[str, Image] = field(default_factory=dict)
    """All that were ever seen, by their ids."""
    canvas_id: str = ""
    """The design channel's canvas."""
    forms: int = 0
    """How many were sent."""

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

    async def any_item(self) -> Item | None:
        """A row of one of the latest proposals."""
        proposal = await self.any_proposal()
        return None if proposal is None else self.dice.choice(proposal.items)

    async def any_image(self) -> Image | None:
        """One of the latest, wherever it was made."""
        found = await self.studio.services.store.read(_images)
        return self.dice.choice(found[-5:]) if found else None

    async def any_insertion(self) -> Insertion | None:
        """One of them."""
        found = await self.studio.services.store.read(_insertions, self.studio.slack.team_id)
        return self.dice.choice(found) if found else None

    async def container(self, user_id: str) -> dict[str, str]:
        """A message in which somebody really may press: a card where they are, if there is one."""
        name = next(each for each in _PLACES if self.user_id(each) == user_id)
        here = [_CHANNELS.get(place, f"D{user_id[1:]}") for place in _PLACES[name]]
        cards = [p for p in await self.proposals() if p.channel_id in here and p.card_ts]
        if not cards:
            return {"type": "message", "channel_id": here[0], "message_ts": "1.000001"}
        card = self.dice.choice(cards[-5:])
        return {
            "type": "message",
            "channel_id": card.channel_id,
            "message_ts": str(card.card_ts),
            "thread_ts": card.thread_ts or str(card.card_ts),
        }

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
            if entry.deed is Deed.IMAGE_DELETED:
                self._check_deletion(entry, await self.person(entry.actor_id))
            if entry.deed in (Deed.STOPPED, Deed.INSERT_UNDONE):
                await self._check_taking_back(entry, by_id)
        for image in await store.read(_images):
            before = self.images.setdefault(image.id, image)
            kept = {"alt_text": before.alt_text, "slack_file_id": before.slack_file_id}
            assert image.model_copy(update=kept) == before, self.story
        for proposal in by_id.values():
            self._check_places(proposal)
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

    def _check_deletion(self, entry: AuditEntry, person: Person) -> None:
        image = self.images[entry.subject]
        assert person.id == image.requester_id or person.is_admin, (entry, self.story)

    async def _check_taking_back(self, entry: AuditEntry, by_id: dict[str, Proposal]) -> None:
        """Who asked, approvers and admins may stop and undo."""
        if (await self.person(entry.actor_id)).is_admin or entry.actor_id in self.rules.approvers:
            return
        asked_by = {p.requester_id for p in by_id.values() if _is_about(p, entry.subject)}
        assert entry.actor_id in asked_by, (entry, self.story)

    def _check_places(self, proposal: Proposal) -> None:
        """In a direct message only its person asks, and works on nobody else's direct pictures."""
        if proposal.channel_id.startswith("D"):
            assert proposal.channel_id[1:] == proposal.requester_id[1:], (proposal, self.story)
        for source in (source for item in proposal.items for source in item.sources):
            image = self.images.get(source.image_id)
            if image is not None and image.channel_id.startswith("D"):
                seen_by = (image.requester_id, image.approver_id)
                assert proposal.requester_id in seen_by, (proposal, self.story)

    async def _check_spending(self, entries: list[AuditEntry]) -> None:
        approved = {entry.subject for entry in entries if entry.deed is Deed.APPROVED}
        spent, made, inserted = await self.studio.services.store.read(_spent)
        assert spent <= approved, self.story
        assert made <= approved, self.story
        assert inserted <= approved, self.story

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
        except (Refused, LookupError, SlackError) as error:
            world.story.append(f"  {error}")
        await world.settle()
        await world.check()


async def begin(studio: Studio, seed: int) -> World:
    """A world at its beginning: a canvas for all, and images of Ana's that nobody else may see."""
    rules = await studio.services.workspace(studio.slack.team_id)
    await finished(studio)
    canvas_id = await studio.ana.write_canvas("Plan", "## Hero\n\nA fox.", channel="design")
    return World(studio, random.Random(seed), rules, canvas_id=canvas_id)


def _proposals(tx: sa.Connection, team_id: str) -> list[Proposal]:
    ids = tx.execute(sa.select(PROPOSALS.c.id).order_by(PROPOSALS.c.id)).scalars().all()
    found = [proposals.find(tx, proposal_id, team_id=team_id) for proposal_id in ids]
    return [proposal for proposal in found if proposal is not None]


def _images(tx: sa.Connection) -> list[Image]:
    ids = tx.execute(sa.select(IMAGES.c.id, IMAGES.c.team_id).order_by(IMAGES.c.id))
    found = [gallery.find(tx, row.id, team_id=row.team_id) for row in ids]
    return [image for image in found if image is not None]


def _insertions(tx: sa.Connection, team_id: str) -> list[Insertion]:
    item_ids = list(tx.execute(sa.select(INSERTIONS.c.item_id)).scalars())
    return insertions.of_items(tx, item_ids, team_id=team_id)


def _is_about(proposal: Proposal, subject: str) -> bool:
    """Whether an entry of the log is about a proposal, or an image that it inserted."""
    sources = {source.image_id for item in proposal.items for source in item.sources}
    return subject == proposal.id or subject in sources


def _spent(tx: sa.Connection) -> tuple[set[str], set[str], set[str]]:
    """The proposals that have entries in the ledger, those with images, those with insertions."""
    spent = sa.select(ITEMS.c.proposal_id).join(LEDGER, LEDGER.c.job_id == ITEMS.c.id)
    made = sa.select(ITEMS.c.proposal_id).join(IMAGES, IMAGES.c.item_id == ITEMS.c.id)
    put = sa.select(ITEMS.c.proposal_id).join(INSERTIONS, INSERTIONS.c.item_id == ITEMS.c.id)
    found = [set(tx.execute(each).scalars()) for each in (spent, made, put)]
    return found[0], found[1], found[2]


def _submissions(tx: sa.Connection) -> dict[str, str]:
    rows = tx.execute(
        sa.select(SUBMISSIONS.c.key, ITEMS.c.proposal_id).join(
            ITEMS, ITEMS.c.id == SUBMISSIONS.c.item_id
        )
    )
    return {row.key: row.proposal_id for row in rows}


COMMITTING = (Tool.GENERATE, Tool.GENERATE_BATCH, Tool.EDIT, Tool.UPSCALE, Tool.INSERT_INTO_CANVAS)
"""The tools whose modes are tossed about; others add theirs with their actions."""
