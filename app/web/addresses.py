"""Addresses: who asks, by their network; how they reached us; and where they may be sent on to."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from fastapi import Request
from starlette.requests import HTTPConnection

from app.config import LOCAL_NAMES, Settings

Networks = Sequence[IPv4Network | IPv6Network]
SIXTY_FOUR = 64
NOT_IN_A_PATH = re.compile(r"[\\\x00-\x20\x7f-\x9f]")
NOWHERE = "unknown"


def settings_of_request(request: HTTPConnection) -> Settings:
    """Return the settings of the service."""
    settings: Settings = request.app.state.settings
    return settings


def network_of_request(request: Request) -> str:
    """Return whom attempts are counted for: an IPv4 address, or the /64 of an IPv6 one, where one household lives."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.getlist("x-forwarded-for")
    return network_of(peer, forwarded, settings_of_request(request).trusted_proxies)


def network_of(peer: str, forwarded: Sequence[str], trusted: Networks) -> str:
    """Return the network of the nearest address that no trusted proxy stands at. Others' word for it is not taken."""
    hops = [*(hop.strip() for line in forwarded for hop in line.split(",")), peer]
    nearest: IPv4Address | IPv6Address | None = None
    for hop in reversed(hops):
        address = _address_in(hop)
        if address is None:
            break
        nearest = address
        if not any(address in network for network in trusted):
            break
    if nearest is None:
        return NOWHERE
    if isinstance(nearest, IPv4Address):
        return str(nearest)
    return str(ip_network((nearest, SIXTY_FOUR), strict=False))


def _address_in(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.removeprefix("[").removesuffix("]").partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_own_host(header: str, settings: Settings) -> bool:
    """Whether a Host header names this service: the machine of the public address, or this one."""
    name = _name_in(header)
    return name is not None and name in (settings.host_name, *LOCAL_NAMES)


def is_own_origin(origin: str, host: str, settings: Settings) -> bool:
    """Whether an Origin header is of a page of this service, reached at this Host."""
    scheme, _, rest = origin.partition("://")
    if origin == settings.public_url:
        return True
    return scheme in ("http", "https") and rest == host and _name_in(host) in LOCAL_NAMES


def is_secure(request: HTTPConnection) -> bool:
    """Whether the browser speaks https with us, perhaps through a proxy; decided by the settings, never by a header."""
    settings = settings_of_request(request)
    at_public = _name_in(request.headers.get("host", "")) == settings.host_name
    return (at_public and settings.is_https) or request.url.scheme == "https"


def is_local(request: HTTPConnection) -> bool:
    """Whether the browser speaks with a machine that it calls its own: there plain http holds cookies."""
    return _name_in(request.headers.get("host", "")) in LOCAL_NAMES


def own_path(asked: str | None) -> str:
    """Return the path that somebody asked to be sent on to, if it is one of ours, else the front page."""
    if not asked or not asked.startswith("/") or asked.startswith("//") or NOT_IN_A_PATH.search(asked):
        return "/"
    try:
        parts = urlsplit(asked)
    except ValueError:
        return "/"
    return asked if not parts.scheme and not parts.netloc else "/"


def _name_in(host: str) -> str | None:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname if parts.netloc == host and "@" not in host else None
