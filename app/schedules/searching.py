"""Searching for a timetable in a process of its own, which may be killed and has a limit of memory."""

import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from app.clock import seconds
from app.errors import Unfinished
from app.jobs import Released, Stop
from app.schedules.protocol import OUT_OF_MEMORY, STOP, Answer, Message, Order, received, send
from app.schedules.solving import at_hand
from scheduler import Progress

LISTEN_SECONDS = 0.2
STOP_SECONDS = 0.4
"""How long a child that was told to stop may take to say why the rest is not held; then what it told is the answer."""
WRITE_SECONDS = 120.0
"""How long it may take for that when its time is over."""
TRACE_BYTES = 8000
MEMORY_WORDS = (
    "bad_alloc",
    "MemoryError",
    "out of memory",
    "Cannot allocate memory",
    "Buffer allocation failed",
    "Resource temporarily unavailable",
    "failed to map segment",
)

TOO_SMALL = (
    "The search needs more memory than the {megabytes} MB that it may use; those who run the service can allow it more"
    " (RONDE_SOLVER_MEMORY_MB)."
)
ENDED = "The search ended by itself before there was an answer; start it again, and tell those who run the service."
ENDLESS = "The search did not come to an end in its time; start it again, and tell those who run the service."
STOPPED = "The search was stopped before there was a timetable."

Stopping = Callable[[], Stop | None]


def free_cores() -> int:
    """Return how many cores a search uses: all that this process may use, but one for the web."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


def search(order: Order, megabytes: int, tell: Callable[[Progress], None], stop: Stopping) -> Answer:
    """Return what a child finds. When told, it stops with its best.

    Raises Released when the job goes on elsewhere; Unfinished when the child died, or was stopped empty-handed.
    """
    deadline = seconds() + order.limits.seconds + WRITE_SECONDS
    is_stopped = False
    best = Progress(0.0)
    with Child(megabytes) as child:
        child.send(order)
        while True:
            match child.message(min(LISTEN_SECONDS, max(0.0, deadline - seconds()))):
                case Progress() as progress:
                    best = progress if progress.schedule else best
                    tell(progress)
                case None if child.has_ended and not is_stopped:
                    raise _died(child, megabytes)
                case None:
                    pass
                case Order():
                    raise AssertionError("a child gives no orders")
                case answer:
                    return answer
            why = stop()
            if why in (Stop.SHUTDOWN, Stop.OVERTAKEN):
                raise Released
            if why is Stop.CANCELLED and not is_stopped:
                is_stopped, deadline = True, min(deadline, seconds() + STOP_SECONDS)
                child.stop()
            if child.has_ended or seconds() > deadline:
                if best.schedule is not None and best.schedule.meetings:
                    return at_hand(order.problem, best)
                raise Unfinished(STOPPED if is_stopped else ENDLESS)


def _died(child: "Child", megabytes: int) -> Unfinished:
    status, trace = child.end()
    is_too_small = status == OUT_OF_MEMORY or any(word in trace for word in MEMORY_WORDS)
    error = Unfinished(TOO_SMALL, megabytes=megabytes) if is_too_small else Unfinished(ENDED)
    error.__cause__ = RuntimeError(f"the child ended with {status}\n{trace}")
    return error


class Child:
    """The process that searches. As a context: it does not outlive the block."""

    def __init__(self, megabytes: int) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  it is closed with the block
        self._process = subprocess.Popen(  # noqa: S603  this very program, and a number
            [sys.executable, "-m", "app.schedules.child", str(megabytes << 20)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=Path(__file__).resolve().parents[2],
            env=_environment(),
        )
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="news of a search", daemon=True)
        self.has_ended = False

    def __enter__(self) -> "Child":
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        self._errors.close()

    def send(self, order: Order) -> None:
        """Give the order; a child that is dead already is noticed when it is listened to."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            send(self._process.stdin, order)

    def stop(self) -> None:
        """Ask for the best so far."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(STOP)
            self._process.stdin.flush()

    def message(self, within: float) -> Message | None:
        """Return what the child says next; None when it has nothing to say for so many seconds, or no more."""
        try:
            said = self._messages.get(timeout=within)
        except queue.Empty:
            return None
        self.has_ended = said is None
        return said

    def end(self) -> tuple[int, str]:
        """Kill the child unless it ends by itself; return its exit status and its last words."""
        if not self.has_ended:
            self._process.kill()
        status = self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - TRACE_BYTES))
        return status, self._errors.read().decode(errors="replace")

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while (message := received(self._process.stdout)) is not None:
            self._messages.put(message)
        self._messages.put(None)


def _environment() -> dict[str, str]:
    """The child needs no secret of the service, and no threads for matrices: each would take memory for itself."""
    kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR", "HOME", "NUMBA_CACHE_DIR")
    own = {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return {name: os.environ[name] for name in kept if name in os.environ} | own
