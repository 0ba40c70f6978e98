"""Relaxing a problem: the same meetings with only some of its rules in force, so that rules can be tried one by one."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scheduler.problem import Candidate, Delegate, DelegateId, Participant, Problem, Rules, Slot, SlotId, Table

REQUIRED = "meetings[*].required"
DELEGATES = "participants[*].delegates"


@dataclass(frozen=True, slots=True)
class Part:
    """A rule of the problem: a group of rules by its path, or of a group the one with this index."""

    group: str
    index: int | None = None

    @property
    def path(self) -> str:
        return self.group if self.index is None else self.group.replace("*", str(self.index))


def parts_of(problem: Problem) -> list[Part]:
    """Every single rule that restricts something; those by which people know an event come last.

    What each means when it is not in force: nobody needs an interpreter, everybody meets without a table, delegates
    are as many as it takes and always there, and there are more slots, each on a day of its own.
    """
    rules, meetings = problem.rules, problem.meetings
    found = [Part(f"rules.{name}") for name in Rules.__slots__ if getattr(rules, name) is not None]
    fields: list[tuple[str, Callable[[Candidate], bool]]] = [
        ("languages", lambda one: one.languages is not None),
        ("fixed_table", lambda one: one.fixed_table is not None),
        ("after", lambda one: bool(one.after)),
        ("delegates", lambda one: one.delegates is not None),
        ("fixed_slot", lambda one: one.fixed_slot is not None),
        ("slots", lambda one: one.slots is not None),
    ]
    for name, is_used in fields:
        found += [Part(f"meetings[*].{name}", m) for m, one in enumerate(meetings) if is_used(one)]
    found += [Part("interpreters")] if any(one.languages is not None for one in meetings) else []
    everybody = list(enumerate(problem.participants))
    found += [Part("participants[*].home_table", p) for p, one in everybody if one.home_tables]
    found += [Part("participants[*].max_meetings", p) for p, one in everybody if one.max_meetings is not None]
    found += [Part("tables"), *(Part(DELEGATES, p) for p, _ in everybody), Part("slots")]
    return [*found, *(Part(REQUIRED, m) for m, one in enumerate(meetings) if one.required)]


def relaxed(problem: Problem, kept: Iterable[Part]) -> Problem:
    """The problem with only these rules in force, without an objective and without meetings that cannot matter."""
    force = frozenset(kept)
    rules = Rules(**{name: getattr(problem.rules, name) for name in Rules.__slots__ if Part(f"rules.{name}") in force})
    required = sorted(part.index for part in force if part.group == REQUIRED and part.index is not None)
    numbers = range(len(problem.meetings)) if may_fill_gaps(rules) else required
    names = {problem.meetings[m].id for m in numbers}
    meetings = tuple(_meeting(problem.meetings[m], m, force) for m in numbers)
    meetings = tuple(replace(one, after=tuple(name for name in one.after if name in names)) for one in meetings)
    counts = Counter(side for one in meetings for side in one.between)
    participants = tuple(
        _participant(one, p, force, counts[one.id])
        for p, one in enumerate(problem.participants)
        if counts[one.id] or rules.max_break_spread is not None  # who meets nobody has no break either
    )
    tables, slots = problem.tables, problem.slots
    hosts = frozenset(one.id for one in participants if one.home_tables)
    if Part("tables") not in force:
        tables = tuple(Table(one.id) for one in tables)
        meetings = tuple(one if _is_at_home(one, hosts) else replace(one, online=True) for one in meetings)
    if Part("slots") not in force:
        slots = (*slots, *_more_slots(problem, meetings, hosts))
    return replace(
        problem,
        slots=slots,
        tables=tables,
        participants=participants,
        meetings=meetings,
        rules=rules,
        objective=(),
    )


def may_fill_gaps(rules: Rules) -> bool:
    """Whether meetings that need not be held can matter for those that must, since they make somebody wait less."""
    return rules.max_idle_slots is not None or rules.max_break_spread is not None


def _meeting(one: Candidate, m: int, force: frozenset[Part]) -> Candidate:
    """A meeting with those of its rules that are in force."""

    def holds(name: str) -> bool:
        return Part(f"meetings[*].{name}", m) in force

    return replace(
        one,
        required=holds("required"),
        slots=one.slots if holds("slots") else None,
        fixed_slot=one.fixed_slot if holds("fixed_slot") else None,
        fixed_table=one.fixed_table if holds("fixed_table") else None,
        after=one.after if holds("after") else (),
        delegates=one.delegates if holds("delegates") else None,
        languages=one.languages if holds("languages") and Part("interpreters") in force else None,
    )


def _participant(one: Participant, p: int, force: frozenset[Part], meeting_count: int) -> Participant:
    """A participant with those of their rules that are in force; without them enough delegates who are always there."""
    delegates = one.delegates
    if Part(DELEGATES, p) not in force:
        names = {delegate.id for delegate in delegates}
        more = [DelegateId(f"{one.id}+{k}") for k in range(meeting_count + len(names))]
        fresh = [name for name in more if name not in names][:meeting_count]
        delegates = tuple(Delegate(name) for name in (*(delegate.id for delegate in delegates), *fresh))
    return replace(
        one,
        delegates=delegates,
        min_meetings=0,
        max_meetings=one.max_meetings if Part("participants[*].max_meetings", p) in force else None,
        home_tables=one.home_tables if Part("participants[*].home_table", p) in force else (),
    )


def _is_at_home(one: Candidate, hosts: frozenset[str]) -> bool:
    return one.fixed_table is not None or not hosts.isdisjoint(one.between)


def _more_slots(problem: Problem, meetings: tuple[Candidate, ...], hosts: frozenset[str]) -> list[Slot]:
    """As many more slots as any way of adding meeting after meeting could need."""
    busiest = max(Counter(side for one in meetings for side in one.between).values(), default=0)
    levels = 1 + sum(bool(one.after) for one in meetings)
    alone = sum(one.languages is not None or _is_at_home(one, hosts) for one in meetings)
    fewest = max(1, min((sum(s.id not in t.unavailable for t in problem.tables) for s in problem.slots), default=1))
    count = min(len(meetings), 2 * busiest * levels + alone + -(-len(meetings) // fewest))
    taken = {slot.id for slot in problem.slots} | {slot.day for slot in problem.slots}
    names = (f"+{k}" for k in range(count + len(taken)))
    return [Slot(SlotId(name), name) for name in names if name not in taken][:count]
