"""Stop: what was not sent is not made and not charged; what was sent comes, and it is said."""

import asyncio
from pathlib import Path

import sqlalchemy as sa

from bot.domain.audit import Deed
from bot.domain.people import Mode, Tool
from bot.domain.proposals import ItemState, ProposalState
from bot.jobs.keep import keep
from bot.jobs.make import submit
from bot.studio.provider import Accepted
from storage import audit, jobs
from tests.conftest import Studio, studio_in
from tests.flows.asking import TITLES, planned, propose, propose_concepts
from tests.flows.reading import credits, entries, has_files, newest
from tests.flows.results import images
from tests.flows.rules import rules
from tests.providers import FakeProvider, made


async def deeds(studio: Studio) -> list[str]:
    """What the audit log tells of, newest first."""

    def read(tx: sa.Connection) -> list[str]:
        return [e.deed for _, e in audit.newest(tx, team_id=studio.slack.team_id, limit=9)]

    return await studio.services.store.run(read)


async def test_what_was_not_sent_is_stopped_and_what_was_sent_comes(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}, concurrent_jobs=1) as studio:
        provider.gate.clear()
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        await asyncio.wait_for(provider.asked.wait(), 5)
        await studio.ana.click(card, "Stop")
        await studio.ana.see_notice(
            "2 images stopped, nothing charged for them. "
            "1 image is already being made and will be charged."
        )
        assert await credits(studio) == (0, 1)
        provider.gate.set()
        done = await studio.ana.see("*1 credit charged*")
        assert "1 of 3 made" in str(done["blocks"])
        assert "2 stopped" in str(done["blocks"])
        assert "Make the rest (2) · 2 credits" in str(done["blocks"])
        await studio.slack.quiet()
        assert len(provider.orders) == 1
        assert (await newest(studio)).state is ProposalState.PARTLY_DONE
        assert await credits(studio) == (1, 0)
        assert [m for m in studio.ana.messages() if has_files(m)]
        assert Deed.STOPPED in await deeds(studio)
        assert studio.slack.refusals == []


async def test_stopping_all_of_it_releases_all_and_offers_it_again(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}, concurrent_jobs=1) as studio:
        provider.gate.clear()
        await propose(studio, [planned("a decoy")])
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        await asyncio.wait_for(provider.asked.wait(), 5)
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        await studio.ana.click(await studio.ana.see("3 under way"), "Stop")
        await studio.ana.see_notice("3 images stopped, nothing charged for them.")
        assert (await newest(studio)).state is ProposalState.STOPPED
        assert await credits(studio) == (0, 1)
        provider.gate.set()
        card = studio.ana.refresh(card)
        await studio.ana.click(card, "Propose again")
        fresh = await studio.ana.see("Approve all")
        assert fresh["ts"] != card["ts"]
        assert [item.title for item in (await newest(studio)).items] == list(TITLES)


async def test_it_is_said_where_stopping_comes_too_late(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        provider.gate.clear()
        await propose(studio, [planned("a fox")])
        card = await studio.ana.see("Approve")
        await studio.ana.click(card, "Approve")
        await asyncio.wait_for(provider.asked.wait(), 5)
        await studio.ana.click(card, "Stop")
        await studio.ana.see_notice("It is too late to stop this. 1 image is already being made")
        provider.gate.set()
        await studio.ana.see("*1 credit charged*")
        assert await credits(studio) == (1, 0)


async def test_only_the_requester_approvers_and_admins_may_stop(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}, concurrent_jobs=1) as studio:
        provider.gate.clear()
        await propose(studio, [planned(title) for title in TITLES], channel="design")
        card = await studio.ana.see("Approve all", channel="design")
        await studio.ana.click(card, "Approve all")
        await asyncio.wait_for(provider.asked.wait(), 5)
        outsider = next(p for p in (studio.ben, studio.cem) if not p.user.is_admin)
        await outsider.click(card, "Stop")
        await outsider.see_notice("can decide this proposal")
        assert await credits(studio) == (0, 3)
        await rules(studio, approvers=frozenset({outsider.id}))
        await outsider.click(card, "Stop")
        await outsider.see_notice("2 images stopped")
        provider.gate.set()
        await studio.ana.see("*1 credit charged*", channel="design")


