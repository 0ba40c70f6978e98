"""The stamp: which version of the timetable was printed, so that an old sheet is known from a new one."""

from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from app.agendas.agenda import Edition
from app.languages import sentences


def stamp_of(edition: Edition, zone: ZoneInfo, lang: str) -> str:
    """Return the number and the moment of what is printed, on the clocks of the event; a draft is called so."""
    _ = sentences(lang).gettext
    moment = edition.changed_at.astimezone(zone)
    when = format_datetime(moment, "d.M.y, HH:mm" if lang == "de" else "d/M/y, HH:mm", locale=lang)
    if edition.is_published:
        return _("Version {number}, {moment}").format(number=edition.number, moment=when)
    return _("Draft {number}.{revision}, {moment}").format(
        number=edition.number, revision=edition.revision, moment=when
    )
