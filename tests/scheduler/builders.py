"""Small problems and schedules in a line or two; what a test does not name has its default."""

from collections.abc import Iterable

from scheduler.problem import (
    DEFAULT_OBJECTIVE,
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


def slots(*counts: int) -> tuple[Slot, ...]:
    """Slots `s1`, `s2`, … of which the order is known: so many on the first day, so many on the next."""
    days = [f"day {d + 1}" for d, count in enumerate(counts) for _ in range(count)]
    return tuple(Slot(SlotId(f"s{t + 1}"), day) for t, day in enumerate(days))


def tables(count: int, **unavailable: str) -> tuple[Table, ...]:
    """Tables `t1`, `t2`, …; `t1="s1 s2"` makes one unavailable."""
    return tuple(Table(TableId(f"t{k}"), slot_ids(unavailable.get(f"t{k}", ""))) for k in range(1, count + 1))


def slot_ids(names: str) -> frozenset[SlotId]:
    return frozenset(SlotId(name) for name in names.split())


def participant(
    name: str, *away: str, floor: int = 0, ceiling: int | None = None, home: str = "", kind: str | None = None
) -> Participant:
    """A participant with one delegate for each text of unavailable slots; with none, one who is always there."""
    delegates = tuple(Delegate(DelegateId(f"{name}.{d}"), slot_ids(texts)) for d, texts in enumerate(away or ("",), 1))
    return Participant(
        ParticipantId(name), delegates, kind, floor, ceiling, tuple(TableId(table) for table in home.split())
    )


def candidate(
    name: str,
    pair: str,
    value: int = 1,
    *,
    required: bool = False,
    slots: str | None = None,
    fixed_slot: str | None = None,
    fixed_table: str | None = None,
    after: str = "",
    delegates: tuple[str, str] | None = None,
    languages: str | None = None,
    online: bool = False,
) -> Candidate:
    """A meeting between the two participants of `pair`, as in `candidate("m1", "a b")`."""
    first, second = (ParticipantId(one) for one in pair.split())
    spoken = languages.split() if languages is not None else None
    return Candidate(
        MeetingId(name),
        (first, second),
        value,
        required,
        None if slots is None else slot_ids(slots),
        None if fixed_slot is None else SlotId(fixed_slot),
        None if fixed_table is None else TableId(fixed_table),
        tuple(MeetingId(one) for one in after.split()),
        None if delegates is None else (people(delegates[0]), people(delegates[1])),
        None if spoken is None else (spoken[0], spoken[1]),
        online,
    )


def people(names: str) -> frozenset[DelegateId]:
    return frozenset(DelegateId(name) for name in names.split())


def interpreter(name: str, languages: str, away: str = "") -> Interpreter:
    return Interpreter(InterpreterId(name), frozenset(languages.split()), slot_ids(away))


def problem(
    *meetings: Candidate,
    slot_count: int | tuple[int, ...] = 3,
    places: int | tuple[Table, ...] = 2,
    with_: Iterable[Participant] = (),
    interpreters: Iterable[Interpreter] = (),
    rules: Rules | None = None,
    objective: tuple[Term, ...] = DEFAULT_OBJECTIVE,
) -> Problem:
    """A problem of these meetings; participants that are only named by them have one delegate and no wishes."""
    known = {one.id: one for one in with_}
    for meeting in meetings:
        for side in meeting.between:
            known.setdefault(side, participant(side))
    return Problem(
        "a problem",
        slots(*(slot_count if isinstance(slot_count, tuple) else (slot_count,))),
        places if isinstance(places, tuple) else tables(places),
        tuple(known.values()),
        meetings,
        tuple(interpreters),
        rules or Rules(),
        objective,
    )


def held(text: str) -> Meeting:
    """A row of a schedule: `m1 s1 t1 a.1 b.1`, `-` for no table, and an interpreter at the end if there is one."""
    name, slot, table, first, second, *rest = text.split()
    return Meeting(
        MeetingId(name),
        SlotId(slot),
        None if table == "-" else TableId(table),
        (DelegateId(first), DelegateId(second)),
        InterpreterId(rest[0]) if rest else None,
    )


def schedule(*rows: str) -> Schedule:
    return Schedule(tuple(held(row) for row in rows))
