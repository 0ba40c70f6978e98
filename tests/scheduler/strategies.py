"""Small problems over all fields of the format, and schedules for them, as Hypothesis draws them."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import TypeVar

from hypothesis import strategies as st

from scheduler.problem import (
    Candidate,
    Delegate,
    DelegateId,
    Interpreter,
    InterpreterId,
    MeetingId,
    Participant,
    ParticipantId,
    Problem,
    Rules,
    Slot,
    SlotId,
    Table,
    TableId,
    Term,
)
from scheduler.schedule import Meeting, Schedule

T = TypeVar("T")

PLAIN_TERMS = tuple(term for term in Term if term is not Term.CHANGES)
LANGUAGES = ("de", "fr", "nl")


def any_text() -> st.SearchStrategy[str]:
    """Text of whole characters, which is all that a file can hold."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def ids(draw: st.DrawFn, prefix: str, least: int, most: int, *, are_wild: bool) -> list[str]:
    count = draw(st.integers(least, most))
    if are_wild:
        return draw(st.lists(any_text(), min_size=count, max_size=count, unique=True))
    return [f"{prefix}{k + 1}" for k in range(count)]


def some(of: Sequence[T], *, rarely: bool = True) -> st.SearchStrategy[frozenset[T]]:
    """A set of some of these; mostly empty."""
    if not of:
        return st.just(frozenset())
    sets = st.frozensets(st.sampled_from(of))
    return st.one_of(st.just(frozenset[T]()), st.just(frozenset[T]()), sets) if rarely else sets


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Mostly nothing."""
    return st.one_of(st.none(), st.none(), st.none(), strategy)


@st.composite
def slots(draw: st.DrawFn, most: int, *, are_wild: bool) -> tuple[Slot, ...]:
    names = draw(ids("s", 0 if are_wild else 1, most, are_wild=are_wild))
    first_day = draw(st.integers(0, len(names)))
    minutes = draw(st.integers(1, 90))
    zone = timezone(timedelta(minutes=draw(st.integers(-14 * 60, 14 * 60))))
    begin = draw(maybe(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))))  # noqa: DTZ001 - the zone comes below
    found = []
    for t, name in enumerate(names):
        start = None if begin is None else begin.replace(tzinfo=zone) + timedelta(minutes=minutes * t)
        session = draw(maybe(st.sampled_from(["morning", "evening"])))
        day = "one" if t < first_day else "two"
        found.append(Slot(SlotId(name), day, start, draw(st.sampled_from([None, minutes])), session))
    return tuple(found)


@st.composite
def participants(
    draw: st.DrawFn, slot_ids: Sequence[SlotId], table_ids: Sequence[TableId], most: int, *, are_wild: bool
) -> tuple[Participant, ...]:
    found = []
    for name in draw(ids("p", 2, most, are_wild=are_wild)):
        people = draw(ids(f"{name}.", 0 if are_wild else 1, 2, are_wild=are_wild))
        homes = draw(some(table_ids))
        found.append(
            Participant(
                ParticipantId(name),
                tuple(Delegate(DelegateId(one), draw(some(slot_ids))) for one in people),
                draw(maybe(st.sampled_from(["buyer", "enterprise"]))),
                draw(st.sampled_from([0, 0, 1, 2])),
                draw(maybe(st.integers(0, 3))),
                tuple(sorted(homes)),
            )
        )
    return tuple(found)


@st.composite
def candidates(
    draw: st.DrawFn,
    of: Sequence[Participant],
    slot_ids: Sequence[SlotId],
    table_ids: Sequence[TableId],
    most: int,
    *,
    are_wild: bool,
) -> tuple[Candidate, ...]:
    names = [MeetingId(name) for name in draw(ids("m", 1, most, are_wild=are_wild))]
    found = []
    for name in names:
        first, second = draw(st.permutations(of))[:2]
        people = [[delegate.id for delegate in side.delegates] for side in (first, second)]
        languages = draw(maybe(st.permutations(LANGUAGES)))
        has_chosen = draw(st.integers(0, 3)) == 0
        found.append(
            Candidate(
                name,
                (first.id, second.id),
                draw(st.integers(0, 4)),
                draw(st.integers(0, 5)) == 0,
                draw(maybe(some(slot_ids, rarely=False))),
                draw(maybe(st.sampled_from(slot_ids))) if slot_ids else None,
                draw(maybe(st.sampled_from(table_ids))) if table_ids else None,
                tuple(sorted(draw(some(names)))),
                (draw(some(people[0], rarely=False)), draw(some(people[1], rarely=False))) if has_chosen else None,
                None if languages is None else (languages[0], languages[1]),
                draw(st.integers(0, 4)) == 0,
            )
        )
    return tuple(found)


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    most_slots: int = 4,
    most_tables: int = 2,
    most_participants: int = 4,
    most_meetings: int = 5,
    terms: Sequence[Term] = PLAIN_TERMS,
    are_wild: bool = False,
) -> Problem:
    """A problem over all fields; `are_wild` gives any ids and allows for empty lists."""
    times = draw(slots(most_slots, are_wild=are_wild))
    slot_ids = [slot.id for slot in times]
    names = draw(ids("t", 0, most_tables, are_wild=are_wild))
    tables = tuple(Table(TableId(name), draw(some(slot_ids))) for name in names)
    table_ids = [table.id for table in tables]
    sides = draw(participants(slot_ids, table_ids, most_participants, are_wild=are_wild))
    return Problem(
        draw(any_text()),
        times,
        tables,
        sides,
        draw(candidates(sides, slot_ids, table_ids, most_meetings, are_wild=are_wild)),
        tuple(
            Interpreter(InterpreterId(name), draw(some(LANGUAGES, rarely=False)), draw(some(slot_ids)))
            for name in draw(ids("i", 0, 2, are_wild=are_wild))
        ),
        Rules(draw(maybe(st.integers(0, 1))), draw(maybe(st.integers(0, 2))), draw(maybe(st.integers(0, 2)))),
        tuple(draw(st.lists(st.sampled_from(terms), unique=True, max_size=len(terms)))),
    )


@st.composite
def schedules(draw: st.DrawFn, problem: Problem) -> Schedule:
    """Rows at random: some meetings somewhere, mostly where they may not be held."""
    if not problem.slots:
        return Schedule()
    tables = [None, *(table.id for table in problem.tables)]
    interpreters = [None, *(one.id for one in problem.interpreters)]
    people = {one.id: [delegate.id for delegate in one.delegates] for one in problem.participants}
    rows = []
    for candidate in problem.meetings:
        first, second = (people[side] for side in candidate.between)
        if first and second and draw(st.booleans()):
            slot = draw(st.sampled_from(problem.slots)).id
            pair = (draw(st.sampled_from(first)), draw(st.sampled_from(second)))
            rows.append(
                Meeting(candidate.id, slot, draw(st.sampled_from(tables)), pair, draw(st.sampled_from(interpreters)))
            )
    return Schedule(tuple(rows))
