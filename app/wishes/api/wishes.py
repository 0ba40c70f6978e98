"""Wishes by hand: the list, one, a new one, a change, one that is taken back."""

from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import Field

from app import models
from app.events.access import event_for
from app.events.api.changes import Changing_, Making_, tagged
from app.hosts.access import Role
from app.models.request import Facts
from app.web.fields import LARGE, Answer, Body, Change, Flag, Id, Text
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db
from app.wishes.queries import wish_of, wishes_of
from app.wishes.wishing import Wanted, add_wish, change_wish

router = Router(prefix="/api/v1/events/{slug}/wishes", tags=["wishes"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
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
def create_wish(body: WishBody, making: Making_) -> WishAnswer:
    """Note a wish, or a refusal."""
    wanted = Wanted(body.rank, body.stars, body.refuses, body.note or None)
    wish = add_wish(making.session, making.event, body.source, body.target, wanted)
    making.record("create-wish", f"wish:{wish.id}", _noted(wish))
    return making.made(_answer(wish), "wishes", wish.id)


@router.get("/{wish_id}")
def read_wish(wish_id: Id, event: ToRead, session: Db, response: Response) -> WishAnswer:
    """One wish."""
    return tagged(_answer(wish_of(session, event, wish_id)), response)


@router.patch("/{wish_id}")
def change_one_wish(wish_id: Id, body: WishChange, changing: Changing_) -> WishAnswer:
    """Change how a wish is meant. A refusal forgets rank and stars, if these are not sent too."""
    wish = wish_of(changing.session, changing.event, wish_id, locked=True)
    changing.matched(_answer(wish))
    is_changed = change_wish(changing.session, wish, _wanted(wish, body))
    changing.noted("change-wish", f"wish:{wish_id}", _noted(wish), is_changed=is_changed)
    return changing.tagged(_answer(wish))


@router.delete("/{wish_id}", status_code=204)
def delete_wish(wish_id: Id, changing: Changing_) -> None:
    """Take a wish back."""
    wish = wish_of(changing.session, changing.event, wish_id, locked=True)
    changing.matched(_answer(wish))
    changing.record("delete-wish", f"wish:{wish_id}", _noted(wish))
    changing.session.delete(wish)


def _wanted(wish: models.Wish, body: WishChange) -> Wanted:
    said = body.model_fields_set
    refuses = body.refuses if "refuses" in said else wish.refuses
    return Wanted(
        body.rank if "rank" in said else None if refuses else wish.rank,
        body.stars if "stars" in said else None if refuses else wish.stars,
        refuses,
        (body.note or None) if "note" in said else wish.note,
    )


def _noted(wish: models.Wish) -> Facts:
    return {"source": wish.source_id, "target": wish.target_id, "refuses": wish.refuses}


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
