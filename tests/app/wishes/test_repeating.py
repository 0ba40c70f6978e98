"""An import may be repeated, shuffled, corrected and broken off: what is there is what the files say."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError

from app import db, models
from app.hosts.founding import only_host
from app.registrations.headers import Settled
from app.wishes.importing import Reading
from app.wishes.receiving import Wanted, read_received, store_received
from tests.builders import NOON, an_event
from tests.invariants import check_all

HEADERS = ("Référence", "Organisation", "Type", "Pays", "Prénom", "Nom", "E-mail", "Ville", "Souhait 1", "Refus")
KINDS = ("ESAT", "commune", "acheteur")
PLAN = Wanted(Settled(), delete_missing=False, is_rehearsal=False, lang="fr")
WISHED = 8
Row = tuple[str, ...]


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@st.composite
def lists(draw: st.DrawFn) -> list[Row]:
    """Registrations of a few organisations, one to a row, each with a wish or a refusal."""
    count = draw(st.integers(2, 7))
    rows = []
    for number in range(count):
        other = f"Maison {(number + draw(st.integers(1, count - 1))) % count}"
        wish, refusal = draw(st.sampled_from([(other, ""), ("", other), ("", "")]))
        rows.append(
            (
                f"R{number}",
                f"Maison {number}",
                draw(st.sampled_from(KINDS)),
                draw(st.sampled_from(["France", "Luxembourg", ""])),
                draw(st.sampled_from(["Anne", "Élodie", "Jean-Luc", ""])),
                f"Nom{number}",
                f"p{number}@maison{number}.example",
                draw(st.sampled_from(["Longwy", "Arlon", "Saint-Étienne", ""])),
                wish,
                refusal,
            )
        )
    return rows


class Importer:
    """Imports lists into the event of a database, as the service does."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder = engine, folder
        with db.writing(engine) as session:
            self.host = only_host(session, NOON).id
            self.event = an_event(session).id

    def forget(self) -> None:
        with db.writing(self.engine) as session:
            for row in session.scalars(select(models.Organisation)):
                session.delete(row)

    def read(self, rows: list[Row]) -> Reading:
        path = self.folder / "liste.csv"
        path.write_text("\n".join(";".join(row) for row in (HEADERS, *rows)), encoding="utf-8")
        return read_received(self.engine, self.host, self.event, [path], PLAN)

    def store(self, reading: Reading, wanted: Wanted = PLAN) -> dict[str, tuple[int, int, int]]:
        """Created, updated and gone, by what it is."""
        with db.writing(self.engine) as session:
            outcome = store_received(
                session, self.host, self.event, reading, wanted, otherwise_named="x", by="organiser:1", now=NOON
            )
        return {what: (one.created, one.updated, one.gone) for what, one in outcome.imported.counts.items()}

    def people(self) -> int:
        with db.reading(self.engine) as session:
            return session.scalar(select(func.count(models.Delegate.id))) or 0


@pytest.fixture
def importer(engine: Engine, tmp_path: Path) -> Importer:
    return Importer(engine, tmp_path)


NOTHING = {"organisations": (0, 0, 0), "delegates": (0, 0, 0), "wishes": (0, 0, 0)}


def hold(importer: Importer, rows: list[Row], data: st.DataObject) -> None:
    """P2: what a second import of nearly the same does."""
    importer.forget()
    importer.store(importer.read(rows))
    assert importer.store(importer.read(rows)) == NOTHING
    assert importer.store(importer.read(data.draw(st.permutations(rows)))) == NOTHING

    place = data.draw(st.integers(0, len(rows) - 1))
    corrected = [*rows[:place], (*rows[place][:7], "Ailleurs", *rows[place][8:]), *rows[place + 1 :]]
    assert importer.store(importer.read(corrected)) == {**NOTHING, "organisations": (0, 1, 0)}

    gone = rows[place]
    left = [
        (*row[:WISHED], *("" if cell == gone[1] else cell for cell in row[WISHED:]))
        for row in corrected
        if row[0] != gone[0]
    ]
    before = importer.people()
    told = importer.store(importer.read(left))
    assert told["organisations"] == (0, 0, 1)
    assert importer.people() == before, "nobody is deleted unasked"


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=lists(), data=st.data())
def test_what_is_repeated_changes_nothing_and_what_is_corrected_only_that(
    importer: Importer, rows: list[Row], data: st.DataObject
) -> None:
    hold(importer, rows, data)


@pytest.mark.soak
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=lists(), data=st.data())
def test_whatever_is_repeated_changes_nothing(importer: Importer, rows: list[Row], data: st.DataObject) -> None:
    hold(importer, rows, data)


ROWS = [
    (
        f"R{n}",
        f"Maison {n}",
        "ESAT",
        "France",
        "Anne",
        f"Nom{n}",
        f"p{n}@x.example",
        "Longwy",
        f"Maison {(n + 1) % 5}",
        "",
    )
    for n in range(5)
]


def failing_at(number: int) -> Callable[..., None]:
    """A database whose n-th statement or commit fails."""
    left = number

    def fail(*_arguments: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise OperationalError("a statement", {}, OSError("the disk does not answer"))

    return fail


@pytest.mark.parametrize("what", ["before_cursor_execute", "commit"])
def test_an_import_is_whole_or_nothing_whichever_statement_fails(importer: Importer, what: str) -> None:
    """C4: the n-th statement or commit fails, n = 1 … until none does."""
    reading = importer.read(ROWS)
    address = importer.engine.url.render_as_string(hide_password=False)
    failed = 0
    while True:
        fail = failing_at(failed + 1)
        event.listen(importer.engine, what, fail)
        try:
            importer.store(reading)
            break
        except OperationalError:
            failed += 1
        finally:
            event.remove(importer.engine, what, fail)
        assert importer.people() == 0
    assert failed >= (1 if what == "commit" else 10)
    assert importer.people() == len(ROWS)
    check_all(address)
    assert importer.store(reading) == NOTHING


def test_others_read_and_change_the_event_while_a_file_is_read(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session)
    chance = random.Random(1)
    lines = [
        f"R{n};Maison {n};ESAT;France;Anne;N{n};p{n}@x.example;Longwy;Maison {chance.randrange(800)};"
        for n in range(800)
    ]
    content = "\n".join([";".join(HEADERS), *lines]).encode()
    answers: list[int] = []

    def send() -> None:
        answers.append(client.post("/api/v1/events/convention/imports", files={"file": ("l.csv", content)}).status_code)

    importing = Thread(target=send)
    importing.start()
    others = []
    while importing.is_alive():
        shown = client.get("/api/v1/events/convention")
        venue = {"venue": f"Halle {len(others)}"}
        changed = client.patch("/api/v1/events/convention", json=venue, headers={"If-Match": shown.headers["etag"]})
        others.append((shown.status_code, changed.status_code, bool(answers)))
    importing.join()

    assert answers == [200]
    assert {status for first, second, _ in others for status in (first, second)} == {200}
    assert len(client.get("/api/v1/events/convention/organisations?limit=200").json()["items"]) == 200


def test_a_rehearsal_leaves_not_even_a_number_behind(importer: Importer) -> None:
    rehearsed = importer.store(importer.read(ROWS), replace(PLAN, is_rehearsal=True))
    assert rehearsed["organisations"] == (5, 0, 0)
    assert importer.people() == 0
