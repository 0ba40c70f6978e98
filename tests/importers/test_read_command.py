"""The command `ronde read`, as organisers and programs call it."""

import json
from pathlib import Path

from click.testing import Result
from openpyxl import Workbook
from typer.testing import CliRunner

from app.cli import command_line

GOOD = "Organisation;Type;Nom;Prénom\nAtelier du Fil;ESAT;Dupont;Jean\n"
BAD = "Organisation;Type;Nom;Prénom\nAtelier du Fil;licorne;Dupont;Jean\n"


def ronde_read(*arguments: str) -> Result:
    return CliRunner().invoke(command_line(), ["read", *arguments])


def test_a_program_gets_one_object_and_success(tmp_path: Path) -> None:
    path = tmp_path / "inscrits.csv"
    path.write_text(GOOD, encoding="utf-8")
    answer = ronde_read("--json", str(path))
    said = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert said["organisations"][0]["organisation"] == "Atelier du Fil"
    assert said["organisations"][0]["delegates"][0]["address"] == {"sheet": "inscrits", "row": 2}
    assert list(said) == ["event", "organisations", "wishes", "columns", "errors"]


def test_an_organiser_reads_sentences_in_french_and_the_exit_status_says_that_there_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "inscrits.csv"
    path.write_text(BAD, encoding="utf-8")
    answer = ronde_read("--lang", "fr", str(path))
    assert answer.exit_code == 2
    assert "✗ inscrits, B2 : « licorne » n'est pas un type d'organisation connu ici." in answer.stdout


def test_a_header_is_settled_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "inscrits.csv"
    path.write_text("Wer kommt;Art\nAtelier du Fil;ESAT\n", encoding="utf-8")
    answer = ronde_read("--json", "--map", "Wer kommt=organisation", str(path))
    assert [row["organisation"] for row in json.loads(answer.stdout)["organisations"]] == ["Atelier du Fil"]


def test_people_read_of_one_error_and_one_warning(tmp_path: Path) -> None:
    path = tmp_path / "inscrits.csv"
    path.write_text("Organisation;Type;Nom;Quelque chose\nAtelier du Fil;licorne;Dupont;x\n", encoding="utf-8")
    told = {lang: ronde_read("--lang", lang, str(path)).stdout.splitlines() for lang in ("en", "fr", "de", "es")}
    assert [lines[0] for lines in told.values()] == [
        "1 organisation, 1 delegate, 0 wishes",
        "1 organisation, 1 délégué, 0 souhait",
        "1 Organisation, 1 Delegierte, 0 Wünsche",
        "1 organización, 1 delegado, 0 deseos",
    ]
    assert [lines[-1] for lines in told.values()] == [
        "1 error, 1 warning",
        "1 erreur, 1 avertissement",
        "1 Fehler, 1 Warnung",
        "1 error, 1 aviso",
    ]
    assert "  inscrits, D1: Quelque chose → left out" in told["en"]


def test_people_read_what_was_understood_of_the_event(tmp_path: Path) -> None:
    path = tmp_path / "journée.csv"
    path.write_text(
        "Nom de l'événement;Convention\nFuseau horaire;Europe/Paris\nDurée d'un rendez-vous;20\n", encoding="utf-8"
    )
    assert ronde_read("--lang", "fr", str(path)).stdout.splitlines()[2:5] == [
        "  journée, A1: Nom de l'événement → name (100%)",
        "  journée, A2: Fuseau horaire → time_zone (100%)",
        "  journée, A3: Durée d'un rendez-vous → meeting_minutes (100%)",
    ]


def test_what_looks_like_data_on_health_is_left_out_unless_it_is_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "inscrits.csv"
    path.write_text("Organisation;Type;Accessibilité\nAtelier du Fil;ESAT;fauteuil roulant\n", encoding="utf-8")
    left_out = json.loads(ronde_read("--json", str(path)).stdout)
    kept = json.loads(ronde_read("--json", "--with-health-data", str(path)).stdout)
    assert [row["accessibility"] for answer in (left_out, kept) for row in answer["organisations"]] == [
        None,
        "fauteuil roulant",
    ]
    assert [error["code"] for answer in (left_out, kept) for error in answer["errors"]] == ["health-data"]


def test_hidden_rows_are_read_when_asked_for(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Organisation", "Type"], ["Atelier du Fil", "ESAT"], ["Caché", "ESAT"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    path = tmp_path / "inscrits.xlsx"
    book.save(path)
    seen = [json.loads(ronde_read("--json", *options, str(path)).stdout) for options in ((), ("--with-hidden",))]
    assert [[row["organisation"] for row in answer["organisations"]] for answer in seen] == [
        ["Atelier du Fil"],
        ["Atelier du Fil", "Caché"],
    ]
