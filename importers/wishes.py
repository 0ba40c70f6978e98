"""Who wishes to meet whom: columns of wishes, lists and their names, matched to those who are registered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from importers.cells import line_of, parts_of, text_of, yes_or_no
from importers.faults import Faults
from importers.handkept import is_total
from importers.mapping import Table
from importers.marks import Mark, mark_of, stars_of
from importers.names import Directory, Named
from importers.records import RowReader
from importers.registrations import Registration
from importers.rows import Address, WishRow
from importers.text import one_line


def wishes_of_columns(
    rows: Iterable[tuple[Registration, str]], directory: Directory, faults: Faults
) -> Iterator[WishRow]:
    """The wishes and refusals in a list of participants; each row comes with its organisation's name."""
    for row, source in rows:
        for asked in row.asked:
            for position, (written, named) in enumerate(names_in(asked.text, directory)):
                rank = None if asked.mark.rank is None else asked.mark.rank + position
                mark = replace(asked.mark, rank=rank)
                wish = _wish(source, written, named, mark, Address(row.sheet, cell=asked.cell), None, faults)
                if wish:
                    yield wish


def wishes_of_list(table: Table, directory: Directory, faults: Faults) -> Iterator[WishRow]:
    """The wishes of a list with a column for who wishes and one for whom."""
    for row in table.rows:
        reader = RowReader(table, row, faults)
        source, targets = reader.one("from", line_of), _targets(reader)
        if (source is None and not targets) or is_total(row):
            continue
        mark = _mark_of(reader)
        note = reader.line("note")
        if source is None or not targets:
            faults.add("missing-name", sheet=reader.sheet, cell=reader.place_of("from" if source is None else "to"))
            continue
        found = _looked_up(source[0], directory, Address(reader.sheet, cell=source[1]), faults)
        for text, cell, rank in targets:
            first = rank if mark.rank is None else mark.rank
            for position, (written, named) in enumerate(names_in(text, directory)):
                ranked = Mark(None if first is None else first + position, mark.stars, mark.refuses)
                wish = _wish(found, written, named, ranked, Address(reader.sheet, cell=cell), note, faults)
                if wish:
                    yield wish


def _targets(reader: RowReader) -> list[tuple[str, str, int | None]]:
    """Whom a row of a list names, with the cell, and the rank that one of several columns says by its number."""
    cells = [(text, cell) for cell in reader.cells("to") if (text := text_of(cell.value)) is not None]
    is_ranked = reader.count("to") > 1
    return [
        (text, cell.cell, (cell.ordinal or position) if is_ranked else None)
        for position, (text, cell) in enumerate(cells, start=1)
    ]


def _mark_of(reader: RowReader) -> Mark:
    rank = reader.value("rank", lambda value: mark_of(value, "not-a-rank")) or Mark()
    stars = reader.value("stars", stars_of) or Mark()
    refused = reader.value("refuses", yes_or_no) or False
    return Mark(rank.rank, stars.stars or rank.stars, rank.refuses or stars.refuses or refused)


def names_in(text: str, directory: Directory) -> list[tuple[str, Named]]:
    """The names in a cell, cut where that leaves names that are known; a name may hold commas and slashes."""
    whole = directory.find(one_line(text))
    if whole.name:
        return [(one_line(text), whole)]
    found: list[tuple[str, Named]] = []
    if re.match(r"\s*1\s*[.)]", text):
        text = re.sub(r"(?:^|(?<=\s))\d{1,2}\s*[.)]\s*(?=\D)", "\n", text)
    for piece in parts_of(text):
        found += _names_in_piece(one_line(piece), directory)
    return found


def _names_in_piece(piece: str, directory: Directory) -> list[tuple[str, Named]]:
    """The longest runs of parts between commas, slashes and `et` that are known names."""
    whole = directory.find(piece)
    parts = re.split(r"(\s*,\s*|\s*/\s*|\s+(?:et|und|and|y|en|e|&|\+)\s+)", piece)
    if whole.name or len(parts) == 1:
        return [(piece, whole)]
    found: list[tuple[str, Named]] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -2):
            joined = "".join(parts[start:end]).strip()
            named = directory.find(joined)
            if named.name or end == start + 1:
                found.append((joined, named))
                start = end + 1
                break
    known = [each for each in found if each[1].name]
    return found if known or "," in piece or "/" in piece else [(piece, whole)]


def _looked_up(written: str, directory: Directory, address: Address, faults: Faults) -> str | None:
    named = directory.find(written)
    if named.name is None:
        _say_unknown(written, named, address, faults)
    return named.name


def _say_unknown(written: str, named: Named, address: Address, faults: Faults) -> None:
    code = "ambiguous-organisation" if named.is_ambiguous else "unknown-organisation"
    faults.add(code, sheet=address.sheet, cell=address.cell, read=written, candidates=named.candidates)


def _wish(
    source: str | None, written: str, named: Named, mark: Mark, address: Address, note: str | None, faults: Faults
) -> WishRow | None:
    if named.name is None:
        _say_unknown(written, named, address, faults)
        return None
    if source is None:
        return None
    if source == named.name:
        faults.add("wish-for-itself", sheet=address.sheet, cell=address.cell, read=written)
        return None
    return WishRow(source, named.name, written, address, mark.rank, mark.stars, mark.refuses, note)


def say_contradictions(wishes: Iterable[WishRow], faults: Faults) -> None:
    """Somebody who is both wished for and refused by the same organisation."""
    wished: dict[tuple[str, str], WishRow] = {}
    refused: list[WishRow] = []
    for wish in wishes:
        if wish.refuses:
            refused.append(wish)
        else:
            wished.setdefault((wish.source, wish.target), wish)
    for wish in refused:
        other = wished.get((wish.source, wish.target))
        if other:
            faults.add(
                "contradicting-wish",
                sheet=wish.address.sheet,
                cell=wish.address.cell,
                read=wish.written,
                parameters={"other": f"{other.address.sheet}, {other.address.cell}"},
            )
