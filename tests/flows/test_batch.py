"""Several images on one card: a row each, decided together, made together, posted together."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.domain.people import Mode, Tool
from bot.domain.proposals import ItemState, ProposalState
from bot.errors import Refused, Unknown
from bot.jobs.deliver import deliver
from bot.studio.provider import Accepted
from storage import gallery
from storage.tables import IMAGES
from tests.conftest import Studio, studio_in
from tests.flows.asking import TITLES, planned, propose, propose_concepts
from tests.flows.reading import credits, entries, has_files, newest
from tests.flows.rules import rules
from tests.providers import FakeProvider


def menus(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The menus of the rows."""
    found = [block.get("accessory", {}) for block in card["blocks"]]
    return [element for element in found if element.get("type") == "overflow"]


async def use_row(studio: Studio, card: dict[str, Any], row: int, what: str) -> None:
    """Choose from the menu of a row, counted from 1."""
    item = (await newest(studio)).items[row - 1]
    block = next(
        block
        for block in studio.ana.refresh(card)["blocks"]
        if item.id in str(block.get("accessory", {}))
    )
    await studio.ana.click(card, block["block_id"], value=f"{what}:{item.id}")


async def test_several_images_are_one_card_with_a_row_each(studio: Studio) -> None:
    card = await propose_concepts(studio)
    assert len(menus(card)) == 3
    shown = str(card["blocks"])
    assert "asked for: *three homepage hero image concepts for this product launch*" in shown
    assert "3 images · 3 credits" in shown
    assert "Approve all · 3 credits" in shown
    assert "*1  sunrise desk*" in shown
    assert card["text"].startswith("Approval needed: 3 images, 3 credits, asked by <@")
    assert await credits(studio) == (0, 0)
    assert studio.slack.refusals == []


async def test_approving_all_brings_all_images_in_one_message(studio: Studio) -> None:
    card = await propose_concepts(studio)
    await studio.ana.click(card, "Approve all")
    done = await studio.ana.see("*3 credits charged*")
    assert done["ts"] == card["ts"]
    assert "3 of 3 made" in str(done["blocks"])
    posted = [m for m in studio.ana.messages() if has_files(m)]
    assert [len(message["files"]) for message in posted] == [3]
    assert "3 images" in posted[0]["text"]
    assert await credits(studio) == (3, 0)
    assert (await newest(studio)).state is ProposalState.DONE
    assert studio.slack.refusals == []


async def test_the_newest_images_of_a_batch_are_in_the_order_of_its_rows_whichever_finished_last(
    studio: Studio,
) -> None:
    card = await propose_concepts(studio)
    await studio.ana.click(card, "Approve all")
    await studio.ana.see("3 of 3 made")
    proposal = await newest(studio)
    long_ago = {"created_at": proposal.created_at - timedelta(days=1)}

    def finish_first(tx: sa.Connection) -> None:
        last = proposal.items[-1].id
        tx.execute(sa.update(IMAGES).where(IMAGES.c.item_id == last).values(**long_ago))

    await studio.services.store.run(finish_first)
    results = await studio.services.store.read(
        gallery.newest_results, team_id=studio.slack.team_id, user_id=studio.ana.id
    )
    assert [(result.number, result.image.title) for result in results] == [
        (number, title) for number, title in enumerate(TITLES, start=1)
    ]


async def test_a_row_is_edited_by_its_own_form(studio: Studio) -> None:
    card = await propose_concepts(studio)
    await use_row(studio, card, 2, "edit")
    form = await studio.ana.modal()
    assert form["title"]["text"] == "Edit image 2"
    await studio.ana.submit(form, {"edit_prompt": "A quiet harbour", "edit_count": "2"})
    card = await studio.ana.see("Approve all · 4 credits")
    assert "A quiet harbour" in str(card["blocks"])
    assert "Wide photo: sunrise desk." in str(card["blocks"])


async def test_a_removed_row_is_not_made_and_can_be_restored(studio: Studio) -> None:
    card = await propose_concepts(studio)
    await use_row(studio, card, 3, "remove")
    card = await studio.ana.see("Approve all · 2 credits")
    assert "~3  paper plane~ · removed" in str(card["blocks"])
    await studio.ana.click(card, "Restore")
    await studio.ana.see("Approve all · 3 credits")
    await use_row(studio, card, 1, "remove")
    card = await studio.ana.see("Approve all · 2 credits")
    await studio.ana.click(card, "Approve all")
    await studio.ana.see("*2 credits charged*")
    assert [item.state for item in (await newest(studio)).items] == [
        ItemState.REMOVED,
        ItemState.DELIVERED,
        ItemState.DELIVERED,
    ]
    assert await credits(studio) == (2, 0)


