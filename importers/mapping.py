"""Which column of a table holds which field, once the table's purpose is known; what is left out is said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from importers.cells import yes_or_no
from importers.columns import CERTAIN, IGNORED, LIST_FIELDS, fields
from importers.faults import Faults
from importers.handkept import repeated
from importers.headers import Block, Header, settled_by
from importers.kinds import Kinds
from importers.rows import ColumnMapping, ReadOptions
from importers.sheets import Row, Sheet, Value, cell_name
from importers.values import decided

SEVERAL = frozenset(
    {
        "wishes",
        "refuses",
        "offers",
        "needs",
        "labels",
        "languages",
        "sdgs",
        "unavailable",
        "accessibility",
        "status",
        "to",
    }
)
"""Fields that may have several columns, all of which count."""

OF_PEOPLE = frozenset({"first_name", "last_name", "full_name", "email", "phone", "function"})
_SURNAMES = frozenset({"last_name", "name"})
_SECOND = 2
_KNOWN_BY = frozenset({"organisation", "reference"})
_OF_LISTS = LIST_FIELDS | {"organisation", "wishes", "refuses"}
_PARTICIPANTS = frozenset(fields() - LIST_FIELDS)


class Purpose(StrEnum):
    """What a table of a sheet is about."""

    PARTICIPANTS = "participants"
    WISHES = "wishes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose field is known."""

    field: str
    column: int
    ordinal: int | None
    header: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the name of its cell."""

    value: Value
    cell: str
    ordinal: int | None = None
    header: str = ""

    @property
    def is_tick(self) -> bool:
        """Whether the value says yes or no and nothing else."""
        return isinstance(yes_or_no(self.value), bool)


@dataclass(frozen=True, slots=True)
class Table:
    """A block of rows whose columns are known."""

    sheet: Sheet
    purpose: Purpose
    columns: tuple[Column, ...]
    by_field: Mapping[str, tuple[Column, ...]]
    rows: tuple[Row, ...]
    title: str | None = None

    def people(self) -> "list[Table]":
        """The table once for each person whom a row names: `Délégué 2 - Nom` is somebody besides `Délégué 1 - Nom`.

        All but the first tell nothing of their organisation but its name.
        """
        further = _further_people((column.field, column.ordinal) for column in self.columns)
        if not further:
            return [self]
        first = [each for each in self.columns if each.field not in OF_PEOPLE or each.ordinal not in further]
        others = [
            [
                each
                for each in self.columns
                if each.field in _KNOWN_BY or (each.field in OF_PEOPLE and each.ordinal == one)
            ]
            for one in further
        ]
        return [replace(self, columns=tuple(some), by_field=_by_field(some)) for some in (first, *others)]

    def has(self, field: str) -> bool:
        return field in self.by_field

    def cells(self, row: Row, field: str) -> list[Cell]:
        """The filled cells of a field in a row, in the order of their numbers, then of the columns."""
        return [
            Cell(value, cell_name(row.number, column.column), column.ordinal, column.header)
            for column in self.by_field.get(field, ())
            if (value := row.at(column.column)) is not None
        ]


def sure_fields(block: Block) -> frozenset[str]:
    """All fields that some header of the block may certainly mean."""
    return frozenset(name for header in block.headers for name, sure in header.guess.fields.items() if sure >= CERTAIN)


def purpose_of(block: Block) -> Purpose | None:
    """By the headers alone; None when they are neither of participants nor of a list of wishes."""
    sure = sure_fields(block)
    has_people = bool(sure & OF_PEOPLE)
    wished = [header for header in block.headers if {"wishes", "to"} & _sure_of(header)]
    wished = [header for header in wished if "rank" not in _sure_of(header)] or wished
    if "from" in sure and wished and not has_people:
        return Purpose.WISHES
    is_pair = "organisation" in sure and len(wished) == 1 and not has_people
    if is_pair and ("to" in _sure_of(wished[0]) or sure & {"rank", "stars"}):
        return Purpose.WISHES
    if sure & {"organisation", "name"} or has_people:
        return Purpose.PARTICIPANTS
    return None


def _sure_of(header: Header) -> frozenset[str]:
    return frozenset(name for name, sure in header.guess.fields.items() if sure >= CERTAIN)


def table_of(
    sheet: Sheet, block: Block, purpose: Purpose, options: ReadOptions, faults: Faults
) -> tuple[Table, list[ColumnMapping]]:
    """The block with its columns settled; every filled column that is left out is said."""
    allowed = _OF_LISTS if purpose is Purpose.WISHES else _PARTICIPANTS
    chosen = {header.column: _choice(header, allowed) for header in block.headers}
    ticked: frozenset[int] = frozenset()
    if purpose is Purpose.WISHES:
        ranked = {header.column: "rank" for header in block.headers if {"rank", "wishes"} <= _sure_of(header)}
        chosen |= ranked if len(ranked) == 1 else {}
        chosen = {column: _in_a_list(name) for column, name in chosen.items()}
    else:
        chosen = _names_settled(block.headers, chosen) | _rank_beside_one_wish(block.headers, chosen)
        block, chosen, ticked = decided(block, chosen, Kinds(options.kinds), settled_by(options.headers))
    further = _further_people((chosen[header.column], header.guess.ordinal) for header in block.headers)
    columns: list[Column] = []
    mappings: list[ColumnMapping] = []
    for header in block.headers:
        name = chosen[header.column]
        is_health = name == "accessibility" and not options.with_health_data
        mappings.append(_mapping(sheet, header, None if is_health else name, allowed))
        if name == IGNORED:
            continue
        if name is None:
            _say_left_out(sheet, block, header, allowed, faults)
        elif is_health:
            if _is_filled(block, header):
                _say(faults, "health-data", sheet, header)
        else:
            if header.column not in ticked and (name not in OF_PEOPLE or header.guess.ordinal not in further):
                _say_twice(sheet, columns, name, header, faults)
            columns.append(Column(name, header.column, header.guess.ordinal, header.text))
    rows = repeated(block.rows, {column.column for column in columns})
    return Table(sheet, purpose, tuple(columns), _by_field(columns), rows, block.title), mappings


def _further_people(columns: Iterable[tuple[str | None, int | None]]) -> list[int]:
    """The numbers from 2 up that stand in the headers of whole names: a second surname alone is nobody else's."""
    named: dict[int, set[str | None]] = {}
    for name, number in columns:
        if number is not None and number > 1:
            named.setdefault(number, set()).add(name)
    return sorted(
        number
        for number, names in named.items()
        if "full_name" in names or ("first_name" in names and names & _SURNAMES)
    )


