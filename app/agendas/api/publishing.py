"""Publishing a version: it is frozen, and it is told exactly whose agenda changes."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Response
from pydantic import Field

from app import audit, models
from app.agendas.published import last_published
from app.agendas.publishing import publish
from app.agendas.telling import Notified, tell_publication
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.schedules.api.shapes import DiffAnswer, VersionAnswer, diff_answer, version_answer, version_tag
from app.schedules.differences import by_delegate
from app.schedules.keeping import held_version
from app.web.etags import IfMatch, matched
from app.web.fields import Answer, Ordinal
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}/versions", tags=["versions"])

ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]


class MessagesAnswer(Answer):
    """Who is written to: exactly those whose agenda this changes, and of these who has an address."""

    invited: int = Field(description="Delegates who get their link: their first message.", examples=[148])
    informed: int = Field(description="Delegates who read what changed.", examples=[0])
    without_address: int = Field(description="Delegates whose agenda changed and who have no e-mail.", examples=[2])
    list: str = Field(
        description="Where these messages and what becomes of them are listed.",
        examples=["/api/v1/events/convention/messages?since=2026-06-01T12%3A00%3A00%2B00%3A00"],
    )


class PublicationAnswer(Answer):
    """The version as it is now for ever, what it changes against the one in force before, and who is told."""

    version: VersionAnswer
    diff: DiffAnswer
    messages: MessagesAnswer


@router.post("/{number}/publish")
def publish_version(
    number: Ordinal, event: ToEdit, caller: Editor, tags: IfMatch, session: Db, now: Now, response: Response
) -> PublicationAnswer:
    """Freeze a version. A second time is 409. If-Match names the draft."""
    version = held_version(session, event, number)
    if version.published_at is None:
        matched(tags, version_tag(version), takes_any=False)
    before = last_published(session, event.id)
    changed = publish(session, version, now)
    told = tell_publication(session, version, before, by_delegate(changed), now)
    audit.record(
        session, caller.name, "publish-version", event_id=event.id, subject=f"version:{number}", now=now,
        after={"revision": version.revision, "changes": len(changed), "messages": told.invited + told.informed},
    )  # fmt: skip
    response.headers["ETag"] = version_tag(version)
    diff = diff_answer(session, before.number if before else None, number, changed)
    return PublicationAnswer(version=version_answer(session, version), diff=diff, messages=_messages(event, told, now))


def _messages(event: models.Event, told: Notified, now: datetime) -> MessagesAnswer:
    since = urlencode({"since": now.isoformat()})
    return MessagesAnswer(
        invited=told.invited,
        informed=told.informed,
        without_address=told.without_address,
        list=f"/api/v1/events/{event.slug}/messages?{since}",
    )
