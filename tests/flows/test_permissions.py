"""A tool that is blocked stays so, from wherever it is reached; and a word says who can change it.

Each surface is a coroutine in `SURFACES` that tries to have an image made or a card posted; a new
way to reach a tool adds its own.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.people import Mode, Tool
from bot.domain.proposals import ProposalState
from bot.listeners import decide, home
from tests.conftest import Studio
from tests.flows.forging import send
from tests.flows.reading import credits, newest, submissions
from tests.flows.rules import rules, set_mode

BLOCKED = "is blocked in this workspace."
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


async def test_a_guest_gets_no_card_that_nobody_could_decide(studio: Studio) -> None:
    await studio.cem.say("draw a red fox")
    notice = await studio.cem.see_notice("it has no approvers who could approve")
    assert "ana can change that." in notice["text"]
    await rules(studio, approvers=frozenset({studio.ben.id}), modes={Tool.GENERATE: Mode.AUTO})
    await studio.cem.say("draw a blue owl")
    await studio.cem.see("Approval needed")
    assert await credits(studio) == (0, 0)


async def test_auto_runs_at_once_and_says_what_it_cost(studio: Studio) -> None:
    await set_mode(studio, Tool.GENERATE, Mode.AUTO)
    await studio.ben.say("draw a red fox")
    await studio.ben.see("1 credit charged*")
    assert await credits(studio) == (1, 0)
    assert studio.slack.refusals == []
