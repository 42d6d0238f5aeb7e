"""Workspaces' own keys: sealed before they are stored, opened where their provider is called."""

import json
from collections.abc import Mapping

import httpx2
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import BadSeal, SetupError
from bot.studio.provider import Provider
from bot.studio.remote.kind import Kind
from storage import keys
from storage.store import Store

HINT_CHARS = 4
"""How many of a key's last characters are shown."""

_MIN_HIDDEN_CHARS = 8
"""What a key must have besides, so that the hint gives nothing away."""


class Keyring:
    """Seals keys, and makes providers with those of a workspace."""

    def __init__(
        self,
        secrets: str,
        *,
        kinds: Mapping[str, Kind],
        client: httpx2.AsyncClient,
        environment: Mapping[str, str],
    ) -> None:
        """`secrets` are Fernet keys, separated by commas: the first seals, all of them open.

        Raises: SetupError where they are none.
        """
        try:
            self._fernet = MultiFernet([Fernet(part.strip()) for part in secrets.split(",")])
        except ValueError as error:
            raise SetupError(
                "STUDIO_SECRET_KEY is not a Fernet key: 32 random bytes in URL-safe base64."
            ) from error
        self.kinds = kinds
        self._client = client
        self._environment = environment
        self._made: dict[tuple[str, str], tuple[str, Provider]] = {}

    def seal(self, key: str, *, team_id: str, provider: str) -> str:
        """A key as it may be stored: it opens for this workspace and provider alone."""
        text = json.dumps([team_id, provider, key])
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str, *, team_id: str, provider: str) -> str:
        """The key that was sealed.

        Raises: BadSeal where it was sealed with another secret or for somebody else.
        """
        try:
            found = json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken as error:
            raise BadSeal(
                "The workspace's own key cannot be opened; an admin can enter it anew"
            ) from error
        if found[:2] != [team_id, provider]:
            raise BadSeal("The workspace's own key is another one's")
        return str(found[2])

    def opens(self, sealed: str | None, *, team_id: str, provider: str) -> bool:
        """Whether that is a key which can be opened for the workspace."""
        if sealed is None:
            return False
        try:
            self.open(sealed, team_id=team_id, provider=provider)
        except BadSeal:
            return False
        return True

    def takers(self) -> list[Kind]:
        """The providers that take a key and can be called once there is one."""
        return [
            kind
            for kind in self.kinds.values()
            if kind.needs_key and (kind.url or self._environment.get(kind.url_variable, "").strip())
        ]

    def with_key(self, name: str, key: str) -> Provider | None:
        """A provider with a key of somebody's own; None for one that takes no key."""
        kind = self.kinds.get(name)
        if kind is None or not kind.needs_key:
            return None
        access = kind.access(self._environment, self._client, key=key)
        return None if access is None else kind.make(access)

    async def provider(self, store: Store, team_id: str, name: str) -> Provider | None:
        """The provider with the workspace's own key, made once for each key.

        Raises: BadSeal where the key cannot be read.
        """
        sealed = await store.read(keys.find, team_id, name)
        if sealed is None:
            self._made.pop((team_id, name), None)
            return None
        known = self._made.get((team_id, name))
        if known is not None and known[0] == sealed:
            return known[1]
        provider = self.with_key(name, self.open(sealed, team_id=team_id, provider=name))
        if provider is not None:
            self._made[team_id, name] = (sealed, provider)
        return provider


def hint_of(key: str) -> str:
    """The last characters of a key, by which people know it again; none of a short one."""
    return key[-HINT_CHARS:] if len(key) >= HINT_CHARS + _MIN_HIDDEN_CHARS else "…"
