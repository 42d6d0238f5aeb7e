"""A canvas among people: who may read and change it, the file it is, its pictures and its link."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Refused, Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.desk import (
    BOARD,
    DESIGN,
    GENERAL,
    canvas_manifest,
    client_of,
    edit,
    link,
    made,
    said,
    section,
)
from tests.bot.sandbox.test_files import PNG

Json = dict[str, Any]
ANA, BEN = "U0ANA00001", "U0BEN00001"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(canvas_manifest()) as started:
        yield started


@pytest.fixture
async def client(slack: Sandbox) -> AsyncWebClient:
    return client_of(slack)


async def test_a_canvas_is_for_those_it_was_shared_with(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana, ben, cem = (slack.person(name) for name in ("ana", "ben", "cem"))
    canvas_id = await ana.write_canvas("Plan", BOARD)
    for call in (client.canvases_getContent, client.canvases_delete):
        with pytest.raises(SlackApiError, match="canvas_not_found"):
            await call(canvas_id=canvas_id)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_info(file=canvas_id)
    with pytest.raises(Refused, match="no canvas"):
        ben.canvas_markdown(canvas_id)
    await ana.share_canvas(canvas_id, "design")
    assert ben.canvas_markdown(canvas_id) == await said(client, canvas_id) == f"# Plan\n\n{BOARD}"
    with pytest.raises(Refused, match="no canvas"):
        cem.canvas_markdown(canvas_id)
    with pytest.raises(SlackApiError, match="restricted_action"):
        await edit(client, canvas_id, "insert_at_end", "x")
    with pytest.raises(SlackApiError, match="restricted_action"):
        await client.canvases_delete(canvas_id=canvas_id)
    await ana.share_canvas(canvas_id, "design", access="write")
    await edit(client, canvas_id, "insert_at_end", "x")
    with pytest.raises(SlackApiError, match="restricted_action"):
        await client.canvases_delete(canvas_id=canvas_id)


async def test_a_channels_own_canvas_goes_with_the_channel(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana, cem = slack.person("ana"), slack.person("cem")
    here = await ana.write_canvas("Here", "text", channel="design")
    there = await ana.write_canvas("There", "text", channel="general")
    await edit(client, here, "insert_at_end", "more")
    assert ana.canvas_markdown(here) == "# Here\n\ntext\n\nmore"
    with pytest.raises(SlackApiError, match="canvas_not_found"):
        await edit(client, there, "insert_at_end", "more")
    assert cem.canvas_markdown(there)
    with pytest.raises(SlackApiError, match="canvas_not_found"):
        await client.canvases_access_set(canvas_id=here, access_level="read", channel_ids=[DESIGN])
    second = await ana.write_canvas("Tab", "text", channel="design")
    assert (await client.conversations_info(channel=DESIGN))["channel"]["properties"]["canvas"][
        "file_id"
    ] == here
    await edit(client, second, "insert_at_end", "more")


async def test_access_is_granted_to_channels(slack: Sandbox, client: AsyncWebClient) -> None:
    canvas_id = await made(client)
    ben = slack.person("ben")
    await client.canvases_access_set(canvas_id=canvas_id, access_level="read", channel_ids=[DESIGN])
    with pytest.raises(Refused, match="may not do that"):
        await ben.edit_canvas(canvas_id, "insert_at_end", "x")
    await client.canvases_access_set(
        canvas_id=canvas_id, access_level="write", channel_ids=[DESIGN]
    )
    await ben.edit_canvas(canvas_id, "insert_at_end", "x")
    await client.canvases_access_delete(canvas_id=canvas_id, channel_ids=[DESIGN])
    with pytest.raises(Refused, match="no canvas"):
        ben.canvas_markdown(canvas_id)


async def test_access_is_granted_to_people_who_were_sent_it(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    canvas_id = await made(client)
    ana = slack.person("ana")
    with pytest.raises(SlackApiError, match="failed_to_update_user_ids"):
        await client.canvases_access_set(canvas_id=canvas_id, access_level="write", user_ids=[ANA])
    await client.chat_postMessage(channel=ANA, text=await link(client, canvas_id))
    assert ana.canvas_markdown(canvas_id) == BOARD
    await client.canvases_access_set(canvas_id=canvas_id, access_level="write", user_ids=[ANA])
    await ana.edit_canvas(canvas_id, "insert_at_end", "x")
    await client.canvases_access_set(canvas_id=canvas_id, access_level="owner", user_ids=[ANA])
    with pytest.raises(SlackApiError, match="restricted_action"):
        await client.canvases_delete(canvas_id=canvas_id)
    await ana.delete_canvas(canvas_id)


GRANTS: list[tuple[Json, str]] = [
    ({"access_level": "read"}, "invalid_parameters"),
    ({"access_level": "read", "channel_ids": DESIGN, "user_ids": ANA}, "invalid_parameters"),
    ({"access_level": "edit", "channel_ids": DESIGN}, "invalid_arguments"),
    ({"access_level": "owner", "channel_ids": DESIGN}, "invalid_arguments"),
    ({"access_level": "owner", "user_ids": f"{ANA},{BEN}"}, "invalid_arguments"),
    ({"access_level": "read", "channel_ids": "C0NOWHERE1"}, "channel_not_found"),
    ({"access_level": "read", "channel_ids": "D0ANA00001"}, "channel_not_found"),
    ({"access_level": "read", "channel_ids": GENERAL}, "no_permission"),
    ({"access_level": "read", "user_ids": "U0NOBODY01"}, "user_not_found"),
    ({"access_level": "read", "user_ids": ",".join([ANA] * 21)}, "invalid_arguments"),
]


@pytest.mark.parametrize(("arguments", "code"), GRANTS)
async def test_a_grant_that_is_not_sound_is_refused(
    client: AsyncWebClient, arguments: Json, code: str
) -> None:
    canvas_id = await made(client)
    with pytest.raises(SlackApiError) as refusal:
        await client.canvases_access_set(canvas_id=canvas_id, **arguments)
    assert refusal.value.response["error"] == code


async def test_only_what_was_granted_is_taken_back(client: AsyncWebClient) -> None:
    canvas_id = await made(client)
    for arguments, code in (
        ({}, "invalid_parameters"),
        ({"channel_ids": DESIGN}, "channel_not_found"),
        ({"user_ids": ANA}, "user_not_found"),
    ):
        with pytest.raises(SlackApiError, match=code):
            await client.canvases_access_delete(canvas_id=canvas_id, **arguments)


async def test_a_canvas_is_a_file(slack: Sandbox, client: AsyncWebClient) -> None:
    canvas_id = await made(client, title="Spring launch", channel_id=DESIGN)
    said_too = await slack.person("ana").say("look", channel="design", files=[PNG])
    file = (await client.files_info(file=canvas_id))["file"]
    expected = {
        "name": "Spring_launch",
        "title": "Spring launch",
        "mimetype": "application/vnd.slack-docs",
        "filetype": "quip",
        "pretty_type": "Canvas",
        "mode": "quip",
        "access": "owner",
        "permalink": f"{slack.url}/docs/{slack.team_id}/{canvas_id}",
        "channels": [DESIGN],
    }
    assert {name: file[name] for name in expected} == expected
    assert file["shares"]["public"][DESIGN][0]["source"] == "CHANNEL_TAB"

    async def listed(**more: Any) -> list[str]:
        return [one["id"] for one in (await client.files_list(**more))["files"]]

    picture = said_too["files"][0]["id"]
    assert await listed(types="canvas") == [canvas_id]
    assert await listed(types="images") == [picture]
    assert await listed(types="canvas,images", channel=DESIGN) == [picture, canvas_id]
    with pytest.raises(SlackApiError, match="unknown_type"):
        await listed(types="canvass")


@pytest.mark.parametrize(("without", "is_given"), [("", True), ("files:read", False)])
async def test_its_download_is_html(without: str, is_given: bool) -> None:
    async with Sandbox(canvas_manifest(without=without)) as slack:
        canvas_id = await slack.person("ana").write_canvas(
            "Plan",
            "## *A* & b\n\n- [x] done\n\n|a|\n|-|\n|[x](https://x.example.com)|\n\n![](@U0ANA00001)",
            channel="design",
        )
        url = f"{slack.url}/files-pri/{slack.team_id}-{canvas_id}/download/canvas"
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
            html = await answer.text()
        assert answer.content_type == "text/html"
        assert ("Sign in" not in html) is is_given
        if not is_given:
            return
        client = client_of(slack)
        assert html == await said(client, canvas_id, "html")
        assert html.startswith('<div class="quip-canvas-content"><h1 id="temp:C:')
        for part in (
            "<i>A</i> &amp; b</h2>",
            '<div data-section-style="7"><ul><li id="temp:C:',
            '" class="checked" value="1"><span',
            '<lnk href="https://x.example.com">x</lnk></p></td></tr></table>',
            '<control data-remapped="true"><a>@U0ANA00001</a></control>',
        ):
            assert part in html
        cell = await section(client, canvas_id, "x")
        assert f'<td><p id="{cell}" class="line">' in html


async def test_a_picture_comes_from_the_web_or_from_a_file_the_app_may_see(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    shared = (await ana.say("mine", channel="design", files=[PNG]))["files"][0]
    room = slack.add_channel("secret", members=["ana"], private=True)
    hidden = (await ana.say("mine", channel=room, files=[PNG]))["files"][0]
    canvas_id = await made(client, "Pictures:")
    await edit(client, canvas_id, "insert_at_end", "![a dot](https://cdn.example.com/dot.png)")
    await edit(client, canvas_id, "insert_at_end", f"![a dot]({shared['permalink']})")
    html = await said(client, canvas_id, "html")
    assert '<img src="https://cdn.example.com/dot.png" alt="a dot">' in html
    assert f'class="embedded-file">File ID: {shared["id"]}, File URL: {shared["permalink"]}' in html
    for url, words in (
        (hidden["permalink"], f"File {hidden['id']} was not found"),
        (shared["url_private"], "neither public nor a permalink"),
    ):
        with pytest.raises(SlackApiError, match=words):
            await edit(client, canvas_id, "insert_at_end", f"![a dot]({url})")


async def test_a_picture_that_is_not_processed_yet_is_refused() -> None:
    async with Sandbox(canvas_manifest(), file_processing_seconds=60) as slack:
        client = client_of(slack)
        place = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
        async with aiohttp.ClientSession() as session:
            await session.post(str(place["upload_url"]), data=PNG)
        file_id = str(place["file_id"])
        await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=DESIGN)
        picture = f"![a dot]({await link(client, file_id)})"
        with pytest.raises(SlackApiError, match=f"File {file_id} is not processed yet"):
            await made(client, picture)
        slack.advance(61)
        await made(client, picture)


async def test_references_to_people_channels_messages_and_canvases_are_taken(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    other = await made(client, "other")
    posted = await client.chat_postMessage(channel=DESIGN, text="hello")
    permalink = (await client.chat_getPermalink(channel=DESIGN, message_ts=str(posted["ts"])))[
        "permalink"
    ]
    lines = (
        "![](@U0ANA00001)",
        "by ![](#C0DESIGN01) and ![](@U0BEN00001)",
        f"![]({permalink})",
        f"![]({await link(client, other)})",
        f"![]({slack.url}/team/{BEN})",
        "![](https://example.com)",
    )
    canvas_id = await made(client, "\n\n".join(lines))
    assert await said(client, canvas_id) == "\n\n".join(lines)


async def test_a_link_in_a_message_shows_and_shares_the_canvas(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    canvas_id = await made(client, title="Plan")
    ben = slack.person("ben")
    block = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": f"<{await link(client, canvas_id)}|the plan>"},
    }
    await client.chat_postMessage(channel=DESIGN, text="Read it", blocks=[block])
    message = await ben.see("Read it", channel="design")
    assert [(file["id"], file["mode"]) for file in message["files"]] == [(canvas_id, "quip")]
    assert ben.canvas_markdown(canvas_id).startswith("# Plan")
    mine = await ben.write_canvas("Mine", "x")
    posted = await client.chat_postMessage(
        channel=DESIGN, text=f"{slack.url}/docs/{slack.team_id}/{mine}"
    )
    assert "files" not in posted["message"]


async def test_the_app_hears_of_changes_to_canvases_it_may_read(slack: Sandbox) -> None:
    ana = slack.person("ana")
    async with Answering(slack) as app:
        private = await ana.write_canvas("Mine", "x")
        canvas_id = await ana.write_canvas("Ours", "x", channel="design")
        await ana.edit_canvas(private, "insert_at_end", "y")
        await ana.edit_canvas(canvas_id, "insert_at_end", "y")
        await ana.delete_canvas(canvas_id)
        await app.until(lambda f: "file_deleted" in str(f.get("payload")))
        changed = [event["file_id"] for event in app.events("file_change")]
        deleted = [event["file_id"] for event in app.events("file_deleted")]
    assert (changed, deleted) == ([canvas_id] * 2, [canvas_id])


async def test_people_write_change_and_move_what_is_in_a_canvas(slack: Sandbox) -> None:
    ana = slack.person("ana")
    canvas_id = await ana.write_canvas("Plan", "# A\n\nb\n\n# C", channel="design")
    await ana.edit_canvas(canvas_id, "move", section="C")
    await ana.edit_canvas(canvas_id, "move", section="A", after="b")
    await ana.edit_canvas(canvas_id, "rename", "Plan *B*")
    assert ana.canvas_markdown(canvas_id) == "# Plan *B*\n\n# C\n\nb\n\n# A"
    with pytest.raises(LookupError, match="no section"):
        await ana.edit_canvas(canvas_id, "delete", section="Z")
    with pytest.raises(Refused, match="Unsupported heading depth"):
        await ana.edit_canvas(canvas_id, "insert_at_end", "#### x")
    slack.free_plan(True)
    with pytest.raises(Refused, match="on a free plan canvases belong to a channel"):
        await ana.write_canvas("Alone", "x")
    with pytest.raises(Refused, match="on a free plan a channel has one canvas"):
        await ana.write_canvas("Second", "x", channel="design")


async def control(slack: Sandbox, name: str, **body: Any) -> tuple[int, Json]:
    """A call of the control interface as Ana."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{name}", json={"user": ANA, **body}) as answer,
    ):
        return answer.status, await answer.json()


