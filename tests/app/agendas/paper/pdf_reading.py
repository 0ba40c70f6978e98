"""Reading a PDF back: its text page by page, its bookmarks, and what makes it accessible."""

import re
from functools import partial
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.agendas.paper.fonts import fonts


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def texts(pdf: bytes) -> list[str]:
    """The text of each page, in one line: blanks and places to break a word do not count."""
    return [plain(page.extract_text()) for page in read(pdf).pages]


def heights_of(pdf: bytes) -> list[list[tuple[str, float]]]:
    """Of each page every run of letters, with how far it is above the lower edge, in points."""
    pages = []
    for page in read(pdf).pages:
        found: list[tuple[str, float]] = []
        keep = partial(_keep, found)
        page.extract_text(visitor_text=keep)
        pages.append(found)
    return pages


def _keep(
    found: list[tuple[str, float]], text: str, page: list[float], line: list[float], _font: object, _size: object
) -> None:
    if text.strip():
        found.append((plain(text), page[1] * line[4] + page[3] * line[5] + page[5]))


def spans_of(pdf: bytes) -> list[list[tuple[str, float, float, float]]]:
    """Of each page every run of letters: its text, where it begins and ends, and its height, in points.

    Ends are those of regular letters; bold ones are a little wider.
    """
    pages = []
    for page in read(pdf).pages:
        found: list[tuple[str, float, float, float]] = []
        page.extract_text(visitor_text=partial(_keep_span, found))
        pages.append(found)
    return pages


def _keep_span(
    found: list[tuple[str, float, float, float]],
    text: str,
    page: list[float],
    _line: list[float],
    _font: object,
    size: float,
) -> None:
    if shown := plain(text):
        wide = sum(fonts()[0].get(ord(letter), 0) for letter in shown) * size
        found.append((shown, page[4], page[4] + wide, page[5]))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()


def headings(pdf: bytes) -> list[str]:
    """The bookmarks of the first level: whose page it is."""
    found = [one for one in read(pdf).outline if not isinstance(one, list)]
    return [plain(str(one.title)) for one in found]


def roles(pdf: bytes) -> set[str]:
    """The kinds of elements in the structure: H1, Table, TH, Figure …"""
    root = read(pdf).trailer["/Root"]["/StructTreeRoot"]
    found: set[str] = set()
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop().get_object()
        if isinstance(node, list):
            open_nodes += node
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.add(str(node["/S"])[1:])
            if "/K" in node:
                open_nodes.append(node["/K"])
    return found


def languages(pdf: bytes) -> set[str]:
    """The languages that the document and its elements say they are in."""
    root = read(pdf).trailer["/Root"]
    found = {str(root["/Lang"])}
    open_nodes = [root["/StructTreeRoot"]]
    while open_nodes:
        node = open_nodes.pop().get_object()
        if isinstance(node, list):
            open_nodes += node
        elif isinstance(node, DictionaryObject):
            if "/Lang" in node:
                found.add(str(node["/Lang"]))
            if "/K" in node:
                open_nodes.append(node["/K"])
    return found
