"""Profiles to match: a few by name, and any number at random for properties."""

from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.matching.profile import HeldLabel, Occasion, Profile, Provision

PATIENT = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""For properties over whole crowds: a busy machine is no reason to fail."""

DAY = Occasion(date(2019, 6, 6))
CODES = ("90910000", "90911200", "90920000", "77310000", "77300000", "79000000", "79620000", "39130000", "45421000")


def needs(*codes: str) -> tuple[Provision, ...]:
    return tuple(Provision(f"need {code}", (code,)) for code in codes)


def provisions() -> st.SearchStrategy[tuple[Provision, ...]]:
    return st.lists(st.sampled_from(CODES), max_size=3).map(lambda codes: needs(*codes))


def held() -> st.SearchStrategy[tuple[HeldLabel, ...]]:
    days = st.none() | st.dates(date(2015, 1, 1), date(2022, 1, 1))
    label = st.builds(HeldLabel, st.sampled_from(("esus", "emas", "b-corp")), days, days)
    return st.lists(label, max_size=2).map(tuple)


def profiles(organisation: st.SearchStrategy[str]) -> st.SearchStrategy[Profile]:
    languages = st.frozensets(st.sampled_from(("fr", "de", "en")), max_size=2)
    areas = st.lists(st.sampled_from(("FR", "FR-54", "FR-544", "LU", "BE-6")), max_size=2).map(tuple)
    return st.builds(
        Profile,
        organisation,
        st.sampled_from(("buyer", "social-enterprise", "local-authority", "company")),
        structure_type=st.sampled_from((None, "ESAT", "EI", "SIS", "wfbm")),
        country=st.sampled_from((None, "FR", "BE", "LU", "DE", "MA")),
        postal_code=st.sampled_from((None, "54400", "54000", "6700", "57000")),
        languages=languages,
        offers=provisions(),
        needs=provisions(),
        serves=areas,
        wanted_in=areas,
        labels=held(),
        asks_labels=st.frozensets(st.sampled_from(("esus", "emas", "b-corp")), max_size=2),
    )


def rosters(least: int = 2, most: int = 6) -> st.SearchStrategy[list[Profile]]:
    sizes = st.integers(least, most)
    return sizes.flatmap(lambda size: st.tuples(*(profiles(st.just(f"o{n}")) for n in range(size))).map(list))


def occasions() -> st.SearchStrategy[Occasion]:
    spoken = st.frozensets(st.sampled_from(("fr", "de", "en")), min_size=2, max_size=3)
    return st.builds(Occasion, st.dates(date(2016, 1, 1), date(2021, 1, 1)), st.lists(spoken, max_size=1).map(tuple))
