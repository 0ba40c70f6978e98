"""Routes that make something, to be sent again with the same key."""

import threading
from datetime import datetime
from typing import Annotated

from fastapi import Depends, File, Form, UploadFile
from sqlalchemy import Engine, func, select

from app import audit, db, models
from app.hosts.access import Caller, Role, may
from app.web.fields import Answer, Body, Line
from app.web.routing import Router, tells_a_secret
from app.web.sessions import Db, Now

AT = "/api/v1/trials"
KEY = {"Idempotency-Key": "6f1c-retry"}
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]


class Wanted(Body):
    """The name of a host: a row that can be counted."""

    name: Line


class Made(Answer):
    """What was made."""

    id: int
    name: str


def make(session: Db, caller: Caller, name: str, now: datetime) -> Made:
    host = models.Host(name=f"{name} {session.scalar(select(func.count()).select_from(models.Host))}", created_at=now)
    session.add(host)
    session.flush()
    audit.record(session, caller.name, "make", event_id=None, subject=f"host:{host.id}", now=now)
    return Made(id=host.id, name=host.name)


class Trials:
    """Routes that make something, each in another way; `gate` is what the slow one waits for."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        self.gate = threading.Event()
        self.inside = threading.Event()
        self.refusal: Exception | None = None

    def router(self) -> Router:
        router = Router(prefix=AT, tags=["trials"])

        @router.post("", status_code=201)
        def plain(body: Wanted, caller: Editor, session: Db, now: Now) -> Made:
            made = make(session, caller, body.name, now)
            if self.refusal is not None:
                raise self.refusal
            return made

        @router.post("/slow", status_code=201)
        def slow(body: Wanted, caller: Editor, session: Db, now: Now) -> Made:
            self.inside.set()
            assert self.gate.wait(20)
            return make(session, caller, body.name, now)

        @router.post("/secret", dependencies=[Depends(tells_a_secret)])
        def secret(body: Wanted, caller: Editor, session: Db, now: Now) -> Made:
            return make(session, caller, body.name, now)

        @router.post("/file")
        def file(
            file: Annotated[UploadFile, File()],
            note: Annotated[str, Form()],
            caller: Editor,
            session: Db,
            now: Now,
        ) -> Made:
            return make(session, caller, f"{note}{len(file.file.read())}", now)

        @router.get("/count")
        def count(caller: Annotated[Caller, Depends(may(Role.READER))], session: Db) -> int:
            return session.scalar(select(func.count()).select_from(models.Host)) or 0

        return router


TRIALS = Trials()


def trials_router() -> Router:
    """Their routes, built once."""
    return TRIALS.router()


def fresh_trials() -> Trials:
    """The trials behind these routes, for one test."""
    TRIALS.begin_anew()
    return TRIALS


def made_count(engine: Engine) -> int:
    """How many hosts there are beside those of the callers."""
    with db.reading(engine) as session:
        return session.scalar(select(func.count()).select_from(models.AuditEntry)) or 0
