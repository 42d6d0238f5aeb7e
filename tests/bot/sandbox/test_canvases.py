"""The canvas methods with Slack's own client: making, changing, looking up, reading, refusing."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.desk import (
    BOARD,
    DESIGN,
    GENERAL,
    canvas_manifest,
    client_of,
    content,
    edit,
    link,
    made,
    said,
    section,
)

Json = dict[str, Any]


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(canvas_manifest()) as started:
        yield started


@pytest.fixture
async def client(slack: Sandbox) -> AsyncWebClient:
    return client_of(slack)


async def test_what_was_written_is_read_with_its_title_first(client: AsyncWebClient) -> None:
    canvas_id = await made(client, title="Spring  launch")
    assert canvas_id.startswith("F")
    assert await said(client, canvas_id) == f"# Spring launch\n\n{BOARD}"


async def test_a_canvas_may_begin_empty_and_untitled(client: AsyncWebClient) -> None:
    canvas_id = str((await client.canvases_create())["canvas_id"])
    assert await said(client, canvas_id) == ""
    assert (await client.files_info(file=canvas_id))["file"]["title"] == "Untitled"


OPERATIONS: list[tuple[str, str, str, str]] = [
    ("insert_at_start", "", "New", "New\n\n# A\n\nb\n\n## C"),
    ("insert_at_end", "", "New", "# A\n\nb\n\n## C\n\nNew"),
    ("insert_after", "A", "New", "# A\n\nNew\n\nb\n\n## C"),
    ("insert_before", "C", "New", "# A\n\nb\n\nNew\n\n## C"),
    ("replace", "b", "- New\n- Two", "# A\n\n- New\n- Two\n\n## C"),
    ("replace", "", "New", "New"),
    ("delete", "b", "", "# A\n\n## C"),
]


@pytest.mark.parametrize(("operation", "where", "markdown", "expected"), OPERATIONS)
async def test_one_change_is_made_where_it_says(
    client: AsyncWebClient, operation: str, where: str, markdown: str, expected: str
) -> None:
    canvas_id = await made(client, "# A\n\nb\n\n## C")
    more = {"section_id": await section(client, canvas_id, where)} if where else {}
    await edit(client, canvas_id, operation, markdown, **more)
    assert await said(client, canvas_id) == expected


async def test_a_canvas_is_renamed(client: AsyncWebClient) -> None:
    canvas_id = await made(client, "text", title="Old")
    await edit(client, canvas_id, "rename", "Project Status :white_check_mark:")
    assert await said(client, canvas_id) == "# Project Status :white_check_mark:\n\ntext"


async def test_an_item_is_checked_off_in_its_place(client: AsyncWebClient) -> None:
    canvas_id = await made(client, "- [ ] a\n  - [ ] b\n- [ ] c")
    b = await section(client, canvas_id, "b")
    await edit(client, canvas_id, "replace", "- [x] b\n", section_id=b)
    assert await said(client, canvas_id) == "- [ ] a\n    - [x] b\n- [ ] c"


async def test_a_cell_is_replaced_by_its_own_id(client: AsyncWebClient) -> None:
    canvas_id = await made(client, "|Item|Status|\n|-|-|\n|Hero|waiting|\n|Social|waiting too|")
    cell = await section(client, canvas_id, "waiting too")
    await edit(client, canvas_id, "replace", "**done** | paid", section_id=cell)
    assert "| Social | **done** \\| paid |" in await said(client, canvas_id)
    await section(client, canvas_id, "Hero")
    other = await section(client, canvas_id, "waiting")
    for operation, markdown in (("delete", ""), ("insert_after", "x"), ("replace", "- a\n- b")):
        with pytest.raises(SlackApiError, match="is a table cell"):
            await edit(client, canvas_id, operation, markdown, section_id=other)


async def test_ids_are_as_good_as_the_sections_they_name(client: AsyncWebClient) -> None:
    canvas_id = await made(client)
    hero = await section(client, canvas_id, "Hero", "h2")
    mug = await section(client, canvas_id, "mug")
    await edit(client, canvas_id, "insert_after", "Second.", section_id=hero)
    await edit(client, canvas_id, "insert_after", "First.", section_id=hero)
    assert "## Hero\n\nFirst.\n\nSecond.\n\nThe mug" in await said(client, canvas_id)
    await edit(client, canvas_id, "replace", "Another mug.", section_id=mug)
    with pytest.raises(SlackApiError, match=f"Section {mug} was not found"):
        await edit(client, canvas_id, "insert_after", "Late.", section_id=mug)
    await edit(client, canvas_id, "replace", BOARD)
    with pytest.raises(SlackApiError, match=f"Section {hero} was not found"):
        await edit(client, canvas_id, "insert_after", "Late.", section_id=hero)
    assert hero.startswith("temp:C:") and len(hero) == len("temp:C:eBa219af721c664422cb90a52fac")


async def test_a_heading_that_somebody_removed_is_not_found_any_more(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    canvas_id = await made(client)
    ana = slack.person("ana")
    await client.chat_postMessage(channel=DESIGN, text=await link(client, canvas_id))
    await client.canvases_access_set(
        canvas_id=canvas_id, access_level="write", channel_ids=[DESIGN]
    )
    hero = await section(client, canvas_id, "Hero", "h2")
    await ana.edit_canvas(canvas_id, "delete", section="Hero")
    with pytest.raises(SlackApiError, match="was not found"):
        await edit(client, canvas_id, "insert_after", "x", section_id=hero)
    answer = await client.canvases_sections_lookup(
        canvas_id=canvas_id, criteria={"section_types": ["h2"], "contains_text": "Hero"}
    )
    assert answer["sections"] == []


async def test_the_title_is_a_heading_that_only_renaming_changes(client: AsyncWebClient) -> None:
    canvas_id = await made(client, "# Other", title="Launch")
    title = await section(client, canvas_id, "Launch", "h1")
    await edit(client, canvas_id, "insert_after", "Begin.", section_id=title)
    assert await said(client, canvas_id) == "# Launch\n\nBegin.\n\n# Other"
    for operation, markdown in (("replace", "x"), ("insert_before", "x"), ("delete", "")):
        with pytest.raises(SlackApiError, match="is the title"):
            await edit(client, canvas_id, operation, markdown, section_id=title)


TEXT = content("x")
CHANGES: list[tuple[Any, str]] = [
    ([], "exactly one change"),
    ([{"operation": "insert_at_end", "document_content": TEXT}] * 2, "exactly one change"),
    (["insert"], "exactly one change"),
    ([{"operation": "append", "document_content": TEXT}], "no such operation: append"),
    ([{"document_content": TEXT}], "no such operation"),
    ([{"operation": "insert_after", "document_content": TEXT}], "insert_after needs section_id"),
    ([{"operation": "delete"}], "delete needs section_id"),
    ([{"operation": "insert_at_end"}], "document_content must have type markdown"),
    ([{"operation": "insert_at_end", "document_content": "x"}], "document_content must have"),
    (
        [{"operation": "insert_at_end", "document_content": {"type": "html", "markdown": "x"}}],
        "document_content must have",
    ),
    (
        [{"operation": "insert_at_end", "document_content": {"type": "markdown"}}],
        "document_content must have",
    ),
    (
        [{"operation": "insert_at_end", "document_content": {**TEXT, "blocks": []}}],
        "document_content must have",
    ),
    (
        [{"operation": "insert_at_end", "document_content": TEXT, "section_id": "temp:C:a"}],
        "insert_at_end takes no section_id",
    ),
    ([{"operation": "rename", "document_content": TEXT}], "rename takes no document_content"),
    ([{"operation": "rename"}], "title_content must have"),
    (
        [{"operation": "replace", "document_content": TEXT, "title_content": TEXT}],
        "replace takes no title_content",
    ),
    (
        [{"operation": "insert_at_end", "document_content": TEXT, "blocks": []}],
        "unsupported: \\['blocks'\\]",
    ),
]


@pytest.mark.parametrize(("changes", "words"), CHANGES)
async def test_a_malformed_change_is_refused(
    client: AsyncWebClient, changes: Any, words: str
) -> None:
    canvas_id = await made(client, "as it was")
    with pytest.raises(SlackApiError, match=words) as refusal:
        await client.canvases_edit(canvas_id=canvas_id, changes=changes)
    assert refusal.value.response["error"] == "invalid_arguments"
    assert await said(client, canvas_id) == "as it was"


FAILING: list[tuple[str, str]] = [
    ("> - a", "'content' error: line 1: Unsupported block type (List) within block quote"),
    ("a\n\n#### b", "'content' error: line 3: Unsupported heading depth (4)"),
    ("|a|\n|-|\n" + "|x|\n" * 300, "'content' error: line 1: Table has 301 cells"),
    ("<@U0ANA00001>", "'content' error: line 1: Unsupported input (<@U0ANA00001>)"),
    ("![](@U0NOBODY01)", "'content' error: line 1: User U0NOBODY01 was not found"),
    ("![](#C0NOWHERE1)", "'content' error: line 1: Channel C0NOWHERE1 was not found"),
    ("![a](http://127.0.0.1:1/a.png)", "'content' error: line 1: Unsupported image or link"),
    ("![a](http://localhost/a.png)", "'content' error: line 1: Unsupported image or link"),
    ("![a](http://10.0.0.8/a.png)", "'content' error: line 1: Unsupported image or link"),
    ("![a](https://box.internal/a.png)", "'content' error: line 1: Unsupported image or link"),
    ("![a](a.png)", "'content' error: line 1: Unsupported image or link"),
    ("![a](data:image/png;base64,AAAA)", "'content' error: line 1: Unsupported image or link"),
    ("![a](file:///etc/a.png)", "'content' error: line 1: Unsupported image or link"),
    ("![a]()", "'content' error: line 1: Unsupported image or link"),
    (
        "![a](https://northwind.slack.com/files/U0ANA00001/F0ABCDEF12/a.png)",
        "'content' error: line 1: Unsupported image or link",
    ),
]


@pytest.mark.parametrize(("markdown", "detail"), FAILING)
async def test_content_that_a_canvas_cannot_hold_fails_with_a_detail(
    client: AsyncWebClient, markdown: str, detail: str
) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await made(client, markdown)
    assert refusal.value.response["error"] == "canvas_creation_failed"
    assert refusal.value.response["detail"].startswith(detail)
    canvas_id = await made(client, "as it was")
    with pytest.raises(SlackApiError) as refusal:
        await edit(client, canvas_id, "insert_at_end", markdown)
    assert refusal.value.response["error"] == "canvas_editing_failed"
    assert refusal.value.response["detail"].startswith(detail)
    assert await said(client, canvas_id) == "as it was"


@pytest.mark.parametrize("title", ["# No", "a\n\nb", "![](@U0ANA00001)", ""])
async def test_a_title_is_one_line_of_text(client: AsyncWebClient, title: str) -> None:
    canvas_id = await made(client, "text", title="Old")
    change = {"operation": "rename", "title_content": content(title)}
    with pytest.raises(SlackApiError, match="a title is one line of text"):
        await client.canvases_edit(canvas_id=canvas_id, changes=[change])


@pytest.mark.parametrize("operation", ["insert_at_end", "insert_at_start"])
async def test_nothing_cannot_be_inserted(client: AsyncWebClient, operation: str) -> None:
    canvas_id = await made(client, "text")
    change = {"operation": operation, "document_content": content("\n")}
    with pytest.raises(SlackApiError, match="there is no content"):
        await client.canvases_edit(canvas_id=canvas_id, changes=[change])


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_a_canvas_holds_a_mebibyte(client: AsyncWebClient) -> None:
    half = "x" * (1 << 19)
    canvas_id = await made(client, half)
    for markdown in ("x" * ((1 << 20) + 1), half):
        with pytest.raises(SlackApiError, match="canvas_too_large"):
            await edit(client, canvas_id, "insert_at_end", markdown)
    assert await said(client, canvas_id) == half


CRITERIA: list[Any] = [
    {},
    {"section_types": []},
    {"section_types": ["h4"]},
    {"section_types": "h1"},
    {"section_types": ["h1", "h2", "h3", "any_header"]},
    {"contains_text": ""},
    {"contains_text": 7},
    {"text": "x"},
    ["h1"],
]


@pytest.mark.parametrize("criteria", CRITERIA)
async def test_a_lookup_needs_sound_criteria(client: AsyncWebClient, criteria: Any) -> None:
    canvas_id = await made(client)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.canvases_sections_lookup(canvas_id=canvas_id, criteria=criteria)


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("canvases:write", "canvases.create", {}),
        ("canvases:write", "conversations.canvases.create", {"channel_id": DESIGN}),
        ("canvases:write", "canvases.edit", {"canvas_id": "F0", "changes": []}),
        ("canvases:write", "canvases.delete", {"canvas_id": "F0"}),
        ("canvases:read", "canvases.getContent", {"canvas_id": "F0"}),
        ("canvases:read", "canvases.sections.lookup", {"canvas_id": "F0", "criteria": {}}),
        ("canvases:write", "canvases.access.set", {"canvas_id": "F0", "access_level": "read"}),
        ("canvases:write", "canvases.access.delete", {"canvas_id": "F0"}),
    ],
)
async def test_each_method_wants_its_scope(scope: str, method: str, arguments: Json) -> None:
    async with Sandbox(canvas_manifest(without=scope)) as slack:
        with pytest.raises(SlackApiError, match="missing_scope") as refusal:
            await client_of(slack).api_call(method, json=arguments)
    assert refusal.value.response["needed"] == scope


@pytest.mark.parametrize(("method", "calls"), [("canvases.create", 20), ("canvases.delete", 50)])
async def test_each_method_has_its_tier(method: str, calls: int) -> None:
    async with Sandbox(canvas_manifest(), rate_limits=True) as slack:
        client = client_of(slack)
        codes = []
        for _ in range(calls + 1):
            try:
                await client.api_call(method, json={"canvas_id": "F0"} if "del" in method else {})
            except SlackApiError as error:
                codes.append(error.response["error"])
        assert codes[-1] == "ratelimited" and codes.count("ratelimited") == 1


async def test_the_free_plan_keeps_canvases_in_channels(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    alone = await made(client)
    slack.free_plan(True)
    with pytest.raises(SlackApiError, match="free_teams_cannot_create_standalone_canvases"):
        await made(client)
    with pytest.raises(SlackApiError, match="free_teams_cannot_edit_standalone_canvases"):
        await edit(client, alone, "insert_at_end", "x")
    tab = await made(client, channel_id=DESIGN)
    await edit(client, tab, "insert_at_end", "x")
    with pytest.raises(SlackApiError, match="free_team_canvas_tab_already_exists"):
        await made(client, channel_id=DESIGN)
    with pytest.raises(SlackApiError, match="free_team_canvas_tab_already_exists"):
        await client.conversations_canvases_create(channel_id=DESIGN, document_content=content("x"))
    slack.free_plan(False)
    await edit(client, alone, "insert_at_end", "x")


async def test_a_channel_has_one_canvas_of_its_own(client: AsyncWebClient) -> None:
    answer = await client.conversations_canvases_create(
        channel_id=DESIGN, document_content=content("")
    )
    canvas_id = answer["canvas_id"]
    with pytest.raises(SlackApiError, match="channel_canvas_already_exists"):
        await client.conversations_canvases_create(channel_id=DESIGN, document_content=content("x"))
    shown = (await client.conversations_info(channel=DESIGN))["channel"]["properties"]
    assert shown["canvas"]["file_id"] == canvas_id
    assert shown["canvas"]["is_empty"] is True
    assert [tab["data"]["file_id"] for tab in shown["tabs"]] == [canvas_id]
    await edit(client, canvas_id, "insert_at_end", "x")
    shown = (await client.conversations_info(channel=DESIGN))["channel"]["properties"]
    assert shown["canvas"]["is_empty"] is False
    await client.canvases_delete(canvas_id=canvas_id)
    assert "properties" not in (await client.conversations_info(channel=DESIGN))["channel"]
    await client.conversations_canvases_create(channel_id=DESIGN, document_content=content("x"))


@pytest.mark.parametrize(
    ("channel", "code"),
    [(GENERAL, "no_permission"), ("C0NOWHERE1", "channel_not_found"), ("secret", "channel_not_")],
)
async def test_a_canvas_goes_only_into_channels_the_app_is_in(
    slack: Sandbox, client: AsyncWebClient, channel: str, code: str
) -> None:
    if channel == "secret":
        channel = slack.add_channel("secret", members=["ana"], private=True)
    with pytest.raises(SlackApiError, match=code):
        await client.conversations_canvases_create(
            channel_id=channel, document_content=content("x")
        )
    with pytest.raises(SlackApiError, match=code):
        await made(client, channel_id=channel)


async def test_a_deleted_canvas_is_gone(slack: Sandbox, client: AsyncWebClient) -> None:
    canvas_id = await made(client)
    await client.canvases_delete(canvas_id=canvas_id)
    for call in (client.canvases_delete, client.canvases_getContent):
        with pytest.raises(SlackApiError, match="canvas_not_found"):
            await call(canvas_id=canvas_id)
    with pytest.raises(SlackApiError, match="canvas_deleted"):
        await section(client, canvas_id, "Hero")
    with pytest.raises(SlackApiError, match="file_deleted"):
        await client.files_info(file=canvas_id)


async def test_a_lock_can_be_planted(slack: Sandbox, client: AsyncWebClient) -> None:
    canvas_id = await made(client, "text")
    slack.fault("canvases.edit", error="canvas_editing_locked")
    with pytest.raises(SlackApiError, match="canvas_editing_locked"):
        await edit(client, canvas_id, "insert_at_end", "x")
    await edit(client, canvas_id, "insert_at_end", "x")
