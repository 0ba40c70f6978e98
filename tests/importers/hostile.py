"""Makes files that hurt careless readers, each as small as it can be."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def parts_of_a_book() -> dict[str, bytes]:
    """The parts of a good small workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Organisation", "Nom", "Type"], ["Atelier du Fil", "Dupont", "ESAT"]):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def changed(path: Path, **changes: Callable[[bytes], bytes]) -> None:
    """A good workbook with some parts changed; `sheet`, `strings`, `styles`, `book` name them."""
    names = {"sheet": SHEET, "strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml", "book": "xl/workbook.xml"}
    parts = parts_of_a_book()
    for name, change in changes.items():
        parts[names[name]] = change(parts.get(names[name], b""))
    packed(path, parts)


def rows(inner: bytes, after: bytes = b"") -> bytes:
    return f"<worksheet {MAIN}><sheetData>".encode() + inner + b"</sheetData>" + after + b"</worksheet>"


def bomb(part: str, megabytes: int = 32) -> Callable[[Path], None]:
    """A part of nothing but blanks."""

    def make(path: Path) -> None:
        parts = parts_of_a_book()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                if name != part:
                    archive.writestr(name, content)
            with archive.open(part, "w") as target:
                for _ in range(megabytes):
                    target.write(b" " * (1 << 20))

    return make


def entities(path: Path) -> None:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1)) * 10) for n in range(1, 10))
    head = b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY l0 "ha">' + laughs + b"]>"
    changed(path, sheet=lambda _: head + rows(b'<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>'))


def external_entity(path: Path) -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    changed(path, strings=lambda _: head + f"<sst {MAIN}><si><t>&x;</t></si></sst>".encode())


def far_cell(path: Path) -> None:
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    changed(path, sheet=lambda _: rows(cell))


