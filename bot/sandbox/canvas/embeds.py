"""What an `![…](address)` in a canvas stands for, and whether it may stand there."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .access import access_of

if TYPE_CHECKING:
    from ..store import Workspace

_OWN = re.compile(
    r"/(?:files/[UW]\w+/(?P<file>F[A-Z0-9]+)(?:/\S*)?"
    r"|docs/\w+/(?P<canvas>F[A-Z0-9]+)"
    r"|archives/(?P<channel>[CGD][A-Z0-9]+)(?:/(?P<message>p\d+))?"
    r"|team/(?P<user>[UW][A-Z0-9]+))/?(?:\?\S*)?"
)
_INWARD = ("localhost", ".localhost", ".local", ".internal", ".test")


@dataclass(frozen=True)
class Embed:
    """`kind` is user, channel, message, canvas, file or web; `id` is empty for the web."""

    kind: str
    id: str = ""
    url: str = ""


def embed_of(workspace: Workspace, address: str) -> Embed | None:
    """What an address names; None for what neither this workspace nor the web could have."""
    if address[:2] in ("@U", "@W"):
        return Embed("user", address[1:])
    if address[:2] in ("#C", "#G"):
        return Embed("channel", address[1:])
    if address.startswith(f"{workspace.base_url}/"):
        match = _OWN.fullmatch(address.removeprefix(workspace.base_url))
        if match is None:
            return None
        kind = match.lastgroup or ""
        found = match["channel"] if kind == "message" else match[kind]
        return Embed(kind, found, address)
    return Embed("web", url=address) if _is_public(address) else None


def problem_with(workspace: Workspace, user: str, address: str) -> str | None:
    """Why `user` may not put this into a canvas."""
    embed = embed_of(workspace, address)
    if embed is None:
        return f"Unsupported image or link ({address}): neither public nor a permalink"
    if embed.kind == "user":
        known = embed.id in workspace.users
    elif embed.kind in ("channel", "message"):
        channel = workspace.channels.get(embed.id)
        known = channel is not None and (not channel.is_private or user in channel.members)
    elif embed.kind == "canvas":
        file = workspace.files.get(embed.id)
        known = (
            file is not None and not file.deleted and access_of(workspace, user, file) is not None
        )
    elif embed.kind == "file":
        file = workspace.files.get(embed.id)
        known = file is not None and not file.deleted and workspace.may_see(user, file)
        if file is not None and known and not file.processed:
            return f"File {embed.id} is not processed yet"
    else:
        known = True
    return None if known else f"{embed.kind.capitalize()} {embed.id} was not found"


def _is_public(address: str) -> bool:
    """An address that Slack could fetch from where it is; its own hosts hold no public pictures."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or host.endswith(_INWARD):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        own = host == "slack.com" or host.endswith(".slack.com")
        return "." in host and not (own and parts.path.startswith(("/files", "/docs")))
