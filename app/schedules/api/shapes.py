"""What is told of versions and their meetings."""

from datetime import datetime
from typing import Literal

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models
from app.schedules.differences import Difference, Kind, Spot
from app.schedules.holding import Held, held_meetings
from app.schedules.refusing import Told
from app.web.etags import etag_of, tag_of
from app.web.fields import Answer


class NamedAnswer(Answer):
    """Something of the event."""

    id: int
    name: str


class MeetingFacts(Answer):
    """A meeting of a version. `id` is its own across all versions; organisations and delegates are in one order."""

    id: int
    organisations: list[NamedAnswer]
    delegates: list[NamedAnswer]
    slot: int
    starts_at: datetime
    minutes: int
    table: NamedAnswer | None
    interpreter: NamedAnswer | None
    languages: list[str]
    value: int
    is_pinned: bool
    forced: list[str] = Field(description="The rules that were broken on purpose where it is.")


class MeetingAnswer(MeetingFacts):
    """A meeting, and the tag that a change of it names in If-Match."""

    etag: str


class BaseAnswer(Answer):
    """The version, as it stood at a revision, from which another was made."""

    number: int
    revision: int


class VersionAnswer(Answer):
    """A version of the timetable. `revision` grows with each edit."""

    number: int
    state: Literal["draft", "published"]
    created_at: datetime
    published_at: datetime | None
    base: BaseAnswer | None
    revision: int
    meetings_count: int
    pinned_organisations: list[int]
    pinned_tables: list[int]
    can_undo: bool
    can_redo: bool
    status: str = Field(description="How the search ended that made it: optimal or feasible. Edited since: feasible.")
    score: dict[str, int] = Field(description="How good the search found it; empty when it was edited since.")
    bounds: dict[str, int] = Field(description="How good it could be at best; empty when it was edited since.")
    proved: list[str] = Field(description="Which figures are proved to be the best; none when it was edited since.")
    seconds: float
    engine: str
    etag: str


class VersionWithMeetings(VersionAnswer):
    """A version with all of its meetings."""

    meetings: list[MeetingAnswer]


class ViolationAnswer(Answer):
    """A rule that is broken on purpose."""

    rule: str
    sentence: str
    meetings: list[int]
    can_be_forced: bool


class EditAnswer(Answer):
    """What an edit made of its meetings, and of the draft. `violations` are those that were broken on purpose."""

    meetings: list[MeetingAnswer]
    removed: list[int] = Field(default_factory=list, description="Meetings that are no longer held.")
    violations: list[ViolationAnswer] = Field(default_factory=list)
    version: VersionAnswer


class SpotAnswer(Answer):
    """Where a meeting is in a version, and who attends, by id."""

    slot: int
    table: int | None
    interpreter: int | None
    delegates: list[int]


class DifferenceAnswer(Answer):
    """A meeting that is not the same in both versions; null: that version does not hold it."""

    meeting: int
    organisations: list[int]
    kind: Kind
    before: SpotAnswer | None
    after: SpotAnswer | None


class ConcernedAnswer(Answer):
    """A delegate whose agenda changes, and by which meetings."""

    delegate: int
    organisation: int
    changes: dict[int, Kind] = Field(description="What happens to each meeting, by its id, for this delegate.")


class DiffAnswer(Answer):
    """What differs between two versions, and whom that concerns: nobody else's agenda changes."""

    before: int | None = Field(description="The number of the earlier version; null: nothing was published before.")
    after: int
    meetings: list[DifferenceAnswer]
    organisations: list[int]
    delegates: list[ConcernedAnswer]


def version_tag(version: models.Version) -> str:
    """Return the tag of a version: another one after each edit, and when it is published."""
    return tag_of("version", version.id, version.revision, "draft" if version.published_at is None else "published")


def meeting_answer(held: Held) -> MeetingAnswer:
    facts = MeetingFacts(
        id=held.id,
        organisations=[NamedAnswer(id=one.id, name=one.name) for one in held.organisations],
        delegates=[NamedAnswer(id=one.id, name=one.name) for one in held.delegates],
        slot=held.slot,
        starts_at=held.starts_at,
        minutes=held.minutes,
        table=None if held.table is None else NamedAnswer(id=held.table.id, name=held.table.name),
        interpreter=None
        if held.interpreter is None
        else NamedAnswer(id=held.interpreter.id, name=held.interpreter.name),
        languages=list(held.languages),
        value=held.value,
        is_pinned=held.is_pinned,
        forced=list(held.forced),
    )
    return MeetingAnswer(**dict(facts), etag=etag_of(facts))


