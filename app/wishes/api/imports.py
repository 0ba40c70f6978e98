"""Imports: workbooks in, what became of them out; at once, or as a job."""

import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import Depends, File, Form, Header, Query, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import audit, db, models
from app.errors import Forbidden, Invalid
from app.events.access import detached_event_for
from app.hosts.access import Caller, Role, may
from app.jobs import enqueue
from app.registrations.headers import Settled
from app.web.fields import Answer, Line
from app.web.languages import Lang
from app.web.routing import UPLOAD_BYTES, Router
from app.web.sessions import Db, Engine_, Now
from app.wishes.carrying import IMPORT, payload_of
from app.wishes.receiving import Outcome, Wanted, folder, keep_uploads, place_in, read_received, store_received
from app.wishes.telling import told

router = Router(prefix="/api/v1", tags=["imports"])

Target = Annotated[models.Event, Depends(detached_event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Files = Annotated[
    list[UploadFile], File(min_length=1, max_length=20, description="Workbooks, and perhaps an event as TOML.")
]
Prefer = Annotated[str | None, Header(max_length=200, description="`respond-async`: as a job.")]
AS_JOB = re.compile(r"(?:^|,)\s*respond-async\s*(?:$|[,;])", re.IGNORECASE)
NO_HEADERS = 'In `headers` a field is named for each header, as JSON: {"Wer kommt": "organisation"}.'
_headers = TypeAdapter(dict[Line, Annotated[str, Field(pattern=r"^(-|[a-z_]+)$", max_length=100)]])


class CountsAnswer(Answer):
    """What was done to the rows of one kind. Gone: known before, and not named by the files."""

    created: int
    updated: int
    unchanged: int
    gone: int


class ColumnUnderstood(Answer):
    """Which header was taken for which field, and how sure that is (0 to 1). Null: left out."""

    sheet: str
    cell: str
    header: str
    field: str | None
    certainty: float


class FaultAnswer(Answer):
    """Something for somebody to look at, with its address."""

    code: str
    severity: Literal["error", "warning"]
    sheet: str | None
    cell: str | None
    read: str | None
    expected: str | None
    hint: str | None
    candidates: list[str]
    message: str


class ImportAnswer(Answer):
    """What an import did, or with `dry_run` would do."""

    dry_run: bool
    event: str = Field(description="The event's slug.")
    event_created: bool
    event_changed: bool
    counts: dict[str, CountsAnswer] = Field(description="By `organisations`, `delegates`, `wishes`.")
    columns: list[ColumnUnderstood]
    warnings: list[FaultAnswer]


class JobBegun(Answer):
    """The job that does it; its result is what the import would have answered."""

    id: int
    state: Literal["queued"]


def wanted_of_request(
    lang: Lang,
    dry_run: Annotated[bool, Query(description="Only report what would be imported.")] = False,
    delete_missing: Annotated[bool, Query(description="Remove who the files no longer name.")] = False,
    with_hidden: Annotated[bool, Query(description="Read hidden sheets, rows and columns too.")] = False,
    with_health_data: Annotated[
        bool, Query(description="Keep data on health, and remember that for the event.")
    ] = False,
    headers: Annotated[
        str | None,
        Form(max_length=20_000, description='Headers settled by hand, as JSON: {"Wer kommt": "organisation"}.'),
    ] = None,
) -> Wanted:
    """Return how the files are to be taken."""
    try:
        settled = _headers.validate_json(headers or "{}")
    except ValidationError:
        raise Invalid(NO_HEADERS) from None
    return Wanted(Settled(settled, with_hidden, with_health_data, over_http=True), delete_missing, dry_run, lang)


Asked = Annotated[Wanted, Depends(wanted_of_request)]
BEGUN = "Begun as a job: `Location` says where it is."


@router.post(
    "/events/{slug}/imports",
    max_body_size=UPLOAD_BYTES,
    response_model=ImportAnswer,
    responses={202: {"model": JobBegun, "description": BEGUN}, 429: {}},
)
def import_into_event(
    file: Files,
    event: Target,
    caller: Editor,
    wanted: Asked,
    session: Db,
    engine: Engine_,
    now: Now,
    prefer: Prefer = None,
) -> Response:
    """Take workbooks into an event: all of them, or with any error nothing."""
    with folder() as home:
        paths = _spooled(file, home)
        if AS_JOB.search(prefer or ""):
            return _begun(session, caller, event.id, paths, wanted, now)
        return JSONResponse(told(_imported(session, engine, caller, event.id, paths, wanted, now)))


@router.post(
    "/imports",
    max_body_size=UPLOAD_BYTES,
    response_model=ImportAnswer,
    responses={
        201: {"model": ImportAnswer, "description": "There is a new event: `Location` says where."},
        202: {"model": JobBegun, "description": BEGUN},
        429: {},
    },
)
def import_an_event(
    file: Files, caller: Editor, wanted: Asked, session: Db, engine: Engine_, now: Now, prefer: Prefer = None
) -> Response:
    """Take workbooks that describe an event too: a new one, or the one of that name."""
    if caller.event_id is not None:
        raise Forbidden("This key is for one event only; import into that one.")
    with folder() as home:
        paths = _spooled(file, home)
        if AS_JOB.search(prefer or ""):
            return _begun(session, caller, None, paths, wanted, now)
        outcome = _imported(session, engine, caller, None, paths, wanted, now)
    is_new = outcome.imported.is_created and not outcome.is_rehearsal
    return JSONResponse(told(outcome), 201 if is_new else 200, {"Location": f"/api/v1/events/{outcome.slug}"})


def _imported(
    session: Session,
    engine: Engine,
    caller: Caller,
    event_id: int | None,
    paths: Sequence[Path],
    wanted: Wanted,
    now: datetime,
) -> Outcome:
    """Keep the files, also those that are refused then; read them; store what they say."""
    if not wanted.is_rehearsal:
        with db.writing(engine) as keeping:
            keep_uploads(keeping, caller.host_id, event_id, paths, now)
    reading = read_received(engine, caller.host_id, event_id, paths, wanted)
    return store_received(
        session, caller.host_id, event_id, reading, wanted, otherwise_named=paths[0].stem, by=caller.name, now=now
    )


def _spooled(files: Sequence[UploadFile], home: Path) -> list[Path]:
    """Copy what was sent into a folder, piece by piece, each file under a name that hurts nobody."""
    paths = []
    for number, sent in enumerate(files):
        path = place_in(home, number, sent.filename or "")
        with path.open("wb") as out:
            shutil.copyfileobj(sent.file, out)
        paths.append(path)
    return paths


def _begun(
    session: Session, caller: Caller, event_id: int | None, paths: Sequence[Path], wanted: Wanted, now: datetime
) -> Response:
    batch = keep_uploads(session, caller.host_id, event_id, paths, now)
    job = enqueue(
        session,
        IMPORT,
        payload_of(batch, wanted),
        host_id=caller.host_id,
        event_id=event_id,
        asked_by=caller.name,
        now=now,
    )
    audit.record(session, caller.name, "begin-import", event_id=event_id, subject=f"job:{job.id}", now=now)
    where = {"Location": f"/api/v1/jobs/{job.id}", "Preference-Applied": "respond-async"}
    return JSONResponse({"id": job.id, "state": "queued"}, 202, where)
