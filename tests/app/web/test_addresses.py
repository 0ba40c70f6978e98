"""Whose attempts are counted, by which names the service is known, and where people may be sent on to."""

from ipaddress import ip_network

import pytest

from app.config import Settings
from app.web.addresses import is_own_host, is_own_origin, network_of, own_path

PUBLIC = Settings(public_url="https://ronde.example")
PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", ["198.51.100.1"], "192.0.2.7"),  # bug class: trust in X-Forwarded-For
        ("10.0.0.2", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["198.51.100.1, 10.0.0.9"], "198.51.100.1"),
        ("10.0.0.2", ["203.0.113.9", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["junk"], "10.0.0.2"),
        ("::1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", [], "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", [], "192.0.2.7"),
        ("fe80::1%eth0", [], "fe80::/64"),
        ("testclient", [], "unknown"),
    ],
)
def test_attempts_are_counted_for_the_nearest_address_that_no_proxy_of_ours_stands_at(
    peer: str, forwarded: list[str], network: str
) -> None:
    assert network_of(peer, forwarded, PROXIES) == network


@pytest.mark.parametrize(
    "header", ["ronde.example", "ronde.example:443", "RONDE.example", "localhost:8000", "[::1]:8000", "127.0.0.1"]
)
def test_the_service_answers_to_its_own_names(header: str) -> None:
    assert is_own_host(header, PUBLIC)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "ronde.example.evil.example",
        "evil@ronde.example",
        "ronde.example/evil",
        "[::1",
        "a:b:c",
        "localhost:99999",
    ],
)
def test_it_answers_to_no_other_name(header: str) -> None:
    assert not is_own_host(header, PUBLIC)


@pytest.mark.parametrize(
    ("origin", "host", "is_own"),
    [
        ("https://ronde.example", "ronde.example", True),
        ("http://ronde.example", "ronde.example", False),
        ("https://evil.example", "ronde.example", False),
        ("https://evil.example", "evil.example", False),
        ("null", "ronde.example", False),
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost:9000", "localhost:8000", False),
    ],
)
def test_only_pages_of_its_own_send_forms(origin: str, host: str, is_own: bool) -> None:
    assert is_own_origin(origin, host, PUBLIC) == is_own


@pytest.mark.parametrize("path", ["/", "/events/hiver", "/events?after=a%2Fb", "/a:b"])
def test_after_signing_in_people_go_on_to_where_they_were_going(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "events",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\x00",
        " /events",
        "///evil.example",
        "//[",
    ],
)
def test_nobody_is_sent_elsewhere(path: str | None) -> None:  # bug class: open redirect
    assert own_path(path) == "/"
