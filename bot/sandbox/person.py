"""Somebody in the sandbox, for tests: says, clicks, fills in, submits."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import acts, interact, payload
from .blockkit.state import elements
from .canvas import people
from .canvas.access import canvas_of
from .canvas.document import found
from .onlooker import Onlooker
from .wire import Json


class Person(Onlooker):
    """An onlooker who acts."""

    async def say(
        self,
        text: str,
        *,
        channel: str = "dm",
        thread_ts: str | None = None,
        files: Sequence[bytes | Path | str] = (),
    ) -> Json:
        """Post, with files given as bytes or paths; returns the message.

        Raises: Refused, as the client would.
        """
        ids = tuple(self.upload(file) for file in files)
        place = self._place(channel)
        message = acts.say(self._world, self.user, place, text, thread_ts=thread_ts, files=ids)
        await asyncio.sleep(0)
        return self._shown(place.id, message.ts)

    def upload(self, file: bytes | Path | str, *, name: str = "", alt_txt: str = "") -> str:
        """A file about to be posted; returns its id."""
        data = file if isinstance(file, bytes) else Path(file).read_bytes()
        name = name or ("picture.png" if isinstance(file, bytes) else Path(file).name)
        return acts.upload(self._world, self.user, name=name, data=data, alt_txt=alt_txt).id

    async def edit(self, message: Json, text: str) -> Json:
        channel = self._channel_of(message)
        acts.edit(self._world, self.user, channel, message["ts"], text)
        return self._shown(channel.id, message["ts"])

    async def delete(self, message: Json) -> None:
        acts.delete(self._world, self.user, self._channel_of(message), message["ts"])

    async def react(self, message: Json, name: str) -> None:
        channel = self._channel_of(message)
        acts.react(self._world, self.user, channel, ts=message["ts"], name=name)

    async def stop(self, message: Json) -> None:
        """Press stop in the thread of this message while an agent works in it."""
        channel = self._channel_of(message)
        thread_ts = message.get("thread_ts") or message["ts"]
        acts.stop_session(self._world, self.user, channel, thread_ts)

    async def command(
        self, name: str, text: str = "", *, channel: str = "dm", thread_ts: str | None = None
    ) -> None:
        place = self._place(channel)
        await interact.command(self._world, self.user, place, name, text, thread_ts=thread_ts)

    async def shortcut(self, callback_id: str, message: Json | None = None) -> None:
        target = None
        if message is not None:
            target = self._container(message).message
        await interact.shortcut(self._world, self.user, callback_id, message=target)

    async def home(self, tab: str = "home") -> Json | None:
        """Open the app's tab; returns the Home as published so far."""
        return acts.open_home(self._world, self.user, tab)

    async def click(self, where: Json, what: str, *, value: Any = None) -> None:
        """Use an element of a message or view, named by action_id or by how its label begins.

        Raises: LookupError when there is none, Refused when the app does not answer.
        """
        block, element = self._find(where, what)
        container = self._container(where)
        ids = block["block_id"], element["action_id"]
        await interact.action(self._world, self.user, container, *ids, value)

    async def choose(self, where: Json, action_id: str, value: Any) -> None:
        """Put a value into an element; a menu that asks the app is asked first.

        Raises: LookupError when the app does not offer it.
        """
        block, element = self._find(where, action_id)
        container = self._container(where)
        ids = block["block_id"], element["action_id"]
        if "external" in element["type"] and value is not None:
            several = isinstance(value, list)
            picked = [
                await self._pick(container, block, element, v)
                for v in (value if several else [value])
            ]
            value = picked if several else picked[0]
        await interact.action(self._world, self.user, container, *ids, value)

    async def fill(self, view: Json, values: Json) -> None:
        """Enter values, named by action_id or block_id."""
        for name, value in values.items():
            await self.choose(view, name, value)

    async def suggest(self, where: Json, action_id: str, query: str = "") -> list[Json]:
        """The options the app offers for this query, groups flattened."""
        block, element = self._find(where, action_id)
        ids = block["block_id"], element["action_id"]
        container = self._container(where)
        answer = await interact.suggest(self._world, self.user, container, *ids, query)
        options = list(answer.get("options") or ())
        for group in answer.get("option_groups") or ():
            options += group["options"]
        return options

    async def submit(self, view: Json, values: Json | None = None) -> Json:
        """Submit, with further values by action_id or block_id.

        Returns: `response_action` (close, errors, update, push or clear) and `errors`.
        """
        nested: Json = {}
        for name, value in (values or {}).items():
            block, element = self._find(view, name)
            if "external" in element["type"] and isinstance(value, str):
                value = await self._pick(self._container(view), block, element, value)
            nested.setdefault(block["block_id"], {})[element["action_id"]] = value
        where = self._container(view).view
        if where is None:
            raise LookupError("this view is no longer open")
        return await interact.submit(self._world, self.user, where, nested)

    async def close(self, view: Json) -> None:
        where = self._container(view).view
        if where is not None:
            await interact.close(self._world, self.user, where)

    async def write_canvas(self, title: str, markdown: str = "", *, channel: str = "") -> str:
        """A new canvas, of a channel if one is named (its own, or else a tab); returns its id."""
        place = self._place(channel) if channel else None
        file = people.write(self._world, self.user, title=title, markdown=markdown, channel=place)
        return file.id

    async def edit_canvas(
        self,
        canvas_id: str,
        operation: str = "insert_at_end",
        markdown: str = "",
        *,
        section: str = "",
        after: str = "",
    ) -> None:
        """One change, as `canvases.edit` names it, or `move`; sections are named by their words.

        Raises: LookupError when no section says so, Refused as the client would.
        """
        ids = [self._section(canvas_id, words) if words else "" for words in (section, after)]
        people.edit(
            self._world,
            self.user,
            canvas_id,
            operation=operation,
            section_id=ids[0],
            markdown=markdown,
            after=ids[1],
        )

    async def share_canvas(self, canvas_id: str, to: str, *, access: str = "read") -> None:
        """Post its link in a channel or to the app (`dm`), or give it to a person."""
        people.share(self._world, self.user, canvas_id, to=to, access=access)

    async def delete_canvas(self, canvas_id: str) -> None:
        people.delete(self._world, self.user, canvas_id)

    def canvas_markdown(self, canvas_id: str) -> str:
        """What a canvas says, its title first.

        Raises: Refused `canvas_not_found` when she may not read it.
        """
        return canvas_of(people.seen(self._world.workspace, self.user, canvas_id)).document.markdown

    def _section(self, canvas_id: str, words: str) -> str:
        file = people.seen(self._world.workspace, self.user, canvas_id)
        for section_id in found(canvas_of(file).document, kinds=(), text=words):
            return section_id
        raise LookupError(f"no section of the canvas says {words!r}")

    def _container(self, where: Json) -> payload.Container:
        home = self._world.workspace
        if "root_view_id" in where:
            given: Json = {"type": "view", "view_id": where["id"]}
        else:
            channel = self._channel_of(where).id
            given = {"type": "message", "channel": channel, "message_ts": where["ts"]}
        return payload.container(home, self.user, given)

    def _find(self, where: Json, what: str) -> tuple[Json, Json]:
        """An element of the view or message as it is now, by id or by how its label begins."""
        blocks = self._container(where).blocks
        for block, element in elements(blocks):
            if what in (element["action_id"], block["block_id"]):
                return block, element
        for block, element in elements(blocks):
            label = element.get("text") or block.get("label") or {}
            if label.get("text", "").startswith(what):
                return block, element
        there = [e["action_id"] for _, e in elements(blocks)]
        raise LookupError(f"no element {what!r} here, only {there}")

    async def _pick(
        self, container: payload.Container, block: Json, element: Json, value: Any
    ) -> Json:
        """The option with this value or label, asked of the app by its first letters."""
        wanted = value.get("value") if isinstance(value, dict) else value
        ids = block["block_id"], element["action_id"]
        key = (container.key, self.user.id, *ids)
        queries = [str(wanted), ""] if element.get("min_query_length", 3) == 0 else [str(wanted)]
        for query in (None, *queries):
            if query is not None:
                await interact.suggest(self._world, self.user, container, *ids, query)
            for option in self._world.workspace.offered.get(key, ()):
                if wanted in (option["value"], option["text"]["text"]):
                    return option
        raise LookupError(f"the app does not offer {wanted!r}")
