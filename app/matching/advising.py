"""What an authority may do for each of its needs, with the suppliers who come."""

from dataclasses import dataclass

from app.matching.affinity import matches
from app.matching.profile import Profile, Provision
from app.matching.ranking import Roster
from app.matching.reasons import Reason
from app.matching.reserved import Advice, advice

OFFERS_IT = 50
"""From this nearness of codes on a supplier counts as one who offers what is needed."""


@dataclass(frozen=True, slots=True)
class NeedAdvice:
    """One need and what to do with it; of those who come so many offer it, and so many are eligible."""

    need: Provision
    advice: Advice
    offering: int
    eligible: int

    @property
    def reason(self) -> Reason:
        """The advice as it is said to the buyer."""
        figures = {"offering": str(self.offering), "eligible": str(self.eligible)}
        return Reason(f"advice-{self.advice}", {"text": self.need.text, **figures})


def advice_for(roster: Roster, organisation: str) -> tuple[NeedAdvice, ...]:
    """Return the advice for each need that has a code, in the order in which the needs are listed."""
    number = roster.number[organisation]
    buyer = roster.profiles[number]
    others = [roster.profiles[other] for other in roster.candidates(number).tolist()]
    return tuple(_for_need(buyer, need, others) for need in buyer.needs if need.codes)


def _for_need(buyer: Profile, need: Provision, others: list[Profile]) -> NeedAdvice:
    offering = [one for one in others if any(match.near >= OFFERS_IT for match in matches((need,), one.offers))]
    found, eligible = advice(buyer, offering, need.codes)
    return NeedAdvice(need, found, len(offering), eligible)
