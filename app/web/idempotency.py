"""Idempotency keys: a POST that is sent again gets the first answer again, and is done once.

The first answer is written in the transaction of the deed. While it runs its key is held: in PostgreSQL by a lock
that ends with the transaction, with SQLite in this process, the only one that answers. Neither outlives its process.
"""

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import Request, Response
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from app import db, models
from app.errors import Conflict, Invalid

HEADER = "idempotency-key"
WRITTEN = re.compile(r"[\x21-\x7e]{1,255}")
KEPT = timedelta(hours=24)
CHUNK = 2**20
HEADERS_KEPT = ("content-type", "location", "etag", "content-language", "preference-applied", "retry-after")
REPLAYED = "Idempotent-Replayed"
NEVER_KEPT = (401, 403, 412, 428, 429)
"""Refusals that depend on who asks and when: asked again they are decided again."""
NO_KEY = "An Idempotency-Key is 1 to 255 letters, digits and signs of ASCII, without blanks."
RUNNING = "A request with this Idempotency-Key is still being done."
OTHER = "This Idempotency-Key was used for another request."


@dataclass(frozen=True, slots=True)
class Asked:
    """A key, and a hash of what is asked with it."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do what is asked, held by one request. `caller` is unique among hosts."""

    asked: Asked
    caller: str

    @property
    def name(self) -> str:
        return f"first-answer:{self.caller}:{self.asked.key}"


class Replayed(Exception):  # noqa: N818  no error: the answer is there already
    """The first answer to the same request."""

    def __init__(self, first: models.FirstAnswer) -> None:
        super().__init__(first.key)
        self.answer = Response(first.body, first.status, {**first.headers, REPLAYED: "true"})


@dataclass(slots=True)
class Flights:
    """The claims of this process that are not decided yet."""

    names: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, name: str) -> bool:
        with self.lock:
            is_free = name not in self.names
            self.names.add(name)
            return is_free

    def end(self, name: str) -> None:
        with self.lock:
            self.names.discard(name)


async def flight_of_request(request: Request) -> AsyncIterator[None]:
    """Let go of the claim of a request once its transaction is over: the session of the request depends on this."""
    try:
        yield
    finally:
        name: str | None = getattr(request.state, "flight", None)
        if name is not None:
            _flights(request).end(name)


def has_key(request: Request) -> bool:
    """Whether the request came with a key."""
    return getattr(request.state, "asked", None) is not None


def claim(request: Request, session: Session, caller: str) -> None:
    """Hold the key of the request for this caller, once.

    Raises Replayed where there is a first answer, Conflict while there is none yet, Invalid for another request.
    """
    asked: Asked | None = getattr(request.state, "asked", None)
    if asked is None or hasattr(request.state, "claim"):
        return
    claim = Claim(asked, caller)
    if not _flights(request).begin(claim.name):
        raise Conflict(RUNNING)
    request.state.flight = claim.name
    if not db.try_lock(session, claim.name):
        raise Conflict(RUNNING)
    first = _first_answer(request, session, claim)
    if first is not None:
        if first.asked != asked.digest:
            raise Invalid(OTHER)
        raise Replayed(first)
    request.state.claim = claim


def keep_answer(request: Request, session: Session, answer: Response) -> None:
    """Write the answer to a request that holds its key, in the transaction of what it did."""
    claim: Claim | None = getattr(request.state, "claim", None)
    if claim is None or answer.status_code >= 500 or answer.status_code in NEVER_KEPT:
        return
    now: datetime = request.app.state.clock()
    session.execute(delete(models.FirstAnswer).where(models.FirstAnswer.created_at <= now - KEPT))
    kept = {name: answer.headers[name] for name in HEADERS_KEPT if name in answer.headers}
    session.add(
        models.FirstAnswer(
            caller=claim.caller,
            key=claim.asked.key,
            asked=claim.asked.digest,
            event_id=_event_id(request, session),
            status=answer.status_code,
            headers=kept,
            body=bytes(answer.body),
            created_at=now,
        )
    )
    session.flush()


def keep_refusal(request: Request, session: Session, answer: Response) -> None:
    """Take back what was begun and write the refusal instead, still alone with the key."""
    session.rollback()
    claim: Claim | None = getattr(request.state, "claim", None)
    if claim is not None:
        db.lock(session, claim.name)
        if _first_answer(request, session, claim) is None:
            keep_answer(request, session, answer)
    session.commit()


def is_claimed(request: Request) -> bool:
    """Whether the request holds its key."""
    return hasattr(request.state, "claim")


async def asked_of(request: Request, *, has_form: bool) -> Asked | None:
    """Return the key of a request and a hash of what it asks, None where it has no key."""
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return None
    if not WRITTEN.fullmatch(key):
        raise Invalid(NO_KEY)
    digest = hashlib.sha256()
    prefers = request.headers.get("prefer", "")
    for part in (request.method, request.url.path, request.url.query, prefers):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    await (_hash_form(request, digest) if has_form else _hash_body(request, digest))
    return Asked(key, digest.hexdigest())


async def _hash_form(request: Request, digest: "hashlib._Hash") -> None:
    """Fields and what is in files count, not the frame around them: its marks and names of files differ each time."""
    for name, value in sorted((await request.form()).multi_items(), key=lambda item: item[0]):
        digest.update(f"\0{name}\0".encode("utf-8", "surrogateescape"))
        if not isinstance(value, UploadFile):
            digest.update(value.encode("utf-8", "surrogateescape"))
            continue
        while chunk := await value.read(CHUNK):
            digest.update(chunk)
        await value.seek(0)


async def _hash_body(request: Request, digest: "hashlib._Hash") -> None:
    """The same values are the same body, in whatever order and spacing a program writes them."""
    body = await request.body()
    with contextlib.suppress(ValueError, RecursionError):
        body = json.dumps(json.loads(body), sort_keys=True).encode()
    digest.update(body)


def _first_answer(request: Request, session: Session, claim: Claim) -> models.FirstAnswer | None:
    """Return the first answer that is not too old. SQLite is asked outside of the session, which would lock it."""
    since: datetime = request.app.state.clock() - KEPT
    wanted = select(models.FirstAnswer).where(
        models.FirstAnswer.caller == claim.caller,
        models.FirstAnswer.key == claim.asked.key,
        models.FirstAnswer.created_at > since,
    )
    engine = request.app.state.engine
    if engine.dialect.name != "sqlite":
        return session.scalar(wanted)
    with Session(engine, expire_on_commit=False) as reading:
        return reading.scalar(wanted)


def _event_id(request: Request, session: Session) -> int | None:
    """The event whose end is also the end of the answer; none where the event itself has just ended."""
    event_id: int | None = getattr(request.state, "event_id", None)
    is_there = event_id is not None and session.get(models.Event, event_id) is not None
    return event_id if is_there else None


def _flights(request: Request) -> Flights:
    flights: Flights = request.app.state.flights
    return flights