async def test_the_last_row_cannot_be_removed(studio: Studio) -> None:
    card = await propose_concepts(studio)
    await use_row(studio, card, 1, "remove")
    await use_row(studio, card, 2, "remove")
    card = await studio.ana.see("Approve · 1 credit")
    await use_row(studio, card, 3, "remove")
    await studio.ana.see_notice("This is the last image of the batch")
    assert len((await newest(studio)).live) == 1


async def test_somebody_else_may_not_touch_the_rows(studio: Studio) -> None:
    await propose(studio, [planned("a fox"), planned("an owl")], channel="design")
    card = await studio.ben.see("Approve all", channel="design")
    await studio.ben.click(card, "batch_row", value=menus(card)[0]["options"][1]["value"])
    await studio.ben.see_notice("can decide this proposal")
    await studio.ben.click(card, "Set for all")
    assert studio.ben.views() == []
    assert len((await newest(studio)).live) == 2


async def test_one_form_sets_all_rows_and_shows_the_price_first(studio: Studio) -> None:
    card = await propose_concepts(studio)
    await studio.ana.click(card, "Set for all")
    form = await studio.ana.modal()
    await studio.ana.choose(form, "set_all_model", "sketch/compose-2k")
    form = await studio.ana.see_modal("6 credits")
    await studio.ana.choose(form, "set_all_aspect", "1:1")
    answer = await studio.ana.submit(await studio.ana.modal())
    assert answer["response_action"] == "close"
    await studio.ana.see("Approve all · 6 credits")
    found = await newest(studio)
    assert {item.settings.model_id for item in found.items} == {"sketch/compose-2k"}
    assert {item.settings.aspect.value for item in found.items} == {"1:1"}
    assert {item.settings.style_id for item in found.items} == {"photo"}
    assert found.revision == 2


async def test_rows_that_cannot_have_what_is_set_are_named_and_none_is_changed(
    studio: Studio,
) -> None:
    await propose(
        studio, [planned("a fox"), planned("an owl", aspect="21:9"), planned("a hen", aspect="3:2")]
    )
    await studio.ana.click(await studio.ana.see("Approve all"), "Set for all")
    form = await studio.ana.modal()
    await studio.ana.choose(form, "set_all_model", "sketch/mark")
    form = await studio.ana.see_modal("Images 2 and 3: Sketch Mark does not make 21:9.")
    answer = await studio.ana.submit(form)
    assert answer["response_action"] == "errors"
    (block_id,) = answer["errors"]
    assert block_id.startswith("aspect")
    assert "Images 2 and 3" in answer["errors"][block_id]
    assert {item.settings.model_id for item in (await newest(studio)).items} == {"sketch/compose"}


async def test_setting_nothing_says_so(studio: Studio) -> None:
    card = await propose_concepts(studio)
    await studio.ana.click(card, "Set for all")
    answer = await studio.ana.submit(await studio.ana.modal())
    assert "Choose what all images should have" in str(answer["errors"])


async def test_set_for_all_offers_only_models_that_are_allowed_and_can(studio: Studio) -> None:
    await rules(studio, model_ids=frozenset({"sketch/compose", "sketch/mark"}))
    card = await propose_concepts(studio)
    await studio.ana.click(card, "Set for all")
    offered = await studio.ana.suggest(await studio.ana.modal(), "set_all_model", "")
    assert {option["value"] for option in offered} == {"-", "sketch/compose", "sketch/mark"}


async def test_denying_a_batch_with_a_reason_revises_its_rows(studio: Studio) -> None:
    card = await propose_concepts(studio)
    await use_row(studio, card, 2, "remove")
    card = await studio.ana.see("Approve all · 2 credits")
    await studio.ana.click(card, "Deny")
    await studio.ana.submit(await studio.ana.modal(), {"deny_feedback": "make them 1:1"})
    await studio.ana.see("a new proposal")
    fresh = await newest(studio)
    assert [item.title for item in fresh.items] == ["sunrise desk", "paper plane"]
    assert {item.settings.aspect.value for item in fresh.items} == {"1:1"}


