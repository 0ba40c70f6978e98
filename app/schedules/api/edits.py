"""Edits of a draft: moves, swaps, additions, removals, pins, undo, redo. If-Match says what each was made to."""

from typing import Annotated

from fastapi import Depends, Query, Response
from pydantic import Field

from app import audit, models
from app.errors import NotFound
from app.events.access import event_for
from app.hosts.access import Caller, Role, may
from app.models.request import Facts
from app.schedules.adopting import adopt
from app.schedules.api.shapes import (
    EditAnswer,
    VersionAnswer,
    meetings_of,
    version_answer,
    version_tag,
    violation_answers,
)
from app.schedules.asked import Asked
from app.schedules.editing import Asking, add, move, remove, swap
from app.schedules.keeping import draft_of, version_of
from app.schedules.pinning import Thing, pin_meeting, pin_thing
from app.schedules.refusing import Told
from app.schedules.undoing import redo, undo
from app.web.etags import IfMatch, matched
from app.web.fields import LARGE, SMALL, Answer, Body, Flag, Id, Ordinal
from app.web.languages import Lang
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}/versions/{number}", tags=["edits"])

ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
BY_FORCE = "Break a ceiling, a rule on breaks or waiting, an order; never more than that."
Force = Annotated[bool, Query(description=BY_FORCE)]
Key = Annotated[int, Field(strict=True, ge=1, le=LARGE)]


class PlaceBody(Body):
    """Where a meeting is wanted, and who is to attend; who is not named is chosen among those who are free."""

    slot: Key | None = Field(default=None, description="By id; null: as it is.", examples=[4])
    table: Key | None = Field(default=None, description="By id; null: as it is.", examples=[12])
    delegates: list[Key | None] | None = Field(
        default=None, min_length=2, max_length=2, description="Who attends, in the order of the organisations."
    )
    interpreter: Key | None = None

    def asked(self) -> Asked:
        one, other = self.delegates or (None, None)
        return Asked(self.slot, self.table, (one, other), self.interpreter)


class MoveBody(PlaceBody):
    """A meeting and where it is wanted."""

    meeting: Key = Field(examples=[17])


class SwapBody(Body):
    """Two meetings that change times and tables."""

    meetings: list[Key] = Field(min_length=2, max_length=2, examples=[[17, 23]])


class MeetingBody(PlaceBody):
    """A meeting of two organisations; slot and table not said: the first that break no rule."""

    organisations: list[Key] = Field(min_length=2, max_length=2, examples=[[3, 7]])


class AdoptBody(Body):
    """Which version to lay over the draft that it was made from."""

    version: int = Field(strict=True, ge=1, le=SMALL, examples=[4])


class PinBody(Body):
    """Whether something stays as it is in whatever is computed from the draft."""

    is_pinned: Flag = Field(examples=[True])


class PinAnswer(Answer):
    """Whether something is pinned, and the draft."""

    is_pinned: bool
    version: VersionAnswer


class Editing:
    """What every edit of a draft needs: the draft, held; who edits; when, and in which language they are answered."""

    def __init__(
        self, number: Ordinal, event: ToEdit, caller: Editor, tags: IfMatch, session: Db, now: Now, lang: Lang
    ) -> None:
        self.session, self.event, self.caller, self.tags, self.now, self.lang = session, event, caller, tags, now, lang
        self.version = draft_of(session, event, number)
        self.revision = self.version.revision

    def matched(self, meetings: list[int]) -> None:
        """Go on only if the meetings are as the caller saw them."""
        shown = {one.id: one.etag for one in meetings_of(self.session, self.version, meetings)}
        for key in meetings:
            if key not in shown:
                raise NotFound("Version {number} has no meeting {meeting}.", number=self.version.number, meeting=key)
        matched(self.tags, *(shown[key] for key in meetings), takes_any=False)

    def matched_draft(self) -> None:
        """Go on only if the draft is as the caller saw it."""
        matched(self.tags, version_tag(self.version), takes_any=False)

    def asking(self, *, is_forced: bool) -> Asking:
        return Asking(self.now, is_forced, self.lang)

    def recorded(self, deed: str, subject: str, after: Facts | None = None) -> None:
        if self.version.revision == self.revision:
            audit.nothing_changed(self.session)
            return
        facts: Facts = {"version": self.version.number, "revision": self.version.revision, **(after or {})}
        audit.record(
            self.session, self.caller.name, deed, event_id=self.event.id, subject=subject, after=facts, now=self.now
        )

    def answer(self, meetings: list[int], told: tuple[Told, ...] = ()) -> EditAnswer:
        held = meetings_of(self.session, self.version, meetings)
        return EditAnswer(
            meetings=held,
            removed=sorted(set(meetings) - {one.id for one in held}),
            violations=violation_answers(told),
            version=version_answer(self.session, self.version),
        )


Editing_ = Annotated[Editing, Depends(scope="function")]


