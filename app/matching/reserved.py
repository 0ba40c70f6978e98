"""Reserved contracts: whether a buyer may keep a purchase for this supplier, by the law of the buyer's country.

What the tables do not hold is answered as not known, never as no. This informs; it is no legal advice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.matching.profile import LOCAL_AUTHORITY, Profile
from app.matching.reserved_laws import LAWS, Law, is_listed_service
from app.matching.structures import Likeness, Purpose, StructureType, likeness, structure

ENOUGH_TO_COMPETE = 3
"""With as many eligible suppliers a whole contract can be reserved and still be competed for."""


class Answer(StrEnum):
    """Whether a contract may be reserved so that this supplier can take part."""

    YES = "yes"
    ON_CONDITION = "on-condition"
    NO = "no"
    NOT_KNOWN = "not-known"


class Condition(StrEnum):
    """What must be checked before the answer holds."""

    SHARE = "share"  # the share of disabled or disadvantaged people among the staff
    MAIN_AIM = "main-aim"  # that integration is the supplier's main aim
    EQUIVALENT = "equivalent-structure"  # a type of another country: shown to be equivalent
    LISTED_SERVICE = "listed-service"  # that the purchase is one of the services listed for article 77
    PUBLIC_SERVICE = "public-service-mission"  # mission, reinvestment, participation, three years at most
    BUYER_BOUND = "buyer-bound"  # that the buyer is under procurement law at all
    PREFERRED = "preferred"  # besides: such workshops are to be asked first


@dataclass(frozen=True, slots=True)
class Reservation:
    """One way (or none) to reserve. `share` is the least share of the law's public among staff, in per cent."""

    answer: Answer
    article: str | None = None
    conditions: tuple[Condition, ...] = ()
    share: int | None = None


class Advice(StrEnum):
    """What a buyer may do for one need, by the number of eligible suppliers who come."""

    RESERVE_ALL = "reserve-all"
    RESERVE_LOTS = "reserve-lots"
    SOCIAL_CLAUSE = "social-clause"
    NONE = "none"
    NOT_KNOWN = "not-known"


def reservations(buyer: Profile, supplier: Profile, codes: Iterable[str] = ()) -> tuple[Reservation, ...]:
    """Return every way in which the buyer's law lets a need with these CPV codes be reserved for this supplier.

    Never empty: without a way it says no, and without the law, the country or the supplier's type, not known.
    """
    if buyer.country is None or supplier.structure_type is None:
        is_social = supplier.structure_type is not None or supplier.kind == "social-enterprise"
        return (Reservation(Answer.NOT_KNOWN if is_social else Answer.NO),)
    kind = structure(supplier.country, supplier.structure_type)
    laws = [law for law in LAWS if law.country == buyer.country]
    if kind is None or not laws:
        return (Reservation(Answer.NOT_KNOWN),)
    wanted = tuple(codes)
    ways = [way for law in laws if (way := _way(law, buyer, kind, wanted)) is not None]
    return tuple(ways) or (Reservation(Answer.NO),)


def may_reserve(buyer: Profile, supplier: Profile, codes: Iterable[str] = ()) -> Answer:
    """Return the best answer of all ways."""
    answers = {way.answer for way in reservations(buyer, supplier, codes)}
    return next(
        answer for answer in (Answer.YES, Answer.ON_CONDITION, Answer.NOT_KNOWN, Answer.NO) if answer in answers
    )


def advice(buyer: Profile, suppliers: Iterable[Profile], codes: Iterable[str]) -> tuple[Advice, int]:
    """Return what a buyer may do for a need, and how many of these suppliers (who offer it) are eligible.

    Three or more: the whole contract can be reserved and is still competed for. Fewer: lots of it. None, but some
    whose eligibility is not known or who are social enterprises of other types: a social clause.
    """
    wanted = tuple(codes)
    listed = list(suppliers)
    answers = [may_reserve(buyer, supplier, wanted) for supplier in listed]
    eligible = sum(answer in (Answer.YES, Answer.ON_CONDITION) for answer in answers)
    if eligible >= ENOUGH_TO_COMPETE:
        return Advice.RESERVE_ALL, eligible
    if eligible:
        return Advice.RESERVE_LOTS, eligible
    if buyer.country is None:
        return Advice.NOT_KNOWN, 0
    return (Advice.SOCIAL_CLAUSE if Answer.NOT_KNOWN in answers or any(map(_is_social, listed)) else Advice.NONE), 0


def _way(law: Law, buyer: Profile, kind: StructureType, codes: tuple[str, ...]) -> Reservation | None:
    """Return how this law applies to the supplier's type; None where it does not."""
    listed = [is_listed_service(code) for code in codes] if law.only_listed_services else [True]
    if not listed or False in listed or (kind.purpose is Purpose.SOCIAL and not law.takes_social):
        return None
    if not law.is_in_tables:
        return Reservation(Answer.NOT_KNOWN, law.article)
    conditions = _conditions(law, kind)
    if conditions is None:
        return Reservation(Answer.NOT_KNOWN, law.article) if kind.purpose in law.purposes else None
    if None in listed:
        conditions = (Condition.LISTED_SERVICE, *conditions)
    if buyer.kind != LOCAL_AUTHORITY:
        conditions = (*conditions, Condition.BUYER_BOUND)
    is_sure = set(conditions) <= {Condition.PREFERRED}
    return Reservation(Answer.YES if is_sure else Answer.ON_CONDITION, law.article, conditions, law.share)


def _conditions(law: Law, kind: StructureType) -> tuple[Condition, ...] | None:
    """Return what must be checked for this type under this law; None where the law neither names nor describes it."""
    is_own = kind.country == law.country
    if law.only_listed_services:
        return (Condition.PUBLIC_SERVICE,) if is_own else (Condition.EQUIVALENT, Condition.PUBLIC_SERVICE)
    if is_own and kind.code in law.by_name:
        extra = (Condition.PREFERRED,) if law.prefers else ()
        return extra if kind.code in law.meets_share else (*extra, Condition.SHARE)
    if law.takes_by_aim:
        is_aim_known = kind.purpose in law.purposes and not is_own
        return (Condition.SHARE,) if is_aim_known else (Condition.MAIN_AIM, Condition.SHARE)
    return (Condition.EQUIVALENT, Condition.SHARE) if not is_own and _is_like_one_of(law, kind) else None


def _is_like_one_of(law: Law, kind: StructureType) -> bool:
    named = (structure(law.country, code) for code in law.by_name)
    return any(own is not None and likeness(kind, own)[0] is not Likeness.NONE for own in named)


def _is_social(supplier: Profile) -> bool:
    return supplier.kind == "social-enterprise" or structure(supplier.country, supplier.structure_type) is not None
