"""Why a meeting was planned, and why a wish was not, as reasons for one side."""

from app.events.policy import Policy
from app.matching.affinity import affinity
from app.matching.pairing import Pair
from app.matching.profile import Occasion, Profile
from app.matching.reasons import Reason


def why_planned(
    pair: Pair, reader: Profile, partner: Profile, policy: Policy, occasion: Occasion
) -> tuple[Reason, ...]:
    """Return why the reader meets the partner: whose wish it was, then what makes them fit, weightiest first."""
    mine, theirs = (pair.wish_a, pair.wish_b) if pair.a == reader.organisation else (pair.wish_b, pair.wish_a)
    code = "wish-mutual" if mine and theirs else "wish-yours" if mine else "wish-theirs" if theirs else "suggested"
    return (Reason(code), *affinity(reader, partner, occasion, policy.weights).reasons)


def worth_saying(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return those that a delegate wants to read: what brings points, every need that is met, wishes, the language.

    That somebody comes from further away is no reason to meet them.
    """
    always = ("wish", "suggested", "language", "need-met", "offer-wanted")
    told = (reason for reason in reasons if reason.points or reason.code.startswith(always))
    return tuple(reason for reason in told if reason.code != "elsewhere")