async def test_a_run_that_finds_its_item_stopped_ends_quietly(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}, concurrent_jobs=1) as studio:
        provider.gate.clear()
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        await asyncio.wait_for(provider.asked.wait(), 5)
        await studio.ana.click(card, "Stop")
        stopped = [i for i in (await newest(studio)).items if i.state is ItemState.STOPPED]
        assert await submit(studio.services, stopped[0].id, 0) == 0
        assert len(provider.orders) == 1
        provider.gate.set()
        await studio.ana.see("*1 credit charged*")
        kinds = [kind for kind, _ in await entries(studio)]
        assert kinds.count("settle") == kinds.count("release") == 3


async def test_in_auto_it_can_be_stopped_while_it_runs(tmp_path: Path) -> None:
    provider = FakeProvider()
    async with studio_in(tmp_path, providers={"sketch": provider}, concurrent_jobs=1) as studio:
        await rules(studio, modes={Tool.GENERATE: Mode.AUTO})
        provider.gate.clear()
        await propose(studio, [planned(title) for title in TITLES])
        card = await studio.ana.see("Started without approval")
        assert "3 images · 3 credits" in str(card["blocks"])
        await asyncio.wait_for(provider.asked.wait(), 5)
        await studio.ana.click(card, "Stop")
        await studio.ana.see_notice("2 images stopped")
        provider.gate.set()
        await studio.ana.see("*1 credit charged*")


async def test_what_a_provider_can_stop_is_stopped_there_and_not_charged(tmp_path: Path) -> None:
    provider = FakeProvider(
        lambda order: Accepted("ticket 1"), polls=[None] * 1000, can_cancel=True
    )
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await propose(studio, [planned("a fox")])
        card = await studio.ana.see("Approve")
        await studio.ana.click(card, "Approve")
        await studio.ana.see("making 1 image")
        await studio.ana.click(card, "Stop")
        await studio.ana.see_notice("1 image stopped, nothing charged for it.")
        assert provider.cancelled == ["ticket 1"]
        assert (await newest(studio)).state is ProposalState.STOPPED
        assert await credits(studio) == (0, 0)
        assert Deed.STOPPED in await deeds(studio)
        await studio.slack.quiet()
        assert not [m for m in studio.ana.messages() if has_files(m)]


async def test_what_a_provider_cannot_stop_comes_and_is_charged(tmp_path: Path) -> None:
    provider = FakeProvider(lambda order: Accepted("ticket 1"), polls=[None] * 30)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await propose(studio, [planned("a fox")])
        card = await studio.ana.see("Approve")
        await studio.ana.click(card, "Approve")
        await studio.ana.see("making 1 image")
        await studio.ana.click(card, "Stop")
        await studio.ana.see_notice("It is too late to stop this. 1 image is already being made")
        provider.polls.clear()
        await studio.ana.see("*1 credit charged*")
        assert await credits(studio) == (1, 0)


async def test_what_comes_just_as_it_is_stopped_is_neither_charged_nor_kept(
    tmp_path: Path,
) -> None:
    provider = FakeProvider(lambda order: Accepted("ticket 1"), polls=[None] * 1000)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await propose(studio, [planned("a fox")])
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        await studio.ana.see("making 1 image")
        item = (await newest(studio)).items[0]
        services = studio.services
        job = await services.store.read(jobs.load, item.id)
        assert job.submission is not None
        assert await services.store.run(jobs.call_back, item.id, by="U0", at=services.now())
        model = services.catalog.known(item.settings.model_id)
        assert model is not None
        await keep(services, job, job.submission, made(provider.orders[0]), model=model)
        assert (await newest(studio)).items[0].state is ItemState.STOPPED
        assert await images(studio) == []
        assert await credits(studio) == (0, 0)
