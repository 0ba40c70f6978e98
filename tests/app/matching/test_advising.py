"""An authority reads what it may do for each of its needs, with those who come."""

from app.events.policy import Policy
from app.matching.advising import NeedAdvice, advice_for
from app.matching.profile import Profile
from app.matching.ranking import Roster
from app.matching.reserved import Advice
from tests.app.matching.builders_of_profiles import DAY, needs


def supplier(name: str, structure_type: str | None, *codes: str) -> Profile:
    kind = "social-enterprise" if structure_type else "company"
    return Profile(name, kind, structure_type, "FR", offers=needs(*codes))


def test_each_need_has_its_own_advice() -> None:
    town = Profile("town", "local-authority", country="FR", needs=needs("90910000", "77310000", "39130000", "45421000"))
    roster = Roster(
        [
            town,
            supplier("a", "ESAT", "90911200", "77310000"),
            supplier("b", "EI", "90910000"),
            supplier("c", "ACI", "90919000"),
            supplier("d", "SCOP", "39130000"),
            supplier("e", None, "45421000"),
        ],
        Policy(),
        DAY,
    )
    cleaning, gardens, furniture, joinery = town.needs
    assert advice_for(roster, "town") == (
        NeedAdvice(cleaning, Advice.RESERVE_ALL, 3, 3),
        NeedAdvice(gardens, Advice.RESERVE_LOTS, 1, 1),
        NeedAdvice(furniture, Advice.SOCIAL_CLAUSE, 1, 0),
        NeedAdvice(joinery, Advice.NONE, 1, 0),
    )


def test_a_need_without_a_code_gets_no_advice() -> None:
    town = Profile("town", "local-authority", country="FR", needs=needs())
    assert advice_for(Roster([town], Policy(), DAY), "town") == ()
