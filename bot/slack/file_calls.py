"""The gateway's part for files: uploads, what a file is, its bytes, its end."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.errors import SlackError, SlackUnavailable
from bot.slack.calls import DEFAULT_RETRY_SECONDS, Calls, call, unreachable
from bot.slack.fetching import Fetched, fetch

MAX_FILES = 10
"""How many files we put into one message; Slack names no limit, people do not read more."""

_UPLOAD_SECONDS = 120.0
_GONE = ("file_not_found", "file_deleted")


@dataclass(frozen=True)
class SlackFile:
    """A file as Slack describes it.

    `mime` is empty, and the sizes are 0, while Slack still looks at the file; `mode` is `hosted`
    for an ordinary file, `external` where the bytes lie elsewhere, `tombstone` for a deleted one.
    """

    id: str
    mode: str
    name: str
    title: str
    mime: str
    size_bytes: int
    user_id: str
    permalink: str
    address: str
    """Where its bytes are, for the token alone."""
    width_px: int = 0
    height_px: int = 0
    is_external: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether Slack has looked at it: only then may blocks and canvases show it.

        Source: https://github.com/slackapi/python-slack-sdk/issues/1521 (2026-11)
        """
        return bool(self.mime)


class FileCalls(Calls):
    """What we ask of Slack about files."""

    trusted_origins: frozenset[str] = frozenset()
    """Where the token may be sent along when a file's bytes are fetched."""

    async def begin_upload(
        self, *, filename: str, size_bytes: int, alt_text: str
    ) -> tuple[str, str]:
        """Announce a file: its id and the address for its bytes. It is nothing until `share`."""
        answer = await call(
            "files.getUploadURLExternal",
            self._client.files_getUploadURLExternal,
            filename=filename,
            length=size_bytes,
            alt_txt=alt_text,
        )
        return str(answer.get("file_id")), str(answer.get("upload_url"))

    async def send_bytes(self, upload_url: str, data: bytes) -> None:
        """Send an announced file's bytes."""
        timeout = aiohttp.ClientTimeout(total=_UPLOAD_SECONDS)
        try:
            async with self._session.post(
                upload_url, data=io.BytesIO(data), timeout=timeout
            ) as answer:
                if answer.status >= 300:
                    raise SlackUnavailable(
                        "upload",
                        f"http_{answer.status}",
                        retry_after_seconds=DEFAULT_RETRY_SECONDS,
                    )
        except (aiohttp.ClientError, TimeoutError) as error:
            raise unreachable("upload") from error

    async def share(
        self,
        file_id: str,
        *,
        title: str,
        channel_id: str,
        thread_ts: str | None,
        comment: str,
    ) -> None:
        """Put an uploaded file into a thread, once."""
        await self.share_many(
            [(file_id, title)], channel_id=channel_id, thread_ts=thread_ts, comment=comment
        )

    async def share_many(
        self,
        files: Sequence[tuple[str, str]],
        *,
        channel_id: str,
        thread_ts: str | None,
        comment: str,
    ) -> None:
        """Put uploaded files, by id and title, into a thread as one message, once.

        Raises: ValueError for none or more than `MAX_FILES`.
        """
        if not 1 <= len(files) <= MAX_FILES:
            raise ValueError(f"a message carries 1 to {MAX_FILES} files, not {len(files)}")
        await call(
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
            answer = await call("files.info", self._client.files_info, file=file_id)
        except SlackError as error:
            if error.code in _GONE:
                return None
            raise
        return dict(answer.get("file") or {})

    async def described_file(self, file_id: str) -> SlackFile | None:
        """A file as a value, or None where it is gone or not for us."""
        shown = await self.file(file_id)
        return None if shown is None else _described(file_id, shown)

    async def fetch_file(self, address: str, *, most_bytes: int) -> Fetched:
        """The bytes at a file's address, with the token where it may be sent.

        Raises: as `bot.slack.fetching.fetch`.
        """
        return await fetch(
            self._session,
            address,
            token=self._client.token or "",
            trusted_origins=self.trusted_origins,
            most_bytes=most_bytes,
        )

    async def download(self, url: str, *, max_bytes: int) -> bytes:
        """The bytes of a file at one of Slack's own addresses.

        Raises: SlackError, as `fetch_file`.
        """
        return (await self.fetch_file(url, most_bytes=max_bytes)).data

    async def delete_file(self, file_id: str) -> None:
        """Remove a file of ours from every place; one that is gone already is no error.

        Raises: SlackError, such as `cant_delete_file` for somebody else's.
        """
        try:
            await call("files.delete", self._client.files_delete, file=file_id)
        except SlackError as error:
            if error.code not in _GONE:
                raise


def _described(file_id: str, shown: dict[str, Any]) -> SlackFile:
    name = str(shown.get("name") or "")
    return SlackFile(
        id=str(shown.get("id") or file_id),
        mode=str(shown.get("mode") or ""),
        name=name,
        title=str(shown.get("title") or name),
        mime=str(shown.get("mimetype") or ""),
        size_bytes=int(shown.get("size") or 0),
        user_id=str(shown.get("user") or ""),
        permalink=str(shown.get("permalink") or ""),
        address=str(shown.get("url_private_download") or shown.get("url_private") or ""),
        width_px=int(shown.get("original_w") or 0),
        height_px=int(shown.get("original_h") or 0),
        is_external=bool(shown.get("is_external")),
    )
