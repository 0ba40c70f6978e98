"""Organisers of the caller's host, and the invitations by which others join it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app import audit, models
from app.errors import NotFound
from app.hosts.access import Caller, Role, may
from app.hosts.inviting import change_role, dismiss, invite
from app.hosts.queries import invitations_of, member_of, members_of
from app.hosts.roles import Word
from app.web.addresses import settings_of_request
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import Answer, Body, Email, Id
from app.web.paging import Page, Paging, paged
from app.web.routing import Router, tells_a_secret
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1", tags=["organisers"])

Owner = Annotated[Caller, Depends(may(Role.OWNER))]
Link = Annotated[str, Field(examples=["https://ronde.example/invitations/ri_…"])]


class OrganiserAnswer(Answer):
    """Somebody of the team. Who has not followed their link yet is an invitation."""

    id: int
    email: str
    role: Word


class InvitationAnswer(Answer):
    """An invitation that nobody has followed. Its link was told once."""

    id: int
    email: str
    role: Word
    created_at: datetime
    expires_at: datetime


class InvitationTold(InvitationAnswer):
    """An invitation and its link, which cannot be told again."""

    link: Link


class NewOrganiser(Body):
    """Whom to invite."""

    email: Email
    role: Word = Field(examples=["editor"])


class RoleChange(Body):
    """What somebody may do from now on."""

    role: Word = Field(examples=["desk"])


@router.get("/organisers")
def list_organisers(caller: Owner, session: Db, paging: Paging) -> Page[OrganiserAnswer]:
    """Everybody of the team, with what they may do."""
    rows, after = paged(session, members_of(caller.host_id), paging, models.Membership.organiser_id)
    return Page[OrganiserAnswer](items=[_shown(row) for row in rows], next=after)


@router.post("/organisers", status_code=201, dependencies=[Depends(tells_a_secret)])
def invite_organiser(
    body: NewOrganiser, caller: Owner, session: Db, now: Now, request: Request, response: Response
) -> InvitationTold:
    """Invite somebody. The link is told only here; an earlier one for the same address is void."""
    role = Role.of(body.role)
    row, secret = invite(session, caller.host_id, body.email, role, now)
    after = {"role": role.word}
    _record(session, caller, "invite-organiser", f"invitation:{row.id}", now, after=after)
    response.headers["Location"] = "/api/v1/invitations"
    link = f"{settings_of_request(request).public_url}/invitations/{secret.text}"
    return InvitationTold(**_invited(row).model_dump(), link=link)


@router.get("/organisers/{id}")
def read_organiser(id: Id, caller: Owner, session: Db, response: Response) -> OrganiserAnswer:  # noqa: A002  as in the path
    """One of the team."""
    return _tagged(_member(session, caller, id), response)


@router.patch("/organisers/{id}")
def change_organiser(
    id: Id,  # noqa: A002  as in the path
    body: RoleChange,
    caller: Owner,
    tags: IfMatch,
    session: Db,
    now: Now,
    response: Response,
) -> OrganiserAnswer:
    """Give somebody another role, at once. A team keeps an owner."""
    member = _member(session, caller, id)
    matched(tags, etag_of(_shown(member)))
    before = {"role": member.role}
    if change_role(session, member, Role.of(body.role)):
        _record(session, caller, "change-role", f"organiser:{id}", now, before=before, after={"role": body.role})
    else:
        audit.nothing_changed(session)
    return _tagged(member, response)


@router.delete("/organisers/{id}", status_code=204)
def dismiss_organiser(id: Id, caller: Owner, tags: IfMatch, session: Db, now: Now) -> None:  # noqa: A002  as in the path
    """Take somebody out of the team, and end their sign-ins. A team keeps an owner."""
    member = _member(session, caller, id)
    matched(tags, etag_of(_shown(member)))
    before = {"role": member.role}
    dismiss(session, member)
    _record(session, caller, "dismiss-organiser", f"organiser:{id}", now, before=before)


@router.get("/invitations")
def list_invitations(caller: Owner, session: Db, paging: Paging) -> Page[InvitationAnswer]:
    """Invitations that nobody has followed, also those that are too old."""
    rows, after = paged(session, invitations_of(caller.host_id), paging, models.Invitation.id)
    return Page[InvitationAnswer](items=[_invited(row) for row in rows], next=after)


@router.delete("/invitations/{id}", status_code=204)
def withdraw_invitation(id: Id, caller: Owner, session: Db, now: Now) -> None:  # noqa: A002  as in the path
    """Make a link void."""
    row = session.scalar(invitations_of(caller.host_id).where(models.Invitation.id == id))
    if row is None:
        raise NotFound("There is no such invitation.")
    session.delete(row)
    _record(session, caller, "withdraw-invitation", f"invitation:{id}", now)


def _member(session: Session, caller: Caller, organiser_id: int) -> models.Membership:
    member = member_of(session, caller.host_id, organiser_id)
    if member is None:
        raise NotFound("There is no such organiser.")
    return member


def _shown(member: models.Membership) -> OrganiserAnswer:
    return OrganiserAnswer(id=member.organiser_id, email=member.organiser.email, role=Role.of(member.role).word)


def _invited(row: models.Invitation) -> InvitationAnswer:
    return InvitationAnswer(
        id=row.id,
        email=row.email,
        role=Role.of(row.role).word,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _tagged(member: models.Membership, response: Response) -> OrganiserAnswer:
    answer = _shown(member)
    response.headers["ETag"] = etag_of(answer)
    return answer


def _record(
    session: Session,
    caller: Caller,
    deed: str,
    subject: str,
    now: datetime,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    audit.record(session, caller.name, deed, event_id=None, subject=subject, before=before, after=after, now=now)
