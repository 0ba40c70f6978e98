"""The stamp: which version of the timetable was printed, so that an old sheet is known from a new one."""

from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from app.agendas.agenda import Edition
from app.agendas.wording import clock
from app.languages import as_written, sentences


def stamp_of(edition: Edition, zone: ZoneInfo, lang: str) -> str:
    """Return the number and the moment of what is printed, on the clocks of the event; a draft is called so."""
    _ = sentences(lang).gettext
    moment = edition.changed_at.astimezone(zone)
    when = f"{format_skeleton('yMd', moment, locale=as_written(lang))}, {clock(moment, zone)}"
    if edition.is_published:
        return _("Version {number}, {moment}").format(number=edition.number, moment=when)
    return _("Draft {number}.{revision}, {moment}").format(
        number=edition.number, revision=edition.revision, moment=when
    )
