"""What the gateway asks of Slack: several files in one message, their end, modals, people."""

import pytest
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.models.views import View

from bot.errors import SlackError, SlackUnavailable
from bot.sandbox import Sandbox
from bot.slack.file_calls import MAX_FILES
from bot.slack.gateway import Slack
from tests.bot.slack.conftest import gateway_to, manifest
from tests.bot.slack.pictures import png

DESIGN = "C0DESIGN01"


async def uploaded(slack: Slack, name: str = "fox") -> str:
    data = png()
    file_id, address = await slack.begin_upload(
        filename=f"{name}.png", size_bytes=len(data), alt_text=f"AI-generated image: {name}"
    )
    await slack.send_bytes(address, data)
    return file_id


async def test_several_files_stand_in_one_message_in_their_order(
    sandbox: Sandbox, slack: Slack
) -> None:
    ana = sandbox.person("ana")
    asked = await ana.say("three foxes", channel="design")
    files = [(await uploaded(slack, name), name.title()) for name in ("one", "two", "three")]
    await slack.share_many(files, channel_id=DESIGN, thread_ts=asked["ts"], comment="Three foxes")
    posted = await ana.see(lambda m: bool(m.get("files")), channel="design")
    assert [file["title"] for file in posted["files"]] == ["One", "Two", "Three"]
    assert posted["text"] == "Three foxes"
    assert posted["thread_ts"] == asked["ts"]
    assert len(sandbox.calls("files.completeUploadExternal")) == 1


@pytest.mark.parametrize("count", [0, MAX_FILES + 1])
async def test_a_message_carries_one_to_ten_files(slack: Slack, count: int) -> None:
    files = [("F0NOTHING1", "x")] * count
    with pytest.raises(ValueError, match="1 to 10"):
        await slack.share_many(files, channel_id=DESIGN, thread_ts=None, comment="")


async def test_a_deleted_file_is_gone_and_deleting_it_again_is_no_error(
    sandbox: Sandbox, slack: Slack
) -> None:
    file_id = await uploaded(slack)
    await slack.share(file_id, title="Fox", channel_id=DESIGN, thread_ts=None, comment="a fox")
    ana = sandbox.person("ana")
    posted = await ana.see(lambda m: bool(m.get("files")), channel="design")
    await slack.delete_file(file_id)
    assert ana.refresh(posted)["files"] == [{"id": file_id, "mode": "tombstone"}]
    await slack.delete_file(file_id)
    await slack.delete_file("F0NOTHING1")
    assert await slack.described_file(file_id) is None


async def test_somebody_elses_file_is_not_deleted(sandbox: Sandbox, slack: Slack) -> None:
    theirs = await sandbox.person("ana").say("mine", channel="design", files=[png()])
    with pytest.raises(SlackError) as refusal:
        await slack.delete_file(theirs["files"][0]["id"])
    assert refusal.value.code == "cant_delete_file"


async def test_a_file_is_ready_once_slack_has_looked_at_it(sandbox: Sandbox, slack: Slack) -> None:
    file_id = await uploaded(slack)
    await slack.share(file_id, title="Fox", channel_id=DESIGN, thread_ts=None, comment="a fox")
    young = await slack.described_file(file_id)
    assert young is not None and not young.is_ready
    sandbox.advance(1)
    file = await slack.described_file(file_id)
    assert file is not None and file.is_ready
    assert (file.mime, file.title, file.width_px, file.mode) == ("image/png", "Fox", 24, "hosted")
    assert file.permalink.startswith(f"{sandbox.url}/files/")


def modal(title: str) -> View:
    return View(type="modal", title=title, blocks=[SectionBlock(text=title)])


async def test_a_modal_is_laid_over_another_and_changed_with_and_without_a_hash(
    sandbox: Sandbox, slack: Slack
) -> None:
    ana, home = sandbox.person("ana"), sandbox.world.workspace
    await slack.open_view(home.new_trigger(ana.id, seconds=3), modal("Below"))
    below = await ana.modal()
    await slack.push_view(home.new_trigger(ana.id, seconds=3, view_id=below["id"]), modal("Above"))
    assert [view["title"]["text"] for view in ana.views()] == ["Below", "Above"]
    await slack.update_view(below["id"], below["hash"], modal("Changed"))
    with pytest.raises(SlackError) as refusal:
        await slack.update_view(below["id"], below["hash"], modal("Late"))
    assert refusal.value.code == "hash_conflict"
    await slack.update_view(below["id"], None, modal("Insistent"))
    assert [view["title"]["text"] for view in ana.views()] == ["Insistent", "Above"]


async def test_a_direct_message_is_opened_once(sandbox: Sandbox, slack: Slack) -> None:
    ana = sandbox.person("ana")
    assert await slack.open_dm(ana.id) == ana.dm == await slack.open_dm(ana.id)
    with pytest.raises(SlackError) as refusal:
        await slack.open_dm("U0NOBODY01")
    assert refusal.value.code == "user_not_found"


async def test_admins_are_listed_once_without_bots_leavers_and_strangers(
    sandbox: Sandbox, slack: Slack
) -> None:
    users = sandbox.world.workspace.users
    for name in ("cem", "dee"):
        sandbox.person(name).user.is_admin = True
    users[sandbox.bot_user_id].is_admin = True
    sandbox.person("cem").user.deleted = True
    expected = [user.name for user in users.values() if user.is_admin or user.is_owner]
    expected = [name for name in expected if name not in ("cem", "dee", "aethera")]
    found = await slack.admins(team_id=sandbox.team_id)
    assert [person.name for person in found] == expected != []
    assert await slack.admins(team_id=sandbox.team_id, limit=0) == ()
    assert len(sandbox.calls("users.list")) == 1


async def test_of_a_large_workspace_only_some_pages_are_asked_for_admins(
    sandbox: Sandbox, slack: Slack
) -> None:
    for number in range(1200):
        sandbox.add_person(f"P{number}")
    await slack.admins(team_id=sandbox.team_id)
    assert len(sandbox.calls("users.list")) == 5


async def test_a_refusal_says_which_scope_is_lacking() -> None:
    async with Sandbox(manifest(without="im:write")) as sandbox, gateway_to(sandbox) as slack:
        with pytest.raises(SlackError) as refusal:
            await slack.open_dm(sandbox.person("ana").id)
    assert refusal.value.code == "missing_scope"
    assert "im:write" in refusal.value.detail


async def test_a_call_that_slack_limits_says_how_long_to_wait(
    sandbox: Sandbox, slack: Slack
) -> None:
    sandbox.fault("files.delete", retry_after=7)
    with pytest.raises(SlackUnavailable) as refusal:
        await slack.delete_file("F0NOTHING1")
    assert refusal.value.retry_after_seconds == 7
