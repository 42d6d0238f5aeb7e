"""Canvases read, and pictures inserted under their headings, while people do what people do."""

import json

import pytest

from bot.domain.canvases import CanvasText, Heading, caption, reference
from bot.errors import BadCanvas, CannotRead, SlackUnavailable
from bot.sandbox import Sandbox
from bot.slack import canvas
from bot.slack.canvas_changes import insert_image, undo_insert
from bot.slack.gateway import Slack
from tests.bot.slack.conftest import gateway_to, manifest
from tests.bot.slack.meddling import Disordered, Meddled, Untitled, as_kind
from tests.bot.slack.pictures import shared_picture

BOARD = "## Hero\n\nThe mug on a plinth.\n\n## Social\n\n- [ ] square\n- [ ] wide"
ALT = "AI-generated image: a mug on a plinth"
MARKER = reference("ins_1")
LINE = caption("Mug on a plinth", MARKER)


async def board(sandbox: Sandbox, markdown: str = BOARD, title: str = "Launch") -> str:
    """The canvas of #design, which Ana wrote and the app may change."""
    return await sandbox.person("ana").write_canvas(title, markdown, channel="design")


async def under(slack: Slack, canvas_id: str, text: str, occurrence: int = 1) -> Heading:
    """The heading that says this."""
    found = (await canvas.read(slack, canvas_id)).headings
    return next(h for h in found if (h.text, h.occurrence) == (text, occurrence))


async def insert(
    slack: Slack, canvas_id: str, heading: Heading | None, permalink: str, *, marker: str = MARKER
) -> None:
    await insert_image(
        slack,
        canvas_id,
        heading,
        permalink=permalink,
        alt=ALT,
        caption=caption("Mug on a plinth", marker),
        marker=marker,
    )


def picture(permalink: str, marker: str = MARKER) -> str:
    """What stands in the canvas once it is inserted."""
    return f"![{ALT} ({marker})]({permalink})\n\n{caption('Mug on a plinth', marker)}"


def says(sandbox: Sandbox, canvas_id: str) -> str:
    """The canvas as Ana sees it."""
    return sandbox.person("ana").canvas_markdown(canvas_id)