def _forced(told: tuple[Told, ...]) -> Facts:
    return {"forced": ",".join(sorted({one.rule for one in told}))} if told else {}


@router.post("/moves")
def move_meeting(body: MoveBody, editing: Editing_, force: Force = False) -> EditAnswer:
    """Hold a meeting elsewhere. 409 names every rule that this would break, and free places near by."""
    editing.matched([body.meeting])
    told = move(editing.session, editing.version, body.meeting, body.asked(), editing.asking(is_forced=force))
    editing.recorded("move-meeting", f"meeting:{body.meeting}", _forced(told))
    return editing.answer([body.meeting], told)


@router.post("/swaps")
def swap_meetings(body: SwapBody, editing: Editing_, force: Force = False) -> EditAnswer:
    """Let two meetings change times and tables."""
    one, other = body.meetings
    editing.matched(body.meetings)
    told = swap(editing.session, editing.version, one, other, editing.asking(is_forced=force))
    editing.recorded("swap-meetings", f"meeting:{one}", {"other": other, **_forced(told)})
    return editing.answer(body.meetings, told)


@router.post("/meetings", status_code=201)
def add_meeting(body: MeetingBody, editing: Editing_, response: Response, force: Force = False) -> EditAnswer:
    """Hold a meeting of two organisations."""
    one, other = body.organisations
    asking = editing.asking(is_forced=force)
    meeting, told = add(editing.session, editing.version, (one, other), body.asked(), asking)
    editing.recorded("add-meeting", f"meeting:{meeting}", _forced(told))
    number = editing.version.number
    response.headers["Location"] = f"/api/v1/events/{editing.event.slug}/versions/{number}/meetings/{meeting}"
    return editing.answer([meeting], told)


@router.delete("/meetings/{meeting}")
def remove_meeting(meeting: Id, editing: Editing_, force: Force = False) -> EditAnswer:
    """Hold a meeting no longer."""
    editing.matched([meeting])
    told = remove(editing.session, editing.version, meeting, editing.asking(is_forced=force))
    editing.recorded("remove-meeting", f"meeting:{meeting}", _forced(told))
    return editing.answer([meeting], told)


@router.put("/meetings/{meeting}/pin")
def pin_one_meeting(meeting: Id, body: PinBody, editing: Editing_) -> EditAnswer:
    """Let a meeting stay as it is in whatever is computed from the draft, or no longer."""
    editing.matched([meeting])
    pin_meeting(editing.session, editing.version, meeting, editing.now, is_pinned=body.is_pinned)
    editing.recorded("pin-meeting", f"meeting:{meeting}", {"is_pinned": body.is_pinned})
    return editing.answer([meeting])


@router.put("/organisations/{organisation}/pin")
def pin_organisation(organisation: Id, body: PinBody, editing: Editing_) -> PinAnswer:
    """Let all meetings of an organisation stay as they are, and none be added. If-Match names the draft."""
    return _pinned(editing, "organisation", organisation, is_pinned=body.is_pinned)


@router.put("/tables/{table}/pin")
def pin_table(table: Id, body: PinBody, editing: Editing_) -> PinAnswer:
    """Let all meetings at a table stay as they are, and none be added. If-Match names the draft."""
    return _pinned(editing, "table", table, is_pinned=body.is_pinned)


def _pinned(editing: Editing, thing: Thing, key: int, *, is_pinned: bool) -> PinAnswer:
    editing.matched_draft()
    pin_thing(editing.session, editing.version, thing, key, editing.now, is_pinned=is_pinned)
    editing.recorded(f"pin-{thing}", f"{thing}:{key}", {"is_pinned": is_pinned})
    return PinAnswer(is_pinned=is_pinned, version=version_answer(editing.session, editing.version))


@router.post("/adopt")
def adopt_version(body: AdoptBody, editing: Editing_) -> VersionAnswer:
    """Let the draft hold what a version holds that was computed from it. 409 when it was edited since."""
    source = version_of(editing.session, editing.event, body.version)
    changed = adopt(editing.session, editing.version, source, editing.now)
    editing.recorded("adopt-version", f"version:{body.version}", {"changes": changed})
    return version_answer(editing.session, editing.version)


@router.post("/undo")
def undo_edit(editing: Editing_) -> EditAnswer:
    """Take back the newest edit. If-Match names the draft."""
    editing.matched_draft()
    edit = undo(editing.session, editing.version, editing.lang)
    editing.recorded("undo-edit", f"edit:{edit.id}", {"deed": edit.deed})
    return editing.answer([int(key) for key in edit.before["meetings"]])


@router.post("/redo")
def redo_edit(editing: Editing_) -> EditAnswer:
    """Make again what was undone last. If-Match names the draft."""
    editing.matched_draft()
    edit = redo(editing.session, editing.version, editing.lang)
    editing.recorded("redo-edit", f"edit:{edit.id}", {"deed": edit.deed})
    return editing.answer([int(key) for key in edit.before["meetings"]])