def meetings_of(session: Session, version: models.Version, keys: list[int] | None = None) -> list[MeetingAnswer]:
    return [meeting_answer(held) for held in held_meetings(session, version, keys)]


def version_answers(session: Session, versions: list[models.Version]) -> list[VersionAnswer]:
    """Return versions as they are told, with as many questions for many as for one."""
    keys = [one.id for one in versions]
    meeting, pin, edit = models.Meeting, models.Pin, models.Edit
    counting = select(meeting.version_id, func.count()).where(meeting.version_id.in_(keys)).group_by(meeting.version_id)
    counts = {row[0]: row[1] for row in session.execute(counting)}
    pins = session.scalars(select(pin).where(pin.version_id.in_(keys)).order_by(pin.id)).all()
    editing = select(edit.version_id, edit.is_undone).where(edit.version_id.in_(keys)).distinct()
    edits = {(row.version_id, row.is_undone) for row in session.execute(editing)}
    return [
        VersionAnswer(
            number=one.number,
            state="draft" if one.published_at is None else "published",
            created_at=one.created_at,
            published_at=one.published_at,
            base=None
            if one.base_number is None
            else BaseAnswer(number=one.base_number, revision=one.base_revision or 0),
            revision=one.revision,
            meetings_count=counts.get(one.id, 0),
            pinned_organisations=[p.organisation_id for p in pins if p.version_id == one.id and p.organisation_id],
            pinned_tables=[p.table_id for p in pins if p.version_id == one.id and p.table_id],
            can_undo=one.published_at is None and (one.id, False) in edits,
            can_redo=one.published_at is None and (one.id, True) in edits,
            status="feasible" if (one.id, False) in edits else one.status,
            score={} if (one.id, False) in edits else one.score,
            bounds={} if (one.id, False) in edits else one.bounds,
            proved=[] if (one.id, False) in edits else one.proved,
            seconds=one.seconds,
            engine=one.engine,
            etag=version_tag(one),
        )
        for one in versions
    ]


def version_answer(session: Session, version: models.Version) -> VersionAnswer:
    return version_answers(session, [version])[0]


def violation_answers(told: tuple[Told, ...]) -> list[ViolationAnswer]:
    return [
        ViolationAnswer(
            rule=one.rule, sentence=one.sentence, meetings=list(one.meetings), can_be_forced=one.can_be_forced
        )
        for one in told
    ]


def diff_answer(session: Session, before: int | None, after: int, found: tuple[Difference, ...]) -> DiffAnswer:
    concerned: dict[int, dict[int, Kind]] = {}
    for one in found:
        for delegate in one.delegates:
            concerned.setdefault(delegate, {})[one.meeting] = one.seen_by(delegate)
    belongs = _organisation_of(session, list(concerned))
    return DiffAnswer(
        before=before,
        after=after,
        meetings=[
            DifferenceAnswer(
                meeting=one.meeting,
                organisations=list(one.organisations),
                kind=one.kind,
                before=spot_answer(one.before),
                after=spot_answer(one.after),
            )
            for one in found
        ],
        organisations=sorted({key for one in found for key in one.organisations}),
        delegates=[
            ConcernedAnswer(delegate=key, organisation=belongs[key], changes=changes)
            for key, changes in sorted(concerned.items())
        ],
    )


def spot_answer(spot: Spot | None) -> SpotAnswer | None:
    if spot is None:
        return None
    return SpotAnswer(slot=spot.slot, table=spot.table, interpreter=spot.interpreter, delegates=list(spot.delegates))


def _organisation_of(session: Session, delegates: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for first in range(0, len(delegates), 500):
        part = delegates[first : first + 500]
        rows = session.execute(
            select(models.Delegate.id, models.Delegate.organisation_id).where(models.Delegate.id.in_(part))
        )
        found |= {row.id: row.organisation_id for row in rows}
    return found
