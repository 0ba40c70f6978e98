"""What many tests stand on: real databases, migrated, and clients of the service in every role."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db
from app.hosts.access import Role
from tests.builders import a_key, a_sign_in
from tests.clients import HERE, service_over, signed_in, with_key
from tests.databases import Postgres, careless, running_postgres

if TYPE_CHECKING:
    from tests.world import World

# How long something takes on a busy machine says nothing of whether it is right.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

COSTLY_TO_COLLECT = ("test_description_whole.py",)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What only `make soak` runs and takes long to be put together is looked at by nobody else."""
    return True if collection_path.name in COSTLY_TO_COLLECT and config.option.markexpr == "not soak" else None


AsRole = Callable[[Role], TestClient]
AsKey = Callable[..., TestClient]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in a file with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    made = db.create_engine_of(f"sqlite:///{path}")
    db.migrate(made)
    made.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started when the first test asks for it."""
    with running_postgres() as running:
        yield running


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator["World"]:
    """A world to try every route in."""
    from tests.world import a_world  # here and not above: most tests do without a service of every route

    with a_world(tmp_path_factory.mktemp("world") / "world.db") as made:
        yield made


@pytest.fixture
def sqlite_engine(tmp_path: Path, migrated_file: Path) -> Iterator[Engine]:
    """A database of its own for one test, in a file, with the newest schema."""
    shutil.copy(migrated_file, tmp_path / "test.db")
    made = careless(db.create_engine_of(f"sqlite:///{tmp_path}/test.db"))
    yield made
    made.dispose()


@pytest.fixture
def postgres_engine(postgres: Postgres) -> Iterator[Engine]:
    """The same in PostgreSQL, without a server to be installed."""
    with postgres.database() as address:
        made = db.create_engine_of(address)
        yield made
        made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """The one and the other: a test that asks for it runs twice."""
    return request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")


@pytest.fixture
def engine(sqlite_engine: Engine) -> Engine:
    """The database of most tests. A module whose tests run in both says so: its own `engine` returns `any_engine`."""
    return sqlite_engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose work is thrown away at the end."""
    with Session(engine.execution_options(**{db.WRITES: True})) as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def service(engine: Engine) -> FastAPI:
    """The service over the database of the test."""
    return service_over(engine)


@pytest.fixture
def anonymous(service: FastAPI) -> TestClient:
    """A client that nobody knows."""
    return TestClient(service, base_url=HERE)


@pytest.fixture
def client_as(service: FastAPI, engine: Engine) -> AsRole:
    """Gives clients that are signed in to the first host, in a role."""

    def in_role(role: Role) -> TestClient:
        with db.writing(engine) as writing:
            secret = a_sign_in(writing, role)
        return signed_in(service, secret)

    return in_role


@pytest.fixture
def client(client_as: AsRole) -> TestClient:
    """A client that is signed in as an owner of the first host."""
    return client_as(Role.OWNER)


@pytest.fixture
def client_with_key(service: FastAPI, engine: Engine) -> AsKey:
    """Gives clients with an API key of the first host; `event_id` makes it a key for that event only."""

    def with_role(role: Role = Role.EDITOR, event_id: int | None = None) -> TestClient:
        with db.writing(engine) as writing:
            secret = a_key(writing, role, event_id)
        return with_key(service, secret)

    return with_role
