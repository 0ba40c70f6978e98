"""Who is where and when in a schedule, and how long they wait: the facts that the judge counts with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from scheduler.problem import Candidate, DelegateId, ParticipantId, Problem
from scheduler.schedule import Meeting


class Person(NamedTuple):
    """A delegate; their id alone is unique among the delegates of their participant only."""

    participant: ParticipantId
    delegate: DelegateId


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting that is held: its place in the list, what the problem says of it, the position of its slot, and who."""

    index: int
    candidate: Candidate
    meeting: Meeting
    at: int
    people: tuple[Person, Person]

    @staticmethod
    def of(index: int, candidate: Candidate, meeting: Meeting, at: int) -> "Row":
        (first, second), (one, other) = candidate.between, meeting.delegates
        return Row(index, candidate, meeting, at, (Person(first, one), Person(second, other)))


class Attendance:
    """The rows of a schedule by participant and by delegate, in time order; those without a meeting are not in it."""

    def __init__(self, problem: Problem, rows: Iterable[Row]) -> None:
        self.day_at = [slot.day for slot in problem.slots]
        self.of_person: dict[Person, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.at):
            first, second = row.people
            self.of_person[first].append(row)
            self.of_person[second].append(row)
        self.of_participant = self._together()
        self.busy: dict[ParticipantId | Person, set[int]] = {
            who: {row.at for row in theirs}
            for agendas in (self.of_person, self.of_participant)
            for who, theirs in agendas.items()
        }

    def _together(self) -> dict[ParticipantId, list[Row]]:
        """The rows of each participant's delegates as one list."""
        found: dict[ParticipantId, list[Row]] = {}
        for person, rows in self.of_person.items():
            found[person.participant] = [*found.get(person.participant, ()), *rows]
        for rows in found.values():
            rows.sort(key=lambda row: (row.at, row.index))
        return found

    def waits(self, busy: Set[int]) -> Iterator[tuple[str, int]]:
        """The day and the length of every run of free slots between two busy ones of one day."""
        for earlier, later in pairwise(sorted(busy)):
            if later - earlier > 1 and self.day_at[earlier] == self.day_at[later]:
                yield self.day_at[later], later - earlier - 1

    def runs(self, busy: Set[int]) -> Iterator[list[int]]:
        """The busy slots of each stretch of neighbouring slots without a free one."""
        run: list[int] = []
        for at in sorted(busy):
            if run and (at > run[-1] + 1 or self.day_at[at] != self.day_at[run[-1]]):
                yield run
                run = []
            run.append(at)
        if run:
            yield run

    def table_changes(self, rows: Iterable[Row]) -> int:
        """How often the next meeting of the day at a table is at another one; rows in time order."""
        seated = [row for row in rows if not row.candidate.online]
        return sum(
            self.day_at[row.at] == self.day_at[following.at] and row.meeting.table != following.meeting.table
            for row, following in pairwise(seated)
        )
