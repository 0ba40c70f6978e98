"""Planning by one command: a workbook in, a proved timetable and everybody's agenda out.

This is an edge, like a request: each of its steps is one transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db
from app.agendas.delivering import Delivered, deliver
from app.agendas.publishing import publish
from app.audit import record
from app.clock import Clock
from app.errors import Invalid, Unready
from app.hosts.founding import known_host, only_host
from app.languages import Language, sentences, spoken_first
from app.registrations.headers import Settled
from app.schedules.posing import Posed, pose
from app.schedules.queries import last_schedule
from app.schedules.solving import solve_judged, store_version
from app.wishes.importing import Imported, Reading, figures_of, import_reading, read_for
from scheduler import Limits, Progress, problem_to_json, result_to_json

OWN_DATABASE = "ronde.db"
BY = "command:plan"
"""What the audit log calls whoever runs the command."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be planned, from which files, into which folder. `database` None: one of its own in the folder.

    `lang` None: what is handed out is in the event's first language that Ronde speaks.
    """

    paths: tuple[Path, ...]
    folder: Path
    seconds: float
    lang: str | None
    settled: Settled = field(default_factory=Settled)
    database: str | None = None
    delete_missing: bool = False

    @property
    def told_in(self) -> str:
        """The language of what is said on the way, before and after the event is known."""
        return self.lang or Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told what, as it comes: what was imported, how the search goes; and who may end it."""

    imported: Callable[[Imported], None]
    progress: Callable[[Progress], None] | None = None
    should_stop: Callable[[], bool] | None = None


def plan(order: Order, now: Clock, watch: Watch) -> Delivered:
    """Import, solve, judge, store, publish and write.

    Raises Faulty with every fault, and then nothing is stored or written; Infeasible with the reason, and then what
    was imported is stored.
    """
    with _database(order) as engine:
        reading = _read(engine, order)
        with db.writing(engine) as session:
            imported, posed = _import(session, order, reading, now)
            before = last_schedule(session, imported.event, posed.problem)
        watch.imported(imported)
        result = solve_judged(
            posed.problem,
            Limits(seconds=order.seconds),
            previous=before,
            watch=watch.progress,
            should_stop=watch.should_stop,
            lang=order.told_in,
        )
        with db.writing(engine) as session:
            version = store_version(session, imported.event, posed, result, problem_to_json(posed.problem), now())
            publish(session, version, now())
        with db.reading(engine) as session:
            stored = session.get_one(type(version), version.id)
            lang = order.lang or spoken_first(imported.event.languages)
            return deliver(session, stored, order.folder, result_to_json(result), lang, told_in=order.told_in)


def rehearse(order: Order, now: Clock) -> Imported:
    """Say what an import would do, and do nothing."""
    known = order.folder / OWN_DATABASE
    url = order.database or (f"sqlite:///{known}" if known.exists() else "sqlite://")
    engine = db.create_engine_of(url)
    try:
        if url == "sqlite://":
            db.migrate(engine)
        reading = _read(engine, order)
        with db.trying(engine) as session:
            imported, _posed = _import(session, order, reading, now)
            return imported
    finally:
        engine.dispose()


def _read(engine: Engine, order: Order) -> Reading:
    """Read the files before anything is locked: large ones take a while."""
    with db.reading(engine) as session:
        return read_for(session, known_host(session), order.paths, order.settled, order.told_in)


def _import(session: Session, order: Order, reading: Reading, now: Clock) -> tuple[Imported, Posed]:
    imported = import_reading(
        session,
        only_host(session, now()),
        reading,
        otherwise_named=order.paths[0].stem,
        settled=order.settled,
        delete_missing=order.delete_missing,
        now=now(),
        lang=order.told_in,
    )
    if imported.changes_something:
        event_id, facts = imported.event.id, figures_of(imported)
        record(session, BY, "import", event_id=event_id, subject=f"event:{event_id}", after=facts, now=now())
    return imported, pose(session, imported.event)


def ready(engine: Engine, lang: str) -> Engine:
    """Return a database with the newest schema. Raises Unready where it is not ours to bring it there."""
    if engine.dialect.name == "sqlite":
        db.migrate(engine)
    elif not db.is_newest(engine):
        _ = sentences(lang).gettext
        raise Unready(_("The schema of the database is not the newest; run `ronde migrate`."))
    return engine


@contextmanager
def _database(order: Order) -> Iterator[Engine]:
    """Give the database; one that was made for files which are then refused goes with them."""
    own = order.folder / OWN_DATABASE
    is_new = order.database is None and not own.exists()
    is_new_folder = not order.folder.exists()
    engine = db.create_engine_of(order.database or f"sqlite:///{own}")
    _make_folder(order.folder, order.told_in)
    try:
        yield ready(engine, order.told_in)
    except Invalid:
        engine.dispose()
        if is_new:
            for path in (own, own.with_name(f"{own.name}-wal"), own.with_name(f"{own.name}-shm")):
                path.unlink(missing_ok=True)
        if is_new_folder and order.folder.is_dir() and not any(order.folder.iterdir()):
            order.folder.rmdir()
        raise
    finally:
        engine.dispose()


def _make_folder(folder: Path, lang: str) -> None:
    _ = sentences(lang).gettext
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = _("Nothing can be written into {folder}: {reason}.").format(folder=folder, reason=error.strerror)
        raise Invalid(text) from error
