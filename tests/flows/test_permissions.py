"""A tool that is blocked stays so, from wherever it is reached; and a word says who can change it.

Each surface is a coroutine in `SURFACES` that tries to have an image made or a card posted; a new
way to reach a tool adds its own.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest

from blocks import insert_form
from bot.domain.ids import new_id
from bot.domain.people import Mode, Tool
from bot.domain.proposals import Proposal, ProposalState
from bot.domain.requests import Choice, Request, Source
from bot.listeners import batch as rows
from bot.listeners import budget, decide, home, insert, question, revise, undo, unknown
from storage import requests
from tests.conftest import Studio
from tests.flows import rules as workspace
from tests.flows.asking import propose_concepts
from tests.flows.forging import send
from tests.flows.reading import credits, newest, submissions
from tests.flows.rules import set_mode

BLOCKED = "is blocked in this workspace."
Listener = Callable[..., Awaitable[None]]
Surface = Callable[[Studio], Awaitable[str]]
"""Tries it; what the person is told."""


async def by_message(studio: Studio) -> str:
    await studio.ben.say("draw a blue owl")
    return str((await studio.ben.see_notice(BLOCKED))["text"])


async def by_mention(studio: Studio) -> str:
    await studio.ben.say("@aethera draw a blue owl", channel="design")
    return str((await studio.ben.see_notice(BLOCKED))["text"])


async def by_command(studio: Studio) -> str:
    await studio.ben.command("/studio", "draw a blue owl", channel="design")
    return str((await studio.ben.see_notice(BLOCKED))["text"])


async def by_button(studio: Studio) -> str:
    await studio.ben.click(await studio.ben.see("Approval needed"), "Approve")
    return str((await studio.ben.see_notice(BLOCKED))["text"])


async def by_modal(studio: Studio) -> str:
    await studio.ben.home()
    await studio.ben.click(await studio.ben.see_home("Review"), "Review")
    await studio.ben.submit(await studio.ben.modal())
    return str((await studio.ben.see(BLOCKED))["text"])


async def by_deny_with_a_reason(studio: Studio) -> str:
    await studio.ben.click(await studio.ben.see("Approval needed"), "Deny")
    await studio.ben.submit(await studio.ben.modal(), {"deny_feedback": "make it green"})
    return str((await studio.ben.see_notice(BLOCKED))["text"])


async def by_forged_button(studio: Studio) -> str:
    proposal = await newest(studio)
    pressed = {"value": f"{proposal.id}.{proposal.revision}", "action_ts": "1.1"}
    return await send(studio, decide.approve, user_id=studio.ben.id, action=pressed)


async def by_forged_form(studio: Studio) -> str:
    proposal = await newest(studio)
    view = {"private_metadata": f"{proposal.id}.{proposal.revision}", "state": {"values": {}}}
    return await send(studio, home.approve, user_id=studio.ben.id, view=view)


SURFACES: dict[str, Surface] = {
    surface.__name__: surface
    for surface in (
        by_message,
        by_mention,
        by_command,
        by_button,
        by_modal,
        by_deny_with_a_reason,
        by_forged_button,
        by_forged_form,
    )
}


@pytest.mark.parametrize("surface", SURFACES)
async def test_a_blocked_tool_runs_from_nowhere(studio: Studio, surface: str) -> None:
    await studio.ben.say("draw a red fox")
    await studio.ben.see("Approval needed")
    await set_mode(studio, Tool.GENERATE, Mode.BLOCKED)
    told = await SURFACES[surface](studio)
    assert told.startswith("Generating an image is blocked in this workspace.")
    if not surface.startswith("by_forged"):
        assert told.endswith("ana can change that.")
    assert await submissions(studio) == []
    assert await credits(studio) == (0, 0)
    assert len([m for m in studio.ben.messages() if "Approval needed" in m["text"]]) <= 1


@pytest.mark.parametrize("surface", ["button", "form"])
@pytest.mark.parametrize("who", ["ana", "cem", "dee"])
async def test_whoever_may_not_decide_cannot_by_any_payload(
    studio: Studio, who: str, surface: str
) -> None:
    await studio.ben.say("draw a red fox")
    await studio.ben.see("Approval needed")
    proposal = await newest(studio)
    packed = f"{proposal.id}.{proposal.revision}"
    given: dict[str, Any] = {"action": {"value": packed}}
    listener: Callable[..., Awaitable[None]] = decide.approve
    if surface == "form":
        given = {"view": {"private_metadata": packed, "state": {"values": {}}}}
        listener = home.approve
    assert await send(studio, listener, user_id=studio.slack.person(who).id, **given)
    assert (await newest(studio)).state is ProposalState.AWAITING
    assert await credits(studio) == (0, 0)


DECIDING: dict[str, Callable[[Proposal], Iterable[tuple[Listener, dict[str, Any]]]]] = {
    "row": lambda batch: (
        (rows.use_row, pressed(f"remove:{batch.items[0].id}")),
        (rows.use_row, pressed(f"edit:{batch.items[0].id}")),
        (rows.restore, pressed(batch.items[0].id)),
    ),
    "set all": lambda batch: (
        (rows.open_set_all, pressed(batch.id)),
        (rows.redraw, sent(batch.id, style_id="photo")),
        (rows.save_set_all, sent(batch.id, style_id="photo")),
    ),
    "edit": lambda batch: (
        (revise.open_edit, pressed(batch.id)),
        (revise.redraw, sent(batch.items[0].id, prompt="mine")),
        (revise.save, sent(batch.items[0].id, prompt="mine")),
        (revise.open_reword, pressed(batch.items[0].id)),
        (revise.propose_reworded, sent(batch.items[0].id, prompt="mine")),
    ),
    "decide": lambda batch: (
        (decide.approve, pressed(f"{batch.id}.{batch.revision}")),
        (decide.open_deny, pressed(batch.id)),
        (decide.deny, sent(batch.id)),
        (decide.again, pressed(batch.id)),
        (home.open_review, pressed(batch.id)),
        (home.deny, pressed(batch.id)),
        (budget.ask_for_more, pressed(batch.id)),
    ),
    "stop": lambda batch: ((rows.stop, pressed(batch.id)),),
    "page": lambda batch: ((rows.turn, pressed(f"{batch.id}.2")),),
    "place": lambda batch: (
        (insert.open_edit, pressed(batch.items[0].id)),
        (insert.redraw, sent(batch.items[0].id, canvas="F0NONE00001")),
        (insert.save_edit, sent(batch.items[0].id, canvas="F0NONE00001", heading="end")),
        (undo.open_undo, pressed(batch.items[0].id)),
        (undo.save_undo, sent(batch.items[0].id)),
    ),
    "unknown": lambda batch: (
        (unknown.check_again, pressed(batch.items[0].id)),
        (unknown.try_again, pressed(batch.items[0].id)),
        (unknown.give_up, pressed(batch.items[0].id)),
    ),
}
"""What decides or shows somebody's proposal, with payloads as forgers would make them."""


