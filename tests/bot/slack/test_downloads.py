"""Pictures fetched from Slack by their file's id, and each way in which that cannot be."""

from pathlib import Path

import pytest

from bot.errors import BadPicture, CannotRead, SlackUnavailable, UserError
from bot.sandbox import Sandbox
from bot.slack.downloads import check_place, download, ready_file
from bot.slack.file_calls import SlackFile
from bot.slack.gateway import Slack
from tests.bot.sandbox.answering import Answering
from tests.bot.slack.conftest import gateway_to, manifest
from tests.bot.slack.pictures import png

PNG = png()
SOON = (0.0, 0.0)
NO_PERMISSION = (
    "I cannot read that file: the app lacks permission to read files here. "
    "Ask an admin to reinstall it. Nothing was charged."
)


async def posted(sandbox: Sandbox, file: bytes | Path = PNG, *, channel: str = "dm") -> str:
    """The id of a file that Ana posts."""
    said = await sandbox.person("ana").say("see", channel=channel, files=[file])
    return str(said["files"][0]["id"])


async def told(slack: Slack, file_id: str, kind: type[UserError], **options: int) -> str:
    """What the person is told."""
    with pytest.raises(kind) as refusal:
        await download(slack, file_id, waits_seconds=SOON, **options)
    assert refusal.value.words.endswith(" Nothing was charged.")
    return refusal.value.words


@pytest.mark.parametrize("channel", ["dm", "design"])
async def test_a_picture_that_somebody_posted_is_fetched(
    sandbox: Sandbox, slack: Slack, channel: str
) -> None:
    found = await download(slack, await posted(sandbox, channel=channel))
    assert found.data == PNG
    assert (found.file.mime, found.file.name) == ("image/png", "picture.png")
    assert found.file.user_id == sandbox.person("ana").id
    assert sandbox.refusals == []


async def test_the_stub_of_another_companys_file_is_asked_for(
    sandbox: Sandbox, slack: Slack
) -> None:
    async with Answering(sandbox) as app:
        await sandbox.person("dee").say("see", channel="partners", files=[PNG])
        frame = await app.frame("events_api")
    stub = frame["payload"]["event"]["files"][0]
    assert stub["file_access"] == "check_file_info"
    assert (await download(slack, stub["id"])).data == PNG


async def young(slack: Slack) -> str:
    """The id of a file of ours that Slack has not looked at yet."""
    file_id, address = await slack.begin_upload(
        filename="a.png", size_bytes=len(PNG), alt_text="a picture"
    )
    await slack.send_bytes(address, PNG)
    await slack.share(file_id, title="A", channel_id="C0DESIGN01", thread_ts=None, comment="")
    return file_id


async def test_a_young_file_is_waited_for(slack: Slack) -> None:
    file_id = await young(slack)
    first = await slack.described_file(file_id)
    assert first is not None and not first.is_ready
    assert (await ready_file(slack, file_id, waits_seconds=(0.05,) * 40)).mime == "image/png"


async def test_a_file_that_stays_young_is_not_waited_for_for_ever() -> None:
    async with (
        Sandbox(manifest(), file_processing_seconds=3600) as sandbox,
        gateway_to(sandbox) as slack,
    ):
        file_id = await young(slack)
        assert "still looking at that file" in await told(slack, file_id, CannotRead)
        assert len(sandbox.calls("files.info")) == len(SOON) + 1


async def test_without_the_scope_an_admin_is_named() -> None:
    async with Sandbox(manifest(without="files:read")) as sandbox, gateway_to(sandbox) as slack:
        file_id = await posted(sandbox, channel="design")
        assert await told(slack, file_id, CannotRead) == NO_PERMISSION


async def test_a_sign_in_page_is_no_picture(sandbox: Sandbox, slack: Slack) -> None:
    file_id = await posted(sandbox)
    sandbox.fault("download", status=302)
    assert await told(slack, file_id, CannotRead) == NO_PERMISSION
    token = sandbox.world.store.tokens[sandbox.bot_token]
    file = await slack.described_file(file_id)
    assert file is not None
    token.scopes = tuple(scope for scope in token.scopes if scope != "files:read")
    with pytest.raises(Exception, match="sign_in_page"):
        await slack.fetch_file(file.address, most_bytes=1000)


