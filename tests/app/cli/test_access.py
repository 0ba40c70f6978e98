"""Before anybody can sign in, who runs the installation lets people and programs in."""

import os
import re
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from app import db, models
from app.hosts.secrets import digest_of
from tests.builders import an_event, another_host

ROOT = Path(__file__).resolve().parents[3]


def ronde(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RONDE_DATABASE_URL": url, "RONDE_PUBLIC_URL": "https://ronde.example"}
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_first_organiser_gets_a_link_in_an_empty_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ronde.db"

    told = ronde(url, "organiser", "add", "Anna@Example.org", "--host", "Cluster ESS")

    assert re.fullmatch(r"https://ronde\.example/invitations/ri_[\w-]{43}\n", told.stdout)
    with db.reading(db.create_engine_of(url)) as session:
        row = session.scalars(select(models.Invitation)).one()
        entry = session.scalars(select(models.AuditEntry)).one()
        assert (row.email, row.role, row.may_reset) == ("anna@example.org", "owner", True)
        assert row.digest == digest_of(told.stdout.strip().rpartition("/")[2])
        assert session.get_one(models.Host, row.host_id).name == "Cluster ESS"
        assert (entry.caller, entry.deed, entry.host_id) == ("command", "invite-organiser", row.host_id)


def test_a_key_is_printed_once_and_may_be_for_one_event_and_for_reading(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ronde.db"
    engine = db.create_engine_of(url)
    db.migrate(engine)
    with db.writing(engine) as session:
        event_id = an_event(session).id

    told = ronde(url, "key", "add", "website", "--event", "convention", "--read-only")
    refused = ronde(url, "key", "add", "website", "--event", "hiver")

    assert re.fullmatch(r"rk_[\w-]{43}\n", told.stdout)
    assert (refused.returncode, refused.stderr) == (2, "There is no event “hiver”.\n")
    with db.reading(engine) as session:
        row = session.scalars(select(models.ApiKey)).one()
    assert (row.digest, row.event_id, row.role) == (digest_of(told.stdout.strip()), event_id, "reader")


def test_where_there_are_several_teams_one_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ronde.db"
    engine = db.create_engine_of(url)
    db.migrate(engine)
    with db.writing(engine) as session:
        an_event(session)
        another_host(session, "Others")

    assert ronde(url, "key", "add", "website").returncode == 2
    assert ronde(url, "key", "add", "website", "--host", "Nobody").returncode == 2
    assert ronde(url, "key", "add", "website", "--host", "Others").returncode == 0
