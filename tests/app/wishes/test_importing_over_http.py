"""Workbooks into an event over HTTP: all or nothing, every fault with its cell, at once or as a job."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import Workbook
from sqlalchemy import Engine, func, select

from app import clock, db, models
from app.config import Settings
from app.hosts.access import Role
from app.jobs.running import run_job
from app.wishes.carrying import IMPORT
from tests.builders import a_sign_in, an_event, another_host
from tests.clients import signed_in
from tests.conftest import AsKey

AT = "/api/v1/events/convention/imports"
HEAD = "Organisation;Type;Prénom;Nom;E-mail;Souhait 1\n"
FIL = "Atelier du Fil;ESAT;Luc;Petit;luc@fil.example;Ville de Longwy\n"
LONGWY = "Ville de Longwy;commune;Anne;Roy;anne@longwy.example;\n"
EVENT = """Nom de l'événement;Rencontres d'été
Fuseau horaire;Europe/Paris
Durée d'un rendez-vous;20
Tables;5
Sessions;6 juin 2026 14:30-17:30
"""


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture(autouse=True)
def _event(engine: Engine) -> None:
    with db.writing(engine) as session:
        an_event(session)


def csv(text: str, name: str = "inscrits.csv") -> tuple[str, bytes]:
    return name, text.encode()


def send(
    client: TestClient,
    *files: tuple[str, bytes],
    at: str = AT,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    data: Mapping[str, str] | None = None,
) -> Response:
    parts = [("file", (name, content)) for name, content in files]
    return client.post(at, files=parts, params=dict(query or {}), headers=dict(headers or {}), data=dict(data or {}))


def names(client: TestClient) -> list[str]:
    return [one["name"] for one in client.get("/api/v1/events/convention/organisations").json()["items"]]


def counts(answer: Response) -> dict[str, tuple[int, ...]]:
    """Created, updated, unchanged, gone by what it is."""
    return {what: tuple(one.values()) for what, one in answer.json()["counts"].items()}


def test_a_workbook_becomes_organisations_delegates_and_wishes(client: TestClient) -> None:
    answer = send(client, csv(HEAD + FIL + LONGWY))

    assert answer.status_code == 200, answer.text
    assert counts(answer) == {"organisations": (2, 0, 0, 0), "delegates": (2, 0, 0, 0), "wishes": (1, 0, 0, 0)}
    assert (answer.json()["event"], answer.json()["event_created"]) == ("convention", False)
    understood = {one["header"]: (one["field"], one["certainty"]) for one in answer.json()["columns"]}
    assert understood["Organisation"] == ("organisation", 1.0)
    assert names(client) == ["Atelier du Fil", "Ville de Longwy"]


def test_a_second_import_of_the_same_changes_nothing_and_says_so(client: TestClient, engine: Engine) -> None:
    send(client, csv(HEAD + FIL + LONGWY))
    again = send(client, csv(HEAD + LONGWY + FIL))

    assert counts(again) == {"organisations": (0, 0, 2, 0), "delegates": (0, 0, 2, 0), "wishes": (0, 0, 1, 0)}
    with db.reading(engine) as session:
        assert session.scalars(select(models.AuditEntry.deed)).all() == ["import"]


def test_who_is_gone_is_told_and_removed_only_when_asked(client: TestClient) -> None:
    send(client, csv(HEAD + FIL + LONGWY))

    told = send(client, csv(HEAD + LONGWY))
    assert counts(told)["organisations"] == (0, 0, 1, 1)
    assert [fault["code"] for fault in told.json()["warnings"]] == ["gone"]
    assert names(client) == ["Atelier du Fil", "Ville de Longwy"]

    send(client, csv(HEAD + LONGWY), query={"delete_missing": "true"})
    assert names(client) == ["Ville de Longwy"]


def test_the_kinds_of_the_event_are_found_in_a_sheet(client: TestClient, engine: Engine) -> None:
    with db.writing(engine) as session:
        session.scalars(select(models.Event)).one().kinds = {"exhibitor": "Exposant", "buyer": "Donneur d'ordre"}
    good = LONGWY.replace("commune", "acheteur")
    assert send(client, csv(HEAD + FIL.replace("ESAT", "EXPOSANTS") + good)).status_code == 200
    kinds = [one["kind"] for one in client.get("/api/v1/events/convention/organisations").json()["items"]]
    assert kinds == ["exhibitor", "buyer"]

    refused = send(client, csv(HEAD + FIL.replace("ESAT", "exposition") + good))
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["code"], error["cell"], error["expected"]) == ("unknown-kind", "B2", "Exposant, Donneur d'ordre")
    assert error["candidates"][0] == "Exposant"


def test_what_to_do_is_said_in_the_words_of_a_request(client: TestClient) -> None:
    head = HEAD.replace("Type", "Type;Zzyzx;Régime alimentaire")
    told = send(client, csv(head + FIL.replace("ESAT", "ESAT;x;vegan") + LONGWY.replace("commune", "commune;;")))
    hints = {one["code"]: one["hint"] for one in told.json()["warnings"]}
    assert hints["unknown-header"] == "Rename it, or say which field it is (form field “headers”)."
    assert hints["health-data"] == "Confirm it (with_health_data=true) if the people agreed that it is kept."

    gone = send(client, csv(HEAD + LONGWY)).json()["warnings"]
    assert "; delete_missing=true removes them." in gone[0]["message"]
    assert gone[0]["hint"] == "delete_missing=true removes who is no longer named"


def test_a_rehearsal_tells_the_same_and_stores_nothing(client: TestClient, engine: Engine) -> None:
    rehearsed = send(client, csv(HEAD + FIL + LONGWY), query={"dry_run": "true"})

    assert (rehearsed.json()["dry_run"], counts(rehearsed)["organisations"]) == (True, (2, 0, 0, 0))
    assert names(client) == []
    with db.reading(engine) as session:
        for table in (models.Upload, models.AuditEntry, models.Delegate):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    assert counts(send(client, csv(HEAD + FIL + LONGWY)))["organisations"] == (2, 0, 0, 0)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "n'est pas un type"), ("de", "keine hier bekannte Art"), ("en", "no kind of"), ("es", "no es un tipo")],
)
def test_every_fault_has_its_cell_and_nothing_is_stored(lang: str, words: str, client: TestClient) -> None:
    wrong = HEAD + FIL.replace("ESAT", "licorne") + LONGWY.replace("anne@longwy.example", "anne chez longwy")
    refused = send(client, csv(wrong), headers={"Accept-Language": lang})

    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    faults = [one for one in refused.json()["errors"] if one["severity"] == "error"]
    assert [(one["code"], one["sheet"], one["cell"]) for one in faults] == [
        ("unknown-kind", "inscrits", "B2"),
        ("not-an-email", "inscrits", "E3"),
    ]
    assert words in faults[0]["message"].replace("’", "'")
    assert names(client) == []


def test_a_refused_file_is_kept_too_so_that_it_can_be_looked_at(client: TestClient, engine: Engine) -> None:
    send(client, csv("nothing", "../../etc/liste.csv"))
    with db.reading(engine) as session:
        (kept,) = session.scalars(select(models.Upload)).all()
        assert (kept.name, session.scalar(select(models.Upload.content))) == ("liste.csv", b"nothing")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 40, "file-broken"),
        ("a.xlsx", b"%PDF-1.7", "file-not-a-spreadsheet"),
        ("a.csv", b"", "file-empty"),
        ("../../../../tmp/x.csv", b"", "file-empty"),
        ("a\x00b\r\nSet-Cookie: x.csv", b"", "file-empty"),
        ("/etc/passwd", b"", "file-empty"),
        ("..", b"", "file-empty"),
        ("é" * 300 + ".csv", b"", "file-empty"),
    ],
)
def test_what_is_no_workbook_is_one_sentence_whatever_it_is_called(
    name: str, content: bytes, code: str, client: TestClient
) -> None:
    refused = send(client, (name, content))
    assert refused.status_code == 422
    assert [one["code"] for one in refused.json()["errors"] if one["severity"] == "error"][:1] == [code]
    assert not any("/" in one["sheet"] or "\n" in one["sheet"] for one in refused.json()["errors"] if one["sheet"])


def test_script_and_formulas_in_cells_are_text(client: TestClient) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Organisation", "Type", "Description"])
    sheet.append(["<script>alert(1)</script>", "ESAT", "@SUM(1+1)*cmd|' /C calc'!A0"])
    for cell in sheet[2]:
        cell.data_type = "s"
    content = BytesIO()
    book.save(content)
    assert send(client, ("x.xlsx", content.getvalue())).status_code == 200
    (one,) = client.get("/api/v1/events/convention/organisations").json()["items"]
    assert (one["name"], one["description"]) == ("<script>alert(1)</script>", "@SUM(1+1)*cmd|' /C calc'!A0")


def test_a_header_settled_by_hand_is_remembered(client: TestClient) -> None:
    file = csv("Wer kommt denn da;Art\nAtelier du Fil;ESAT\n")
    settled = {"headers": '{"Wer kommt denn da": "organisation"}'}
    assert send(client, file).status_code == 422
    assert send(client, file, data=settled).status_code == 200
    assert counts(send(client, file))["organisations"] == (0, 0, 1, 0)
    unmet = send(client, file, data={"headers": '{"Gibt es nicht": "city"}'})
    assert [one["code"] for one in unmet.json()["errors"]] == ["unmet-header"]
    for wrong in ("[]", "{", '{"a": 1}', '{"a": "b c"}', "NaN"):
        assert send(client, file, data={"headers": wrong}).status_code == 422


def test_data_on_health_is_left_out_until_the_organiser_says_so(client: TestClient) -> None:
    file = csv("Organisation;Type;Accessibilité\nAtelier du Fil;ESAT;fauteuil roulant\n")
    left_out = send(client, file).json()
    assert [one["code"] for one in left_out["warnings"]] == ["health-data"]
    kept = send(client, file, query={"with_health_data": "true"}).json()
    assert (kept["warnings"], kept["counts"]["organisations"]["updated"]) == ([], 1)
    assert send(client, file).json()["warnings"] == []
    (one,) = client.get("/api/v1/events/convention/organisations").json()["items"]
    assert one["accessibility"] == "fauteuil roulant"


def test_an_event_in_the_files_is_made_and_brought_up_to_date(client: TestClient) -> None:
    files = [csv(EVENT, "evenement.csv"), csv(HEAD + FIL + LONGWY)]
    made = send(client, *files, at="/api/v1/imports")
    assert (made.status_code, made.headers["location"]) == (201, "/api/v1/events/rencontres-d-ete")
    assert made.json()["event_created"] is True
    assert len(client.get(made.headers["location"]).json()["slots"]) == 9

    again = send(client, *files, at="/api/v1/imports")
    assert (again.status_code, again.json()["event_created"], again.json()["event_changed"]) == (200, False, False)


def test_other_hosts_and_lesser_roles_import_nothing(
    client: TestClient, engine: Engine, service: FastAPI, client_with_key: AsKey
) -> None:
    with db.writing(engine) as session:
        stranger = signed_in(service, a_sign_in(session, Role.OWNER, another_host(session)))
        other = an_event(session, name="Hiver").id
    assert send(stranger, csv(HEAD + FIL)).status_code == 404
    assert send(client_with_key(Role.EDITOR, other), csv(HEAD + FIL)).status_code == 404
    assert send(client_with_key(Role.EDITOR, other), csv(EVENT), at="/api/v1/imports").status_code == 403
    assert send(client_with_key(Role.READER), csv(HEAD + FIL)).status_code == 403
    assert names(client) == []


def test_a_file_sent_again_with_its_key_is_taken_once(client: TestClient, engine: Engine) -> None:
    key = {"Idempotency-Key": "import-1"}
    first = send(client, csv(HEAD + FIL + LONGWY), headers=key)
    again = send(client, csv(HEAD + FIL + LONGWY), headers=key)
    other = send(client, csv(HEAD + LONGWY), headers=key)

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert other.status_code == 422
    with db.reading(engine) as session:
        assert session.scalars(select(models.AuditEntry.deed)).all() == ["import"]


def test_an_import_as_a_job_brings_the_same_result(client: TestClient, engine: Engine) -> None:
    asked = send(client, csv(HEAD + FIL + LONGWY), headers={"Prefer": "respond-async", "Accept-Language": "de"})
    assert (asked.status_code, asked.headers["preference-applied"]) == (202, "respond-async")
    key = asked.json()["id"]
    assert asked.headers["location"] == f"/api/v1/jobs/{key}"
    assert names(client) == []

    run_job(engine, {"import": IMPORT}, key, clock.now, lambda: False, Settings())

    with db.reading(engine) as session:
        job = session.get_one(models.Job, key)
        assert (job.state, job.reason) == ("done", None)
        assert job.result is not None
        result = job.result
    same = send(client, csv(HEAD + FIL + LONGWY), query={"dry_run": "true"}).json()
    assert result.keys() == same.keys()
    assert result["columns"] == same["columns"]
    assert names(client) == ["Atelier du Fil", "Ville de Longwy"]


def test_a_job_with_faults_fails_with_every_one_of_them(client: TestClient, engine: Engine) -> None:
    asked = send(client, csv(HEAD + FIL.replace("ESAT", "licorne")), headers={"Prefer": "respond-async"})
    key = asked.json()["id"]
    run_job(engine, {"import": IMPORT}, key, clock.now, lambda: False, Settings())
    with db.reading(engine) as session:
        job = session.get_one(models.Job, key)
        assert job.state == "failed"
        assert isinstance(job.result, dict)
        assert [one["cell"] for one in faults_of(job.result)] == ["B2", "F2"]
    assert names(client) == []


def faults_of(result: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    found = result["errors"]
    assert isinstance(found, list)
    return found


def test_far_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    assert send(client, ("a.csv", b"x" * (33 << 20))).status_code == 413
    assert client.post(AT, data={"headers": "{}"}).status_code == 422
    assert client.post(AT, json={"file": "x"}).status_code == 415
