"""What somebody's client shows them, read and waited for, without sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from . import acts
from .model import Channel, User
from .reading import visible_text
from .shown import view_shown
from .wire import Json
from .world import World

Seen = Callable[[Json], bool]


class Onlooker:
    """Somebody in the workspace, with what their client shows them."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.user = user
        self._notices: list[Json] = []
        self._waiting: list[Callable[[Json], None]] = []
        self._stop = world.stream.watch(user.id, self._receive)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def dm(self) -> str:
        """The id of the conversation with the app."""
        return self._world.workspace.dm(self.user.id).id

    def leave(self) -> None:
        self._stop()

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

    async def see_home(self, matches: Seen | str, *, timeout_seconds: float = 5) -> Json:
        """Wait until the Home shows this; returns the view."""
        test = _test(matches)

        def now() -> Json | None:
            home = self._world.workspace
            view = home.views.get(home.homes.get(self.user.id, ""))
            shown = view_shown(home, view) if view is not None else None
            return shown if shown is not None and test(shown) else None

        return await self._until(now, timeout_seconds, f"a Home with {_named(matches)}")

    async def modal(self, *, timeout_seconds: float = 5) -> Json:
        """The topmost open view, waited for."""

        def now() -> Json | None:
            home = self._world.workspace
            stack = home.stack(self.user.id)
            return view_shown(home, stack[-1]) if stack else None

        return await self._until(now, timeout_seconds, "an open modal")

    async def see_modal(self, matches: Seen | str, *, timeout_seconds: float = 5) -> Json:
        """The topmost view once it shows this."""
        test = _test(matches)

        def now() -> Json | None:
            home = self._world.workspace
            stack = home.stack(self.user.id)
            shown = view_shown(home, stack[-1]) if stack else None
            return shown if shown is not None and test(shown) else None

        return await self._until(now, timeout_seconds, f"a modal with {_named(matches)}")

    def views(self) -> list[Json]:
        """The open modals, bottom first."""
        home = self._world.workspace
        return [view_shown(home, view) for view in home.stack(self.user.id)]

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
        return acts.place(self._world.workspace, self.user, name)

    def _messages(self, place: Channel) -> list[Json]:
        """Newest first, with the channel's id in each."""
        home = self._world.workspace
        shown = [{**home.shown(m), "channel": place.id} for m in reversed(place.messages.values())]
        notices = [n for n in self._notices if n["channel"] == place.id]
        return sorted(shown + notices, key=lambda m: str(m["ts"]), reverse=True)

    def _shown(self, channel: str, ts: str) -> Json:
        message = self._world.workspace.find_message(channel, ts)
        if message is None:
            raise LookupError("the message is gone")
        return {**self._world.workspace.shown(message), "channel": channel}

    def _channel_of(self, message: Json) -> Channel:
        home = self._world.workspace
        if "channel" in message:
            return home.channels[message["channel"]]
        for channel in home.channels.values():
            if home.find_message(channel.id, message["ts"]) is not None:
                return channel
        raise LookupError("the message is gone")


def _test(matches: Seen | str) -> Seen:
    if isinstance(matches, str):
        text = matches
        return lambda shown: text in visible_text(shown)
    return matches


def _named(matches: Seen | str) -> str:
    return repr(matches) if isinstance(matches, str) else "what was looked for"
