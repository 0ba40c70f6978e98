"""How long numbering a problem took: what other steps will take is told in multiples of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from scheduler.numbers.numbering import Numbered, numbered
from scheduler.patience import nothing_collected
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Timed:
    """A problem in numbers; `seconds` are those of a clock."""

    numbers: Numbered
    seconds: float

    @staticmethod
    def of(problem: Problem, clock: Callable[[], float]) -> "Timed":
        begin = clock()
        with nothing_collected():
            numbers = numbered(problem)
        return Timed(numbers, clock() - begin)

    @property
    def seconds_each(self) -> float:
        """For one candidate."""
        return self.seconds / max(1, self.numbers.meeting_count)

    def with_objective_of(self, problem: Problem) -> "Timed":
        """The same for a problem that differs in its objective alone, of which the numbers know nothing."""
        return Timed(replace(self.numbers, problem=problem), self.seconds)
