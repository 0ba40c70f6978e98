"""Rescuing: a document of which a part cannot be typeset comes out without that part, and says so on its first page."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.agendas.paper.content import Paper
from app.agendas.paper.typesetting import TypesettingError, typeset
from app.languages import sentences

MOST_LEFT_OUT = 12


@dataclass(frozen=True, slots=True)
class Printed:
    """A document, and whose parts are not in it since they could not be typeset."""

    pdf: bytes
    left_out: tuple[str, ...] = ()


def printed(paper: Paper, request: str | None = None) -> Printed:
    """Return a paper as PDF, without the few parts that the typesetter gives up on.

    Raises TypesettingError where there are many of these, or nothing would be left, and TooLong as `typeset` does.
    """
    try:
        return Printed(typeset(paper, request))
    except TypesettingError:
        bad = _culprits(paper, _parts(paper), MOST_LEFT_OUT)
        if not 0 < len(bad) <= MOST_LEFT_OUT or len(bad) == len(_parts(paper)):
            raise
        names = tuple(_name(part, number) for number, part in enumerate(_parts(paper), 1) if part in bad)
        kept = [part for part in _parts(paper) if part not in bad]
        return Printed(typeset(_with_parts(paper, kept, missing_line(names, paper.lang))), names)


def _culprits(paper: Paper, parts: Sequence[object], most: int) -> list[object]:
    """The parts of a document the typesetter gave up on that it gives up on alone; one more than `most` ends it."""
    if len(parts) <= 1:
        return list(parts)
    found: list[object] = []
    for half in (parts[: len(parts) // 2], parts[len(parts) // 2 :]):
        if len(found) > most:
            break
        try:
            typeset(_with_parts(paper, half))
        except TypesettingError:
            found += _culprits(paper, half, most - len(found))
    return found


def _parts(paper: Paper) -> Sequence[object]:
    parts = paper.content[paper.parts]
    assert isinstance(parts, list | tuple)
    return parts


def _with_parts(paper: Paper, parts: Sequence[object], missing: str = "") -> Paper:
    return replace(paper, content={**paper.content, paper.parts: list(parts), "missing": missing})


def missing_line(names: Sequence[str], lang: str) -> str:
    """Return what is said of parts that are not in a document."""
    _ = sentences(lang).gettext
    return _("These could not be printed and are missing here: {names}.").format(names=", ".join(names))


def _name(part: object, number: int) -> str:
    """What a part is called, in plain letters: its own may be what cannot be typeset."""
    name = getattr(part, "name", None) or getattr(part, "heading", "")
    letters = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
    return f"{number}. {letters.strip()}".strip()
