"""A draft as it stands, indexed so that one change of it can be judged at once, whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from app.schedules.breaches import Bar
from scheduler import (
    Candidate,
    DelegateId,
    Interpreter,
    InterpreterId,
    Meeting,
    MeetingId,
    Participant,
    ParticipantId,
    Rules,
    Slot,
    SlotId,
    Table,
    TableId,
)

Between = tuple[ParticipantId, ParticipantId]
Person = tuple[ParticipantId, DelegateId]
Changes = Mapping[MeetingId, Meeting | None]
"""Where each of these meetings is held after an edit; None: it is not."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an edit is judged by. `participants` and `candidates` are at least those of the meetings it touches.

    `participant_count` is how many come. `bars` says of a candidate why it may not be held at all.
    """

    slots: tuple[Slot, ...]
    tables: Mapping[TableId, Table]
    interpreters: Mapping[InterpreterId, Interpreter]
    participants: Mapping[ParticipantId, Participant]
    candidates: Mapping[MeetingId, Candidate]
    participant_count: int
    rules: Rules = field(default_factory=Rules)
    bars: Mapping[MeetingId, Sequence[Bar]] = field(default_factory=dict)


class Draft:
    """The meetings of a draft by slot, table, person and interpreter. Every change goes through `place` and `remove`.

    `earlier` names for a meeting those that must come before it.
    """

    def __init__(
        self,
        frame: Frame,
        rows: Iterable[tuple[Meeting, Between]],
        earlier: Mapping[MeetingId, Sequence[MeetingId]] | None = None,
    ) -> None:
        self.frame = frame
        self.at = {slot.id: position for position, slot in enumerate(frame.slots)}
        self.days = [slot.day for slot in frame.slots]
        self.row_of: dict[MeetingId, Meeting] = {}
        self.between: dict[MeetingId, Between] = {name: one.between for name, one in frame.candidates.items()}
        self.at_table: dict[tuple[SlotId, TableId], list[MeetingId]] = defaultdict(list)
        self.of_person: dict[Person, dict[SlotId, list[MeetingId]]] = defaultdict(dict)
        self.of_interpreter: dict[InterpreterId, dict[SlotId, list[MeetingId]]] = defaultdict(dict)
        self.of_participant: dict[ParticipantId, set[MeetingId]] = defaultdict(set)
        self.earlier: dict[MeetingId, set[MeetingId]] = defaultdict(set)
        self.later: dict[MeetingId, set[MeetingId]] = defaultdict(set)
        self.breaks: dict[ParticipantId, int] = {}
        self.break_counts: Counter[int] = Counter()
        for name, befores in (earlier or {}).items():
            for before in befores:
                self.earlier[name].add(before)
                self.later[before].add(name)
        for row, between in rows:
            self.between[row.id] = between
            self._index(row)
        if frame.rules.max_break_spread is not None:
            self.break_counts[0] = frame.participant_count
            self._count_breaks(list(self.of_participant))

    def place(self, row: Meeting) -> None:
        """Hold a meeting somewhere. Whether it may be is for the judging to say."""
        assert row.id not in self.row_of, "a meeting is held once"
        self._index(row)
        self._count_breaks(self.between[row.id])

    def remove(self, name: MeetingId) -> Meeting:
        """Take a meeting out, and return where it was."""
        row = self.row_of.pop(name)
        if row.table is not None:
            self.at_table[row.slot, row.table].remove(name)
        for by_slot in self._by_slot(row):
            by_slot[row.slot].remove(name)
            if not by_slot[row.slot]:
                del by_slot[row.slot]
        for participant in self.between[name]:
            self.of_participant[participant].discard(name)
        self._count_breaks(self.between[name])
        return row

    def _index(self, row: Meeting) -> None:
        self.row_of[row.id] = row
        if row.table is not None:
            self.at_table[row.slot, row.table].append(row.id)
        for by_slot in self._by_slot(row):
            by_slot.setdefault(row.slot, []).append(row.id)
        for participant in self.between[row.id]:
            self.of_participant[participant].add(row.id)

    def _by_slot(self, row: Meeting) -> list[dict[SlotId, list[MeetingId]]]:
        found = [self.of_person[person] for person in self.people(row)]
        return found if row.interpreter is None else [*found, self.of_interpreter[row.interpreter]]

    def _count_breaks(self, participants: Iterable[ParticipantId]) -> None:
        if self.frame.rules.max_break_spread is None:
            return
        for one in participants:
            self.break_counts[self.breaks.get(one, 0)] -= 1
            self.breaks[one] = sum(1 for _ in self.waits(self.busy(one)))
            self.break_counts[self.breaks[one]] += 1

    @contextmanager
    def changed(self, changes: Changes) -> Iterator[None]:
        """Stand as after these changes, and then as before."""
        before = [self.remove(name) for name in changes if name in self.row_of]
        after = [row for row in changes.values() if row is not None]
        for row in after:
            self.place(row)
        yield
        for row in after:
            self.remove(row.id)
        for row in before:
            self.place(row)

    def people(self, row: Meeting) -> tuple[Person, Person]:
        (first, second), (one, other) = self.between[row.id], row.delegates
        return (first, one), (second, other)

    def busy(self, participant: ParticipantId) -> set[int]:
        """The positions of the slots in which somebody of a participant has a meeting."""
        return {self.at[self.row_of[name].slot] for name in self.of_participant[participant]}

    def busy_person(self, person: Person) -> set[int]:
        """The same of one delegate."""
        return {self.at[slot] for slot in self.of_person[person]}

    def waits(self, busy: Iterable[int]) -> Iterator[tuple[str, int]]:
        """Day and length of every run of free slots between two busy ones of a day."""
        for before, after in pairwise(sorted(busy)):
            if after - before > 1 and self.days[before] == self.days[after]:
                yield self.days[before], after - before - 1

    def runs(self, busy: Iterable[int]) -> list[list[int]]:
        """The stretches of neighbouring busy slots of a day."""
        found: list[list[int]] = []
        for at in sorted(busy):
            if found and at == found[-1][-1] + 1 and self.days[at] == self.days[found[-1][-1]]:
                found[-1].append(at)
            else:
                found.append([at])
        return found
