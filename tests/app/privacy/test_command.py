"""On the machine itself: a copy, an erasure, the daily purge, and a restored backup that brings nobody back."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from app import db
from app.cli import command_line
from tests.builders import a_delegate, an_event, an_organisation

ADDRESS = "zoe@example.org"


@pytest.fixture
def database(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database with Zoë in it, and a place for the list of erasures."""
    monkeypatch.setenv("RONDE_DATABASE_URL", f"sqlite:///{tmp_path}/test.db")
    monkeypatch.setenv("RONDE_ERASURE_LIST", f"{tmp_path}/erasures.jsonl")
    monkeypatch.setenv("RONDE_MAIL_FOLDER", f"{tmp_path}/mail")
    with db.writing(engine) as session:
        an_organisation(session, an_event(session), "Ville", a_delegate("Zoë Ångström", email=ADDRESS))
    return engine


def run(*words: str) -> str:
    result = CliRunner().invoke(command_line(), words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_person_is_exported_and_erased(database: Engine) -> None:
    assert json.loads(run("person", "export", ADDRESS))["delegates"][0]["first_name"] == "Zoë"
    assert run("person", "erase", ADDRESS) == "1 registrations emptied, 0 other texts blanked.\n"


def test_letters_to_and_about_somebody_go_with_them(database: Engine, tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    for name, to, text in (
        ("to", ADDRESS, "Your agenda"),
        ("about", "ali@example.org", "You meet: Zoë\u00a0Ångström"),
        ("other", "ali@example.org", "You meet nobody"),
    ):
        letter = EmailMessage()
        letter["To"], letter["Subject"] = to, "Your agenda"
        letter.set_content(text)
        letter.add_alternative(f"<p>{text}</p>", subtype="html")
        (tmp_path / "mail" / f"{name}.eml").write_bytes(letter.as_bytes())
    run("person", "erase", ADDRESS)
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["other.eml"]


def test_a_backup_restored_on_another_machine_brings_nobody_back(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", str(tmp_path / "backup.zip"))
    run("person", "erase", ADDRESS)
    monkeypatch.setenv("RONDE_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    assert "1 people who had been erased" in run("restore", str(tmp_path / "backup.zip"))
    assert ADDRESS.encode() not in (tmp_path / "new.db").read_bytes()


def test_the_daily_purge_says_what_went(database: Engine) -> None:
    assert run("purge") == "1 events deleted, 0 other rows.\n"
