"""A planning that was changed by hand comes back and becomes a draft."""

import shutil
from typing import Annotated

from fastapi import Depends, File, Query, Response, UploadFile
from pydantic import Field

from app import audit, models
from app.agendas.importing import moves_in, read_planning
from app.agendas.queries import agendas_of
from app.agendas.replanning import base_of, replan
from app.events.access import detached_event_for
from app.hosts.access import Caller, Role, may
from app.schedules.api.shapes import VersionAnswer, version_answer, version_tag
from app.web.fields import Answer
from app.web.languages import Lang
from app.web.routing import UPLOAD_BYTES, Router
from app.web.sessions import Db, Now
from app.wishes.receiving import folder, place_in, place_to_read

router = Router(prefix="/api/v1/events/{slug}/plannings", tags=["versions"])

Target = Annotated[models.Event, Depends(detached_event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Sent = Annotated[
    UploadFile, File(description="A planning.xlsx of the newest version, with meetings changed, added or removed.")
]
Forced = Annotated[
    bool, Query(alias="force", description="Break ceilings, orders and rules on breaks and waiting on purpose.")
]


class BrokenAnswer(Answer):
    """A rule that was broken on purpose."""

    rule: str
    sentence: str
    meetings: list[int]


class ReplannedAnswer(Answer):
    """The draft that a planning became."""

    version: VersionAnswer
    moved: int = Field(description="Meetings that are at another time or table, or that others attend.")
    added: int = Field(description="Meetings of two organisations whose row was added.")
    removed: int
    broken: list[BrokenAnswer]


@router.post("", status_code=201, max_body_size=UPLOAD_BYTES)
def import_planning(
    file: Sent,
    event: Target,
    caller: Editor,
    session: Db,
    now: Now,
    lang: Lang,
    response: Response,
    is_forced: Forced = False,
) -> ReplannedAnswer:
    """Take a planning that was changed by hand: all of its changes become one draft, or with any fault nothing.

    409 when nothing differs, or when it is not of the newest version as that stands now.
    """
    with folder() as home, place_to_read():
        path = place_in(home, 0, file.filename or "planning.xlsx")
        with path.open("wb") as out:
            shutil.copyfileobj(file.file, out)
        stamp, sheet = read_planning(path, lang)
    mine = session.get_one(models.Event, event.id, with_for_update={"key_share": True})
    base = base_of(session, mine, stamp, lang)
    moves = moves_in(session, base, agendas_of(session, base), sheet, lang)
    done = replan(session, base, moves, now, lang, is_forced=is_forced)
    audit.record(
        session, caller.name, "import-planning", event_id=mine.id, subject=f"version:{done.version.number}", now=now,
        after={"base": base.number, "moved": done.moved, "added": done.added, "removed": done.removed},
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/events/{mine.slug}/versions/{done.version.number}"
    response.headers["ETag"] = version_tag(done.version)
    broken = [BrokenAnswer(rule=one.rule, sentence=one.sentence, meetings=list(one.meetings)) for one in done.told]
    return ReplannedAnswer(
        version=version_answer(session, done.version),
        moved=done.moved,
        added=done.added,
        removed=done.removed,
        broken=broken,
    )