def _by_field(columns: Sequence[Column]) -> dict[str, tuple[Column, ...]]:
    """The columns of each field: those of a list in the order of their numbers, the others as they stand."""
    found: dict[str, tuple[Column, ...]] = {}
    for column in columns:
        found[column.field] = (*found.get(column.field, ()), column)
    if len(found.get("wishes", ())) == 1:  # `your 3 wishes` is no third wish
        found["wishes"] = (replace(found["wishes"][0], ordinal=None),)
    for name in SEVERAL & found.keys():
        found[name] = tuple(sorted(found[name], key=lambda column: column.ordinal or 0))
    return found


def _choice(header: Header, allowed: frozenset[str]) -> str | None:
    if IGNORED in header.guess.fields:
        return IGNORED
    name, sure = header.guess.best(allowed)
    return name if sure >= CERTAIN else None


def _in_a_list(name: str | None) -> str | None:
    return {"organisation": "from", "wishes": "to"}.get(name or "", name)


def _names_settled(headers: Sequence[Header], chosen: dict[int, str | None]) -> dict[int, str | None]:
    """`Nom` is a last name beside a first name, an organisation where none is named, else a person's name."""
    taken = set(chosen.values())
    bare = [header.column for header in headers if chosen[header.column] == "name"]
    if len(bare) == 2 and "organisation" not in taken and "first_name" in taken:
        first_name = next(column for column, name in chosen.items() if name == "first_name")
        nearest = min(bare, key=lambda column: abs(column - first_name))
        return {column: _or_name(column, name, nearest) for column, name in chosen.items()}
    numbers = {header.column: header.guess.ordinal for header in headers}
    for column in bare:
        beside = {name for other, name in chosen.items() if numbers[other] == numbers[column] is not None}
        if ("first_name" in beside and "last_name" not in beside) or (
            "first_name" in taken and "last_name" not in taken
        ):
            chosen[column] = "last_name"
        elif "last_name" in taken and "first_name" not in taken:
            chosen[column] = "first_name"
        elif "organisation" not in taken:
            chosen[column] = "organisation"
        elif not taken & {"full_name", "last_name", "first_name"}:
            chosen[column] = "full_name"
        else:
            chosen[column] = None
        taken.add(chosen[column])
    if "structure_type" in taken and "kind" not in taken:
        chosen = {column: "kind" if name == "structure_type" else name for column, name in chosen.items()}
    kinds = [column for column, name in chosen.items() if name == "kind"]
    if len(kinds) == 2 and "structure_type" not in taken:
        chosen[kinds[1]] = "structure_type"
    return chosen


