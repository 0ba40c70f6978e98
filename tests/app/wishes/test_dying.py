"""Whoever kills the service during an import finds all of it afterwards, or nothing; the same request completes it."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from app import clock, db, models
from app.hosts.access import Role
from tests.builders import a_sign_in, an_event
from tests.invariants import check_all
from tests.mortals import Mortal, first_middle_last, mortal

AT = "/api/v1/events/convention/imports"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


class Dying:
    """The process that imports, and what it leaves."""

    def __init__(self, process: Mortal, engine: Engine, home: Path, rows: int) -> None:
        self.process, self.engine, self.home, self.rows = process, engine, home, rows

    def is_killed(self, how: str) -> bool:
        """Import once, being killed as said, and look at what is left: nothing half done."""
        ended = self.process.ends(how)
        assert ended in ("killed", "ended 0")
        self.check(is_sure=ended == "ended 0")
        return ended == "killed"

    def completes(self) -> str:
        """Send the same request again, which completes it, once; return the answer."""
        assert not self.is_killed("told")
        return (self.home / "answer").read_text()

    def writes(self) -> list[str]:
        """The kinds of the writes of the import that was completed last."""
        return (self.home / "writes").read_text().splitlines()

    def check(self, *, is_sure: bool) -> None:
        """Everything of the file is there, once, with its row in the audit log; or nothing of it."""
        check_all(self.engine.url.render_as_string(hide_password=False))
        with db.reading(self.engine) as session:
            found = [
                session.scalar(select(func.count()).select_from(table)) or 0
                for table in (models.Organisation, models.Delegate, models.Wish)
            ]
            imports = session.scalar(select(func.count(models.AuditEntry.id)).where(models.AuditEntry.deed == "import"))
        assert found in ([0, 0, 0], [self.rows, self.rows, self.rows])
        assert imports == (1 if found[0] else 0)
        assert found[0] or not is_sure

    def is_whole(self) -> bool:
        """Whether the import has happened, though nobody was told."""
        with db.reading(self.engine) as session:
            return session.scalar(select(func.count(models.Organisation.id))) == self.rows

    def forget(self) -> None:
        """Make everything as it was before the import."""
        with db.writing(self.engine) as session:
            for table in ("first_answer", "audit_entry", "upload", "wish", "organisation"):
                session.execute(text(f"DELETE FROM {table}"))


@contextmanager
def dying(engine: Engine, home: Path, rows: int) -> Iterator[Dying]:
    """Give a service that imports so many organisations, each with a delegate and a wish."""
    lines = [f"Maison {n};ESAT;Luc;Petit {n};p{n}@x.example;Maison {(n + 1) % rows}" for n in range(rows)]
    (home / "liste.csv").write_text("Organisation;Type;Prénom;Nom;E-mail;Souhait 1\n" + "\n".join(lines) + "\n")
    (home / "at").write_text(AT)
    with db.writing(engine) as session:
        an_event(session)
        (home / "secret").write_text(a_sign_in(session, Role.OWNER))
    address = engine.url.render_as_string(hide_password=False)
    with mortal("tests.app.wishes.dying", address, str(home)) as process:
        yield Dying(process, engine, home, rows)


def test_an_import_that_is_killed_leaves_nothing_and_the_same_request_completes_it(
    engine: Engine, tmp_path: Path
) -> None:
    with dying(engine, tmp_path, rows=40) as service:
        assert [service.is_killed(f"write {number}") for number in (1, 4, 9)] == [True] * 3
        answer = service.completes()
        assert service.completes() == answer


@pytest.mark.soak
def test_an_import_that_is_killed_at_any_kind_of_write_is_whole_or_nothing(engine: Engine, tmp_path: Path) -> None:
    """Before the first, the middle and the last write of each kind, and before and after each commit."""
    with dying(engine, tmp_path, rows=1_000) as service:
        service.completes()  # the first request of a sign-in also writes when it was seen
        service.forget()
        answer = service.completes()
        failpoints = first_middle_last(service.writes())
        service.forget()
        assert len(failpoints) > 10
        for number in failpoints:
            assert service.is_killed(f"write {number}")
            if service.is_whole():
                service.completes()
                service.forget()
        assert service.completes() == answer


def killed_at_any_time(service: Dying, kills: int, chance: random.Random) -> None:
    begin = clock.seconds()
    service.completes()
    seconds = clock.seconds() - begin
    service.forget()
    for _ in range(kills):
        if not service.is_killed(f"after {chance.uniform(0, seconds):.3f}") or service.is_whole():
            service.completes()
            service.forget()
    answer = service.completes()
    assert service.completes() == answer


@pytest.mark.soak
def test_an_import_that_is_killed_two_hundred_times_is_whole_or_nothing(engine: Engine, tmp_path: Path) -> None:
    with dying(engine, tmp_path, rows=150) as service:
        killed_at_any_time(service, 200, random.Random(7))


@pytest.mark.soak
def test_a_large_import_that_is_killed_at_any_time_is_whole_or_nothing(engine: Engine, tmp_path: Path) -> None:
    with dying(engine, tmp_path, rows=5_000) as service:
        killed_at_any_time(service, 20, random.Random(8))
