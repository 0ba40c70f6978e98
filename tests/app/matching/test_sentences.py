"""Every reason can be said in four languages, and delegates read why they meet."""

import re
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.policy import Policy, Weights
from app.matching.advising import NeedAdvice
from app.matching.affinity import affinity
from app.matching.explaining import why_planned, worth_saying
from app.matching.pairing import pairs
from app.matching.profile import Occasion, Profile, Provision, Wish
from app.matching.reasons import Reason
from app.matching.reserved import Advice
from app.matching.sentences import LANGUAGES, sentence, sentences
from app.matching.sentences_known import SENTENCES
from tests.app.matching.builders_of_profiles import PATIENT, occasions, profiles


def name_of(code: str, lang: str) -> str:
    return f"{lang} name"


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_says_the_same_in_every_language(code: str) -> None:
    assert set(SENTENCES[code]) == set(LANGUAGES)
    assert len({frozenset(fields_of(template)) for template in SENTENCES[code].values()}) == 1
    assert all(re.fullmatch(r"([A-ZÉ]|\{text\}).*\.", template) for template in SENTENCES[code].values())


@pytest.mark.parametrize("found", Advice)
def test_every_advice_can_be_said(found: Advice) -> None:
    advised = NeedAdvice(Provision("nettoyage"), found, 3, 2)
    assert sentence(advised.reason, "fr", name_of).startswith("nettoyage : ")


@PATIENT
@given(profiles(st.just("a")), profiles(st.just("b")), occasions(), st.sampled_from(LANGUAGES))
def test_every_reason_that_occurs_can_be_said(a: Profile, b: Profile, day: Occasion, lang: str) -> None:
    reasons = affinity(a, b, day, Weights()).reasons
    said = sentences(reasons, lang, name_of)
    assert len(said) == len(reasons)
    assert all(line.endswith(".") and "{" not in line for line in said)


def test_names_are_in_the_readers_language() -> None:
    shared = Reason("language-shared", {"languages": "de,fr"}, 10)
    assert sentence(shared, "fr", name_of) == "Une langue en commun : allemand, français."
    assert sentence(shared, "es", name_of) == "Un idioma en común: alemán, francés."
    border = Reason("cross-border", {"country": "FR", "other": "LU"}, 4)
    assert sentence(border, "de", name_of) == "Ein Treffen über die Grenze: Frankreich – Luxemburg."
    assert sentence(Reason("label-held", {"labels": "esus"}), "en", name_of).endswith("ask for: ESUS.")
    assert sentence(border, "pt", name_of) == "A meeting across a border: France – Luxembourg."


def test_a_text_with_braces_stays_a_text() -> None:
    need = Reason("need-met-same", {"text": "{0} {text}", "theirs": "x", "need": "90910000", "offer": "90910000"})
    assert "{0} {text}" in sentence(need, "en", name_of)


DAY = Occasion(date(2019, 6, 6))
TOWN = Profile("t", "local-authority", country="FR", needs=(Provision("nettoyage", ("90910000",)),))
CLEANERS = Profile("c", "social-enterprise", "EI", "FR", offers=(Provision("propreté", ("90910000",)),))


@pytest.mark.parametrize(
    ("wishes", "town_reads", "cleaners_read"),
    [
        ([Wish("t", "c")], "wish-yours", "wish-theirs"),
        ([Wish("c", "t")], "wish-theirs", "wish-yours"),
        ([Wish("t", "c"), Wish("c", "t")], "wish-mutual", "wish-mutual"),
        ([], "suggested", "suggested"),
    ],
)
def test_both_sides_read_why_they_meet(wishes: list[Wish], town_reads: str, cleaners_read: str) -> None:
    (pair,) = pairs([TOWN, CLEANERS], wishes, Policy(), DAY)
    town = why_planned(pair, TOWN, CLEANERS, Policy(), DAY)
    assert [reason.code for reason in town[:2]] == [town_reads, "need-met-same"]
    assert [r.code for r in why_planned(pair, CLEANERS, TOWN, Policy(), DAY)[:2]] == [
        cleaners_read,
        "offer-wanted-same",
    ]


def test_a_delegate_reads_what_counts_and_never_misses_a_word_on_language() -> None:
    silent, spoken = Reason("language-none"), Reason("same-place", {"place": "Metz"}, 10)
    assert worth_saying((Reason("wish-yours"), spoken, silent, Reason("same-nature"))) == (
        Reason("wish-yours"),
        spoken,
        silent,
    )


def test_that_somebody_comes_from_further_away_is_no_reason_to_meet() -> None:
    assert worth_saying((Reason("wish-yours"), Reason("elsewhere", {"place": "Metz"}, 4))) == (Reason("wish-yours"),)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Dans le même pays : Luxembourg."),
        ("de", "Im selben Land: Luxemburg."),
        ("en", "In the same country: Luxembourg."),
        ("es", "En el mismo país: Luxemburgo."),
    ],
)
def test_a_country_is_called_by_its_name_where_no_city_is_known(lang: str, said: str) -> None:
    assert sentence(Reason("same-country", {"place": "LU"}, 5), lang, name_of) == said
    assert "150" in sentence(Reason("same-country", {"place": "150"}, 5), lang, name_of)  # a postal code of Reykjavik
