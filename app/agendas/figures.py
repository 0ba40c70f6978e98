"""The figures of a plan: who came, what was held, how it is spread, which wishes are met, what is proved."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.agendas.agenda import Agenda, Origin
from app.agendas.press import term_name
from app.agendas.queries import Agendas, WishTally
from app.agendas.wording import country_name, kind_name, wish_name
from app.languages import sentences
from app.matching.suggestions import ShareFigure

Number = int | float | None
Lines = list[tuple[str, tuple[Number, Number]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What there is to count. Pairs are of the two sides, each meeting once; `spread` is fewest, median, most."""

    organisations: int
    delegates: int
    delegates_without: int
    countries: Mapping[str, int]
    kinds: Mapping[str, int]
    meetings: int
    cross_border: int
    by_origin: Mapping[Origin, int]
    by_countries: Mapping[tuple[str, str], int]
    by_kinds: Mapping[tuple[str, str], int]
    spread: Mapping[str, tuple[int, float, int]]
    wishes: tuple[WishTally, ...]
    score: Mapping[str, int]
    bounds: Mapping[str, int]
    shares: tuple[ShareFigure, ...] = ()


def figures_of(
    agendas: Agendas,
    wishes: Sequence[WishTally],
    score: Mapping[str, int],
    bounds: Mapping[str, int],
    shares: Sequence[ShareFigure] = (),
) -> Figures:
    """Count."""
    once = {
        entry.uid: (agenda.party, entry) for agenda in reversed(agendas.organisations) for entry in agenda.entries
    }.values()
    origins = Counter[Origin]()
    origins.update(one.origin if one.origin is not Origin.THEIR_WISH else Origin.OWN_WISH for _party, one in once)
    countries = Counter(_ordered(party.country or "?", entry.partner.country or "?") for party, entry in once)
    return Figures(
        organisations=len(agendas.organisations),
        delegates=len(agendas.delegates),
        delegates_without=sum(not agenda.entries for agenda in agendas.delegates),
        countries=Counter(one.party.country for one in agendas.organisations if one.party.country),
        kinds=Counter(one.party.kind for one in agendas.organisations),
        meetings=len(once),
        cross_border=sum(
            count for (one, other), count in countries.items() if one != other and "?" not in (one, other)
        ),
        by_origin=origins,
        by_countries=countries,
        by_kinds=Counter(_ordered(party.kind, entry.partner.kind) for party, entry in once),
        spread={kind: sizes(counts) for kind, counts in _counts_by_kind(agendas.organisations).items()},
        wishes=tuple(wishes),
        score=score,
        bounds=bounds,
        shares=tuple(shares),
    )


def figure_lines(figures: Figures, lang: str) -> list[tuple[str, Lines]]:
    """Return the figures as lines under titles: a name, a number, and what it is out of."""
    _ = sentences(lang).gettext
    held = figures.meetings
    who: Lines = [
        (_("organisations"), (figures.organisations, None)),
        (_("delegates"), (figures.delegates, None)),
        (_("delegates without a meeting"), (figures.delegates_without, figures.delegates)),
    ]
    what: Lines = [
        (_("held"), (held, None)),
        (_("across a border"), (figures.cross_border, held)),
        (_("wished by both"), (figures.by_origin.get(Origin.MUTUAL, 0), held)),
        (_("wished by one"), (figures.by_origin.get(Origin.OWN_WISH, 0), held)),
        (_("suggested"), (figures.by_origin.get(Origin.SUGGESTED, 0), held)),
        *_share_lines(figures, lang),
    ]
    met: Lines = [(wish_name(one.rank, one.stars, lang), (one.met, one.wished)) for one in figures.wishes]
    if met:
        met.append((_("all"), (sum(one.met for one in figures.wishes), sum(one.wished for one in figures.wishes))))
    spread: Lines = []
    for kind, (fewest, median, most) in sorted(figures.spread.items()):
        name = kind_name(kind, lang)
        spread += [
            (_("{kind}: fewest").format(kind=name), (fewest, None)),
            (_("{kind}: median").format(kind=name), (median, None)),
            (_("{kind}: most").format(kind=name), (most, None)),
        ]
    return [
        (_("Who comes"), who),
        (_("Organisations by country"), _counted(figures.countries, lambda one: country_name(one, lang))),
        (_("Organisations by kind"), _counted(figures.kinds, lambda one: kind_name(one, lang))),
        (_("Meetings"), what),
        (_("Wishes met"), met),
        (_("Meetings of an organisation"), spread),
        (
            _("Meetings between countries"),
            _counted(figures.by_countries, lambda one: _pair(one, country_name, lang), held),
        ),
        (_("Meetings between kinds"), _counted(figures.by_kinds, lambda one: _pair(one, kind_name, lang), held)),
        (
            _("Plan and bound"),
            [(term_name(one, lang), (n, figures.bounds.get(one))) for one, n in figures.score.items()],
        ),
    ]


def _share_lines(figures: Figures, lang: str) -> Lines:
    """How many meetings serve a share, and how many would be wanted; border meetings are counted already."""
    _ = sentences(lang).gettext
    names = {"social-enterprise": _("with a social enterprise"), "cross-border": _("across a border")}
    lines: Lines = []
    for one in figures.shares:
        if one.name == "social-enterprise":
            lines.append((names[one.name], (one.counted, one.meetings)))
        if one.wanted is not None:
            needed = -(-one.wanted * one.meetings // 100)
            lines.append((_("{share}: wanted").format(share=names[one.name]), (needed, one.meetings)))
    return lines


def sizes(numbers: Iterable[int]) -> tuple[int, float, int]:
    """Return the fewest, the median and the most; of nothing, zeros."""
    ordered = sorted(numbers) or [0]
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return ordered[0], median, ordered[-1]


def _counts_by_kind(agendas: Iterable[Agenda]) -> dict[str, list[int]]:
    counts: dict[str, list[int]] = {}
    for agenda in agendas:
        counts.setdefault(agenda.party.kind, []).append(len(agenda.entries))
    return counts


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


Name = TypeVar("Name")


def _counted(counts: Mapping[Name, int], called: Callable[[Name], str], out_of: int | None = None) -> Lines:
    """The most frequent first, equals in the order in which they were met."""
    return [(called(one), (count, out_of)) for one, count in sorted(counts.items(), key=lambda item: -item[1])]


def _pair(pair: tuple[str, str], name_of: Callable[[str, str], str], lang: str) -> str:
    return " – ".join(name_of(one, lang) for one in pair)
