"""The event that a route is about: only of the caller's own host, and only the one that a key is for."""

from collections.abc import Callable
from functools import cache
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import models
from app.errors import NotFound
from app.hosts.access import Caller, Role, may
from app.web.fields import Slug
from app.web.sessions import Db, Engine_

MINE = select(models.Event).where(models.Event.host_id == bindparam("host_id"), models.Event.slug == bindparam("slug"))
"""Asked with almost every request, and therefore put together once."""


@cache
def event_for(role: Role) -> Callable[..., models.Event]:
    """Return the dependency that gives the event of `{slug}`, in the session of the request.

    Another host's event and an event that there is not get the same answer.
    """

    def event_of_slug(
        slug: Slug, caller: Annotated[Caller, Depends(may(role))], session: Db, request: Request
    ) -> models.Event:
        return _noted(request, _found(session, slug, caller))

    return event_of_slug


@cache
def detached_event_for(role: Role) -> Callable[..., models.Event]:
    """Return the same for routes that read a file or stream: the event's own columns, and no transaction is begun."""

    def detached_event_of_slug(
        slug: Slug, caller: Annotated[Caller, Depends(may(role))], engine: Engine_, request: Request
    ) -> models.Event:
        with Session(engine) as session:
            return _noted(request, _found(session, slug, caller))

    return detached_event_of_slug


def _found(session: Session, slug: str, caller: Caller) -> models.Event:
    event = None if "\0" in slug else session.scalar(MINE, {"host_id": caller.host_id, "slug": slug})
    if event is None or caller.event_id not in (None, event.id):
        raise NotFound("There is no event “{slug}”.", slug=slug)
    return event


def _noted(request: Request, event: models.Event) -> models.Event:
    request.state.event_id = event.id
    return event
