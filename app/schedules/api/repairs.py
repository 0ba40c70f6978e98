"""Repairs on the day: what happened is told, the smallest change that mends the timetable is proposed, and applied."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import Depends, Response
from pydantic import Field, model_validator
from sqlalchemy.orm import Session

from app import audit, db, models
from app.config import Settings
from app.errors import Infeasible, Unfinished, Unfit
from app.events.access import detached_event_for, event_for
from app.hosts.access import Caller, Role, may
from app.schedules.api.shapes import SpotAnswer, VersionAnswer, spot_answer, version_answer, version_tag
from app.schedules.conflicts import conflict_in_words
from app.schedules.differences import Kind
from app.schedules.happenings import Happening, What
from app.schedules.protocol import NoTimetable, Order
from app.schedules.repairing import apply, case_of, kept_changes, propose, repair_of, repaired_version
from app.schedules.searching import search
from app.web.addresses import settings_of_request
from app.web.fields import LARGE, SMALL, Answer, Body, Id, Instant
from app.web.languages import Lang
from app.web.routing import Router
from app.web.sessions import Db, Engine_, Now
from scheduler import Limits, Result, Status

router = Router(prefix="/api/v1/events/{slug}/repairs", tags=["repairs"])

ToMend = Annotated[models.Event, Depends(event_for(Role.DESK))]
ToLookAt = Annotated[models.Event, Depends(detached_event_for(Role.DESK))]
Desk = Annotated[Caller, Depends(may(Role.DESK))]
Settings_ = Annotated[Settings, Depends(settings_of_request)]
Key = Annotated[int, Field(strict=True, ge=1, le=LARGE)]
SECONDS = 8.0


class HappeningBody(Body):
    """What happened: somebody left, came after all, is late until, leaves at; a table or an interpreter is lost."""

    what: What = Field(examples=["late"])
    organisation: Key | None = Field(default=None, description="All of its delegates.", examples=[7])
    delegate: Key | None = None
    table: Key | None = None
    interpreter: Key | None = None
    at: Instant | None = Field(
        default=None,
        description="Until when (late), or from when on; null: now.",
        examples=["2026-06-06T15:10:00+02:00"],
    )

    @model_validator(mode="after")
    def _is_about_one(self) -> Self:
        named = [self.organisation, self.delegate, self.table, self.interpreter]
        if sum(one is not None for one in named) != 1:
            raise Unfit("Say one of organisation, delegate, table, interpreter.")
        is_thing = self.table is not None or self.interpreter is not None
        if is_thing != (self.what is What.LOST):
            raise Unfit("A table or an interpreter is lost; people left, came, are late or leave.")
        if self.what in (What.LATE, What.LEAVES) and self.at is None:
            raise Unfit("Say until when somebody is late, or when they leave.")
        return self


class RepairBody(Body):
    """What happened. Slots that have begun are over: nothing in them changes."""

    happened: list[HappeningBody] = Field(min_length=1, max_length=100)
    version: int | None = Field(
        default=None, strict=True, ge=1, le=SMALL, description="The version to mend; null: the one in force."
    )
    now: Instant | None = Field(default=None, description="As of when; null: this moment.")
    seconds: float = Field(default=SECONDS, gt=0, le=30, description="How long to search at most.")


class CostAnswer(Answer):
    """What a repair costs: how many meetings are new, cancelled, moved, at another table, or by other people."""

    new: int
    cancelled: int
    moved: int
    table: int
    people: int
    organisations: list[int]
    delegates: list[int]


class ChangeAnswer(Answer):
    """A meeting that the repair changes."""

    organisations: list[int]
    kind: Kind
    before: SpotAnswer | None
    after: SpotAnswer | None


class RepairAnswer(Answer):
    """A proposal. It holds while nothing changes; applied, it is a draft with the number said."""

    id: int
    version: int
    revision: int
    created_at: datetime
    cost: CostAnswer
    changes: list[ChangeAnswer]
    applied: int | None


@router.post("", status_code=201)
def propose_repair(
    body: RepairBody,
    event: ToLookAt,
    caller: Desk,
    engine: Engine_,
    settings: Settings_,
    session: Db,
    now: Now,
    lang: Lang,
    response: Response,
) -> RepairAnswer:
    """The smallest change that mends the timetable, as a proposal with its cost."""
    happened = [Happening(**dict(one)) for one in body.happened]
    as_of = body.now or now
    with db.reading(engine) as reading:
        here = reading.get_one(models.Event, event.id)
        case = case_of(reading, here, repaired_version(reading, here, body.version), happened, as_of)
    order = Order(case.mending.asked, case.mending.base, Limits(body.seconds, workers=1), lang)
    answer = search(order, settings.solver_memory_mb, lambda _news: None, lambda: None)
    standing = session.get_one(models.Event, event.id)
    repair = propose(session, standing, case, _found(session, standing, order, answer), happened, now)
    audit.record(
        session, caller.name, "propose-repair", event_id=event.id, subject=f"repair:{repair.id}", now=now,
        after={"version": case.base[0]},
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/events/{event.slug}/repairs/{repair.id}"
    return _answer(repair)


def _found(session: Session, event: models.Event, order: Order, answer: Result | NoTimetable) -> Result:
    if isinstance(answer, Result):
        return answer
    if answer.status is Status.INFEASIBLE:
        rules = conflict_in_words(session, event, order.problem, answer.paths, order.lang)
        raise Infeasible(answer.text, answer.paths, rules)
    raise Unfinished(answer.text)


@router.get("/{repair}")
def read_repair(repair: Id, event: ToMend, session: Db) -> RepairAnswer:
    """A proposal as it was made, and the draft that it became if it was applied."""
    return _answer(repair_of(session, event, repair))


@router.post("/{repair}/apply", status_code=201)
def apply_repair(repair: Id, event: ToMend, caller: Desk, session: Db, now: Now, response: Response) -> VersionAnswer:
    """Make exactly what was proposed the new draft. 409 when anything has changed since."""
    version = apply(session, event, repair, now)
    audit.record(
        session, caller.name, "apply-repair", event_id=event.id, subject=f"repair:{repair}", now=now,
        after={"version": version.number},
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/events/{event.slug}/versions/{version.number}"
    response.headers["ETag"] = version_tag(version)
    return version_answer(session, version)


def _answer(repair: models.Repair) -> RepairAnswer:
    cost = {name: repair.cost[name] for name in CostAnswer.model_fields}
    return RepairAnswer(
        id=repair.id,
        version=repair.base_number,
        revision=repair.base_revision,
        created_at=repair.created_at,
        cost=CostAnswer.model_validate(cost),
        changes=[
            ChangeAnswer(
                organisations=list(one.organisations),
                kind=one.kind,
                before=spot_answer(one.before),
                after=spot_answer(one.after),
            )
            for one in kept_changes(repair)
        ],
        applied=repair.applied_number,
    )
