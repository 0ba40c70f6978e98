"""Waiting that no timetable avoids, and waiting while one is there: people who are away for a slot are idle in it."""

from collections import Counter
from functools import cache

from scheduler import Participant, Problem, Schedule

NEVER = 1_000_000


def forced_idle(problem: Problem, schedule: Schedule) -> int:
    """The idle slots that these meetings cost at least, each participant by themselves, whenever they are held."""
    between = {meeting.id: meeting.between for meeting in problem.meetings}
    held = Counter(side for row in schedule.meetings for side in between[row.id])
    days = _days(problem)
    return sum(_least_idle(_free_slots(one, days), len(one.delegates), held[one.id]) for one in problem.participants)


def idle_while_there(problem: Problem, schedule: Schedule) -> int:
    """The idle slots in which the participant could have had a meeting: they wait, and are not away."""
    between = {meeting.id: meeting.between for meeting in problem.meetings}
    busy: dict[str, set[str]] = {one.id: set() for one in problem.participants}
    for row in schedule.meetings:
        for side in between[row.id]:
            busy[side].add(row.slot)
    days = _days(problem)
    return sum(_free_between(one, day, busy[one.id]) for one in problem.participants for day in days)


def _free_between(one: Participant, day: list[str], busy: set[str]) -> int:
    """How many slots of a day between the first and the last busy one are free and not busy."""
    met = [k for k, slot in enumerate(day) if slot in busy]
    if not met:
        return 0
    free = _free_slots(one, [day])[0]
    return sum(free[k] == "1" and day[k] not in busy for k in range(met[0], met[-1]))


def _days(problem: Problem) -> list[list[str]]:
    days: dict[str, list[str]] = {}
    for slot in problem.slots:
        days.setdefault(slot.day, []).append(slot.id)
    return list(days.values())


def _free_slots(one: Participant, days: list[list[str]]) -> tuple[str, ...]:
    """For each day a text of 1 where some delegate is there and 0 where none is."""
    absent = frozenset.intersection(*(delegate.unavailable for delegate in one.delegates))
    return tuple("".join("0" if slot in absent else "1" for slot in day) for day in days)


def _least_idle(days: tuple[str, ...], delegates: int, meetings: int) -> int:
    """Busy slots are spread over the days so that the gaps within them are as few as can be."""
    least = {0: 0}
    for day in days:
        spread: dict[int, int] = {}
        for busy, idle in least.items():
            for more, gaps in _gaps_of_day(day).items():
                spread[busy + more] = min(spread.get(busy + more, NEVER), idle + gaps)
        least = spread
    fewest = -(-meetings // delegates)
    return min((idle for busy, idle in least.items() if fewest <= busy <= meetings), default=0)


@cache
def _gaps_of_day(day: str) -> dict[int, int]:
    """Number of busy slots → fewest idle ones among them; busy is every free slot between a first and a last one."""
    fewest = {0: 0}
    for first, start in enumerate(day):
        for last in range(first, len(day)):
            if start == "1" and day[last] == "1":
                span = day[first : last + 1]
                busy = span.count("1")
                fewest[busy] = min(fewest.get(busy, NEVER), len(span) - busy)
    return fewest
