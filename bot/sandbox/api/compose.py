"""What an app wants to say becomes a message body, or Slack's refusal of it."""

import re
from typing import Any

from ..blockkit.blocks import check_blocks
from ..blockkit.size import too_long
from ..blockkit.state import complete
from ..errors import Refused
from ..model import File
from ..shown import file_shown
from ..store import Workspace
from ..wire import Json, dump

MOST_TEXT = 40_000
MOST_TEXT_IN_UPDATE = 4_000  # bytes, as others have measured
MOST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
MOST_METADATA_BYTES = 8_000
SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})
NO_FALLBACK = "This content can't be displayed."

_EVENT_TYPE = re.compile(r"[A-Za-z0-9_]{1,255}")


def usable_file(workspace: Workspace, reference: str) -> bool:
    """Whether the bot may show this file (by id, url_private or permalink) in a block now.

    Source: https://docs.slack.dev/reference/block-kit/blocks/image-block (2026)
    """
    file = find_file(workspace, reference)
    return (
        file is not None
        and file.mimetype in SHOWN_TYPES
        and file.width_px > 0
        and not file.deleted
        and workspace.may_see(workspace.install.bot_user, file)
    )


def find_file(workspace: Workspace, reference: str) -> File | None:
    """By id, or by exactly its `url_private` or `permalink`: an id in some other URL is none."""
    found = workspace.files.get(reference)
    if found is not None or not reference.startswith(f"{workspace.base_url}/"):
        return found
    for match in re.finditer(r"F[A-Z0-9]{8,}", reference):
        found = workspace.files.get(match[0])
        if found is not None:
            shown = file_shown(workspace, found)
            return found if reference in (shown["url_private"], shown["permalink"]) else None
    return None


def checked_blocks(workspace: Workspace, blocks: Any) -> list[Json]:
    """Blocks of a message with Slack's ids filled in.

    Raises: Refused `invalid_blocks`, `invalid_blocks_format`.
    """
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format", "blocks must be an array")
    walk = check_blocks(
        blocks, surface="message", usable_file=lambda ref: usable_file(workspace, ref)
    )
    if walk.errors:
        raise Refused("invalid_blocks", *walk.errors, errors=walk.errors)
    complete(blocks)
    return blocks


def content(
    workspace: Workspace, args: Json, *, most_text: int | None = None, any_size: bool = False
) -> Json:
    """`text`, `blocks`, `attachments` and `metadata` of a message.

    `most_text` counts bytes of UTF-8; `any_size` leaves the blocks uncounted, as answers to a
    response URL are.

    Raises: Refused `no_text`, `msg_too_long`, `msg_blocks_too_long`, `markdown_text_conflict`,
    `too_many_attachments`, `invalid_attachments`, `invalid_metadata_format`, `metadata_too_large`
    and what `checked_blocks` raises.
    """
    text, markdown = args.get("text"), args.get("markdown_text")
    blocks, attachments = args.get("blocks"), args.get("attachments")
    if markdown is not None and (text is not None or blocks is not None):
        raise Refused("markdown_text_conflict")
    if not any((text, markdown, blocks, attachments)):
        raise Refused("no_text")
    if most_text is not None and len((text or "").encode()) > most_text:
        raise Refused("msg_too_long")
    body: Json = {"text": (text or "")[:MOST_TEXT]}
    if markdown is not None:
        if len(markdown) > MOST_MARKDOWN:
            raise Refused("msg_too_long")
        blocks, body["text"] = [{"type": "markdown", "text": markdown}], markdown
    if blocks:
        body["blocks"] = checked_blocks(workspace, blocks)
        if not any_size and too_long(body["blocks"]):
            raise Refused("msg_blocks_too_long")
        body["text"] = body["text"] or NO_FALLBACK
    if attachments:
        body["attachments"] = checked_attachments(workspace, attachments)
    if args.get("metadata") is not None:
        body["metadata"] = checked_metadata(args["metadata"])
    return body


def checked_attachments(workspace: Workspace, attachments: Any) -> list[Json]:
    """Raises: Refused `invalid_attachments`, `too_many_attachments`, `invalid_blocks`."""
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise Refused("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    for number, attachment in enumerate(attachments, start=1):
        if "blocks" in attachment:
            checked_blocks(workspace, attachment["blocks"])
        attachment["id"] = number
        attachment.setdefault("fallback", "[no preview available]")
    return attachments


def checked_metadata(metadata: Any) -> Json:
    """Raises: Refused `invalid_metadata_format`, `metadata_too_large`."""
    if (
        not isinstance(metadata, dict)
        or set(metadata) != {"event_type", "event_payload"}
        or not isinstance(metadata["event_payload"], dict)
        or not isinstance(metadata["event_type"], str)
        or not _EVENT_TYPE.fullmatch(metadata["event_type"])
    ):
        raise Refused("invalid_metadata_format")
    if len(dump(metadata)) > MOST_METADATA_BYTES:
        raise Refused("metadata_too_large")
    return metadata


def by_app(workspace: Workspace, body: Json) -> Json:
    """A message body with the marks of the app that sends it."""
    install = workspace.install
    return {
        "user": install.bot_user,
        "bot_id": install.bot_id,
        "app_id": install.app_id,
        "team": workspace.id,
        "bot_profile": {
            "id": install.bot_id,
            "app_id": install.app_id,
            "user_id": install.bot_user,
            "name": workspace.app.bot_name,
            "icons": {},
            "deleted": False,
            "updated": 1_700_000_000,
            "team_id": workspace.id,
        },
        **body,
    }
