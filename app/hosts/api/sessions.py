"""Sign-ins: an organiser sees and ends their own, an owner those of the whole team."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Select

from app import audit, models
from app.errors import NotFound
from app.hosts.access import Caller, Role, may
from app.hosts.cookies import secret_of_browser
from app.hosts.queries import sign_ins_of
from app.hosts.roles import Kind, Word
from app.hosts.secrets import digest_of
from app.web.fields import Answer, Id
from app.web.paging import Page, Paging, paged
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1", tags=["sign-ins"])

Reader = Annotated[Caller, Depends(may(Role.READER))]


class MeAnswer(Answer):
    """Who asks: an organiser or a key, and what they may do. `event_id`: the only event of a key."""

    kind: Kind
    id: int
    host_id: int
    role: Word
    event_id: int | None


class SignInAnswer(Answer):
    """An organiser at one browser."""

    id: int
    organiser_id: int
    created_at: datetime
    seen_at: datetime
    is_this_one: bool


@router.get("/me")
def read_me(caller: Reader) -> MeAnswer:
    """Who you are for the service."""
    return MeAnswer(
        kind=caller.kind, id=caller.id, host_id=caller.host_id, role=caller.role.word, event_id=caller.event_id
    )


@router.get("/sessions")
def list_sessions(caller: Reader, session: Db, paging: Paging, request: Request) -> Page[SignInAnswer]:
    """Your sign-ins; of an owner also everybody else's in the team."""
    digest = digest_of(secret_of_browser(request) or "")
    rows, after = paged(session, _visible(caller), paging, models.SignIn.id)
    items = [
        SignInAnswer(
            id=row.id,
            organiser_id=row.organiser_id,
            created_at=row.created_at,
            seen_at=row.seen_at,
            is_this_one=row.digest == digest,
        )
        for row in rows
    ]
    return Page[SignInAnswer](items=items, next=after)


@router.delete("/sessions/{id}", status_code=204)
def end_session(id: Id, caller: Reader, session: Db, now: Now) -> None:  # noqa: A002  as in the path
    """Sign out a browser: one's own, or an owner anybody's in the team."""
    row = session.scalar(_visible(caller).where(models.SignIn.id == id))
    if row is None:
        raise NotFound("There is no such sign-in.")
    session.delete(row)
    audit.record(session, caller.name, "end-sign-in", event_id=None, subject=f"sign-in:{id}", now=now)


def _visible(caller: Caller) -> Select[models.SignIn]:
    found = sign_ins_of(caller.host_id)
    if caller.kind == "organiser" and caller.role >= Role.OWNER:
        return found
    own = caller.id if caller.kind == "organiser" else None
    return found.where(models.SignIn.organiser_id == own)
