"""A small app on plain Bolt for Python, unchanged but for the address, and what it was told."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox

Json = dict[str, Any]
COLOURS = ["red", "green", "blue"]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def form(**more: Any) -> Json:
    """A modal with a menu that asks the app, and a text."""
    colour = {
        "type": "external_select",
        "action_id": "colour",
        "min_query_length": 2,
        "placeholder": plain("Search"),
    }
    note = {"type": "plain_text_input", "action_id": "note", "initial_value": "as ever"}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Order"),
        "submit": plain("Send"),
        "notify_on_close": True,
        "blocks": [
            {"type": "section", "block_id": "hint", "text": plain("Fill it in")},
            {"type": "input", "block_id": "colour", "label": plain("Colour"), "element": colour},
            {
                "type": "input",
                "block_id": "note",
                "label": plain("Note"),
                "optional": True,
                "element": note,
            },
        ],
        **more,
    }


class Probe:
    """The app; `answer` is what it acknowledges a submitted modal with."""

    def __init__(self, slack: Sandbox, *, signing_secret: str | None = None) -> None:
        self.client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        self.app = AsyncApp(client=self.client, signing_secret=signing_secret)
        self.answer: Json = {}
        self.heard: list[Json] = []
        self.headers: list[Json] = []
        self.pressed: list[Json] = []
        self.submitted: list[Json] = []
        self.closed: list[Json] = []
        self.silent = asyncio.Event()
        self._listen()

    @property
    def trigger(self) -> str:
        """The newest trigger_id."""
        return str(self.pressed[-1]["trigger_id"])

    def _listen(self) -> None:
        app, client = self.app, self.client

        @app.event("message")
        async def hear(event: Json, say: AsyncSay, req: AsyncBoltRequest) -> None:
            self.heard.append(event)
            self.headers.append(dict(req.headers))
            if "bot_id" in event or "subtype" in event:
                return
            buttons = [
                {"type": "button", "action_id": name, "text": plain(name.title()), "value": "1"}
                for name in ("open", "keep", "mute")
            ]
            blocks = [{"type": "actions", "block_id": "row", "elements": buttons}]
            await say(text="Press", blocks=blocks, thread_ts=event["ts"])

        @app.action("open")
        async def open_form(ack: AsyncAck, body: Json) -> None:
            await ack()
            self.pressed.append(body)
            await client.views_open(trigger_id=body["trigger_id"], view=form())

        @app.action("keep")
        async def keep_trigger(ack: AsyncAck, body: Json) -> None:
            self.pressed.append(body)
            await ack()

        @app.action("mute")
        async def never_acknowledge(body: Json) -> None:
            self.pressed.append(body)
            self.silent.set()

        @app.options("colour")
        async def colours(ack: AsyncAck, payload: Json) -> None:
            found = [name for name in COLOURS if payload["value"] in name]
            await ack(options=[{"text": plain(name), "value": name} for name in found])

        @app.view("form")
        async def sent(ack: AsyncAck, body: Json) -> None:
            self.submitted.append(body)
            await ack(**self.answer)

        @app.view_closed("form")
        async def shut(ack: AsyncAck, body: Json) -> None:
            self.closed.append(body)
            await ack()

        @app.event("app_home_opened")
        async def home(event: Json) -> None:
            blocks = [{"type": "section", "text": plain("Welcome home")}]
            view = {"type": "home", "blocks": blocks}
            await client.views_publish(user_id=event["user"], view=view)
