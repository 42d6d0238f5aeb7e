"""The addresses of an app without Socket Mode: what its manifest names, or what stands in."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..manifest import App
from ..wire import Json
from .attempt import COMMAND, EVENT, HANDSHAKE, SSL_CHECK


@dataclass(frozen=True)
class Urls:
    """Where each kind of payload goes; empty where the manifest names no address."""

    events: str
    interactivity: str
    options: str
    commands: Mapping[str, str]

    def of(self, kind: str, payload: Json) -> str:
        """The address for a payload."""
        if kind in (EVENT, HANDSHAKE):
            return self.events
        if kind in (COMMAND, SSL_CHECK):
            return self.commands.get(str(payload.get("command")), "")
        return self.options if payload.get("type") == "block_suggestion" else self.interactivity


def urls_of(app: App, *, request_url: str | None) -> Urls:
    """The addresses of `app`; `request_url` stands in for each one that the manifest names.

    Raises: ValueError where Slack would not take the manifest.
    Source: https://docs.slack.dev/reference/methods/apps.manifest.validate (2026)
    """
    if app.events and not app.events_url:
        raise ValueError(
            "the manifest subscribes to events, so it needs Socket Mode or"
            " settings.event_subscriptions.request_url"
        )
    if app.interactivity and not app.interactivity_url:
        raise ValueError(
            "the manifest turns interactivity on, so it needs Socket Mode or"
            " settings.interactivity.request_url"
        )
    for command in app.commands.values():
        if not command.url:
            raise ValueError(f"the command {command.command} needs Socket Mode or a url")

    def placed(url: str) -> str:
        return request_url or url if url else ""

    return Urls(
        events=placed(app.events_url),
        interactivity=placed(app.interactivity_url),
        options=placed(app.options_url),
        commands={name: placed(command.url) for name, command in app.commands.items()},
    )


def is_loopback(url: str) -> bool:
    """Whether this address is on this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
