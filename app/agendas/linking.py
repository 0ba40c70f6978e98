"""Private links are made, opened, renewed and withdrawn."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import models
from app.agendas.links import Purpose, claim_of, token_of
from app.errors import Conflict, NotFound

SECRET_BYTES = 32
LAST_GENERATION = 65_535


@dataclass(frozen=True, slots=True)
class Keyring:
    """The secret that tokens are made with, of at least 256 bits."""

    secret: bytes

    def token(self, link: models.Link) -> str:
        """Return the token by which a link opens now."""
        return token_of(self.secret, link.id, Purpose(link.purpose), link.generation)

    @staticmethod
    def that_opens_nothing() -> "Keyring":
        """Return one that no token was ever made with."""
        return Keyring(secrets.token_bytes(SECRET_BYTES))


def kept_keyring(session: Session, given: SecretStr | None) -> Keyring | None:
    """Return what opens links; None where no secret is given and none is kept yet: then there are no links either."""
    if given is not None:
        return Keyring(given.get_secret_value().encode())
    kept = session.scalar(select(models.Secret.value))
    return None if kept is None else Keyring(kept)


def make_keyring(session: Session, given: SecretStr | None) -> Keyring:
    """Return the same, and keep a new secret in the database where none is kept yet."""
    _keep_secret(session)
    found = kept_keyring(session, given)
    assert found is not None, "a secret is kept"
    return found


def _keep_secret(session: Session) -> None:
    """Make the secret of the database, once: links that are made must open, whatever the settings say later."""
    if session.scalar(select(models.Secret.id)) is None:
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        made = dialect.insert(models.Secret).values(id=1, value=secrets.token_bytes(SECRET_BYTES))
        session.execute(made.on_conflict_do_nothing())


def make_links(session: Session, event_id: int, now: datetime) -> int:
    """Make the links of everybody who comes and has none: page and feed of each delegate, feed of each organisation.

    Return how many were made; a second time makes none.
    """
    _keep_secret(session)
    known = {
        (link.organisation_id, link.delegate_id, link.purpose)
        for link in session.scalars(select(models.Link).where(models.Link.event_id == event_id))
    }
    come = session.execute(
        select(models.Organisation.id, models.Delegate.id)
        .join(models.Delegate, models.Delegate.organisation_id == models.Organisation.id)
        .where(models.Organisation.event_id == event_id)
        .where(models.Organisation.is_withdrawn.is_(False), models.Delegate.is_withdrawn.is_(False))
        .order_by(models.Organisation.position, models.Organisation.id, models.Delegate.position, models.Delegate.id)
    )
    wanted = dict.fromkeys(
        place
        for organisation, delegate in come
        for place in (
            (organisation, None, Purpose.FEED.value),
            (organisation, delegate, Purpose.PAGE.value),
            (organisation, delegate, Purpose.FEED.value),
        )
    )
    rows = [
        {
            "event_id": event_id,
            "organisation_id": organisation,
            "delegate_id": delegate,
            "purpose": purpose,
            "generation": 1,
            "is_withdrawn": False,
            "changed_at": now,
        }
        for organisation, delegate, purpose in wanted
        if (organisation, delegate, purpose) not in known
    ]
    if rows:
        session.execute(insert(models.Link), rows)
    return len(rows)


def opened(session: Session, keyring: Keyring, purpose: Purpose, token: str) -> models.Link:
    """Return the link that a token opens. Raises NotFound, always the same, for unknown, withdrawn and renewed.

    The row is looked for also where the token cannot be one, so that the answer takes the same time.
    """
    claim = claim_of(keyring.secret, purpose, token)
    link = session.scalar(select(models.Link).where(models.Link.id == claim.link_id))
    is_open = (
        claim.is_authentic
        and link is not None
        and link.purpose == purpose
        and link.generation == claim.generation
        and not link.is_withdrawn
    )
    if link is None or not is_open:
        raise unknown_link()
    return link


def unknown_link() -> NotFound:
    """Return the one answer to everybody whose link does not open."""
    return NotFound("This link opens nothing, or no longer. The organisers can send a new one.")


def link_of(session: Session, event_id: int, link_id: int) -> models.Link:
    """Return a link of an event, for organisers. Raises NotFound."""
    link = session.get(models.Link, link_id)
    if link is None or link.event_id != event_id:
        raise NotFound("There is no such link.")
    return link


def sibling_of(session: Session, link: models.Link, purpose: Purpose) -> models.Link | None:
    """Return the link of the same delegate for another purpose."""
    return session.scalar(
        select(models.Link).where(models.Link.delegate_id == link.delegate_id, models.Link.purpose == purpose)
    )


def link_of_delegate(session: Session, link: models.Link, purpose: Purpose) -> models.Link:
    """Return the same, of a delegate who has one. Raises NotFound."""
    found = sibling_of(session, link, purpose)
    if found is None:
        raise unknown_link()
    return found


def links_of_delegates(session: Session, event_id: int) -> dict[int, models.Link]:
    """Return the open links to the pages of an event's delegates, by delegate."""
    pages = select(models.Link).where(
        models.Link.event_id == event_id, models.Link.purpose == Purpose.PAGE, models.Link.is_withdrawn.is_(False)
    )
    return {link.delegate_id: link for link in session.scalars(pages) if link.delegate_id is not None}


def renew(session: Session, link: models.Link, now: datetime) -> None:
    """End a link's token and let it open by the next one; a withdrawn link opens again, by a new token."""
    _raise_generation(session, link, now, is_withdrawn=False)


def withdraw(session: Session, link: models.Link, now: datetime) -> None:
    """End a link: it opens nothing until it is renewed. Withdrawing it again changes nothing."""
    if not link.is_withdrawn:
        _raise_generation(session, link, now, is_withdrawn=True)


def _raise_generation(session: Session, link: models.Link, now: datetime, *, is_withdrawn: bool) -> None:
    if link.generation >= LAST_GENERATION:
        raise Conflict("This link was renewed so often that it has no further generation.")
    session.execute(
        update(models.Link)
        .where(models.Link.id == link.id)
        .values(generation=models.Link.generation + 1, is_withdrawn=is_withdrawn, changed_at=now)
    )
    session.refresh(link)


def revoke_all(session: Session, now: datetime, event_id: int | None = None) -> int:
    """End every token, of one event or of all; return of how many links. What is not withdrawn opens by a new one."""
    which = update(models.Link).values(generation=models.Link.generation + 1, changed_at=now)
    if event_id is not None:
        which = which.where(models.Link.event_id == event_id)
    session.execute(which.execution_options(synchronize_session="fetch"))
    counted = select(func.count()).select_from(models.Link)
    return session.scalar(counted if event_id is None else counted.where(models.Link.event_id == event_id)) or 0
