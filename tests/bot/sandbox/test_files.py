"""The upload in three steps, the wait for processing, and who may download."""

import io
from typing import Any

import aiohttp
import pytest
from PIL import Image
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest

DESIGN = "C0DESIGN01"
GENERAL = "C0GENERAL1"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)


def in_format(kind: str) -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), "teal").save(buffer, kind)
    return buffer.getvalue()


async def put(url: str, data: bytes) -> int:
    """The status that an upload address answers with."""
    async with aiohttp.ClientSession() as session, session.post(url, data=data) as answer:
        return answer.status


async def uploaded(client: AsyncWebClient, *, data: bytes = b"four") -> list[dict[str, Any]]:
    """A file whose bytes have arrived, as the last step wants it named."""
    place = await client.files_getUploadURLExternal(filename="a.txt", length=len(data))
    assert await put(str(place["upload_url"]), data) == 200
    return [{"id": place["file_id"], "title": "A"}]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1000}, ""),
        ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.png", "length": 0}, "missing_argument"),
        ({"filename": "", "length": 3}, "invalid_arguments"),
    ],
)
async def test_a_place_for_a_file_is_given_within_bounds(
    client: AsyncWebClient, arguments: dict[str, Any], code: str
) -> None:
    if not code:
        await client.files_getUploadURLExternal(**arguments)
        return
    with pytest.raises(SlackApiError, match=code):
        await client.files_getUploadURLExternal(**arguments)


@pytest.mark.parametrize("data", [b"fou", b"four!", b""])
async def test_an_upload_is_as_long_as_it_was_said(
    slack: Sandbox, client: AsyncWebClient, data: bytes
) -> None:
    place = await client.files_getUploadURLExternal(filename="a.txt", length=4)
    assert await put(str(place["upload_url"]), data) == 400
    assert slack.refusals[-1].reason.startswith("length_mismatch")
    files: list[dict[str, Any]] = [{"id": place["file_id"]}]
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=files, channel_id=DESIGN)


async def test_bytes_are_taken_once(client: AsyncWebClient) -> None:
    place = await client.files_getUploadURLExternal(filename="a.txt", length=4)
    answers = [await put(str(place["upload_url"]), b"four") for _ in range(2)]
    assert answers == [200, 404]


async def test_an_upload_is_completed_once(client: AsyncWebClient) -> None:
    files = await uploaded(client)
    await client.files_completeUploadExternal(files=files, channel_id=DESIGN)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=files, channel_id=DESIGN)


COMPLETIONS: list[tuple[dict[str, Any], str]] = [
    ({"channel_id": GENERAL}, "not_in_channel"),
    ({"channel_id": "C0NOWHERE1"}, "channel_not_found"),
    ({"channel_id": "U0ANA00001"}, r"must match regex pattern: \^\[CGDZ\]"),
    ({"channel_id": DESIGN, "thread_ts": "1111111111.000001"}, "thread_not_found"),
    ({"channel_id": DESIGN, "channels": DESIGN}, "exclude each other"),
    ({"channel_id": DESIGN, "blocks": [{"type": "bogus"}]}, "unsupported type: bogus"),
    ({"thread_ts": "1111111111.000001"}, "thread_ts needs exactly one channel"),
]


@pytest.mark.parametrize(("where", "words"), COMPLETIONS)
async def test_a_refused_completion_may_be_tried_again(
    client: AsyncWebClient, where: dict[str, Any], words: str
) -> None:
    files = await uploaded(client)
    with pytest.raises(SlackApiError, match=words):
        await client.api_call("files.completeUploadExternal", json={"files": files, **where})
    await client.files_completeUploadExternal(files=files, channel_id=DESIGN)


async def test_several_files_come_in_one_message(slack: Sandbox, client: AsyncWebClient) -> None:
    files = await uploaded(client) + await uploaded(client)
    await client.files_completeUploadExternal(
        files=files, channel_id=DESIGN, initial_comment="Two of them"
    )
    posted = await slack.person("ana").see("Two of them", channel="design")
    assert [file["id"] for file in posted["files"]] == [file["id"] for file in files]


async def test_a_file_has_no_type_until_it_was_looked_at() -> None:
    async with Sandbox(manifest(), file_processing_seconds=60) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        files = await uploaded(client, data=PNG)
        await client.files_completeUploadExternal(files=files, channel_id=DESIGN)
        early = (await client.files_info(file=files[0]["id"]))["file"]
        assert (early["mimetype"], early["filetype"]) == ("", "")
        assert "original_w" not in early
        block = {"type": "image", "alt_text": "a", "slack_file": {"id": files[0]["id"]}}
        with pytest.raises(SlackApiError, match="invalid slack file"):
            await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])
        slack.advance(61)
        late = (await client.files_info(file=files[0]["id"]))["file"]
        assert (late["mimetype"], late["original_w"]) == ("image/png", 1)
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])


