"""API keys of the caller's host."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app import audit, models
from app.errors import NotFound
from app.hosts.access import Caller, Role, may
from app.hosts.keying import make_key, revoke_key
from app.hosts.queries import event_named, keys_of, slugs_of
from app.web.fields import Answer, Body, EventName, Flag, Id, Line
from app.web.paging import Page, Paging, paged
from app.web.routing import Router, tells_a_secret
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/keys", tags=["keys"])

Owner = Annotated[Caller, Depends(may(Role.OWNER))]


class KeyAnswer(Answer):
    """A key, without its secret. `start` are its first letters; `event` is the only one it is for, null for all."""

    id: int
    name: str
    start: str
    event: str | None
    read_only: bool
    created_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None


class KeyTold(KeyAnswer):
    """A key and its secret, which cannot be told again."""

    secret: str = Field(description="For the header Authorization: Bearer …", examples=["rk_…"])


class NewKey(Body):
    """What a key is for."""

    name: Line = Field(max_length=100, examples=["Website of the cluster"])
    event: EventName | None = Field(default=None, description="The only event that it is for.")
    read_only: Flag = False


@router.get("")
def list_keys(caller: Owner, session: Db, paging: Paging) -> Page[KeyAnswer]:
    """The keys of the team, the revoked ones too."""
    rows, after = paged(session, keys_of(caller.host_id), paging, models.ApiKey.id)
    return Page[KeyAnswer](items=_shown(session, rows), next=after)


@router.post("", status_code=201, dependencies=[Depends(tells_a_secret)])
def create_key(body: NewKey, caller: Owner, session: Db, now: Now, response: Response) -> KeyTold:
    """A new key. Its secret is told only here."""
    event_id = None if body.event is None else event_named(session, caller.host_id, body.event).id
    role = Role.READER if body.read_only else Role.EDITOR
    row, secret = make_key(session, caller.host_id, body.name, role, event_id, now)
    audit.record(
        session,
        caller.name,
        "make-key",
        event_id=event_id,
        subject=f"key:{row.id}",
        after={"role": role.word},
        now=now,
    )
    response.headers["Location"] = f"/api/v1/keys/{row.id}"
    return KeyTold(**_shown(session, [row])[0].model_dump(), secret=secret.text)


@router.get("/{id}")
def read_key(id: Id, caller: Owner, session: Db) -> KeyAnswer:  # noqa: A002  as in the path
    """A key, without its secret."""
    return _shown(session, [_key(session, caller, id)])[0]


@router.delete("/{id}", status_code=204)
def end_key(id: Id, caller: Owner, session: Db, now: Now) -> None:  # noqa: A002  as in the path
    """End a key at once, for good."""
    row = _key(session, caller, id)
    if revoke_key(row, now):
        audit.record(session, caller.name, "revoke-key", event_id=row.event_id, subject=f"key:{id}", now=now)
    else:
        audit.nothing_changed(session)


def _key(session: Session, caller: Caller, key_id: int) -> models.ApiKey:
    row = session.scalar(keys_of(caller.host_id).where(models.ApiKey.id == key_id))
    if row is None:
        raise NotFound("There is no such key.")
    return row


def _shown(session: Session, rows: Sequence[models.ApiKey]) -> list[KeyAnswer]:
    slugs = slugs_of(session, [row.event_id for row in rows if row.event_id is not None])
    return [_answer(row, slugs) for row in rows]


def _answer(row: models.ApiKey, slugs: Mapping[int, str]) -> KeyAnswer:
    return KeyAnswer(
        id=row.id,
        name=row.name,
        start=row.start,
        event=None if row.event_id is None else slugs[row.event_id],
        read_only=row.role == Role.READER.word,
        created_at=row.created_at,
        seen_at=row.seen_at,
        revoked_at=row.revoked_at,
    )
