"""How long a step may go on: until the time is over or somebody says stop; and how it is spared needless work."""

import gc
import threading
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


class _Collector:
    """The collector of cycles, which is one for all threads: it is back when the last of them is done without it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._was_enabled = False

    def leave(self) -> None:
        with self._lock:
            if self._count == 0:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self._count += 1

    def come_back(self) -> None:
        with self._lock:
            self._count -= 1
            if self._count == 0 and self._was_enabled:
                gc.enable()


_collector = _Collector()


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Without the collector of cycles, of which the steps make none: it takes a third of the time of large events."""
    _collector.leave()
    try:
        yield
    finally:
        _collector.come_back()
