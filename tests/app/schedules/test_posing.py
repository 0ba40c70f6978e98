"""An event as it stands becomes the problem that the engine is asked."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import models
from app.errors import Invalid
from app.schedules.posing import pose
from scheduler import Delegate, Problem
from tests.builders import NOON, a_delegate, a_wish, an_event, an_organisation


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def absences(problem: Problem) -> dict[str, list[int]]:
    """For each delegate the places of the slots in which they are not there."""
    order = {slot.id: place for place, slot in enumerate(problem.slots)}
    people: list[Delegate] = [one for participant in problem.participants for one in participant.delegates]
    return {person.id: sorted(order[slot] for slot in person.unavailable) for person in people}


def test_who_comes_late_leaves_early_or_is_called_away_is_not_planned_then(session: Session) -> None:
    event = an_event(session, slots=4, minutes=15)
    an_organisation(
        session,
        event,
        "Werk",
        a_delegate("Late One", arrives="14:20"),
        a_delegate("Early One", leaves="14:30"),
        a_delegate("Called One", unavailable=[("14:20", "14:30")]),
        a_delegate("Always There"),
    )

    assert list(absences(pose(session, event).problem).values()) == [[0, 1], [2, 3], [1], []]


def test_the_programme_keeps_those_who_attend_from_meeting(session: Session) -> None:
    event = an_event(session, slots=4, minutes=15)
    an_organisation(session, event, "Ville", kind="local-authority")
    an_organisation(session, event, "Werk", kind="social-enterprise")
    first = event.slots[0].starts_at
    for title, minutes, attendance in (
        ("Opening", 15, "all"),
        ("Panel", 30, "local-authority, buyer"),
        ("Tour", 60, "registration"),
    ):
        session.add(
            models.ProgrammeItem(
                event_id=event.id,
                uid=title,
                title=title,
                starts_at=first,
                ends_at=first + timedelta(minutes=minutes),
                attendance=attendance,
                languages=[],
                changed_at=NOON,
            )
        )
    session.flush()
    session.expire(event)

    assert list(absences(pose(session, event).problem).values()) == [[0, 1], [0]]


def test_a_wish_becomes_a_meeting_and_a_refusal_never_does(session: Session) -> None:
    event = an_event(session)
    ville, werk, bois = (an_organisation(session, event, name) for name in ("Ville", "Werk", "Bois"))
    a_wish(session, ville, werk, rank=1)
    a_wish(session, ville, bois, rank=2)
    a_wish(session, bois, ville, refuses=True)

    problem = pose(session, event).problem

    assert [one.between for one in problem.meetings] == [(f"o{ville.id}", f"o{werk.id}")]
    assert problem.meetings[0].value > 0


def test_own_numbers_of_meetings_go_before_those_of_the_kind(session: Session) -> None:
    event = an_event(session, min_meetings={"social-enterprise": 4})
    event.max_meetings = 9
    an_organisation(session, event, "Werk", kind="social-enterprise")
    an_organisation(session, event, "Bois", kind="social-enterprise", min_meetings=1, max_meetings=3)
    an_organisation(session, event, "Ville", kind="local-authority")

    limits = [(one.min_meetings, one.max_meetings) for one in pose(session, event).problem.participants]

    assert limits == [(4, 9), (1, 3), (0, 9)]


def test_somebody_who_is_there_only_online_meets_online(session: Session) -> None:
    event = an_event(session)
    far = an_organisation(session, event, "Far", a_delegate("Fa Ra", online=True))
    near = an_organisation(session, event, "Near", a_delegate("Ne Ar"), a_delegate("Al So", online=True))
    here = an_organisation(session, event, "Here")
    a_wish(session, near, far)
    a_wish(session, near, here)

    online, at_table = pose(session, event).problem.meetings

    assert (online.online, online.delegates) == (True, None)
    assert at_table.online is False
    assert at_table.delegates == (frozenset({f"d{near.delegates[0].id}"}), frozenset({f"d{here.delegates[0].id}"}))


def test_an_own_table_is_found_by_its_number(session: Session) -> None:
    event = an_event(session, tables=12)
    an_organisation(session, event, "Werk", home_table="Tisch 12")

    problem = pose(session, event).problem

    assert problem.participants[0].home_tables == (problem.tables[11].id,)


def test_who_is_withdrawn_is_not_planned(session: Session) -> None:
    event = an_event(session)
    gone = an_organisation(session, event, "Gone")
    here = an_organisation(session, event, "Here", a_delegate("One"), a_delegate("Two"))
    a_wish(session, here, gone)
    gone.is_withdrawn = here.delegates[0].is_withdrawn = event.tables[0].is_withdrawn = event.slots[0].is_withdrawn = (
        True
    )
    session.flush()

    problem = pose(session, event).problem

    assert [one.id for one in problem.participants] == [f"o{here.id}"]
    assert [one.id for one in problem.participants[0].delegates] == [f"d{here.delegates[1].id}"]
    assert (len(problem.slots), len(problem.tables), problem.meetings) == (3, 2, ())


def test_slots_are_told_in_the_time_of_the_event(session: Session) -> None:
    event = an_event(session, zone="Asia/Kolkata")

    start = pose(session, event).problem.slots[0].start

    assert start is not None
    assert start.isoformat() == "2026-06-06T14:00:00+05:30"


def test_a_policy_that_makes_no_sense_is_refused_in_a_sentence(session: Session) -> None:
    event = an_event(session)
    event.policy = {"mode": "at random"}

    with pytest.raises(Invalid, match="at random"):
        pose(session, event)
