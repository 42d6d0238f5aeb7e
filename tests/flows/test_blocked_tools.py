"""What is done with pictures, one tool blocked after another: it runs from no surface."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from blocks.subject import Subject
from bot.domain.images import Image
from bot.domain.people import Mode, Tool
from bot.listeners import change, insert, shortcuts
from bot.sandbox.wire import Json
from tests.conftest import Studio
from tests.flows.asking import TITLES, planned, propose
from tests.flows.canvases import ask_for_images, ask_to_insert, plan_of_channel
from tests.flows.forging import send
from tests.flows.reading import credits, has_files, newest, submissions
from tests.flows.results import finished, full_studio, images
from tests.flows.rules import set_mode
from tests.flows.showing import show_button
from tests.pictures import photo


@dataclass
class Scene:
    """An image that Ana has in the design channel, and a picture that Ben posted there."""

    studio: Studio
    card: Json
    image: Image
    picture: Json
    known: set[str] = field(default_factory=set)
    """The notices that were seen before."""

    async def notice(self, tool: Tool) -> str:
        """What Ana is told."""
        words, before = f"{tool.label} is blocked in this workspace.", self.known

        def is_new(notice: Json) -> bool:
            return words in str(notice["text"]) and notice["ts"] not in before

        return str((await self.studio.ana.see_notice(is_new))["text"])

    async def forget(self) -> None:
        """Close what is open, and look only for notices that come from now on."""
        self.known = {notice["ts"] for notice in self.studio.ana.notices()}
        for view in reversed(self.studio.ana.views()):
            await self.studio.ana.close(view)

    async def more(self, button: str) -> str:
        """Press a button of the image's modal; what is said in it."""
        await self.studio.ana.click(self.card, "More")
        await self.studio.ana.click(await self.studio.ana.modal(), button)
        modal = await self.studio.ana.see_modal("is blocked in this workspace.")
        return str(modal["blocks"][0]["text"]["text"])


Way = Callable[[Scene], Awaitable[str]]


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path) as started:
        yield started


async def vary_on_the_card(scene: Scene) -> str:
    await scene.studio.ana.click(scene.card, "Vary")
    return await scene.notice(Tool.GENERATE)


async def vary_in_the_modal(scene: Scene) -> str:
    return await scene.more("Vary")


async def use_settings_in_the_modal(scene: Scene) -> str:
    return await scene.more("Use these settings")


async def edit_on_the_card(scene: Scene) -> str:
    await scene.studio.ana.click(scene.card, "Edit")
    return await scene.notice(Tool.EDIT)


async def edit_in_the_modal(scene: Scene) -> str:
    return await scene.more("Edit…")


async def edit_by_shortcut(scene: Scene) -> str:
    await scene.studio.ana.shortcut("edit_image", scene.picture)
    return await scene.notice(Tool.EDIT)


async def edit_by_a_form_that_was_open(scene: Scene) -> str:
    values = {
        "instruction": {"x": {"value": "make it warmer"}},
        "model_id": {"x": {"selected_option": {"value": "sketch/retouch"}}},
        "count": {"x": {"selected_option": {"value": "1"}}},
    }
    view = _form(scene, values)
    assert not await send(scene.studio, change.propose, user_id=scene.studio.ana.id, view=view)
    return await scene.notice(Tool.EDIT)


async def edit_in_words(scene: Scene) -> str:
    await _say_below(scene, "make the first one warmer")
    return await scene.notice(Tool.EDIT)


async def upscale_on_the_card(scene: Scene) -> str:
    await scene.studio.ana.click(scene.card, "Upscale")
    return await scene.notice(Tool.UPSCALE)


async def upscale_in_the_modal(scene: Scene) -> str:
    return await scene.more("Upscale")


async def upscale_by_shortcut(scene: Scene) -> str:
    await scene.studio.ana.shortcut("upscale_image", scene.picture)
    return await scene.notice(Tool.UPSCALE)


async def upscale_by_a_form_that_was_open(scene: Scene) -> str:
    view = _form(scene, {})
    assert not await send(scene.studio, shortcuts.enlarge, user_id=scene.studio.ana.id, view=view)
    return await scene.notice(Tool.UPSCALE)


async def upscale_in_words(scene: Scene) -> str:
    await _say_below(scene, "upscale the first one")
    return await scene.notice(Tool.UPSCALE)


async def import_by_shortcut(scene: Scene) -> str:
    await scene.studio.ana.shortcut("import_image", scene.picture)
    return await scene.notice(Tool.IMPORT_ATTACHMENT)


async def import_by_button(scene: Scene) -> str:
    button = {"value": scene.picture["files"][0]["id"], "action_ts": "1.1"}
    place = {"channel_id": "C0DESIGN01", "message_ts": scene.picture["ts"]}
    ana = scene.studio.ana.id
    await send(scene.studio, shortcuts.keep, user_id=ana, action=button, container=place)
    return await scene.notice(Tool.IMPORT_ATTACHMENT)


async def import_by_a_form_that_was_open(scene: Scene) -> str:
    subject = Subject((scene.picture["files"][0]["id"],), "C0DESIGN01", scene.picture["ts"])
    view = _form(scene, {}) | {"private_metadata": subject.packed}
    await send(scene.studio, shortcuts.keep_chosen, user_id=scene.studio.ana.id, view=view)
    return await scene.notice(Tool.IMPORT_ATTACHMENT)


