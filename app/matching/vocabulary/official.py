"""The official list of codes, as it is published: rows with a code and its names in any languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.matching.vocabulary.index import Entry
from app.matching.vocabulary.wording import folded, tokens

_CODE = re.compile(r"\s*(\d{2}\.?\d{6}|[3-9]\d{6})(?:\s*-\s*\d)?\s*$")
_DIGITS = 8  # a spreadsheet that took 03111000 for a number has kept seven of them
_ROWS_TO_FIND_HEADERS = 40
_LANGUAGE = re.compile(r"(?:^|[^a-z])([a-z]{2})$|^([a-z]{2})(?:[^a-z]|$)")
_LANGUAGE_WORDS = {
    "fr": ("francais", "french", "franzosisch", "libelle", "designation", "intitule"),
    "de": ("deutsch", "german", "allemand", "bezeichnung", "beschreibung"),
    "en": ("english", "anglais", "englisch", "name", "description", "title", "label"),
    "es": ("espanol", "spanish", "espagnol", "spanisch", "descripcion", "denominacion", "nombre"),
    "nl": ("nederlands", "dutch", "omschrijving"),
    "it": ("italiano", "italian", "descrizione"),
    "pt": ("portugues", "portuguese", "descricao"),
}
_ALL_LANGUAGES = frozenset(
    "bg cs da de el en es et fi fr ga hr hu is it lt lv mk mt nl no pl pt ro ru sk sl sq sr sv tr uk".split()  # noqa: SIM905  a list of quoted pairs reads worse
)


@dataclass(frozen=True, slots=True)
class ListFault:
    """What is wrong in the list, and where: `place` is a sheet and a cell, or a file."""

    place: str
    message: str


class NotAListError(Exception):
    """The file is not a list of codes; `faults` says why, each with its place."""

    def __init__(self, faults: Sequence[ListFault]) -> None:
        super().__init__("; ".join(f"{fault.place}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a sheet by its number, and the texts of its cells from column A on."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet of a published list, by its rows that hold something."""

    name: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    first: int
    code: int
    names: dict[int, str]


def entries_of(sheets: Sequence[ListSheet]) -> tuple[Entry, ...]:
    """The codes of the first sheet that is a list of them, with their names by language (ISO 639-1), in its order.

    Raises NotAListError.
    """
    for sheet in sheets:
        columns = _columns(sheet)
        if columns is not None:
            return _entries(sheet, columns)
    expected = "expected a column of codes such as 90910000-9 and beside it columns of names headed by their language"
    raise NotAListError([ListFault(sheet.name, expected) for sheet in sheets])


def _columns(sheet: ListSheet) -> _Columns | None:
    """Where codes and names stand: the first row with a code in it says which column, a row above it the languages."""
    for place, row in enumerate(sheet.rows[:_ROWS_TO_FIND_HEADERS]):
        code = next((at for at, cell in enumerate(row.cells) if _CODE.match(cell)), None)
        if code is None or place == 0:
            continue
        for above in range(place - 1, -1, -1):
            names = _name_columns(sheet.rows[above].cells, row.cells, code)
            if names:
                return _Columns(place, code, names)
        return None
    return None


def _name_columns(headers: Sequence[str], first: Sequence[str], code: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, header in enumerate(headers):
        has_name = at < len(first) and first[at].strip() and not _CODE.match(first[at])
        lang = _language(header) if at != code and has_name else None
        if lang and lang not in found.values():
            found[at] = lang
    return found


def _language(header: str) -> str | None:
    """The language that a header names: FR, name_fr, Libellé (fr), Deutsch, Description."""
    plain = folded(header).strip().rstrip(")]").strip()
    match = _LANGUAGE.search(plain)
    if match and (match[1] or match[2]) in _ALL_LANGUAGES:
        return match[1] or match[2]
    words = set(tokens(header))
    return next((lang for lang, known in _LANGUAGE_WORDS.items() if words & set(known)), None)


def _entries(sheet: ListSheet, columns: _Columns) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    faults = []
    for row in sheet.rows[columns.first :]:
        cells = row.cells
        written = cells[columns.code].strip() if columns.code < len(cells) else ""
        match = _CODE.match(written)
        place = f"{sheet.name}, {_letters(columns.code + 1)}{row.number}"
        names = {lang: cells[at].strip() for at, lang in columns.names.items() if at < len(cells) and cells[at].strip()}
        if match is None:
            faults.append(ListFault(place, f"“{written}” is not a code; expected eight digits, such as 90910000-9"))
        elif not names:
            faults.append(ListFault(place, f"the code {written} has no name in any language"))
        else:
            code = match[1].replace(".", "").zfill(_DIGITS)
            entries.setdefault(code, Entry(code, names, is_official=True))
    if faults:
        raise NotAListError(faults)
    return tuple(entries.values())


def _letters(column: int) -> str:
    """1 is A, 27 is AA."""
    before, place = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + place)
