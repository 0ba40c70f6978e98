"""The example event: buyers who make no wish are suggested whom a person would suggest."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app import models
from app.hosts.founding import only_host
from app.matching.profile import BUYER, LOCAL_AUTHORITY
from app.matching.queries import Gathering, gathering_of, suggested_partners
from app.registrations.headers import Settled
from app.registrations.identity import name_key
from app.wishes.importing import import_reading, read_for
from tests.builders import NOON

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "mont-saint-martin"
TOLD_IN_THE_GUIDE = "Communauté de communes du Pays des Trois Frontières"


def topics() -> dict[str, set[str]]:
    """What each organisation of the example really buys or sells, as its author meant it."""
    with (EXAMPLE / "cast.csv").open(encoding="utf-8", newline="") as lines:
        return {
            name_key(name): set(row["topics"].split())
            for row in csv.DictReader(lines, delimiter=";")
            for name in (row["name"], row["also"])
            if name
        }


@pytest.fixture
def event(session: Session) -> models.Event:
    """The example, imported."""
    host = only_host(session, NOON)
    book = EXAMPLE / "mont-saint-martin.xlsx"
    reading = read_for(session, host, [book], Settled(), "en")
    imported = import_reading(
        session, host, reading, otherwise_named="", settled=Settled(), delete_missing=False, now=NOON, lang="en"
    )
    session.flush()
    return imported.event


def without_wishes(gathering: Gathering) -> Gathering:
    return replace(gathering, wishes=(), spoken_of={})


def test_nine_of_ten_suggestions_sell_what_the_buyer_buys(session: Session, event: models.Event) -> None:
    gathering, meant = without_wishes(gathering_of(session, event)), topics()
    names = {row.id: row.name_key for row in session.query(models.Organisation)}
    buyers = session.query(models.Organisation).filter(models.Organisation.kind.in_((BUYER, LOCAL_AUTHORITY)))
    found = [
        (meant.get(names[one.organisation], set()), meant.get(names[one.partner], set()))
        for buyer in buyers
        for one in suggested_partners(gathering, buyer.id, 5)
    ]
    fitting = sum(bool(bought & sold) for bought, sold in found)
    assert len(found) > 200
    assert fitting >= 0.9 * len(found)


def test_the_guide_shows_whom_that_buyer_is_suggested(session: Session, event: models.Event) -> None:
    guide = (ROOT / "docs" / "matching.md").read_text(encoding="utf-8")
    gathering = without_wishes(gathering_of(session, event))
    buyer = session.query(models.Organisation).filter_by(name=TOLD_IN_THE_GUIDE).one()
    best = [
        session.get_one(models.Organisation, one.partner).name for one in suggested_partners(gathering, buyer.id, 10)
    ]
    told = re.findall(r"^[1-5]\. \*\*(.+?)\*\*", guide, re.MULTILINE)
    assert len(told) == 5
    assert set(told) <= set(best)  # when the vocabulary learns a word, some may change places
    assert best[0] == told[0]
