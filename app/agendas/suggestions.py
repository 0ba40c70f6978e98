"""Whom it would be good to meet though nobody asked: the best partners of everybody, beside what is planned."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Party
from app.agendas.queries import Agendas
from app.matching.queries import gathering_of, suggested_partners
from app.matching.sentences import sentences
from app.matching.vocabulary import carried_vocabulary

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
    session: Session, event: models.Event, agendas: Agendas, lang: str, limit: int = PER_ORGANISATION
) -> list[SuggestedMeeting]:
    """Return the best partners of everybody who comes, in the order of registration, each one's best first."""
    gathering = gathering_of(session, event)
    parties = {agenda.party.key: agenda.party for agenda in agendas.organisations}
    met = {(agenda.party.key, entry.partner.key) for agenda in agendas.organisations for entry in agenda.entries}
    name_of_code = carried_vocabulary().name
    return [
        SuggestedMeeting(
            party,
            parties[found.partner],
            found.affinity,
            sentences(found.reasons, lang, name_of_code),
            (key, found.partner) in met,
        )
        for key, party in parties.items()
        for found in suggested_partners(gathering, key, limit)
        if found.partner in parties
    ]
