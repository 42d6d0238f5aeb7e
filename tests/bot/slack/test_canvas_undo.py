"""An inserted picture taken out again: just that, and only where it is as it was inserted."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.canvases import reference
from bot.errors import BadCanvas, CannotRead, SlackUnavailable
from bot.sandbox import Sandbox
from bot.sandbox.person import Person
from bot.slack.canvas_changes import undo_insert
from bot.slack.gateway import Slack
from tests.bot.slack.meddling import AltBlind, Meddled, as_kind
from tests.bot.slack.pictures import shared_picture
from tests.bot.slack.test_canvas import ALT, BOARD, LINE, MARKER, board, insert, says, under

BEFORE = f"# Launch\n\n{BOARD}"


async def inserted(sandbox: Sandbox, slack: Slack) -> tuple[str, str]:
    """A canvas with a picture under Hero: the canvas's id and the picture's permalink."""
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    await insert(slack, canvas_id, await under(slack, canvas_id, "Hero"), permalink)
    return canvas_id, permalink


async def undo(slack: Slack, canvas_id: str, permalink: str) -> None:
    await undo_insert(slack, canvas_id, permalink=permalink, caption=LINE, marker=MARKER)


@pytest.mark.parametrize("kind", [Slack, AltBlind])
async def test_what_was_inserted_is_removed_and_nothing_else(
    sandbox: Sandbox, slack: Slack, kind: type[Slack]
) -> None:
    canvas_id, permalink = await inserted(sandbox, slack)
    other = reference("ins_2")
    await insert(slack, canvas_id, None, permalink, marker=other)
    ana = sandbox.person("ana")
    await ana.edit_canvas(canvas_id, "insert_at_start", "Written since.")
    if kind is AltBlind:
        await undo_insert(
            slack, canvas_id, permalink=permalink, caption=LINE.replace(MARKER, other), marker=other
        )
    await undo(as_kind(slack, kind), canvas_id, permalink)
    assert MARKER not in says(sandbox, canvas_id)
    expected = BEFORE.replace("# Launch\n\n", "# Launch\n\nWritten since.\n\n")
    assert says(sandbox, canvas_id).startswith(expected)
    assert says(sandbox, canvas_id).count(permalink) == (0 if kind is AltBlind else 1)
    assert sandbox.refusals == []


Change = Callable[[Person, str], Awaitable[None]]


async def _reword(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "replace", f"Our mug · {MARKER}", section="Image: Mug")


async def _recaption(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "replace", "Our own caption", section="Image: Mug")


async def _copy_the_caption(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "insert_at_end", LINE)


async def _type_between(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "insert_before", "between", section="Image: Mug")


async def _move_the_picture(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "move", section=ALT, after="Social")


async def _move_the_caption(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "move", section="Image: Mug", after="Social")


async def _delete_the_picture(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "delete", section=ALT)


async def _put_another_picture(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(
        canvas_id, "replace", "![ours](https://cdn.example.com/a.png)", section=ALT
    )


async def _delete_both(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "delete", section=ALT)
    await ana.edit_canvas(canvas_id, "delete", section="Image: Mug")


async def _empty(ana: Person, canvas_id: str) -> None:
    await ana.edit_canvas(canvas_id, "replace", "Begun anew")


CHANGES: list[tuple[Change, str]] = [
    (_reword, "caption was changed"),
    (_recaption, "caption was changed"),
    (_copy_the_caption, "more than once"),
    (_type_between, "moved or removed"),
    (_move_the_picture, "moved or removed"),
    (_move_the_caption, "moved or removed"),
    (_delete_the_picture, "moved or removed"),
    (_put_another_picture, "moved or removed"),
    (_delete_both, "no longer in the canvas"),
    (_empty, "no longer in the canvas"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
async def test_what_somebody_changed_is_left_to_them(
    sandbox: Sandbox, slack: Slack, change: Change, words: str
) -> None:
    canvas_id, permalink = await inserted(sandbox, slack)
    await change(sandbox.person("ana"), canvas_id)
    before = says(sandbox, canvas_id)
    with pytest.raises(BadCanvas, match=words) as refusal:
        await undo(slack, canvas_id, permalink)
    assert refusal.value.words.endswith("Nothing in the canvas was touched.")
    assert says(sandbox, canvas_id) == before


async def test_a_picture_that_no_look_up_finds_is_left_in_its_place(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await inserted(sandbox, slack)
    blind = as_kind(slack, AltBlind)
    blind.shows_files = False
    before = says(sandbox, canvas_id)
    with pytest.raises(BadCanvas, match="delete it there by hand"):
        await undo(blind, canvas_id, permalink)
    assert says(sandbox, canvas_id) == before


async def test_somebody_who_edits_elsewhere_meanwhile_keeps_their_words(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await inserted(sandbox, slack)
    ana, meddled = sandbox.person("ana"), as_kind(slack, Meddled)

    async def write() -> None:
        await ana.edit_canvas(canvas_id, "insert_at_end", "Written meanwhile.")

    async def touch_the_caption() -> None:
        await ana.edit_canvas(canvas_id, "replace", LINE, section="Image: Mug")

    meddled.acts = [touch_the_caption, write, touch_the_caption]
    await undo(meddled, canvas_id, permalink)
    assert says(sandbox, canvas_id) == f"{BEFORE}\n\nWritten meanwhile."


async def test_a_caption_that_is_changed_in_the_last_moment_stays(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await inserted(sandbox, slack)
    ana, meddled = sandbox.person("ana"), as_kind(slack, Meddled)

    async def nothing() -> None:
        return

    async def recaption() -> None:
        await _recaption(ana, canvas_id)

    meddled.acts = [nothing, recaption]
    with pytest.raises(BadCanvas, match="delete the caption by hand"):
        await undo(meddled, canvas_id, permalink)
    assert "Our own caption" in says(sandbox, canvas_id)
    assert permalink not in says(sandbox, canvas_id)


async def test_access_that_was_taken_away_is_said(sandbox: Sandbox, slack: Slack) -> None:
    canvas_id, permalink = await inserted(sandbox, slack)
    sandbox.fault("canvases.edit", error="restricted_action")
    with pytest.raises(BadCanvas, match="“Can edit”"):
        await undo(slack, canvas_id, permalink)
    await sandbox.person("ana").delete_canvas(canvas_id)
    with pytest.raises(CannotRead, match="I cannot see that canvas"):
        await undo(slack, canvas_id, permalink)


async def test_an_outage_passes_through_before_anything_is_removed(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await inserted(sandbox, slack)
    sandbox.fault("canvases.edit", retry_after=3)
    with pytest.raises(SlackUnavailable):
        await undo(slack, canvas_id, permalink)
    await undo(slack, canvas_id, permalink)
    assert says(sandbox, canvas_id) == BEFORE
