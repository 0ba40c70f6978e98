"""Headers and values in organisers' words: each is understood as tests/data/words/ says."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from importers import OrganisationRow, Reading, read_workbooks

DATA = Path(__file__).parents[1] / "data" / "words"
PLAIN = {
    "organisation": "Alpha Beta", "kind": "ESAT", "first_name": "Anna", "last_name": "Berg", "email": "a@berg.example",
    "phone": "+33353010203", "function": "Direction", "country": "FR", "postal_code": "54400", "city": "Longpierre",
    "website": "www.berg.example", "registration_number": "99924010400011", "description": "Bois", "offers": "papier",
    "needs": "transport", "labels": "ESUS 2024", "sdgs": "8", "languages": "fr", "arrives": "14:30", "leaves": "16:30",
    "unavailable": "15:00-15:30", "online": "oui", "table": "4", "max_meetings": "9", "min_meetings": "2",
    "consent": "oui", "refuses": "", "wishes": "",
}  # fmt: skip
NO_HEADER_FOR = {"yes": "consent", "time": "arrives", "label": "labels", "cpv": "offers", "structure_type": "kind"}
COUNTRY_OF = {"phone FR": "FR", "phone DE": "DE", "phone LU": "LU", "phone BE": "BE"}


@dataclass(frozen=True, slots=True)
class Value:
    """Something written in a cell, and what it means."""

    field: str
    written: str
    meant: str


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def written(path: Path, table: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(table)
    return path


def header_sheets() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Sheets of (field, header): the first holds each field's first header, the second its second, and so on."""
    headers: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in rows("headers.csv"):
        headers[row["language"]][row["field"]] = row["headers"].split("|")
    for language, fields in headers.items():
        for turn in range(max(map(len, fields.values()))):
            yield f"{language}-{turn}", [(name, each[min(turn, len(each) - 1)]) for name, each in fields.items()]


@pytest.fixture(scope="module")
def headers_read(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str | None]:
    folder = tmp_path_factory.mktemp("headers")
    files = [
        written(folder / f"{name}.csv", [[header for _, header in sheet], [PLAIN[field] for field, _ in sheet]])
        for name, sheet in header_sheets()
    ]
    return {(each.sheet, each.header): each.field for each in read_workbooks(files).columns}


def test_headers_are_recognised_in_six_languages(headers_read: dict[tuple[str, str], str | None]) -> None:
    wrong = {
        f"{name}: {header} -> {headers_read.get((name, header))}, not {field}"
        for name, sheet in header_sheets()
        for field, header in sheet
        if headers_read.get((name, header)) != field
    }
    assert sorted(wrong) == []


def values() -> list[Value]:
    return [Value(row["field"], text, row["meant"]) for row in rows("values.csv") for text in row["written"].split("|")]


def column_of(value: Value) -> str:
    return NO_HEADER_FOR.get(value.field, value.field.split()[0])


@pytest.fixture(scope="module")
def values_read(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """One row for each value, in an organisation of its own."""
    table = [["organisation", "last_name", *dict.fromkeys(column_of(value) for value in values())]]
    for number, value in enumerate(values()):
        field = column_of(value)
        cells = {
            "organisation": f"Org{number:04}",
            "last_name": "Berg",
            "country": COUNTRY_OF.get(value.field, ""),
            field: value.written,
        }
        table.append([cells.get(name, "") for name in table[0]])
    return read_workbooks([written(tmp_path_factory.mktemp("values") / "values.csv", table)])


def understood(value: Value, row: OrganisationRow) -> str | None:
    """What was understood of a value, as values.csv writes it."""
    person = row.delegates[0]
    label = row.labels[0] if row.labels else None
    since = f" from {label.valid_from}" if label and label.valid_from else ""
    until = f" until {label.valid_until}" if label and label.valid_until else ""
    return {
        "kind": row.kind,
        "structure_type": row.structure_type,
        "country": row.country,
        "languages": " ".join(person.languages),
        "time": f"{person.arrives:%H:%M}" if person.arrives else None,
        "yes": str(person.consent).lower(),
        "label": f"{label.name}{since}{until}" if label else None,
        "phone": person.phone,
        "unavailable": " ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in person.unavailable),
        "sdgs": " ".join(map(str, row.sdgs)),
        "max_meetings": str(row.max_meetings),
        "cpv": " ".join(code for offer in row.offers for code in offer.cpv),
    }[value.field.split()[0]]


def test_values_mean_what_organisers_mean(values_read: Reading) -> None:
    found = {row.organisation: row for row in values_read.organisations}
    wrong = [
        f"{value.field}: {value.written} -> {told}, not {value.meant}"
        for number, value in enumerate(values())
        if (told := understood(value, found[f"Org{number:04}"])) != value.meant
    ]
    assert wrong == []
