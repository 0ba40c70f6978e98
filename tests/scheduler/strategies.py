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
D = TypeVar("D")

PLAIN_TERMS = tuple(term for term in Term if term is not Term.CHANGES)
LANGUAGES = ("de", "fr", "nl")
FEATURES = (
    "unavailable",
    "min_meetings",
    "max_meetings",
    "home_table",
    "required",
    "slots",
    "fixed_slot",
    "fixed_table",
    "after",
    "delegates",
    "languages",
    "online",
    "max_break_spread",
    "max_consecutive",
    "max_idle_slots",
)


class Pen:
    """Draws the fields of one problem. Only a few features are in use at a time, so that most meetings can be held."""

    def __init__(self, draw: st.DrawFn, features: frozenset[str], *, is_wild: bool) -> None:
        self.draw = draw
        self.features = features
        self.is_wild = is_wild

    def maybe(self, feature: str, value: st.SearchStrategy[T], default: D) -> T | D:
        """In a problem with the feature every other time the value, else the default."""
        if feature not in self.features or self.draw(st.booleans()):
            return default
        return self.draw(value)

    def some(self, feature: str, of: Sequence[T]) -> frozenset[T]:
        return self.maybe(feature, sets(of), frozenset[T]())

    def ids(self, prefix: str, least: int, most: int) -> list[str]:
        count = self.draw(st.integers(least, most))
        if self.is_wild:
            return self.draw(st.lists(any_text(), min_size=count, max_size=count, unique=True))
        return [f"{prefix}{k + 1}" for k in range(count)]

    def slots(self, most: int) -> tuple[Slot, ...]:
        names = self.ids("s", 0 if self.is_wild else 2, most)
        first_day = self.draw(st.integers(0, len(names)))
        minutes = self.draw(st.integers(1, 90))
        zone = timezone(timedelta(minutes=self.draw(st.integers(-14 * 60, 14 * 60))))
        times = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - the zone comes below
        begin = self.draw(st.none() | times)
        found = []
        for t, name in enumerate(names):
            start = None if begin is None else begin.replace(tzinfo=zone) + timedelta(minutes=minutes * t)
            session = self.draw(st.sampled_from([None, "morning", "evening"]))
            day = "one" if t < first_day else "two"
            found.append(Slot(SlotId(name), day, start, self.draw(st.sampled_from([None, minutes])), session))
        return tuple(found)

    def participants(self, slots: Sequence[SlotId], tables: Sequence[TableId], most: int) -> tuple[Participant, ...]:
        found = []
        for name in self.ids("p", 2, most):
            people = self.ids(f"{name}.", 0 if self.is_wild else 1, 2)
            found.append(
                Participant(
                    ParticipantId(name),
                    tuple(Delegate(DelegateId(one), self.some("unavailable", slots)) for one in people),
                    self.draw(st.sampled_from([None, "buyer", "enterprise"])),
                    self.maybe("min_meetings", st.integers(0, 3), 0),
                    self.maybe("max_meetings", st.integers(0, 3), None),
                    tuple(sorted(self.some("home_table", tables))),
                )
            )
        return tuple(found)

    def candidates(
        self, of: Sequence[Participant], slots: Sequence[SlotId], tables: Sequence[TableId], most: int
    ) -> tuple[Candidate, ...]:
        names = [MeetingId(name) for name in self.ids("m", 1, most)]
        found = []
        for name in names:
            sides = self.draw(st.permutations(of))[:2]
            first, second = ([delegate.id for delegate in side.delegates] for side in sides)
            found.append(
                Candidate(
                    name,
                    (sides[0].id, sides[1].id),
                    self.draw(st.integers(0, 4)),
                    self.maybe("required", st.just(True), False),
                    self.maybe("slots", sets(slots), None),
                    self.maybe("fixed_slot", st.sampled_from(slots), None) if slots else None,
                    self.maybe("fixed_table", st.sampled_from(tables), None) if tables else None,
                    tuple(sorted(self.some("after", names))),
                    self.maybe("delegates", st.tuples(sets(first), sets(second)), None),
                    self.maybe("languages", st.permutations(LANGUAGES).map(lambda order: (order[0], order[1])), None),
                    self.maybe("online", st.just(True), False),
                )
            )
        return tuple(found)

    def interpreters(self, slots: Sequence[SlotId]) -> tuple[Interpreter, ...]:
        languages = st.frozensets(st.sampled_from(LANGUAGES))
        return tuple(
            Interpreter(InterpreterId(name), self.draw(languages), self.some("unavailable", slots))
            for name in self.ids("i", 0, 2)
        )

    def rules(self) -> Rules:
        return Rules(
            self.maybe("max_break_spread", st.integers(0, 1), None),
            self.maybe("max_consecutive", st.integers(0, 2), None),
            self.maybe("max_idle_slots", st.integers(0, 2), None),
        )


def any_text() -> st.SearchStrategy[str]:
    """Text of whole characters, which is all that a file can hold."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def sets(of: Sequence[T]) -> st.SearchStrategy[frozenset[T]]:
    return st.frozensets(st.sampled_from(of)) if of else st.just(frozenset())


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
    """A problem over all fields; `are_wild` gives any ids, allows for empty lists, and uses more features at once."""
    features = draw(st.frozensets(st.sampled_from(FEATURES), max_size=len(FEATURES) if are_wild else 4))
    pen = Pen(draw, features, is_wild=are_wild)
    slots = pen.slots(most_slots)
    slot_ids = [slot.id for slot in slots]
    names = pen.ids("t", 0 if are_wild else 1, most_tables)
    tables = tuple(Table(TableId(name), pen.some("unavailable", slot_ids)) for name in names)
    table_ids = [table.id for table in tables]
    sides = pen.participants(slot_ids, table_ids, most_participants)
    return Problem(
        draw(any_text()),
        slots,
        tables,
        sides,
        pen.candidates(sides, slot_ids, table_ids, most_meetings),
        pen.interpreters(slot_ids),
        pen.rules(),
        draw(objectives(terms)),
    )


@st.composite
def objectives(draw: st.DrawFn, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Any terms in any order, but mostly one first for which meetings are worth holding."""
    order = draw(st.permutations(terms))[: draw(st.sampled_from([4, 2, 1, 0, len(terms)]))]
    first = draw(st.sampled_from([(Term.VALUE,), (Term.HELD,), (Term.SHORTFALL, Term.VALUE), ()]))
    return (*first, *(term for term in order if term not in first))


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
