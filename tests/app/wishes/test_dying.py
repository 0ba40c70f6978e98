"""Whoever kills the service during an import finds all of it afterwards, or nothing; the same request completes it."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from app import db, models
from app.hosts.access import Role
from tests.builders import a_sign_in, an_event
from tests.invariants import check_all

ROOT = Path(__file__).parents[3]
AT = "/api/v1/events/convention/imports"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


class Dying:
    """The process that imports, and what it leaves."""

    def __init__(self, process: "subprocess.Popen[str]", engine: Engine, home: Path, rows: int) -> None:
        self.process, self.engine, self.home, self.rows = process, engine, home, rows

    def ends(self, how: str) -> str:
        """Import once, being killed as said; return how it ended, when nothing is left half done."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(how + "\n")
        self.process.stdin.flush()
        ended = self.process.stdout.readline().strip()
        self.check(is_sure=ended == "ended 0")
        return ended

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
    with subprocess.Popen(
        [sys.executable, "-m", "tests.app.wishes.dying", address, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        try:
            yield Dying(process, engine, home, rows)
        finally:
            process.kill()


def test_an_import_that_is_killed_leaves_nothing_and_the_same_request_completes_it(
    engine: Engine, tmp_path: Path
) -> None:
    with dying(engine, tmp_path, rows=40) as service:
        for number in (1, 3, 6, 9):
            service.ends(f"statement {number}")
        first = service.ends("never")
        answer = (tmp_path / "answer").read_text()
        again = service.ends("never")
        assert [first, again] == ["ended 0", "ended 0"]
        assert (tmp_path / "answer").read_text() == answer


@pytest.mark.soak
def test_an_import_that_is_killed_at_any_statement_is_whole_or_nothing(engine: Engine, tmp_path: Path) -> None:
    with dying(engine, tmp_path, rows=60) as service:
        killed, number = 0, 0
        while True:
            number += 1
            if service.ends(f"statement {number}") != "killed":
                break
            killed += 1
            if number % 3 == 0:
                assert service.ends("never") == "ended 0"
                service.forget()
        assert killed > 10


@pytest.mark.soak
def test_a_large_import_that_is_killed_at_any_time_is_whole_or_nothing(engine: Engine, tmp_path: Path) -> None:
    chance = random.Random(7)
    with dying(engine, tmp_path, rows=5_000) as service:
        started = time.monotonic()
        assert service.ends("never") == "ended 0"
        seconds = time.monotonic() - started
        service.forget()
        for _ in range(12):
            if service.ends(f"random {chance.uniform(0, seconds):.2f}") != "killed":
                service.forget()
        assert service.ends("never") == "ended 0"
