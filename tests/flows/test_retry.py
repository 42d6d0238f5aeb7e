"""What did not come out is asked for once more: a new card, its price on the button, once."""

import asyncio
from pathlib import Path

from bot.domain.proposals import ProposalState
from bot.errors import Refused, Unavailable
from bot.studio.provider import Order
from tests.conftest import studio_in
from tests.flows.asking import planned, propose, propose_concepts
from tests.flows.reading import credits, has_files, newest
from tests.providers import Answer, FakeProvider, made


def refuse_once(order: Order) -> Answer:
    raise Refused("public figure", was_billed=False)


async def test_what_failed_of_a_batch_is_proposed_again_once(tmp_path: Path) -> None:
    async with studio_in(tmp_path, providers={"sketch": FakeProvider(refuse_once)}) as studio:
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        card = await studio.ana.see("*2 credits charged*")
        failed = [i for i in (await newest(studio)).items if i.failure]
        stale = card
        await studio.ana.click(card, "Retry failed (1) · 1 credit")
        fresh = await studio.ana.see("Approve · 1 credit")
        assert fresh["ts"] != card["ts"]
        proposal = await newest(studio)
        assert [item.title for item in proposal.items] == [failed[0].title]
        assert proposal.items[0].settings == failed[0].settings
        await studio.ana.see("a new proposal> follows")
        assert "Retry failed" not in str(studio.ana.refresh(stale)["blocks"])
        assert await credits(studio) == (2, 0)
        await studio.ana.click(fresh, "Approve")
        await studio.ana.see("*1 credit charged* · image below")
        assert await credits(studio) == (3, 0)
        assert studio.slack.refusals == []


async def test_two_presses_at_once_make_one_proposal(tmp_path: Path) -> None:
    async with studio_in(tmp_path, providers={"sketch": FakeProvider(refuse_once)}) as studio:
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        card = await studio.ana.see("*2 credits charged*")
        await asyncio.gather(
            studio.ana.click(card, "Retry failed"), studio.ana.click(card, "Retry failed")
        )
        await studio.ana.see("Approve · 1 credit")
        await studio.ana.see_notice("A new proposal was made from this one already")
        cards = [m for m in studio.ana.messages() if m["text"].startswith("Approval needed")]
        assert len(cards) == 1


async def test_missing_variations_of_one_image_are_asked_for_alone(tmp_path: Path) -> None:
    provider = FakeProvider(lambda o: made(o, missing=1, shortfall="the provider timed out"))
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await propose(studio, [planned("a fox", count=4)])
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        card = await studio.ana.see("Retry failed (1) · 1 credit")
        assert "3 of 4 made" in str(card["blocks"])
        await studio.ana.click(card, "Retry failed")
        await studio.ana.see("Approve · 1 credit")
        assert (await newest(studio)).image_count == 1


async def test_a_refused_prompt_is_edited_into_a_new_proposal(tmp_path: Path) -> None:
    async with studio_in(tmp_path, providers={"sketch": FakeProvider(refuse_once)}) as studio:
        await propose(studio, [planned("a famous singer", count=2)])
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        card = await studio.ana.see("refused by the provider: “public figure”. Not charged.")
        await studio.ana.click(card, "Edit prompt…")
        form = await studio.ana.modal()
        assert form["title"]["text"] == "New proposal"
        assert (await newest(studio)).state is ProposalState.FAILED
        answer = await studio.ana.submit(form, {"edit_prompt": "  "})
        assert answer["response_action"] == "errors"
        answer = await studio.ana.submit(form, {"edit_prompt": "A singer on a stage"})
        assert answer["response_action"] == "close"
        fresh = await studio.ana.see("Approve · 2 credits")
        assert "A singer on a stage" in str(fresh["blocks"])
        await studio.ana.see("a new proposal> follows")
        await studio.ana.click(fresh, "Approve")
        await studio.ana.see(has_files)
        await studio.ana.see("*2 credits charged*")
        assert await credits(studio) == (2, 0)


async def test_a_failed_image_is_proposed_again_as_it_was(tmp_path: Path) -> None:
    busy = Unavailable("The provider is overloaded", retry_after_seconds=0.01)
    provider = FakeProvider(*[busy] * 5)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        await propose(studio, [planned("a fox", count=2)])
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        card = await studio.ana.see("The provider is overloaded")
        await studio.ana.click(card, "Propose again")
        await studio.ana.see("Approve · 2 credits")
        assert await credits(studio) == (0, 0)
