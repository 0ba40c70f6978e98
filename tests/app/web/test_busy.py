"""Where all connections to the database are in use for long, people are told to come back, and nothing is a bug."""

from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine

from app import db
from app.hosts.access import Role
from app.main import create_app
from tests.builders import a_key
from tests.clients import with_key


def test_who_finds_no_connection_free_is_told_to_try_again(engine: Engine) -> None:
    with db.writing(engine) as session:
        secret = a_key(session, Role.OWNER)
    narrow = create_engine(engine.url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    client: TestClient = with_key(create_app(narrow), secret)

    with narrow.connect():
        refused = client.get("/api/v1/events")
    answered = client.get("/api/v1/events")
    narrow.dispose()

    assert (refused.status_code, refused.headers["Retry-After"], answered.status_code) == (503, "5", 200)
    assert refused.headers["content-type"] == "application/problem+json"
