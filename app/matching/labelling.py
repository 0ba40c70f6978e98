"""Labels of those who come: verified against their evidence, or given to several on one date."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Invalid, NotFound
from app.matching.labels import Wave, known_label, label_code
from app.matching.queries import key_of, organisation_id


def verify(
    session: Session, event: models.Event, label_id: int, verified_by: str, now: datetime, evidence_link: str | None
) -> models.Label:
    """Note who looked at the evidence of a label, and when. Raises NotFound for a label of another event."""
    label = label_of(session, event, label_id)
    label.verified_by, label.verified_at = verified_by, now
    label.evidence_link = evidence_link or label.evidence_link
    return label


def label_of(session: Session, event: models.Event, label_id: int, *, locked: bool = False) -> models.Label:
    """Return a label of somebody who comes to this event; raise NotFound for another's."""
    found = (
        select(models.Label)
        .join(models.Organisation, models.Organisation.id == models.Label.organisation_id)
        .where(models.Label.id == label_id, models.Organisation.event_id == event.id)
    )
    label = session.scalar(found.with_for_update(of=models.Label) if locked else found)
    if label is None:
        raise NotFound("There is no such label.")
    return label


def add_label(
    session: Session,
    holder: models.Organisation,
    name: str,
    valid_from: date | None,
    valid_until: date | None,
    evidence_link: str | None,
) -> models.Label:
    """Note that an organisation says it holds a label. Raises Conflict when that is said already."""
    if any(label_code(held.name) == label_code(name) for held in holder.labels):
        raise Conflict("{name} has this label already.", name=holder.name)
    label = models.Label(name=name)
    _check_days(valid_from, valid_until)
    label.take({"valid_from": valid_from, "valid_until": valid_until, "evidence_link": evidence_link})
    holder.labels.append(label)
    session.flush()
    return label


def change_label(session: Session, label: models.Label, facts: Mapping[str, object]) -> bool:
    """Change the days or the evidence of a label; other days have not been verified yet."""
    is_changed = label.take(facts)
    _check_days(label.valid_from, label.valid_until)
    if is_changed:
        label.take({"verified_by": None, "verified_at": None})
    session.flush()
    return is_changed


def _check_days(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise Invalid("The label ends before it begins.")


def award(session: Session, event: models.Event, wave: Wave, now: datetime) -> list[models.Label]:
    """Give a label to everybody of a wave, in the order of its holders; who has it already gets its new dates.

    Raises NotFound, and gives nothing, when a holder is not of this event.
    """
    keys = [key_of(holder) for holder in wave.holders]
    found = session.scalars(
        select(models.Organisation).where(models.Organisation.event_id == event.id, models.Organisation.id.in_(keys))
    )
    holders = {row.id: row for row in found}
    if len(holders) < len(set(keys)):
        raise NotFound("Somebody in the wave is not registered for this event.")
    known = known_label(wave.label)
    name = known.name if known else wave.label.removeprefix("other:")
    return [_give(holders[key], name, wave, now) for key in keys]


def waves(session: Session, event: models.Event) -> list[Wave]:
    """Return the waves in which labels were given at this event, the earliest first."""
    rows = session.execute(
        select(models.Label, models.Organisation.id)
        .join(models.Organisation, models.Organisation.id == models.Label.organisation_id)
        .where(models.Organisation.event_id == event.id, models.Label.wave.is_not(None))
        .order_by(models.Label.valid_from, models.Label.wave, models.Organisation.position, models.Organisation.id)
    )
    together: dict[tuple[str, str, date], list[tuple[models.Label, int]]] = {}
    for label, key in rows:
        if label.wave is not None and label.valid_from is not None:
            together.setdefault((label.wave, label_code(label.name), label.valid_from), []).append((label, key))
    return [_wave(name, code, day, given) for (name, code, day), given in together.items()]


def _wave(name: str, code: str, day: date, given: Iterable[tuple[models.Label, int]]) -> Wave:
    listed = list(given)
    first = listed[0][0]
    holders = tuple(organisation_id(key) for _, key in listed)
    return Wave(name, code, day, holders, first.valid_until, first.evidence_link, first.verified_by)


def _give(holder: models.Organisation, name: str, wave: Wave, now: datetime) -> models.Label:
    code = label_code(name)
    label = next((held for held in holder.labels if label_code(held.name) == code), None)
    if label is None:
        label = models.Label(name=name)
        holder.labels.append(label)
    label.take(
        {
            "valid_from": wave.day,
            "valid_until": wave.valid_until,
            "evidence_link": wave.evidence_link,
            "verified_by": wave.verified_by or wave.name,
            "verified_at": now,
            "wave": wave.name,
        }
    )
    return label
