"""Cost against work: 1, 2, 4 and 8 times L, with a plan by priority beside it, as a table and a picture.

`python -m benchmarks.scaling [--times 1 2 4 8]` writes docs/scaling.svg. A plan by priority is what a careful person
does by hand: the most wanted meeting first, each in the first slot in which both sides and a table are free.
"""

import argparse
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.convention import Measured, measured
from benchmarks.conventions import SIZES, convention, multiplied
from scheduler import Problem

PICTURE = Path(__file__).parents[1] / "docs" / "scaling.svg"
FORMAT = "{:>5}{:>12}{:>12}{:>8}{:>9}{:>7}{:>15}{:>15}"
HEAD = ("x L", "candidates", "held", "lacking", "CPU s", "MB", "value/greedy", "idle/greedy")
WIDTH, HEIGHT, EDGE = 560, 300, 60


@dataclass(frozen=True, slots=True)
class Point:
    """One size: how many times L, its candidates, what the engine reached, and what the plan by priority did."""

    times: int
    candidates: int
    found: Measured
    greedy_value: int
    greedy_idle: float


def by_priority(problem: Problem) -> tuple[int, float]:
    """Value of the plan by priority, and idle slots for each participant."""
    slot_ids = [slot.id for slot in problem.slots]
    room = {
        one.id: [sum(s not in who.unavailable for who in one.delegates) for s in slot_ids]
        for one in problem.participants
    }
    left = {
        one.id: len(problem.meetings) if one.max_meetings is None else one.max_meetings for one in problem.participants
    }
    tables = [len(problem.tables)] * len(slot_ids)
    busy: dict[str, set[int]] = {one.id: set() for one in problem.participants}
    value = 0
    for meeting in sorted(problem.meetings, key=lambda one: -one.value):
        a, b = meeting.between
        if not (left[a] and left[b]):
            continue
        at = next((t for t, free in enumerate(tables) if free and room[a][t] and room[b][t]), None)
        if at is None:
            continue
        value += meeting.value
        tables[at] -= 1
        for side in (a, b):
            room[side][at] -= 1
            left[side] -= 1
            busy[side].add(at)
    return value, _idle(problem, busy) / len(problem.participants)


def _idle(problem: Problem, busy: dict[str, set[int]]) -> int:
    days: dict[str, list[int]] = {}
    for at, slot in enumerate(problem.slots):
        days.setdefault(slot.day, []).append(at)
    total = 0
    for taken in busy.values():
        for day in days.values():
            there = [at for at in day if at in taken]
            total += there[-1] - there[0] + 1 - len(there) if there else 0
    return total


def point(times: int) -> Point:
    problem = convention(multiplied(SIZES["L"], times), 1)
    value, idle = by_priority(problem)
    return Point(times, len(problem.meetings), measured(problem), value, idle)


def picture(points: Sequence[Point]) -> str:
    """Seconds and megabytes over the number of candidates, both axes from zero: a straight line is cost like work."""
    most = max(one.candidates for one in points)
    seconds = [(one.candidates / most, one.found.cpu_seconds) for one in points]
    megabytes = [(one.candidates / most, float(one.found.peak_megabytes)) for one in points]
    labels = "".join(
        f'<text x="{EDGE + one.candidates / most * (WIDTH - 2 * EDGE):.0f}" y="{HEIGHT - EDGE + 20}" '
        f'text-anchor="middle">{one.times} × L</text>'
        for one in points
    )
    frame = f"M{EDGE},{EDGE // 2}V{HEIGHT - EDGE}H{WIDTH - EDGE}V{EDGE // 2}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12">'
        f"<title>Processor seconds and memory against the size of the convention</title>"
        f'<path d="{frame}" fill="none" stroke="#555"/>{labels}'
        f"{_curve(seconds, 'CPU s', 'start', EDGE + 8)}"
        f"{_curve(megabytes, 'MB', 'end', WIDTH - EDGE - 8, is_dashed=True)}</svg>\n"
    )


def _curve(points: Sequence[tuple[float, float]], unit: str, anchor: str, at: int, *, is_dashed: bool = False) -> str:
    """A line with dots, or a dashed one with squares, its axis on the side of its legend."""
    top = max(height for _, height in points)
    places = [(EDGE + x * (WIDTH - 2 * EDGE), HEIGHT - EDGE - y / top * (HEIGHT - 1.5 * EDGE)) for x, y in points]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
    dashes = ' stroke-dasharray="7 5"' if is_dashed else ""
    marks = "".join(
        f'<rect x="{x - 4:.0f}" y="{y - 4:.0f}" width="8" height="8"/>'
        if is_dashed
        else f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/>'
        for x, y in places
    )
    values = "".join(
        f'<text x="{EDGE - 8 if anchor == "start" else WIDTH - EDGE + 8}" y="{y + 4:.0f}" '
        f'text-anchor="{"end" if anchor == "start" else "start"}">{height:.0f}</text>'
        for (_, y), (_, height) in zip(places, points, strict=True)
    )
    name = f"{'■, dashed' if is_dashed else '●, drawn through'}: {unit}"
    legend = f'<text x="{at}" y="{EDGE // 2 - 8}" text-anchor="{anchor}">{name}</text>'
    return f'<polyline points="{line}" fill="none" stroke="#222" stroke-width="2"{dashes}/>{marks}{values}{legend}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4, 8])
    given = parser.parse_args()
    print(FORMAT.format(*HEAD))
    points = []
    for times in given.times:
        with multiprocessing.get_context("spawn").Pool(1) as alone:  # a process each: its memory is its own
            points.append(one := alone.apply(point, (times,)))
        row = (
            times,
            one.candidates,
            one.found.held,
            f"{1 - one.found.value / one.found.bound:.2%}",
            f"{one.found.cpu_seconds:.1f}",
            one.found.peak_megabytes,
            f"{one.found.value / one.greedy_value:.3f}",
            f"{one.found.idle / one.greedy_idle:.3f}",
        )
        print(FORMAT.format(*row), flush=True)
    PICTURE.write_text(picture(points), encoding="utf-8")


if __name__ == "__main__":
    main()
