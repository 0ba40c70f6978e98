"""A problem that is inconsistent does not exist, and all that is wrong with it is said at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.faults import ProblemError
from scheduler.problem import LARGEST, Candidate, Delegate, DelegateId, Rules, Slot, SlotId, Table, TableId, Term
from tests.scheduler.builders import candidate, interpreter, participant, problem, slot_ids, slots, tables

PAIR = candidate("m1", "a b")
NOON = datetime(2019, 6, 6, 12, tzinfo=UTC)


def timed(*minutes: int, long: int | None = 10) -> tuple[Slot, ...]:
    """Slots that begin so many minutes after noon."""
    return tuple(Slot(SlotId(f"s{t}"), "today", NOON + timedelta(minutes=m), long) for t, m in enumerate(minutes, 1))


def paths_of(*meetings: Candidate, **parts: object) -> list[str]:
    """Where a problem of these meetings and parts is wrong."""
    with pytest.raises(ProblemError) as caught:
        replace(problem(PAIR, candidate("m2", "a c")), **({"meetings": meetings} if meetings else {}), **parts)  # type: ignore[arg-type]  # the parts of a problem, each of its type
    return [fault.path for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("meeting", "path"),
    [
        (candidate("m1", "a x"), "meetings[0].between[1]"),
        (candidate("m1", "x b"), "meetings[0].between[0]"),
        (candidate("m1", "a a"), "meetings[0].between"),
        (candidate("m1", "a b", -1), "meetings[0].value"),
        (candidate("m1", "a b", LARGEST + 1), "meetings[*].value"),
        (candidate("m1", "a b", slots="s1 s9"), "meetings[0].slots"),
        (candidate("m1", "a b", fixed_slot="s9"), "meetings[0].fixed_slot"),
        (candidate("m1", "a b", fixed_table="t9"), "meetings[0].fixed_table"),
        (candidate("m1", "a b", after="m1 m9"), "meetings[0].after[1]"),
        (candidate("m1", "a b", after="m1 m1"), "meetings[0].after[1]"),
        (candidate("m1", "a b", delegates=("a.1", "a.1")), "meetings[0].delegates[1]"),
        (candidate("m1", "a b", languages="de de"), "meetings[0].languages"),
    ],
)
def test_a_meeting_names_only_what_is_there(meeting: Candidate, path: str) -> None:
    assert paths_of(meeting) == [path]


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"slots": slots(1) + slots(1)}, "slots[1].id"),
        ({"slots": (*slots(1, 1), Slot(SlotId("s3"), "day 1"))}, "slots[2].day"),
        ({"slots": timed(10, 0)}, "slots[1].start"),
        ({"slots": timed(0, 0)}, "slots[1].start"),
        ({"slots": timed(0, 9)}, "slots[1].start"),
        ({"slots": (*timed(0), Slot(SlotId("s9"), "today"), *timed(0, 5)[1:])}, "slots[2].start"),
        ({"slots": (Slot(SlotId("s1"), "today", datetime(2019, 6, 6)),)}, "slots[0].start"),  # noqa: DTZ001 - the fault
        ({"slots": timed(0, long=0)}, "slots[0].minutes"),
        ({"tables": tables(1) + tables(1)}, "tables[1].id"),
        ({"tables": tables(2, t2="s9")}, "tables[1].unavailable"),
        ({"interpreters": (interpreter("i1", "de"), interpreter("i1", "fr"))}, "interpreters[1].id"),
        ({"interpreters": (interpreter("i1", "de", "s9"),)}, "interpreters[0].unavailable"),
        ({"meetings": (PAIR, PAIR)}, "meetings[1].id"),
        ({"meetings": (candidate("m1", "a b", LARGEST), candidate("m2", "a b"))}, "meetings[*].value"),
        ({"rules": Rules(max_break_spread=-1)}, "rules.max_break_spread"),
        ({"rules": Rules(max_consecutive=-1)}, "rules.max_consecutive"),
        ({"rules": Rules(max_idle_slots=-1)}, "rules.max_idle_slots"),
        ({"objective": (Term.VALUE, Term.HELD, Term.VALUE)}, "objective[2]"),
    ],
)
def test_the_lists_fit_together(parts: dict[str, object], path: str) -> None:
    assert paths_of(**parts) == [path]


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (participant("a", "", "s1 s9"), "participants[2].delegates[1].unavailable"),
        (participant("a", floor=-1), "participants[2].min_meetings"),
        (participant("a", floor=LARGEST + 1), "participants[*].min_meetings"),
        (participant("a", ceiling=-1), "participants[2].max_meetings"),
        (participant("a", home="t9"), "participants[2].home_table"),
        (participant("a", home="t1 t9"), "participants[2].home_table[1]"),
        (participant("a", home="t1 t1"), "participants[2].home_table[1]"),
        (participant("b"), "participants[2].id"),
        (replace(participant("a"), delegates=(Delegate(DelegateId("x")),) * 2), "participants[2].delegates[1].id"),
    ],
)
def test_a_participant_is_consistent(who: object, path: str) -> None:
    everybody = (participant("b"), participant("c"), who)

    assert paths_of(candidate("m1", "b c"), participants=everybody) == [path]


def test_all_faults_are_said_at_once_in_the_order_of_the_file() -> None:
    wrong = (candidate("m1", "a x", -1), candidate("m2", "b b", fixed_slot="s9"), candidate("m1", "a b"))

    with pytest.raises(ProblemError) as caught:
        replace(problem(PAIR), meetings=wrong, tables=(Table(TableId("t1"), slot_ids("s7")),))

    assert str(caught.value).splitlines() == [
        "tables[0].unavailable: There is no slot s7.",
        "meetings[2].id: m1 stands at meetings[0] already.",
        "meetings[0].between[1]: There is no participant x.",
        "meetings[0].value: A number from 0 on is expected, not -1.",
        "meetings[1].between: Participant b cannot meet themselves.",
        "meetings[1].fixed_slot: There is no slot s9.",
    ]


def test_what_cannot_be_held_is_no_fault() -> None:
    of = problem(
        candidate("m1", "a b", slots="", required=True),
        candidate("m2", "a b", slots="s1", fixed_slot="s2"),
        candidate("m3", "a b", online=True, fixed_table="t1"),
        candidate("m4", "a b", after="m4"),
        candidate("m5", "a b", after="m6"),
        candidate("m6", "a b", after="m5"),
        candidate("m7", "a b", delegates=("", "b.1")),
        candidate("m8", "a b", languages="de fr"),
        with_=[replace(participant("a", floor=3, ceiling=0), delegates=())],
    )

    assert len(of.meetings) == 8


def test_there_may_be_nothing_at_all() -> None:
    assert problem(slot_count=0, places=0).participants == ()


def test_the_time_of_a_slot_may_be_known_in_part() -> None:
    known = (timed(0, long=None)[0], Slot(SlotId("s2"), "today"), timed(0, 0, 5)[2])

    assert replace(problem(PAIR), slots=known).slots == known
