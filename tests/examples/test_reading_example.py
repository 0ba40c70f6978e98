"""The example as the importers read it: every organisation, person and wish that the script put in, and no error."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from importers import OrganisationRow, Reading, read_workbooks

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = EXAMPLES / "mont-saint-martin"
LISTED = """
import random, wishing, guests, make_workbook
chance = random.Random(make_workbook.SEED)
everybody = guests.guests(chance)
for wish in wishing.wishes(everybody, chance):
    print(wish.source, wish.target, wish.rank or 0, sep=";")
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_workbooks([EXAMPLE / "mont-saint-martin.xlsx"])


@pytest.fixture(scope="module")
def organisations(reading: Reading) -> dict[str, OrganisationRow]:
    return {each.organisation: each for each in reading.organisations}


@pytest.fixture(scope="module")
def cast() -> list[dict[str, str]]:
    with (EXAMPLE / "cast.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def test_the_example_is_taken_with_warnings_and_no_error(reading: Reading) -> None:
    assert reading.is_accepted, [error.message for error in reading.errors if error.severity == "error"]
    assert {"check-digit", "health-data", "unknown-header"} <= {error.code for error in reading.errors}


def test_organisations_are_those_of_the_cast(
    organisations: dict[str, OrganisationRow], cast: list[dict[str, str]]
) -> None:
    assert set(organisations) == {guest["name"] for guest in cast}
    for guest in cast:
        row = organisations[guest["name"]]
        told = (row.kind, row.structure_type or "", row.country, row.city, len(row.delegates))
        assert told == (guest["kind"], guest["structure"], guest["country"], guest["city"], int(guest["delegates"]))
        assert set(row.delegates[0].languages) <= set(guest["languages"].split())
        assert all(delegate.email and delegate.phone and delegate.languages for delegate in row.delegates)


def test_every_wish_and_refusal_finds_whom_it_means(reading: Reading) -> None:
    run = subprocess.run([sys.executable, "-c", LISTED], cwd=EXAMPLE, check=True, capture_output=True, encoding="utf-8")
    meant = Counter(tuple(line.split(";")) for line in run.stdout.splitlines())
    found = Counter((wish.source, wish.target, "0" if wish.refuses else str(wish.rank)) for wish in reading.wishes)
    assert found == meant


def test_the_event_is_one_afternoon_with_a_round_table_first(reading: Reading) -> None:
    event = reading.event
    assert event is not None
    assert (event.time_zone, event.meeting_minutes, event.changeover_minutes) == ("Europe/Paris", 12, 0)
    assert [(each.day.isoformat(), f"{each.start:%H:%M}", f"{each.end:%H:%M}") for each in event.sessions] == [
        ("2019-06-06", "14:30", "17:30")
    ]
    assert len(event.tables) == 50
    assert {frozenset(each.languages) for each in event.interpreters} == {frozenset({"fr", "de"})}
    assert len(event.interpreters) == 4
    (table_ronde,) = event.programme
    assert "achats responsables" in table_ronde.title
    assert (f"{table_ronde.start:%H:%M}", f"{table_ronde.end:%H:%M}") == ("13:30", "14:30")
    assert table_ronde.attendance == "all"
    assert event.max_meetings == 20
    assert event.min_meetings == {"social-enterprise": 4}


def test_the_tiny_example_is_taken_without_a_word() -> None:
    reading = read_workbooks([EXAMPLES / "petit" / "inscriptions.csv", EXAMPLES / "petit" / "evenement.toml"])
    assert reading.errors == ()
    assert (len(reading.organisations), sum(len(each.delegates) for each in reading.organisations)) == (6, 7)
    assert (len(reading.wishes), sum(wish.refuses for wish in reading.wishes)) == (14, 1)
    assert reading.event is not None
    assert len(reading.event.tables) == 3
