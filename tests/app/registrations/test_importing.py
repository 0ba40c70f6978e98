"""Importing is safe to repeat: the same changes nothing, a correction what it names, and nobody vanishes unasked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import models
from app.errors import Fault
from app.registrations.files.importing import known_organisations, length_faults
from app.registrations.importing import Counts, Stored, store_organisations
from importers import Address, DelegateRow, KnownOrganisation, LabelRow, OrganisationRow, Provision
from tests.builders import NOON, an_event

HERE = Address("Liste", 2)
ANNE = DelegateRow(HERE, "Anne", "Roy", "anne@longwy.example", languages=("fr",), arrives=time(14, 30))
LUC = DelegateRow(HERE, "Luc", "Petit", "luc@fil.example", unavailable=((time(15), time(15, 30)),))
EVA = DelegateRow(HERE, "Eva", "Klein")
LONGWY = OrganisationRow("Ville de Longwy", (ANNE,), HERE, kind="local-authority", country="FR", sdgs=(8, 12))
FIL = OrganisationRow(
    "Atelier du Fil",
    (LUC, EVA),
    HERE,
    reference="17",
    offers=(Provision("couture", ("18000000",)), Provision("blanchisserie")),
    labels=(LabelRow("ESUS", date(2024, 1, 1)),),
)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def store(
    session: Session, event: models.Event, rows: Sequence[OrganisationRow], *, delete_missing: bool = False
) -> Stored:
    stored = store_organisations(session, event, rows, delete_missing=delete_missing, lang="en")
    session.flush()
    session.expire_all()
    return stored


def an_event_with(session: Session, *rows: OrganisationRow) -> models.Event:
    event = an_event(session)
    store(session, event, rows)
    return event


def names(session: Session, event: models.Event) -> dict[str, list[str]]:
    """Who comes: the people of each organisation that is not withdrawn."""
    return {
        row.name: [one.name for one in row.delegates if not one.is_withdrawn]
        for row in session.query(models.Organisation).filter_by(event_id=event.id, is_withdrawn=False)
    }


def test_everybody_in_the_file_is_stored(session: Session) -> None:
    event = an_event(session)

    stored = store(session, event, [LONGWY, FIL])

    assert (stored.organisations, stored.delegates) == (Counts(created=2), Counts(created=3))
    assert names(session, event) == {"Ville de Longwy": ["Anne Roy"], "Atelier du Fil": ["Luc Petit", "Eva Klein"]}
    fil = session.query(models.Organisation).filter_by(reference="17").one()
    assert [(one.text, one.cpv) for one in fil.provisions] == [("couture", ["18000000"]), ("blanchisserie", [])]
    assert [(one.name, one.valid_from) for one in fil.labels] == [("ESUS", date(2024, 1, 1))]
    assert fil.delegates[0].unavailable == [["15:00", "15:30"]]


def test_the_same_file_in_any_order_changes_nothing(session: Session) -> None:
    event = an_event_with(session, LONGWY, FIL)

    stored = store(session, event, [replace(FIL, delegates=(EVA, LUC)), LONGWY])

    assert (stored.organisations, stored.delegates) == (Counts(unchanged=2), Counts(unchanged=3))
    assert stored.warnings == ()


def test_a_corrected_file_changes_what_it_names_and_nothing_else(session: Session) -> None:
    event = an_event_with(session, LONGWY, FIL)

    stored = store(session, event, [replace(LONGWY, country="BE", sdgs=()), FIL])

    longwy = session.query(models.Organisation).filter_by(name="Ville de Longwy").one()
    assert stored.organisations == Counts(updated=1, unchanged=1)
    assert (longwy.country, longwy.kind, longwy.sdgs) == ("BE", "local-authority", [8, 12])


def test_a_corrected_spelling_is_no_second_organisation(session: Session) -> None:
    event = an_event_with(session, LONGWY, FIL)

    store(
        session,
        event,
        [replace(LONGWY, organisation="Ville de Longwy-Haut"), replace(FIL, organisation="Ateliers du Fil")],
    )

    assert set(names(session, event)) == {"Ville de Longwy-Haut", "Ateliers du Fil"}


def test_who_is_gone_is_reported_and_stays(session: Session) -> None:
    event = an_event_with(session, LONGWY, FIL)

    stored = store(session, event, [replace(FIL, delegates=(LUC,))])

    assert (stored.organisations.gone, stored.delegates.gone) == (1, 1)
    assert [fault.message for fault in stored.warnings] == [
        "Ville de Longwy is no longer in the file but still planned; --delete-missing removes them.",
        "Eva Klein is no longer in the file but still planned; --delete-missing removes them.",
    ]
    assert all(fault.is_warning for fault in stored.warnings)
    assert names(session, event) == {"Ville de Longwy": ["Anne Roy"], "Atelier du Fil": ["Luc Petit", "Eva Klein"]}


def test_who_is_gone_is_removed_when_asked(session: Session) -> None:
    event = an_event_with(session, LONGWY, FIL)

    stored = store(session, event, [replace(FIL, delegates=(LUC,))], delete_missing=True)

    assert (stored.organisations.gone, stored.delegates.gone) == (1, 2)
    assert {fault.message for fault in stored.warnings} == {
        f"{name} is no longer in the file and is removed." for name in ("Ville de Longwy", "Eva Klein", "Anne Roy")
    }
    assert names(session, event) == {"Atelier du Fil": ["Luc Petit"]}
    assert session.query(models.Delegate).count() == 1


def test_a_file_that_names_nobody_takes_nobody_away(session: Session) -> None:
    event = an_event_with(session, LONGWY)

    stored = store(session, event, [], delete_missing=True)

    assert (stored.organisations, names(session, event)) == (Counts(), {"Ville de Longwy": ["Anne Roy"]})


def test_who_is_in_a_version_is_withdrawn_and_comes_back_as_the_same(session: Session) -> None:
    event = an_event_with(session, LONGWY, FIL)
    longwy, fil = session.query(models.Organisation).order_by(models.Organisation.id)
    version = models.Version(
        event_id=event.id, number=1, created_at=NOON, status="feasible", problem="{}", score={}, bounds={}, proved=[],
        seconds=0, engine="",
    )  # fmt: skip
    session.add(version)
    session.flush()
    session.add(
        models.NotHeld(
            version_id=version.id, organisation_a_id=longwy.id, organisation_b_id=fil.id, ordinal=1, reason="no-table"
        )
    )
    session.flush()
    key = longwy.id

    store(session, event, [FIL], delete_missing=True)
    assert set(names(session, event)) == {"Atelier du Fil"}

    stored = store(session, event, [LONGWY, FIL])
    assert stored.organisations == Counts(updated=1, unchanged=1)
    assert session.query(models.Organisation).filter_by(name="Ville de Longwy").one().id == key


def test_somebody_who_changes_house_is_one_person(session: Session) -> None:
    event = an_event_with(session, LONGWY, FIL)

    stored = store(session, event, [replace(LONGWY, delegates=(ANNE, LUC)), replace(FIL, delegates=(EVA,))])

    assert stored.delegates == Counts(updated=1, unchanged=2)
    assert {house: set(people) for house, people in names(session, event).items()} == {
        "Ville de Longwy": {"Anne Roy", "Luc Petit"},
        "Atelier du Fil": {"Eva Klein"},
    }


def test_a_file_with_wishes_alone_can_name_who_comes(session: Session) -> None:
    event = an_event_with(session, FIL)

    assert known_organisations(session, event) == (KnownOrganisation("Atelier du Fil", "17", ("luc@fil.example",)),)
    assert known_organisations(session, None) == ()


def test_a_name_that_is_no_name_is_refused_with_its_place() -> None:
    faults = length_faults([replace(LONGWY, organisation="x" * 501), FIL], "en")

    assert faults == [
        Fault("too-long", f"Liste, row 2: “{'x' * 40}…” is longer than 500 characters.", "Liste", "A2", "x" * 80)
    ]


def labels_of(session: Session) -> dict[str, str | None]:
    """Who verified which label of Atelier du Fil."""
    fil = session.query(models.Organisation).filter_by(reference="17").one()
    return {label.name: label.verified_by for label in fil.labels}


def verify_all(session: Session, *more: models.Label) -> None:
    fil = session.query(models.Organisation).filter_by(reference="17").one()
    fil.labels.extend(more)
    for label in fil.labels:
        label.verified_by, label.verified_at = "Zoé", NOON
    session.flush()


def test_a_verified_label_stays_when_the_file_does_not_name_it(session: Session) -> None:
    event = an_event_with(session, FIL)
    verify_all(session, models.Label(name="EMAS"))

    stored = store(session, event, [FIL])

    assert stored.organisations == Counts(unchanged=1)
    assert labels_of(session) == {"EMAS": "Zoé", "ESUS": "Zoé"}


def test_a_label_with_other_dates_has_to_be_verified_again(session: Session) -> None:
    event = an_event_with(session, FIL)
    verify_all(session)

    stored = store(session, event, [replace(FIL, labels=(LabelRow("ESUS", date(2025, 1, 1)),))])

    assert stored.organisations == Counts(updated=1)
    assert labels_of(session) == {"ESUS": None}
