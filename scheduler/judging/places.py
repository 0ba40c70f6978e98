"""Whether the nearest place that an answer names for a meeting really becomes free by the moves that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from scheduler.check import violations
from scheduler.judging.attendance import Attendance, Row
from scheduler.judging.reasons import Vacancies
from scheduler.problem import Candidate, InterpreterId, MeetingId, ParticipantId, Problem, Rules, SlotId
from scheduler.schedule import Meeting, Place, Schedule


class Places:
    """Tries places of a schedule that breaks no rule, each among those alone whom it touches."""

    def __init__(self, vacancies: Vacancies, held: Iterable[Meeting]) -> None:
        self.vacancies = vacancies
        self.problem = vacancies.problem
        self.held = {meeting.id: meeting for meeting in held}
        self.seated = {(meeting.slot, meeting.table): meeting for meeting in self.held.values()}
        self.serving: dict[SlotId, list[Meeting]] = {}
        for meeting in self.held.values():
            if meeting.interpreter is not None:
                self.serving.setdefault(meeting.slot, []).append(meeting)

    def is_free(self, candidate: Candidate, place: Place) -> bool:
        """Whether the meeting could be held there, everything else held as the place says."""
        if not place.moves:
            return self.vacancies.is_free(candidate, place.slot, place.table)
        names = [meeting.id for meeting in place.moves]
        if len(set(names)) < len(names) or not self.held.keys() >= set(names):
            return False
        moved = [self.vacancies.candidates[name] for name in names]
        touched = {side for one in (candidate, *moved) for side in one.between}
        beside = self._beside(candidate, place, moved, touched)
        rows = {meeting.id: meeting for meeting in (*beside, *place.moves)}
        small = self._cut(candidate, rows)
        return any(self._is_right(small, [*rows.values(), one], touched) for one in self._ways(candidate, place))

    def _beside(
        self, candidate: Candidate, place: Place, moved: list[Candidate], touched: Iterable[ParticipantId]
    ) -> Iterator[Meeting]:
        """Whatever is held that could be in the way: of the same people, at the same tables, in the same order."""
        for side in touched:
            yield from (row.meeting for row in self.vacancies.attendance.of_participant.get(side, ()))
        for slot, table in ((place.slot, place.table), *((one.slot, one.table) for one in place.moves)):
            if table is not None and (slot, table) in self.seated:
                yield self.seated[slot, table]
            yield from self.serving.get(slot, ())
        for one in (candidate, *moved):
            neighbours = (*one.after, *self.vacancies.followers.get(one.id, ()))
            yield from (self.held[name] for name in neighbours if name in self.held)

    def _cut(self, candidate: Candidate, rows: Iterable[MeetingId]) -> Problem:
        """The problem of these meetings alone, without the rules that need to know all meetings of everybody."""
        names = {candidate.id, *rows}
        meetings = [self.vacancies.candidates[name] for name in names]
        sides = {side for one in meetings for side in one.between}
        return replace(
            self.problem,
            participants=tuple(self.vacancies.participants[side] for side in sides),
            meetings=tuple(
                replace(one, required=False, after=tuple(name for name in one.after if name in names))
                for one in meetings
            ),
            rules=Rules(max_consecutive=self.problem.rules.max_consecutive),
        )

    def _ways(self, candidate: Candidate, place: Place) -> Iterator[Meeting]:
        """Everybody who might attend, with every interpreter who might be needed."""
        first, second = (self.vacancies.people_of(candidate, side) for side in (0, 1))
        able: list[InterpreterId | None] = [one.id for one in self.problem.interpreters]
        for one, other, interpreter in product(first, second, able if candidate.languages is not None else [None]):
            yield Meeting(candidate.id, place.slot, place.table, (one.delegate, other.delegate), interpreter)

    def _is_right(self, small: Problem, held: list[Meeting], touched: set[ParticipantId]) -> bool:
        return not violations(small, Schedule(tuple(held))) and self._is_comfortable(held, touched)

    def _is_comfortable(self, held: list[Meeting], touched: set[ParticipantId]) -> bool:
        """Whether nobody who is touched waits too long, and the breaks of all are near each other."""
        rules, position, candidates = self.problem.rules, self.vacancies.position, self.vacancies.candidates
        rows = [Row.of(i, candidates[one.id], one, position[one.slot]) for i, one in enumerate(held)]
        attendance = Attendance(self.problem, rows)
        waits = {one: list(attendance.waits(attendance.busy.get(one, set()))) for one in touched}
        if rules.max_idle_slots is not None:
            for own in waits.values():
                if any(sum(n for of, n in own if of == day) > rules.max_idle_slots for day, _ in own):
                    return False
        if rules.max_break_spread is None:
            return True
        others = [count for one, count in self.vacancies.breaks.items() if one not in touched]
        breaks = [*map(len, waits.values()), *others]
        return max(breaks) - min(breaks) <= rules.max_break_spread
