"""The one place that calls Slack: values in, values out, every refusal raised by its code.

Its parts: `calls` (a call and its errors), `file_calls`, `canvas_calls`, and here messages, views
and people.
"""

import asyncio
import time
from typing import Any

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from blocks.message import Message, to_json, view_to_json
from bot.domain.people import Person
from bot.slack.calls import call
from bot.slack.canvas_calls import CanvasCalls
from bot.slack.file_calls import FileCalls

_PERSON_SECONDS = 300.0
"""How long what Slack said of a person is believed."""
_ADMINS_SECONDS = 600.0
"""How long a list of admins is believed; asking is dear."""
_MAX_PEOPLE_PAGES = 5
_PEOPLE_PAGE = 200
"""Of `users.list`; admins of a larger workspace than these pages hold may be missed."""
_MAX_LINKS = 10_000


class Slack(FileCalls, CanvasCalls):
    """One workspace's Slack, as its app.

    `trusted_origins` is where the token may go for a file's bytes (`fetching.trusted_origins`).
    """

    def __init__(
        self, client: AsyncWebClient, *, trusted_origins: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(client)
        self.trusted_origins = trusted_origins
        self._admins: tuple[float, tuple[Person, ...]] | None = None
        self._listing = asyncio.Lock()
        self._people: dict[str, tuple[float, Person]] = {}
        self._links: dict[tuple[str, str], str] = {}

    async def post(
        self,
        channel_id: str,
        message: Message,
        *,
        thread_ts: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> str:
        """Post a message; its ts."""
        answer = await call(
            "chat.postMessage",
            self._client.chat_postMessage,
            channel=channel_id,
            text=message.text,
            blocks=to_json(message.blocks),
            thread_ts=thread_ts,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer.get("ts"))

    async def update(self, channel_id: str, ts: str, message: Message) -> None:
        """Replace a message of ours."""
        await call(
            "chat.update",
            self._client.chat_update,
            channel=channel_id,
            ts=ts,
            text=message.text,
            blocks=to_json(message.blocks),
        )

    async def whisper(
        self, channel_id: str, user_id: str, message: Message, *, thread_ts: str | None = None
    ) -> None:
        """Say something that one person alone sees."""
        await call(
            "chat.postEphemeral",
            self._client.chat_postEphemeral,
            channel=channel_id,
            user=user_id,
            text=message.text,
            blocks=to_json(message.blocks),
            thread_ts=thread_ts,
        )

    async def permalink(self, channel_id: str, ts: str) -> str:
        """The address of a message; asked once, for it never changes."""
        known = self._links.get((channel_id, ts))
        if known is not None:
            return known
        answer = await call(
            "chat.getPermalink", self._client.chat_getPermalink, channel=channel_id, message_ts=ts
        )
        if len(self._links) >= _MAX_LINKS:
            self._links.pop(next(iter(self._links)))
        link = self._links[channel_id, ts] = str(answer.get("permalink"))
        return link

    async def open_view(self, trigger_id: str, view: View) -> None:
        """Open a modal; the trigger lives for 3 s."""
        await call(
            "views.open", self._client.views_open, trigger_id=trigger_id, view=view_to_json(view)
        )

    async def push_view(self, trigger_id: str, view: View) -> None:
        """Open a modal over the one in which somebody pressed; Slack stacks three."""
        await call(
            "views.push", self._client.views_push, trigger_id=trigger_id, view=view_to_json(view)
        )

    async def update_view(self, view_id: str, view_hash: str | None, view: View) -> None:
        """Replace a modal, with a hash only if it has not changed since."""
        await call(
            "views.update",
            self._client.views_update,
            view_id=view_id,
            hash=view_hash,
            view=view_to_json(view),
        )

    async def update_view_known_as(self, external_id: str, view: View) -> None:
        """Replace a modal that was given that id of ours; `not_found` until Slack has shown it."""
        await call(
            "views.update",
            self._client.views_update,
            external_id=external_id,
            view=view_to_json(view),
        )

    async def publish_home(self, user_id: str, view: View, *, view_hash: str | None = None) -> None:
        """Show a person their App Home, with a hash only if it has not changed since."""
        await call(
            "views.publish",
            self._client.views_publish,
            user_id=user_id,
            hash=view_hash,
            view=view_to_json(view),
        )

    async def is_public(self, channel_id: str) -> bool:
        """Whether everybody of the workspace may look into a channel, and nobody from outside."""
        answer = await call(
            "conversations.info", self._client.conversations_info, channel=channel_id
        )
        channel = answer.get("channel") or {}
        return bool(channel.get("is_channel")) and not channel.get("is_private")

    async def person(self, user_id: str, *, team_id: str, is_fresh: bool = False) -> Person:
        """Who somebody is to the workspace; remembered for some minutes, unless asked afresh."""
        known = None if is_fresh else self._people.get(user_id)
        if known is not None and time.monotonic() - known[0] < _PERSON_SECONDS:
            return known[1]
        answer = await call("users.info", self._client.users_info, user=user_id)
        person = _person(answer.get("user") | {"id": user_id}, team_id=team_id)
        self._people[user_id] = (time.monotonic(), person)
        return person

    async def admins(self, *, team_id: str, limit: int = 5) -> tuple[Person, ...]:
        """The workspace's first admins and owners, for "who can change it"; remembered a while.

        Only some pages of the members are read, so that in a large workspace there may be more.
        """
        async with self._listing:
            if self._admins is None or time.monotonic() - self._admins[0] > _ADMINS_SECONDS:
                self._admins = (time.monotonic(), await self._list_admins(team_id))
        return self._admins[1][:limit]

    async def _list_admins(self, team_id: str) -> tuple[Person, ...]:
        found: list[Person] = []
        cursor: str | None = None
        for _ in range(_MAX_PEOPLE_PAGES):
            answer = await call(
                "users.list", self._client.users_list, limit=_PEOPLE_PAGE, cursor=cursor
            )
            for user in answer.get("members") or ():
                if not user.get("deleted") and not user.get("is_bot"):
                    person = _person(user, team_id=team_id)
                    if person.is_admin and not person.is_external:
                        found.append(person)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                break
        return tuple(found)

    async def open_dm(self, user_id: str) -> str:
        """The id of our conversation with a person, opened if need be."""
        answer = await call("conversations.open", self._client.conversations_open, users=[user_id])
        return str(answer.get("channel")["id"])

    async def text_of(self, channel_id: str, ts: str) -> str:
        """What a message says; empty where it is gone."""
        answer = await call(
            "conversations.replies",
            self._client.conversations_replies,
            channel=channel_id,
            ts=ts,
            limit=1,
        )
        found = [message for message in answer.get("messages", []) if message["ts"] == ts]
        return str(found[0].get("text") or "") if found else ""

    async def find_post(
        self, channel_id: str, *, thread_ts: str | None, oldest: str, key: str, value: str
    ) -> str | None:
        """The ts of our message whose metadata holds `key: value`, if it is there."""
        if thread_ts is None:
            answer = await call(
                "conversations.history",
                self._client.conversations_history,
                channel=channel_id,
                oldest=oldest,
                limit=100,
                include_all_metadata=True,
            )
        else:
            answer = await call(
                "conversations.replies",
                self._client.conversations_replies,
                channel=channel_id,
                ts=thread_ts,
                limit=100,
                include_all_metadata=True,
            )
        for message in answer.get("messages", []):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get(key) == value:
                return str(message["ts"])
        return None


def _person(user: dict[str, Any], *, team_id: str) -> Person:
    profile = user.get("profile") or {}
    return Person(
        id=str(user["id"]),
        team_id=team_id,
        name=str(profile.get("display_name") or user.get("real_name") or user.get("name")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_external=bool(user.get("is_stranger")) or user.get("team_id") not in (None, team_id),
        tz=str(user.get("tz") or "UTC"),
    )
