"""The table of contents of an OOXML workbook: which sheet is in which part of the zip."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from zipfile import ZipFile

from importers.survey import RefusedError, parser_of_part

_WORKSHEET = "/worksheet"


@dataclass(frozen=True, slots=True)
class Part:
    """A worksheet: its name, where it is in the zip, and whether it is hidden."""

    name: str
    path: str
    is_hidden: bool


def worksheets_of(archive: ZipFile) -> list[Part]:
    """The worksheets in order. Raises RefusedError when one is named but missing, ExpatError for broken XML."""
    book = _target(archive, "", "/officeDocument", "xl/workbook.xml")
    related = _relations(archive, book)
    names = set(archive.namelist())
    found = []
    for attributes in _elements(archive, book, "sheet"):
        relation = next((value for key, value in attributes.items() if key.endswith("}id") or key == "id"), "")
        kind, target = related.get(relation, ("", ""))
        if not target or target not in names:
            raise RefusedError("file-broken")
        if kind.endswith(_WORKSHEET):
            found.append(Part(attributes.get("name", ""), target, attributes.get("state", "visible") != "visible"))
    return found


def _target(archive: ZipFile, part: str, kind: str, otherwise: str) -> str:
    return next(
        (target for relation, target in _relations(archive, part).values() if relation.endswith(kind)), otherwise
    )


def _relations(archive: ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """Id → kind and path of what a part refers to."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    found = {}
    for attributes in _elements(archive, path, "Relationship"):
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), target)
    return found


def _elements(archive: ZipFile, path: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements of that name."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition("}")[2] == name:
            found.append(attributes)

    parser = parser_of_part()
    parser.StartElementHandler = start
    parser.Parse(archive.read(path), True)
    return found
