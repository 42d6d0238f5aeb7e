"""Who and what is there at the start: people, channels, and a partner of another company."""

from .model import Channel, Installation, Kind, User, UserGroup
from .store import Workspace
from .wire import new_id

TEAM = "T0SANDBOX1"
APP = "A0SANDBOX1"
BOT_USER = "U0BOT00001"
BOT = "B0BOT00001"
PARTNER_TEAM = "T0PARTNER1"
_BERLIN = ("Europe/Berlin", "Central European Time", 3600)
_NEW_YORK = ("America/New_York", "Eastern Standard Time", -18000)
_ISTANBUL = ("Europe/Istanbul", "Turkey Time", 10800)
_LISBON = ("Europe/Lisbon", "Western European Time", 0)


def first_installation() -> Installation:
    """Of the workspace that is there from the start: its ids are the same in every run."""
    return Installation(APP, BOT, BOT_USER)


def settle(workspace: Workspace, *, colleagues: Workspace | None = None) -> None:
    """Put people and channels into a workspace.

    The first has fixed ids. Another has new ones, but for `colleagues`: people of an organisation
    are the same in all its workspaces.
    """
    is_first = workspace.id == TEAM

    def known(prefix: str, rest: str) -> str:
        return f"{prefix}0{rest}" if is_first else new_id(prefix)

    if colleagues is None:
        people = [
            User(
                known("U", "ANA00001"),
                "ana",
                "Ana",
                *_BERLIN,
                "de-DE",
                is_admin=True,
                is_owner=True,
            ),
            User(known("U", "BEN00001"), "ben", "Ben", *_NEW_YORK, "en-US"),
            User(known("U", "CEM00001"), "cem", "Cem", *_ISTANBUL, "tr-TR", is_restricted=True),
        ]
    else:
        people = [u for u in colleagues.users.values() if not u.is_bot and not u.team]
    everyone = [person.id for person in people]
    channels = [
        Channel(known("C", "GENERAL1"), "general", Kind.CHANNEL, list(everyone), is_general=True),
        Channel(known("C", "DESIGN01"), "design", Kind.CHANNEL, everyone[:2]),
        Channel(known("C", "LAUNCH01"), "launch", Kind.CHANNEL, list(everyone)),
    ]
    if is_first:
        partner = User("U0DEE00001", "dee", "Dee", *_LISBON, "pt-PT", team=PARTNER_TEAM)
        people.append(partner)
        together = [everyone[0], partner.id]
        channels.append(
            Channel("C0PARTNER1", "partners", Kind.CHANNEL, together, is_ext_shared=True)
        )
    for person in people:
        workspace.users[person.id] = person
    for channel in channels:
        channel.creator = everyone[0]
        workspace.channels[channel.id] = channel
    group = UserGroup(known("S", "DESIGN01"), "Designers", "designers", tuple(everyone[:2]))
    group.created_by = everyone[0]
    workspace.usergroups[group.id] = group


def welcome_app(workspace: Workspace) -> None:
    """What people do after an install: bring the app into its channels."""
    for channel in workspace.channels.values():
        if channel.name in ("design", "launch", "partners"):
            channel.members.append(workspace.install.bot_user)
    bot = workspace.install.bot_user
    for person in workspace.users.values():
        if not person.is_bot and not person.team:
            dm = f"D{person.id[1:]}" if workspace.id == TEAM else new_id("D")
            workspace.channels[dm] = Channel(dm, "", Kind.IM, [person.id, bot])