@pytest.mark.parametrize("file_id", ["F0NOTHING1", "C0DESIGN01"])
async def test_a_file_that_is_not_there_is_said(slack: Slack, file_id: str) -> None:
    assert "was deleted, or it was not shared with me" in await told(slack, file_id, CannotRead)


async def test_a_file_from_a_room_without_the_app_is_not_read(
    sandbox: Sandbox, slack: Slack
) -> None:
    room = sandbox.add_channel("secret", members=["ana"], private=True)
    file_id = await posted(sandbox, channel=room)
    assert "not shared with me" in await told(slack, file_id, CannotRead)


async def test_a_deleted_file_is_said(sandbox: Sandbox, slack: Slack) -> None:
    file_id = await posted(sandbox)
    sandbox.world.workspace.files[file_id].deleted = True
    assert "was deleted" in await told(slack, file_id, CannotRead)


TYPES = [("a.pdf", "a PDF"), ("a.txt", "not a picture"), ("a.mp4", "a video"), ("a.svg", "an SVG")]


@pytest.mark.parametrize(("name", "says"), TYPES)
async def test_what_slack_says_is_no_picture_is_not_fetched(
    sandbox: Sandbox, slack: Slack, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / name).write_bytes(b"whatever")
    file_id = await posted(sandbox, tmp_path / name)
    sandbox.fault("download", status=500)
    assert says in await told(slack, file_id, BadPicture)


async def test_a_canvas_is_no_picture(sandbox: Sandbox, slack: Slack) -> None:
    canvas_id = await sandbox.person("ana").write_canvas("Plan", "text", channel="design")
    assert "a canvas, a document" in await told(slack, canvas_id, BadPicture)


async def test_too_large_a_file_is_not_fetched(sandbox: Sandbox, slack: Slack) -> None:
    file_id = await posted(sandbox)
    sandbox.fault("download", status=500)
    most = len(PNG) - 1
    assert "larger than" in await told(slack, file_id, BadPicture, most_bytes=most)
    sandbox.world.faults.clear()
    sandbox.world.workspace.files[file_id].size = 10
    assert "larger than" in await told(slack, file_id, BadPicture, most_bytes=most)


async def test_bytes_that_are_cut_short_are_fetched_once_more(
    sandbox: Sandbox, slack: Slack
) -> None:
    file_id = await posted(sandbox)
    sandbox.fault("download", lost_answer=True)
    assert (await download(slack, file_id)).data == PNG
    sandbox.fault("download", lost_answer=True, times=2)
    assert "Slack did not give me that file" in await told(slack, file_id, CannotRead)


async def test_an_empty_file_is_said(sandbox: Sandbox, slack: Slack) -> None:
    file_id = await posted(sandbox)
    sandbox.world.workspace.files[file_id].data = b""
    assert "That file is empty" in await told(slack, file_id, BadPicture)


@pytest.mark.parametrize("how", [{"status": 503}, {"status": 429}, {"reset": True, "times": 2}])
async def test_an_outage_passes_through(
    sandbox: Sandbox, slack: Slack, how: dict[str, int | bool]
) -> None:
    file_id = await posted(sandbox)
    sandbox.fault("download", **how)
    with pytest.raises(SlackUnavailable):
        await download(slack, file_id)
    sandbox.fault("files.info", retry_after=3)
    with pytest.raises(SlackUnavailable):
        await download(slack, file_id)


def described(**more: object) -> SlackFile:
    values: dict[str, object] = {
        "id": "F0PICTURE1",
        "mode": "hosted",
        "name": "a.png",
        "title": "a",
        "mime": "image/png",
        "size_bytes": 9,
        "user_id": "U0ANA00001",
        "permalink": "",
        "address": "",
    }
    return SlackFile(**values | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"mode": "tombstone"}, "was deleted"),
        ({"mode": "hidden_by_limit"}, "older than this workspace's plan keeps"),
        ({"mode": "file_access"}, "not shared with me"),
        ({"mode": "external"}, "does not lie at Slack"),
        ({"is_external": True}, "does not lie at Slack"),
    ],
)
def test_a_file_whose_bytes_are_not_for_us_is_refused(more: dict[str, object], says: str) -> None:
    check_place(described())
    with pytest.raises(CannotRead, match=says):
        check_place(described(**more))
