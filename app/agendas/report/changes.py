"""What could be otherwise at the next edition: problems like the one that was solved, each with one thing changed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from app.agendas.report.parts import Change
from scheduler import (
    Candidate,
    Delegate,
    DelegateId,
    Interpreter,
    InterpreterId,
    Participant,
    ParticipantId,
    Problem,
    Rules,
    Schedule,
    Slot,
    SlotId,
    Table,
    TableId,
)

NEW = "new-"
MOST_NAMED = 3
"""So many organisations and pairs of languages are looked at one by one: those that most is missing of."""
TABLES_AT_A_TIME = 5

Days = frozenset[SlotId]


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed problem, and what was changed; `about` are ids of participants, or languages.

    `keeps_all`: the plan before breaks none of its rules, and can be built on.
    """

    change: Change
    amount: int
    about: tuple[str, ...]
    problem: Problem
    keeps_all: bool = True


def changes_of(problem: Problem, held: Schedule) -> Iterator[Changed]:
    """Yield every change that makes sense for this problem, those first that would be asked for first."""
    if not problem.slots or not problem.meetings:
        return
    missing = _Missing(problem, held)
    yield _another_slot(problem)
    yield _more_tables(problem)
    yield from _higher_ceilings(problem, missing)
    yield from _another_interpreter(problem, missing)
    yield from _everybody_present(problem)
    yield from _without_rules(problem)
    yield from _another_delegate(problem, missing)
    yield from _fewer_tables(problem)
    yield from _one_slot_less(problem)


class _Missing:
    """The meetings that are not held, how many each participant holds, and how much value each is without."""

    def __init__(self, problem: Problem, held: Schedule) -> None:
        sides = {one.id: one.between for one in problem.meetings}
        self.count = Counter(side for meeting in held.meetings for side in sides[meeting.id])
        self.busy = Counter(delegate for meeting in held.meetings for delegate in meeting.delegates)
        known = {meeting.id for meeting in held.meetings}
        self.meetings = [one for one in problem.meetings if one.id not in known]
        self.value = Counter[ParticipantId]()
        for one in self.meetings:
            for side in one.between:
                self.value[side] += one.value

    def is_at_ceiling(self, one: Participant) -> bool:
        return one.max_meetings is not None and self.count[one.id] >= one.max_meetings and self.value[one.id] > 0

    def has_no_time(self, one: Participant, slots: int) -> bool:
        taken = all(self.busy[person.id] >= slots - len(person.unavailable) for person in one.delegates)
        return bool(one.delegates) and taken and not self.is_at_ceiling(one)


def _another_slot(problem: Problem) -> Changed:
    """One slot more after the last: who and what can be used in that one can be used in the new one."""
    last = problem.slots[-1]
    starts_at = last.start + timedelta(minutes=last.minutes) if last.start and last.minutes else None
    new = replace(last, id=SlotId(f"{NEW}{last.id}"), start=starts_at)
    changed = _with_slots(problem, (*problem.slots, new), lambda slots: slots | {new.id} if last.id in slots else slots)
    return Changed(Change.SLOT, 1, (), changed)


def _one_slot_less(problem: Problem) -> Iterator[Changed]:
    """The last slot left out, where nothing must be in it."""
    *kept, last = problem.slots
    if len(kept) > 1 and all(one.fixed_slot != last.id for one in problem.meetings):
        changed = _with_slots(problem, tuple(kept), lambda slots: slots - {last.id})
        yield Changed(Change.SLOT_LESS, 1, (), changed, keeps_all=False)


def _with_slots(problem: Problem, slots: tuple[Slot, ...], given: Callable[[Days], Days]) -> Problem:
    """The problem with these slots, and every set of slots in it as given."""

    def people(one: Participant) -> Participant:
        return replace(one, delegates=tuple(replace(who, unavailable=given(who.unavailable)) for who in one.delegates))

    return replace(
        problem,
        slots=slots,
        tables=tuple(replace(one, unavailable=given(one.unavailable)) for one in problem.tables),
        participants=tuple(map(people, problem.participants)),
        meetings=tuple(one if one.slots is None else replace(one, slots=given(one.slots)) for one in problem.meetings),
        interpreters=tuple(replace(one, unavailable=given(one.unavailable)) for one in problem.interpreters),
    )


