"""Rows that name the same organisation become one; what contradicts is said."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from importers.faults import Faults
from importers.kinds import SOCIAL, Kinds, is_social_by_label
from importers.names import Directory, is_misspelled, is_same_name, key_of
from importers.people import united
from importers.registrations import Registration, Stated
from importers.rows import Address, OrganisationRow
from importers.text import fold

T = TypeVar("T")
_TELLING = ("reference", "registration_number", "website")


class Gathered:
    """All registrations of one organisation, the first of which gives its name."""

    def __init__(self) -> None:
        self.rows: list[Registration] = []

    @property
    def name(self) -> str:
        return next((row.name for row in self.rows if row.name), "")

    @property
    def spellings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.name for row in self.rows if row.name))

    def first(self, name: str) -> tuple[Registration, Stated] | None:
        return next(((row, row.stated[name]) for row in self.rows if name in row.stated), None)


def gathered(rows: Iterable[Registration], faults: Faults) -> list[Gathered]:
    """The organisations in the order of their first rows. Rows without a name are a fault and stand alone."""
    found: list[Gathered] = []
    by_shape: dict[str, list[Gathered]] = {}
    by_reference: dict[str, Gathered] = {}
    rows = list(rows)
    numbers_people = _numbers_people(rows)
    for row in rows:
        reference = "" if numbers_people else _reference(row)
        same = by_reference.get(reference) if reference else None
        if same is not None and row.name and not _may_be_one(row.name, same):
            _say_shared_reference(row, same, faults)
            same = None
        same = same or _with_same_name(row, by_shape)
        if same is None:
            same = Gathered()
            found.append(same)
        same.rows.append(row)
        if not row.name and not same.name:
            faults.add("missing-organisation", sheet=row.sheet, cell=row.name_cell)
        if row.name:
            companions = by_shape.setdefault(key_of(row.name).bare, [])
            if same not in companions:
                companions.append(same)
        if reference:
            by_reference.setdefault(reference, same)
    return _united(found, faults)


def _reference(row: Registration) -> str:
    stated = row.stated.get("reference")
    return fold(str(stated.value)) if stated else ""


def _numbers_people(rows: Sequence[Registration]) -> bool:
    """Whether the references number the people: then they differ between rows of one organisation."""
    seen: dict[str, set[str]] = {}
    for row in rows:
        if row.name and _reference(row):
            seen.setdefault(key_of(row.name).bare, set()).add(_reference(row))
    return any(len(references) > 1 for references in seen.values())


def _may_be_one(name: str, same: Gathered) -> bool:
    return not same.name or any(is_same_name(name, other) or is_misspelled(name, other) for other in same.spellings)


def _with_same_name(row: Registration, by_shape: dict[str, list[Gathered]]) -> Gathered | None:
    if not row.name:
        return None
    companions = by_shape.get(key_of(row.name).bare, [])
    alike = [each for each in companions if all(is_same_name(row.name, other) for other in each.spellings)]
    return alike[0] if len(alike) == 1 else None


def _say_shared_reference(row: Registration, same: Gathered, faults: Faults) -> None:
    other = same.rows[0]
    faults.add(
        "shared-reference",
        sheet=row.sheet,
        cell=row.stated["reference"].cell,
        read=str(row.stated["reference"].value),
        candidates=(same.name,),
        parameters={"other": _where(other.sheet, other.stated["reference"].cell)},
    )


def _united(found: list[Gathered], faults: Faults) -> list[Gathered]:
    """Spellings a slip apart are one organisation where a number or address shows it; else both are said."""
    kept: list[Gathered] = []
    directory = Directory()
    by_name: dict[str, Gathered] = {}
    for each in found:
        near = directory.slips_of(each.name) if each.name else []
        twin = next((by_name[name] for name in near if _is_shown_to_be_one(each, by_name[name])), None)
        if twin is not None:
            twin.rows += each.rows
            continue
        kept.append(each)
        if near and not any(_differs(each, by_name[name]) for name in near):
            first = each.rows[0]
            faults.add(
                "similar-organisations", sheet=first.sheet, cell=first.name_cell, read=each.name, candidates=tuple(near)
            )
        if each.name:
            directory.add(each.name)
            by_name.setdefault(each.name, each)
    return kept


def _values(each: Gathered, name: str) -> set[str]:
    return {fold(str(row.stated[name].value)) for row in each.rows if name in row.stated}


def _is_shown_to_be_one(one: Gathered, other: Gathered) -> bool:
    if any(_values(one, name) & _values(other, name) for name in _TELLING):
        return True
    return bool(_domains(one) & _domains(other)) and not _differs(one, other)


def _differs(one: Gathered, other: Gathered) -> bool:
    """Two registration numbers, countries or towns that differ show two organisations."""
    pairs = (
        (_values(one, name), _values(other, name)) for name in ("registration_number", "country", "postal_code", "city")
    )
    return any(first and second and not first & second for first, second in pairs)


_ANYBODYS = frozenset(
    {
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.fr",
        "yahoo.fr",
        "yahoo.com",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
    }
    | {"gmx.de", "gmx.net", "web.de", "t-online.de", "laposte.net", "icloud.com", "pt.lu", "skynet.be", "sfr.fr"}
    | {"outlook.fr", "outlook.de", "live.fr", "example.org", "example.com", "example.net", "posteo.de", "proton.me"}
)


def _domains(each: Gathered) -> set[str]:
    addresses = (row.delegate.email for row in each.rows if row.delegate.email)
    return {address.rpartition("@")[2] for address in addresses} - _ANYBODYS


def organisation_of(each: Gathered, kinds: Kinds, faults: Faults) -> OrganisationRow:
    """The organisation with what its rows say together; the first row wins where two contradict."""
    values = {name: _agreed(each, name, faults) for name in sorted({name for row in each.rows for name in row.stated})}
    labels = _all(row.labels for row in each.rows)
    kind, structure = _text(values.get("kind")), _text(values.get("structure_type"))
    if kind in {None, "company"} and kinds.has(SOCIAL) and (structure or is_social_by_label(labels)):
        kind = SOCIAL
    floor, ceiling = _number(values.get("min_meetings")), _number(values.get("max_meetings"))
    if floor is not None and ceiling is not None and floor > ceiling:
        _say_floor(each, ceiling, faults)
    first = each.rows[0]
    return OrganisationRow(
        organisation=each.name,
        delegates=united([row.delegate for row in each.rows], faults),
        address=Address(first.sheet, first.row),
        reference=_text(values.get("reference")),
        kind=kind,
        structure_type=structure,
        country=_text(values.get("country")),
        postal_code=_text(values.get("postal_code")),
        city=_text(values.get("city")),
        website=_text(values.get("website")),
        registration_number=_text(values.get("registration_number")),
        description=_text(values.get("description")),
        offers=_all(row.offers for row in each.rows),
        needs=_all(row.needs for row in each.rows),
        labels=labels,
        sdgs=tuple(sorted(_all(row.sdgs for row in each.rows))),
        table=_text(values.get("table")),
        min_meetings=floor,
        max_meetings=ceiling,
        accessibility=_text(values.get("accessibility")),
    )


def _say_floor(each: Gathered, ceiling: int, faults: Faults) -> None:
    found = each.first("min_meetings")
    if found:
        row, stated = found
        faults.add(
            "floor-above-ceiling",
            sheet=row.sheet,
            cell=stated.cell,
            read=str(stated.value),
            parameters={"most": str(ceiling)},
        )


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _number(value: str | int | None) -> int | None:
    return value if isinstance(value, int) else None


def _all(lists: Iterable[Sequence[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def _agreed(each: Gathered, name: str, faults: Faults) -> str | int | None:
    """The first value stated; one that differs by more than case and accents is said."""
    kept = each.first(name)
    if kept is None:
        return None
    first, stated = kept
    if name == "reference" and len(_values(each, name)) > 1:
        return None if len({_reference(row) for row in each.rows}) == len(each.rows) else stated.value
    for row in each.rows:
        other = row.stated.get(name)
        if other and fold(str(other.value)) != fold(str(stated.value)):
            faults.add(
                "contradiction",
                sheet=row.sheet,
                cell=other.cell,
                read=str(other.value),
                parameters={"kept": str(stated.value), "other": _where(first.sheet, stated.cell), "field": name},
            )
    return stated.value


def _where(sheet: str, cell: str) -> str:
    return f"{sheet}, {cell}"
