"""How long a step may go on: until the time is over or somebody says stop; and how it is spared needless work."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """`deadline` is in the seconds of `clock`."""

    clock: Callable[[], float]
    deadline: float
    should_stop: Callable[[], bool] | None = None

    @property
    def is_over(self) -> bool:
        return self.clock() >= self.deadline or (self.should_stop is not None and self.should_stop())

    def seconds_left(self) -> float:
        return 0.0 if self.is_over else max(0.0, self.deadline - self.clock())


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Without the collector of cycles, of which the steps make none: it takes a third of the time of large events."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