def _more_tables(problem: Problem) -> Changed:
    new = tuple(Table(TableId(f"{NEW}{number}")) for number in range(TABLES_AT_A_TIME))
    return Changed(Change.TABLES, len(new), (), replace(problem, tables=(*problem.tables, *new)))


def _fewer_tables(problem: Problem) -> Iterator[Changed]:
    """The last tables left out that are nobody's own."""
    own = {home for one in problem.participants for home in one.home_tables}
    own |= {one.fixed_table for one in problem.meetings if one.fixed_table is not None}
    gone = {table.id for table in problem.tables[::-1] if table.id not in own}
    if len(problem.tables) > TABLES_AT_A_TIME and len(gone) >= TABLES_AT_A_TIME:
        last = [table.id for table in problem.tables if table.id in gone][-TABLES_AT_A_TIME:]
        kept = tuple(table for table in problem.tables if table.id not in last)
        changed = replace(problem, tables=kept)
        yield Changed(Change.TABLES_LESS, TABLES_AT_A_TIME, (), changed, keeps_all=False)


def _higher_ceilings(problem: Problem, missing: _Missing) -> Iterator[Changed]:
    """One meeting more for all who are at their ceiling and are missed by somebody."""
    full = {one.id for one in problem.participants if missing.is_at_ceiling(one)}
    if full:
        raised = tuple(
            replace(one, max_meetings=one.max_meetings + 1) if one.id in full and one.max_meetings is not None else one
            for one in problem.participants
        )
        about = sorted(full, key=lambda one: (-missing.value[one], one))
        yield Changed(Change.CEILINGS, len(full), tuple(about), replace(problem, participants=raised))


def _another_interpreter(problem: Problem, missing: _Missing) -> Iterator[Changed]:
    """One interpreter more for each of the pairs of languages for which most meetings are not held."""
    wanted = Counter(tuple(sorted(one.languages)) for one in missing.meetings if one.languages is not None)
    for pair, _count in sorted(wanted.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMED]:
        new = Interpreter(InterpreterId(f"{NEW}{'-'.join(pair)}"), frozenset(pair))
        yield Changed(Change.INTERPRETER, 1, pair, replace(problem, interpreters=(*problem.interpreters, new)))


def _everybody_present(problem: Problem) -> Iterator[Changed]:
    """Nobody comes late, goes early or is called away; when all of an organisation are elsewhere, they stay there."""

    def present(one: Participant) -> Participant:
        if len(one.delegates) < 1:
            return one
        together = frozenset.intersection(*(who.unavailable for who in one.delegates)) & elsewhere
        return replace(one, delegates=tuple(replace(who, unavailable=together) for who in one.delegates))

    everybody = [who.unavailable for one in problem.participants for who in one.delegates]
    elsewhere = frozenset.intersection(*everybody) if everybody else frozenset()
    changed = replace(problem, participants=tuple(map(present, problem.participants)))
    if changed.participants != problem.participants:
        late = [one.id for one, other in zip(problem.participants, changed.participants, strict=True) if one != other]
        yield Changed(Change.PRESENCE, len(late), (), changed)


def _without_rules(problem: Problem) -> Iterator[Changed]:
    if problem.rules != Rules():
        yield Changed(Change.RULES, 1, (), replace(problem, rules=Rules()))


def _another_delegate(problem: Problem, missing: _Missing) -> Iterator[Changed]:
    """One delegate more, who can do what the others can, for each of those who have no time for what is missed most."""
    full = [one for one in problem.participants if missing.has_no_time(one, len(problem.slots))]
    full.sort(key=lambda one: -missing.value[one.id])
    for one in [one for one in full if missing.value[one.id]][:MOST_NAMED]:
        yield Changed(Change.DELEGATE, 1, (one.id,), _with_delegate(problem, one))


def _with_delegate(problem: Problem, whose: Participant) -> Problem:
    absent = frozenset.intersection(*(who.unavailable for who in whose.delegates))
    new = Delegate(DelegateId(f"{NEW}{whose.id}"), absent)

    def welcomed(one: Candidate) -> Candidate:
        if one.delegates is None or whose.id not in one.between:
            return one
        first, second = one.delegates
        is_first = one.between[0] == whose.id
        return replace(one, delegates=(first | {new.id}, second) if is_first else (first, second | {new.id}))

    people = tuple(
        replace(one, delegates=(*one.delegates, new)) if one.id == whose.id else one for one in problem.participants
    )
    return replace(problem, participants=people, meetings=tuple(map(welcomed, problem.meetings)))
