"""Who asks to be erased leaves no trace: no row, no text, no byte in the files; the numbers stay."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, LargeBinary, func, select
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.publishing import publish
from app.backups.keeping import keep
from app.backups.restoring import restore
from app.backups.rows import lines_of, tables_of
from app.privacy.erasing import erase, erase_again
from app.privacy.exporting import export
from app.privacy.persons import Person, person_of_address, person_of_delegate
from app.privacy.scrubbing import list_erasures, listed_erasures, scrub
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation, another_host

LATER = datetime(2026, 6, 2, 9, tzinfo=UTC)
ADDRESS, PHONE, NAME = "zoe.angstrom@example.org", "+33612345678", "Zoë Ångström"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def event(engine: Engine) -> models.Event:
    """Zoë has a meeting in a published version, and is named where nobody would look for her."""
    with db.writing(engine) as session:
        event = an_event(session, tables=2)
        zoe = a_delegate(NAME, languages=["fr"], email=ADDRESS)
        zoe.phone, zoe.function = PHONE, "Acheteuse"
        buyer = an_organisation(session, event, "Ville", zoe, kind="buyer")
        supplier = an_organisation(session, event, "Atelier", a_delegate("Ali Baba"), kind="social-enterprise")
        supplier.description = f"Ask for ZOË  ÅNGSTRÖM, or write to {ADDRESS.upper()}"
        a_wish(session, supplier, buyer, rank=1).note = f"met {NAME} last year"
        posed = pose(session, event)
        result = solve_judged(posed.problem, Limits(seconds=5, workers=1))
        version = store_version(session, event, posed, result, problem_to_json(posed.problem), NOON)
        publish(session, version, NOON)
        job = models.Job(
            kind="import", host_id=event.host_id, event_id=event.id, asked_by="organiser:1", created_at=NOON
        )
        job.payload, job.result = {}, {"errors": [{"read": NAME, "cell": "C7"}]}
        job.state, job.finished_at, job.attempt = "done", NOON, 1
        upload = models.Upload(host_id=event.host_id, event_id=event.id, batch="b", position=1, name=f"{NAME}.csv")
        upload.content, upload.created_at = NAME.encode(), NOON
        answer = models.FirstAnswer(caller="organiser:1", key="k", asked="x", event_id=event.id, status=201, headers={})
        answer.body, answer.created_at = f'{{"email": "{ADDRESS}"}}'.encode(), NOON
        session.add_all([job, upload, answer])
    return event


def everything_in(engine: Engine) -> str:
    with engine.connect() as connection:
        return "".join(line for table in tables_of(connection) for line in lines_of(connection, table))


def zoe(session: Session, event: models.Event) -> Person:
    return person_of_address(session, event.host_id, ADDRESS.title())


def names_zoe(text: str) -> list[str]:
    folded = text.casefold().replace("\\u00eb", "ë").replace("\\u00c5", "å").replace("\\u00f6", "ö")
    return [word for word in (ADDRESS, PHONE, NAME, "Zoë", "Ångström", "Acheteuse") if word.casefold() in folded]


def test_nothing_in_the_database_names_somebody_who_was_erased(engine: Engine, event: models.Event) -> None:
    assert names_zoe(everything_in(engine)) == [ADDRESS, PHONE, NAME, "Zoë", "Ångström", "Acheteuse"]
    with db.writing(engine) as session:
        erased = erase(session, zoe(session, event), "organiser:1", LATER)
    assert (erased.delegates, erased.mentions) == (1, 3)
    assert names_zoe(everything_in(engine)) == []


def test_the_numbers_stay(engine: Engine, event: models.Event) -> None:
    tables = (models.Delegate, models.Meeting, models.Attendance, models.Wish, models.Organisation)
    with db.writing(engine) as session:
        before = [session.scalar(select(func.count()).select_from(table)) for table in tables]
        erase(session, zoe(session, event), "organiser:1", LATER)
        after = [session.scalar(select(func.count()).select_from(table)) for table in tables]
        published = session.scalars(select(models.Version.published_at)).all()
    assert after == before
    assert published == [NOON]


def test_calendars_of_the_others_are_told(engine: Engine, event: models.Event) -> None:
    with db.writing(engine) as session:
        before = session.scalars(select(models.MeetingIdentity.sequence)).one()
        erase(session, zoe(session, event), "organiser:1", LATER)
        identity = session.scalars(select(models.MeetingIdentity)).one()
        assert (identity.sequence, identity.changed_at) == (before + 1, LATER)


def test_the_log_says_that_somebody_was_erased_and_not_who(engine: Engine, event: models.Event) -> None:
    with db.writing(engine) as session:
        person = zoe(session, event)
        erase(session, person, "organiser:1", LATER)
        entry = session.scalars(select(models.AuditEntry)).one()
    assert (entry.deed, entry.subject) == ("erase-person", f"delegate:{person.delegates[0]}")


def test_other_hosts_keep_what_they_know(engine: Engine, event: models.Event) -> None:
    with db.writing(engine) as session:
        other = an_event(session, name="Elsewhere", host=another_host(session))
        an_organisation(session, other, "Theirs", a_delegate(NAME, email=ADDRESS))
    with db.writing(engine) as session:
        erase(session, zoe(session, event), "organiser:1", LATER)
    with Session(engine) as session:
        assert session.scalars(select(models.Delegate.email).where(models.Delegate.event_id == other.id)).all() == [
            ADDRESS
        ]


def test_a_person_is_erased_from_every_event_of_the_host(engine: Engine, event: models.Event) -> None:
    with db.writing(engine) as session:
        next_year = an_event(session, name="Next year")
        an_organisation(session, next_year, "Ville", a_delegate("Z Å", email=ADDRESS.upper()))
        delegate = session.scalars(select(models.Delegate.id).where(models.Delegate.email == ADDRESS)).one()
        erased = erase(session, person_of_delegate(session, event, delegate), "organiser:1", LATER)
    assert erased.delegates == 2
    assert names_zoe(everything_in(engine)) == []


def test_somebody_without_an_address_is_erased_alone(engine: Engine, event: models.Event) -> None:
    with db.writing(engine) as session:
        ali = session.scalars(select(models.Delegate).where(models.Delegate.last_name == "Baba")).one()
        erased = erase(session, person_of_delegate(session, event, ali.id), "organiser:1", LATER)
        assert erased.delegates == 1
    assert "Baba" not in everything_in(engine)
    assert ADDRESS in everything_in(engine)


def test_no_byte_is_left_in_the_files(sqlite_engine: Engine, tmp_path: Path) -> None:
    with db.writing(sqlite_engine) as session:
        event = an_event(session)
        an_organisation(session, event, "Ville", a_delegate("Zoe Angstroem", email=ADDRESS))
        for number in range(300):  # pages are written, freed and written again
            an_organisation(session, event, f"Organisation {number}", a_delegate(f"Person {number}"))
    folder = Path(sqlite_engine.url.database or "").parent
    assert any(holds_zoe(path.read_bytes()) for path in folder.iterdir() if path.is_file())
    with db.writing(sqlite_engine) as session:
        erase(session, person_of_address(session, event.host_id, ADDRESS), "organiser:1", LATER)
    assert scrub(sqlite_engine)
    left = [path.name for path in folder.rglob("*") if path.is_file() and holds_zoe(path.read_bytes())]
    assert left == []


def holds_zoe(content: bytes) -> bool:
    return b"zoe.angstrom" in content or b"Angstroem" in content


def test_a_copy_tells_all_that_is_known(engine: Engine, event: models.Event) -> None:
    with Session(engine) as session:
        known = export(session, zoe(session, event))
    [delegate] = known.delegates
    told = {name: delegate[name] for name in ("event", "organisation", "email", "phone", "function", "first_name")}
    assert told == {
        "event": "convention",
        "organisation": "Ville",
        "email": ADDRESS,
        "phone": PHONE,
        "function": "Acheteuse",
        "first_name": "Zoë",
    }
    [meeting] = known.meetings
    assert (meeting.partner, meeting.is_published) == ("Atelier", True)
    assert {"attendance"} <= known.rows.keys()
    assert {(one.table, one.column) for one in known.mentions} == {
        ("organisation", "description"),
        ("job", "result"),
        ("wish", "note"),
        ("upload", "name"),
    }


def test_whoever_restores_an_older_backup_erases_again(engine: Engine, event: models.Event, tmp_path: Path) -> None:
    keep(engine, tmp_path / "before.zip", NOON)
    with db.writing(engine) as session:
        erase(session, zoe(session, event), "organiser:1", LATER)
    list_erasures(engine, tmp_path / "erasures.jsonl")
    list_erasures(engine, tmp_path / "erasures.jsonl")
    restored = db.create_engine_of(f"sqlite:///{tmp_path}/restored.db")
    restore(restored, tmp_path / "before.zip")
    assert names_zoe(everything_in(restored)) != []
    listed = list(listed_erasures(tmp_path / "erasures.jsonl"))
    with db.writing(restored) as session:
        assert erase_again(session, listed, "restore", LATER) == 1
        assert erase_again(session, listed, "restore", LATER) == 0
    assert names_zoe(everything_in(restored)) == []
    restored.dispose()


def test_every_column_of_bytes_is_thought_of() -> None:
    """A new one may hold copies of what people are called: say in `erasing` what becomes of it."""
    columns = {
        f"{table.name}.{column.name}"
        for table in models.Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert columns == {"feed.body", "first_answer.body", "secret.value", "upload.content"}
