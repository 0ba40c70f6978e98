"""Reserved contracts: by the law of the buyer's country, and said to be not known where it is not."""

import pytest

from app.matching.profile import Profile
from app.matching.reserved import Advice, Answer, Condition, Reservation, advice, may_reserve, reservations

CLEANING, CHILDCARE, TRAINING = "90910000", "85312110", "80500000"


def town(country: str | None, kind: str = "local-authority") -> Profile:
    return Profile("town", kind, country=country)


def supplier(country: str, structure_type: str | None, kind: str = "social-enterprise") -> Profile:
    return Profile("supplier", kind, structure_type, country)


@pytest.mark.parametrize(
    ("buyer", "country", "structure_type", "answer"),
    [
        ("FR", "FR", "ESAT", Answer.YES),
        ("FR", "FR", "EA", Answer.YES),
        ("FR", "FR", "ACI", Answer.ON_CONDITION),
        ("FR", "FR", "GEIQ", Answer.NOT_KNOWN),
        ("FR", "FR", "SCOP", Answer.NO),
        ("FR", "DE", "wfbm", Answer.ON_CONDITION),
        ("FR", "LU", "SIS", Answer.NO),
        ("BE", "BE", "ETA", Answer.YES),
        ("BE", "FR", "EI", Answer.ON_CONDITION),
        ("LU", "LU", "SIS", Answer.ON_CONDITION),
        ("LU", "LU", "AP", Answer.YES),
        ("DE", "DE", "wfbm", Answer.YES),
        ("DE", "DE", "inklusionsbetrieb", Answer.YES),
        ("DE", "FR", "ESAT", Answer.ON_CONDITION),
        ("ES", "FR", "ESAT", Answer.NOT_KNOWN),
        ("MA", "FR", "ESAT", Answer.NOT_KNOWN),
        (None, "FR", "ESAT", Answer.NOT_KNOWN),
        ("FR", "FR", None, Answer.NOT_KNOWN),
        ("FR", "FR", "XYZ", Answer.NOT_KNOWN),
    ],
)
def test_the_buyers_country_decides(
    buyer: str | None, country: str, structure_type: str | None, answer: Answer
) -> None:
    assert may_reserve(town(buyer), supplier(country, structure_type), [CLEANING]) is answer


def test_an_ordinary_company_is_not_eligible() -> None:
    assert may_reserve(town("FR"), supplier("FR", None, "company"), [CLEANING]) is Answer.NO


def test_france_asks_for_half_and_names_the_article() -> None:
    assert reservations(town("FR"), supplier("FR", "EI"), [CLEANING]) == (
        Reservation(
            Answer.ON_CONDITION, "Code de la commande publique, art. L2113-13 et R2113-7", (Condition.SHARE,), 50
        ),
    )


def test_luxembourg_and_germany_ask_for_thirty_per_cent() -> None:
    (there,) = reservations(town("LU"), supplier("LU", "SIS"), [CLEANING])
    assert (there.share, there.conditions) == (30, (Condition.MAIN_AIM, Condition.SHARE))
    (german,) = reservations(town("DE"), supplier("DE", "wfbm"), [CLEANING])
    assert (german.article, german.share, german.conditions) == ("§ 118 GWB, § 224 SGB IX", 30, (Condition.PREFERRED,))


def test_only_listed_services_can_be_kept_for_the_whole_social_economy_in_france() -> None:
    cooperative = supplier("FR", "SCOP")
    article = "Code de la commande publique, art. L2113-15 et L2113-16"
    assert reservations(town("FR"), cooperative, [CHILDCARE]) == (
        Reservation(Answer.ON_CONDITION, article, (Condition.PUBLIC_SERVICE,)),
    )
    (perhaps,) = reservations(town("FR"), cooperative, [TRAINING])
    assert perhaps.conditions == (Condition.LISTED_SERVICE, Condition.PUBLIC_SERVICE)
    assert may_reserve(town("FR"), cooperative, [CHILDCARE, CLEANING]) is Answer.NO
    assert may_reserve(town("FR"), cooperative) is Answer.NO


def test_how_germany_handles_article_77_is_said_to_be_not_known() -> None:
    assert Reservation(Answer.NOT_KNOWN, "Richtlinie 2014/24/EU, Art. 77") in reservations(
        town("DE"), supplier("DE", "wfbm"), [CHILDCARE]
    )


def test_a_company_that_buys_may_not_be_under_procurement_law() -> None:
    (way,) = reservations(town("FR", "buyer"), supplier("FR", "ESAT"), [CLEANING])
    assert (way.answer, way.conditions) == (Answer.ON_CONDITION, (Condition.BUYER_BOUND,))


@pytest.mark.parametrize(
    ("suppliers", "expected"),
    [
        ([supplier("FR", "ESAT")] * 3, (Advice.RESERVE_ALL, 3)),
        ([supplier("FR", "ESAT"), supplier("FR", "EI")], (Advice.RESERVE_LOTS, 2)),
        ([supplier("FR", "SCOP")], (Advice.SOCIAL_CLAUSE, 0)),
        ([supplier("FR", None, "company")], (Advice.NONE, 0)),
        ([], (Advice.NONE, 0)),
    ],
)
def test_the_number_of_eligible_suppliers_makes_the_advice(
    suppliers: list[Profile], expected: tuple[Advice, int]
) -> None:
    assert advice(town("FR"), suppliers, [CLEANING]) == expected


def test_without_the_buyers_country_no_advice_is_given() -> None:
    assert advice(town(None), [supplier("FR", "ESAT")], [CLEANING]) == (Advice.NOT_KNOWN, 0)
