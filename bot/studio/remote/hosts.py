"""An address in, whom it really asks out: what a key or a download may go to is decided on this."""

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx2

_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


class BadAddressError(ValueError):
    """An address that is none."""


def https_host(address: str) -> str:
    """The host of an address that is plain https; "" for one that is anything else.

    Plain is a name in letters as DNS has them, with nobody's name or password before it and no port
    of its own. It is read by the same code that will call it, so that no two can differ.

    Raises: BadAddressError.
    """
    if not address.isascii():
        raise BadAddressError
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError) as error:
        raise BadAddressError from error
    is_plain = url.scheme == "https" and url.port in (None, 443) and not url.userinfo
    return url.host if is_plain and _NAME.fullmatch(url.host) else ""


def is_at(address: str, own_url: str) -> bool:
    """Whether an address lies at the very origin of another: same scheme, host and port."""
    own = urlsplit(own_url)
    origin = f"{own.scheme}://{own.netloc}"
    return bool(own.netloc) and (address + "/").startswith((f"{origin}/", f"{origin}?"))


def is_among(host: str, hosts: Sequence[str]) -> bool:
    """Whether a host is one of these, or lies below one of them."""
    return any(host == known or host.endswith(f".{known}") for known in hosts)


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the open net, also where it wraps another.

    Raises: ValueError for what is no IP address.
    """
    found = ipaddress.ip_address(ip.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None and not is_public(str(inner)):
            return False
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a NAT64 gateway makes of it.

    Source: https://www.rfc-editor.org/rfc/rfc6052 (2026-11)
    """
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
