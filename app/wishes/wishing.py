"""Wishing by hand: one organisation for another, dearly or less, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.errors import Conflict, Fault, Faulty
from app.events.shaping import REQUEST

SAID = "{source} has said already what it wishes of {target}."
NO_ORGANISATION = "There is no organisation {organisation} in this event."


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a wish is meant; a refusal has neither rank nor stars."""

    rank: int | None
    stars: int | None
    refuses: bool
    note: str | None


def add_wish(session: Session, event: models.Event, source_id: int, target_id: int, wanted: Wanted) -> models.Wish:
    """Note a wish. Raises Faulty when one of the two does not come, Conflict when there is one in this direction."""
    ends = _ends(session, event, {"source": source_id, "target": target_id})
    _check(wanted)
    same = select(models.Wish.id).where(models.Wish.source_id == source_id, models.Wish.target_id == target_id)
    if session.scalar(same) is not None:
        raise Conflict(SAID, source=ends["source"], target=ends["target"])
    wish = models.Wish(event_id=event.id, source_id=source_id, target_id=target_id, written=ends["target"])
    wish.take(_columns(wanted))
    session.add(wish)
    session.flush()
    return wish


def change_wish(session: Session, wish: models.Wish, wanted: Wanted) -> bool:
    """Change how a wish is meant; say whether anything differs."""
    _check(wanted)
    is_changed = wish.take(_columns(wanted))
    session.flush()
    return is_changed


def _ends(session: Session, event: models.Event, ids: Mapping[str, int]) -> dict[str, str]:
    """Return the names of the two organisations, by side."""
    coming = select(models.Organisation.id, models.Organisation.name).where(
        models.Organisation.event_id == event.id,
        models.Organisation.is_withdrawn.is_(False),
        models.Organisation.id.in_(ids.values()),
    )
    names = {row.id: row.name for row in session.execute(coming)}
    faults = [
        Fault("unknown-organisation", NO_ORGANISATION, REQUEST, side, str(key), values={"organisation": key})
        for side, key in ids.items()
        if key not in names
    ]
    if ids["source"] == ids["target"]:
        faults.append(Fault("wish-for-itself", "An organisation cannot wish to meet itself.", REQUEST, "target"))
    if faults:
        raise Faulty("The wish has faults; nothing was stored.", faults)
    return {side: names[key] for side, key in ids.items()}


def _check(wanted: Wanted) -> None:
    if wanted.refuses and (wanted.rank is not None or wanted.stars is not None):
        raise Faulty(
            "The wish has faults; nothing was stored.",
            [Fault("contradicting-wish", "A refusal has neither rank nor stars.", REQUEST, "refuses")],
        )


def _columns(wanted: Wanted) -> dict[str, object]:
    return {"rank": wanted.rank, "stars": wanted.stars, "refuses": wanted.refuses, "note": wanted.note}
