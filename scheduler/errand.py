"""A search that is left to itself when its time is over, in whichever of its steps it is: what it has then counts."""

import threading
from collections.abc import Callable
from types import TracebackType

POLL_SECONDS = 0.02


class LeftError(Exception):
    """Ends a search that nobody waits for any more."""


class Errand:
    """Work in a thread of its own, which is seen to its end or left."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._thread = threading.Thread(target=self._run, name="search", daemon=True)
        self._error: BaseException | None = None
        self._is_left = False

    def is_done_within(self, is_over: Callable[[], bool], grace: float) -> bool:
        """Whether the work came to its end by itself, `grace` seconds after `is_over` said so at the latest.

        What it raises is raised here.
        """
        self._thread.start()
        while self._thread.is_alive() and not is_over():
            self._thread.join(POLL_SECONDS)
        self._thread.join(grace)
        self._is_left = self._thread.is_alive()
        if self._error is not None and not self._is_left:
            raise self._error
        return not self._is_left

    def is_left(self) -> bool:
        """For the work to ask: whether nobody waits for it. In its own thread this ends it."""
        if self._is_left and threading.current_thread() is self._thread:
            raise LeftError
        return self._is_left

    def _run(self) -> None:
        with self:
            self._work()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Whatever the work raises is kept for whom waits for it."""
        self._error = error
        return True
