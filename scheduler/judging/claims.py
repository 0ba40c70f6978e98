"""What an answer says of itself, held against its schedule: figures, proofs, lists, reasons, conflict."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scheduler.check import Violation, score, violations
from scheduler.faults import Fault, quoted
from scheduler.judging.places import Places
from scheduler.judging.reasons import Vacancies
from scheduler.problem import MeetingId, Problem, Term
from scheduler.schedule import Reason, Result, Schedule, Status

_HAS_SCHEDULE = (Status.OPTIMAL, Status.FEASIBLE)
_FIELDS: Mapping[str, str] = {
    "slots": "id start minutes day session",
    "tables": "id unavailable",
    "participants": "id kind delegates min_meetings max_meetings home_table",
    "interpreters": "id languages unavailable",
    "meetings": "id between value required slots fixed_slot fixed_table after delegates languages online",
    "rules": "max_break_spread max_consecutive max_idle_slots",
    "objective": "",
}
_PATH = re.compile(r"(?P<list>\w+)(\[(?P<index>\d+|\*)\])?(\.(?P<field>\w+)(\[(\d+|\*)\]|\.\w+)*)?")


def false_claims(
    problem: Problem,
    result: Result,
    previous: Schedule | None = None,
    *,
    broken: Sequence[Violation] | None = None,
) -> list[Fault]:
    """Everything that the answer says and that is not so, or does not say and should.

    Hard rules are the matter of `violations`; whoever has asked for them already gives them as `broken`.
    """
    broken = violations(problem, result.schedule) if broken is None else broken
    return [
        *_of_the_status(problem, result),
        *_of_the_lists(problem, result),
        *_of_the_score(problem, result, score(problem, result.schedule, previous)),
        *_of_the_bounds(problem, result),
        *_of_the_reasons(problem, result, broken),
    ]


def _of_the_status(problem: Problem, result: Result) -> Iterator[Fault]:
    if result.problem != problem.name:
        yield Fault("problem", f"The answer is for {quoted(result.problem)}, the problem is {quoted(problem.name)}.")
    if result.status not in _HAS_SCHEDULE and result.schedule.meetings:
        yield Fault("meetings", f"An answer that is {result.status} holds no meetings.")
    if result.seconds < 0:
        yield Fault("seconds", "Nothing takes less than no time.")
    if (result.status is Status.INFEASIBLE) != (result.conflict is not None):
        said = "must say which rules are in conflict" if result.conflict is None else "has no conflict"
        yield Fault("conflict", f"An answer that is {result.status} {said}.")
    for i, path in enumerate(result.conflict.paths if result.conflict is not None else ()):
        if not is_path(problem, path):
            yield Fault(f"conflict.paths[{i}]", f"The problem has no {quoted(path)}.")
    if result.conflict is not None and not result.conflict.paths:
        yield Fault("conflict.paths", "A conflict is between rules, and none is named.")


def is_path(problem: Problem, path: str) -> bool:
    """Whether a JSON path leads to something that the problem has, or a group of it: `meetings[*].required`."""
    match = _PATH.fullmatch(path)
    if match is None or match["list"] not in _FIELDS:
        return False
    parts: Sequence[object] | None = None if match["list"] == "rules" else getattr(problem, match["list"])
    if match["index"] is not None and (parts is None or (match["index"] != "*" and int(match["index"]) >= len(parts))):
        return False
    return match["field"] is None or match["field"] in _FIELDS[match["list"]].split()


def _of_the_lists(problem: Problem, result: Result) -> Iterator[Fault]:
    """Every meeting is held or not held, once, in the order of the problem."""
    order = {meeting.id: i for i, meeting in enumerate(problem.meetings)}
    seen: set[MeetingId] = set()
    for name, ids in (
        ("meetings", [meeting.id for meeting in result.schedule.meetings]),
        ("not_held", [row.id for row in result.not_held]),
    ):
        last = -1
        for i, one in enumerate(ids):
            if name == "not_held" and one not in order:
                yield Fault(f"{name}[{i}].id", f"The problem has no meeting {quoted(one)}.")
            elif name == "not_held" and one in seen:
                yield Fault(f"{name}[{i}].id", f"Meeting {quoted(one)} has its place in the answer already.")
            elif order.get(one, last) < last:
                yield Fault(f"{name}[{i}].id", f"Meeting {quoted(one)} is not in the order of the problem.")
            seen.add(one)
            last = max(last, order.get(one, last))
    for meeting in problem.meetings:
        if meeting.id not in seen:
            yield Fault("not_held", f"Meeting {quoted(meeting.id)} is neither held nor named as not held.")


def _of_the_score(problem: Problem, result: Result, counted: Mapping[Term, int]) -> Iterator[Fault]:
    for term, figure in result.score.items():
        if term not in counted:
            yield Fault(f"score.{term}", "Changes are counted against the schedule before; name it with --from.")
        elif figure != counted[term]:
            yield Fault(f"score.{term}", f"The file says {figure}; the schedule has {counted[term]}.")
    for term in problem.objective if result.status in _HAS_SCHEDULE else ():
        if term not in result.score:
            yield Fault(f"score.{term}", "The term is in the objective and has no figure.")


def _of_the_bounds(problem: Problem, result: Result) -> Iterator[Fault]:
    """A bound is at least as good as the score; the proved terms are those that reach it; optimal means all of them."""
    if result.status not in _HAS_SCHEDULE:
        if result.proved:
            yield Fault("proved", f"An answer that is {result.status} proves no term.")
        return
    reached = tuple(term for term in problem.objective if result.bounds.get(term) == result.score.get(term))
    for term in problem.objective:
        bound, figure = result.bounds.get(term), result.score.get(term)
        if bound is None:
            yield Fault(f"bounds.{term}", "The term is in the objective and has no bound.")
        elif figure is not None and (figure > bound if term.is_maximised else figure < bound):
            yield Fault(f"bounds.{term}", f"The score {figure} is better than its bound {bound}.")
    for term in result.bounds:
        if term not in problem.objective:
            yield Fault(f"bounds.{term}", "The term is not in the objective.")
    if result.proved != reached:
        yield Fault("proved", f"The terms that equal their bound are: {_listed(reached)}.")
    if (result.status is Status.OPTIMAL) != (reached == problem.objective):
        yield Fault("status", f"Optimal means that every term is proved; proved are: {_listed(reached)}.")


def _listed(terms: Iterable[Term]) -> str:
    return ", ".join(terms) or "none"


def _of_the_reasons(problem: Problem, result: Result, broken: Sequence[Violation]) -> Iterator[Fault]:
    """Reasons and places are told of a schedule that breaks no rule; of another one nothing can be said."""
    held = {meeting.id for meeting in result.schedule.meetings}
    if broken and held:
        return
    vacancies = Vacancies(problem, result.schedule)
    places = Places(vacancies, result.schedule.meetings)
    for i, row in enumerate(result.not_held):
        candidate = vacancies.candidates.get(row.id)
        if candidate is None or row.id in held:
            continue
        reason = vacancies.reason(candidate, result.status, problem.objective)
        if reason not in (None, row.reason) or (reason is None and row.reason not in _LAST):
            yield Fault(
                f"not_held[{i}].reason", f"Meeting {quoted(row.id)} is not held because of {reason or _LAST[0]}."
            )
        if row.nearest is not None and not places.is_free(candidate, row.nearest):
            yield Fault(f"not_held[{i}].nearest", f"Meeting {quoted(row.id)} could not be held there by these moves.")


_LAST = (Reason.OUTWEIGHED, Reason.TIME_RAN_OUT)