async def test_the_page_reads_and_changes_canvases(slack: Sandbox, client: AsyncWebClient) -> None:
    _, answer = await control(
        slack, "canvas_write", title="Plan", markdown="a ![](@U0BEN00001)", channel=DESIGN
    )
    canvas = answer["canvas"]
    first = canvas["sections"][0]
    assert canvas["access"] == "owner" and canvas["own_of"] == DESIGN
    embed = {"kind": "user", "id": BEN, "url": "@U0BEN00001"}
    assert first["words"] == [{"text": "a "}, {"text": "", "embed": embed}]
    change = {"canvas": canvas["id"], "operation": "replace", "section_id": first["id"]}
    status, answer = await control(slack, "canvas_edit", markdown="b", **change)
    assert (status, answer["canvas"]["sections"][0]["markdown"]) == (200, "b")
    status, answer = await control(slack, "canvas_edit", markdown="c", **change)
    assert (status, answer["error"]) == (409, "section_changed")
    status, answer = await control(slack, "canvas_edit", canvas=canvas["id"], operation="grow")
    assert (status, answer["error"]) == (400, "invalid_operation")
    async with aiohttp.ClientSession() as session:
        url = f"{slack.url}/control/canvases?user={BEN}&channel={DESIGN}"
        async with session.get(url) as listed:
            canvases = (await listed.json())["canvases"]
        assert [(c["id"], c["title"], c["access"]) for c in canvases] == [
            (canvas["id"], "Plan", "write")
        ]
    assert (await control(slack, "plan", free=True))[0] == 200
    status, answer = await control(slack, "canvas_write", title="x")
    assert answer["error"] == "free_teams_cannot_create_standalone_canvases"


