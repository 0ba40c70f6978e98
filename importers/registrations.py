"""One row of a list of participants, read into typed values, each with the cell that it came from."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from importers.cells import Misread, goals, line_of, table_name, text_of, whole_number
from importers.faults import Faults
from importers.identifiers import code_and_town, postal_code, registration_number, wrong_cpv_codes
from importers.kinds import KindFound, Kinds
from importers.mapping import OF_PEOPLE, Table
from importers.marks import Mark, mark_of
from importers.people import delegate_of
from importers.places import country
from importers.provisions import labels, provisions
from importers.records import RowReader
from importers.rows import DelegateRow, LabelRow, Provision
from importers.sheets import Row, Value, as_text
from importers.text import fold
from importers.words import listed


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


def registrations_of(table: Table, kinds: Kinds, faults: Faults) -> Iterator[Registration]:
    """Every row that is a registration, also those with faults; totals, remarks and blank rows are none."""
    told = kinds.of_title(table.sheet.name) or (kinds.of_title(table.title) if table.title else None)
    first, *others = table.people()
    for row in _filled_down(table):
        if is_total(row) or all(row.at(column.column) is None for column in table.columns):
            continue
        yield _registration(RowReader(first, row, faults), kinds, told)
        for other in others:
            if any(other.cells(row, name) for name in OF_PEOPLE):
                yield _registration(RowReader(other, row, faults), kinds, told)


def is_total(row: Row) -> bool:
    """`Total | 12`, `Summe: 93`, `148 Teilnehmer`, a remark after a star: what stands under a list."""
    filled = [value for value in row.values if value is not None]
    texts = [fold(value) for value in filled if isinstance(value, str)]
    if not texts or len(texts) > 2:
        return False
    words = texts[0].split()
    if len(filled) == 1 and as_text(filled[0]).startswith("*"):
        return True
    others = all(not isinstance(value, str) or re.fullmatch(r"[\d\s.,%]*", value) for value in filled[1:])
    if not words or not others:
        return False
    if words[0] in _TOTALS and all(word.isdigit() or word in _COUNTED for word in words[1:]):
        return True
    if len(words) == 3 and words[0] in _TOTALS and words[1].isdigit():
        return True
    return len(words) == 2 and words[0].isdigit() and words[1] in _COUNTED


_TOTALS = listed("totals")
_COUNTED = listed("counted")


def _filled_down(table: Table) -> Iterator[Row]:
    """Rows with the value of a cell that is merged over several of them, but for wishes, which count once."""
    once = {column.column for column in table.columns if column.field in {"wishes", "refuses"}}
    sources: dict[tuple[int, int], tuple[int, int]] = {}
    for area in table.sheet.merged:
        if area.bottom > area.top and area.cell_count <= 5_000 and area.left not in once:
            for number in range(area.top + 1, area.bottom + 1):
                sources[number, area.left] = (area.top, area.left)
    by_number = {row.number: row for row in table.rows}
    for row in table.rows:
        values = list(row.values)
        for column in {column.column for column in table.columns}:
            source = sources.get((row.number, column))
            if source and row.at(column) is None and source[0] in by_number:
                values += [None] * (column - len(values))
                values[column - 1] = by_number[source[0]].at(column)
        yield Row(row.number, tuple(values))


def _registration(reader: RowReader, kinds: Kinds, told: KindFound | None) -> Registration:
    name = reader.one("organisation", line_of)
    stated = _stated(reader, kinds, told)
    land = stated.get("country")
    return Registration(
        sheet=reader.sheet,
        row=reader.row,
        name=name[0] if name else None,
        name_cell=name[1] if name else reader.place_of("organisation"),
        delegate=delegate_of(reader, str(land.value) if land else None),
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
    "country": country,
    "website": line_of,
    "description": text_of,
    "accessibility": text_of,
    "table": table_name,
    "min_meetings": whole_number,
    "max_meetings": whole_number,
}


def _stated(reader: RowReader, kinds: Kinds, told: KindFound | None) -> dict[str, Stated]:
    """What the row says about its organisation, each with its cell."""
    stated: dict[str, Stated] = {}
    for name, read in _PLAIN.items():
        found: tuple[str | int, str] | None = reader.one(name, read)
        if found:
            stated[name] = Stated(*found)
    land = str(stated["country"].value) if "country" in stated else None
    code = reader.one("postal_code", lambda value: postal_code(value, land))
    if code:
        stated["postal_code"] = Stated(*code)
    _state_kind(reader, kinds, told, stated)
    _state_postal_city(reader, "postal_city", land, stated)
    _state_postal_city(reader, "city", land, stated)
    _state_number(reader, land, stated)
    return stated


def _state_kind(reader: RowReader, kinds: Kinds, told: KindFound | None, stated: dict[str, Stated]) -> None:
    for name in ("structure_type", "kind"):
        found = reader.one(name, kinds.of)
        if found is None:
            continue
        meaning, cell = found
        if name == "kind" and meaning.kind is None and "kind" not in stated and meaning.structure_type:
            reader.say(kinds.unknown(meaning.structure_type), cell)
        if meaning.kind and not (meaning.kind == "company" and "kind" in stated):
            stated["kind"] = Stated(meaning.kind, cell)
        if meaning.structure_type:
            stated["structure_type"] = Stated(meaning.structure_type, cell)
    if told and told.kind and "kind" not in stated and not reader.cells("kind"):
        place = reader.place_of("organisation")
        stated["kind"] = Stated(told.kind, place)
        if told.structure_type:
            stated.setdefault("structure_type", Stated(told.structure_type, place))


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
    said = reader.value("rank", lambda value: mark_of(value, "not-a-rank")) if name == "wishes" else None
    found = []
    for position, cell in enumerate(reader.cells(name), start=1):
        text = text_of(cell.value)
        if text is not None:
            mark = Mark(refuses=True) if name == "refuses" else Mark(rank=cell.ordinal or position)
            found.append(Asked(text, cell.cell, said or mark))
    return found
