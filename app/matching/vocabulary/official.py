"""The official list of codes, as it is published: a CSV file or a workbook, with names in any languages."""

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from app.matching.vocabulary.index import Entry
from app.matching.vocabulary.wording import folded, tokens

ENCODINGS = ("utf-8-sig", "cp1252")
_CODE = re.compile(r"\s*(\d{2}\.?\d{6})(?:\s*-\s*\d)?\s*$")
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
class _Sheet:
    name: str
    rows: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Columns:
    header_row: int
    code: int
    names: dict[int, str]


def read_official(path: Path) -> tuple[Entry, ...]:
    """The codes of a file with their names by language (ISO 639-1), in its order. Raises NotAListError."""
    sheets = list(_sheets(path))
    for sheet in sheets:
        columns = _columns(sheet)
        if columns is not None:
            return _entries(sheet, columns)
    expected = "expected a column of codes such as 90910000-9 and beside it columns of names headed by their language"
    raise NotAListError([ListFault(sheet.name, expected) for sheet in sheets] or [ListFault(path.name, expected)])


def _sheets(path: Path) -> Iterator[_Sheet]:
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
            raise NotAListError([ListFault(path.name, f"the workbook cannot be opened ({error})")]) from error
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield _Sheet(sheet.title, [tuple(_text(cell) for cell in row) for row in sheet.iter_rows(values_only=True)])
        return
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise NotAListError([ListFault(path.name, f"the file cannot be read ({error.strerror})")]) from error
    try:
        yield _Sheet(path.name, [tuple(row) for row in csv.reader(text.splitlines(), delimiter=_delimiter(text))])
    except csv.Error as error:
        raise NotAListError([ListFault(path.name, f"the file is not a table ({error})")]) from error


def _text(cell: object) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{int(cell):08d}" if cell == int(cell) else str(cell)
    return "" if cell is None else str(cell)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _delimiter(text: str) -> str:
    first = "\n".join(text.splitlines()[:_ROWS_TO_FIND_HEADERS])
    return max(",;\t|", key=first.count)


def _columns(sheet: _Sheet) -> _Columns | None:
    """Where codes and names stand: the first row with a code in it says which column, a row above it the languages."""
    for number, row in enumerate(sheet.rows[:_ROWS_TO_FIND_HEADERS]):
        code = next((at for at, cell in enumerate(row) if _CODE.match(cell)), None)
        if code is None or number == 0:
            continue
        for above in range(number - 1, -1, -1):
            names = _name_columns(sheet.rows[above], row, code)
            if names:
                return _Columns(number - 1, code, names)
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


def _entries(sheet: _Sheet, columns: _Columns) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    faults = []
    for number, row in enumerate(sheet.rows[columns.header_row + 1 :], start=columns.header_row + 2):
        written = row[columns.code].strip() if columns.code < len(row) else ""
        if not any(cell.strip() for cell in row):
            continue
        match = _CODE.match(written)
        cell = f"{sheet.name}, {get_column_letter(columns.code + 1)}{number}"
        names = {lang: row[at].strip() for at, lang in columns.names.items() if at < len(row) and row[at].strip()}
        if match is None:
            faults.append(ListFault(cell, f"“{written}” is not a code; expected eight digits, such as 90910000-9"))
        elif not names:
            faults.append(ListFault(cell, f"the code {written} has no name in any language"))
        else:
            code = match[1].replace(".", "")
            entries.setdefault(code, Entry(code, names, is_official=True))
    if faults:
        raise NotAListError(faults)
    return tuple(entries.values())