def blank_cells(path: Path, count: int) -> None:
    def line(number: int) -> str:
        cells = "".join(f'<c r="{chr(65 + column)}{number}" s="0"/>' for column in range(20))
        return f'<row r="{number}">{cells}</row>'

    changed(path, sheet=lambda _: rows("".join(map(line, range(1, count // 20 + 1))).encode()))


def huge_merge(path: Path) -> None:
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    changed(path, sheet=lambda _: rows(b'<row r="1"><c r="A1" t="str"><v>x</v></c></row>', merge))


def missing_sheet(path: Path) -> None:
    parts = parts_of_a_book()
    del parts[SHEET]
    packed(path, parts)


def missing_book(path: Path) -> None:
    parts = parts_of_a_book()
    del parts["xl/workbook.xml"]
    packed(path, parts)


def duplicate_part(path: Path) -> None:
    changed(path)
    other = path.read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts_of_a_book().items():
            archive.writestr(name, content)
        archive.writestr(SHEET.upper(), rows(b""))
    assert other != path.read_bytes()


def path_out_of_the_archive(path: Path) -> None:
    packed(path, parts_of_a_book() | {"../../etc/cron.d/evil": b"x"})


def password(path: Path) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + name + b"\0" * 1024)


def encrypted_zip(path: Path) -> None:
    changed(path)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", content, place + offset)[0]
            struct.pack_into("<H", content, place + offset, flags | 1)
            place = content.find(mark, place + 4)
    path.write_bytes(bytes(content))


def truncated(path: Path) -> None:
    changed(path)
    path.write_bytes(path.read_bytes()[:-300])


def broken_xml(path: Path) -> None:
    changed(path, sheet=lambda content: content[: len(content) // 2])


def wrong_string_index(path: Path) -> None:
    changed(path, sheet=lambda _: rows(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'))


def rows_twice(path: Path) -> None:
    """Row 1 comes again after row 2: a reader that goes by numbers loses it."""
    line = b'<row r="%d"><c r="A%d" t="str"><v>Organisation</v></c><c r="B%d" t="str"><v>Nom</v></c></row>'
    changed(path, sheet=lambda _: rows(b"".join(line % (n, n, n) for n in (1, 2, 1))))


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 600)


def program(path: Path) -> None:
    path.write_bytes(b"\x7fELF" + bytes(range(256)) * 20)


def noise(path: Path) -> None:
    path.write_bytes(bytes((n * 7919) % 251 for n in range(40_000)))


def web_page(path: Path) -> None:
    path.write_text("<html><body><table><tr><td>Organisation</td></tr></table></body></html>", encoding="utf-8")


def word_document(path: Path) -> None:
    packed(path, {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})


def empty(path: Path) -> None:
    path.write_bytes(b"")


def open_quote(path: Path) -> None:
    path.write_bytes(b'Organisation;Nom\n"Atelier;' + b"Dupont;du;Fil\n" * (50 << 20 >> 4))


def too_many_parts(path: Path) -> None:
    packed(path, parts_of_a_book() | {f"xl/media/{number}.png": b"" for number in range(6_000)})


def ods_with_doctype(path: Path) -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    packed(path, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": head})


def ods_repeated(path: Path) -> None:
    """A few bytes that say: a thousand million times the same row."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    repeats = 'table:number-columns-repeated="16000" office:value-type="string"'
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000000">'
        f"<table:table-cell {repeats}><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    packed(path, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def broken_old_excel(path: Path) -> None:
    name = "Workbook".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 504 + name + b"\xff" * 2048)


SAVED = Path(__file__).parents[1] / "data" / "saved" / "inscrits.xls"
SECTOR = 512


def old_book() -> bytearray:
    """A good .xls as LibreOffice saves it."""
    return bytearray(SAVED.read_bytes())


def record_in(content: bytes, kind: int, place: int = 0) -> int:
    """Where the content of a record of that kind starts; its stream stands in one piece from the first sector on."""
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    at, found = start, -1
    while found < place:
        number, length = struct.unpack_from("<HH", content, at)
        found += number == kind
        at += 4 + length
    return at - length


def old_but_cut(path: Path) -> None:
    path.write_bytes(old_book()[:9000])


def old_going_in_circles(path: Path) -> None:
    """The third sector of the workbook says that the first comes next."""
    content = old_book()
    table = (struct.unpack_from("<I", content, 76)[0] + 1) * SECTOR
    struct.pack_into("<I", content, table + 4 * 2, 0)
    path.write_bytes(content)


def old_leading_out_of_the_file(path: Path) -> None:
    content = old_book()
    table = (struct.unpack_from("<I", content, 76)[0] + 1) * SECTOR
    struct.pack_into("<I", content, table + 4 * 2, 0x00FFFFFF)
    path.write_bytes(content)


def old_with_a_table_of_tables_in_a_circle(path: Path) -> None:
    content = old_book()
    struct.pack_into("<I", content, 68, 5)
    struct.pack_into("<I", content, 6 * SECTOR + SECTOR - 4, 5)
    path.write_bytes(content)


def old_with_lying_sectors(path: Path) -> None:
    content = old_book()
    struct.pack_into("<H", content, 30, 30)
    path.write_bytes(content)


def old_with_a_lying_size(path: Path) -> None:
    content = old_book()
    at = content.index("Workbook".encode("utf-16-le"))
    struct.pack_into("<I", content, at + 120, 0x7FFFFFFF)
    path.write_bytes(content)


def old_with_a_sheet_far_away(path: Path) -> None:
    content = old_book()
    struct.pack_into("<I", content, record_in(content, 0x0085), 0x7FFFFFF0)
    path.write_bytes(content)


def old_with_a_lying_record(path: Path) -> None:
    content = old_book()
    struct.pack_into("<H", content, record_in(content, 0x00FC) - 2, 0xFFFF)
    path.write_bytes(content)


def old_word_document(path: Path) -> None:
    """A letter with a table of Excel in it: both have their streams."""
    content = old_book()
    at = content.index("\x05SummaryInformation".encode("utf-16-le"))
    name = "WordDocument".encode("utf-16-le")
    content[at : at + 64] = name.ljust(64, b"\0")
    struct.pack_into("<H", content, at + 64, len(name) + 2)
    path.write_bytes(content)


def old_with_a_password(path: Path) -> None:
    """FILEPASS stands where the interface of the book was said."""
    content = old_book()
    at = record_in(content, 0x00E1)
    struct.pack_into("<H", content, at - 4, 0x002F)
    path.write_bytes(content)


def old_with_a_cell_twice(path: Path) -> None:
    """Two texts at one place: whichever a library keeps, the other is lost."""
    content = old_book()
    content[(at := record_in(content, 0x00FD, 8)) : at + 4] = content[(at := record_in(content, 0x00FD, 9)) : at + 4]
    path.write_bytes(content)


def old_with_a_far_cell(path: Path) -> None:
    content = old_book()
    struct.pack_into("<HH", content, record_in(content, 0x00FD, 9), 65_535, 255)
    path.write_bytes(content)


def old_with_a_huge_merge(path: Path) -> None:
    content = old_book()
    struct.pack_into("<HHHH", content, record_in(content, 0x00E5) + 2, 0, 65_535, 0, 255)
    path.write_bytes(content)


def old_with_a_million_strings(path: Path) -> None:
    """The table of strings says that it has four thousand million of them."""
    content = old_book()
    struct.pack_into("<II", content, record_in(content, 0x00FC), 0xFFFFFFFF, 0xFFFFFFFF)
    path.write_bytes(content)
