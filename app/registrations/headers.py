"""What an organiser settles by hand about files: headers, what is hidden, what looks like data on health."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process

from app.errors import Fault, Invalid
from app.languages import sentences
from app.registrations.identity import name_key

MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Settled:
    """What is settled by hand: header → field; whether hidden cells are read, and data on health kept.

    `over_http`: whether the next time it is settled in a request, not on the command line.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    with_hidden: bool = False
    with_health_data: bool = False
    over_http: bool = False


def headers_of(settled: Iterable[str], lang: str) -> dict[str, str]:
    """Return headers settled by hand, `HEADER=field`; the last equals sign divides. Raises Invalid with the reason."""
    _ = sentences(lang).gettext
    found = {}
    for text in settled:
        header, sign, field = text.rpartition("=")
        if not sign or not header.strip() or not field.strip():
            raise Invalid(_("“{text}” settles no header; write HEADER=field.").format(text=text))
        found[header.strip()] = field.strip()
    return found


def is_met(header: str, written: Iterable[str]) -> bool:
    """Whether a header is one of those that are written, whatever its case, accents and punctuation."""
    return name_key(header) in {name_key(one) for one in written}


def unmet_headers(headers: Iterable[str], written: Sequence[str], lang: str) -> list[Fault]:
    """Return a fault for each header settled by hand that is not written. Files without any say nothing of it."""
    _ = sentences(lang).gettext
    faults = []
    for header in headers:
        if not written or is_met(header, written):
            continue
        nearest = _nearest(header, written)
        message = _("No file has a column “{header}”; the nearest are {candidates}.").format(
            header=header, candidates=", ".join(f"“{one}”" for one in nearest)
        )
        expected = _("a header as it stands in a file")
        faults.append(Fault("unmet-header", message, read=header, expected=expected, candidates=nearest))
    return faults


def _nearest(header: str, known: Sequence[str]) -> tuple[str, ...]:
    """The headers most like one, the most like first."""
    found = process.extract(header, list(dict.fromkeys(known)), processor=name_key, limit=MOST_CANDIDATES)
    return tuple(one for one, _likeness, _place in found)
