"""How long the engine may think, with how many workers, and what it tells while it does."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scheduler.problem import Term
from scheduler.schedule import Schedule

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limits:
    """Wall-clock seconds for the whole of `solve`; `workers` None means one for each core."""

    seconds: float = 60
    workers: int | None = None
    seed: int = 1

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known so far; `score` is None until there is a schedule.

    `schedule` is the best that is at hand, and `figures` is its score; `score` may be that of a better one, which a
    search has yet to hand over.
    """

    seconds: float
    score: Mapping[Term, int] | None = None
    bounds: Mapping[Term, int] = field(default_factory=dict)
    schedule: Schedule | None = None
    figures: Mapping[Term, int] = field(default_factory=dict)
