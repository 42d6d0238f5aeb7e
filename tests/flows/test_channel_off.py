"""A channel that is switched off: nothing is posted, kept or run there, from any surface."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.ids import new_id
from bot.domain.people import ChannelMode, Mode, Tool
from bot.domain.requests import Choice, Request, Source
from bot.listeners import change, goahead, image, question, results, shortcuts
from bot.sandbox.wire import Json
from storage import gallery, requests
from tests.conftest import Studio
from tests.flows.forging import send
from tests.flows.reading import credits, newest, submissions
from tests.flows.results import finished, full_studio, images
from tests.flows.rules import rules
from tests.pictures import photo

OFF = "I am switched off in this channel"
DESIGN = "C0DESIGN01"


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path) as started:
        yield started


async def switch_off(studio: Studio, **changes: object) -> None:
    """Switch the design channel off."""
    await rules(studio, channel_modes={DESIGN: ChannelMode.OFF}, **changes)


async def test_a_card_that_awaits_there_is_not_approved(studio: Studio) -> None:
    await studio.ben.say("@aethera draw a red fox", channel="design")
    card = await studio.ben.see("Approval needed", channel="design")
    await switch_off(studio)
    await studio.ben.click(card, "Approve")
    notice = await studio.ben.see_notice(OFF)
    assert notice["text"].endswith("ana can change that.")
    await studio.ben.home()
    await studio.ben.click(await studio.ben.see_home("Review"), "Review")
    await studio.ben.submit(await studio.ben.modal())
    await studio.ben.see(OFF)
    assert await submissions(studio) == []
    assert await credits(studio) == (0, 0)


async def test_buttons_forms_and_shortcuts_do_nothing_there(studio: Studio) -> None:
    posted = await studio.ana.say("our team", channel="design", files=[photo()])
    card = await finished(studio, channel="design")
    made, before = await images(studio), await newest(studio)
    await switch_off(studio)
    said = [message["ts"] for message in studio.ana.messages("design")]
    for button in ("Vary", "Upscale"):
        await studio.ana.click(card, button)
        await studio.ana.see_notice(OFF)
    await studio.ana.shortcut("import_image", posted)
    ana, place = studio.ana.id, {"channel_id": DESIGN, "message_ts": posted["ts"]}
    value = {"value": f"{before.items[0].id}.2", "action_ts": "1.1"}
    told = await send(studio, results.full_size, user_id=ana, action=value, container=place)
    assert OFF in told
    view: Json = {"id": "V0FORGED", "hash": "1", "callback_id": "", "state": {"values": {}}}
    view["private_metadata"] = made[0].id
    values = {
        "instruction": {"x": {"value": "make it warmer"}},
        "model_id": {"x": {"selected_option": {"value": "sketch/retouch"}}},
        "count": {"x": {"selected_option": {"value": "1"}}},
    }
    await send(studio, change.propose, user_id=ana, view=view | {"state": {"values": values}})
    await send(studio, shortcuts.enlarge, user_id=ana, view=view)
    for listener in (image.vary, image.again, image.full_size):
        pressed = {"value": made[1].id, "action_ts": "1.2"}
        await send(studio, listener, user_id=ana, action=pressed, view=view)
    await studio.slack.quiet()
    assert (await newest(studio)).id == before.id
    assert await credits(studio) == (2, 0)
    said_now = [m["ts"] for m in studio.ana.messages("design") if m not in studio.ana.notices()]
    notices = {notice["ts"] for notice in studio.ana.notices()}
    assert [ts for ts in said_now if ts not in notices] == said
    team_id, file_id = studio.slack.team_id, posted["files"][0]["id"]
    assert await studio.services.store.read(gallery.of_file, file_id, team_id=team_id) is None


async def test_what_was_asked_back_there_is_not_answered_there(studio: Studio) -> None:
    store = studio.services.store
    asked = [
        Request(
            id=new_id("req"),
            team_id=studio.slack.team_id,
            user_id=studio.ana.id,
            channel_id=DESIGN,
            ts=f"asked:{number}",
            thread_ts=None,
            text="draw a red fox",
            source=Source.MENTION,
            created_at=studio.services.now(),
        )
        for number in range(2)
    ]
    for request in asked:
        await store.run(requests.record, request, event_id=None)
    await store.note(requests.keep_choices, asked[0].id, (Choice(label="Models", text="models"),))
    await store.note(requests.ask, asked[1].id)
    await switch_off(studio, modes={Tool.PROPOSE: Mode.ASK})
    pressed = {"value": f"{asked[0].id}.0", "action_ts": "1.1"}
    await send(studio, question.choose, user_id=studio.ana.id, action=pressed)
    await studio.ana.see_notice(OFF)
    pressed = {"value": asked[1].id, "action_ts": "1.1"}
    await send(studio, goahead.allow, user_id=studio.ana.id, action=pressed)
    await studio.slack.quiet()
    notices = {notice["ts"] for notice in studio.ana.notices()}
    assert [m for m in studio.ana.messages("design") if m["ts"] not in notices] == []
