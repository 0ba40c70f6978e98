"""Reading a version of the timetable as a report."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas import judged
from app.agendas.press import Told
from app.agendas.queries import Agendas, UnmetWish, has_minimums, meeting_minutes, unmet_wishes
from app.agendas.report import counting
from app.agendas.report.gridding import Time, grid_of
from app.agendas.report.outlook import Given, known_outlook
from app.agendas.report.parts import Change, FullOne, Outlook, Proof, Recommendation, Report, Unmet
from app.matching.queries import key_of
from app.schedules.keys import participant_id, slot_id, table_id
from app.schedules.queries import schedule_of
from scheduler import Problem, problem_from_json

NAMED = (Change.CEILINGS, Change.DELEGATE)


def report_of(session: Session, version: models.Version, agendas: Agendas, clock: Callable[[], float] | None) -> Report:
    """Return the report of a version. With a clock, what changes would bring is computed, for some seconds."""
    event = session.get_one(models.Event, version.event_id)
    problem = problem_from_json(version.problem.encode())
    pairs, wishes = counting.pairs_of(agendas), _wishes(session, event)
    times = _times(event, agendas)
    numbers = counting.numbered_by_day([(time.starts_at, time.day) for time in times])
    parties = [(pair.first.party, pair.second.party) for pair in pairs]
    days = [time.day for time in times]
    countries = {agenda.party.country for agenda in agendas.organisations if agenda.party.country}
    unmet, proof = unmet_wishes(session, version), judged.proof_of(session, version)
    return Report(
        event=event.name,
        venue=event.venue,
        time_zone=event.time_zone,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        version=version.number,
        is_published=version.published_at is not None,
        changed_at=agendas.edition.changed_at,
        told=Told(len(agendas.organisations), len(countries), len(pairs), meeting_minutes(event)),
        comers=counting.comers_of(agendas),
        held=counting.held_of(pairs),
        wishes=counting.tallies_of(wishes, (frozenset((a.key, b.key)) for a, b in parties)),
        meetings=counting.spread_of(len(agenda.entries) for agenda in agendas.organisations),
        by_kind=counting.spreads_by_kind(agendas),
        waiting=counting.waiting_of(agendas, numbers),
        walking=counting.walking_of(agendas, numbers),
        grid=grid_of(times, agendas.tables, pairs, _closed(event, agendas, times, problem)),
        countries=counting.flows_between((a.country, b.country) for a, b in parties),
        kinds=counting.flows_between((a.kind, b.kind) for a, b in parties),
        proof=_proof(proof, () if has_minimums(session, event) else ("shortfall",)),
        unmet=_by_reason(unmet),
        full=_full(unmet, agendas),
        outlook=_outlook(session, version, problem, agendas, wishes, clock) if clock else None,
    )


def _wishes(session: Session, event: models.Event) -> list[counting.Wished]:
    """The wishes of those who still come for others who do; refusals are no wishes."""
    gone = select(models.Organisation.id).where(
        models.Organisation.event_id == event.id, models.Organisation.is_withdrawn.is_(True)
    )
    rows = session.scalars(
        select(models.Wish).where(
            models.Wish.event_id == event.id,
            models.Wish.refuses.is_(False),
            models.Wish.source_id.not_in(gone),
            models.Wish.target_id.not_in(gone),
        )
    )
    return [counting.Wished(row.source_id, row.target_id, row.rank, row.stars) for row in rows]


def _times(event: models.Event, agendas: Agendas) -> list[Time]:
    """The slots there are, and those that were withdrawn while the version holds meetings in them."""
    used = {entry.starts_at for agenda in agendas.organisations for entry in agenda.entries}
    rows = [slot for slot in event.slots if not slot.is_withdrawn or slot.starts_at in used]
    times = {slot.starts_at: Time(slot.starts_at, slot.ends_at, slot.day) for slot in rows}
    return [times[start] for start in sorted(times)]


def _closed(event: models.Event, agendas: Agendas, times: Sequence[Time], problem: Problem) -> list[tuple[int, int]]:
    """The slots and tables, by number in the report, of which the problem says that they cannot be used together."""
    shut = {table.id: table.unavailable for table in problem.tables}
    slots = {slot.starts_at: slot_id(slot.id) for slot in event.slots}
    keys = {table.name: table_id(table.id) for table in event.tables}
    return [
        (column, row)
        for row, table in enumerate(agendas.tables)
        for column, time in enumerate(times)
        if slots[time.starts_at] in shut.get(keys[table.name], ())
    ]


def _proof(found: judged.Proof, without: Sequence[str]) -> tuple[Proof, ...]:
    """The terms that the plan was made for, in their order; others were not minded and have no bound."""
    return tuple(
        Proof(term, reached, found.bounds.get(term), term in found.proved)
        for term, reached in found.score.items()
        if (term in found.bounds or term in found.proved) and term not in without
    )


def _by_reason(wishes: Sequence[UnmetWish]) -> tuple[Unmet, ...]:
    groups: dict[str, list[UnmetWish]] = defaultdict(list)
    for wish in wishes:
        groups[wish.reason].append(wish)
    found = [Unmet(reason, tuple(those)) for reason, those in groups.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.wishes), one.reason)))


def _full(wishes: Sequence[UnmetWish], agendas: Agendas) -> tuple[FullOne, ...]:
    """Who is full and costs somebody a wish, those who cost the most first."""
    costs: dict[tuple[str, int | None], int] = defaultdict(int)
    for wish in wishes:
        if wish.full is not None:
            costs[wish.full.organisation, wish.full.ceiling] += 1
    counts = {agenda.party.name: len(agenda.entries) for agenda in agendas.organisations}
    found = [FullOne(name, counts.get(name, 0), ceiling, count) for (name, ceiling), count in costs.items()]
    return tuple(sorted(found, key=lambda one: (-one.unmet, one.organisation.casefold())))


def _outlook(
    session: Session,
    version: models.Version,
    problem: Problem,
    agendas: Agendas,
    wishes: Sequence[counting.Wished],
    clock: Callable[[], float],
) -> Outlook:
    held = schedule_of(session, version, problem)
    pairs = tuple(frozenset((participant_id(one.source), participant_id(one.target))) for one in wishes)
    is_proved = "value" in judged.proof_of(session, version).proved
    found = known_outlook(Given(problem, held, pairs, is_proved), clock)
    names = {agenda.party.key: agenda.party.name for agenda in agendas.organisations}
    return replace(found, recommendations=tuple(_with_names(one, names) for one in found.recommendations))


def _with_names(one: Recommendation, names: Mapping[int, str]) -> Recommendation:
    """Name the organisations that a recommendation concerns."""
    if one.change not in NAMED:
        return one
    return replace(one, about=tuple(names[key_of(name)] for name in one.about if key_of(name) in names))
