"""The rules of a workspace: read by everybody, changed by admins, every change on the record."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.domain.audit import AuditEntry, Deed
from bot.domain.people import ChannelMode, Mode, Tool
from storage import audit
from tests.conftest import Studio, studio_in
from tests.flows.reading import credits
from tests.flows.rules import rules
from tests.providers import FakeProvider


async def log(studio: Studio) -> list[AuditEntry]:
    """The audit log, newest first."""
    found = await studio.services.store.run(audit.newest, team_id=studio.slack.team_id, limit=None)
    return [entry for _, entry in found]


async def open_form(studio: Studio, name: str) -> Mapping[str, Any]:
    """Ana opens a section's form from her Home."""
    await studio.ana.home()
    home = await studio.ana.see_home(f"*{name}*")
    for block in home["blocks"]:
        accessory = block.get("accessory") or {}
        if accessory.get("accessibility_label") == f"Change… settings: {name}":
            await studio.ana.click(home, block["block_id"])
            return await studio.ana.modal()
    raise LookupError(name)


@pytest.mark.parametrize(
    ("section", "entered", "subject", "old", "new"),
    [
        ("Tools", {"mode_edit": "blocked"}, "mode: Editing", "ask", "blocked"),
        ("Models", {"model_ids": ["sketch/compose"]}, "models allowed", "all", "sketch/compose"),
        (
            "Models",
            {"default_model_id": "sketch/compose-2k"},
            "default model",
            "by task",
            "sketch/compose-2k",
        ),
        ("People and budgets", {"budget_credits": "250"}, "credits a month", "1000", "250"),
        (
            "People and budgets",
            {"person_day_credits": "20"},
            "credits a person and day",
            "no limit",
            "20",
        ),
        (
            "People and budgets",
            {"channel_month_credits": "90"},
            "credits a channel and month",
            "no limit",
            "90",
        ),
        ("People and budgets", {"approvers": ["U0BEN00001"]}, "approvers", "none", "U0BEN00001"),
        ("People and budgets", {"outsiders": ["guests"]}, "guests may spend", "no", "yes"),
        ("Keeping", {"lifetime_hours": "48"}, "hours a card waits", "as installed", "48"),
        ("Keeping", {"retention_days": "30"}, "days images are kept", "for good", "30"),
    ],
)
async def test_an_admin_changes_a_setting_and_the_log_has_old_and_new(
    studio: Studio, section: str, entered: dict[str, Any], subject: str, old: str, new: str
) -> None:
    form = await open_form(studio, section)
    answer = await studio.ana.submit(dict(form), entered)
    assert answer["response_action"] == "close"
    (entry,) = await log(studio)
    assert (entry.deed, entry.actor_id) == (Deed.SETTING_CHANGED, studio.ana.id)
    assert (entry.subject, entry.old, entry.new) == (subject, old, new)
    await studio.ana.see_home(subject)
    assert studio.slack.refusals == []


async def test_a_channel_is_given_a_mode_in_its_form(studio: Studio) -> None:
    form = await open_form(studio, "Channels")
    await studio.ana.choose(dict(form), "settings_channel", "C0DESIGN01")
    form = await studio.ana.see_modal("What I listen to there")
    answer = await studio.ana.submit(dict(form), {"settings_channel_mode": "requests"})
    assert answer["response_action"] == "close"
    workspace = await studio.services.workspace(studio.slack.team_id)
    assert workspace.channel_mode("C0DESIGN01") is ChannelMode.REQUESTS
    await studio.ana.see_home("Requests without a mention")
    assert studio.slack.refusals == []


async def test_the_command_opens_all_settings_and_their_forms_lie_on_top(studio: Studio) -> None:
    await studio.ana.command("/studio", "settings")
    page = await studio.ana.see_modal("People and budgets")
    keeping = next(
        block["block_id"]
        for block in page["blocks"]
        if (block.get("accessory") or {}).get("value") == "keeping"
    )
    await studio.ana.click(page, keeping)
    form = await studio.ana.see_modal("Days images are kept")
    await studio.ana.submit(form, {"retention_days": "7"})
    await studio.ana.see_modal("Images are deleted after 7 days")
    await studio.slack.quiet()
    assert studio.slack.refusals == []


