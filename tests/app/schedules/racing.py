"""Two real servers over one database, and organisers who ask for things at the same moment."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier, get_ident

import httpx2
from httpx2 import Response
from sqlalchemy import Connection, Engine, event

from app import db
from app.hosts.access import Role
from app.main import create_app
from tests.app.schedules.drafts import a_draft
from tests.builders import a_delegate, a_key, a_wish, an_event, an_organisation
from tests.clients import served
from tests.databases import careless

AT = "/api/v1/events/convention/versions"
Ask = tuple[str, str, object, str | None]
"""Method, path, body, and the tags for If-Match."""


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def a_convention(engine: Engine, names: str = "ABCD", slots: int = 4, tables: int = 3) -> str:
    """Organisations that all wish each other, and a draft that holds A-B, C-D and A-C; the secret of a key for it."""
    with db.writing(engine) as session:
        made = an_event(session, slots=slots, tables=tables)
        rows = [
            an_organisation(session, made, name, a_delegate(f"Jo {name}", email=f"{name}@x.example")) for name in names
        ]
        for one in rows:
            for other in rows:
                if one is not other:
                    a_wish(session, one, other)
        a_draft(session, made, [("A-B", 0, 0), ("C-D", 0, 1), ("A-C", 1, 0)])
        return a_key(session, Role.EDITOR)


def slowed(engine: Engine, pattern: str, seconds: float) -> None:
    """A failpoint: whoever comes to a statement like this waits there."""
    wanted = re.compile(pattern)

    @event.listens_for(engine, "before_cursor_execute")
    def wait(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if wanted.search(statement):
            time.sleep(seconds)


def met(engine: Engine, pattern: str, barrier: Barrier) -> None:
    """A failpoint: whoever comes to a statement like this waits there, once, until all have come."""
    wanted, seen = re.compile(pattern), set[int]()

    @event.listens_for(engine, "before_cursor_execute")
    def wait(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if wanted.search(statement) and get_ident() not in seen:
            seen.add(get_ident())
            barrier.wait(timeout=60)


def unlocked(engine: Engine) -> None:
    """The negative control: nobody holds a row before changing it."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def let_go(
        _connection: Connection, _cursor: object, statement: str, parameters: object, *_more: object
    ) -> tuple[str, object]:
        return re.sub(r" FOR (NO KEY )?UPDATE", "", statement), parameters


class Ring:
    """Organisers before two servers."""

    def __init__(self, clients: Sequence[httpx2.Client]) -> None:
        self.clients = clients
        self.pool = ThreadPoolExecutor(len(clients))

    def at_once(self, *asked: Ask) -> list[Response]:
        """Ask all of this at the same moment, each of another server."""
        barrier = Barrier(len(asked))

        def ask(client: httpx2.Client, one: Ask) -> Response:
            barrier.wait()
            return self.ask(client, *one)

        return list(self.pool.map(ask, self.clients, asked))

    def ask(self, client: httpx2.Client, method: str, path: str, body: object, tags: str | None) -> Response:
        headers = {} if tags is None else {"If-Match": tags}
        return client.request(method, f"{AT}{path}", json=body, headers=headers)

    def one(self, method: str, path: str, body: object = None, tags: str | None = None) -> Response:
        return self.ask(self.clients[0], method, path, body, tags)

    def meetings(self, number: int = 1) -> dict[str, dict[str, object]]:
        found = self.one("GET", f"/{number}").json()["meetings"]
        return {"-".join(side["name"] for side in one["organisations"]): one for one in found}

    def tag(self, number: int) -> str:
        return str(self.one("GET", f"/{number}?meetings=false").headers["etag"])


@contextmanager
def ring(engine: Engine, prepare: Callable[[Engine], None] | None = None, secret: str | None = None) -> Iterator[Ring]:
    """Two servers over the database of an engine, each with an engine of its own, perhaps prepared."""
    key = secret or a_convention(engine)
    with ExitStack() as stack:
        clients = []
        for _ in range(2):
            own = careless(db.create_engine_of(address_of(engine)))
            stack.callback(own.dispose)
            if prepare is not None:
                prepare(own)
            at = stack.enter_context(served(create_app(own)))
            headers = {"Authorization": f"Bearer {key}"}
            clients.append(stack.enter_context(httpx2.Client(base_url=at, headers=headers, timeout=60)))
        made = Ring(clients)
        stack.callback(made.pool.shutdown)
        yield made
