"""Offers, needs and labels: lists of free text with codes and dates in them."""

import re
from datetime import date
from functools import lru_cache

from importers.cells import Misread, parts_of, text_of
from importers.identifiers import cpv_codes, without_cpv
from importers.rows import LabelRow, Provision
from importers.sheets import Value
from importers.text import one_line
from importers.times import dates_in

_LONGEST_ITEM_WORDS = 6


@lru_cache(maxsize=4_096, typed=True)
def provisions(value: Value) -> tuple[Provision, ...]:
    """The items of a list by line break, semicolon, slash or comma; a sentence with commas stays whole."""
    text = text_of(value)
    if text is None:
        return ()
    if isinstance(value, int) and 3_000_000 <= value < 99_000_000:
        text = text.zfill(8)
    found: list[Provision] = []
    for piece in _items(text):
        codes = cpv_codes(piece)
        words = without_cpv(piece) if codes else one_line(piece)
        if codes and not words and found and found[-1].text and not found[-1].cpv:
            found[-1] = Provision(found[-1].text, codes)
        elif codes and not words:
            found += [Provision("", (code,)) for code in codes]
        elif words:
            found.append(Provision(words, codes))
    return tuple(dict.fromkeys(found))


def _items(text: str) -> list[str]:
    pieces = parts_of(text)
    if len(pieces) > 1:
        return pieces
    for separators in (r"[,]", r"/"):
        smaller = [part for piece in pieces for part in _split(piece, separators)]
        if len(smaller) > len(pieces) and all(len(part.split()) <= _LONGEST_ITEM_WORDS for part in smaller):
            pieces = smaller
    return pieces


def _split(piece: str, separators: str) -> list[str]:
    if separators == "/":
        return [part.strip() for part in re.split(r"\s/\s|(?<=\w{4})/(?=\w{4})", piece) if part.strip()]
    return parts_of(piece, separators)


_FROM = re.compile(
    r"\b(?:depuis|seit|since|from|desde|sinds|dal|dès|ab|valid from|à partir de|obtenu en|erhalten)\b", re.IGNORECASE
)
_UNTIL = re.compile(
    r"jusqu['’ ]?\s?(?:au|à|en)|\b(?:bis(?: zum)?|until|till|hasta|tot|fino al?|valable|expir\w*|échéance|valid)\b|"
    r"\b(?:abgelaufen|validité|läuft ab|vence|scad\w*|fin)\b|-\s*$|→\s*$",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"\b(?:ISO|EN|DIN|NF|EMAS|AFAQ|SA|BS|IEC|VCA|OHSAS|NEN|UNE|UNI)[\s/]*(?:EN\s*|IEC\s*|ISO\s*)*\d{3,5}(?:[-:]\d+)*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.])(?<!\d-)(20\d\d|199\d)(?![\d/.]|-\d\d-)|(?<=\d{4}-)(20\d\d)(?![\d/.\-])")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[-–,;:/]?\s*[)\]]")
_WORDS_OF_DATES = re.compile(
    r"\b(?:depuis(?: le)?|seit(?: dem)?|since|from|desde(?: el)?|sinds|dal|dès|à partir du?|jusqu['’]?\s?(?:au|à|en)|"
    r"bis(?: zum)?|until|till|hasta(?: el)?|tot|fino al?|valable|valid(?:e|ité)?|gültig|expir\w*|échéance|scad\w*|"
    r"vence|obtenue? en|erhalten|le|au|du|ab)\b\s*:?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096, typed=True)
def labels(value: Value) -> tuple[LabelRow, ...] | Misread:
    """Labels with what is said of their validity: `ESUS (2024)`, `ISO 14001 jusqu'au 31/12/2025`, `RSE 2023-2026`."""
    text = text_of(value)
    if text is None:
        return ()
    found: list[LabelRow] = []
    for piece in parts_of(text, r"[\n;|,]"):
        label = _label(piece)
        if isinstance(label, Misread):
            return label
        if label.name or not found:
            found.append(label)
        else:
            last = found.pop()
            found.append(
                LabelRow(last.name, label.valid_from or last.valid_from, label.valid_until or last.valid_until)
            )
    return tuple(label for label in dict.fromkeys(found) if label.name)


def _label(piece: str) -> LabelRow | Misread:
    protected = _STANDARD.sub(lambda match: re.sub(r"\d", "\x01", match[0]), piece)
    marks: list[tuple[int, int, date, date]] = [(start, end, day, day) for day, start, end in dates_in(protected)]
    for month in re.finditer(r"(?<![\d/])(0?[1-9]|1[0-2])/(20\d\d)(?!\d)", protected):
        if not any(start <= month.start() < end for start, end, _, _ in marks):
            first, last = _month(int(month[2]), int(month[1]))
            marks.append((month.start(), month.end(), first, last))
    for year in _YEAR.finditer(protected):
        if not any(start <= year.start() < end for start, end, _, _ in marks):
            marks.append((year.start(), year.end(), date(int(year[0]), 1, 1), date(int(year[0]), 12, 31)))
    if re.search(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", protected) and not marks:
        return Misread("not-a-date", piece)
    marks.sort()
    valid_from, valid_until = _validity(protected, marks)
    return LabelRow(_name(piece, marks), valid_from, valid_until)


def _month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(following.toordinal() - 1)


def _validity(text: str, marks: list[tuple[int, int, date, date]]) -> tuple[date | None, date | None]:
    if not marks:
        return None, None
    if len(marks) >= 2:
        return marks[0][2], marks[1][3]
    start, _, first, last = marks[0]
    before = text[:start]
    if _UNTIL.search(before) and not _FROM.search(before):
        return None, last
    return first, None


def _name(piece: str, marks: list[tuple[int, int, date, date]]) -> str:
    if not marks:
        return one_line(piece)
    kept = list(piece)
    for start, end, _, _ in marks:
        kept[start:end] = "\0" * (end - start)
    first = marks[0][0]
    bare = "".join(kept).replace("\0", "")
    head, tail = bare[:first], bare[first:]
    open_bracket = max(head.rfind("("), head.rfind("["))
    if open_bracket >= 0 and ")" not in head[open_bracket:]:
        head = head[:open_bracket]
        tail = re.sub(r"^[^)\]]*[)\]]?", "", tail)
    bare = _EMPTY_BRACKETS.sub(" ", f"{head} {tail}")
    cut = _WORDS_OF_DATES.search(bare)
    if cut:
        bare = bare[: cut.start()] + " " + _WORDS_OF_DATES.sub(" ", bare[cut.start() :])
    return one_line(bare).strip(" ,;:-–—/()[]")
