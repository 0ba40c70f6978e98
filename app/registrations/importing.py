"""Reading files, and storing the organisations and delegates that they name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from app import models
from app.errors import Fault
from app.events.arranging import withdraw
from app.languages import sentences
from app.registrations.counting import Counts as Counts
from app.registrations.counting import Tally
from app.registrations.identity import Card, email_key, name_key, recognise_delegates, recognise_organisations
from app.registrations.labels import take_labels
from importers import (
    DelegateRow,
    OrganisationRow,
    Provision,
)
from importers import told as told


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: counts, a warning for each row that is gone, and who goes by which name."""

    organisations: Counts
    delegates: Counts
    warnings: tuple[Fault, ...]
    by_name: Mapping[str, models.Organisation]


def store_organisations(
    session: Session, event: models.Event, rows: Sequence[OrganisationRow], *, delete_missing: bool, lang: str
) -> Stored:
    """Create and update organisations and delegates. What the rows do not say stays as it is.

    What they do not name is gone: that is reported, and with `delete_missing` done.
    """
    before = _organisations(session, event)
    places = recognise_organisations([_card_of(row) for row in before], [_card_of_row(row) for row in rows])
    met: list[models.Organisation] = []
    tally = Tally()
    position = max((row.position for row in before), default=0)
    for row, place in zip(rows, places, strict=True):
        organisation = before[place] if place is not None else None
        if organisation is None:
            position += 1
            organisation = _new_organisation(event, position)
            session.add(organisation)
        is_changed = organisation.take(_facts(row)) | (place is not None and _take_lists(organisation, row))
        tally.count(is_new=place is None, is_changed=is_changed)
        met.append(organisation)
    session.flush()
    new = [(row, home) for row, home, place in zip(rows, met, places, strict=True) if place is None]
    _add_lists(session, new)
    named = set(met)
    gone = [row for row in before if row not in named and not row.is_withdrawn] if rows else []
    with_gone = [row.id for row in gone] if delete_missing else []
    people, gone_people = _store_delegates(session, event, list(zip(rows, met, strict=True)), with_gone)
    if delete_missing:
        _remove(session, gone, gone_people)
    removed = set(gone) if delete_missing else set()
    by_name = {row.name: row for row in before if not row.is_withdrawn and row not in removed}
    by_name |= {row.organisation: organisation for row, organisation in zip(rows, met, strict=True)}
    names = [row.name for row in gone] + [person.name or person.email or "" for person in gone_people]
    return Stored(
        tally.counts(len(gone), is_removed=delete_missing),
        people.counts(len(gone_people), is_removed=delete_missing),
        tuple(_gone(name, lang, is_removed=delete_missing) for name in names),
        by_name,
    )


def _remove(session: Session, organisations: Sequence[models.Organisation], people: Sequence[models.Delegate]) -> None:
    """Remove organisations, their people with them, and people of those that stay."""
    with_theirs = {row.id for row in organisations}
    alone = [one for one in people if one.organisation_id not in with_theirs]
    withdraw(session, alone, models.Attendance.delegate_id)
    of_meetings = (models.MeetingIdentity.organisation_a_id, models.MeetingIdentity.organisation_b_id)
    withdraw(session, organisations, *of_meetings, models.NotHeld.organisation_a_id, models.NotHeld.organisation_b_id)
    session.flush()


def _new_organisation(event: models.Event, position: int) -> models.Organisation:
    """An organisation whose lists are known to be empty, so that nobody asks the database for them."""
    return models.Organisation(
        event_id=event.id, position=position, sdgs=[], is_withdrawn=False, delegates=[], provisions=[], labels=[]
    )


def _store_delegates(
    session: Session,
    event: models.Event,
    pairs: Sequence[tuple[OrganisationRow, models.Organisation]],
    removed: Iterable[int],
) -> tuple[Tally, list[models.Delegate]]:
    """Store the delegates; return the count, and who of these organisations, or of those removed, is gone."""
    before = list(session.scalars(select(models.Delegate).where(models.Delegate.event_id == event.id)))
    rows = [(row, organisation) for named, organisation in pairs for row in named.delegates]
    known = [Card(name_key(row.name), None, email_key(row.email), row.organisation_id) for row in before]
    sought = [Card(_name_key_of(row), None, email_key(row.email), home.id) for row, home in rows]
    tally = Tally()
    seen = set()
    for (row, home), place in zip(rows, recognise_delegates(known, sought), strict=True):
        delegate = before[place] if place is not None else None
        is_moved = delegate is not None and delegate.organisation_id != home.id
        if delegate is not None and is_moved and _has_met(session, delegate):
            delegate = None  # what was planned with them stays as it was: elsewhere they are somebody new
        if delegate is None:
            position = max((one.position for one in home.delegates), default=0) + 1
            delegate = models.Delegate(event_id=event.id, position=position, languages=[], unavailable=[])
        if delegate not in home.delegates:
            home.delegates.append(delegate)
        seen.add(delegate)
        is_changed = delegate.take({"is_withdrawn": False, **_facts_of_delegate(row)}) or is_moved
        tally.count(is_new=delegate.id is None, is_changed=is_changed)
    session.flush()
    named = {organisation.id for _, organisation in pairs} | set(removed)
    return tally, [row for row in before if row.organisation_id in named and row not in seen and not row.is_withdrawn]


