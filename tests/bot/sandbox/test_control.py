"""The control interface over HTTP: what scripts and the page do, read and are refused."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.bot.sandbox.answering import Answering

ANA, BEN, CEM = "U0ANA00001", "U0BEN00001", "U0CEM00001"


class Control:
    """The addresses below `/control/`."""

    def __init__(self, slack: Sandbox, session: aiohttp.ClientSession) -> None:
        self._base = f"{slack.url}/control/"
        self.session = session

    async def post(self, act: str, /, **args: Any) -> dict[str, Any]:
        async with self.session.post(self._base + act, json=args) as answer:
            return {"status": answer.status, **await answer.json()}

    async def get(self, name: str, **args: Any) -> dict[str, Any]:
        async with self.session.get(self._base + name, params=args) as answer:
            return {"status": answer.status, **await answer.json()}


@pytest.fixture
async def control(slack: Sandbox) -> Any:
    """The control interface of the sandbox."""
    async with aiohttp.ClientSession() as session:
        yield Control(slack, session)


@pytest.mark.parametrize(
    ("name", "args", "status", "code"),
    [
        ("fly", {}, 404, "unknown_control"),
        ("say", {"user": ANA, "text": "x"}, 400, "missing_field"),
        ("say", {"user": "U0NOBODY01", "channel": "dm", "text": "x"}, 404, "user_not_found"),
        ("say", {"user": ANA, "channel": "C0NOWHERE1", "text": "x"}, 404, "channel_not_found"),
        ("say", {"user": CEM, "channel": "C0DESIGN01", "text": "x"}, 404, "channel_not_found"),
        ("say", {"user": ANA, "channel": "dm", "text": " "}, 400, "no_text"),
        ("say", {"user": ANA, "channel": "dm", "text": "x", "thread_ts": "1.2"}, 404, "thread_"),
        ("command", {"user": ANA, "channel": "dm", "command": "/other"}, 404, "unknown_command"),
        ("command", {"user": ANA, "channel": "dm", "command": "/probe"}, 503, "app_not_connected"),
        (
            "command",
            {"user": ANA, "channel": "dm", "command": "/probe", "thread_ts": "1.2"},
            400,
            "not_supported_in_threads",
        ),
        ("shortcut", {"user": ANA, "callback_id": "none"}, 404, "unknown_shortcut"),
        ("home", {"user": ANA, "tab": "about"}, 400, "invalid_tab"),
        ("submit", {"user": ANA, "view_id": "V0NOTHING1"}, 404, "view_not_found"),
        ("react", {"user": ANA, "channel": "dm", "ts": "1.2", "name": "eyes"}, 404, "message_"),
        ("clock", {"advance_seconds": -1}, 400, "invalid_seconds"),
        ("clock", {"advance_seconds": "soon"}, 400, "invalid_seconds"),
        ("fault", {"method": "chat.update", "colour": "red"}, 400, "invalid_fault"),
        ("redeliver", {}, 404, "event_not_found"),
    ],
)
async def test_what_cannot_be_done_is_refused_in_a_sentence(
    control: Control, name: str, args: dict[str, Any], status: int, code: str
) -> None:
    answer = await control.post(name, **args)
    assert (answer["status"], answer["ok"]) == (status, False)
    assert answer["error"].startswith(code)
    assert answer["message"]


async def test_a_body_that_is_no_object_is_refused(slack: Sandbox, control: Control) -> None:
    for body in ("{", "[]"):
        async with control.session.post(f"{slack.url}/control/say", data=body) as answer:
            assert (answer.status, (await answer.json())["error"]) == (400, "invalid_json")


async def test_what_is_said_can_be_read_by_those_who_may(control: Control) -> None:
    said = await control.post("say", user=ANA, channel="C0DESIGN01", text="hello")
    await control.post(
        "say", user=BEN, channel="C0DESIGN01", text="hi", thread_ts=said["message"]["ts"]
    )
    top = await control.get("messages", user=BEN, channel="C0DESIGN01")
    assert [(m["text"], m["reply_count"]) for m in top["messages"]] == [("hello", 1)]
    thread = await control.get("messages", user=BEN, channel="C0DESIGN01", thread_ts=said["ts"])
    assert [m["text"] for m in thread["messages"]] == ["hello", "hi"]
    assert (await control.get("messages", user=CEM, channel="C0DESIGN01"))["status"] == 404


async def test_the_state_shows_a_person_what_is_theirs(control: Control) -> None:
    await control.post("say", user=ANA, channel="C0LAUNCH01", text="hello")
    for user, names in (
        (ANA, {"general", "design", "launch", "partners"}),
        (CEM, {"general", "launch"}),
    ):
        state = await control.get("state", user=user)
        rooms = [channel for channel in state["channels"] if not channel["is_im"]]
        assert {channel["name"] for channel in rooms} == names
        assert state["me"]["id"] == user
        unread = {channel["name"]: channel["unread"] for channel in rooms}
        assert unread["launch"] == (0 if user == ANA else 1)
        assert state["app"]["commands"][0]["command"] == "/probe"
        assert state["app"]["connected"] is False
    await control.post("read", user=CEM, channel="C0LAUNCH01")
    state = await control.get("state", user=CEM)
    assert all(channel["unread"] == 0 for channel in state["channels"])


async def test_a_file_is_uploaded_then_posted_then_seen_by_those_who_may(
    slack: Sandbox, control: Control
) -> None:
    form = aiohttp.FormData({"user": ANA})
    form.add_field("file", b"some text", filename="note.txt")
    async with control.session.post(f"{slack.url}/control/upload", data=form) as answer:
        file = (await answer.json())["file"]
    assert (await control.get("file", user=BEN, file=file["id"]))["status"] == 404
    await control.post("say", user=ANA, channel="C0DESIGN01", text="", files=[file["id"]])
    assert (await control.get("file", user=BEN, file=file["id"]))["file"]["name"] == "note.txt"
    for viewer, kind in ((BEN, "text/plain"), (CEM, "text/html")):
        url = f"{file['url_private']}?as={viewer}"
        async with control.session.get(url) as answer:
            assert answer.content_type == kind


async def test_an_app_downloads_with_its_token_or_gets_a_login_page(
    slack: Sandbox, control: Control
) -> None:
    said = await slack.person("ana").say("see", channel="design", files=[b"bytes"])
    url = said["files"][0]["url_private_download"]
    for token, kind in ((slack.bot_token, "application/octet-stream"), ("xoxb-no", "text/html")):
        headers = {"Authorization": f"Bearer {token}"}
        async with control.session.get(url, headers=headers) as answer:
            found = (answer.status, answer.content_type == "text/html")
            assert found == (200, kind == "text/html")


async def test_the_log_tells_what_passed(slack: Sandbox, control: Control) -> None:
    async with Answering(slack) as app:
        await control.post("say", user=ANA, channel="dm", text="hello")
        await app.frame("events_api")
        await control.post("command", user=ANA, channel="dm", command="/probe", text="now")
    log = await control.get("log", after=0)
    seen = [(entry["kind"], entry["name"]) for entry in log["entries"]]
    assert ("call", "apps.connections.open") in seen
    assert ("event", "message.im") in seen
    assert ("interaction", "/probe") in seen
    assert (await control.get("log", after=log["last"]))["entries"] == []
    assert (await control.get("log", after="x"))["error"] == "invalid_number"


async def test_a_planted_fault_happens_so_often(slack: Sandbox, control: Control) -> None:
    await control.post("fault", method="api.test", times=2, status=503)
    statuses = []
    for _ in range(3):
        async with control.session.post(f"{slack.api_url}api.test") as answer:
            statuses.append(answer.status)
    assert statuses == [503, 503, 200]
    await control.post("fault", method="api.test", retry_after=7)
    async with control.session.post(f"{slack.api_url}api.test") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "7")
    await control.post("fault", method="api.test", reset=True)
    with pytest.raises(aiohttp.ClientError):
        await control.session.post(f"{slack.api_url}api.test")


async def test_a_reset_leaves_the_cast_and_the_tokens(slack: Sandbox, control: Control) -> None:
    before = (slack.bot_token, slack.app_token)
    await control.post("say", user=ANA, channel="dm", text="hello")
    await control.post("reset")
    assert (slack.bot_token, slack.app_token) == before
    assert (await control.get("messages", user=ANA, channel="dm"))["messages"] == []


async def test_the_stream_gives_each_person_what_they_may_see(
    slack: Sandbox, control: Control
) -> None:
    streams = {
        user: await control.session.ws_connect(f"{slack.url}/control/stream?user={user}")
        for user in (BEN, CEM)
    }
    for stream in streams.values():
        assert await stream.receive_json() == {"type": "hello"}
        assert await stream.receive_json() == {"type": "app", "connected": False}
    await control.post("say", user=ANA, channel="C0DESIGN01", text="for some")
    await control.post("say", user=ANA, channel="C0LAUNCH01", text="for all")
    for user, texts in ((BEN, ["for some", "for all"]), (CEM, ["for all"])):
        heard: list[str] = []
        async with asyncio.timeout(5):
            while "for all" not in heard:
                frame = await streams[user].receive_json()
                if frame["type"] == "message":
                    heard.append(frame["message"]["text"])
        assert heard == texts
        await streams[user].close()


async def test_nobody_watches_as_somebody_unknown(slack: Sandbox, control: Control) -> None:
    async with control.session.get(f"{slack.url}/control/stream?user=U0NOBODY01") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("path", ["page/../client.py", "page/%2e%2e/client.py", "page/none.js"])
async def test_the_page_serves_its_own_files_alone(
    slack: Sandbox, control: Control, path: str
) -> None:
    async with control.session.get(f"{slack.url}/{path}") as answer:
        assert answer.status == 404


async def test_workspaces_people_and_installs_are_made_from_outside(
    slack: Sandbox, control: Control
) -> None:
    made = await control.post("workspace", name="Southwind", installed=False)
    known = (await control.get("workspaces"))["workspaces"]
    assert [(w["name"], w["installed"]) for w in known] == [
        ("Northwind", True),
        ("Southwind", False),
    ]
    await control.post("install", team="Southwind")
    person = (await control.post("person", team=made["team"], name="Eve Lin"))["user"]
    state = await control.get("state", user=person["id"], team="southwind")
    assert state["team"]["name"] == "Southwind"
    assert state["app"]["installed"] is True
    assert (await control.get("state", user=person["id"]))["error"] == "user_not_found"
    assert (await control.get("state", user=ANA, team="Nowhere"))["error"] == "team_not_found"
    await control.post("uninstall", team="Southwind")
    assert (await control.post("uninstall", team="Southwind"))["error"] == "app_not_installed"
    assert (await control.post("workspace", name=" "))["error"] == "invalid_field"
    token = slack.bot_token
    await control.post("revoke")
    assert (await control.post("reinstall"))["bot_token"] != token
    await control.post("reset")
    assert [w["name"] for w in (await control.get("workspaces"))["workspaces"]] == ["Northwind"]


async def test_who_watches_hears_of_a_delivery_again_when_it_is_answered(slack: Sandbox) -> None:
    heard: list[tuple[str, int]] = []
    slack.world.journal.listeners.append(lambda entry: heard.append((entry.name, entry.status)))
    async with Answering(slack):
        await slack.person("ana").say("hello")
        await slack.quiet(idle_seconds=0.02)
    assert [status for name, status in heard if name == "message.im"] == [0, 200]