async def test_twenty_rows_are_turned_over_and_approved_as_they_were_seen(studio: Studio) -> None:
    long = "a harbour at dawn, " * 12
    await propose(
        studio,
        [
            planned(
                f"concept number {n} of twenty, told the long way round, {n} times", prompt=long
            )
            for n in range(1, 21)
        ],
    )
    card = await studio.ana.see("Approve all · 20 credits")
    assert "Images 1 to 10 of 20" in str(card["blocks"])
    await studio.ana.click(card, "Next")
    card = await studio.ana.see("Images 11 to 20 of 20")
    await use_row(studio, card, 20, "remove")
    card = await studio.ana.see("Approve all · 19 credits")
    assert "Images 11 to 20 of 20" in str(card["blocks"])
    await studio.ana.click(card, "Previous")
    card = await studio.ana.see("Images 1 to 10 of 20")
    await studio.ana.click(card, "Approve all")
    await studio.ana.see("*19 credits charged*", timeout_seconds=20)
    posted = [m for m in studio.ana.messages() if has_files(m)]
    assert [len(message["files"]) for message in posted] == [10, 9]
    assert await credits(studio) == (19, 0)
    assert studio.slack.refusals == []


async def test_what_is_refused_is_said_in_its_row_and_the_others_come(tmp_path: Path) -> None:
    def refuse_second(order: Any) -> Any:
        raise Refused("public figure", was_billed=False)

    provider = FakeProvider(refuse_second)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        done = await studio.ana.see("*2 credits charged*")
        assert "refused by the provider: “public figure”. Not charged." in str(done["blocks"])
        assert "2 of 3 made" in str(done["blocks"])
        assert "Retry failed (1) · 1 credit" in str(done["blocks"])
        assert (await newest(studio)).state is ProposalState.PARTLY_DONE
        posted = await studio.ana.see(has_files)
        assert len(posted["files"]) == 2
        assert await credits(studio) == (2, 0)


async def test_an_unknown_row_asks_what_to_do_and_holds_up_nobody(tmp_path: Path) -> None:
    provider = FakeProvider(Unknown(), look_up=Unknown())
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        posted = await studio.ana.see(has_files)
        assert len(posted["files"]) == 2
        card = await studio.ana.see("*2 credits charged*")
        assert "1 credit held until you choose what to do" in str(card["blocks"])
        assert await credits(studio) == (2, 1)
        await studio.ana.click(card, "Give up")
        await studio.ana.see("you gave up. Not charged.")
        assert await credits(studio) == (2, 0)


async def test_a_slow_row_holds_up_the_others_only_so_long(tmp_path: Path) -> None:
    provider = FakeProvider(Accepted("slow"), polls=[None] * 400)
    async with studio_in(tmp_path, providers={"sketch": provider}) as studio:
        card = await propose_concepts(studio)
        await studio.ana.click(card, "Approve all")
        await studio.ana.see(
            lambda m: str(m.get("blocks")).count("posted together") == 2, timeout_seconds=20
        )
        assert [m for m in studio.ana.messages() if has_files(m)] == []
        first = next(i for i in (await newest(studio)).items if i.state is ItemState.MADE)
        assert await deliver(studio.services, first.id, 1_000) == 0
        assert len((await studio.ana.see(has_files))["files"]) == 2
        provider.polls.clear()
        await studio.ana.see("*3 credits charged*")
        posted = [m for m in studio.ana.messages() if has_files(m)]
        assert [len(message["files"]) for message in posted] == [2, 1]


async def test_in_auto_a_batch_runs_at_once_and_says_so(studio: Studio) -> None:
    await rules(studio, modes={Tool.GENERATE: Mode.AUTO, Tool.GENERATE_BATCH: Mode.AUTO})
    await propose(studio, [planned("a fox"), planned("an owl")])
    card = await studio.ana.see("*2 credits charged*")
    assert "Started without approval, as this workspace allows" in str(card["blocks"])
    assert "2 of 2 made" in str(card["blocks"])
    assert "Approve all" not in str(card["blocks"])
    settled = [("settle", 1), ("release", 0)]
    assert await entries(studio) == [("hold", 1), ("hold", 1), *settled, *settled]
