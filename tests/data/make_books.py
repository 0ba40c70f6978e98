"""Writes every book of this folder with its expected reading: python tests/data/make_books.py [FOLDER]"""

import json
import sys
from pathlib import Path

import faulty
import french
import further
import german
import habits
import handkept
import mixed
import northern
import southern
import typed
from expecting import Book
from writing import write

BOOKS: tuple[Book, ...] = (
    german.BY_HAND,
    german.TWO_LINES,
    french.LUXEMBOURG,
    french.CP1252,
    french.TWICE_OVER,
    southern.SPANISH,
    southern.ITALIAN,
    northern.DUTCH,
    northern.ENGLISH,
    mixed.STRICT,
    mixed.REFERENCES,
    typed.TYPED_BOOK,
    typed.GRID_BOOK,
    typed.PROGRAMME_BOOK,
    further.FAR_BOOK,
    further.TABBED_BOOK,
    further.CROSSES_BOOK,
    habits.TICKED,
    habits.ITALIAN_LIST,
    habits.OLD_GERMAN,
    handkept.BY_SEVERAL,
    faulty.FULL_OF_FAULTS,
    faulty.BROKEN,
)


def main(folder: Path) -> None:
    for book in BOOKS:
        target = folder / book.name
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, book.sheets, encoding=book.encoding, delimiter=book.delimiter)
        told = json.dumps(book.expected(), ensure_ascii=False, indent=1)
        target.with_name(f"{target.stem}.expected.json").write_text(f"{told}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
