"""Links in messages that belong to an app's unfurl domains.

Source: https://docs.slack.dev/messaging/unfurling-links-in-messages (2026)
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_LINK = re.compile(r"<(https?://[^\s<|>]+)>")


@dataclass(frozen=True)
class SharedLinks:
    """What one `link_shared` event told of: a message and the links in it."""

    channel: str
    ts: str
    urls: tuple[str, ...]


def host_of(url: str) -> str:
    """Whom an address names; empty for what is none, such as `http://[`."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def links(text: str, domains: tuple[str, ...]) -> list[tuple[str, str]]:
    """Domain and address of each link of the text that belongs to one of the domains.

    A subdomain belongs to its domain. What was written without its protocol does not count, and
    carries a label in Slack's text.
    """
    found: dict[str, str] = {}
    for url in _LINK.findall(text):
        host = host_of(url).casefold()
        for domain in domains:
            if host == domain.casefold() or host.endswith(f".{domain.casefold()}"):
                found.setdefault(url.replace("&amp;", "&"), domain)
    return [(domain, url) for url, domain in found.items()]
