"""The rules of a conflict, each in a few words: `m36 comes after m10`."""

from collections.abc import Callable, Iterable, Sequence

from scheduler.explaining.relaxing import REQUIRED, Part
from scheduler.explaining.sentences import counted, listed
from scheduler.faults import quoted
from scheduler.problem import Candidate, Participant, Problem

_MOST_TOLD = 8  # rules that one sentence tells


def ruling(problem: Problem, parts: Sequence[Part]) -> str:
    """A sentence that says which rules cannot hold together."""
    required = [problem.meetings[part.index].id for part in parts if part.group == REQUIRED and part.index is not None]
    told = [_told(problem, part) for part in parts if part.group != REQUIRED]
    more = [f"and {counted(len(told) - _MOST_TOLD, 'rule')} more"] if len(told) > _MOST_TOLD else []
    because = "; ".join([*told[:_MOST_TOLD], *more])
    if not required:
        return f"The required meetings cannot all be held: {because}."
    if len(required) == 1:
        return f"Meeting {quoted(required[0])} is required and cannot be held: {because}."
    return f"Meetings {listed(required)} are required and cannot all be held: {because}."


def _told(problem: Problem, part: Part) -> str:
    field = part.group.rpartition(".")[2]
    if part.group.startswith("rules."):
        return f"{field} is {getattr(problem.rules, field)}"
    if part.group in ("tables", "slots", "interpreters"):
        return f"there {_are(len(getattr(problem, part.group)), part.group[:-1])}"
    if part.index is None:
        return f"{field} of all {part.group.partition('[')[0]}"
    if part.group.startswith("meetings"):
        return _OF_A_MEETING[field](problem.meetings[part.index])
    return _OF_A_PARTICIPANT[field](problem.participants[part.index])


def _are(count: int, noun: str) -> str:
    return f"{'is' if count == 1 else 'are'} {counted(count, noun)}"


_OF_A_MEETING: dict[str, Callable[[Candidate], str]] = {
    "slots": lambda one: f"{quoted(one.id)} may be held only in {_few(one.slots or ())}",
    "fixed_slot": lambda one: f"{quoted(one.id)} is fixed to slot {quoted(one.fixed_slot or '')}",
    "fixed_table": lambda one: f"{quoted(one.id)} is fixed to table {quoted(one.fixed_table or '')}",
    "after": lambda one: f"{quoted(one.id)} comes after {listed(one.after)}",
    "delegates": lambda one: f"{quoted(one.id)} is for certain delegates only",
    "languages": lambda one: f"{quoted(one.id)} needs an interpreter for {listed(one.languages or ())}",
}
_OF_A_PARTICIPANT: dict[str, Callable[[Participant], str]] = {
    "delegates": lambda one: (
        f"{quoted(one.id)} has {counted(len(one.delegates), 'delegate')}, who cannot always come"
        if any(delegate.unavailable for delegate in one.delegates)
        else f"{quoted(one.id)} has {counted(len(one.delegates), 'delegate')}"
    ),
    "max_meetings": lambda one: f"{quoted(one.id)} has {one.max_meetings} meetings at most",
    "home_table": lambda one: f"{quoted(one.id)} is at home at {listed(one.home_tables)}",
}


def _few(names: Iterable[str]) -> str:
    """Up to five slots by name, more by their number."""
    found = sorted(names, key=lambda name: (len(name), name))
    return listed(found) if 0 < len(found) <= 5 else f"{len(found) or 'no'} slots"
