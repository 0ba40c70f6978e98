"""A first look at a file, before any library opens it: what it is, and whether it can hurt."""

import re
from pathlib import Path
from typing import Literal
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo

from importers.compound import CompoundFile
from importers.survey import STRICT, RefusedError, refuse_doctype

Kind = Literal["ooxml", "strict-ooxml", "ods", "xls", "text"]

LARGEST_FILE = 64 << 20
_LARGEST_TOTAL = 320 << 20
_LARGEST_PART = 256 << 20
_MOST_ENTRIES = 5_000
_WORST_RATIO = 250
_RATIO_COUNTS_FROM = 8 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_DOCUMENTS = (
    ("WordDocument", "Word"),
    ("PowerPoint Document", "PowerPoint"),
    ("__properties_version", "Outlook"),
)
"""Streams of compound files that are no workbook, though one may be embedded in them."""
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"SQLite format 3", "SQLite"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"RIFF", "RIFF"),
)


def guarded_kind(path: Path) -> Kind:
    """The kind of a file that may be read. Raises RefusedError with one reason otherwise."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as fault:
        raise RefusedError("file-missing") from fault
    if not size:
        raise RefusedError("file-empty")
    if size > LARGEST_FILE:
        raise RefusedError("file-too-large", {"size": _megabytes(size), "limit": _megabytes(LARGEST_FILE)})
    if start.startswith(_OLE):
        return _kind_of_ole(path)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    _refuse_what_is_no_text(start)
    return "text"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.0f} MiB"


def _refuse_what_is_no_text(start: bytes) -> None:
    for magic, name in _MAGIC:
        if start.startswith(magic):
            raise RefusedError("file-not-a-spreadsheet", {"kind": name})
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        raise RefusedError("file-not-a-spreadsheet", {"kind": "HTML"})
    if head.startswith(b"<?xml"):
        raise RefusedError("file-not-a-spreadsheet", {"kind": "XML"})
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if min(zeros) > len(start) * 0.02 or len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", start)) > len(start) * 0.05:
        raise RefusedError("file-not-a-spreadsheet", {"kind": "?"})


def _kind_of_ole(path: Path) -> Kind:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content or "EncryptionInfo".encode("utf-16-le") in content:
        raise RefusedError("file-encrypted")
    for name, kind in _OTHER_DOCUMENTS:
        if name.encode("utf-16-le") in content:
            raise RefusedError("file-not-a-spreadsheet", {"kind": kind})
    if "Workbook".encode("utf-16-le") in content or "Book\0".encode("utf-16-le") in content:
        return "xls"
    CompoundFile(content)  # cut off, it may have been anything
    raise RefusedError("file-not-a-spreadsheet", {"kind": "OLE"})


def _kind_of_zip(path: Path) -> Kind:
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_unsafe(entries)
            kind = _kind_of_entries(archive, entries)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")) and entry.file_size:
                    with archive.open(entry) as part:
                        refuse_doctype(part)
            return kind
    except (ExpatError, BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as fault:
        raise RefusedError("file-broken") from fault


def _refuse_unsafe(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    for name in names:
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or re.match(r"[A-Za-z]:", name):
            raise RefusedError("file-unsafe", {"part": name[:80]})
    if len(set(map(str.casefold, names))) < len(names):
        twice = next(name for name in names if [other.casefold() for other in names].count(name.casefold()) > 1)
        raise RefusedError("file-unsafe", {"part": twice[:80]})
    if len(entries) > _MOST_ENTRIES:
        raise RefusedError("file-unsafe", {"part": f"{len(entries)} parts"})
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("file-encrypted")
    for entry in entries:
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > _LARGEST_PART or (entry.file_size > _RATIO_COUNTS_FROM and ratio > _WORST_RATIO):
            raise RefusedError(
                "file-unpacks-too-large", {"part": entry.filename[:80], "limit": _megabytes(_LARGEST_PART)}
            )
    total = sum(entry.file_size for entry in entries)
    if total > _LARGEST_TOTAL:
        raise RefusedError("file-unpacks-too-large", {"part": _megabytes(total), "limit": _megabytes(_LARGEST_TOTAL)})


def _kind_of_entries(archive: ZipFile, entries: list[ZipInfo]) -> Kind:
    names = {entry.filename for entry in entries}
    if "mimetype" in names:
        about = archive.read("mimetype").strip()
        if not about.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise RefusedError("file-not-a-spreadsheet", {"kind": about.decode("ascii", "replace")[:60]})
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise RefusedError("file-encrypted")
        return "ods"
    if "xl/workbook.xml" in names:
        return "strict-ooxml" if STRICT.encode() in archive.read("xl/workbook.xml") else "ooxml"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            raise RefusedError("file-not-a-spreadsheet", {"kind": ".xlsb"})
        raise RefusedError("file-broken")
    kind = next(
        (name for part, name in (("word/", "Word"), ("ppt/", "PowerPoint")) if any(n.startswith(part) for n in names)),
        "ZIP",
    )
    raise RefusedError("file-not-a-spreadsheet", {"kind": kind})
