"""What the child that searches says: news while it does, then one answer, at once when somebody stops it."""

import io
import os
from dataclasses import replace
from threading import Event, Lock, Thread
from typing import IO

from app.errors import Infeasible, Unfinished
from app.schedules.protocol import Answer, NoTimetable, Order, received, send
from app.schedules.solving import at_hand, solve_judged
from scheduler import Progress, Result, Status

TELL_SECONDS = 0.2
STOP_SECONDS = 0.6
"""How long it may take to leave the search and to say why the rest is not held; then what is at hand is the answer."""


class _Speaker:
    """Says one thing at a time, and nothing after the answer."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._lock, self._told_at = out, Lock(), 0.0
        self.newest = Progress(0.0)
        self.is_done = Event()

    def tell(self, progress: Progress) -> None:
        self.newest = progress
        if progress.seconds - self._told_at < TELL_SECONDS:
            return
        self._told_at = progress.seconds
        with self._lock:
            if not self.is_done.is_set():
                send(self._out, replace(progress, schedule=None))

    def answer(self, answer: Answer | None) -> None:
        """Say the answer, unless there was one; None: the child ends without a word."""
        with self._lock:
            if answer is not None and not self.is_done.is_set():
                send(self._out, answer)
            self.is_done.set()


def answer_one(written: bytes, stopping: Event, out: IO[bytes]) -> None:
    """Take an order and answer it. Stopped without a meeting at hand, it ends without an answer."""
    order = received(io.BytesIO(written))
    assert isinstance(order, Order)
    speaker = _Speaker(out)
    Thread(target=_answer_in_time, args=(order, stopping, speaker), daemon=True).start()
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


def _answer_in_time(order: Order, stopping: Event, speaker: _Speaker) -> None:
    """The steps of a large search may take longer than who stopped it wants to wait."""
    stopping.wait()
    if speaker.is_done.wait(STOP_SECONDS):
        return
    newest = speaker.newest
    is_some = newest.schedule is not None and newest.schedule.meetings
    speaker.answer(at_hand(order.problem, newest) if is_some else None)
    os._exit(0)
