"""One row of a list of participants, read into typed values, each with the cell that it came from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from importers.cells import Misread, goals, line_of, table_name, text_of, whole_number, yes_or_no
from importers.faults import Faults
from importers.handkept import filled_down, heading_of, is_cancelled, is_remark, is_total
from importers.identifiers import code_and_town, is_siret, postal_code, registration_number, wrong_cpv_codes
from importers.kinds import KindFound, Kinds
from importers.mapping import OF_PEOPLE, Cell, Table
from importers.marks import Mark, mark_of
from importers.people import delegate_of
from importers.places import country
from importers.provisions import labels, provisions
from importers.records import RowReader
from importers.rows import DelegateRow, LabelRow, Provision
from importers.sheets import Value, as_text
from importers.text import fold
from importers.words import listed

_NOBODY, _NO_PREFERENCE = listed("nobody"), listed("no_preference")


@dataclass(frozen=True, slots=True)
class Stated:
    """A value of an organisation and the cell that states it."""

    value: str | int
    cell: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A name in a column of wishes (or refusals), not yet looked up."""

    text: str
    cell: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Registration:
    """What one row says about an organisation and one of its people."""

    sheet: str
    row: int
    name: str | None
    name_cell: str
    delegate: DelegateRow
    email_cell: str
    stated: Mapping[str, Stated] = field(default_factory=dict)
    offers: tuple[Provision, ...] = ()
    needs: tuple[Provision, ...] = ()
    labels: tuple[LabelRow, ...] = ()
    sdgs: tuple[int, ...] = ()
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the name of the sheet, its title or a heading between the rows tells of those in it."""

    kind: KindFound | None = None
    country: str | None = None


def registrations_of(table: Table, kinds: Kinds, faults: Faults) -> Iterator[Registration]:
    """Every row that is a registration, also those with faults; totals, remarks and blank rows are none."""
    told = Told(kinds.of_title(table.sheet.name) or (kinds.of_title(table.title) if table.title else None))
    first, *others = table.people()
    once = {"wishes", "refuses"}  # under a merged cell these count once
    columns = {column.column for column in table.columns if column.field not in once}
    for row in filled_down(table.rows, table.sheet.merged, columns):
        if heading := heading_of(row, kinds):
            told = Told(heading[0] or told.kind, heading[1] or told.country)
            continue
        if is_total(row) or is_remark(row) or all(row.at(column.column) is None for column in table.columns):
            continue
        reader = RowReader(first, row, faults)
        if _has_cancelled(reader):
            continue
        yield _registration(reader, kinds, told)
        for other in others:
            if any(other.cells(row, name) for name in OF_PEOPLE):
                yield _registration(RowReader(other, row, faults), kinds, told)


def _has_cancelled(reader: RowReader) -> bool:
    """Who has cancelled is left out, and said to be."""
    states = [cell for cell in reader.cells("status") if is_cancelled([cell.value])]
    for state in states:
        name = next((as_text(cell.value) for cell in reader.cells("organisation")), "")
        reader.say(Misread("cancelled", as_text(state.value), parameters={"name": name}), state.cell)
    return bool(states)


def _registration(reader: RowReader, kinds: Kinds, told: Told) -> Registration:
    name = reader.one("organisation", line_of)
    stated = _stated(reader, kinds, told)
    return Registration(
        sheet=reader.sheet,
        row=reader.row,
        name=name[0] if name else None,
        name_cell=name[1] if name else reader.place_of("organisation"),
        delegate=delegate_of(reader, _land(reader, stated)),
        email_cell=reader.place_of("email"),
        stated=stated,
        offers=_provisions(reader, "offers"),
        needs=_provisions(reader, "needs"),
        labels=reader.many("labels", labels),
        sdgs=tuple(sorted(reader.many("sdgs", goals))),
        asked=(*_asked(reader, "wishes"), *_asked(reader, "refuses")),
    )


_Plain = Callable[[Value], str | int | Misread | None]
_PLAIN: dict[str, _Plain] = {
    "reference": line_of,
    "abbreviation": line_of,
    "country": country,
    "website": line_of,
    "description": text_of,
    "accessibility": text_of,
    "table": table_name,
    "min_meetings": whole_number,
    "max_meetings": whole_number,
}


def _stated(reader: RowReader, kinds: Kinds, told: Told) -> dict[str, Stated]:
    """What the row says about its organisation, each with its cell."""
    stated: dict[str, Stated] = {}
    for name, read in _PLAIN.items():
        found: tuple[str | int, str] | None = reader.one(name, read)
        if found:
            stated[name] = Stated(*found)
    if told.country and not reader.cells("country"):
        stated["country"] = Stated(told.country, reader.place_of("organisation"))
    land = _land(reader, stated)
    code = reader.one("postal_code", lambda value: postal_code(value, land))
    if code:
        stated["postal_code"] = Stated(*code)
    _state_kind(reader, kinds, told, stated)
    _state_postal_city(reader, "postal_city", land, stated)
    _state_postal_city(reader, "city", land, stated)
    _state_number(reader, land, stated)
    return stated


def _land(reader: RowReader, stated: Mapping[str, Stated]) -> str | None:
    """The country by whose rules numbers are read: a valid SIRET shows that it is France where nothing is said."""
    if "country" in stated:
        return str(stated["country"].value)
    return "FR" if any(is_siret(cell.value) for cell in reader.cells("registration_number")) else None


def _state_kind(reader: RowReader, kinds: Kinds, told: Told, stated: dict[str, Stated]) -> None:
    for name in ("structure_type", "kind"):
        ticks = [cell for cell in reader.cells(name) if cell.is_tick and kinds.named(cell.header)]
        found = _ticked_kind(reader, ticks, kinds) if ticks else reader.one(name, kinds.of)
        if found is None:
            continue
        meaning, cell = found
        if name == "kind" and meaning.kind is None and "kind" not in stated and meaning.structure_type:
            reader.say(kinds.unknown(meaning.structure_type), cell)
        if meaning.kind and not (meaning.kind == "company" and "kind" in stated):
            stated["kind"] = Stated(meaning.kind, cell)
        if meaning.structure_type:
            stated["structure_type"] = Stated(meaning.structure_type, cell)
    if told.kind and told.kind.kind and "kind" not in stated and not reader.cells("kind"):
        place = reader.place_of("organisation")
        stated["kind"] = Stated(told.kind.kind, place)
        if told.kind.structure_type:
            stated.setdefault("structure_type", Stated(told.kind.structure_type, place))


def _ticked_kind(reader: RowReader, ticks: list[Cell], kinds: Kinds) -> tuple[KindFound, str] | None:
    """The kind in the header of the column that is ticked: `Acheteur | ESS | Collectivité`."""
    ticked = [cell for cell in ticks if yes_or_no(cell.value) is True]
    found = kinds.of(", ".join(cell.header for cell in ticked)) if ticked else None
    if isinstance(found, Misread):
        reader.say(found, ticked[0].cell)
    return (found, ticked[0].cell) if isinstance(found, KindFound) else None


def _state_postal_city(reader: RowReader, name: str, land: str | None, stated: dict[str, Stated]) -> None:
    """`L-1160 Luxembourg`, `Nancy (54000)`: a town with its code, also where only the town is asked for."""
    found = reader.one(name, line_of)
    if found is None:
        return
    text, cell = found
    code, town = code_and_town(text)
    if code:
        stated.setdefault("postal_code", Stated(postal_code(code, land) or code, cell))
    if town:
        stated.setdefault("city", Stated(town, cell))


def _state_number(reader: RowReader, land: str | None, stated: dict[str, Stated]) -> None:
    for cell in reader.cells("registration_number"):
        number, warning = registration_number(cell.value, land)
        if warning:
            reader.say(warning, cell.cell)
        if number:
            stated["registration_number"] = Stated(number, cell.cell)
            return


def _provisions(reader: RowReader, name: str) -> tuple[Provision, ...]:
    """Offers or needs; codes with a wrong check digit are said and kept."""
    for cell in reader.cells(name):
        for code in wrong_cpv_codes(as_text(cell.value)):
            reader.say(Misread("check-digit", code, parameters={"number": "CPV"}), cell.cell)
    return reader.many(name, provisions)


def _asked(reader: RowReader, name: str) -> list[Asked]:
    """The filled cells of the columns of wishes in order.

    A column beside them says the rank, else a column's number is the rank of its first name.
    """
    nobody = _NO_PREFERENCE | (_NOBODY if name == "refuses" else frozenset())
    said = reader.value("rank", lambda value: mark_of(value, "not-a-rank")) if name == "wishes" else None
    found = []
    for position, cell in enumerate(reader.cells(name), start=1):
        text = text_of(cell.value)
        if text is not None and yes_or_no(cell.value) is not False and fold(text) not in nobody:
            mark = Mark(refuses=True) if name == "refuses" else Mark(rank=cell.ordinal or position)
            found.append(Asked(text, cell.cell, said or mark))
    return found
