"""The Home: what waits, what runs, what came out, for the one who looks and nobody else."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Mode, Tool
from bot.public import learn
from storage import gallery, stars
from tests.conftest import Studio, studio_in
from tests.flows.reading import credits, newest
from tests.flows.rules import rules, set_mode
from tests.providers import FakeProvider


async def made(studio: Studio, words: str, *, channel: str = "dm", who: str = "ana") -> str:
    """Have an image made; the id of the first."""
    person = getattr(studio, who)
    said = await person.say(words if channel == "dm" else f"@aethera {words}", channel=channel)
    card = await person.see("Approval needed", channel=channel, thread_ts=said["ts"])
    await person.click(card, "Approve")
    await person.see("charged*", channel=channel, thread_ts=said["ts"], timeout_seconds=20)
    item = (await newest(studio)).items[0]
    images = await studio.services.store.run(gallery.of_item, item.id, team_id=studio.slack.team_id)
    return images[0].id


def shows_all(home: dict[str, Any]) -> bool:
    """Whether nothing is looked for any more."""
    return "1 image: " not in str(home)


def shows_one(what: str, home: dict[str, object]) -> bool:
    """Whether a search found this image alone."""
    return "1 image: " in str(home) and what in str(home)


async def test_everybody_sees_their_own_images_with_a_thumbnail(studio: Studio) -> None:
    await made(studio, "draw a red fox")
    studio.slack.advance(1)  # Slack has looked at the file by then, so that it may be shown
    await studio.ana.home()
    home = await studio.ana.see_home("red fox")
    (tile,) = [b for b in home["blocks"] if (b.get("accessory") or {}).get("type") == "image"]
    assert tile["accessory"]["alt_text"].startswith("AI-generated image")
    assert "999 of 1,000 left" in str(home["blocks"])
    await studio.ben.home()
    assert "red fox" not in str(await studio.ben.see_home("How to ask"))
    assert studio.slack.refusals == []


async def test_others_images_are_found_where_the_channel_is_public_and_nowhere_else(
    studio: Studio,
) -> None:
    await made(studio, "draw a red fox", channel="design")
    await made(studio, "draw a grey fox")
    await learn(studio.services)
    await studio.ben.home()
    await studio.ben.click(await studio.ben.see_home("How to ask"), "Search")
    await studio.ben.submit(await studio.ben.modal(), {"search_words": "fox"})
    home = await studio.ben.see_home("1 image: “fox”")
    assert "red fox" in str(home["blocks"])
    assert "grey fox" not in str(home["blocks"])
    assert studio.slack.refusals == []


async def test_a_channel_that_became_private_hides_its_images_at_once(tmp_path: Path) -> None:
    async with studio_in(tmp_path, providers={"sketch": FakeProvider()}) as studio:
        await made(studio, "draw a red fox", channel="design")
        await learn(studio.services)
        from storage import channels

        await studio.services.store.run(
            channels.note,
            "C0DESIGN01",
            team_id=studio.slack.team_id,
            is_public=True,
            at=studio.services.now().replace(year=2020),
        )
        world = studio.slack.world
        from bot.sandbox.model import Kind

        world.workspace.channels["C0DESIGN01"].kind = Kind.GROUP
        await studio.ben.home()
        await studio.ben.click(await studio.ben.see_home("How to ask"), "Search")
        await studio.ben.submit(await studio.ben.modal(), {"search_words": "fox"})
        home = await studio.ben.see_home("0 images: “fox”")
        assert "red fox" not in str(home["blocks"])


async def test_images_are_searched_by_star_model_person_and_channel(studio: Studio) -> None:
    fox = await made(studio, "draw a red fox")
    await made(studio, "draw a blue owl", channel="design")
    await learn(studio.services)
    await studio.services.store.run(
        stars.set_star,
        fox,
        team_id=studio.slack.team_id,
        user_id=studio.ana.id,
        at=studio.services.now(),
    )
    await studio.ana.home()
    home = await studio.ana.see_home("Starred")
    await studio.ana.click(home, "Starred")
    home = await studio.ana.see_home("1 image: with my star")
    assert "red fox" in str(home["blocks"])
    await studio.ana.click(home, "Your images")
    await studio.ana.see_home(lambda home: "blue owl" in str(home) and "my star" not in str(home))
    for entered, found in (
        ({"search_channel": "C0DESIGN01"}, "blue owl"),
        ({"search_by": studio.ana.id, "search_words": "fo"}, "red fox"),
        ({"search_model": "sketch/compose", "search_words": "owl blue"}, "blue owl"),
    ):
        await studio.ana.click(await studio.ana.see_home("Search"), "Search")
        await studio.ana.submit(await studio.ana.modal(), entered)
        home = await studio.ana.see_home(partial(shows_one, found))
        # The form begins with what was looked for last; here each search stands by itself.
        await studio.ana.click(home, "Your images")
        await studio.ana.see_home(shows_all)
    await studio.ana.click(await studio.ana.see_home("Search"), "Search")
    answer = await studio.ana.submit(
        await studio.ana.modal(), {"search_since": "2026-11-20", "search_until": "2026-11-01"}
    )
    assert "before the first one" in str(answer["errors"])
    assert studio.slack.refusals == []


async def test_a_file_that_slack_still_looks_at_is_not_shown_yet(studio: Studio) -> None:
    await made(studio, "draw a red fox")
    await studio.ana.home()
    await studio.ana.see_home("red fox")
    assert studio.slack.refusals == []


async def test_an_image_of_the_home_is_opened(studio: Studio) -> None:
    fox = await made(studio, "draw a red fox")
    await studio.ana.home()
    home = await studio.ana.see_home("Open an image")
    await studio.ana.choose(home, "result_open", fox)
    await studio.ana.see_modal("red fox")
    assert studio.slack.refusals == []


async def test_an_approver_decides_from_the_home_what_stands_elsewhere(studio: Studio) -> None:
    await rules(studio, approvers=frozenset({studio.ben.id}))
    await studio.cem.say("draw a red fox")
    await studio.cem.see("Approve")
    await studio.ben.home()
    home = await studio.ben.see_home("Review")
    await studio.ben.click(home, "Review")
    modal = await studio.ben.modal()
    assert modal["submit"]["text"] == "Approve · 1 credit"
    await studio.ben.submit(modal)
    card = await studio.cem.see("1 credit charged*")
    assert f"Approved by <@{studio.ben.id}>" in str(card["blocks"])
    assert await credits(studio) == (1, 0)
    await studio.cem.say("draw a blue owl")
    await studio.cem.see("Approval needed")
    await studio.ben.home()
    home = await studio.ben.see_home("blue owl")
    await studio.ben.click(home, "Review")
    await studio.ben.click(await studio.ben.see_modal("blue owl"), "Deny")
    await studio.ben.see_modal("You denied it")
    await studio.cem.see("Denied by")
    assert await credits(studio) == (1, 0)
    assert studio.slack.refusals == []


@pytest.mark.parametrize("mode", [Mode.ASK, Mode.BLOCKED])
async def test_images_are_listed_as_the_workspace_lets_them(studio: Studio, mode: Mode) -> None:
    await made(studio, "draw a red fox", who="ben")
    await set_mode(studio, Tool.LIST_IMAGES, mode)
    await studio.ben.home()
    home = await studio.ben.see_home("Listing images")
    assert "red fox" not in str(home["blocks"])
    if mode is Mode.ASK:
        await studio.ben.click(home, "Show images")
        await studio.ben.see_home("red fox")
    else:
        assert "ana can change that" in str(home["blocks"])
    assert studio.slack.refusals == []
