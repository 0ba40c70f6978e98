"""The feeds: `GET` and `HEAD /f/{token}/agenda.ics`, for calendars. Reading changes nothing of what it says."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi import Path as InPath
from sqlalchemy import Engine
from starlette.background import BackgroundTask

from app import db, models
from app.agendas.door import Door
from app.agendas.feeds import standing_of
from app.agendas.linking import unknown_link
from app.agendas.links import Purpose
from app.hosts.access import public
from app.web.addresses import network_of_request
from app.web.routing import Router
from app.web.sessions import Engine_, Now

CALENDAR = "text/calendar; charset=utf-8"
TAGS = re.compile(r'"([^"]*)"')
router = Router(prefix="/f", tags=["feeds"])

Token = Annotated[str, InPath(description="The private token of the feed.")]
GUESTS = [Depends(public())]


async def door_of_request(request: Request) -> Door:
    """Return the door of this process."""
    door: Door = request.app.state.door
    return door


Door_ = Annotated[Door, Depends(door_of_request)]


class Calendar(Response):
    """A calendar (RFC 5545)."""

    media_type = "text/calendar"


@router.get(
    "/{token}/agenda.ics",
    dependencies=GUESTS,
    response_class=Calendar,
    responses={304: {"description": "Nothing has changed."}, 429: {}},
)
def read_feed(request: Request, token: Token, engine: Engine_, door: Door_, now: Now) -> Response:
    """The calendar of a delegate or an organisation, as last published; 304 where nothing has changed."""
    answer = _answer(request, _feed(engine, door, token, network_of_request(request), now))
    if door.rush.has_made:
        answer.background = BackgroundTask(door.rush.keep, engine, door.url)  # nobody waits for it
    return answer


def _feed(engine: Engine, door: Door, token: str, network: str, now: datetime) -> models.Feed:
    """Return what is kept if it still holds. If not it is made, to be kept when the answer has gone out."""
    with db.reading(engine) as session:
        link = door.open(session, Purpose.FEED, token, network, now)
        standing = standing_of(session, link, door.url)
        feed = standing.fresh(now)
        writer = door.writer(session)
    feed = feed or door.rush.feed(engine, link, standing, writer, now)
    if not feed.body:
        raise unknown_link()
    return feed


def _answer(request: Request, feed: models.Feed) -> Response:
    headers = {
        "ETag": f'"{feed.etag}"',
        "Last-Modified": format_datetime(feed.modified_at.astimezone(UTC), usegmt=True),
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="agenda.ics"',
    }
    if _is_known(request, feed):
        return Response(status_code=304, headers=headers)
    return Response(feed.body, headers={**headers, "Content-Type": CALENDAR})


def _is_known(request: Request, feed: models.Feed) -> bool:
    """Whether the caller has these bytes already (RFC 9110, 13.1.2 and 13.1.3: the tag goes before the time)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or feed.etag in TAGS.findall(tags)
    since = request.headers.get("if-modified-since")
    try:
        return since is not None and feed.modified_at <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