async def test_a_canvas_is_read_with_its_title_and_its_headings(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id = await board(sandbox)
    text = await canvas.read(slack, canvas_id)
    assert text == CanvasText(
        id=canvas_id,
        title="Launch",
        url=f"{sandbox.url}/docs/{sandbox.team_id}/{canvas_id}",
        markdown=f"# Launch\n\n{BOARD}",
    )
    assert [(h.text, h.body) for h in text.headings] == [
        ("Hero", "The mug on a plinth."),
        ("Social", "square\nwide"),
    ]


async def test_an_untitled_canvas_keeps_its_first_heading(sandbox: Sandbox, slack: Slack) -> None:
    text = await canvas.read(slack, await board(sandbox, "# Hero\n\ntext", title=""))
    assert text.title == "Untitled"
    assert [heading.text for heading in text.headings] == ["Hero"]


async def test_a_canvas_that_was_not_shared_is_not_read(sandbox: Sandbox, slack: Slack) -> None:
    hidden = await sandbox.person("ana").write_canvas("Plan", BOARD)
    for canvas_id in (hidden, "F0NOTHING1"):
        with pytest.raises(CannotRead, match="I cannot see that canvas") as refusal:
            await canvas.read(slack, canvas_id)
        assert refusal.value.words.endswith("Nothing was charged.")


async def test_without_the_scope_an_admin_is_named() -> None:
    async with (
        Sandbox(manifest(without="canvases:read")) as sandbox,
        gateway_to(sandbox) as slack,
    ):
        canvas_id = await board(sandbox)
        with pytest.raises(CannotRead, match="Ask an admin to reinstall the app"):
            await canvas.read(slack, canvas_id)


async def test_rate_limits_pass_through(sandbox: Sandbox, slack: Slack) -> None:
    sandbox.fault("canvases.getContent", retry_after=9)
    with pytest.raises(SlackUnavailable):
        await canvas.read(slack, await board(sandbox))


async def test_a_channels_own_canvas_is_found_then_its_tabs_then_none(
    sandbox: Sandbox, slack: Slack
) -> None:
    ana = sandbox.person("ana")
    assert await canvas.channel_canvas(slack, "C0DESIGN01") is None
    own = await board(sandbox)
    tab = await ana.write_canvas("Second", "text", channel="design")
    found = await canvas.channel_canvas(slack, "C0DESIGN01")
    assert found is not None and (found.id, found.title) == (own, "Launch")
    listed = await canvas.list_canvases(slack, "C0DESIGN01")
    assert [one.id for one in listed] == [own, tab]
    await ana.delete_canvas(own)
    found = await canvas.channel_canvas(slack, "C0DESIGN01")
    assert found is not None and found.id == tab
    await ana.delete_canvas(tab)
    assert await canvas.channel_canvas(slack, "C0DESIGN01") is None
    assert await canvas.channel_canvas(slack, ana.dm) is None
    assert await canvas.list_canvases(slack, "C0DESIGN01") == ()


async def test_a_private_channel_without_the_app_is_not_seen(
    sandbox: Sandbox, slack: Slack
) -> None:
    room = sandbox.add_channel("secret", members=["ana"], private=True)
    with pytest.raises(CannotRead, match="I cannot see that channel"):
        await canvas.channel_canvas(slack, room)


@pytest.mark.parametrize(
    ("who", "shared_with", "may"),
    [
        ("ana", "nobody", True),  # hers
        ("ben", "nobody", False),
        ("ben", "ben", True),
        ("ben", "design", True),
        ("mia", "design", True),  # a public channel that she could join
        ("guest", "design", False),
        ("guest", "guests", True),
        ("stranger", "design", False),
        ("cem", "secret", False),
        ("ben", "secret", True),
    ],
)
async def test_a_person_reads_by_the_app_only_what_they_may_read_themselves(
    sandbox: Sandbox, slack: Slack, who: str, shared_with: str, may: bool
) -> None:
    ana = sandbox.person("ana")
    mia = sandbox.add_person("Mia")
    sandbox.world.workspace.channels["C0DESIGN01"].members.remove(mia.id)
    sandbox.add_person("Guest", is_guest=True)
    sandbox.add_person("Stranger", of_team="T0OTHER0001")
    sandbox.add_channel("secret", members=["ana", "ben", "bot"], private=True)
    sandbox.add_channel("guests", members=["ana", "guest", "bot"])
    canvas_id = await ana.write_canvas("Plan", BOARD)
    await ana.share_canvas(canvas_id, "dm")
    if shared_with != "nobody":
        await ana.share_canvas(canvas_id, shared_with)
    person = await slack.person(sandbox.person(who).id, team_id=sandbox.team_id)
    assert await canvas.readable_by(slack, canvas_id, person) is may


async def test_a_picture_goes_directly_under_its_heading_with_a_caption(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    await insert(slack, canvas_id, await under(slack, canvas_id, "Hero"), permalink)
    expected = BOARD.replace("## Hero\n\n", f"## Hero\n\n{picture(permalink)}\n\n")
    assert says(sandbox, canvas_id) == f"# Launch\n\n{expected}"
    assert sandbox.refusals == []


async def test_without_a_heading_it_goes_to_the_end(sandbox: Sandbox, slack: Slack) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    await insert(slack, canvas_id, None, permalink)
    assert says(sandbox, canvas_id) == f"# Launch\n\n{BOARD}\n\n{picture(permalink)}"


HARD = (
    "# Hero\n\n## Hero image\n\na\n\n## Hero\n\nb\n\n```\n## Hero\n```\n\n##\n\nc\n\n"
    "## Hero\n\nd\n\n## **Plan** of ![](@U0ANA00001) :tada:\n\ne\n\n##\n\nf\n\n## 🎉\n\ng"
)


@pytest.mark.parametrize(
    ("level", "text", "occurrence", "above"),
    [
        (1, "Launch", 1, "# Launch"),
        (1, "Hero", 1, "# Hero"),
        (2, "Hero image", 1, "## Hero image"),
        (2, "Hero", 1, "a\n\n## Hero"),
        (2, "Hero", 2, "c\n\n## Hero"),
        (2, "Plan of", 1, "## **Plan** of ![](@U0ANA00001) :tada:"),
        (2, "", 1, "```\n\n##"),
        (2, "", 2, "e\n\n##"),
        (2, "🎉", 1, "## 🎉"),
    ],
)
@pytest.mark.parametrize("kind", [Slack, Untitled])
async def test_headings_that_are_alike_are_told_apart(
    sandbox: Sandbox,
    slack: Slack,
    kind: type[Slack],
    level: int,
    text: str,
    occurrence: int,
    above: str,
) -> None:
    canvas_id, permalink = await board(sandbox, HARD), await shared_picture(sandbox, slack)
    before = says(sandbox, canvas_id)
    heading = Heading(level=level, text=text, occurrence=occurrence, body="")
    await insert(as_kind(slack, kind), canvas_id, heading, permalink)
    assert says(sandbox, canvas_id) == before.replace(
        f"{above}\n\n", f"{above}\n\n{picture(permalink)}\n\n", 1
    )


async def test_an_insertion_is_made_once(sandbox: Sandbox, slack: Slack) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    heading = await under(slack, canvas_id, "Hero")
    for _ in range(2):
        await insert(slack, canvas_id, heading, permalink)
    await sandbox.person("ana").edit_canvas(canvas_id, "delete", section="Hero")
    await insert(slack, canvas_id, heading, permalink)
    assert says(sandbox, canvas_id).count(MARKER) == 2
    await insert(slack, canvas_id, None, permalink, marker=reference("ins_2"))
    assert says(sandbox, canvas_id).count(permalink) == 2


async def test_a_lost_answer_does_not_insert_twice(sandbox: Sandbox, slack: Slack) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    heading = await under(slack, canvas_id, "Hero")
    sandbox.fault("canvases.edit", lost_answer=True)
    with pytest.raises(SlackUnavailable):
        await insert(slack, canvas_id, heading, permalink)
    await insert(slack, canvas_id, heading, permalink)
    assert says(sandbox, canvas_id).count(permalink) == 1


async def test_ids_are_looked_up_anew_before_every_change(sandbox: Sandbox, slack: Slack) -> None:
    canvas_id, permalink = await board(sandbox, HARD), await shared_picture(sandbox, slack)
    await insert(slack, canvas_id, await under(slack, canvas_id, "Hero", 2), permalink)
    await undo_insert(slack, canvas_id, permalink=permalink, caption=LINE, marker=MARKER)
    names = [
        entry.name
        for entry in sandbox.world.journal.of_kind("call")
        if entry.name in ("canvases.edit", "canvases.sections.lookup")
    ]
    edits = [at for at, name in enumerate(names) if name == "canvases.edit"]
    assert len(edits) == 3
    assert all(names[at - 1] == "canvases.sections.lookup" for at in edits)
    for entry in sandbox.calls("canvases.edit"):
        (change,) = json.loads(json.dumps(entry.args))["changes"]
        assert change["operation"] in ("insert_after", "delete") and change["section_id"]


async def test_a_heading_that_is_gone_is_named_and_nothing_is_touched(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    heading = await under(slack, canvas_id, "Hero")
    await sandbox.person("ana").edit_canvas(canvas_id, "replace", "## Heroes", section="Hero")
    before = says(sandbox, canvas_id)
    with pytest.raises(BadCanvas, match="“Hero” is no longer in that canvas") as refusal:
        await insert(slack, canvas_id, heading, permalink)
    assert "stays in the gallery" in refusal.value.words
    assert says(sandbox, canvas_id) == before


async def test_somebody_who_edits_at_the_same_time_is_waited_for(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    ana, meddled = sandbox.person("ana"), as_kind(slack, Meddled)

    async def type_again() -> None:
        await ana.edit_canvas(canvas_id, "replace", "## Hero", section="Hero")

    async def type_above() -> None:
        await ana.edit_canvas(canvas_id, "insert_at_start", "## Hero")

    meddled.acts = [type_again, type_above]
    await insert(meddled, canvas_id, await under(slack, canvas_id, "Hero"), permalink)
    assert says(sandbox, canvas_id).count(permalink) == 1
    meddled.acts = [type_again] * 3
    before = says(sandbox, canvas_id)
    with pytest.raises(BadCanvas, match="being edited just now"):
        heading = await under(slack, canvas_id, "Hero")
        await insert(meddled, canvas_id, heading, permalink, marker=reference("ins_2"))
    assert says(sandbox, canvas_id) == before


async def test_a_line_typed_under_the_heading_meanwhile_stays(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await board(sandbox, HARD), await shared_picture(sandbox, slack)
    ana, meddled = sandbox.person("ana"), as_kind(slack, Meddled)

    async def type_a_line() -> None:
        await ana.edit_canvas(canvas_id, "insert_before", "typed just now", section="d")

    meddled.acts = [type_a_line]
    await insert(meddled, canvas_id, await under(slack, canvas_id, "Hero", 2), permalink)
    assert f"{picture(permalink)}\n\ntyped just now\n\nd" in says(sandbox, canvas_id)


async def test_where_ids_come_in_another_order_the_picture_is_taken_out_again(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await board(sandbox, HARD), await shared_picture(sandbox, slack)
    before = says(sandbox, canvas_id)
    heading = Heading(level=2, text="", occurrence=2, body="")
    with pytest.raises(BadCanvas, match="words of its own"):
        await insert(as_kind(slack, Disordered), canvas_id, heading, permalink)
    assert says(sandbox, canvas_id) == before


async def test_a_canvas_that_may_only_be_read_says_how_to_share_it(
    sandbox: Sandbox, slack: Slack
) -> None:
    ana = sandbox.person("ana")
    canvas_id = await ana.write_canvas("Plan", BOARD)
    await ana.share_canvas(canvas_id, "design")
    permalink = await shared_picture(sandbox, slack)
    with pytest.raises(BadCanvas, match="“Can edit”"):
        await insert(slack, canvas_id, await under(slack, canvas_id, "Hero"), permalink)
    await ana.share_canvas(canvas_id, "design", access="write")
    await insert(slack, canvas_id, await under(slack, canvas_id, "Hero"), permalink)


async def test_access_that_ends_meanwhile_and_a_deleted_canvas_are_said(
    sandbox: Sandbox, slack: Slack
) -> None:
    ana = sandbox.person("ana")
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    heading = await under(slack, canvas_id, "Hero")
    meddled = as_kind(slack, Meddled)

    async def delete() -> None:
        await ana.delete_canvas(canvas_id)

    meddled.acts = [delete]
    with pytest.raises(CannotRead, match="I cannot see that canvas"):
        await insert(meddled, canvas_id, heading, permalink)
    with pytest.raises(CannotRead, match="stays in the gallery"):
        await insert(slack, canvas_id, heading, permalink)


async def test_the_free_plan_has_canvases_in_channels_alone(sandbox: Sandbox, slack: Slack) -> None:
    ana = sandbox.person("ana")
    alone = await ana.write_canvas("Plan", BOARD)
    await ana.share_canvas(alone, "dm", access="write")
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    sandbox.free_plan(True)
    with pytest.raises(BadCanvas, match="free plan"):
        await insert(slack, alone, await under(slack, alone, "Hero"), permalink)
    assert says(sandbox, alone) == f"# Plan\n\n{BOARD}"
    await insert(slack, canvas_id, await under(slack, canvas_id, "Hero"), permalink)


@pytest.mark.parametrize(
    ("code", "says_what"),
    [
        ("canvas_editing_locked", "locked"),
        ("canvas_too_large", "full"),
        ("canvas_disabled_user_team", "switched off"),
        ("access_denied", "“Can edit”"),
        ("canvas_editing_failed", "did not take"),
        ("missing_scope", "reinstall"),
    ],
)
async def test_what_slack_refuses_is_said_in_words(
    sandbox: Sandbox, slack: Slack, code: str, says_what: str
) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    heading = await under(slack, canvas_id, "Hero")
    sandbox.fault("canvases.edit", error=code)
    with pytest.raises((BadCanvas, CannotRead), match=says_what) as refusal:
        await insert(slack, canvas_id, heading, permalink)
    assert refusal.value.words.endswith("nothing else in the canvas was touched.")
    assert says(sandbox, canvas_id) == f"# Launch\n\n{BOARD}"


async def test_a_picture_whose_file_is_gone_cannot_be_inserted(
    sandbox: Sandbox, slack: Slack
) -> None:
    canvas_id, permalink = await board(sandbox), await shared_picture(sandbox, slack)
    await slack.delete_file(permalink.split("/")[-2])
    with pytest.raises(BadCanvas, match="cannot show that image"):
        await insert(slack, canvas_id, await under(slack, canvas_id, "Hero"), permalink)
