"""Versions of the timetable: the list, one with its meetings, what differs between two, a new draft from another."""

from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import Field
from sqlalchemy import select

from app import audit, models
from app.errors import NotFound
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.schedules.api.shapes import (
    DiffAnswer,
    MeetingAnswer,
    VersionAnswer,
    VersionWithMeetings,
    diff_answer,
    meetings_of,
    version_answer,
    version_answers,
    version_tag,
)
from app.schedules.copying import copy
from app.schedules.differences import differences
from app.schedules.keeping import version_of
from app.web.fields import SMALL, Body, Id, Ordinal
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}/versions", tags=["versions"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Whole = Annotated[bool, Query(alias="meetings", description="Whether the meetings are told too.")]


class CopyBody(Body):
    """Which version the new draft begins as."""

    base: int = Field(alias="from", strict=True, ge=1, le=SMALL, description="Its number.", examples=[3])


@router.get("")
def list_versions(event: ToRead, session: Db, paging: Paging) -> Page[VersionAnswer]:
    """Drafts and published timetables, in one numbering."""
    mine = select(models.Version).where(models.Version.event_id == event.id)
    rows, after = paged(session, mine, paging, models.Version.number)
    return Page[VersionAnswer](items=version_answers(session, rows), next=after)


@router.post("", status_code=201)
def copy_version(
    body: CopyBody, event: ToEdit, caller: Editor, session: Db, now: Now, response: Response
) -> VersionAnswer:
    """A new draft that begins as another version stands: so a published timetable is changed."""
    made = copy(session, version_of(session, event, body.base), now)
    audit.record(
        session, caller.name, "copy-version", event_id=event.id, subject=f"version:{made.number}", now=now,
        after={"base": body.base},
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/events/{event.slug}/versions/{made.number}"
    response.headers["ETag"] = version_tag(made)
    return version_answer(session, made)


@router.get("/{number}")
def read_version(
    number: Ordinal, event: ToRead, session: Db, response: Response, is_whole: Whole = True
) -> VersionWithMeetings:
    """A version with its meetings. A large one is better read in pages, from `…/meetings`."""
    version = version_of(session, event, number)
    response.headers["ETag"] = version_tag(version)
    told = version_answer(session, version)
    return VersionWithMeetings(**dict(told), meetings=meetings_of(session, version) if is_whole else [])


@router.get("/{number}/meetings")
def list_meetings(number: Ordinal, event: ToRead, session: Db, paging: Paging) -> Page[MeetingAnswer]:
    """The meetings that a version holds, each with the tag that a change of it names."""
    version = version_of(session, event, number)
    mine = select(models.Meeting).where(models.Meeting.version_id == version.id)
    rows, after = paged(session, mine, paging, models.Meeting.identity_id)
    return Page[MeetingAnswer](items=meetings_of(session, version, [row.identity_id for row in rows]), next=after)


@router.get("/{number}/meetings/{meeting}")
def read_meeting(number: Ordinal, meeting: Id, event: ToRead, session: Db, response: Response) -> MeetingAnswer:
    """A meeting of a version."""
    version = version_of(session, event, number)
    found = meetings_of(session, version, [meeting])
    if not found:
        raise NotFound("Version {number} has no meeting {meeting}.", number=number, meeting=meeting)
    response.headers["ETag"] = found[0].etag
    return found[0]


@router.get("/{number}/diff/{other}")
def read_diff(number: Ordinal, other: Ordinal, event: ToRead, session: Db) -> DiffAnswer:
    """What would change for whom if the other version came after this one."""
    before, after = version_of(session, event, number), version_of(session, event, other)
    return diff_answer(session, number, other, differences(session, before, after))
