"""Whatever breaks in the middle of an edit or a publication: it has happened whole, or not at all."""

import random

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from app import clock
from app.main import create_app
from tests.app.schedules.racing import AT, a_convention, address_of
from tests.builders import NOON
from tests.faults import Faults, contents
from tests.invariants import check_all
from tests.mortals import mortal


class Faulty(Faults):
    """The service over such a database."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        headers = {"Authorization": f"Bearer {a_convention(engine)}"}
        self.client = TestClient(create_app(self.engine), headers=headers, base_url="http://localhost")

    def meetings(self) -> dict[str, dict[str, object]]:
        found = self.client.get(f"{AT}/1").json()["meetings"]
        return {"-".join(side["name"] for side in one["organisations"]): one for one in found}

    def tag(self) -> str:
        return str(self.client.get(f"{AT}/1?meetings=false").headers["etag"])


def test_a_write_that_fails_takes_the_whole_edit_back(engine: Engine) -> None:
    check_writes(engine)


@pytest.mark.soak
def test_a_write_that_fails_on_postgresql_takes_the_whole_edit_back(postgres_engine: Engine) -> None:
    check_writes(postgres_engine)


def check_writes(engine: Engine) -> None:
    faulty = Faulty(engine)
    held = faulty.meetings()
    deeds = [
        ("POST", "moves", {"meeting": held["A-B"]["id"], "slot": 3, "table": 3}, "A-B"),
        ("POST", "swaps", {"meetings": [held["A-B"]["id"], held["C-D"]["id"]]}, "A-B C-D"),
        ("POST", "meetings", {"organisations": [2, 4], "slot": 4}, None),
        ("PUT", f"meetings/{held['A-C']['id']}/pin", {"is_pinned": True}, "A-C"),
        ("DELETE", f"meetings/{held['C-D']['id']}", None, "C-D"),
        ("POST", "undo", None, ""),
        ("POST", "redo", None, ""),
        ("POST", "publish", None, ""),
    ]
    for method, path, body, touched in deeds:
        current = faulty.meetings()
        tags = ", ".join(str(current[pair]["etag"]) for pair in touched.split()) if touched else faulty.tag()
        headers = {} if touched is None else {"If-Match": tags}
        before, nth, status = contents(engine), 0, 503
        while status == 503:
            nth += 1
            assert contents(engine) == before
            faulty.left = nth
            status = faulty.client.request(method, f"{AT}/1/{path}", json=body, headers=headers).status_code
            faulty.left = 0
        assert status in (200, 201), (path, status)
        assert nth > 3
        check_all(address_of(engine))
    faulty.engine.dispose()


class Publications:
    """Versions of one draft after another, each with the meeting A-B elsewhere."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.secret = a_convention(engine)
        headers = {"Authorization": f"Bearer {self.secret}"}
        service = create_app(engine, now=lambda: NOON)  # before the event: people are still written to
        self.client = TestClient(service, headers=headers, base_url="http://localhost")
        tag = self.client.get(f"{AT}/1").headers["etag"]
        assert self.client.post(f"{AT}/1/publish", headers={"If-Match": tag}).status_code == 200
        self.last = 1

    def next(self) -> int:
        """The number of a draft that would move A-B."""
        number = int(self.client.post(AT, json={"from": self.last}).json()["number"])
        item = self.client.get(f"{AT}/{number}").json()["meetings"][0]
        slot = {4: 3}.get(item["slot"], 4)
        body = {"meeting": item["id"], "slot": slot}
        moved = self.client.post(f"{AT}/{number}/moves", json=body, headers={"If-Match": item["etag"]})
        assert moved.status_code == 200, moved.text
        return number

    def is_published(self, number: int) -> bool:
        """Whether a version is published; the sequence of its meeting says the same, and so do the messages.

        The first publication invites four, each later one tells the two whose meeting has moved.
        """
        with self.engine.connect() as connection:
            published = connection.execute(text("SELECT count(*) FROM version WHERE published_at IS NOT NULL")).scalar()
            sequence = connection.execute(text("SELECT max(sequence) FROM meeting_identity")).scalar()
            messages = connection.execute(text("SELECT count(*) FROM message")).scalar()
        is_it = self.client.get(f"{AT}/{number}?meetings=false").json()["state"] == "published"
        self.last = number if is_it else self.last
        assert sequence == (published or 0) - 1
        assert messages == 4 + 2 * sequence
        return is_it


def test_a_publication_killed_at_any_statement_has_happened_or_not(engine: Engine) -> None:
    check_kills(engine)


@pytest.mark.soak
def test_a_publication_killed_on_postgresql_has_happened_or_not(postgres_engine: Engine) -> None:
    check_kills(postgres_engine)


def check_kills(engine: Engine) -> None:
    publications = Publications(engine)
    number, nth, ended = publications.next(), 0, "killed"
    with mortal("tests.app.schedules.dying", address_of(engine), publications.secret) as process:
        before = check_all(address_of(engine))
        while ended == "killed":
            nth += 1
            ended = process.ends(f"{number} {nth}")
            is_published = publications.is_published(number)
            assert is_published or ended == "killed"
            check_all(address_of(engine), before=before)
            if is_published and ended == "killed":
                number = publications.next()

    assert ended == "ended 0"
    assert nth > 5


@pytest.mark.soak
def test_two_hundred_publications_killed_at_any_moment(any_engine: Engine) -> None:
    engine = any_engine
    publications, chance = Publications(engine), random.Random(1)
    with mortal("tests.app.schedules.dying", address_of(engine), publications.secret) as process:
        number, begin = publications.next(), clock.seconds()
        outcomes = {process.ends(f"{number} 60000.0")}  # lives to its end, and tells how long a life is here
        life = 1000 * (clock.seconds() - begin)
        assert publications.is_published(number)
        number = publications.next()
        for _ in range(200):
            before = check_all(address_of(engine))
            outcomes.add(ended := process.ends(f"{number} {chance.random() * life:.2f}"))
            if publications.is_published(number):
                number = publications.next()
            else:
                assert ended == "killed"
            check_all(address_of(engine), before=before)

    assert outcomes == {"killed", "ended 0"}
