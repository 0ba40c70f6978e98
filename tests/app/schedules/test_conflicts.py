"""Rules that cannot hold together, told to people who know names and times and no ids."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from app import models
from app.languages import SPOKEN
from app.schedules.conflicts import conflict_in_words
from app.schedules.posing import pose
from scheduler import Limits, Problem, Rules, Status, solve
from tests.builders import a_delegate, a_wish, an_event, an_organisation

FIELDS = ("required", "fixed_slot", "fixed_table", "languages", "after", "slots", "delegates")


@pytest.fixture
def event(session: Session) -> models.Event:
    """Two who meet a third, whose only delegate comes for one slot."""
    made = an_event(session, slots=3, tables=2)
    ville, werk, fil = (an_organisation(session, made, name, a_delegate()) for name in ("Ville", "Werk", "Fil"))
    for other in (werk, fil):
        a_wish(session, ville, other)
    return made


def pinned(session: Session, event: models.Event) -> Problem:
    """All that may be held must be held, in the first slot, at the first table."""
    problem = pose(session, event).problem
    slot, table = problem.slots[0].id, problem.tables[0].id
    first, second = (
        replace(one, required=True, fixed_slot=slot, fixed_table=table, languages=("de", "fr"))
        for one in problem.meetings
    )
    people = tuple(replace(one, max_meetings=4, home_tables=(table,)) for one in problem.participants)
    return replace(
        problem, participants=people, meetings=(first, replace(second, after=(first.id,))), rules=Rules(1, 2, 3)
    )


def test_who_pinned_too_much_reads_which_meetings_stand_in_each_others_way(
    session: Session, event: models.Event
) -> None:
    problem = pinned(session, event)
    answer = solve(problem, Limits(seconds=5, workers=1), clock=lambda: 0.0)
    assert answer.status is Status.INFEASIBLE
    assert answer.conflict is not None

    told = conflict_in_words(session, event, problem, answer.conflict.paths, "de")

    assert "Das Gespräch von Ville und Werk muss stattfinden." in told


def test_every_rule_is_told_with_names_and_figures(session: Session, event: models.Event) -> None:
    problem = pinned(session, event)
    start = f"{event.slots[0].starts_at.astimezone(ZoneInfo(event.time_zone)):%H:%M}"

    assert conflict_in_words(session, event, problem, [f"meetings[1].{field}" for field in FIELDS], "en") == [
        "The meeting of Ville and Fil must be held.",
        f"Ville and Fil can only meet at {start}.",
        "Ville and Fil can only meet at table 1.",
        "Ville and Fil need an interpreter.",
        "Ville – Fil must come after Ville – Werk.",
        "Ville and Fil may meet at certain times only.",
        "Ville and Fil: not everybody can meet everybody.",
    ]
    who = ["participants[0].max_meetings", "participants[1].home_table", "participants[2].delegates"]
    assert conflict_in_words(session, event, problem, who, "en") == [
        "Most meetings of Ville: 4.",
        "Werk receives its partners at table 1.",
        "Fil: how many people come, and when they are there.",
    ]
    everybody = ["tables", "slots", "meetings[*].required", "rules.max_break_spread", "rules.max_consecutive"]
    assert conflict_in_words(session, event, problem, everybody, "en") == [
        "Tables: 2.",
        "Slots: 3.",
        "Meetings that must be held: 2.",
        "Most breaks of one more than of another: 1.",
        "Most meetings without a break: 2.",
    ]


@pytest.mark.parametrize("lang", SPOKEN)
def test_no_sentence_shows_an_id_or_an_empty_place(lang: str, session: Session, event: models.Event) -> None:
    problem = pinned(session, event)
    single = [f"meetings[0].{field}" for field in FIELDS]
    groups = [f"meetings[*].{field}" for field in FIELDS]
    groups += [f"participants[*].{field}" for field in ("delegates", "home_table", "max_meetings")]
    rules = [f"rules.{name}" for name in Rules.__slots__]

    told = conflict_in_words(
        session, event, problem, [*single, *groups, *rules, "tables", "slots", "interpreters"], lang
    )

    assert len(told) == len(set(told)) >= 16
    ids = {one.id for one in (*problem.participants, *problem.meetings)}
    assert [text for text in told if "{" in text or "?" in text or any(name in text.split() for name in ids)] == []
