"""Somebody in the sandbox, for tests: says, clicks, fills in, and waits to see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import acts, interact, payload
from .blockkit.state import elements
from .model import Channel, User
from .reading import visible_text
from .shown import view_shown
from .stream import Stream
from .wire import Json
from .world import World

Seen = Callable[[Json], bool]


class Person:
    """Somebody in the workspace, with what their client shows them."""

    def __init__(self, world: World, stream: Stream, user: User) -> None:
        self._world = world
        self.user = user
        self._notices: list[Json] = []
        self._waiting: list[Callable[[Json], None]] = []
        self._stop = stream.watch(user.id, self._receive)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def dm(self) -> str:
        """The id of the conversation with the app."""
        return self._world.home.dm(self.user.id).id

    def leave(self) -> None:
        self._stop()

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

    async def command(
        self, name: str, text: str = "", *, channel: str = "dm", thread_ts: str | None = None
    ) -> None:
        place = self._place(channel)
        await interact.command(self._world, self.user, place, name, text, thread_ts=thread_ts)

    async def shortcut(self, callback_id: str, message: Json | None = None) -> None:
        target = None
        if message is not None:
            channel = self._channel_of(message)
            target = self._world.home.find_message(channel.id, message["ts"])
        await interact.shortcut(self._world, self.user, callback_id, message=target)

    async def home(self, tab: str = "home") -> Json | None:
        """Open the app's tab; returns the Home as published so far."""
        return acts.open_home(self._world, self.user, tab)

    async def see_home(self, matches: Seen | str, *, timeout_seconds: float = 5) -> Json:
        """Wait until the Home shows this; returns the view."""
        test = _test(matches)

        def now() -> Json | None:
            home = self._world.home
            view = home.views.get(home.homes.get(self.user.id, ""))
            shown = view_shown(home, view) if view is not None else None
            return shown if shown is not None and test(shown) else None

        return await self._until(now, timeout_seconds, f"a Home with {_named(matches)}")

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

    async def modal(self, *, timeout_seconds: float = 5) -> Json:
        """The topmost open view, waited for."""

        def now() -> Json | None:
            home = self._world.home
            stack = home.stack(self.user.id)
            return view_shown(home, stack[-1]) if stack else None

        return await self._until(now, timeout_seconds, "an open modal")

    async def see_modal(self, matches: Seen | str, *, timeout_seconds: float = 5) -> Json:
        """The topmost view once it shows this."""
        test = _test(matches)

        def now() -> Json | None:
            home = self._world.home
            stack = home.stack(self.user.id)
            shown = view_shown(home, stack[-1]) if stack else None
            return shown if shown is not None and test(shown) else None

        return await self._until(now, timeout_seconds, f"a modal with {_named(matches)}")

    def views(self) -> list[Json]:
        """The open modals, bottom first."""
        home = self._world.home
        return [view_shown(home, view) for view in home.stack(self.user.id)]

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

    async def see(
        self,
        matches: Seen | str,
        *,
        channel: str = "dm",
        thread_ts: str | None = None,
        timeout_seconds: float = 5,
    ) -> Json:
        """The newest message (or notice) that matches, waited for.

        `matches` is text to be found in the message or its blocks, or a test of the message.
        With `thread_ts` only that thread counts.

        Raises: TimeoutError, saying what was there instead.
        """
        place = self._place(channel)
        test = _test(matches)

        def fits(message: Json) -> bool:
            in_thread = thread_ts in (None, message["ts"], message.get("thread_ts"))
            return in_thread and test(message)

        for message in self._messages(place):
            if fits(message):
                return message
        found: asyncio.Future[Json] = asyncio.get_running_loop().create_future()

        def look(frame: Json) -> None:
            known = frame["type"] in ("message", "message_changed", "ephemeral")
            if known and frame["channel"] == place.id and not found.done():
                message = {**frame["message"], "channel": place.id}
                if fits(message):
                    found.set_result(message)

        self._waiting.append(look)
        try:
            async with asyncio.timeout(timeout_seconds):
                return await found
        except TimeoutError:
            there = [visible_text(m)[:200] for m in self._messages(place)[:8]]
            raise TimeoutError(f"{_named(matches)} was not seen; there is {there}") from None
        finally:
            self._waiting.remove(look)

    async def see_gone(
        self,
        matches: Seen | str,
        *,
        channel: str = "dm",
        thread_ts: str | None = None,
        timeout_seconds: float = 5,
    ) -> None:
        """Wait until no message matches any more."""
        place = self._place(channel)
        test = _test(matches)

        def now() -> Json | None:
            for message in self._messages(place):
                in_thread = thread_ts in (None, message["ts"], message.get("thread_ts"))
                if in_thread and test(message):
                    return None
            return {"gone": True}

        await self._until(now, timeout_seconds, f"{_named(matches)} gone")

    def messages(self, channel: str = "dm", *, thread_ts: str | None = None) -> list[Json]:
        """Everything in a channel (or thread) as she sees it, oldest first, notices included."""
        return [
            m
            for m in reversed(self._messages(self._place(channel)))
            if thread_ts in (None, m["ts"], m.get("thread_ts"))
        ]

    def notices(self) -> list[Json]:
        """The messages only she was shown, oldest first."""
        return list(self._notices)

    async def see_notice(self, matches: Seen | str, *, timeout_seconds: float = 5) -> Json:
        test = _test(matches)

        def now() -> Json | None:
            return next((n for n in reversed(self._notices) if test(n)), None)

        return await self._until(now, timeout_seconds, f"a notice with {_named(matches)}")

    def refresh(self, message: Json) -> Json:
        """The message as it is now.

        Raises: LookupError when it is gone.
        """
        return self._shown(self._channel_of(message).id, message["ts"])

    def _receive(self, frame: Json) -> None:
        if frame["type"] == "ephemeral":
            notice = {**frame["message"], "channel": frame["channel"]}
            self._notices = [n for n in self._notices if n["ts"] != notice["ts"]] + [notice]
        elif frame["type"] == "message_deleted":
            self._notices = [n for n in self._notices if n["ts"] != frame["ts"]]
        for look in tuple(self._waiting):
            look(frame)

    async def _until(self, now: Callable[[], Json | None], seconds: float, what: str) -> Json:
        changed = asyncio.Event()

        def look(frame: Json) -> None:
            changed.set()

        self._waiting.append(look)
        try:
            async with asyncio.timeout(seconds):
                while (found := now()) is None:
                    changed.clear()
                    await changed.wait()
                return found
        except TimeoutError:
            raise TimeoutError(f"{self.user.name} waited in vain for {what}") from None
        finally:
            self._waiting.remove(look)

    def _place(self, name: str) -> Channel:
        return acts.place(self._world.home, self.user, name)

    def _messages(self, place: Channel) -> list[Json]:
        """Newest first, with the channel's id in each."""
        home = self._world.home
        shown = [{**home.shown(m), "channel": place.id} for m in reversed(place.messages.values())]
        notices = [n for n in self._notices if n["channel"] == place.id]
        return sorted(shown + notices, key=lambda m: str(m["ts"]), reverse=True)

    def _shown(self, channel: str, ts: str) -> Json:
        message = self._world.home.find_message(channel, ts)
        if message is None:
            raise LookupError("the message is gone")
        return {**self._world.home.shown(message), "channel": channel}

    def _channel_of(self, message: Json) -> Channel:
        home = self._world.home
        if "channel" in message:
            return home.channels[message["channel"]]
        for channel in home.channels.values():
            if home.find_message(channel.id, message["ts"]) is not None:
                return channel
        raise LookupError("the message is gone")

    def _container(self, where: Json) -> payload.Container:
        home = self._world.home
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
            for option in self._world.home.offered.get(key, ()):
                if wanted in (option["value"], option["text"]["text"]):
                    return option
        raise LookupError(f"the app does not offer {wanted!r}")


def _test(matches: Seen | str) -> Seen:
    if isinstance(matches, str):
        text = matches
        return lambda shown: text in visible_text(shown)
    return matches


def _named(matches: Seen | str) -> str:
    return repr(matches) if isinstance(matches, str) else "what was looked for"
