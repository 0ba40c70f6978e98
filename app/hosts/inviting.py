"""Inviting organisers by a link that is good once, and what opening it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, NotFound
from app.hosts.roles import Role
from app.hosts.secrets import INVITATION, Secret, digest_of, new_secret

LASTS = timedelta(days=7)
CLOSED = "This link is not known, was used, or is too old; ask for a new one."


@dataclass(frozen=True, slots=True)
class Opened:
    """What an invitation that is still good says. `has_password`: they prove who they are by the one they have."""

    id: int
    host_id: int
    host: str
    email: str
    role: Role
    has_password: bool
    kept: str | None


def invite(
    session: Session, host_id: int, email: str, role: Role, now: datetime, *, may_reset: bool = False
) -> tuple[models.Invitation, Secret]:
    """Return an invitation and the secret of its link. Earlier links for the same person and host are void."""
    email = email.strip().casefold()
    session.execute(
        delete(models.Invitation).where(
            models.Invitation.host_id == host_id,
            models.Invitation.email == email,
            models.Invitation.used_at.is_(None),
        )
    )
    secret = new_secret(INVITATION)
    row = models.Invitation(
        digest=secret.digest,
        host_id=host_id,
        email=email,
        role=role.word,
        may_reset=may_reset,
        created_at=now,
        expires_at=now + LASTS,
    )
    session.add(row)
    session.flush()
    return row, secret


def opened(session: Session, secret: str, now: datetime) -> Opened:
    """Return what an invitation says, and change nothing: mail scanners open links. Raises NotFound."""
    found = session.execute(
        select(models.Invitation, models.Host.name, models.Organiser.password_hash)
        .join(models.Host, models.Host.id == models.Invitation.host_id)
        .outerjoin(models.Organiser, models.Organiser.email == models.Invitation.email)
        .where(models.Invitation.digest == digest_of(secret))
    ).one_or_none()
    if found is None:
        raise NotFound(CLOSED)
    row, host, kept = found
    if row.used_at is not None or now >= row.expires_at:
        raise NotFound(CLOSED)
    has_password = kept is not None and not row.may_reset
    return Opened(row.id, row.host_id, host, row.email, Role.of(row.role), has_password, kept)


def accept(session: Session, invitation: Opened, password_hash: str | None, now: datetime) -> models.Organiser:
    """Make the person a member; `password_hash` is their new password, None where they have one and proved it.

    A new password ends every sign-in there was. Raises NotFound when the link was used in the meantime.
    """
    used = session.execute(
        update(models.Invitation)
        .where(models.Invitation.id == invitation.id, models.Invitation.used_at.is_(None))
        .values(used_at=now)
        .returning(models.Invitation.id)
    ).one_or_none()
    if used is None:
        raise NotFound(CLOSED)
    organiser = session.scalar(select(models.Organiser).where(models.Organiser.email == invitation.email))
    if organiser is None:
        organiser = models.Organiser(email=invitation.email, created_at=now)
        session.add(organiser)
        session.flush()
    if password_hash is not None:
        organiser.password_hash = password_hash
        session.execute(delete(models.SignIn).where(models.SignIn.organiser_id == organiser.id))
    _join(session, organiser.id, invitation)
    return organiser


def _join(session: Session, organiser_id: int, invitation: Opened) -> None:
    member = session.get(models.Membership, (organiser_id, invitation.host_id))
    if member is None:
        session.add(models.Membership(organiser_id=organiser_id, host_id=invitation.host_id, role=invitation.role.word))
    elif member.role != invitation.role.word:
        keep_an_owner(session, member)
        member.role = invitation.role.word


def change_role(session: Session, member: models.Membership, role: Role) -> bool:
    """Give a member another role, and say whether it is another."""
    if member.role == role.word:
        return False
    keep_an_owner(session, member)
    member.role = role.word
    return True


def dismiss(session: Session, member: models.Membership) -> None:
    """Take somebody out of a host, and end what they do for it."""
    keep_an_owner(session, member)
    session.execute(
        delete(models.SignIn).where(
            models.SignIn.organiser_id == member.organiser_id, models.SignIn.host_id == member.host_id
        )
    )
    session.delete(member)
    session.flush()
    left = select(models.Membership.host_id).where(models.Membership.organiser_id == member.organiser_id)
    if session.scalar(left.limit(1)) is None:
        session.execute(delete(models.Organiser).where(models.Organiser.id == member.organiser_id))


def keep_an_owner(session: Session, member: models.Membership) -> None:
    """Refuse to take its last owner from a host. Two who do it at once wait for each other."""
    if member.role != Role.OWNER.word:
        return
    owners = session.scalars(
        select(models.Membership.organiser_id)
        .where(models.Membership.host_id == member.host_id, models.Membership.role == Role.OWNER.word)
        .with_for_update()
    ).all()
    if len(owners) == 1:
        raise Conflict("A team keeps at least one owner; make somebody else an owner first.")
