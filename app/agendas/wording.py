"""How agendas speak: times, languages, countries and reasons in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list

from app.agendas.agenda import Agenda, Entry, Origin
from app.agendas.fullness import Full
from app.languages import SPOKEN, as_written, known, sentences
from app.matching.profile import BUYER, COMPANY, LOCAL_AUTHORITY, SOCIAL_ENTERPRISE


def language_of(agenda: Agenda, lang: str) -> str:
    """Return the first of the delegate's own languages that the event speaks, else the first that Ronde does at all.

    Who speaks none of them, and an organisation, reads the organiser's.
    """
    spoken = [one for one in (agenda.person.languages if agenda.person else ()) if one in SPOKEN]
    return next((one for one in spoken if one in agenda.happening.languages), spoken[0] if spoken else lang)


def country_name(code: str | None, lang: str) -> str:
    """Return the name of a country; a code that nobody knows stands for itself."""
    return "" if code is None else known(lang).territories.get(code, code)


def language_names(codes: Iterable[str], lang: str) -> str:
    """Return the names of languages, with commas."""
    names = known(lang).languages
    return ", ".join(names.get(code, code) for code in codes)


def day_text(day: date, lang: str, length: Literal["short", "full"] = "full") -> str:
    """Return a day as one writes it at the head of a page, `Saturday 6 June 2026`, or short, `06/06/2026`."""
    text = format_date(day, length, locale=as_written(lang))
    return text[:1].upper() + text[1:]


def day_inside(day: date, lang: str) -> str:
    """Return a day as it is written inside a line, where French and Spanish write its name small."""
    text = day_text(day, lang)
    return text[0].lower() + text[1:] if lang in ("fr", "es") else text


def listed(parts: list[str], lang: str) -> str:
    """Return a list as one says it: a, b and c."""
    return format_list(parts, locale=as_written(lang))


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return what the clocks of the event show."""
    return f"{moment.astimezone(zone):%H:%M}"


def table_text(entry: Entry, lang: str) -> str:
    """Return where a meeting is held: `Table 12`, or online."""
    _ = sentences(lang).gettext
    if entry.table is None:
        return _("online")
    return _("Table {table}").format(table=entry.table) if entry.table.isdecimal() else entry.table


def kind_name(kind: str, lang: str) -> str:
    """Return what a kind of organisation is called; kinds that an event has made itself stand for themselves."""
    _ = sentences(lang).gettext
    return {
        BUYER: _("buyer"),
        SOCIAL_ENTERPRISE: _("social enterprise"),
        LOCAL_AUTHORITY: _("local authority"),
        COMPANY: _("company"),
    }.get(kind, kind)


def origin_text(origin: Origin, lang: str) -> str:
    """Return why a meeting is held, as its own side reads it."""
    _ = sentences(lang).gettext
    return {
        Origin.MUTUAL: _("you both wished to meet"),
        Origin.OWN_WISH: _("your wish"),
        Origin.THEIR_WISH: _("they wished to meet you"),
        Origin.SUGGESTED: _("suggested by the organisers"),
    }[origin]


def interpreting_text(entry: Entry, lang: str) -> str:
    """Return who interprets between which languages, or nothing."""
    if entry.languages is None:
        return ""
    names = "–".join(known(lang).languages.get(code, code) for code in entry.languages)
    return f"{entry.interpreter} ({names})" if entry.interpreter else names


def common_languages(entry: Entry) -> list[str]:
    """Return the languages in which the two understand each other, in the reader's order."""
    return [code for code in entry.own.languages if code in entry.person.languages]


def wish_name(rank: int | None, stars: int | None, lang: str) -> str:
    """Return what wishes of a rank are called, or those with so many stars."""
    speech = sentences(lang)
    if rank is not None:
        return speech.gettext("rank {rank}").format(rank=rank)
    if stars is not None:
        return speech.ngettext("{n} star", "{n} stars", stars).format(n=stars)
    return speech.gettext("without a rank")


def reason_text(reason: str, lang: str, full: Full | None = None) -> str:
    """Return why a wish is not met, in a sentence; `full` is the side that can take no further meeting."""
    _ = sentences(lang).gettext
    if reason == "participant-full" and full is not None:
        if full.ceiling is None:
            return _("{organisation}: every slot of its delegates is taken.").format(organisation=full.organisation)
        text = _("{organisation} has as many meetings as it may have: {n}.")
        return text.format(organisation=full.organisation, n=full.ceiling)
    return {
        "participant-full": _("One side has no free delegate, or as many meetings as it may have."),
        "no-common-slot": _("The two are never free at the same time."),
        "no-interpreter": _("No interpreter for their languages is free."),
        "no-table": _("No table is free when both are."),
        "order": _("It would come before a meeting that it must follow."),
        "rule": _("It would break a rule on breaks or waiting."),
        "outweighed": _("It could only be held instead of meetings that count more."),
        "time-ran-out": _("The search ended before a place was found."),
        "refused": _("One of the two does not want to meet the other."),
        "not-allowed": _("The event does not let these kinds meet."),
    }.get(reason, reason)
