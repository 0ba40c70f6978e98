"""The database goes away and comes back while people edit: nothing wrong is answered, nothing accepted is lost."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from sqlalchemy import Engine, text

from app import clock, db
from tests.app.schedules.racing import AT, Ring, a_convention, address_of, ring
from tests.databases import Postgres, running_postgres
from tests.invariants import check_all

EDITORS = 6
CUT_OFF = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture
def mortal_postgres() -> Iterator[Postgres]:
    """A server of its own, which may be stopped."""
    with running_postgres("-mortal") as server:
        yield server


class Editors:
    """Organisers who move meetings all the time; what they were answered, and when."""

    def __init__(self, two: Ring, slots: list[int]) -> None:
        self.two, self.slots = two, slots
        self.statuses: Counter[int] = Counter()
        self.revisions: list[int] = []
        self.accepted_at: list[float] = []
        self.ending = Event()

    def edit(self, number: int) -> None:
        chance, client = random.Random(number), self.two.clients[number % 2]
        while not self.ending.is_set():
            shown = client.get(f"{AT}/1")
            self.statuses[shown.status_code] += 1
            if shown.status_code == 503:
                time.sleep(0.05)
                continue
            assert shown.status_code == 200, shown.text
            item = chance.choice(shown.json()["meetings"])
            body = {"meeting": item["id"], "slot": chance.choice(self.slots), "table": chance.randrange(1, 7)}
            answer = client.post(f"{AT}/1/moves", json=body, headers={"If-Match": item["etag"]})
            self.statuses[answer.status_code] += 1
            assert answer.status_code in (200, 409, 412, 503), answer.text
            if answer.status_code == 200:
                self.accepted_at.append(clock.seconds())
                (moved,) = answer.json()["meetings"]
                if moved["etag"] != item["etag"]:  # else it was there already
                    self.revisions.append(answer.json()["version"]["revision"])

    def waits_since(self, moment: float) -> float:
        """Wait until one of them was accepted after this moment; return how long after."""
        while not (later := [one for one in self.accepted_at if one > moment]):
            assert clock.seconds() - moment < 60, self.statuses
            time.sleep(0.02)
        return later[0] - moment


@contextmanager
def edited(engine: Engine) -> Iterator[Editors]:
    """Editors at work; when they end, all that was accepted is there, once, and in the log."""
    secret = a_convention(engine, names="ABCDEFGH", slots=8, tables=6)
    with ring(engine, secret=secret) as two:
        with db.reading(engine) as session:
            slots = list(session.scalars(text("SELECT id FROM slot")))
        before, editors = check_all(address_of(engine)), Editors(two, slots)
        with ThreadPoolExecutor(EDITORS) as pool:
            working = [pool.submit(editors.edit, number) for number in range(EDITORS)]
            try:
                yield editors
            finally:
                editors.ending.set()
            assert [one.result() for one in working] == [None] * EDITORS
        revision = two.one("GET", "/1").json()["revision"]
        seen = check_all(address_of(engine), before=before, accepted=revision)
        assert seen.audited - before.audited >= len(editors.revisions)
        assert len(set(editors.revisions)) == len(editors.revisions)
        assert max(editors.revisions) <= revision


def lose_it(engine: Engine, lose: Callable[[], None], times: int) -> None:
    with edited(engine) as editors:
        editors.waits_since(clock.seconds())
        waits = []
        for _ in range(times):
            lose()
            waits.append(editors.waits_since(clock.seconds()))
        assert max(waits) < 5, waits
    assert editors.statuses[503] > 0, "nobody noticed: this test is blind"
    assert set(editors.statuses) <= {200, 409, 412, 503}


@pytest.mark.soak
def test_every_connection_is_cut_each_second(postgres_engine: Engine) -> None:
    def cut_off() -> None:
        time.sleep(1)
        with db.reading(postgres_engine) as session:
            assert session.execute(text(CUT_OFF)).scalar_one() > 0

    lose_it(postgres_engine, cut_off, times=25)


@pytest.mark.soak
def test_the_server_crashes_and_is_away_for_up_to_two_seconds(mortal_postgres: Postgres) -> None:
    chance = random.Random(1)

    def crash() -> None:
        time.sleep(1)
        mortal_postgres.crash()
        time.sleep(chance.uniform(0, 2))
        mortal_postgres.start_again()

    with mortal_postgres.database() as address:
        engine = db.create_engine_of(address)
        try:
            lose_it(engine, crash, times=10)
        finally:
            engine.dispose()
