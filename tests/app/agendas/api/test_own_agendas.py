"""Everybody has their own agenda, on the page, in the calendar, on paper and in the sheet; also who meets nobody."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.agendas.delivering import write_planning
from app.agendas.queries import agendas_of
from tests.app.agendas.conftest import Planned
from tests.app.agendas.paper.pdf_reading import texts
from tests.app.agendas.stages import Stage
from tests.app.agendas.strict import events_in
from tests.app.agendas.timetables import Held


@pytest.fixture
def told(stage: Stage, guest: TestClient) -> dict[str, tuple[str, str, str]]:
    """Page, feed and paper of Jo and Ute, both of Werkhof, and of Bo: Jo meets Anne, Ute and Bo meet nobody."""
    stage.do(lambda fair: fair.publish(Held(fair.jo, fair.anne)))
    found = {}
    for who in ("jo", "ute", "bo"):
        paths = (stage.page(who), stage.feed(who), f"{stage.page(who)}/agenda.pdf")
        page, feed, paper = (guest.get(path) for path in paths)
        assert [page.status_code, feed.status_code, paper.status_code] == [200, 200, 200]
        found[who] = page.text, feed.text, " ".join(texts(paper.content))
    return found


def test_two_delegates_of_one_organisation_have_different_agendas(told: dict[str, tuple[str, str, str]]) -> None:
    assert ["Anne Or" in one for one in told["jo"]] == [True, True, True]
    assert ["Anne Or" in one for one in told["ute"]] == [False, False, False]


@pytest.mark.parametrize(
    ("who", "page", "paper"),
    [
        ("ute", "noch kein Gespräch", "Für Sie ist noch kein Gespräch geplant. Sie sind trotzdem herzlich willkommen"),
        ("bo", "welcome", "No meeting is planned for you yet. You are very welcome all the same"),
    ],
)
def test_who_meets_nobody_is_told_so_kindly_wherever_they_look(
    told: dict[str, tuple[str, str, str]], who: str, page: str, paper: str
) -> None:
    shown, feed, printed = told[who]

    assert page in shown
    assert events_in(feed.encode()) == []
    assert paper in printed


def test_in_the_sheet_everybody_has_rows_of_their_own(session: Session, planned: Planned, tmp_path: Path) -> None:
    path = tmp_path / "planning.xlsx"
    agendas = agendas_of(session, planned.version)
    write_planning(session, planned.version, agendas, path, "en")

    head, *rows = ([cell.value for cell in row] for row in load_workbook(path)["By delegate"].iter_rows())
    shown: dict[str, list[object]] = {}
    for row in rows:
        shown.setdefault(str(row[head.index("Delegate")]), []).append(row[head.index("Meets")])
    held = {one.person.name: {entry.partner.name for entry in one.entries} for one in agendas.delegates if one.person}
    assert {who: set(met) - {"Ouverture", "no meeting"} for who, met in shown.items()} == held
    assert set(shown["Solo Mio"]) == {"no meeting", "Ouverture"}
    assert held["Jo Alt"] != held["Ute Neu"]
