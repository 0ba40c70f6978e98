"""Settling what a header of a workbook means, for all further imports of an event."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Fault, Faulty, NotFound
from app.events.importing import FIELDS
from app.events.shaping import REQUEST

NO_FIELD = "There is no field “{field}”."


def settle(session: Session, event: models.Event, header: str, field: str) -> models.ColumnChoice:
    """Say what a header means. Raises Conflict when that was settled before, Faulty for a field that there is not."""
    _check_field(field)
    same = select(models.ColumnChoice.id).where(
        models.ColumnChoice.event_id == event.id, models.ColumnChoice.header == header
    )
    if session.scalar(same) is not None:
        raise Conflict("The header “{header}” is settled already.", header=header)
    choice = models.ColumnChoice(event_id=event.id, header=header, field=field)
    session.add(choice)
    session.flush()
    return choice


def settle_anew(choice: models.ColumnChoice, field: str) -> bool:
    """Say that a header means something else; say whether it did."""
    _check_field(field)
    return choice.take({"field": field})


def choice_of(session: Session, event: models.Event, choice_id: int, *, locked: bool = False) -> models.ColumnChoice:
    """Return a choice of this event; raise NotFound for another's."""
    found = session.get(models.ColumnChoice, choice_id, with_for_update=locked or None)
    if found is None or found.event_id != event.id:
        raise NotFound("There is no such column.")
    return found


def _check_field(field: str) -> None:
    if field not in FIELDS:
        known = ", ".join(FIELDS)
        fault = Fault("unknown-field", NO_FIELD, REQUEST, "field", field, known, values={"field": field})
        raise Faulty(NO_FIELD, [fault], field=field)
