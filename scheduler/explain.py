"""Why a meeting is not held, in words, and the nearest place where it could be. Reasons are defined in reasons.py."""

from collections.abc import Callable, Collection

from scheduler.explaining.board import Board, Stand, bits
from scheduler.explaining.gains import Gains
from scheduler.explaining.nearest import Nearest
from scheduler.explaining.room import Room
from scheduler.explaining.sentences import sentence
from scheduler.patience import nothing_collected
from scheduler.problem import MeetingId, Problem, Rules
from scheduler.schedule import NotHeld, Reason, Schedule, Status

MOST_TEXTS = 20_000
_STAGES = (Reason.NO_COMMON_SLOT, Reason.NO_INTERPRETER, Reason.NO_TABLE, Reason.ORDER, Reason.RULE)


def explained(
    problem: Problem,
    schedule: Schedule,
    status: Status,
    previous: Schedule | None = None,
    *,
    only: Collection[MeetingId] | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[NotHeld, ...]:
    """A row for every meeting that a valid schedule leaves out, or for some of them.

    All rows have text and nearest place unless there are more than 20,000. Once `is_over` says so there are no more
    nearest places, and of what could be held at once it is said that the time ran out.
    """
    held = {meeting.id for meeting in schedule.meetings}
    left_out = [one.id for one in problem.meetings if one.id not in held and (only is None or one.id in only)]
    if not left_out:
        return ()
    with nothing_collected():
        explanation = Explanation(problem, schedule, status, previous, is_over)
        return tuple(explanation.row(one, is_brief=len(left_out) > MOST_TEXTS) for one in left_out)


class Explanation:
    """What can be said of the meetings that a schedule leaves out."""

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        status: Status,
        previous: Schedule | None = None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self.problem = problem
        self.status = status
        self.is_over = is_over
        self.board = Board(problem, schedule)
        self.nearest: Nearest | None = None
        self.gains = Gains(self.board, previous, is_over)
        self.has_rules = problem.rules != Rules()
        self.said_of_all = _said_of_all(status)
        self.room = Room(self.board)

    def row(self, name: MeetingId, *, is_brief: bool = False) -> NotHeld:
        m = self.board.meeting[name]
        if is_brief:
            return NotHeld(name, self._brief_reason(m))
        reason, stuck = self._reason(m)
        has_none = reason is Reason.PARTICIPANT_FULL or self.status is Status.INFEASIBLE
        place = None if has_none or self.is_over() else self._nearest().place(m)
        return NotHeld(name, reason, sentence(self.board, m, reason, self.status, stuck), place)

    def _nearest(self) -> Nearest:
        if self.nearest is None:
            self.nearest = Nearest(self.board)
        return self.nearest

    def _reason(self, m: int) -> tuple[Reason, list[int]]:
        """The reason, and the slots in which only it stands in the way."""
        first, second = self.board.sides[m]
        if self.room.full[first] or self.room.full[second]:
            return Reason.PARTICIPANT_FULL, []
        furthest, stuck = 0, list[int]()
        for t in bits(self.room.free[first] & self.room.free[second] & self.board.allowed(m)):
            obstacle = self.board.obstacle(m, t)
            if isinstance(obstacle, Stand):
                return self._last_reason(m), [t]
            stage = _STAGES.index(obstacle)
            stuck = [*stuck, t] if stage == furthest else stuck if stage < furthest else [t]
            furthest = max(stage, furthest)
        return _STAGES[furthest], stuck

    def _brief_reason(self, m: int) -> Reason:
        """The reason alone. Only the rules of `rules` need a look at slot after slot."""
        reason = self.room.reason(m)
        if reason is not None:
            return reason
        return self._reason(m)[0] if self.has_rules else self._last_reason(m)

    def _last_reason(self, m: int) -> Reason:
        """Of a meeting that could be held at once: would that be worse, or was there no time to do it?"""
        return self.said_of_all or (Reason.OUTWEIGHED if self.gains.is_worse(m) else Reason.TIME_RAN_OUT)


def _said_of_all(status: Status) -> Reason | None:
    """What a status says of every meeting that could be held at once; None where each has to be looked at."""
    if status in (Status.OPTIMAL, Status.INFEASIBLE):
        return Reason.OUTWEIGHED
    return Reason.TIME_RAN_OUT if status is Status.UNKNOWN else None
