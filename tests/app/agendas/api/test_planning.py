"""Over HTTP: the planning and its files are fetched, changed, sent back; the report is read as data and as a page."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from app import db, models
from app.schedules.files import faults_of_files
from tests.app.schedules.drafts import a_draft
from tests.builders import a_delegate, a_wish, an_event, an_organisation

EVENT = "/api/v1/events/convention"
AT = f"{EVENT}/versions/1"


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture(autouse=True)
def draft(engine: Engine) -> None:
    """Four organisations, all of whom wish each other; four slots, three tables; three meetings."""
    with db.writing(engine) as session:
        event = an_event(session, slots=4, tables=3)
        rows = [an_organisation(session, event, name, a_delegate(f"Jo {name}")) for name in "ABCD"]
        for one in rows:
            for other in rows:
                if one is not other:
                    a_wish(session, one, other)
        a_draft(session, event, [("A-B", 0, 0), ("C-D", 0, 1), ("A-C", 1, 0)])


def sheet_of(answer: Response) -> Worksheet:
    return load_workbook(BytesIO(answer.content)).worksheets[0]


def changed(answer: Response, change: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(BytesIO(answer.content))
    change(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(client: TestClient, content: bytes, **headers: str) -> Response:
    return client.post(f"{EVENT}/plannings", files={"file": ("planning.xlsx", content)}, headers=headers)


def test_the_planning_is_fetched_changed_and_becomes_a_draft(client: TestClient, engine: Engine) -> None:
    fetched = client.get(f"{AT}/planning.xlsx", headers={"Accept-Language": "de"})

    assert fetched.headers["content-disposition"] == 'attachment; filename="planning.xlsx"'
    assert sheet_of(fetched).title == "Nach Zeit und Tisch"
    answer = sent(client, changed(fetched, lambda sheet: sheet.delete_rows(3)))

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["moved"], told["removed"], told["broken"]) == (0, 1, [])
    assert (told["version"]["number"], told["version"]["state"], told["version"]["meetings_count"]) == (2, "draft", 2)
    assert answer.headers["location"] == f"{EVENT}/versions/2"
    assert client.get(answer.headers["location"]).json()["meetings_count"] == 2
    with db.reading(engine) as session:
        last = session.query(models.AuditEntry).order_by(models.AuditEntry.id.desc()).first()
        assert last is not None
        assert (last.deed, last.subject, last.after) == (
            "import-planning",
            "version:2",
            {"base": 1, "moved": 0, "added": 0, "removed": 1},
        )


def test_a_planning_with_faults_is_refused_with_its_cells(client: TestClient) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"], sheet["D3"] = "soon", 99

    answer = sent(client, changed(client.get(f"{AT}/planning.xlsx"), change))

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [one["cell"] for one in answer.json()["errors"]] == ["B2"]
    assert client.get(f"{EVENT}/versions").json()["items"][-1]["number"] == 1


def test_a_planning_that_says_nothing_new_or_is_old_is_a_conflict(client: TestClient) -> None:
    fetched = client.get(f"{AT}/planning.xlsx")

    same = sent(client, fetched.content)
    first = sent(client, changed(fetched, lambda sheet: sheet.delete_rows(3)))
    late = sent(client, changed(fetched, lambda sheet: sheet.delete_rows(2)))

    assert [one.status_code for one in (same, first, late)] == [409, 201, 409]
    assert same.json()["detail"] == "Nothing in the planning differs from version 1."
    assert "version 2 has been made since" in late.json()["detail"]


def test_what_is_no_planning_is_told_so(client: TestClient) -> None:
    answer = sent(client, b"Name;Stadt\nA;B\n")

    assert answer.status_code == 422
    assert "no planning that Ronde wrote" in answer.json()["detail"]


def test_the_judge_accepts_what_is_fetched_also_of_an_edited_draft(client: TestClient, tmp_path: Path) -> None:
    meetings = client.get(AT).json()["meetings"]
    first = next(one for one in meetings if [side["name"] for side in one["organisations"]] == ["C", "D"])
    moved = client.post(
        f"{AT}/moves",
        json={"meeting": first["id"], "slot": first["slot"] + 2, "table": 3},
        headers={"If-Match": first["etag"]},
    )
    assert moved.status_code == 200, moved.text

    for name in ("problem.json", "schedule.json"):
        (tmp_path / name).write_bytes(client.get(f"{AT}/{name}").content)

    assert faults_of_files(tmp_path / "problem.json", tmp_path / "schedule.json") == []
    assert b'"t3"' in (tmp_path / "schedule.json").read_bytes()


def test_the_report_is_data_or_a_page(client: TestClient) -> None:
    data = client.get(f"{EVENT}/report")
    page = client.get(f"{EVENT}/report", headers={"Accept": "text/html", "Accept-Language": "fr"})
    plain = client.get(f"{EVENT}/report?format=json&recommendations=false&version=1", headers={"Accept": "text/html"})

    told = data.json()
    assert (told["version"], told["is_published"], told["held"]["meetings"], told["held"]["mutual"]) == (1, False, 3, 3)
    assert {one["change"] for one in told["outlook"]["recommendations"]} >= {"slot", "tables"}
    assert plain.json() == told | {"outlook": None}
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "Pour la prochaine édition" in page.text


def test_an_event_that_was_never_planned_has_no_report(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session, name="Later")

    answer = client.get("/api/v1/events/later/report")

    assert answer.status_code == 404
    assert "nothing was planned" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["planning.xlsx", "problem.json", "schedule.json"])
def test_a_version_that_is_not_there_has_no_files(client: TestClient, name: str) -> None:
    assert client.get(f"{EVENT}/versions/7/{name}").status_code == 404