async def insert_by_a_form_that_was_open(scene: Scene) -> str:
    await set_mode(scene.studio, Tool.INSERT_INTO_CANVAS, Mode.ASK)
    await plan_of_channel(scene.studio)
    button = await show_button(scene.studio, "result_insert", scene.image.id)
    await scene.studio.ana.click(button, "result_insert")
    await scene.studio.ana.choose(await scene.studio.ana.modal(), "insert_canvas", "Launch plan")
    form = await scene.studio.ana.see_modal("Under the heading")
    await set_mode(scene.studio, Tool.INSERT_INTO_CANVAS, Mode.BLOCKED)
    await scene.studio.ana.submit(form, {"insert_heading": "end"})
    return await scene.notice(Tool.INSERT_INTO_CANVAS)


async def a_batch_in_words(scene: Scene) -> str:
    words = "make three homepage hero image concepts for this product launch"
    await scene.studio.ana.say(f"@aethera {words}", channel="design")
    return await scene.notice(Tool.GENERATE_BATCH)


async def a_batch_for_the_canvas_that_was_chosen(scene: Scene) -> str:
    studio = scene.studio
    canvas_id = await plan_of_channel(studio)
    request = await ask_for_images(studio, channel="dm", is_inserting=False)
    values = {"canvas": {"insert_canvas": {"selected_option": {"value": canvas_id}}}}
    view = _form(scene, values) | {"private_metadata": f"{request.id}.alone"}
    await send(studio, insert.save_canvas, user_id=studio.ana.id, view=view)
    return await scene.notice(Tool.GENERATE_BATCH)


def _form(scene: Scene, values: Json) -> Json:
    return {
        "id": "V0FORGED",
        "hash": "1",
        "callback_id": "",
        "private_metadata": scene.image.id,
        "state": {"values": values},
    }


async def _say_below(scene: Scene, words: str) -> None:
    thread_ts = scene.card["thread_ts"]
    await scene.studio.ana.say(f"@aethera {words}", channel="design", thread_ts=thread_ts)


WAYS: dict[Tool, tuple[Way, ...]] = {
    Tool.GENERATE: (vary_on_the_card, vary_in_the_modal, use_settings_in_the_modal),
    Tool.EDIT: (
        edit_on_the_card,
        edit_in_the_modal,
        edit_by_shortcut,
        edit_by_a_form_that_was_open,
        edit_in_words,
    ),
    Tool.UPSCALE: (
        upscale_on_the_card,
        upscale_in_the_modal,
        upscale_by_shortcut,
        upscale_by_a_form_that_was_open,
        upscale_in_words,
    ),
    Tool.IMPORT_ATTACHMENT: (import_by_shortcut, import_by_button, import_by_a_form_that_was_open),
    Tool.INSERT_INTO_CANVAS: (insert_by_a_form_that_was_open,),
    Tool.GENERATE_BATCH: (a_batch_in_words, a_batch_for_the_canvas_that_was_chosen),
}


@pytest.mark.parametrize("tool", WAYS)
async def test_a_blocked_tool_runs_from_no_picture(studio: Studio, tool: Tool) -> None:
    picture = await studio.ben.say("our team", channel="design", files=[photo()])
    await studio.slack.quiet()
    card = await finished(studio, channel="design")
    before = await newest(studio)
    scene = Scene(studio, card, (await images(studio))[0], picture)
    posts = len([m for m in studio.ana.messages("design") if has_files(m)])
    await set_mode(studio, tool, Mode.BLOCKED)
    for way in WAYS[tool]:
        told = await way(scene)
        assert told.startswith(f"{tool.label} is blocked in this workspace."), way.__name__
        assert told.endswith("ana can change that."), way.__name__
        await studio.slack.quiet()
        assert (await newest(studio)).id == before.id, way.__name__
        await scene.forget()
    assert len(await submissions(studio)) == 1
    assert await credits(studio) == (2, 0)
    assert len([m for m in studio.ana.messages("design") if has_files(m)]) == posts


async def test_a_blocked_insertion_that_awaits_is_not_approved(studio: Studio) -> None:
    await plan_of_channel(studio)
    await finished(studio, channel="design")
    await ask_to_insert(studio, (await images(studio))[0].id, heading="Hero")
    card = await studio.ana.see("Approval needed", channel="design")
    await set_mode(studio, Tool.INSERT_INTO_CANVAS, Mode.BLOCKED)
    await studio.ana.click(card, "Approve")
    await studio.ana.see_notice("Inserting into a canvas is blocked in this workspace.")


async def test_a_blocked_batch_that_awaits_is_not_approved(studio: Studio) -> None:
    rows = [planned(title) for title in TITLES]
    await propose(studio, rows, tool=Tool.GENERATE_BATCH)
    card = await studio.ana.see("Approve all")
    await set_mode(studio, Tool.GENERATE_BATCH, Mode.BLOCKED)
    await studio.ana.click(card, "Approve all")
    await studio.ana.see_notice("Generating several images is blocked in this workspace.")
    assert await submissions(studio) == []
