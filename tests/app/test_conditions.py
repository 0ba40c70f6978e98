"""P3: whoever changes what others may have changed says what they read, tried at every route that changes something."""

import pytest
from httpx2 import Response

from app.web.etags import if_match
from app.web.routing import called
from app.web.sessions import SAFE
from tests.world import GUARDED, OURS, Route, World

STALE = '"0123456789abcdef0123456789abcdef"'
# What the shape of a request needs; routes that are not named here do without.
BODIES: dict[str, dict[str, object]] = {
    "organisers/{id}": {"role": "editor"},
    "versions/{number}/moves": {"meeting": "meetings/{meeting}"},
    "versions/{number}/swaps": {"meetings": ["meetings/{meeting}", "meetings/{meeting}"]},
    "meetings/{meeting}/pin": {"is_pinned": True},
}
# Routes that only add, end or repeat something: there is nothing to be overwritten.
WITHOUT_CONDITION = {
    "DELETE /api/v1/events/{slug}/programme/{item_id}/registrations/{delegate_id}",
    "DELETE /api/v1/invitations/{id}",
    "DELETE /api/v1/jobs/{job_id}",
    "DELETE /api/v1/keys/{id}",
    "DELETE /api/v1/sessions/{id}",
}
# Additions to a draft, its pins and its adoption: they are judged by the draft as it stands.
ON_A_DRAFT_AS_IT_STANDS = ("/meetings", "organisations/{organisation}/pin", "tables/{table}/pin", "/adopt")
CONDITIONAL = [
    route
    for route in GUARDED
    if if_match in called(route.route.dependant) and not route.path.endswith(ON_A_DRAFT_AS_IT_STANDS)
]
EDITS = [route for route in CONDITIONAL if "versions/{number}" in route.path]


def ask(world: World, route: Route, tag: str | None) -> Response:
    samples = world.samples[OURS]
    wanted = next((body for end, body in BODIES.items() if route.path.endswith(end)), {})
    body = {name: _filled(value, samples["meetings/{meeting}"]) for name, value in wanted.items()}
    headers = {} if tag is None else {"If-Match": tag}
    return world.ask("owner", route.method, route.filled(samples), headers, None if route.method == "DELETE" else body)


def _filled(value: object, meeting: str) -> object:
    if isinstance(value, list):
        return [_filled(one, meeting) for one in value]
    return int(meeting) if value == "meetings/{meeting}" else value


def test_whatever_changes_or_removes_something_asks_what_was_read() -> None:
    asking = {str(route) for route in CONDITIONAL}
    changing = {str(route) for route in GUARDED if route.method in ("PATCH", "DELETE") and route.is_of_the_api}
    assert changing - asking == WITHOUT_CONDITION
    assert len(EDITS) >= 7


@pytest.mark.parametrize("route", CONDITIONAL, ids=str)
def test_who_does_not_say_what_they_read_is_asked_to(route: Route, world: World) -> None:
    answer = ask(world, route, None)

    assert (answer.status_code, answer.json()["title"]) == (428, "A condition is needed"), answer.text


@pytest.mark.parametrize("route", CONDITIONAL, ids=str)
def test_who_read_something_older_is_told_so_with_the_newest_tag(route: Route, world: World) -> None:
    for tag in (STALE, f"W/{STALE}", "nonsense", f'{STALE}, "x"'):
        answer = ask(world, route, tag)

        assert answer.status_code == 412, answer.text
        assert answer.headers["etag"] not in ("", tag)
    again = ask(world, route, answer.headers["etag"])
    assert again.status_code not in (412, 428), again.text


@pytest.mark.parametrize("route", EDITS, ids=str)
def test_a_draft_is_not_edited_whatever_it_is_by_now(route: Route, world: World) -> None:
    assert ask(world, route, "*").status_code == 428


def test_what_only_reads_asks_nothing() -> None:
    assert [str(one) for one in GUARDED if one.method in SAFE and if_match in called(one.route.dependant)] == []
