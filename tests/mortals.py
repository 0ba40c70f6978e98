"""Processes that are killed on the way. A warm parent forks one for each death, so that hundreds of them cost little.

A module with a `main` that calls `live_and_die` is such a parent; `mortal` starts it and asks for one death after the
other, in words that the module understands.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event

ROOT = Path(__file__).resolve().parents[1]
WRITES = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")


def live_and_die(live: Callable[[str], int]) -> None:
    """For each line on standard input fork a child that lives as it says, and answer how that ended."""
    _say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(live(line.strip()))
        _, status = os.waitpid(child, 0)
        _say("killed" if os.WIFSIGNALED(status) else f"ended {os.WEXITSTATUS(status)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def searching_for(process: int) -> list[int]:
    """The processes that search a timetable for this one."""
    said = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(process)], capture_output=True, text=True)
    return [int(line.split()[0]) for line in said.stdout.splitlines() if "app.schedules.child" in line]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(seconds: float) -> None:
    threading.Timer(seconds, die).start()


def on_each_write(engine: Engine, tell: Callable[[str], None]) -> None:
    """Tell the kind of each statement that writes, and of each commit, before it is done; `over` follows a commit."""

    def statement(*given: object) -> None:
        written = str(given[2])
        if written.startswith(WRITES):
            tell(" ".join(written.split()[: 1 if written.startswith(("SAVEPOINT", "RELEASE")) else 3]))

    has_committed = False

    def commit(*_given: object) -> None:
        nonlocal has_committed
        has_committed = True
        tell("COMMIT")

    def checkin(*_given: object) -> None:
        nonlocal has_committed
        if has_committed:
            has_committed = False
            tell("over")

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    event.listen(engine, "checkin", checkin)


def die_at_write(engine: Engine, number: int) -> None:
    """Die before the n-th statement that writes; commits and what follows them count too."""
    left = number

    def count(_kind: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            die()

    on_each_write(engine, count)


def first_middle_last(kinds: list[str]) -> list[int]:
    """Of the writes that were told, counted from 1, the first, the middle and the last one of each kind."""
    chosen = set()
    for kind in set(kinds):
        of_kind = [number for number, one in enumerate(kinds, 1) if one == kind]
        chosen |= {of_kind[0], of_kind[len(of_kind) // 2], of_kind[-1]}
    return sorted(chosen | {number for number, kind in enumerate(kinds, 1) if kind in ("COMMIT", "over")})


class Mortal:
    """The parent, as the test sees it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ends(self, how: str) -> str:
        """Let a child live as said; return how it ended: `killed`, or `ended` and its status."""
        assert self._process.stdin is not None
        self._process.stdin.write(how + "\n")
        self._process.stdin.flush()
        return self.said()

    def said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def mortal(module: str, *arguments: str) -> Iterator[Mortal]:
    """Start a parent: `python -m MODULE ARGUMENTS`."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            made = Mortal(process)
            assert made.said() == "ready"
            yield made
        finally:
            process.kill()
