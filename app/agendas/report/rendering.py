"""Rendering the report as one page that stands by itself: no script, nothing fetched, names are text."""

from zoneinfo import ZoneInfo

from app import __version__
from app.agendas.report import drawing
from app.agendas.report.parts import Report
from app.agendas.report.telling import Telling
from app.templating import filled

MOST_LISTED = 1000
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the page may do: show its own styles, and nothing else."""


def page_of(report: Report, lang: str) -> str:
    """Return the report as a page in a language."""
    values = {
        "report": report,
        "say": Telling(lang, ZoneInfo(report.time_zone)),
        "draw": drawing,
        "ronde": __version__,
        "most_listed": MOST_LISTED,
        "policy": POLICY,
    }
    return filled("report.html", values, lang)
