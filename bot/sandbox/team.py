"""One workspace for tests: its people, its channels, and the app's coming and going."""

from __future__ import annotations

from collections.abc import Sequence

from . import acts, installing
from .model import Channel, Kind, User, UserGroup
from .person import Person
from .wire import new_id
from .world import World


class Team:
    """A workspace of a running sandbox."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people: dict[str, Person] = {}

    @property
    def world(self) -> World:
        return self._world

    @property
    def team_id(self) -> str:
        return self.world.workspace.id

    @property
    def org_id(self) -> str:
        """The organisation's id; empty without one."""
        org = self.world.workspace.org
        return org.id if org is not None else ""

    @property
    def bot_token(self) -> str:
        """The bot's newest token here; the organisation's where it installed the app."""
        workspace = self.world.workspace
        if workspace.install.by_org and workspace.org is not None:
            return workspace.org.bot_token
        return workspace.install.bot_token

    @property
    def bot_user_id(self) -> str:
        return self.world.workspace.install.bot_user

    def person(self, name: str) -> Person:
        """Ana, Ben, Cem and whoever came later, by name or id; the same object each time.

        Raises: Refused `user_not_found`.
        """
        user = acts.person(self.world.workspace, name)
        if user.id not in self._people:
            self._people[user.id] = Person(self.world, user)
        return self._people[user.id]

    def leave(self) -> None:
        """Nobody of this workspace watches any more."""
        for person in self._people.values():
            person.leave()

    def add_person(
        self,
        name: str,
        *,
        is_admin: bool = False,
        is_owner: bool = False,
        is_guest: bool = False,
        of_team: str = "",
    ) -> Person:
        """Somebody more; `of_team` is another company's team id, for Slack Connect."""
        user = User(
            new_id("U"),
            name.lower().replace(" ", "."),
            name,
            is_admin=is_admin,
            is_owner=is_owner,
            is_restricted=is_guest,
            team=of_team,
        )
        acts.arrive(self.world, user)
        return self.person(user.id)

    def free_plan(self, enabled: bool) -> None:
        """Whether the workspace pays nothing, and so has canvases only in channels."""
        self.world.workspace.free_plan = enabled

    def add_channel(
        self,
        name: str,
        *,
        members: Sequence[str],
        private: bool = False,
        shared: bool = False,
    ) -> str:
        """A further channel with these people (names or ids; `bot` is the app); returns its id.

        `shared` is a Slack Connect channel.
        """
        workspace = self.world.workspace
        bot = self.bot_user_id
        ids = [bot if m == "bot" else acts.person(workspace, m).id for m in members]
        kind = Kind.GROUP if private else Kind.CHANNEL
        return workspace.add_channel(Channel(new_id("C"), name, kind, ids, is_ext_shared=shared)).id

    def install(self, *, scopes: Sequence[str] | None = None) -> str:
        """Install the app, with these scopes or the manifest's; returns the bot's token."""
        world = self.world
        wanted = world.app.scopes if scopes is None else scopes
        return installing.install(world, world.workspace, scopes=wanted)

    def add_app(self) -> None:
        """An admin brings the organisation's app into this workspace.

        Raises: Refused `app_not_installed`.
        """
        installing.add_to(self.world, self.world.workspace)

    def uninstall(self) -> None:
        """Raises: Refused `app_not_installed`."""
        installing.uninstall(self.world, self.world.workspace)

    def revoke_token(self) -> None:
        """The bot's newest token ends, perhaps in the middle of what the app does."""
        installing.revoke(self.world, self.world.store.tokens[self.bot_token])

    def add_usergroup(self, name: str, *, handle: str, users: Sequence[str]) -> str:
        """A group of these people (names or ids); returns its id."""
        workspace = self.world.workspace
        ids = tuple(acts.person(workspace, user).id for user in users)
        group = UserGroup(new_id("S"), name, handle, ids)
        workspace.usergroups[group.id] = group
        return group.id

    def add_emoji(self, name: str, url: str = "https://example.com/emoji.png") -> None:
        """An emoji of the workspace's own, beside the standard ones."""
        self.world.workspace.emoji[name] = url
