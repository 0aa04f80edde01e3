"""Addresses within one's own network, which a link from outside has no business with.

What a stranger's feed links to is fetched without anybody looking at it. From here such a link could reach what the
stranger can't: a router's page, a colleague's server, a cloud's metadata.
"""

from __future__ import annotations

import ipaddress
import socket

from situate.intake.failure import IntakeError

_INNER_4 = ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
_INNER_6 = ("::/128", "::1/128", "fc00::/7", "fe80::/10")
_INNER_NAMES = (".localhost", ".local", ".internal", ".home.arpa", ".lan")  # RFC 6761, 6762, 8375; ICANN 2024
_INNER = tuple(map(ipaddress.ip_network, (*_INNER_4, *_INNER_6)))  # RFC 1122, 1918, 3927, 4193, 4291


def is_named_inner(host: str) -> bool:
    """Whether a host's name alone says that it is in one's own network: what a name server says may be a stranger's."""
    try:
        return _is_inner(host)
    except ValueError:
        return "." not in host or host.lower().endswith(_INNER_NAMES)


def is_inner(host: str) -> bool:
    """Whether a host is this machine or one in its own network. One that has no address is none."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False  # where a proxy finds the hosts, none may be found here
    return any(map(_is_inner, found))


def refuse_inner(host: str) -> None:
    """Raise IntakeError for a host in one's own network."""
    if is_inner(host):
        raise IntakeError("an address in your own network", "if it is meant, give it to situate add")


def _is_inner(address: str | int) -> bool:
    found = ipaddress.ip_address(str(address).partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    plain = mapped or found
    return any(plain.version == network.version and plain in network for network in _INNER)
