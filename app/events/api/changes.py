"""What every change by hand of something of an event needs, and what each of them does at its end."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from fastapi import Depends, Response

from app import audit, models
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.models.request import Fact
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import Answer
from app.web.sessions import Db, Now

T = TypeVar("T", bound=Answer)


class Making:
    """The event, who changes something of it, and when."""

    def __init__(
        self,
        event: Annotated[models.Event, Depends(event_for(Role.EDITOR))],
        caller: Annotated[Caller, Depends(may(Role.EDITOR))],
        session: Db,
        now: Now,
        response: Response,
    ) -> None:
        self.event, self.caller, self.session, self.now, self.response = event, caller, session, now, response

    def record(self, deed: str, subject: str, after: Mapping[str, Fact] | None = None) -> None:
        """Write in the audit log that it was done."""
        audit.record(
            self.session, self.caller.name, deed, event_id=self.event.id, subject=subject, after=after, now=self.now
        )

    def made(self, answer: T, things: str, key: int) -> T:
        """Answer with what there is now, where it is, and its tag."""
        self.response.headers["Location"] = f"/api/v1/events/{self.event.slug}/{things}/{key}"
        return self.tagged(answer)

    def tagged(self, answer: T) -> T:
        """Answer with what there is, and its tag."""
        return tagged(answer, self.response)


class Changing(Making):
    """The same, and which state of the thing the caller read."""

    def __init__(self, making: Annotated[Making, Depends(scope="function")], tags: IfMatch) -> None:
        super().__init__(making.event, making.caller, making.session, making.now, making.response)
        self.tags = tags

    def matched(self, answer: Answer) -> None:
        """Go on only if the thing is as the caller read it."""
        matched(self.tags, etag_of(answer))

    def noted(self, deed: str, subject: str, after: Mapping[str, Fact] | None = None, *, is_changed: bool) -> None:
        """Write in the audit log that it was done, if it made a difference."""
        if is_changed:
            self.record(deed, subject, after)
        else:
            audit.nothing_changed(self.session)


def tagged(answer: T, response: Response) -> T:
    """Answer with what there is, and its tag."""
    response.headers["ETag"] = etag_of(answer)
    return answer


Making_ = Annotated[Making, Depends(scope="function")]
Changing_ = Annotated[Changing, Depends(scope="function")]
