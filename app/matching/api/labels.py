"""Labels by hand: said of an organisation, verified against the evidence, given to several in a wave."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field

from app import audit, models
from app.events.access import event_for
from app.events.fields import EventDay, WebAddress
from app.hosts.access import Caller, Role, may
from app.matching.labelling import add_label, award, change_label, label_of, verify, waves
from app.matching.labels import Wave, label_code
from app.matching.queries import key_of, organisation_id
from app.registrations.api.organisations import LabelAnswer, label_answer
from app.registrations.queries import organisation_of
from app.web.etags import IfMatch, etag_of, matched
from app.web.fields import LARGE, Answer, Body, Change, Id, Line
from app.web.paging import Page, Paging, page_in
from app.web.routing import Router
from app.web.sessions import Db, Now

router = Router(prefix="/api/v1/events/{slug}", tags=["labels"])

ToRead = Annotated[models.Event, Depends(event_for(Role.READER))]
ToEdit = Annotated[models.Event, Depends(event_for(Role.EDITOR))]
Editor = Annotated[Caller, Depends(may(Role.EDITOR))]
Holder = Annotated[int, Field(strict=True, ge=1, le=LARGE)]
Verifier = Annotated[Line, Field(max_length=200, examples=["Cluster ESS Grande Région"])]
WaveName = Annotated[Line, Field(max_length=200, examples=["Printemps 2026"])]


class LabelBody(Body):
    """A label that an organisation says it holds, with the first and last day on which it is valid."""

    name: Line = Field(examples=["ESUS"])
    valid_from: EventDay | None = None
    valid_until: EventDay | None = None
    evidence_link: WebAddress | None = None


class LabelChange(Change):
    """What is said otherwise of a label. Other dates have to be verified anew."""

    valid_from: EventDay | None = None
    valid_until: EventDay | None = None
    evidence_link: WebAddress | None = None


class VerificationBody(Body):
    """Who looked at the evidence."""

    verified_by: Verifier
    evidence_link: WebAddress | None = None


class WaveBody(Body):
    """A label that several organisations receive on one date."""

    name: WaveName
    label: Line = Field(examples=["French Impact"])
    day: EventDay
    valid_until: EventDay | None = None
    holders: Annotated[list[Holder], Field(min_length=1, max_length=1_000)]
    evidence_link: WebAddress | None = None
    verified_by: Verifier | None = None


class WaveAnswer(Answer):
    """A wave and who received the label in it."""

    name: str
    label: str
    day: date
    valid_until: date | None
    holders: list[int]
    evidence_link: str | None
    verified_by: str | None


@router.post("/organisations/{organisation_id}/labels", status_code=201)
def create_label(
    organisation_id: Id, body: LabelBody, event: ToEdit, caller: Editor, session: Db, response: Response, now: Now
) -> LabelAnswer:
    """Say that an organisation holds a label."""
    holder = organisation_of(session, event, organisation_id, locked=True)
    label = add_label(session, holder, body.name, body.valid_from, body.valid_until, body.evidence_link)
    audit.record(session, caller.name, "create-label", event_id=event.id, subject=f"label:{label.id}", now=now)
    return _tagged(label, response)


@router.get("/labels/{label_id}")
def read_label(label_id: Id, event: ToRead, session: Db, response: Response) -> LabelAnswer:
    """One label of one organisation."""
    return _tagged(label_of(session, event, label_id), response)


@router.patch("/labels/{label_id}")
def change_one_label(
    label_id: Id,
    body: LabelChange,
    event: ToEdit,
    caller: Editor,
    tags: IfMatch,
    session: Db,
    response: Response,
    now: Now,
) -> LabelAnswer:
    """Change what is sent of a label."""
    label = label_of(session, event, label_id, locked=True)
    matched(tags, etag_of(label_answer(label)))
    if change_label(session, label, body.said()):
        audit.record(session, caller.name, "change-label", event_id=event.id, subject=f"label:{label_id}", now=now)
    else:
        audit.nothing_changed(session)
    return _tagged(label, response)


@router.delete("/labels/{label_id}", status_code=204)
def delete_label(label_id: Id, event: ToEdit, caller: Editor, tags: IfMatch, session: Db, now: Now) -> None:
    """Take a label away."""
    label = label_of(session, event, label_id, locked=True)
    matched(tags, etag_of(label_answer(label)))
    audit.record(session, caller.name, "delete-label", event_id=event.id, subject=f"label:{label_id}", now=now)
    session.delete(label)


@router.post("/labels/{label_id}/verification")
def verify_label(
    label_id: Id, body: VerificationBody, event: ToEdit, caller: Editor, session: Db, response: Response, now: Now
) -> LabelAnswer:
    """Note that somebody looked at the evidence."""
    label = verify(session, event, label_id, body.verified_by, now, body.evidence_link)
    audit.record(session, caller.name, "verify-label", event_id=event.id, subject=f"label:{label_id}", now=now)
    session.flush()
    return _tagged(label, response)


@router.get("/waves")
def list_waves(event: ToRead, session: Db, paging: Paging) -> Page[WaveAnswer]:
    """The waves in which labels were given."""
    rows, after = page_in(
        sorted(waves(session, event), key=_key), paging, lambda wave: (wave.day.isoformat(), wave.name, wave.label)
    )
    return Page[WaveAnswer](items=[_wave(row) for row in rows], next=after)


@router.post("/waves", status_code=201)
def give_wave(body: WaveBody, event: ToEdit, caller: Editor, session: Db, now: Now) -> WaveAnswer:
    """Give a label to several organisations on one date."""
    holders = tuple(organisation_id(key) for key in dict.fromkeys(body.holders))
    code = label_code(body.label)
    given = Wave(
        body.name, code if not code.startswith("other:") else f"other:{body.label}", body.day, holders,
        body.valid_until, body.evidence_link, body.verified_by,
    )  # fmt: skip
    award(session, event, given, now)
    session.flush()
    audit.record(
        session, caller.name, "give-wave", event_id=event.id, subject=f"event:{event.id}", now=now,
        after={"holders": len(holders)},
    )  # fmt: skip
    return _wave(given)


def _key(wave: Wave) -> tuple[str, str, str]:
    return wave.day.isoformat(), wave.name, wave.label


def _wave(wave: Wave) -> WaveAnswer:
    return WaveAnswer(
        name=wave.name,
        label=wave.label,
        day=wave.day,
        valid_until=wave.valid_until,
        holders=[key_of(holder) for holder in wave.holders],
        evidence_link=wave.evidence_link,
        verified_by=wave.verified_by,
    )


def _tagged(label: models.Label, response: Response) -> LabelAnswer:
    answer = label_answer(label)
    response.headers["ETag"] = etag_of(answer)
    return answer
