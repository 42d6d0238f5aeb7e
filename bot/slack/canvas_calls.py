"""The gateway's part for canvases: their content, their sections' ids, one change at a time."""

from typing import Any, Literal

from bot.slack.calls import Calls, call

_LISTED = 100
_MAX_MEMBER_PAGES = 5
_MEMBER_PAGE = 200

Insertion = Literal["insert_after", "insert_at_end"]


class CanvasCalls(Calls):
    """What we ask of Slack about canvases and the channels they belong to."""

    async def canvas_content(self, canvas_id: str) -> str:
        """The whole canvas as Markdown, its title first."""
        answer = await call(
            "canvases.getContent",
            self._client.canvases_getContent,
            canvas_id=canvas_id,
            content_type="markdown",
        )
        return str(answer.get("content") or "")

    async def canvas_sections(
        self, canvas_id: str, *, text: str | None = None, kind: str | None = None
    ) -> tuple[str, ...]:
        """The ids of the sections with this text, of this kind (`h1`, `h2`, `h3`), or both.

        The ids are good until somebody edits the canvas.
        """
        criteria: dict[str, Any] = {}
        if text is not None:
            criteria["contains_text"] = text
        if kind is not None:
            criteria["section_types"] = [kind]
        answer = await call(
            "canvases.sections.lookup",
            self._client.canvases_sections_lookup,
            canvas_id=canvas_id,
            criteria=criteria,
        )
        return tuple(str(section["id"]) for section in answer.get("sections") or ())

    async def insert_into_canvas(self, canvas_id: str, markdown: str, *, after: str | None) -> None:
        """Put Markdown after a section, or at the end."""
        operation: Insertion = "insert_at_end" if after is None else "insert_after"
        change: dict[str, Any] = {
            "operation": operation,
            "document_content": {"type": "markdown", "markdown": markdown},
        }
        if after is not None:
            change["section_id"] = after
        await self._edit(canvas_id, change)

    async def delete_canvas_section(self, canvas_id: str, section_id: str) -> None:
        """Remove one section."""
        await self._edit(canvas_id, {"operation": "delete", "section_id": section_id})

    async def _edit(self, canvas_id: str, change: dict[str, Any]) -> None:
        await call(
            "canvases.edit", self._client.canvases_edit, canvas_id=canvas_id, changes=[change]
        )

    async def canvas_file(self, canvas_id: str) -> dict[str, Any]:
        """A canvas as the file that it is."""
        answer = await call("files.info", self._client.files_info, file=canvas_id)
        return dict(answer.get("file") or {})

    async def canvas_files(self, channel_id: str) -> tuple[dict[str, Any], ...]:
        """The canvases shared in a channel that we may see, newest first."""
        answer = await call(
            "files.list",
            self._client.files_list,
            channel=channel_id,
            types="canvas",
            count=_LISTED,
        )
        return tuple(answer.get("files") or ())

    async def channel(self, channel_id: str) -> dict[str, Any]:
        """A channel as Slack has it."""
        answer = await call(
            "conversations.info", self._client.conversations_info, channel=channel_id
        )
        return dict(answer.get("channel") or {})

    async def is_member(self, channel_id: str, user_id: str) -> bool:
        """Whether somebody is in a channel; of a very large one only the first pages are read."""
        cursor: str | None = None
        for _ in range(_MAX_MEMBER_PAGES):
            answer = await call(
                "conversations.members",
                self._client.conversations_members,
                channel=channel_id,
                limit=_MEMBER_PAGE,
                cursor=cursor,
            )
            if user_id in (answer.get("members") or ()):
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                break
        return False