def pressed(value: str) -> dict[str, Any]:
    """A button of some message in the design channel."""
    return {"action": {"value": value, "action_ts": "1.1"}}


def sent(packed: str, **fields: str) -> dict[str, Any]:
    """A form with this metadata."""
    values = {field: {"x": {"value": value}} for field, value in fields.items()}
    callback_id = insert_form.EDIT_PLACE_MODAL if "canvas" in fields else ""
    view = {"id": "V0FORGED", "hash": "1", "callback_id": callback_id, "private_metadata": packed}
    return {"view": view | {"state": {"values": values}}}


@pytest.mark.parametrize("who", ["ben", "cem", "dee"])
async def test_a_batch_is_touched_and_shown_by_nobody_else(studio: Studio, who: str) -> None:
    await propose_concepts(studio)
    batch, said = await newest(studio), [m["text"] for m in studio.ana.messages()]
    person = studio.slack.person(who)
    for name, payloads in DECIDING.items():
        for listener, given in payloads(batch):
            told = await send(studio, listener, user_id=person.id, **given)
            assert "nothing was done." in told.lower(), (name, listener.__name__, told)
            assert batch.items[0].title not in told
    await studio.slack.quiet()
    assert await newest(studio) == batch
    assert person.views() == []
    assert await credits(studio) == (0, 0)
    assert [message["text"] for message in studio.ana.messages()] == said


@pytest.mark.parametrize("who", ["ana", "cem", "dee"])
async def test_a_question_is_answered_by_nobody_else(studio: Studio, who: str) -> None:
    request = Request(
        id=new_id("req"),
        team_id=studio.slack.team_id,
        user_id=studio.ben.id,
        channel_id="C0DESIGN01",
        ts="asked:1",
        thread_ts=None,
        text="edit it",
        source=Source.ACTION,
        created_at=studio.services.now(),
    )
    store = studio.services.store
    await store.run(requests.record, request, event_id=None)
    choices = (Choice(label="A fox", text="draw a red fox"),)
    await store.note(requests.keep_choices, request.id, choices)
    user_id = studio.slack.person(who).id
    told = await send(studio, question.choose, user_id=user_id, **pressed(f"{request.id}.0"))
    assert "Nothing was done." in told
    assert await submissions(studio) == []


async def test_a_guest_gets_no_card_that_nobody_could_decide(studio: Studio) -> None:
    await studio.cem.say("draw a red fox")
    notice = await studio.cem.see_notice("it has no approvers who could approve")
    assert "ana can change that." in notice["text"]
    await workspace.rules(
        studio, approvers=frozenset({studio.ben.id}), modes={Tool.GENERATE: Mode.AUTO}
    )
    await studio.cem.say("draw a blue owl")
    await studio.cem.see("Approval needed")
    assert await credits(studio) == (0, 0)


async def test_auto_runs_at_once_and_says_what_it_cost(studio: Studio) -> None:
    await set_mode(studio, Tool.GENERATE, Mode.AUTO)
    await studio.ben.say("draw a red fox")
    await studio.ben.see("1 credit charged*")
    assert await credits(studio) == (1, 0)
    assert studio.slack.refusals == []