async def test_watchers_see_a_canvas_change_and_go(slack: Sandbox, client: AsyncWebClient) -> None:
    ben = slack.person("ben")
    frames: list[Json] = []
    stop = slack.world.stream.watch(ben.id, frames.append)
    canvas_id = await made(client, "x", channel_id=DESIGN)
    await edit(client, canvas_id, "insert_at_end", "y")
    await client.canvases_access_delete(canvas_id=canvas_id, channel_ids=[DESIGN])
    stop()
    kinds = [frame["type"] for frame in frames if frame["type"].startswith("canvas")]
    assert kinds == ["canvas", "canvas", "canvas_gone"]
    (last, gone) = [frame for frame in frames if frame["type"].startswith("canvas")][1:]
    assert [one["markdown"] for one in last["canvas"]["sections"]] == ["x", "y"]
    assert gone["id"] == canvas_id


async def test_content_is_asked_for_by_a_known_type(client: AsyncWebClient) -> None:
    canvas_id = await made(client)
    with pytest.raises(SlackApiError, match="content_type is markdown or html"):
        await said(client, canvas_id, "pdf")
    with pytest.raises(SlackApiError, match="document_content must have"):
        await client.canvases_create(document_content={"type": "html", "markdown": "x"})
    with pytest.raises(SlackApiError, match="must be JSON"):
        await client.api_call("canvases.create", data={"document_content": "no JSON"})
