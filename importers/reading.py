"""Reads workbooks in a child process with limits, and gives back what they say."""

import contextlib
import io
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from importers.faults import Faults
from importers.protocol import LENGTH, News, Request
from importers.rows import CellError, Reading, ReadOptions

MEMORY = 512 << 20
PROCESSOR_SECONDS = 20
WALL_SECONDS = 120.0
_LONGEST_MESSAGE = 512 << 20

Progress = Callable[[News], None]


class ReaderCrashedError(RuntimeError):
    """The child process failed while no foreign file was open: a fault of ours, with its traceback."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one child: a reading, or the file over which it ended and how."""

    reading: Reading | None
    file: str
    code: str
    trace: str


def read_workbooks(
    paths: Sequence[Path], options: ReadOptions | None = None, progress: Progress | None = None
) -> Reading:
    """Read workbooks and event files (.toml) together. Whatever is wrong with a file is in the reading's errors.

    `progress` is told now and then which row of which sheet was read. Raises ReaderCrashedError for a fault of ours.
    """
    options = options or ReadOptions()
    left = [path.absolute() for path in paths if path.suffix.lower() != ".toml"]
    events = tuple(path.absolute() for path in paths if path.suffix.lower() == ".toml")
    faults = Faults(options.lang, over_http=options.over_http)
    while True:
        outcome = _run(Request(tuple(left), events, options, MEMORY, PROCESSOR_SECONDS), progress)
        if outcome.reading is not None:
            return replace(outcome.reading, errors=(*faults.found, *outcome.reading.errors))
        broken = Path(outcome.file)
        if broken not in left and outcome.code == "file-too-demanding":
            return Reading(errors=(*faults.found, *_too_demanding(left, options.lang)))
        if broken not in left:
            raise ReaderCrashedError(outcome.trace)
        left.remove(broken)
        faults.add(outcome.code, sheet=broken.name)


def _too_demanding(paths: Sequence[Path], lang: str) -> tuple[CellError, ...]:
    faults = Faults(lang)
    for path in paths:
        faults.add("file-too-demanding", sheet=path.name)
    return faults.found


def _run(request: Request, progress: Progress | None) -> _Outcome:
    """One child from start to end; it is killed when it takes too long."""
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [sys.executable, "-m", "importers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=Path(__file__).parent.parent,
            env=_environment(),
        ) as child,
    ):
        timer = threading.Timer(WALL_SECONDS, child.kill)
        timer.start()
        try:
            file, reading = _talk(child, request, progress)
        finally:
            timer.cancel()
            child.kill()
        errors.seek(0)
        trace = errors.read().decode(errors="replace")
        is_limit = child.wait() < 0 or "MemoryError" in trace
        return _Outcome(reading, file, "file-too-demanding" if is_limit else "file-broken", trace)


def _environment() -> dict[str, str]:
    """Nothing secret reaches the process that opens foreign files."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR") if name in os.environ}
    return kept | {"PYTHONUTF8": "1", "LANG": "C.UTF-8"}


def _talk(child: "subprocess.Popen[bytes]", request: Request, progress: Progress | None) -> tuple[str, Reading | None]:
    """Ask, then listen until the reading comes or the child ends; with the file that was open then."""
    file = ""
    if child.stdin is None or child.stdout is None:
        return file, None
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(pickle.dumps(request))
        child.stdin.close()
    while (message := _message(child.stdout)) is not None:
        if isinstance(message, Reading):
            return file, message
        file = message.file
        if progress and message.row:
            progress(message)
    return file, None


def _message(stream: IO[bytes]) -> News | Reading | None:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > _LONGEST_MESSAGE:
        return None
    body = stream.read(length)
    if len(body) < length:
        return None
    message = _Plain(io.BytesIO(body)).load()
    return message if isinstance(message, News | Reading) else None


class _Plain(pickle.Unpickler):
    """Makes only what a reading is made of: the child has opened foreign files and is not trusted with more."""

    def find_class(self, module: str, name: str) -> type:
        if module == "importers.rows" or (module, name) in _NAMES:
            found = getattr(sys.modules[module], name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading.")


_NAMES = frozenset({("datetime", "date"), ("datetime", "time"), ("importers.protocol", "News")})
