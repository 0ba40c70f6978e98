"""How near an offer stands to a need in the tree of CPV codes: the same, one inside the other, or neighbours."""

from functools import lru_cache

from app.matching.profile import Nature, Provision

DIVISION = 2
"""The digits of a division, the broadest of all codes."""
SAME = {2: 40, 3: 80, 4: 90, 5: 96}
"""By how precise the code is: two who say no more than one group may still mean two things. More digits: 100.

Who offers all of a group or class offers what is inside it, and counts as much as for the group itself.
"""
INSIDE = {2: 35, 3: 75, 4: 85, 5: 92, 6: 96, 7: 98}
"""By the significant digits of the broader code: a part of what is needed, or a whole division that may hold it."""
NEIGHBOURS = {3: 50, 4: 65, 5: 75, 6: 85, 7: 90}
"""By the number of digits in common: neither contains the other. Two digits in common say too little to count."""


@lru_cache(maxsize=65536)
def nearness(needed: str, offered: str) -> int:
    """Return 0 to 100 for two codes of eight digits (without check digit)."""
    need, offer = _significant(needed), _significant(offered)
    if is_covered(needed, offered):
        return SAME.get(len(offer), 100)
    if need.startswith(offer) or offer.startswith(need):
        return INSIDE[min(len(need), len(offer))]
    common = next(place for place, (a, b) in enumerate(zip(need, offer, strict=False)) if a != b)
    return NEIGHBOURS.get(common, 0)


def is_covered(needed: str, offered: str) -> bool:
    """Whether what is offered is what is needed, or a group or class that holds it; a division says too little."""
    need, offer = _significant(needed), _significant(offered)
    return need == offer or (len(offer) > DIVISION and need.startswith(offer))


def _significant(code: str) -> str:
    return code.rstrip("0").ljust(DIVISION, "0")


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
