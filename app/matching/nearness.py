"""How near two CPV codes stand in the tree: the same, one inside the other, or neighbours under one parent."""

from functools import lru_cache

from app.matching.profile import Nature, Provision

SAME = {2: 40, 3: 80, 4: 90, 5: 96}
"""By how precise the code is: two who say no more than one group may still mean two things. More digits: 100."""
INSIDE = {2: 35, 3: 75, 4: 85, 5: 92, 6: 96, 7: 98}
"""By the number of significant digits of the broader code: one contains the other."""
NEIGHBOURS = {3: 50, 4: 65, 5: 75, 6: 85, 7: 90}
"""By the number of digits in common: neither contains the other. Two digits in common say too little to count."""


@lru_cache(maxsize=65536)
def nearness(code: str, other: str) -> int:
    """Return 0 to 100 for two codes of eight digits (without check digit)."""
    short, long = sorted((code.rstrip("0").ljust(2, "0"), other.rstrip("0").ljust(2, "0")), key=len)
    if short == long:
        return SAME.get(len(short), 100)
    if long.startswith(short):
        return INSIDE[len(short)]
    common = next(place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b)
    return NEIGHBOURS.get(common, 0)


def nature_of(code: str) -> Nature:
    """Return what a code stands for: works are division 45, staff groups 796, services from 50 on but goods in 48."""
    if code.startswith("45"):
        return Nature.WORKS
    if code.startswith("796"):
        return Nature.STAFF
    return Nature.SERVICES if int(code[:2]) >= 50 else Nature.GOODS


def natures(provisions: tuple[Provision, ...]) -> frozenset[Nature]:
    """Return all kinds of provision among offers or needs: what is said, else what the codes tell."""
    return frozenset(
        nature
        for provision in provisions
        for nature in ((provision.nature,) if provision.nature else map(nature_of, provision.codes))
    )
