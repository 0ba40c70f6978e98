"""Every route × every role × another organiser's event, found in the routes: a new one cannot be forgotten.

Bug classes: object ownership by id, tenant scope, function level.
"""

import re

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from app.hosts.access import Role
from tests.world import (
    GUARDED,
    HIVER,
    NAMED,
    OPEN_TO_ALL,
    OURS,
    ROLE_OF,
    ROUTES,
    SERVICE,
    THEIRS,
    Route,
    World,
    least_roles,
)

PAPERS = (".pdf", ".xlsx", ".zip")
WITH_MORE_IDS = [route for route in GUARDED if route.is_of_an_event and len(NAMED.findall(route.path)) > 1]
BODIES: dict[str, object] = {
    "POST /api/v1/events/{slug}/programme/{item_id}/registrations": {"delegate": 1},
    "POST /api/v1/events/{slug}/labels/{label_id}/verification": {"verified_by": "Ministry"},
    "PUT /api/v1/events/{slug}/versions/{number}/meetings/{meeting}/pin": {"is_pinned": True},
    "PUT /api/v1/events/{slug}/versions/{number}/organisations/{organisation}/pin": {"is_pinned": True},
    "PUT /api/v1/events/{slug}/versions/{number}/tables/{table}/pin": {"is_pinned": True},
    "POST /api/v1/events/{slug}/organisations/{organisation_id}/labels": {"name": "ESUS"},
}
"""A body that is taken, for routes that need one before they look whose thing the path names."""


OF_ONESELF = ("DELETE /api/v1/sessions/{id}",)


def status(world: World, who: str, route: Route, path: str) -> int:
    """How a request without any body is answered."""
    return world.ask(who, route.method, path).status_code


def test_every_route_says_who_may_call_it() -> None:
    unsaid = {
        f"{sorted(route.methods)} {context.path_format}: {sorted(least_roles(route))}"
        for context in iter_route_contexts(SERVICE.routes)
        if isinstance(route := context.original_route, APIRoute)
        and context.path_format not in OPEN_TO_ALL
        and len(least_roles(route)) != 1
    }

    assert unsaid == set(), "each carries exactly one of may(), event_for(), public()"


def test_every_address_can_be_tried(world: World) -> None:
    missing = {
        f"{name}/{parameter}"
        for route in ROUTES
        for name, parameter in NAMED.findall(route.path)
        if f"{name}/{parameter}" not in world.samples[OURS]
    }

    assert missing == set(), "tests/whole_event.py makes one of everything: add these"
    assert all("{" not in route.filled(world.samples[OURS]) for route in ROUTES)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_who_has_not_the_role_is_refused(route: Route, world: World) -> None:
    path = route.filled(world.samples[OURS])
    refused = {who: role for who, role in ROLE_OF.items() if role < route.least}
    is_page = not route.is_of_the_api

    assert status(world, "nobody", route, path) == (303 if is_page else 401)
    assert {who: status(world, who, route, path) for who in refused} == dict.fromkeys(refused, 403)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_who_has_the_role_is_not_refused(route: Route, world: World) -> None:
    path = route.filled(world.samples[OURS])
    allowed = [who for who, role in ROLE_OF.items() if role >= route.least and who != "key of another event"]
    if route.path.endswith(PAPERS):  # each takes a while, and the roles are the same
        allowed = [next(who for who in allowed if ROLE_OF[who] == route.least)]

    answers = {who: status(world, who, route, path) for who in allowed}

    if str(route) in OF_ONESELF:  # the one in the path is somebody else's
        answers = {who: answer for who, answer in answers.items() if who == "owner"}
    assert {who: answer for who, answer in answers.items() if answer in (401, 403, 404, 405) or answer >= 500} == {}
    if route.method == "GET":
        assert set(answers.values()) <= {200, 409, 422}


@pytest.mark.parametrize("route", [route for route in GUARDED if route.is_of_an_event], ids=str)
def test_an_event_of_others_is_not_there(route: Route, world: World) -> None:
    path = route.filled(world.samples[HIVER])
    strangers = ["stranger"] if route.least > Role.EDITOR else ["stranger", "stranger's key", "key"]

    assert {who: status(world, who, route, path) for who in strangers} == dict.fromkeys(strangers, 404)


@pytest.mark.parametrize("route", WITH_MORE_IDS, ids=str)
def test_what_belongs_to_another_event_is_not_reached_through_ones_own(route: Route, world: World) -> None:
    path = route.filled(world.samples[OURS], world.samples[THEIRS])
    if path == route.filled(world.samples[OURS]):
        assert "versions/" in path, "numbers begin anew in each event"
        return
    draft = re.match(r".*/versions/\d+", path)
    tag = "*" if draft is None else world.client("owner").get(draft[0]).headers["etag"]

    answer = world.ask("owner", route.method, path, {"If-Match": tag}, BODIES.get(str(route), {}))

    assert answer.status_code == 404, f"{answer.text}; if it needs a body, name one in BODIES"
    assert "of Others" not in answer.text


@pytest.mark.parametrize("route", [r for r in GUARDED if not r.is_of_an_event and NAMED.search(r.path)], ids=str)
def test_what_belongs_to_another_team_is_not_there(route: Route, world: World) -> None:
    path = route.filled(world.samples[THEIRS])

    answer = world.ask("owner", route.method, path, {"If-Match": "*"}, {})

    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("route", [r for r in GUARDED if r.method == "GET"], ids=str)
def test_nobody_reads_a_word_of_another_team(route: Route, world: World) -> None:
    client = world.client("stranger")

    answer = client.get(route.filled(world.samples[THEIRS]))

    assert "of Ronde" not in answer.text
    assert "@1.example" not in answer.text


@pytest.mark.parametrize("route", [r for r in ROUTES if r.least == Role.GUEST and r.method == "GET"], ids=str)
def test_who_is_nobody_reads_no_address_while_nothing_is_published(  # bug class: field level
    route: Route, world: World
) -> None:
    answer = world.client("nobody").get(route.filled(world.samples[OURS]))

    assert answer.status_code in (200, 303, 404)
    assert "@1.example" not in answer.text
