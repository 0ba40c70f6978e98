"""What the child that searches says: news while it does, each best timetable with them, then one answer."""

import io
from dataclasses import replace
from threading import Event, Lock, Thread
from typing import IO

from app.errors import Infeasible, Unfinished
from app.schedules.protocol import Answer, NoTimetable, Order, received, send
from app.schedules.solving import solve_judged
from scheduler import Progress, Result, Schedule, Status

TELL_SECONDS = 0.2


class _Speaker:
    """Says one thing at a time, a timetable once, and nothing after the answer."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._lock, self._told_at = out, Lock(), 0.0
        self._newest = Progress(0.0)
        self._told: Schedule | None = None
        self._is_done = False

    def tell(self, progress: Progress) -> None:
        self._newest = progress
        if progress.seconds - self._told_at >= TELL_SECONDS:
            self.tell_newest()

    def tell_newest(self) -> None:
        with self._lock:
            if self._is_done:
                return
            newest = self._newest
            is_told = newest.schedule is self._told
            send(self._out, replace(newest, schedule=None) if is_told else newest)
            self._told, self._told_at = newest.schedule, newest.seconds

    def answer(self, answer: Answer | None) -> None:
        """Say the answer; None: the child ends without a word."""
        with self._lock:
            self._is_done = True
            if answer is not None:
                send(self._out, answer)


def answer_one(written: bytes, stopping: Event, out: IO[bytes]) -> None:
    """Take an order and answer it. Stopped without a meeting at hand, it ends without an answer."""
    order = received(io.BytesIO(written))
    assert isinstance(order, Order)
    speaker = _Speaker(out)
    Thread(target=_tell_before_the_end, args=(stopping, speaker), daemon=True).start()
    answer = _found(order, stopping, speaker)
    is_empty = isinstance(answer, Result) and not answer.schedule.meetings
    speaker.answer(None if is_empty and stopping.is_set() else answer)


def _found(order: Order, stopping: Event, speaker: _Speaker) -> Answer:
    try:
        return solve_judged(
            order.problem,
            order.limits,
            previous=order.previous,
            watch=speaker.tell,
            should_stop=stopping.is_set,
            lang=order.lang,
        )
    except Infeasible as why:
        return NoTimetable(Status.INFEASIBLE, str(why), why.paths)
    except Unfinished as why:
        return NoTimetable(Status.UNKNOWN, str(why))


def _tell_before_the_end(stopping: Event, speaker: _Speaker) -> None:
    """The answer of a large search may take longer than who stopped it waits: what came last must be known there."""
    stopping.wait()
    speaker.tell_newest()
