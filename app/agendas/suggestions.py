"""Whom it would be good to meet though nobody asked: the best partners of everybody, beside what is planned."""

from dataclasses import dataclass

from app.agendas.agenda import Party
from app.agendas.queries import Agendas
from app.matching.queries import Gathering, organisation_id, suggested_partners
from app.matching.sentences import sentences
from app.matching.suggestions import ShareFigure, reached_shares

PER_ORGANISATION = 5


@dataclass(frozen=True, slots=True)
class SuggestedMeeting:
    """Two who were not wished together, how well the partner fits (0 to 100), why, and whether they meet already."""

    party: Party
    partner: Party
    affinity: int
    reasons: tuple[str, ...]
    is_planned: bool


def suggested_meetings(
    gathering: Gathering, agendas: Agendas, lang: str, limit: int = PER_ORGANISATION
) -> list[SuggestedMeeting]:
    """Return the best partners of everybody who comes, in the order of registration, each one's best first."""
    parties = {agenda.party.key: agenda.party for agenda in agendas.organisations}
    met = _met(agendas)
    return [
        SuggestedMeeting(
            party,
            parties[found.partner],
            found.affinity,
            sentences(found.reasons, lang, gathering.name_of_code),
            frozenset((key, found.partner)) in met,
        )
        for key, party in parties.items()
        for found in suggested_partners(gathering, key, limit)
        if found.partner in parties
    ]


def shares_of(gathering: Gathering, agendas: Agendas) -> tuple[ShareFigure, ...]:
    """Return how far the meetings of those who still come reach the shares that the policy wants."""
    roster = gathering.roster
    pairs = [tuple(organisation_id(key) for key in sorted(pair)) for pair in _met(agendas)]
    known = [(a, b) for a, b in pairs if a in roster.number and b in roster.number]
    return reached_shares(known, roster.profiles, gathering.policy)


def _met(agendas: Agendas) -> set[frozenset[int]]:
    return {frozenset((one.party.key, entry.partner.key)) for one in agendas.organisations for entry in one.entries}
