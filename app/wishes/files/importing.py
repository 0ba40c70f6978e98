"""Storing the wishes that files name, many at once: there may be a dozen for everybody who comes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app import models
from app.errors import Fault
from app.languages import sentences
from app.registrations.counting import Counts
from importers import WishRow

PER_QUESTION = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """A wish as it stands; rows of the database would cost ten times as much to make."""

    id: int
    source: int
    target: int
    written: str
    rank: int | None
    stars: int | None
    refuses: bool
    note: str | None


def store_wishes(
    session: Session,
    event: models.Event,
    rows: Sequence[WishRow],
    by_name: Mapping[str, models.Organisation],
    delete_missing: bool,
    lang: str,
) -> tuple[Counts, list[Fault]]:
    """Store the wishes; of several in one direction a refusal counts, else the dearest."""
    wanted: dict[tuple[int, int], WishRow] = {}
    left_out = []
    for row in rows:
        if row.source not in by_name or row.target not in by_name:
            left_out.append(row)
            continue
        way = (by_name[row.source].id, by_name[row.target].id)
        if way[0] != way[1] and (way not in wanted or _dearness(row) > _dearness(wanted[way])):
            wanted[way] = row
    known = _known(session, event)
    new = [
        {"event_id": event.id, "source_id": source, "target_id": target, **_facts(row)}
        for (source, target), row in wanted.items()
        if (source, target) not in known
    ]
    changed = [{"id": known[way].id, **_facts(row)} for way, row in wanted.items() if _differs(known.get(way), row)]
    gone = [wish for way, wish in known.items() if way not in wanted] if rows else []
    if new:
        session.execute(insert(models.Wish), new)
    if changed:
        session.execute(update(models.Wish), changed)
    for some in batched([wish.id for wish in gone] if delete_missing else []):
        session.execute(delete(models.Wish).where(models.Wish.id.in_(some)))
    counts = Counts(len(new), len(changed), len(wanted) - len(new) - len(changed), len(gone), delete_missing)
    of_event = select(models.Organisation.id, models.Organisation.name).where(models.Organisation.event_id == event.id)
    names = {row.id: row.name for row in session.execute(of_event)}
    warnings = [_left_out(row, lang) for row in left_out]
    return counts, warnings + [_gone(wish, names, lang, is_removed=delete_missing) for wish in gone]


def _known(session: Session, event: models.Event) -> dict[tuple[int, int], Known]:
    columns = (models.Wish.id, models.Wish.source_id, models.Wish.target_id, models.Wish.written)
    meant = (models.Wish.rank, models.Wish.stars, models.Wish.refuses, models.Wish.note)
    rows = session.execute(select(*columns, *meant).where(models.Wish.event_id == event.id))
    return {(row.source_id, row.target_id): Known(*row) for row in rows}


def _differs(known: Known | None, row: WishRow) -> bool:
    return known is not None and any(getattr(known, name) != value for name, value in _facts(row).items())


def batched(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield keys by the thousand: a database takes only so many in one question."""
    for start in range(0, len(keys), PER_QUESTION):
        yield keys[start : start + PER_QUESTION]


def _dearness(row: WishRow) -> tuple[bool, int, int, str, str]:
    """A key that grows with what counts, the same whatever the order of the rows."""
    return row.refuses, -(row.rank or 10_000), row.stars or 0, row.note or "", row.written


def _facts(row: WishRow) -> dict[str, object]:
    return {
        "rank": row.rank,
        "stars": row.stars,
        "refuses": row.refuses,
        "note": row.note,
        "written": row.written,
    }


def _left_out(row: WishRow, lang: str) -> Fault:
    """A wish of or for somebody who was known, is not in the file, and was therefore removed just now."""
    _ = sentences(lang).gettext
    text = _("The wish of {source} for {target} is left out: one of them is no longer registered.")
    message = text.format(source=row.source, target=row.target)
    return Fault("left-out", message, row.address.sheet, row.address.cell, row.written, is_warning=True)


def _gone(wish: Known, names: Mapping[int, str], lang: str, *, is_removed: bool) -> Fault:
    _ = sentences(lang).gettext
    source, target = names[wish.source], names[wish.target]
    if is_removed:
        text = _("The wish of {source} for {target} is no longer in the file and is removed.")
        return Fault("gone", text.format(source=source, target=target), read=wish.written, is_warning=True)
    text = _(
        "The wish of {source} for {target} is no longer in the file but still counts; --delete-missing removes it."
    )
    message = text.format(source=source, target=target)
    hint = _("--delete-missing removes what is no longer named")
    return Fault("gone", message, read=wish.written, hint=hint, is_warning=True)
