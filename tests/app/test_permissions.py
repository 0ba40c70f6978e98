"""Every route × every role × another organiser's event, found in the routes: a new one cannot be forgotten.

Bug classes: object ownership by id, tenant scope, function level.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import event

from app import db, models
from app.config import Settings
from app.hosts.access import May, Public, Role
from app.main import create_app
from app.web.paging import page_of
from app.web.routing import called
from tests.builders import a_key, a_sign_in, another_host, first_host
from tests.clients import HERE, signed_in, with_key
from tests.whole_event import SECRET, Samples, a_whole_event

SETTINGS = Settings(secret=SECRET)
SERVICE = create_app(db.create_engine_of("sqlite://"), SETTINGS)
NAMED = re.compile(r"([\w-]+)/(\{\w+\})")
OPEN_TO_ALL = ("/healthz", "/readyz")
OURS, HIVER, THEIRS = "ours", "hiver", "theirs"
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


@dataclass(frozen=True)
class Route:
    """A method at a path, and the least role that may call it."""

    method: str
    path: str
    least: Role
    is_paged: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_of_an_event(self) -> bool:
        return "events/{slug}" in self.path

    def filled(self, samples: Samples, other: Samples | None = None) -> str:
        """The path with real ids; with `other`, the slug of the one and everything behind it of the other."""

        def value(found: re.Match[str]) -> str:
            name = f"{found[1]}/{found[2]}"
            chosen = samples if other is None or name == "events/{slug}" else other
            return f"{found[1]}/{chosen[name]}"

        return NAMED.sub(value, self.path)


def least_roles(route: APIRoute) -> set[Role]:
    return {call.role for call in called(route.dependant) if isinstance(call, May | Public)}


def routes_of(service: FastAPI) -> Iterator[Route]:
    for context in iter_route_contexts(service.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and context.path_format not in OPEN_TO_ALL:
            for method in sorted(route.methods):
                least = max(least_roles(route), default=Role.GUEST)
                yield Route(method, str(context.path_format), least, page_of in called(route.dependant))


ROUTES = [*routes_of(SERVICE)]
GUARDED = [route for route in ROUTES if route.least > Role.GUEST]
WITH_MORE_IDS = [route for route in GUARDED if route.is_of_an_event and len(NAMED.findall(route.path)) > 1]


@dataclass(frozen=True)
class World:
    """A database with two hosts, each with an event of the same name, and the secrets of everybody."""

    file: Path
    samples: Mapping[str, Samples]
    secrets: Mapping[str, str]

    def client(self, who: str, tmp_path: Path) -> TestClient:
        """Somebody, before a fresh copy of the database."""
        engine = SERVICE.state.engine
        engine.dispose()
        copy = tmp_path / "world.db"
        for left in tmp_path.glob("world.db*"):
            left.unlink()
        shutil.copy(self.file, copy)
        SERVICE.state.engine = db.create_engine_of(f"sqlite:///{copy}")
        SERVICE.state.settings = SETTINGS.model_copy(update={"erasure_list": tmp_path / "erasures.jsonl"})
        if who == "nobody":
            return TestClient(SERVICE, base_url=HERE, follow_redirects=False)
        make = with_key if "key" in who else signed_in
        client = make(SERVICE, self.secrets[who])
        client.follow_redirects = False
        return client


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    file = tmp_path_factory.mktemp("world") / "world.db"
    engine = db.create_engine_of(f"sqlite:///{file}")
    db.migrate(engine)
    with db.writing(engine) as session:
        ours = first_host(session)
        theirs = another_host(session)
        samples = {
            "été": a_whole_event(session, ours, "Ete"),
            HIVER: a_whole_event(session, ours, "Hiver"),
            OURS: a_whole_event(session, ours, "Convention"),
            THEIRS: a_whole_event(session, theirs, "Convention"),
        }
        secrets = {role.word: a_sign_in(session, role, ours) for role in Role if role > Role.GUEST}
        secrets["stranger"] = a_sign_in(session, Role.OWNER, theirs)
        secrets["stranger's key"] = a_key(session, Role.EDITOR, host=theirs)
        event_ids = {one.slug: one.id for one in session.query(models.Event).filter_by(host_id=ours.id)}
        secrets["read-only key"] = a_key(session, Role.READER, event_ids["convention"], ours)
        secrets["key"] = a_key(session, Role.EDITOR, event_ids["convention"], ours)
        secrets["key of another event"] = a_key(session, Role.EDITOR, event_ids["hiver"], ours)
    engine.dispose()
    yield World(file, samples, secrets)
    SERVICE.state.engine.dispose()


ROLE_OF = {
    "reader": Role.READER,
    "desk": Role.DESK,
    "editor": Role.EDITOR,
    "owner": Role.OWNER,
    "read-only key": Role.READER,
    "key": Role.EDITOR,
    "key of another event": Role.EDITOR,
}


def status(world: World, who: str, route: Route, path: str, tmp_path: Path) -> int:
    """How a request without any body is answered."""
    return world.client(who, tmp_path).request(route.method, path).status_code


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
def test_who_has_not_the_role_is_refused(route: Route, world: World, tmp_path: Path) -> None:
    path = route.filled(world.samples[OURS])
    refused = {who: role for who, role in ROLE_OF.items() if role < route.least}
    is_page = not route.path.startswith("/api/")

    assert status(world, "nobody", route, path, tmp_path) == (303 if is_page else 401)
    assert {who: status(world, who, route, path, tmp_path) for who in refused} == dict.fromkeys(refused, 403)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_who_has_the_role_is_not_refused(route: Route, world: World, tmp_path: Path) -> None:
    path = route.filled(world.samples[OURS])
    allowed = [who for who, role in ROLE_OF.items() if role >= route.least and who != "key of another event"]

    answers = {who: status(world, who, route, path, tmp_path) for who in allowed}

    if str(route) in OF_ONESELF:  # the one in the path is somebody else's
        answers = {who: answer for who, answer in answers.items() if who == "owner"}
    assert {who: answer for who, answer in answers.items() if answer in (401, 403, 404, 405) or answer >= 500} == {}
    if route.method == "GET":
        assert set(answers.values()) <= {200, 409, 422}


@pytest.mark.parametrize("route", [route for route in GUARDED if route.is_of_an_event], ids=str)
def test_an_event_of_others_is_not_there(route: Route, world: World, tmp_path: Path) -> None:
    path = route.filled(world.samples[HIVER])
    strangers = ["stranger"] if route.least > Role.EDITOR else ["stranger", "stranger's key", "key"]

    assert {who: status(world, who, route, path, tmp_path) for who in strangers} == dict.fromkeys(strangers, 404)


@pytest.mark.parametrize("route", WITH_MORE_IDS, ids=str)
def test_what_belongs_to_another_event_is_not_reached_through_ones_own(
    route: Route, world: World, tmp_path: Path
) -> None:
    path = route.filled(world.samples[OURS], world.samples[THEIRS])
    if path == route.filled(world.samples[OURS]):
        assert "versions/" in path, "numbers begin anew in each event"
        return
    client = world.client("owner", tmp_path)

    draft = re.match(r".*/versions/\d+", path)
    tag = "*" if draft is None else client.get(draft[0]).headers["etag"]

    answer = client.request(route.method, path, json=BODIES.get(str(route), {}), headers={"If-Match": tag})

    assert answer.status_code == 404, f"{answer.text}; if it needs a body, name one in BODIES"
    assert "of Others" not in answer.text


@pytest.mark.parametrize("route", [r for r in GUARDED if not r.is_of_an_event and NAMED.search(r.path)], ids=str)
def test_what_belongs_to_another_team_is_not_there(route: Route, world: World, tmp_path: Path) -> None:
    path = route.filled(world.samples[THEIRS])

    answer = world.client("owner", tmp_path).request(route.method, path, headers={"If-Match": "*"}, json={})

    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("route", [r for r in GUARDED if r.method == "GET"], ids=str)
def test_nobody_reads_a_word_of_another_team(route: Route, world: World, tmp_path: Path) -> None:
    client = world.client("stranger", tmp_path)

    answer = client.get(route.filled(world.samples[THEIRS]))

    assert "of Ronde" not in answer.text
    assert "@1.example" not in answer.text


@pytest.mark.parametrize("route", [r for r in ROUTES if r.least == Role.GUEST and r.method == "GET"], ids=str)
def test_who_is_nobody_reads_no_address_while_nothing_is_published(  # bug class: field level
    route: Route, world: World, tmp_path: Path
) -> None:
    answer = world.client("nobody", tmp_path).get(route.filled(world.samples[OURS]))

    assert answer.status_code in (200, 303, 404)
    assert "@1.example" not in answer.text


LISTS = [route for route in GUARDED if route.method == "GET" and route.is_paged]


def questions(client: TestClient, path: str) -> tuple[int, int]:
    """How many items come, and how many questions the database is asked for them."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(SERVICE.state.engine, "before_cursor_execute", note)
    items = client.get(path).json()["items"]
    event.remove(SERVICE.state.engine, "before_cursor_execute", note)
    return len(items), len(asked)


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_list_of_three_asks_as_many_questions_as_a_list_of_one(route: Route, world: World, tmp_path: Path) -> None:
    client, path = world.client("owner", tmp_path), route.filled(world.samples[OURS])
    client.get(path)  # what is kept for later is kept now

    (one, for_one), (three, for_three) = (questions(client, f"{path}?limit={limit}") for limit in (1, 3))

    assert (one, three) == (1, 3), "tests/whole_event.py makes at least three of each"
    assert for_three == for_one


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_pages_of_one_are_the_whole_list(route: Route, world: World, tmp_path: Path) -> None:
    client, path = world.client("owner", tmp_path), route.filled(world.samples[OURS])
    whole = client.get(f"{path}?limit=200").json()

    read: list[object] = []
    after: str | None = ""
    while after is not None and len(read) < 200:
        page = client.get(f"{path}?limit=1" + (f"&after={after}" if after else "")).json()
        read, after = read + page["items"], page["next"]

    assert read == whole["items"]
    assert whole["next"] is None
