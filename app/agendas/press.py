"""What an organiser tells the press, and how good the plan is and whether that is proved: two lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.agendas.wording import listed
from app.languages import sentences

GROWING = ("value", "held")
"""Terms of which more is better; of all others less is."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the first line says; `minutes` is how long meetings are held, sessions put end to end."""

    organisations: int
    countries: int
    meetings: int
    minutes: int


def press_line(told: Told, lang: str) -> str:
    """Return the sentence for the press: `93 organisations from 4 countries, 590 meetings in 3 hours`."""
    speech = sentences(lang)
    ngettext = speech.ngettext
    who = ngettext("{n} organisation", "{n} organisations", told.organisations).format(n=told.organisations)
    if told.countries:
        whence = ngettext("from {n} country", "from {n} countries", told.countries).format(n=told.countries)
        who = f"{who} {whence}"
    what = ngettext("{n} meeting", "{n} meetings", told.meetings).format(n=told.meetings)
    return speech.gettext("{who}, {what} in {duration}").format(
        who=who, what=what, duration=duration_text(told.minutes, lang)
    )


def duration_text(minutes: int, lang: str) -> str:
    """Return a duration: `3 hours`, `2 hours 30 minutes`, `45 minutes`."""
    ngettext = sentences(lang).ngettext
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("{n} hour", "{n} hours", hours).format(n=hours))
    if rest or not hours:
        parts.append(ngettext("{n} minute", "{n} minutes", rest).format(n=rest))
    return " ".join(parts)


def term_name(term: str, lang: str) -> str:
    """Return what a term of the objective is called."""
    _ = sentences(lang).gettext
    return {
        "shortfall": _("minimums"),
        "value": _("value"),
        "held": _("number of meetings"),
        "breaks": _("breaks"),
        "idle": _("waiting"),
        "delegate_idle": _("delegates’ waiting"),
        "moves": _("tables"),
        "changes": _("changes"),
    }.get(term, term)


def proof_line(
    score: Mapping[str, int], bounds: Mapping[str, int], proved: Sequence[str], without: Sequence[str], lang: str
) -> str:
    """Return how good the plan is: what is proved, and how far from its bound the rest is.

    `without` are terms that say nothing in this event, such as minimums where nobody has one.
    """
    _ = sentences(lang).gettext
    names = [term_name(term, lang) for term in score if term in proved and term not in without]
    parts = [_("{terms} proved").format(terms=listed(names, lang))] if names else []
    open_terms = [term for term in score if term in bounds and term not in proved and term not in without]
    parts += [_gap(term, score[term], bounds[term], lang) for term in open_terms]
    return ", ".join(parts) or _("nothing proved yet")


def _gap(term: str, score: int, bound: int, lang: str) -> str:
    """How far a term is from its bound, rounded up, so that what is said is true; in words where percents say nothing.

    There is none of nothing, and one above a hundred says no more than that the bound is weak.
    """
    _ = sentences(lang).gettext
    percent = -(-100 * abs(score - bound) // abs(bound)) if bound else None
    if percent is not None and percent <= 100:
        return _("{term} within {percent} % of the bound").format(term=term_name(term, lang), percent=percent)
    counted = _counted(term, score, lang)
    if term in GROWING:
        return _("{counted} (not proved to be the most)").format(counted=counted)
    return _("{counted} (not proved to be the fewest)").format(counted=counted) if score else counted


def _counted(term: str, n: int, lang: str) -> str:
    """A figure of the objective as one says it: `2 breaks`, `542 changes of table`."""
    ngettext = sentences(lang).ngettext
    said = {
        "shortfall": ngettext("{n} meeting short of the minimums", "{n} meetings short of the minimums", n),
        "held": ngettext("{n} meeting", "{n} meetings", n),
        "breaks": ngettext("{n} break", "{n} breaks", n),
        "idle": ngettext("{n} slot of waiting", "{n} slots of waiting", n),
        "delegate_idle": ngettext("{n} slot of delegates’ waiting", "{n} slots of delegates’ waiting", n),
        "moves": ngettext("{n} change of table", "{n} changes of table", n),
        "changes": ngettext("{n} change", "{n} changes", n),
    }
    return said[term].format(n=n) if term in said else f"{term_name(term, lang)} {n}"