async def test_who_is_no_admin_reads_the_settings_and_who_to_ask(studio: Studio) -> None:
    await studio.ben.command("/studio", "settings")
    page = await studio.ben.see_modal("ana can change that.")
    assert not [block for block in page["blocks"] if "accessory" in block]
    assert studio.slack.refusals == []


async def test_a_form_sent_by_somebody_else_changes_nothing(studio: Studio) -> None:
    await open_form(studio, "Tools")
    await studio.ana.submit(await studio.ana.modal(), {"mode_generate": "auto"})
    before = await studio.services.workspace(studio.slack.team_id)
    for text in ("channel off", "channel requests"):
        await studio.ben.command("/studio", text, channel="design")
        await studio.ben.see_notice("Only admins of this workspace can change its settings")
    assert await studio.services.workspace(studio.slack.team_id) == before


async def test_an_admin_who_is_none_any_more_cannot_save_what_is_open(studio: Studio) -> None:
    form = await open_form(studio, "Tools")
    studio.ana.user.is_admin = studio.ana.user.is_owner = False
    answer = await studio.ana.submit(dict(form), {"mode_generate": "auto"})
    assert answer["response_action"] == "errors"
    assert "Only admins" in str(answer["errors"])
    assert await log(studio) == []
    workspace = await studio.services.workspace(studio.slack.team_id)
    assert workspace.mode(Tool.GENERATE) is Mode.ASK


@pytest.mark.parametrize(
    ("section", "entered", "words"),
    [
        ("People and budgets", {"budget_credits": "99999999999"}, "Enter 0 to 10,000,000"),
        ("People and budgets", {"person_day_credits": "5000"}, "more than the 1,000"),
        ("People and budgets", {"approvers": ["U0CEM00001"]}, "cem may not spend credits"),
        (
            "Models",
            {"model_ids": ["sketch/compose"], "default_model_id": "sketch/compose-2k"},
            "not among those that may be used",
        ),
        ("Keeping", {"lifetime_hours": "0"}, "Enter 1 to 2,160 hours"),
        ("Keeping", {"retention_days": "100000"}, "Enter 1 to 3,650 days"),
    ],
)
async def test_what_is_wrong_stands_under_its_field(
    studio: Studio, section: str, entered: dict[str, Any], words: str
) -> None:
    form = await open_form(studio, section)
    answer = await studio.ana.submit(dict(form), entered)
    assert answer["response_action"] == "errors"
    assert words in str(answer["errors"])
    assert await log(studio) == []


async def test_two_admins_at_once_do_not_undo_each_other(studio: Studio) -> None:
    form = await open_form(studio, "People and budgets")
    await rules(studio, person_day_credits=5)
    answer = await studio.ana.submit(dict(form), {"budget_credits": "300"})
    assert answer["response_action"] == "update"
    again = await studio.ana.see_modal("changed the settings while you had this open")
    assert "credits a month: 1000 → 300" in str(again["blocks"])
    workspace = await studio.services.workspace(studio.slack.team_id)
    assert (workspace.budget_credits, workspace.person_day_credits) == (1000, 5)
    answer = await studio.ana.submit(again, {"person_day_credits": "5"})
    assert answer["response_action"] == "close"
    workspace = await studio.services.workspace(studio.slack.team_id)
    assert (workspace.budget_credits, workspace.person_day_credits) == (300, 5)
    assert studio.slack.refusals == []


async def test_the_command_sets_the_mode_of_its_channel(studio: Studio) -> None:
    await studio.ana.command("/studio", "channel off", channel="design")
    await studio.ana.see_notice("I do not work in this channel at all")
    await studio.ben.say("@aethera a red fox", channel="design")
    await studio.ben.see_notice("I am switched off in this channel")
    await studio.ben.command("/studio", "a red fox", channel="design")
    assert len(studio.slack.calls("chat.postMessage")) == 0
    await studio.ana.command("/studio", "channel mentions", channel="design")
    await studio.ben.say("@aethera a red fox", channel="design")
    await studio.ben.see("Approve", channel="design")
    assert [entry.subject for entry in await log(studio)] == 2 * ["channel C0DESIGN01"]


