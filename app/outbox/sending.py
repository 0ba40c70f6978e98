"""Sending: messages are put in with the deed that causes them, and go out at least once, each under one Message-ID.

Before a message goes out it is claimed, for a while, and only afterwards it is marked as sent. A crash in between sends
it again when the claim has run out, with the same Message-ID, by which mail servers and readers know it.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlalchemy import Engine, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import db, models
from app.clock import Clock

CLAIMED_FOR = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=3)
AT_ONCE = 500


class Refused(Exception):  # noqa: N818  it says what happened, as the tree of refusals does
    """This message will never be taken, says the mail server, or it has no address that could be."""


class Later(Exception):  # noqa: N818  as above
    """This message is not taken now; others may be."""


class Unreachable(Exception):  # noqa: N818  as above
    """The mail server itself cannot be reached: nothing goes out now."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says to its reader: plain text, and the same as HTML."""

    sender_name: str
    name: str
    address: str
    subject: str
    text: str
    html: str
    lang: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that is to go out: to whom, of which kind, by what it is known so that it goes out once."""

    event_id: int
    delegate_id: int
    kind: str
    facts: models.MessageFacts
    dedupe_key: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the outbox did; `is_stopped` where the mail server could not be reached."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0
    delayed: int = 0
    is_stopped: bool = False


Post = Callable[[EmailMessage], None]
"""Hands a message over. Raises Refused, Later or Unreachable."""
Write = Callable[[Session, models.Message], Letter | None]
"""Makes the text of a message as of now; None: there is nothing to say any more."""


def put(session: Session, wanted: Iterable[Wanted], now: datetime) -> int:
    """Put messages in that are not known by their key yet, and return how many that are."""
    rows = [
        {
            "event_id": one.event_id,
            "delegate_id": one.delegate_id,
            "kind": one.kind,
            "facts": one.facts,
            "dedupe_key": one.dedupe_key,
            "message_id": str(uuid.uuid4()),
            "state": "waiting",
            "attempts": 0,
            "created_at": now,
            "due_at": now,
        }
        for one in wanted
    ]
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    count = 0
    for first in range(0, len(rows), AT_ONCE):
        insert = dialect.insert(models.Message).values(rows[first : first + AT_ONCE])
        added = insert.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(models.Message.id)
        count += len(session.scalars(added).all())
    return count


def send_due(engine: Engine, post: Post, writers: Mapping[str, Write], sender: str, clock: Clock) -> Run:
    """Send what is due, one after the other, until nothing is left or the mail server cannot be reached."""
    sent = failed = dropped = delayed = 0
    while (claimed := _claim(engine, clock())) is not None:
        with db.reading(engine) as session:
            letter = writers[claimed.kind](session, session.get_one(models.Message, claimed.id))
        if letter is None:
            _close(engine, claimed.id, "dropped", None, clock())
            dropped += 1
            continue
        try:
            post(email_of(letter, claimed.message_id, sender, clock()))
        except Refused as refusal:
            _close(engine, claimed.id, "failed", str(refusal), clock())
            failed += 1
        except Later as trouble:
            _delay(engine, claimed, str(trouble), clock())
            delayed += 1
        except Unreachable as trouble:
            _delay(engine, claimed, str(trouble), clock())
            return Run(sent, failed, dropped, delayed + 1, is_stopped=True)
        else:
            _close(engine, claimed.id, "sent", None, clock())
            sent += 1
    return Run(sent, failed, dropped, delayed)


def email_of(letter: Letter, message_id: str, sender: str, now: datetime) -> EmailMessage:
    """Return a letter as it goes over the wire. Raises Refused where its address is none."""
    message = EmailMessage(policy=SMTP)
    try:
        message["To"] = Address(one_line(letter.name), addr_spec=_ascii_domain(letter.address))
        message["From"] = Address(one_line(letter.sender_name), addr_spec=sender)
    except (HeaderParseError, ValueError, IndexError):
        raise Refused("This is no e-mail address.") from None
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message["Content-Language"] = letter.lang  # afterwards: what is set before goes to the first part
    return message


def one_line(text: str) -> str:
    """Return text as headers hold it: one line, nothing that cannot be seen, and no encoded word (RFC 2047).

    Python's mail package would decode such a word, and with it an end of line.
    """
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable()).replace("=?", "= ?")


def _ascii_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise ValueError("no domain") from None


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: int
    kind: str
    message_id: str
    attempts: int
    created_at: datetime


def _claim(engine: Engine, now: datetime) -> _Claimed | None:
    """Take the next message that is due and in nobody's hands; those that were tried least often come first."""
    message = models.Message
    with db.writing(engine) as session:
        row = session.scalar(
            select(message)
            .where(message.state == "waiting", message.due_at <= now)
            .where(or_(message.claimed_until.is_(None), message.claimed_until <= now))
            .order_by(message.attempts, message.due_at, message.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.claimed_until = now + CLAIMED_FOR
        row.attempts += 1
        return _Claimed(row.id, row.kind, row.message_id, row.attempts, row.created_at)


def _close(engine: Engine, message_id: int, state: str, trouble: str | None, now: datetime) -> None:
    with db.writing(engine) as session:
        row = session.get(models.Message, message_id)
        if row is not None:  # somebody was erased meanwhile
            row.state, row.trouble, row.claimed_until = state, trouble, None
            row.sent_at = now if state == "sent" else None


def _delay(engine: Engine, claimed: _Claimed, trouble: str, now: datetime) -> None:
    """Try again later, each time after twice as long; after three days no more."""
    if now - claimed.created_at >= GIVEN_UP_AFTER:
        _close(engine, claimed.id, "failed", trouble, now)
        return
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(claimed.attempts - 1, 10))
    with db.writing(engine) as session:
        row = session.get(models.Message, claimed.id)
        if row is not None:
            row.due_at, row.trouble, row.claimed_until = now + wait, trouble, None