def _has_met(session: Session, delegate: models.Delegate) -> bool:
    return (
        session.scalar(select(models.Attendance.side).where(models.Attendance.delegate_id == delegate.id).limit(1))
        is not None
    )


def _organisations(session: Session, event: models.Event) -> list[models.Organisation]:
    return list(
        session.scalars(
            select(models.Organisation)
            .where(models.Organisation.event_id == event.id)
            .order_by(models.Organisation.position, models.Organisation.id)
            .options(
                selectinload(models.Organisation.delegates),
                selectinload(models.Organisation.provisions),
                selectinload(models.Organisation.labels),
            )
        )
    )


def _card_of(row: models.Organisation) -> Card:
    emails = frozenset[str]().union(*(email_key(person.email) for person in row.delegates))
    return Card(row.name_key, row.reference, emails)


def _card_of_row(row: OrganisationRow) -> Card:
    emails = frozenset[str]().union(*(email_key(person.email) for person in row.delegates))
    return Card(name_key(row.organisation), row.reference, emails)


def _name_key_of(row: DelegateRow) -> str:
    return name_key(" ".join(part for part in (row.first_name, row.last_name) if part))


def _facts(row: OrganisationRow) -> dict[str, object]:
    """What the row says of the organisation, without what it says nothing about."""
    said: dict[str, object] = {
        "reference": row.reference,
        "name": row.organisation,
        "name_key": name_key(row.organisation),
        "kind": row.kind,
        "structure_type": row.structure_type,
        "country": row.country,
        "postal_code": row.postal_code,
        "city": row.city,
        "website": row.website,
        "registration_number": row.registration_number,
        "description": row.description,
        "sdgs": list(row.sdgs) or None,
        "home_table": row.table,
        "min_meetings": row.min_meetings,
        "max_meetings": row.max_meetings,
        "accessibility": row.accessibility,
        "is_withdrawn": False,
    }
    return {name: value for name, value in said.items() if value is not None}


def _facts_of_delegate(row: DelegateRow) -> dict[str, object]:
    said: dict[str, object] = {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "phone": row.phone,
        "function": row.function,
        "languages": list(row.languages) or None,
        "arrives": _clock(row.arrives),
        "leaves": _clock(row.leaves),
        "unavailable": [[f"{since:%H:%M}", f"{until:%H:%M}"] for since, until in row.unavailable] or None,
        "online": row.online,
        "consent": row.consent,
    }
    return {name: value for name, value in said.items() if value is not None}


def _clock(local: time | None) -> str | None:
    return None if local is None else f"{local:%H:%M}"


def _add_lists(session: Session, new: Sequence[tuple[OrganisationRow, models.Organisation]]) -> None:
    """Add offers, needs and labels of those who are new, many at once: one by one they cost five times more."""
    provisions = [
        {"organisation_id": home.id, "is_need": is_need, "position": position, "text": one.text, "cpv": list(one.cpv)}
        for row, home in new
        for is_need, said in ((False, row.offers), (True, row.needs))
        for position, one in enumerate(said)
    ]
    labels = [
        {"organisation_id": home.id, "name": name, "valid_from": one.valid_from, "valid_until": one.valid_until}
        for row, home in new
        for name, one in {label.name: label for label in row.labels}.items()
    ]
    for table, values in ((models.Provision, provisions), (models.Label, labels)):
        if values:
            session.execute(insert(table), values)
    for _, home in new:
        session.expire(home, ["provisions", "labels"])


def _take_lists(organisation: models.Organisation, row: OrganisationRow) -> bool:
    """Take offers, needs and labels; a list that the row leaves empty says nothing."""
    is_changed = False
    for is_need, said in ((False, row.offers), (True, row.needs)):
        if said and said != _provisions(organisation, is_need=is_need):
            others = [kept for kept in organisation.provisions if kept.is_need != is_need]
            organisation.provisions = others + [
                models.Provision(is_need=is_need, position=position, text=one.text, cpv=list(one.cpv))
                for position, one in enumerate(said)
            ]
            is_changed = True
    labels = {label.name: (label.valid_from, label.valid_until) for label in row.labels}
    return take_labels(organisation, labels) or is_changed


def _provisions(organisation: models.Organisation, *, is_need: bool) -> tuple[Provision, ...]:
    return tuple(Provision(one.text, tuple(one.cpv)) for one in organisation.provisions if one.is_need == is_need)


def _gone(name: str, lang: str, *, is_removed: bool) -> Fault:
    _ = sentences(lang).gettext
    if is_removed:
        message = _("{name} is no longer in the file and is removed.").format(name=name)
        return Fault("gone", message, read=name, is_warning=True)
    message = _("{name} is no longer in the file but still planned; --delete-missing removes them.").format(name=name)
    return Fault("gone", message, read=name, hint=_("--delete-missing removes who is no longer named"), is_warning=True)
