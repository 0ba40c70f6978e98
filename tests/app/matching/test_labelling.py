"""Labels are verified by somebody, given in waves, and an import takes neither away."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import models
from app.errors import NotFound
from app.matching.labelling import award, verify, waves
from app.matching.labels import Wave
from app.matching.profile import HeldLabel
from app.matching.queries import organisation_id, profile_of
from app.matching.vocabulary import carried_vocabulary
from tests.builders import NOON, an_event, an_organisation

GIVEN = date(2026, 2, 1)


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def test_who_looked_at_the_evidence_is_noted(session: Session) -> None:
    event = an_event(session)
    holder = an_organisation(session, event, "A")
    holder.labels.append(models.Label(name="ESUS", valid_from=GIVEN))
    session.flush()
    verify(session, event, holder.labels[0].id, "Zoé", NOON, "https://example.org/esus.pdf")
    assert profile_of(holder, carried_vocabulary()).labels == (
        HeldLabel("esus", GIVEN, None, "https://example.org/esus.pdf", "Zoé"),
    )


def test_a_label_of_another_event_cannot_be_verified(session: Session) -> None:
    event, other = an_event(session), an_event(session, name="Other")
    holder = an_organisation(session, other, "A")
    holder.labels.append(models.Label(name="ESUS"))
    session.flush()
    with pytest.raises(NotFound):
        verify(session, event, holder.labels[0].id, "Zoé", NOON, None)


def test_a_wave_gives_several_the_same_label_on_one_day(session: Session) -> None:
    event = an_event(session)
    one, two = (an_organisation(session, event, name) for name in ("Longwy", "Metz"))
    two.labels.append(models.Label(name="Le French Impact", valid_until=date(2020, 1, 1)))
    wave = Wave("first", "french-impact", GIVEN, (organisation_id(one.id), organisation_id(two.id)), verified_by="Jury")
    award(session, event, wave, NOON)
    session.flush()
    assert waves(session, event) == [wave]
    assert [(label.name, label.valid_until) for label in (*one.labels, *two.labels)] == [
        ("Territoire French Impact", None),
        ("Le French Impact", None),
    ]


def test_a_wave_with_a_stranger_in_it_gives_nothing(session: Session) -> None:
    event, other = an_event(session), an_event(session, name="Other")
    here, stranger = an_organisation(session, event, "Here"), an_organisation(session, other, "Stranger")
    wave = Wave("first", "french-impact", GIVEN, (organisation_id(here.id), organisation_id(stranger.id)))
    with pytest.raises(NotFound):
        award(session, event, wave, NOON)
    assert here.labels == []
