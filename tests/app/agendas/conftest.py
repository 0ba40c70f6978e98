"""A small event, planned and published: two delegates of one house, an interpreter, somebody whom nobody meets."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.delivering import write_planning
from app.agendas.publishing import publish
from app.agendas.queries import agendas_of
from app.config import Settings
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, Result, problem_to_json
from tests.app.agendas.exporting import Exported
from tests.app.agendas.fairs import URL, a_fair
from tests.app.agendas.stages import SECRET, Now, Stage
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation
from tests.clients import HERE, service_over

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FORMULA = '=HYPERLINK("http://evil.example";"Ville")'


@dataclass(frozen=True)
class Planned:
    """An event and its first version."""

    event: models.Event
    version: models.Version
    result: Result
    folder: Path


Plan = Callable[[models.Event], tuple[models.Version, Result]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"])
        yield opened
        opened.close()


@pytest.fixture
def plan(session: Session) -> Plan:
    """Plans and publishes an event as it stands."""

    def solved(event: models.Event) -> tuple[models.Version, Result]:
        posed = pose(session, event)
        result = solve_judged(posed.problem, Limits(seconds=20, workers=1))
        version = store_version(session, event, posed, result, problem_to_json(posed.problem), NOON)
        publish(session, version, NOON)
        session.flush()
        return version, result

    return solved


@pytest.fixture
def planned(session: Session, plan: Plan, tmp_path: Path) -> Planned:
    event = an_event(session, slots=3, tables=2, minutes=20, interpreters=[("de", "fr")])
    werk = an_organisation(
        session,
        event,
        "Werkhof",
        a_delegate("Jo Alt", languages=["de"], email="jo@werkhof.example"),
        a_delegate("Ute Neu", languages=["de"], consent=False, email="ute@werkhof.example", leaves="14:40"),
        kind="social-enterprise",
        country="DE",
    )
    ville = an_organisation(
        session, event, FORMULA, a_delegate("Anne; D'Or, fils", languages=["fr"]), kind="local-authority"
    )
    bois = an_organisation(session, event, "Atelier du Bois", a_delegate("Cé Dé", languages=["fr", "de"]))
    alone = an_organisation(session, event, "Allein GmbH", a_delegate("Solo Mio"), country="DE")
    for source, target, rank in ((ville, werk, 1), (werk, ville, 1), (bois, werk, 2), (bois, ville, 1)):
        a_wish(session, source, target, rank=rank)
    a_wish(session, bois, alone, rank=3)
    a_wish(session, alone, bois, refuses=True)
    session.add(
        models.ProgrammeItem(
            event_id=event.id,
            uid="opening",
            title="Ouverture",
            starts_at=event.slots[0].starts_at - timedelta(hours=1),
            ends_at=event.slots[0].starts_at,
            room="Salle A",
            attendance="all",
            languages=["fr"],
            changed_at=NOON,
        )
    )
    session.flush()
    session.expire(event)
    version, result = plan(event)
    folder = tmp_path / "out"
    folder.mkdir()
    return Planned(event, version, result, folder)


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def staged(engine: Engine, now: Now) -> FastAPI:
    """The service, at its public address, with the clock of the test."""
    return service_over(engine, Settings(public_url=URL, secret=SECRET), now)


@pytest.fixture
def stage(engine: Engine) -> Stage:
    with db.writing(engine) as session:
        a_fair(session)
    return Stage(engine)


@pytest.fixture
def guest(staged: FastAPI) -> TestClient:
    """Somebody whom nobody knows, with a link perhaps."""
    return TestClient(staged, base_url=HERE)


@pytest.fixture
def exported(session: Session, plan: Plan, tmp_path: Path) -> Exported:
    """Three meetings of pairs that have nothing to do with each other, in a hall with room left; Ada brings two."""
    event = an_event(session, slots=4, tables=5)
    for one, other in (("Ada", "Bo"), ("Cy", "Dee"), ("Eve", "Finn")):
        people = [a_delegate(f"{one} Person"), *([a_delegate("Ada Zweite")] if one == "Ada" else [])]
        source = an_organisation(session, event, one, *people)
        a_wish(session, source, an_organisation(session, event, f"{other} GmbH", a_delegate(f"{other} Mensch")))
    session.expire(event)
    version, _result = plan(event)
    path = tmp_path / "planning.xlsx"
    write_planning(session, version, agendas_of(session, version), path, "fr")
    return Exported(session, event, version, path)
