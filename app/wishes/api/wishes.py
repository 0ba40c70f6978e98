"""Wishes by hand: the list, one, a new one, a change, one that is taken back."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app import audit, models
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import LARGE, Answer, Body, Change, Flag, Id, Text
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now
from app.wishes.queries import wish_of, wishes_of
from app.wishes.wishing import Wanted, add_wish, change_wish

router = Router(prefix="/api/v1/events/{slug}/wishes", tags=["wishes"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Of = Annotated[int | None, Query(ge=1, le=LARGE, description="Only the wishes of and for this organisation.")]
Refusals = Annotated[bool | None, Query(description="Only refusals, or only wishes.")]
Side = Annotated[int, Field(strict=True, ge=1, le=LARGE, description="An organisation's id.")]
Rank = Annotated[int, Field(strict=True, ge=1, le=1_000, description="1 is the dearest.")]
Stars = Annotated[int, Field(strict=True, ge=0, le=5)]


class WishBody(Body):
    """Who wants to meet whom, or refuses to."""

    source: Side
    target: Side
    rank: Rank | None = None
    stars: Stars | None = None
    refuses: Flag = False
    note: Text | None = None


class WishChange(Change):
    """How a wish is meant instead."""

    rank: Rank | None = None
    stars: Stars | None = None
    refuses: Flag = False
    note: Text | None = None


class WishAnswer(Answer):
    """Who wants to meet whom, or refuses to. `written` is how the other was named."""

    id: int
    source: int
    target: int
    rank: int | None
    stars: int | None
    refuses: bool
    note: str | None
    written: str


@router.get("")
def list_wishes(
    event: ToRead, session: Db, paging: Paging, organisation: Of = None, refuses: Refusals = None
) -> Page[WishAnswer]:
    """Who wants to meet whom."""
    found = wishes_of(event, organisation, refuses=refuses)
    rows, after = paged(session, found, paging, models.Wish.id)
    return Page[WishAnswer](items=[_answer(row) for row in rows], next=after)


@router.post("", status_code=201)
def create_wish(body: WishBody, event: ToEdit, caller: Editor, session: Db, response: Response, now: Now) -> WishAnswer:
    """Note a wish, or a refusal."""
    wanted = Wanted(body.rank, body.stars, body.refuses, body.note or None)
    wish = add_wish(session, event, body.source, body.target, wanted)
    _record(session, caller, "create-wish", wish, now)
    response.headers["Location"] = f"/api/v1/events/{event.slug}/wishes/{wish.id}"
    return _tagged(wish, response)


@router.get("/{wish_id}")
def read_wish(wish_id: Id, event: ToRead, session: Db, response: Response) -> WishAnswer:
    """One wish."""
    return _tagged(wish_of(session, event, wish_id), response)


@router.patch("/{wish_id}")
def change_one_wish(
    wish_id: Id,
    body: WishChange,
    event: ToEdit,
    caller: Editor,
    tags: IfMatch,
    session: Db,
    response: Response,
    now: Now,
) -> WishAnswer:
    """Change how a wish is meant. A refusal forgets rank and stars, if these are not sent too."""
    wish = wish_of(session, event, wish_id, locked=True)
    matched(tags, etag_of(_answer(wish)))
    if change_wish(session, wish, _wanted(wish, body)):
        _record(session, caller, "change-wish", wish, now)
    else:
        audit.nothing_changed(session)
    return _tagged(wish, response)


@router.delete("/{wish_id}", status_code=204)
def delete_wish(wish_id: Id, event: ToEdit, caller: Editor, tags: IfMatch, session: Db, now: Now) -> None:
    """Take a wish back."""
    wish = wish_of(session, event, wish_id, locked=True)
    matched(tags, etag_of(_answer(wish)))
    _record(session, caller, "delete-wish", wish, now)
    session.delete(wish)


def _wanted(wish: models.Wish, body: WishChange) -> Wanted:
    said = body.model_fields_set
    refuses = body.refuses if "refuses" in said else wish.refuses
    return Wanted(
        body.rank if "rank" in said else None if refuses else wish.rank,
        body.stars if "stars" in said else None if refuses else wish.stars,
        refuses,
        (body.note or None) if "note" in said else wish.note,
    )


def _record(session: Session, caller: Caller, deed: str, wish: models.Wish, now: datetime) -> None:
    audit.record(
        session,
        caller.name,
        deed,
        event_id=wish.event_id,
        subject=f"wish:{wish.id}",
        after={"source": wish.source_id, "target": wish.target_id, "refuses": wish.refuses},
        now=now,
    )


def _answer(wish: models.Wish) -> WishAnswer:
    return WishAnswer(
        id=wish.id,
        source=wish.source_id,
        target=wish.target_id,
        rank=wish.rank,
        stars=wish.stars,
        refuses=wish.refuses,
        note=wish.note,
        written=wish.written,
    )


def _tagged(wish: models.Wish, response: Response) -> WishAnswer:
    answer = _answer(wish)
    response.headers["ETag"] = etag_of(answer)
    return answer
