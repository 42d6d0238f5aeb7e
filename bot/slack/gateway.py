"""The one place that calls Slack: values in, values out, every refusal raised by its code."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from blocks.message import Message, to_json, view_to_json
from bot.domain.people import Person
from bot.errors import SlackError, SlackUnavailable

_PERSON_SECONDS = 300.0
"""How long what Slack said of a person is believed."""
_PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
    }
)
"""Codes that another try may not see. Source: the method pages' common errors (2026-11)."""
_DEFAULT_RETRY_SECONDS = 5.0
_UPLOAD_SECONDS = 120.0
_MAX_LINKS = 10_000
_MAX_MEMBER_PAGES = 10
"""Of a thousand people each."""


class _Answer(Protocol):
    def get(self, key: str, default: Any = None) -> Any: ...


class Slack:
    """One workspace's Slack, as its app."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
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
        answer = await _call(
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
        await _call(
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
        await _call(
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
        answer = await _call(
            "chat.getPermalink", self._client.chat_getPermalink, channel=channel_id, message_ts=ts
        )
        if len(self._links) >= _MAX_LINKS:
            self._links.pop(next(iter(self._links)))
        link = self._links[channel_id, ts] = str(answer.get("permalink"))
        return link

    async def open_view(self, trigger_id: str, view: View) -> None:
        """Open a modal; the trigger lives for 3 s."""
        await _call(
            "views.open", self._client.views_open, trigger_id=trigger_id, view=view_to_json(view)
        )

    async def push_view(self, trigger_id: str, view: View) -> None:
        """Open a modal on top of another; at most three lie on each other."""
        await _call(
            "views.push", self._client.views_push, trigger_id=trigger_id, view=view_to_json(view)
        )

    async def update_view(self, view_id: str, view_hash: str, view: View) -> None:
        """Replace a modal unless it has changed since `view_hash`."""
        await _call(
            "views.update",
            self._client.views_update,
            view_id=view_id,
            hash=view_hash,
            view=view_to_json(view),
        )

    async def publish_home(self, user_id: str, view: View) -> None:
        """Show a person their App Home."""
        await _call(
            "views.publish", self._client.views_publish, user_id=user_id, view=view_to_json(view)
        )

    async def person(self, user_id: str, *, team_id: str) -> Person:
        """Who somebody is to the workspace; remembered for some minutes."""
        known = self._people.get(user_id)
        if known is not None and time.monotonic() - known[0] < _PERSON_SECONDS:
            return known[1]
        answer = await _call("users.info", self._client.users_info, user=user_id)
        user = answer.get("user")
        profile = user.get("profile") or {}
        person = Person(
            id=user_id,
            team_id=team_id,
            name=str(profile.get("display_name") or user.get("real_name") or user.get("name")),
            is_admin=bool(user.get("is_admin") or user.get("is_owner")),
            is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            is_external=bool(user.get("is_stranger")) or user.get("team_id") not in (None, team_id),
            tz=str(user.get("tz") or "UTC"),
        )
        self._people[user_id] = (time.monotonic(), person)
        return person

    async def find_post(
        self, channel_id: str, *, thread_ts: str | None, oldest: str, key: str, value: str
    ) -> str | None:
        """The ts of our message whose metadata holds `key: value`, if it is there."""
        if thread_ts is None:
            answer = await _call(
                "conversations.history",
                self._client.conversations_history,
                channel=channel_id,
                oldest=oldest,
                limit=100,
                include_all_metadata=True,
            )
        else:
            answer = await _call(
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

    async def text_of(self, channel_id: str, ts: str) -> str:
        """What a message says; empty where it is gone."""
        answer = await _call(
            "conversations.replies",
            self._client.conversations_replies,
            channel=channel_id,
            ts=ts,
            limit=1,
        )
        found = [message for message in answer.get("messages", []) if message["ts"] == ts]
        return str(found[0].get("text") or "") if found else ""

    async def is_member(self, channel_id: str, user_id: str) -> bool:
        """Whether somebody is in a channel; False also where it has too many people to tell."""
        cursor = ""
        for _ in range(_MAX_MEMBER_PAGES):
            answer = await _call(
                "conversations.members",
                self._client.conversations_members,
                channel=channel_id,
                limit=1000,
                cursor=cursor or None,
            )
            if user_id in answer.get("members", []):
                return True
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return False
        return False

    async def channel(self, channel_id: str) -> dict[str, Any]:
        """A conversation as Slack has it."""
        answer = await _call(
            "conversations.info", self._client.conversations_info, channel=channel_id
        )
        return dict(answer.get("channel") or {})

    async def list_files(
        self, types: str, *, channel_id: str | None = None, user_id: str | None = None
    ) -> list[str]:
        """The ids of the newest files of these types, in a channel or of a person."""
        answer = await _call(
            "files.list",
            self._client.files_list,
            types=types,
            channel=channel_id,
            user=user_id,
            count=100,
        )
        return [str(file["id"]) for file in answer.get("files", [])]

    async def canvas_html(self, canvas_id: str) -> str:
        """All of a canvas."""
        answer = await _call(
            "canvases.getContent",
            self._client.canvases_getContent,
            canvas_id=canvas_id,
            content_type="html",
        )
        return str(answer.get("content") or "")

    async def edit_canvas(self, canvas_id: str, change: dict[str, Any], *, markdown: str) -> None:
        """Make one change, with Markdown where it takes any."""
        content = {"document_content": {"type": "markdown", "markdown": markdown}}
        await _call(
            "canvases.edit",
            self._client.canvases_edit,
            canvas_id=canvas_id,
            changes=[change | content if markdown else change],
        )

    async def begin_upload(
        self, *, filename: str, size_bytes: int, alt_text: str
    ) -> tuple[str, str]:
        """Announce a file: its id and the address for its bytes. It is nothing until `share`."""
        answer = await _call(
            "files.getUploadURLExternal",
            self._client.files_getUploadURLExternal,
            filename=filename,
            length=size_bytes,
            alt_txt=alt_text,
        )
        return str(answer.get("file_id")), str(answer.get("upload_url"))

    async def send_bytes(self, upload_url: str, data: bytes) -> None:
        """Send an announced file's bytes."""
        if self._client.session is None:
            raise RuntimeError("the client was given no session")
        timeout = aiohttp.ClientTimeout(total=_UPLOAD_SECONDS)
        try:
            async with self._client.session.post(upload_url, data=data, timeout=timeout) as answer:
                if answer.status >= 300:
                    raise SlackUnavailable(
                        "upload",
                        f"http_{answer.status}",
                        retry_after_seconds=_DEFAULT_RETRY_SECONDS,
                    )
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _unreachable("upload") from error

    async def share(
        self,
        files: Sequence[tuple[str, str]],
        *,
        channel_id: str,
        thread_ts: str | None,
        comment: str,
    ) -> None:
        """Put uploaded files, each an id and a title, into a thread as one message, once."""
        await _call(
            "files.completeUploadExternal",
            self._client.files_completeUploadExternal,
            files=[{"id": file_id, "title": title} for file_id, title in files],
            channel_id=channel_id,
            thread_ts=thread_ts,
            initial_comment=comment,
        )

    async def file(self, file_id: str) -> dict[str, Any] | None:
        """A shared file as Slack has it, or None where the upload never was completed."""
        try:
            answer = await _call("files.info", self._client.files_info, file=file_id)
        except SlackError as error:
            if error.code in ("file_not_found", "file_deleted"):
                return None
            raise
        return dict(answer.get("file") or {})


async def _call(
    method: str, function: Callable[..., Awaitable[_Answer]], **arguments: Any
) -> _Answer:
    """Call a method without the arguments that are None.

    Raises: SlackUnavailable where another try may succeed; SlackError with Slack's code.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        return await function(**given)
    except SlackApiError as error:
        raise _refusal(method, error) from error
    except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise _unreachable(method) from error
    except json.JSONDecodeError as error:
        raise _unreachable(method) from error


def _refusal(method: str, error: SlackApiError) -> SlackError:
    response = error.response
    code = str(response.get("error") or "unknown_error")
    status = getattr(response, "status_code", 200)
    if status == 429 or status >= 500 or code in _PASSING:
        wait = (getattr(response, "headers", None) or {}).get("Retry-After")
        seconds = float(wait) if wait else _DEFAULT_RETRY_SECONDS
        return SlackUnavailable(method, code, retry_after_seconds=seconds)
    return SlackError(method, code)


def _unreachable(method: str) -> SlackUnavailable:
    return SlackUnavailable(method, "unreachable", retry_after_seconds=_DEFAULT_RETRY_SECONDS)
