"""Signing in and out. Attempts are counted in the database before a password is looked at, so that none is free."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import audit, db, models
from app.errors import Limited, Unknown
from app.hosts.roles import Caller, Role
from app.hosts.secrets import SIGN_IN, Secret, digest_of, new_secret

WINDOW = timedelta(minutes=15)
OF_ACCOUNT, OF_NETWORK = 10, 30
"""How many attempts may fail within the window."""
TOO_MANY = "Too many attempts. Try again in {minutes} minutes."
NOT_KNOWN = "This address and password do not fit together."
NO_TEAM = "You are no longer in any team."


@dataclass(frozen=True, slots=True)
class Trial:
    """An attempt that was counted, and what it is measured against; `kept` is None where there is nobody."""

    email: str
    subjects: tuple[str, str]
    organiser_id: int | None
    kept: str | None

    def of(self, organiser_id: int) -> "Trial":
        """The same attempt, of somebody who has only now become known."""
        return replace(self, organiser_id=organiser_id)


def count_attempt(session: Session, email: str, network: str, now: datetime) -> Trial:
    """Count an attempt to sign in as failed until it succeeds. Raises Limited when there were too many."""
    email = email.strip().casefold()
    account, net = _subject("account", email), _subject("network", network)
    session.execute(delete(models.Attempt).where(models.Attempt.failed_at <= now - WINDOW))
    for subject, most in ((account, OF_ACCOUNT), (net, OF_NETWORK)):
        db.lock(session, subject)
        count, first = session.execute(
            select(func.count(), func.min(models.Attempt.failed_at)).where(
                models.Attempt.subject == subject, models.Attempt.failed_at > now - WINDOW
            )
        ).one()
        if count >= most:
            seconds = max(1, int((first + WINDOW - now).total_seconds()))
            raise Limited(TOO_MANY, seconds, minutes=-(-seconds // 60))
    session.add_all([models.Attempt(subject=account, failed_at=now), models.Attempt(subject=net, failed_at=now)])
    organiser = session.scalar(select(models.Organiser).where(models.Organiser.email == email))
    kept = None if organiser is None else organiser.password_hash
    return Trial(email, (account, net), None if organiser is None else organiser.id, kept)


def sign_in(session: Session, trial: Trial, *, fits: bool, former: str | None, now: datetime) -> Secret:
    """Return the secret of a new sign-in, always a new one; the one that the browser had until now ends.

    Raises Unknown, in the same words whether there is nobody of that address or the password does not fit.
    """
    if not fits or trial.organiser_id is None:
        raise Unknown(NOT_KNOWN)
    found = session.execute(
        select(models.Membership.host_id, models.Membership.role)
        .where(models.Membership.organiser_id == trial.organiser_id)
        .order_by(models.Membership.host_id)
        .limit(1)
    ).one_or_none()
    if found is None:
        raise Unknown(NO_TEAM)
    host_id, role = found
    _forgive(session, trial)
    if former is not None:
        session.execute(delete(models.SignIn).where(models.SignIn.digest == digest_of(former)))
    secret = new_secret(SIGN_IN)
    row = models.SignIn(
        digest=secret.digest, organiser_id=trial.organiser_id, host_id=host_id, created_at=now, seen_at=now
    )
    session.add(row)
    session.flush()
    session.info[audit.HOST] = host_id
    caller = Caller("organiser", trial.organiser_id, host_id, Role.of(role), None)
    audit.record(session, caller.name, "sign-in", event_id=None, subject=f"sign-in:{row.id}", now=now)
    return secret


def sign_out(session: Session, secret: str) -> None:
    """End a sign-in; one that has ended already stays ended."""
    session.execute(delete(models.SignIn).where(models.SignIn.digest == digest_of(secret)))


def turn_to(session: Session, secret: str, host_id: int) -> bool:
    """Work for another host from now on; say whether the organiser is in that host."""
    row = session.scalar(select(models.SignIn).where(models.SignIn.digest == digest_of(secret)))
    if row is None or session.get(models.Membership, (row.organiser_id, host_id)) is None:
        return False
    row.host_id = host_id
    return True


def _forgive(session: Session, trial: Trial) -> None:
    """Take back the failures of the account, and this attempt of the network; its failures at other accounts stay."""
    account, net = trial.subjects
    session.execute(delete(models.Attempt).where(models.Attempt.subject == account))
    latest = select(func.max(models.Attempt.id)).where(models.Attempt.subject == net).scalar_subquery()
    session.execute(delete(models.Attempt).where(models.Attempt.id == latest))


def _subject(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode("utf-8", "replace")).hexdigest()