async def test_requests_without_a_mention_are_answered_where_the_channel_has_it(
    studio: Studio,
) -> None:
    await rules(studio, channel_modes={"C0DESIGN01": ChannelMode.REQUESTS})
    await studio.ana.say("lunch at noon?", channel="design")
    await studio.ana.say("I drew a fox yesterday", channel="design")
    said = await studio.ana.say("draw a poster of a lighthouse at night", channel="design")
    card = await studio.ana.see("Approve", channel="design")
    assert card["thread_ts"] == said["ts"]
    assert len(studio.slack.calls("chat.postMessage")) == 1
    await studio.ana.say("draw a poster of a lighthouse at night", channel="launch")
    await studio.ana.say("help")
    await studio.ana.see("I am Aethera")
    assert len(studio.slack.calls("chat.postMessage")) == 2


async def test_a_budget_that_is_too_short_can_be_asked_to_be_raised_once(studio: Studio) -> None:
    await rules(studio, budget_credits=1)
    await studio.ben.say("two variations of a fox logo")
    card = await studio.ben.see("Approve")
    await studio.ben.click(card, "Approve")
    notice = await studio.ben.see_notice("This costs 2 credits, but 1 credit of 1 is left")
    await studio.ben.click(notice, "Ask the admins")
    await studio.ben.see_notice("I asked ana for more credits")
    asked = await studio.ana.see(f"<@{studio.ben.id}> asks for more credits")
    assert "2 credits" in asked["text"]
    await studio.ben.click(notice, "Ask the admins")
    await studio.ben.see_notice("were asked about this card before")
    await studio.ana.click(asked, "Change budgets")
    form = await studio.ana.see_modal("Credits a month")
    await studio.ana.submit(form, {"budget_credits": "50"})
    await studio.ben.click(card, "Approve")
    await studio.ben.see("2 credits charged*")
    assert await credits(studio) == (2, 0)
    assert studio.slack.refusals == []


async def test_the_log_is_leafed_through_and_exported(studio: Studio) -> None:
    for hours in range(1, 26):
        await rules_logged(studio, hours)
    await studio.ana.home()
    home = await studio.ana.see_home("Audit log")
    await studio.ana.click(home, "audit_open")
    page = await studio.ana.modal()
    await studio.ana.click(page, "Older")
    page = await studio.ana.see_modal("as installed → 1")
    await studio.ana.click(page, "Export CSV")
    await studio.ana.see_modal("in our direct messages")
    sent = await studio.ana.see(lambda m: bool(m.get("files")))
    assert sent["files"][0]["name"] == "audit-all.csv"
    await studio.ben.home()
    assert "Audit log" not in str(await studio.ben.see_home("How to ask"))
    assert studio.slack.refusals == []


async def rules_logged(studio: Studio, hours: int) -> None:
    """Change the lifetime as Ana would."""
    from storage import workspaces

    before = await studio.services.workspace(studio.slack.team_id)
    after = before.model_copy(update={"lifetime_hours": float(hours)})
    assert await studio.services.store.run(
        workspaces.change_rules, before, after, by=studio.ana.id, at=studio.services.now()
    )
    studio.services.forget_rules(studio.slack.team_id)


async def test_a_change_in_the_moment_of_approving_counts(tmp_path: Path) -> None:
    async with studio_in(tmp_path, providers={"sketch": FakeProvider()}) as studio:
        await studio.ana.say("draw a red fox")
        card = await studio.ana.see("Approve")
        await asyncio.gather(
            studio.ana.click(card, "Approve"),
            rules(studio, modes={Tool.GENERATE: Mode.BLOCKED}),
            return_exceptions=True,
        )
        charged, held = await credits(studio)
        assert charged + held <= 1