async def test_a_file_that_the_app_may_not_see_cannot_be_shown(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    said = await slack.person("ana").say("mine", channel="general", files=[PNG])
    seen = {"type": "image", "alt_text": "a", "slack_file": {"id": said["files"][0]["id"]}}
    await client.chat_postMessage(channel=DESIGN, text="in public", blocks=[seen])
    room = slack.add_channel("secret", members=["ana", "ben"], private=True)
    hidden = await slack.person("ana").say("mine", channel=room, files=[PNG])
    block = {"type": "image", "alt_text": "a", "slack_file": {"id": hidden["files"][0]["id"]}}
    with pytest.raises(SlackApiError, match="invalid slack file"):
        await client.chat_postMessage(channel=DESIGN, text="x", blocks=[block])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_info(file=hidden["files"][0]["id"])


async def test_a_deleted_file_is_gone(client: AsyncWebClient) -> None:
    files = await uploaded(client)
    await client.files_completeUploadExternal(files=files, channel_id=DESIGN)
    await client.files_delete(file=files[0]["id"])
    for call in (client.files_info, client.files_delete):
        with pytest.raises(SlackApiError, match="file_deleted"):
            await call(file=files[0]["id"])


async def test_the_file_of_somebody_else_cannot_be_deleted(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    said = await slack.person("ana").say("mine", channel="design", files=[PNG])
    with pytest.raises(SlackApiError, match="cant_delete_file"):
        await client.files_delete(file=said["files"][0]["id"])


@pytest.mark.parametrize(
    ("without", "token", "kind"),
    [
        ("", "right", "image/png"),
        ("", "wrong", "text/html"),
        ("", "", "text/html"),
        ("files:read", "right", "text/html"),
    ],
)
async def test_a_download_without_the_right_is_a_login_page(
    without: str, token: str, kind: str
) -> None:
    async with Sandbox(manifest(without=without)) as slack, aiohttp.ClientSession() as session:
        said = await slack.person("ana").say("look", channel="design", files=[PNG])
        text = {"right": slack.bot_token, "wrong": "xoxb-wrong", "": ""}[token]
        headers = {"Authorization": f"Bearer {text}"} if text else {}
        url = said["files"][0]["url_private_download"]
        async with session.get(url, headers=headers) as answer:
            assert (answer.status, answer.content_type) == (200, kind)


async def test_a_files_id_in_another_address_shows_nothing(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    said = await slack.person("ana").say("look", channel="design", files=[PNG])
    file = said["files"][0]
    slack.world.workspace.files[file["id"]].processed = True

    async def show(url: str) -> None:
        image = {"type": "image", "alt_text": "a", "slack_file": {"url": url}}
        await client.chat_postMessage(channel="C0DESIGN01", text="x", blocks=[image])

    await show(file["permalink"])
    await show(file["url_private"])
    for url in (
        f"https://pictures.example.com/{file['id']}.png",
        f"{file['permalink']}?pub_secret=1",
        f"{slack.url}/{file['id']}",
    ):
        with pytest.raises(SlackApiError, match="invalid slack file"):
            await show(url)


async def test_a_token_without_bearer_downloads_a_login_page(slack: Sandbox) -> None:
    said = await slack.person("ana").say("look", channel="design", files=[b"bytes"])
    address = said["files"][0]["url_private"]
    async with aiohttp.ClientSession() as session:
        for scheme, is_let_in in (("Bearer ", True), ("", False)):
            headers = {"Authorization": f"{scheme}{slack.bot_token}"}
            async with session.get(address, headers=headers) as answer:
                assert (await answer.read() == b"bytes") is is_let_in


async def test_an_upload_that_nobody_completes_is_discarded(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    begun = [await client.files_getUploadURLExternal(filename="a.txt", length=1) for _ in range(2)]
    kept, lost = (str(one["file_id"]) for one in begun)
    url = str(begun[0]["upload_url"])
    async with aiohttp.ClientSession() as session, session.post(url, data=b"x") as answer:
        assert answer.status == 200
    await client.files_completeUploadExternal(files=[{"id": kept}])
    slack.advance(3601)
    assert (await client.files_info(file=kept))["ok"]
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": lost}])
    assert lost not in slack.world.workspace.files


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "words"])
async def test_a_block_shows_only_the_pictures_that_slack_lists(
    slack: Sandbox, client: AsyncWebClient, kind: str
) -> None:
    data = b"words" if kind == "words" else in_format(kind)
    said = await slack.person("ana").say("see", channel="design", files=[data])
    block = {"type": "image", "alt_text": "a", "slack_file": {"id": said["files"][0]["id"]}}
    call = client.chat_postMessage(channel="C0DESIGN01", text="a", blocks=[block])
    if kind in ("WEBP", "words"):
        with pytest.raises(SlackApiError, match="invalid slack file"):
            await call
    else:
        assert (await call)["ok"]
