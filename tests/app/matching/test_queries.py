"""An event of the database as matching sees it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import models
from app.errors import Invalid
from app.matching.profile import HeldLabel, Occasion, Provision, Wish
from app.matching.queries import (
    gathering_of,
    occasion_of,
    organisation_id,
    profile_of,
    suggested_partners,
)
from app.matching.vocabulary import carried_vocabulary

WORDS = carried_vocabulary()
START = datetime(2019, 6, 6, 12, 30, tzinfo=UTC)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


@pytest.fixture
def event(session: Session) -> models.Event:
    host = models.Host(name="Cluster", created_at=START)
    session.add(host)
    session.flush()
    made = models.Event(
        host_id=host.id, slug="convention", name="Convention", time_zone="Europe/Paris", meeting_minutes=12,
        changeover_minutes=0, languages=["fr"], min_meetings={}, rules={}, policy={}, created_at=START,
        slots=[
            models.Slot(starts_at=START + timedelta(minutes=12 * n), minutes=12, day=START.date(), session="afternoon")
            for n in range(3)
        ],
        interpreters=[models.Interpreter(position=0, name="I", languages=["fr", "de"], unavailable=[])],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def add(session: Session, event: models.Event, name: str, kind: str, language: str = "fr", **texts: str) -> int:
    """Register an organisation with one delegate; `offers` and `needs` are texts, the rest columns."""
    provisions = [
        models.Provision(is_need=which == "needs", position=0, text=texts.pop(which), cpv=[])
        for which in ("offers", "needs")
        if which in texts
    ]
    made = models.Organisation(
        event_id=event.id, position=0, name=name, name_key=name.lower(), kind=kind, sdgs=[], country="FR",
        provisions=provisions, **texts,
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add(
        models.Delegate(
            event_id=event.id, organisation_id=made.id, position=0, languages=[language], unavailable=[]
        )
    )  # fmt: skip
    session.flush()
    session.refresh(made)
    return made.id


def test_an_organisation_is_read_with_codes_and_labels(session: Session, event: models.Event) -> None:
    key = add(session, event, "Town", "local-authority", needs="nettoyage de bureaux, ISO 14001")
    town = session.get_one(models.Organisation, key)
    town.labels.append(models.Label(name="RFAR", valid_from=date(2018, 1, 1)))
    profile = profile_of(town, WORDS)
    assert {code[:3] for code in profile.needs[0].codes} >= {"909"}
    assert profile.labels == (HeldLabel("rfar", date(2018, 1, 1)),)
    assert profile.asks_labels == {"iso-14001"}


def test_a_supplier_who_states_nothing_is_read_by_its_description(session: Session, event: models.Event) -> None:
    key = add(session, event, "S", "social-enterprise", description="entretien des espaces verts")
    profile = profile_of(session.get_one(models.Organisation, key), WORDS)
    assert profile.offers == (Provision("entretien des espaces verts", ("77310000",)),)


def test_an_event_has_its_day_its_interpreters_and_its_slots(session: Session, event: models.Event) -> None:
    assert occasion_of(event) == Occasion(date(2019, 6, 6), (frozenset({"fr", "de"}),), 3)


def test_a_buyer_without_wishes_is_suggested_who_offers_what_it_needs(session: Session, event: models.Event) -> None:
    town = add(session, event, "Town", "local-authority", needs="nettoyage de bureaux")
    cleaners = add(session, event, "Cleaners", "social-enterprise", offers="propreté des locaux")
    add(session, event, "Gardeners", "social-enterprise", offers="espaces verts")
    (found,) = suggested_partners(gathering_of(session, event), town)
    assert (found.organisation, found.partner) == (town, cleaners)
    assert found.reasons[0].code.startswith("need-met")


def test_whom_one_side_wished_or_refused_is_not_suggested(session: Session, event: models.Event) -> None:
    town = add(session, event, "Town", "local-authority", needs="nettoyage de bureaux")
    wished = add(session, event, "A", "social-enterprise", offers="nettoyage de bureaux")
    refusing = add(session, event, "B", "social-enterprise", offers="nettoyage de bureaux")
    session.add_all(
        [
            models.Wish(event_id=event.id, source_id=town, target_id=wished, rank=1, refuses=False, written="A"),
            models.Wish(event_id=event.id, source_id=refusing, target_id=town, refuses=True, written="Town"),
        ]
    )
    session.flush()
    gathering = gathering_of(session, event)
    assert suggested_partners(gathering, town) == ()
    assert gathering.wishes[0] == Wish(organisation_id(town), organisation_id(wished), rank=1)
    assert [(pair.a, pair.b, pair.is_suggested) for pair in gathering.pairs()] == [
        (organisation_id(town), organisation_id(wished), False)
    ]


def test_who_has_no_language_in_common_is_not_suggested(session: Session, event: models.Event) -> None:
    town = add(session, event, "Town", "local-authority", needs="nettoyage de bureaux")
    add(session, event, "A", "social-enterprise", "es", offers="nettoyage de bureaux")
    interpreted = add(session, event, "B", "social-enterprise", "de", offers="nettoyage de bureaux")
    assert [one.partner for one in suggested_partners(gathering_of(session, event), town)] == [interpreted]


def test_nothing_is_suggested_to_somebody_who_does_not_come(session: Session, event: models.Event) -> None:
    assert suggested_partners(gathering_of(session, event), 4711) == ()


def test_a_policy_that_makes_no_sense_is_refused(session: Session, event: models.Event) -> None:
    event.policy = {"mode": "random"}
    with pytest.raises(Invalid, match="mode is random"):
        gathering_of(session, event)
