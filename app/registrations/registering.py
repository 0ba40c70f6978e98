"""Registering by hand: organisations and delegates come, change and go, one at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Fault, Faulty
from app.events.arranging import withdraw
from app.events.kinds import kinds_of
from app.events.shaping import REQUEST
from app.events.tables import table_named
from app.registrations.identity import name_key

Facts = Mapping[str, object]
"""Columns and what they are to be. A column that is not named stays as it is; None clears it."""


@dataclass(frozen=True, slots=True)
class Provided:
    """An offer or a need as it is wanted."""

    text: str
    cpv: tuple[str, ...]


def add_organisation(
    session: Session, event: models.Event, facts: Facts, offers: Sequence[Provided], needs: Sequence[Provided]
) -> models.Organisation:
    """Register an organisation. One that was withdrawn and has the same reference comes back."""
    reference = facts.get("reference")
    row = _with_reference(session, event, reference) if isinstance(reference, str) else None
    if row is not None and not row.is_withdrawn:
        raise Conflict("The reference “{reference}” is that of another organisation.", reference=reference)
    if row is None:
        last = select(func.max(models.Organisation.position)).where(models.Organisation.event_id == event.id)
        position = (session.scalar(last) or 0) + 1
        row = models.Organisation(
            event_id=event.id, position=position, sdgs=[], delegates=[], provisions=[], labels=[], is_withdrawn=False
        )
    _check(session, event, row, facts)
    row.take({**_with_key(facts), "is_withdrawn": False})
    _provide(row, offers, is_need=False)
    _provide(row, needs, is_need=True)
    session.add(row)
    session.flush()
    return row


def change_organisation(
    session: Session,
    event: models.Event,
    row: models.Organisation,
    facts: Facts,
    offers: Sequence[Provided] | None,
    needs: Sequence[Provided] | None,
) -> bool:
    """Change an organisation; say whether anything differs. Offers and needs that are None stay."""
    reference = facts.get("reference")
    if isinstance(reference, str) and reference != row.reference and _with_reference(session, event, reference):
        raise Conflict("The reference “{reference}” is that of another organisation.", reference=reference)
    _check(session, event, row, facts)
    is_changed = row.take(_with_key(facts))
    is_changed |= offers is not None and _provide(row, offers, is_need=False)
    is_changed |= needs is not None and _provide(row, needs, is_need=True)
    session.flush()
    return is_changed


def remove_organisation(session: Session, row: models.Organisation) -> None:
    """Take an organisation out, with its delegates and wishes; what a version was made with stays, withdrawn."""
    identity, not_held = models.MeetingIdentity, models.NotHeld
    used_by = (
        identity.organisation_a_id,
        identity.organisation_b_id,
        not_held.organisation_a_id,
        not_held.organisation_b_id,
    )
    withdraw(session, [row], *used_by)
    session.flush()


def add_delegate(session: Session, home: models.Organisation, facts: Facts) -> models.Delegate:
    """Register somebody of an organisation."""
    last = select(func.max(models.Delegate.position)).where(models.Delegate.organisation_id == home.id)
    position = (session.scalar(last) or 0) + 1
    row = models.Delegate(
        event_id=home.event_id, organisation_id=home.id, position=position, languages=[], unavailable=[]
    )
    _check_address(session, home, facts)
    row.take({**facts, "is_withdrawn": False})
    session.add(row)
    session.flush()
    session.expire(home, ["delegates"])
    return row


def change_delegate(session: Session, row: models.Delegate, home: models.Organisation, facts: Facts) -> bool:
    """Change a delegate, perhaps to another organisation; say whether anything differs."""
    _check_address(session, home, {"email": row.email, **facts})
    is_moved = home.id != row.organisation_id
    if is_moved and _has_met(session, row):
        raise Conflict("This delegate has meetings for their organisation in a timetable; register them anew.")
    is_changed = row.take({**facts, "organisation_id": home.id})
    session.flush()
    return is_changed


def remove_delegate(session: Session, row: models.Delegate) -> None:
    """Take a delegate out; one who sits in a meeting of a version stays for it, withdrawn."""
    withdraw(session, [row], models.Attendance.delegate_id)
    session.flush()


def _check(session: Session, event: models.Event, row: models.Organisation, facts: Facts) -> None:
    """Raise Faulty with all that cannot be, Conflict for a name that somebody else has."""
    faults = []
    kind, table = facts.get("kind"), facts.get("home_table")
    if isinstance(kind, str) and kind not in kinds_of(event.kinds):
        known = ", ".join(kinds_of(event.kinds))
        text = "“{kind}” is no kind of this event."
        faults.append(Fault("unknown-kind", text, REQUEST, "kind", kind, known, values={"kind": kind}))
    if isinstance(table, str) and table_named(event.tables, table) is None:
        text = "There is no table “{table}”."
        faults.append(Fault("unknown-table", text, REQUEST, "home_table", table, values={"table": table}))
    least, most = (facts.get(name, getattr(row, name)) for name in ("min_meetings", "max_meetings"))
    if isinstance(least, int) and isinstance(most, int) and least > most:
        text = "At least {least} meetings are wanted, but at most {most} allowed."
        faults.append(
            Fault(
                "floor-above-ceiling", text, REQUEST, "min_meetings", str(least), values={"least": least, "most": most}
            )
        )
    if facts.get("accessibility") is not None and not event.keeps_health_data:
        text = "Data on health is kept only when the event says so: set keeps_health_data first."
        faults.append(Fault("health-data", text, REQUEST, "accessibility"))
    if faults:
        raise Faulty("The organisation has faults; nothing was stored.", faults)
    name = facts.get("name")
    if isinstance(name, str) and _has_namesake(session, event, row, name):
        raise Conflict("There is an organisation “{name}” already.", name=name)


def _has_namesake(session: Session, event: models.Event, row: models.Organisation, name: str) -> bool:
    same = select(models.Organisation.id).where(
        models.Organisation.event_id == event.id,
        models.Organisation.name_key == name_key(name),
        models.Organisation.is_withdrawn.is_(False),
    )
    return any(found != row.id for found in session.scalars(same))


def _check_address(session: Session, home: models.Organisation, facts: Facts) -> None:
    email = facts.get("email")
    if not isinstance(email, str):
        return
    same = select(models.Delegate.id).where(
        models.Delegate.event_id == home.event_id,
        models.Delegate.organisation_id != home.id,
        func.lower(models.Delegate.email) == email.lower(),
        models.Delegate.is_withdrawn.is_(False),
    )
    if session.scalar(same.limit(1)) is not None:
        raise Conflict("This e-mail address is that of somebody of another organisation.")


def _has_met(session: Session, row: models.Delegate) -> bool:
    met = select(models.Attendance.side).where(models.Attendance.delegate_id == row.id).limit(1)
    return session.scalar(met) is not None


def _with_reference(session: Session, event: models.Event, reference: str) -> models.Organisation | None:
    same = select(models.Organisation).where(
        models.Organisation.event_id == event.id, models.Organisation.reference == reference
    )
    return session.scalar(same)


def _with_key(facts: Facts) -> dict[str, object]:
    name = facts.get("name")
    return {**facts, **({"name_key": name_key(name)} if isinstance(name, str) else {})}


def _provide(row: models.Organisation, wanted: Sequence[Provided], *, is_need: bool) -> bool:
    before = [Provided(one.text, tuple(one.cpv)) for one in row.provisions if one.is_need == is_need]
    if before == list(wanted):
        return False
    row.provisions = [one for one in row.provisions if one.is_need != is_need] + [
        models.Provision(is_need=is_need, position=position, text=one.text, cpv=list(one.cpv))
        for position, one in enumerate(wanted)
    ]
    return True