def _rank_beside_one_wish(headers: Sequence[Header], chosen: Mapping[int, str | None]) -> dict[int, str | None]:
    """`Priorité` alone is a wish; beside the only other column of wishes it is the rank of that one."""
    ranked = [
        header
        for header in headers
        if "rank" in _sure_of(header) and header.guess.ordinal is None and chosen.get(header.column) in (None, "wishes")
    ]
    columns = {header.column for header in ranked}
    wished = [column for column, name in chosen.items() if name == "wishes" and column not in columns]
    return {ranked[0].column: "rank"} if len(ranked) == len(wished) == 1 else {}


def _or_name(column: int, name: str | None, nearest: int) -> str | None:
    if name != "name":
        return name
    return "last_name" if column == nearest else "organisation"


def _mapping(sheet: Sheet, header: Header, name: str | None, allowed: frozenset[str]) -> ColumnMapping:
    sure = header.guess.fields.get(name or "", 0.0) or header.guess.best(allowed)[1]
    if name is not None and name != IGNORED:
        sure = max(sure, header.guess.best()[1])
    field = None if name == IGNORED else name
    return ColumnMapping(sheet.name, cell_name(header.row, header.column), header.text, field, round(sure, 2))


def _is_filled(block: Block, header: Header) -> bool:
    return any(row.at(header.column) is not None for row in block.rows)


def _say_left_out(sheet: Sheet, block: Block, header: Header, allowed: frozenset[str], faults: Faults) -> None:
    if not _is_filled(block, header):
        return
    candidates = header.guess.candidates(allowed)
    _say(faults, "uncertain-header" if candidates else "unknown-header", sheet, header, candidates)


def _say(faults: Faults, code: str, sheet: Sheet, header: Header, candidates: tuple[str, ...] = ()) -> None:
    cell = cell_name(header.row, header.column)
    faults.add(code, sheet=sheet.name, cell=cell, read=header.text, candidates=candidates)


def _say_twice(sheet: Sheet, columns: Sequence[Column], name: str, header: Header, faults: Faults) -> None:
    if name in SEVERAL or (name == "last_name" and header.guess.ordinal == _SECOND):
        return
    first = next((column for column in columns if column.field == name), None)
    if first is not None:
        faults.add(
            "duplicate-header",
            sheet=sheet.name,
            cell=cell_name(header.row, header.column),
            read=header.text,
            parameters={"field": name, "first": first.header},
        )
