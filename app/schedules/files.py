"""Problems and schedules as files: what `ronde solve`, `ronde check` and `ronde explain` do with them."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.clock import seconds
from app.errors import Fault, Faulty
from scheduler import (
    DEFAULT_OBJECTIVE,
    REPAIR_OBJECTIVE,
    FaultsError,
    Limits,
    Meeting,
    NotHeld,
    Problem,
    Progress,
    Result,
    Status,
    Term,
    explained,
    false_claims,
    problem_from_json,
    result_from_json,
    result_to_json,
    solve,
    violations,
)

T = TypeVar("T")

EXIT_STATUS = {Status.OPTIMAL: 0, Status.FEASIBLE: 0, Status.INFEASIBLE: 3, Status.UNKNOWN: 4}
HAS_SCHEDULE = (Status.OPTIMAL, Status.FEASIBLE)
LARGEST_FILE = 512 * 1024 * 1024
"""Bytes; a problem of a million meetings with every field takes two fifths of it."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to solve, where the answer goes, from which schedule to start, and how long to search."""

    problem: Path
    out: Path
    previous: Path | None = None
    seconds: float = 60
    workers: int | None = None
    seed: int = 1


def solve_file(
    search: Search,
    *,
    watch: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """Solve a problem and write the answer. Raises Faulty where a file cannot be used, before any time is spent."""
    problem, _, before = _read_files(search.problem, None, search.previous)
    if Term.CHANGES in problem.objective and before is None:
        path = f"objective[{problem.objective.index(Term.CHANGES)}]"
        raise _faulty([f"{path}: Changes are counted against the schedule before; name it with --from."])
    if not _is_writable(search.out):
        raise _faulty([f"{search.out}: A file cannot be written there."])
    if search.out.exists() and search.out.samefile(search.problem):
        raise _faulty([f"{search.out}: The answer would take the place of the problem; name another file."])
    previous = before.schedule if before is not None else None
    limits = Limits(search.seconds, search.workers, search.seed)
    result = solve(problem, limits, clock=seconds, previous=previous, watch=watch, should_stop=should_stop)
    _write(search.out, result_to_json(result))
    return result


def faults_of_files(problem_file: Path, schedule_file: Path, previous_file: Path | None = None) -> list[str]:
    """Every hard rule that a schedule breaks, and all that its file says and is not so, a line for each."""
    problem, result, before = _read_files(problem_file, schedule_file, previous_file)
    assert result is not None
    previous = before.schedule if before is not None else None
    broken = violations(problem, result.schedule)
    return [*map(str, broken), *map(str, false_claims(problem, result, previous, broken=broken))]


def explain_files(problem_file: Path, schedule_file: Path, meetings: Sequence[str]) -> list[str]:
    """For each meeting named whether it is held, or why not and where it could be, in sentences."""
    problem, result, _ = _read_files(problem_file, schedule_file, None)
    assert result is not None
    known = {str(one.id): one.id for one in problem.meetings}
    unknown = [f"There is no meeting {name}." for name in meetings if name not in known]
    if unknown:
        raise _faulty(unknown)
    if result.status in HAS_SCHEDULE and violations(problem, result.schedule):
        raise _faulty([f"{schedule_file}: The schedule breaks rules of the problem; `ronde check` says which."])
    held = {row.id: _held(row) for row in result.schedule.meetings}
    rows = explained(problem, result.schedule, result.status, only={known[name] for name in meetings})
    said = held | {row.id: _not_held(row) for row in rows}
    return [f"{name}: {said[known[name]]}" for name in meetings]


def _held(row: Meeting) -> str:
    return f"It is held in {row.slot}{_at(row.table)}."


def _not_held(row: NotHeld) -> str:
    said = f"{row.text} ({row.reason})"
    if row.nearest is None:
        return said
    moves = " and ".join(f"{move.id} moves to {move.slot}{_at(move.table)}" for move in row.nearest.moves)
    return f"{said} Nearest place: {row.nearest.slot}{_at(row.nearest.table)}{f', if {moves}' if moves else ''}."


def _at(table: str | None) -> str:
    return " online" if table is None else f" at {table}"


def _read_files(
    problem_file: Path, schedule_file: Path | None, previous_file: Path | None
) -> tuple[Problem, Result | None, Result | None]:
    """What the files hold, or in one answer all that keeps them from being read.

    A problem that names no objective is a repair where there is a schedule before, as an answer to it says by its
    bound on the changes.
    """
    wrong: list[str] = []
    schedule = _read(schedule_file, result_from_json, wrong, f"{schedule_file}: ")
    previous = _read(previous_file, result_from_json, wrong, f"{previous_file}: ")
    is_repair = previous is not None if schedule is None else Term.CHANGES in schedule.bounds
    objective = REPAIR_OBJECTIVE if is_repair else DEFAULT_OBJECTIVE
    lines: list[str] = []
    problem = _read(problem_file, lambda text: problem_from_json(text, objective=objective), lines, "")
    if lines or wrong or problem is None:
        raise _faulty([*lines, *wrong])
    return problem, schedule, previous


def _read(file: Path | None, reading: Callable[[bytes], T], lines: list[str], prefix: str) -> T | None:
    if file is None:
        return None
    try:
        with file.open("rb") as opened:
            text = opened.read(LARGEST_FILE + 1)
        if len(text) > LARGEST_FILE:
            lines.append(f"{file}: The file has more than {LARGEST_FILE // 1024**2} megabytes.")
            return None
        return reading(text)
    except OSError as error:
        lines.append(f"{file}: The file cannot be read: {error.strerror}.")
    except FaultsError as error:
        lines += [f"{prefix}{fault}" for fault in error.faults]
    return None


def _is_writable(out: Path) -> bool:
    return os.access(out if _is_stream(out) else out.resolve().parent, os.W_OK) and not out.is_dir()


def _is_stream(out: Path) -> bool:
    """Whether what stands there is a terminal, a pipe or a device: it is written to, and nothing takes its place."""
    return out.exists() and not out.is_file() and not out.is_dir()


def _write(out: Path, text: str) -> None:
    """Put a whole file in its place, or leave what was there; a link stays one, to the new file."""
    try:
        if _is_stream(out):
            out.write_text(text, encoding="utf-8")
        else:
            _replace(out.resolve(), text)
    except OSError as error:
        raise _faulty([f"{out}: The file cannot be written: {error.strerror}."]) from error


def _replace(out: Path, text: str) -> None:
    unfinished = out.with_name(f".{out.name}.part")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _faulty(lines: Iterable[str]) -> Faulty:
    return Faulty("The files cannot be used.", [Fault("file", line) for line in lines])
