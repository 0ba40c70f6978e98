"""A whole import: what its faults are, each said once and where it stands."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Faulty
from app.hosts.founding import only_host
from app.registrations.headers import Settled
from app.wishes.importing import import_reading, read_for
from tests.builders import NOON

EVENT = """Nom de l'événement;Convention
Fuseau horaire;Europe/Paris
Durée d'un rendez-vous;20
Tables;5
Sessions;6 juin 2019 14:30-17:30
"""


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def faults_of(session: Session, path: Path, content: str) -> list[tuple[str, str | None, str | None]]:
    path.write_text(content, encoding="utf-8")
    host = only_host(session, NOON)
    reading = read_for(session, host, [path], Settled(), "fr")
    with pytest.raises(Faulty) as refused:
        import_reading(
            session, host, reading, otherwise_named="X", settled=Settled(), delete_missing=False, now=NOON, lang="fr"
        )
    return [(fault.code, fault.sheet, fault.cell) for fault in refused.value.faults]


def test_what_cannot_be_read_is_not_said_to_be_missing_too(session: Session, tmp_path: Path) -> None:
    content = EVENT.replace("Europe/Paris", "Europe/Pari").replace("17:30", "17h99")
    assert faults_of(session, tmp_path / "ev.csv", content) == [
        ("not-a-time-range", "ev", "B5"),
        ("unknown-time-zone", "ev", "B2"),
    ]


def test_what_is_really_missing_is_said_beside_what_cannot_be_read(session: Session, tmp_path: Path) -> None:
    content = EVENT.replace("Europe/Paris", "Europe/Pari").replace("Tables;5\n", "")
    assert {code for code, _, _ in faults_of(session, tmp_path / "ev.csv", content)} == {
        "unknown-time-zone",
        "event-without-tables",
    }


def test_a_broken_event_file_is_the_only_fault(session: Session, tmp_path: Path) -> None:
    assert faults_of(session, tmp_path / "ev.toml", "name = ") == [("event-file-broken", "ev.toml", None)]


def test_a_session_shorter_than_a_meeting_is_said_once_with_its_cell(session: Session, tmp_path: Path) -> None:
    content = EVENT.replace("17:30", "14:45")
    assert faults_of(session, tmp_path / "ev.csv", content) == [("session-too-short", "ev", "B5")]


def test_what_looks_like_data_on_health_is_kept_once_the_organiser_confirmed_it(
    session: Session, tmp_path: Path
) -> None:
    def accessibility_after(content: str, settled: Settled) -> str | None:
        (tmp_path / "gens.csv").write_text(f"Organisation;Type;Accessibilité\nFil;ESAT;{content}\n", encoding="utf-8")
        (tmp_path / "ev.csv").write_text(EVENT, encoding="utf-8")
        host = only_host(session, NOON)
        reading = read_for(session, host, [tmp_path / "gens.csv", tmp_path / "ev.csv"], settled, "fr")
        import_reading(
            session, host, reading, otherwise_named="X", settled=settled, delete_missing=False, now=NOON, lang="fr"
        )
        return session.scalar(select(models.Organisation.accessibility))

    kept = [
        accessibility_after(*each)
        for each in (
            ("fauteuil", Settled()),
            ("fauteuil", Settled(with_health_data=True)),
            ("boucle magnétique", Settled()),
        )
    ]
    assert kept == [None, "fauteuil", "boucle magnétique"]


def test_an_event_that_the_workbook_describes_keeps_its_own_kinds(session: Session, tmp_path: Path) -> None:
    def kinds_after(written: str) -> list[str | None]:
        (tmp_path / "gens.csv").write_text(f"Organisation;Type\nFil;{written}\n", encoding="utf-8")
        (tmp_path / "ev.csv").write_text(EVENT, encoding="utf-8")
        host = only_host(session, NOON)
        reading = read_for(session, host, [tmp_path / "gens.csv", tmp_path / "ev.csv"], Settled(), "fr")
        import_reading(
            session, host, reading, otherwise_named="X", settled=Settled(), delete_missing=False, now=NOON, lang="fr"
        )
        return list(session.scalars(select(models.Organisation.kind)))

    assert kinds_after("ESAT") == ["social-enterprise"]
    session.scalars(select(models.Event)).one().kinds = {"exhibitor": "Exposant"}
    assert kinds_after("exposante") == ["exhibitor"]
