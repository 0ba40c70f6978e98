"""Why a problem is infeasible: a smallest set of its rules that cannot hold together, by path and in words."""

from collections.abc import Callable, Iterable, Sequence

from scheduler.explaining.counting import Argument, arguments
from scheduler.explaining.relaxing import REQUIRED, Part, may_fill_gaps, parts_of, relaxed
from scheduler.explaining.ruling import ruling
from scheduler.problem import Problem
from scheduler.schedule import Conflict

Oracle = Callable[[Problem], bool | None]
"""Whether a problem has a schedule; None where the time did not suffice to tell."""

MOST_NAMED = 12  # single rules that a conflict names; more of one kind are named as a group
MOST_QUESTIONS = 120  # to the oracle, to make one group smaller


def conflict_of(problem: Problem, can_be: Oracle, is_over: Callable[[], bool] = lambda: False) -> Conflict:
    """A minimal conflict of an infeasible problem; once `is_over` says so, what was not left out by then stays.

    Counting arguments come first, because they can be told; else rules are left out one by one, groups before single
    ones (the deletion filter of Chinneck and Dravnieks, 1991; within a group QuickXplain, Junker, 2004).
    """
    argument = next(arguments(problem), None)
    if argument is not None and argument.parts:
        return Conflict(argument.sentence, _paths(argument.parts), is_minimal=True)
    search = _Search(problem, can_be, is_over, _focus(problem, argument))
    parts = search.minimal()
    sentence = argument.sentence if argument is not None else ruling(problem, parts)
    return Conflict(sentence, _paths(parts), is_minimal=search.has_shown_minimal(parts))


def _focus(problem: Problem, argument: Argument | None) -> list[Part]:
    """All rules, but of meetings and participants only those that an argument is about, or that must be held."""
    parts = parts_of(problem)
    if argument is not None:
        meetings = argument.meetings
    elif may_fill_gaps(problem.rules):
        return parts
    else:
        meetings = frozenset(m for m, one in enumerate(problem.meetings) if one.required)
    sides = {side for m in meetings for side in problem.meetings[m].between}
    people = {p for p, one in enumerate(problem.participants) if one.id in sides}

    def concerns_them(part: Part) -> bool:
        return part.index is None or part.index in (meetings if part.group.startswith("meetings") else people)

    return [part for part in parts if concerns_them(part)]


def _paths(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.path for part in parts))


class _Search:
    """Leaves out rules as long as the others are in conflict; `is_sure` until a question was not answered.

    `focus` are the rules to begin with, which are in conflict. A group that stays a group stands for those of them.
    """

    def __init__(self, problem: Problem, can_be: Oracle, is_over: Callable[[], bool], focus: Sequence[Part]) -> None:
        self.problem = problem
        self.can_be = can_be
        self.is_over = is_over
        self.focus = focus
        self.is_sure = True
        self.questions = 0

    def minimal(self) -> list[Part]:
        """Rules in conflict of which none can be left out; a group whose conflict has many members stays a group."""
        groups: dict[str, list[Part]] = {}
        for part in self.focus:
            groups.setdefault(part.group, []).append(part)
        for name in [name for name in groups if name != REQUIRED]:
            if self._can_be_left_out(_all(groups, without=name)):
                del groups[name]
        for name in sorted(groups, key=lambda name: name != REQUIRED):
            groups[name] = self._narrowed(groups, name)
        return _all(groups)

    def has_shown_minimal(self, parts: Sequence[Part]) -> bool:
        """Whether every question was answered; of groups, also with all members that they have in the problem.

        Those that are not in focus may be in conflict, too, without one of the parts.
        """
        every = parts_of(self.problem)
        whole = {part.group for part in parts if part.index is None}
        if self.is_sure and not {part for part in every if part.group in whole} <= set(self.focus):
            self.questions = 0
            try:
                without = ([one for one in parts if one != part] for part in parts)
                is_minimal = not any(self._are_in_conflict(others, every) for others in without)
            except (_TooManyError, _OverError):
                return False
            return self.is_sure and is_minimal
        return self.is_sure

    def _narrowed(self, groups: dict[str, list[Part]], name: str) -> list[Part]:
        """The members of a group that are needed, or the group by its name if they are many."""
        members, others = groups[name], _all(groups, without=name)
        if members[0].index is None:
            return members
        self.questions = 0
        try:
            needed = self._needed(others, self._without_idle_blocks(others, members), is_changed=False)
        except (_TooManyError, _OverError):
            return [Part(name)]
        return needed if len(needed) <= MOST_NAMED else [Part(name)]

    def _without_idle_blocks(self, others: list[Part], members: list[Part]) -> list[Part]:
        """The members without those that can be left out many at a time. A block that cannot has one that is needed."""
        if len(members) <= MOST_NAMED:
            return members
        blocks = [members[k :: MOST_NAMED + 1] for k in range(MOST_NAMED + 1)]
        kept = list(blocks)
        for block in blocks:
            rest = [part for other in kept if other is not block for part in other]
            if self._are_in_conflict([*others, *rest]):
                kept.remove(block)
        if len(kept) > MOST_NAMED:
            raise _TooManyError
        return [part for block in kept for part in block]

    def _needed(self, given: list[Part], members: list[Part], *, is_changed: bool) -> list[Part]:
        if is_changed and self._are_in_conflict(given):
            return []
        if len(members) <= 1:
            return members
        half = len(members) // 2
        first, second = members[:half], members[half:]
        late = self._needed([*given, *first], second, is_changed=True)
        early = self._needed([*given, *late], first, is_changed=bool(late))
        return [*early, *late]

    def _can_be_left_out(self, others: list[Part]) -> bool:
        try:
            return self._are_in_conflict(others)
        except _OverError:
            return False

    def _are_in_conflict(self, parts: list[Part], members: Sequence[Part] | None = None) -> bool:
        """`members` are what a group stands for."""
        if self.is_over():  # before the problem is made anew, which takes seconds where it is large
            self.is_sure = False
            raise _OverError
        self.questions += 1
        if self.questions > MOST_QUESTIONS:
            raise _TooManyError
        whole = {part.group for part in parts if part.index is None}
        single = [part for part in members or self.focus if part.group in whole]
        answer = self.can_be(relaxed(self.problem, [*parts, *single]))
        self.is_sure = self.is_sure and answer is not None
        return answer is False


class _TooManyError(Exception):
    """The members of a group that are in conflict are more than can be found one by one."""


class _OverError(Exception):
    """There is no time left to ask."""


def _all(groups: dict[str, list[Part]], without: str | None = None) -> list[Part]:
    return [part for name, members in groups.items() if name != without for part in members]
