"""Triggers, the stack of three, hashes, and what a submitted modal may be answered with."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Person, Refused, Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.probe import Json, Probe, form, plain


async def press(slack: Sandbox, button: str) -> Person:
    """Ana says hello and presses a button of the answer."""
    ana = slack.person("ana")
    await ana.say("hello")
    await ana.click(await ana.see("Press"), button)
    return ana


async def filled_in(slack: Sandbox) -> tuple[Person, Json]:
    """Ana, and the form she has chosen a colour in."""
    ana = await press(slack, "Open")
    modal = await ana.modal()
    await ana.choose(modal, "colour", "green")
    return ana, modal


async def test_a_trigger_works_once(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    await probe.client.views_open(trigger_id=probe.trigger, view=form())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await probe.client.views_open(trigger_id=probe.trigger, view=form())


@pytest.mark.parametrize(("seconds", "code"), [(2, ""), (3.1, "expired_trigger_id")])
async def test_a_trigger_works_for_three_seconds(
    slack: Sandbox, probe: Probe, seconds: float, code: str
) -> None:
    await press(slack, "Keep")
    slack.advance(seconds)
    if not code:
        await probe.client.views_open(trigger_id=probe.trigger, view=form())
        return
    with pytest.raises(SlackApiError, match=code):
        await probe.client.views_open(trigger_id=probe.trigger, view=form())


async def test_a_broken_view_does_not_use_the_trigger_up(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await probe.client.views_open(trigger_id=probe.trigger, view=form(title=plain("x" * 25)))
    await probe.client.views_open(trigger_id=probe.trigger, view=form())


async def test_three_modals_lie_on_each_other_and_no_more(slack: Sandbox, probe: Probe) -> None:
    ana, modal = await filled_in(slack)
    probe.answer = {"response_action": "push", "view": form(title=plain("Second"))}
    assert (await ana.submit(modal))["response_action"] == "push"
    second = await ana.see_modal("Second")
    await ana.choose(second, "colour", "red")
    probe.answer = {"response_action": "push", "view": form(title=plain("Third"))}
    await ana.submit(second)
    third = await ana.see_modal("Third")
    assert [view["id"] for view in ana.views()] == [modal["id"], second["id"], third["id"]]
    assert (third["root_view_id"], third["previous_view_id"]) == (modal["id"], second["id"])
    await ana.choose(third, "colour", "blue")
    with pytest.raises(Refused, match="push_limit_reached"):
        await ana.submit(third)
    trigger = probe.submitted[-1]["trigger_id"]
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await probe.client.views_push(trigger_id=trigger, view=form())
    await ana.close(third)
    assert [view["id"] for view in ana.views()] == [modal["id"], second["id"]]


async def test_a_push_needs_a_trigger_from_a_view(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    with pytest.raises(SlackApiError, match="not_found"):
        await probe.client.views_push(trigger_id=probe.trigger, view=form())


async def test_a_stale_hash_is_a_conflict_and_the_id_stays(slack: Sandbox, probe: Probe) -> None:
    ana, modal = await filled_in(slack)
    stale = modal["hash"]
    fresh = await probe.client.views_update(view_id=modal["id"], hash=stale, view=form())
    assert fresh["view"]["id"] == modal["id"]
    assert fresh["view"]["hash"] != stale
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await probe.client.views_update(view_id=modal["id"], hash=stale, view=form())
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = await probe.client.views_publish(user_id=ana.id, view=home)
    await probe.client.views_publish(user_id=ana.id, view=home, hash=first["view"]["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await probe.client.views_publish(user_id=ana.id, view=home, hash=first["view"]["hash"])


async def test_an_external_id_names_one_view(slack: Sandbox, probe: Probe) -> None:
    await press(slack, "Keep")
    await probe.client.views_open(trigger_id=probe.trigger, view=form(external_id="one"))
    await probe.client.views_update(external_id="one", view=form(external_id="one"))
    await slack.person("ben").say("hello")
    await slack.person("ben").click(await slack.person("ben").see("Press"), "Keep")
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await probe.client.views_open(trigger_id=probe.trigger, view=form(external_id="one"))


async def test_what_was_entered_outlives_an_update_that_keeps_its_ids(
    slack: Sandbox, probe: Probe
) -> None:
    ana, modal = await filled_in(slack)
    await ana.fill(modal, {"note": "mine"})
    changed = form(title=plain("Changed"))
    changed["blocks"][1]["block_id"] = "hue"
    answer = await probe.client.views_update(view_id=modal["id"], view=changed)
    values = answer["view"]["state"]["values"]
    assert values["note"]["note"]["value"] == "mine"
    assert values["hue"]["colour"]["selected_option"] is None


async def test_the_state_holds_every_field_touched_or_not(slack: Sandbox, probe: Probe) -> None:
    ana, modal = await filled_in(slack)
    await ana.submit(modal)
    values = probe.submitted[0]["view"]["state"]["values"]
    assert values["colour"]["colour"]["selected_option"]["value"] == "green"
    assert values["note"]["note"] == {"type": "plain_text_input", "value": "as ever"}
    assert list(values) == ["colour", "note"]


async def test_a_required_field_is_not_sent_empty(slack: Sandbox, probe: Probe) -> None:
    ana = await press(slack, "Open")
    result = await ana.submit(await ana.modal())
    assert result["response_action"] == "errors"
    assert list(result["errors"]) == ["colour"]
    assert probe.submitted == []


ANSWERS: list[tuple[Json, str]] = [
    ({"response_action": "errors", "errors": {"nowhere": "No."}}, "invalid_errors"),
    ({"response_action": "errors", "errors": {"hint": "No."}}, "invalid_errors"),
    ({"response_action": "errors", "errors": {"note": ""}}, "invalid_errors"),
    ({"response_action": "update", "view": form(title=plain("x" * 25))}, "invalid_view"),
    ({"response_action": "update", "view": {"type": "home", "blocks": []}}, "invalid_view"),
]


@pytest.mark.parametrize(("answer", "code"), ANSWERS)
async def test_a_broken_answer_leaves_the_modal_and_is_noted(
    slack: Sandbox, probe: Probe, answer: Json, code: str
) -> None:
    ana, modal = await filled_in(slack)
    probe.answer = answer
    with pytest.raises(Refused, match=code):
        await ana.submit(modal)
    assert [view["id"] for view in ana.views()] == [modal["id"]]
    assert slack.refusals[-1].reason.startswith(code)


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ({}, lambda views: views == []),
        ({"response_action": "clear"}, lambda views: views == []),
        (
            {"response_action": "update", "view": form(title=plain("Next"))},
            lambda views: [view["title"]["text"] for view in views] == ["Next"],
        ),
    ],
)
async def test_the_answer_says_what_becomes_of_the_modal(
    slack: Sandbox, probe: Probe, answer: Json, left: Callable[[list[Json]], bool]
) -> None:
    ana, modal = await filled_in(slack)
    probe.answer = answer
    await ana.submit(modal)
    assert left(ana.views())


async def test_an_app_that_asked_is_told_of_a_closed_modal(slack: Sandbox, probe: Probe) -> None:
    ana = await press(slack, "Open")
    modal = await ana.modal()
    await ana.close(modal)
    assert ana.views() == []
    assert [body["view"]["id"] for body in probe.closed] == [modal["id"]]
    with pytest.raises(SlackApiError, match="not_found"):
        await probe.client.views_update(view_id=modal["id"], view=form())


@pytest.mark.parametrize("tab", ["home", "messages"])
async def test_a_home_needs_its_tab(slack: Sandbox, tab: str) -> None:
    plan: dict[str, Any] = {
        "display_information": {"name": "Homeless"},
        "features": {"app_home": {"home_tab_enabled": tab == "home"}},
    }
    async with Sandbox(plan) as other:
        client = Probe(other).client
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        if tab == "home":
            await client.views_publish(user_id="U0ANA00001", view=home)
            return
        with pytest.raises(SlackApiError, match="not_enabled"):
            await client.views_publish(user_id="U0ANA00001", view=home)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "update", "view": form(title=plain("Next"))},
        {"response_action": "push", "view": form(title=plain("Next"))},
        {"response_action": "errors", "errors": {"note": "No."}},
        {},
    ],
)
async def test_an_answer_to_a_modal_that_was_closed_meanwhile_opens_nothing(
    slack: Sandbox, client: AsyncWebClient, answer: Json
) -> None:
    ana, workspace = slack.person("ana"), slack.world.workspace
    asked = form(notify_on_close=False)
    asked["blocks"] = asked["blocks"][2:]
    async with Answering(slack, silent=True) as app:
        trigger = workspace.new_trigger(ana.id, seconds=3)
        view = (await client.views_open(trigger_id=trigger, view=asked))["view"]
        submitting = asyncio.ensure_future(ana.submit(view))
        sent = await app.frame("interactive")
        await ana.close(view)
        await app.socket.send_json({"envelope_id": sent["envelope_id"], "payload": answer})
        await submitting
    assert ana.views() == []
    assert workspace.views == {}


async def test_a_home_has_no_close_button(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    view = (await client.views_publish(user_id=ana.id, view={"type": "home", "blocks": []}))["view"]
    with pytest.raises(Refused, match="not_closable"):
        await ana.close(view)
