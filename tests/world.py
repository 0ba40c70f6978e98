"""Every route of the service, and a world to try them in: two teams with events of the same names, and everybody."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app import db, models
from app.config import Settings
from app.hosts.access import May, Public, Role
from app.main import create_app
from app.web.paging import page_of
from app.web.routing import called
from app.web.sessions import SAFE
from tests.builders import a_key, a_sign_in, another_host, first_host
from tests.clients import HERE, signed_in, with_key
from tests.whole_event import SECRET, Samples, a_whole_event

SETTINGS = Settings(secret=SECRET)
SERVICE = create_app(db.create_engine_of("sqlite://"), SETTINGS)
NAMED = re.compile(r"([\w-]+)/(\{\w+\})")
OPEN_TO_ALL = ("/healthz", "/readyz")
OURS, HIVER, THEIRS = "ours", "hiver", "theirs"
ROLE_OF = {
    "reader": Role.READER,
    "desk": Role.DESK,
    "editor": Role.EDITOR,
    "owner": Role.OWNER,
    "read-only key": Role.READER,
    "key": Role.EDITOR,
    "key of another event": Role.EDITOR,
}


@dataclass(frozen=True)
class Route:
    """A method at a path, and the least role that may call it."""

    method: str
    path: str
    least: Role
    route: APIRoute

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_paged(self) -> bool:
        return page_of in called(self.route.dependant)

    @property
    def is_of_an_event(self) -> bool:
        return "events/{slug}" in self.path

    @property
    def is_of_the_api(self) -> bool:
        return self.path.startswith("/api/")

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
                yield Route(method, str(context.path_format), least, route)


ROUTES = [*routes_of(SERVICE)]
GUARDED = [route for route in ROUTES if route.least > Role.GUEST]


@dataclass
class World:
    """A database with two hosts, each with an event of the same name, and the secrets of everybody."""

    file: Path
    samples: Mapping[str, Samples]
    secrets: Mapping[str, str]
    clients: dict[str, TestClient] = field(default_factory=dict)
    engine: Engine | None = None

    def client(self, who: str) -> TestClient:
        """Somebody, to read: the database is as it was made."""
        if self.engine is None or SERVICE.state.engine is not self.engine:
            self.renew()
        if who not in self.clients:
            self.clients[who] = self._made(who)
        return self.clients[who]

    def ask(
        self, who: str, method: str, path: str, headers: Mapping[str, str] | None = None, json: object = None
    ) -> Response:
        """Ask as somebody; after what changed something the database is made anew."""
        answer = self.client(who).request(method, path, headers=headers, json=json)
        if method not in SAFE and not 400 <= answer.status_code < 500:
            self.renew()
        return answer

    def renew(self) -> None:
        SERVICE.state.engine.dispose()
        copy = self.file.with_name("copy.db")
        for left in copy.parent.glob("copy.db*"):
            left.unlink()
        shutil.copy(self.file, copy)
        self.engine = SERVICE.state.engine = db.create_engine_of(f"sqlite:///{copy}")
        SERVICE.state.settings = SETTINGS.model_copy(update={"erasure_list": self.file.with_name("erasures.jsonl")})
        self.clients.clear()

    def _made(self, who: str) -> TestClient:
        if who == "nobody":
            return TestClient(SERVICE, base_url=HERE, follow_redirects=False)
        client = (with_key if "key" in who else signed_in)(SERVICE, self.secrets[who])
        client.follow_redirects = False
        return client


@contextmanager
def a_world(file: Path) -> Iterator[World]:
    """Make the world in a file, for as long as it is asked."""
    engine, former = db.create_engine_of(f"sqlite:///{file}"), SERVICE.state.engine
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
    world = World(file, samples, secrets)
    yield world
    if world.engine is not None:
        world.engine.dispose()
    SERVICE.state.engine, SERVICE.state.settings = former, SETTINGS
