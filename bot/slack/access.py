"""What a person may do with a canvas, as far as Slack tells an app: a file object in, a level out.

Slack has no method that asks this for somebody else; the file object names the owner, the people
it was given to, and what the members of each channel with it may do. What it does not say, a
person may not.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

from bot.domain.people import Person


class Access(IntEnum):
    """Each level includes those before it."""

    NONE = 0
    READ = 1
    WRITE = 2
    OWNER = 3


def access_of(file: Mapping[str, Any], person: Person) -> Access:
    """The most that a person may do with a canvas wherever they are."""
    if file.get("user") == person.id:
        return Access.OWNER
    return max(_granted(file, person), default=Access.NONE)


def channel_access_of(file: Mapping[str, Any], channel_id: str) -> Access:
    """What the members of a channel may do with a canvas because it is shared there."""
    shares = file.get("shares") or {}
    posts = [
        post
        for kind in ("public", "private")
        for post in (shares.get(kind) or {}).get(channel_id) or ()
    ]
    # A share whose level is not told lets its channel read: it was shown the canvas.
    return max((_level(post.get("access", "read")) for post in posts), default=Access.NONE)


def own_access_of(file: Mapping[str, Any]) -> Access:
    """What we may do with it; known of what `files.info` answers."""
    return _level(file.get("access"))


def _granted(file: Mapping[str, Any], person: Person) -> Iterator[Access]:
    for entry in file.get("dm_mpdm_users_with_file_access") or ():
        if entry.get("user_id") == person.id:
            yield _level(entry.get("access"))
    if not (person.is_guest or person.is_external):
        yield _level(file.get("org_or_workspace_access"))


def _level(name: object) -> Access:
    return {"read": Access.READ, "write": Access.WRITE, "owner": Access.OWNER}.get(
        str(name), Access.NONE
    )
