"""The sheet of suggestions: whom nobody asked for, why it would be good, and whether they meet all the same."""

from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app import models
from app.agendas.delivering import deliver
from app.agendas.queries import agendas_of
from app.agendas.suggestions import suggested_meetings
from app.matching.queries import gathering_of
from scheduler import result_to_json
from tests.app.agendas.conftest import Plan
from tests.builders import a_delegate, a_wish, an_event, an_organisation


def trading(session: Session, organisation: models.Organisation, text: str, *, is_need: bool) -> None:
    organisation.provisions.append(models.Provision(is_need=is_need, position=0, text=text, cpv=[]))
    session.flush()


def an_event_of_cleaners(session: Session, mode: str) -> models.Event:
    """A town that needs cleaning, whom one cleaner wishes, one is wished by nobody, and one refuses."""
    event = an_event(session, slots=4, tables=2)
    event.policy = {"mode": mode}
    town = an_organisation(session, event, "Ville", a_delegate(languages=["fr"]), kind="local-authority")
    trading(session, town, "nettoyage de locaux", is_need=True)
    for name in ("Wishing", "Silent", "Refusing"):
        cleaner = an_organisation(session, event, name, a_delegate(languages=["fr"]), kind="social-enterprise")
        trading(session, cleaner, "propreté des locaux", is_need=False)
        if name != "Silent":
            a_wish(session, cleaner, town, rank=1 if name == "Wishing" else None, refuses=name == "Refusing")
    return event


def test_only_whom_nobody_asked_for_or_refused_is_suggested(session: Session, plan: Plan) -> None:
    event = an_event_of_cleaners(session, "wishes")
    version, _ = plan(event)
    found = suggested_meetings(gathering_of(session, event), agendas_of(session, version), "fr")
    assert [(one.party.name, one.partner.name, one.is_planned) for one in found] == [
        ("Ville", "Silent", False),
        ("Silent", "Ville", False),
    ]
    assert found[0].reasons[0].startswith("Propose ce que vous cherchez (nettoyage de locaux) : propreté des locaux")
    assert found[1].reasons[0].startswith("Cherche ce que vous proposez (propreté des locaux) : nettoyage de locaux")


def test_a_suggestion_that_fits_is_planned(session: Session, plan: Plan, tmp_path: Path) -> None:
    version, result = plan(an_event_of_cleaners(session, "wishes-then-suggestions"))
    deliver(session, version, tmp_path, result_to_json(result), "de")
    sheet = load_workbook(tmp_path / "planning.xlsx")["Vorschläge"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Organisation"
    assert [(row[0], row[3], row[7]) for row in rows[1:]] == [("Ville", "Silent", "ja"), ("Silent", "Ville", "ja")]
    assert all(isinstance(row[6], int) and row[6] > 40 for row in rows[1:])


def test_the_statistics_say_how_far_a_wanted_share_is_reached(session: Session, plan: Plan, tmp_path: Path) -> None:
    event = an_event_of_cleaners(session, "wishes")
    event.policy = {"mode": "wishes", "cross_border_share": 30, "social_enterprise_share": 60}
    version, result = plan(event)
    deliver(session, version, tmp_path, result_to_json(result), "en")
    sheet = load_workbook(tmp_path / "planning.xlsx")["Statistics"]
    lines = {row[1]: row[2:] for row in sheet.iter_rows(values_only=True) if row[0] == "Meetings"}
    assert lines["with a social enterprise"] == (1, 1)
    assert lines["with a social enterprise: wanted"] == (1, 1)
    assert (lines["across a border"], lines["across a border: wanted"]) == ((0, 1), (1, 1))
