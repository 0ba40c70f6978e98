"""How near two places are, by country and the beginning of the postal code. Places, not distances on a map."""

import re
from functools import lru_cache

from app.matching.profile import Profile

SAME_PLACE, SAME_REGION, SAME_COUNTRY, ELSEWHERE, NOT_KNOWN = 100, 75, 50, 25, 50

PLACE_DIGITS = {"FR": 2, "DE": 2, "ES": 2, "IT": 2, "PT": 2, "PL": 2, "BE": 1, "NL": 2, "CH": 2, "AT": 1, "LU": 0}
"""How many digits of a postal code make one place: a département, a Leitregion, a Belgian province. Others: 2."""

CROSS_BORDER_REGIONS: tuple[tuple[str, ...], ...] = (
    # Greater Region: Lorraine, Luxembourg, Wallonia, Saarland, Rhineland-Palatinate
    ("FR-54", "FR-55", "FR-57", "FR-88", "LU", "BE-13", "BE-14", "BE-4", "BE-5", "BE-6", "BE-7", "DE-54", "DE-55",
     "DE-56", "DE-66", "DE-67"),
    # Upper Rhine: Alsace, Baden, Southern Palatinate, north-west Switzerland
    ("FR-67", "FR-68", "DE-76", "DE-77", "DE-79", "CH-40", "CH-41", "CH-42", "CH-43", "CH-44", "CH-28"),
    # Lille, Kortrijk, Tournai
    ("FR-59", "FR-62", "BE-7", "BE-8"),
    # Meuse and Rhine: Aachen, Liège, Maastricht, Hasselt
    ("DE-52", "BE-4", "BE-35", "BE-36", "BE-37", "BE-38", "BE-39", "NL-60", "NL-61", "NL-62", "NL-63", "NL-64"),
    # Geneva and the Léman
    ("FR-01", "FR-74", "CH-10", "CH-12", "CH-18", "CH-19"),
    # the Pyrenees at both ends
    ("FR-64", "ES-20", "ES-31"),
    ("FR-66", "ES-17", "AD"),
)  # fmt: skip


_COUNTRY_SIGN = re.compile(r"^[A-Z]{1,2}(?=\d{4,5}$)")
"""The F of F-54400, the L of L-4010: the country is known already."""


def place_of(profile: Profile) -> str | None:
    """Return where an organisation is, as an area (`FR-54400`), or None where no country is known."""
    if profile.country is None:
        return None
    digits = _COUNTRY_SIGN.sub("", "".join(filter(str.isalnum, (profile.postal_code or "").upper())))
    return f"{profile.country}-{digits}" if digits else profile.country


def reach(wanted_in: tuple[str, ...], serves: tuple[str, ...], buyer: str | None, supplier: str | None) -> int:
    """Return 0 to 100: how well a supplier reaches where something is needed; `buyer` and `supplier` are places.

    What the supplier says it serves decides; without it, how near the two places are.
    """
    wanted = wanted_in or ((buyer,) if buyer else ())
    if serves and wanted:
        return max(SAME_PLACE if covers(area, there) else 0 for area in serves for there in wanted)
    if not wanted or supplier is None:
        return NOT_KNOWN
    return max(nearness(there, supplier) for there in wanted)


def covers(area: str, place: str) -> bool:
    """Whether a place lies in an area: the same country, and a postal code that begins with the area's."""
    country, _, digits = area.partition("-")
    there, _, code = place.partition("-")
    return country == there and code.startswith(digits)


@lru_cache(maxsize=65536)
def nearness(place: str, other: str) -> int:
    """Return how near two places are: one place, one region across borders, one country, or elsewhere."""
    country, _, code = place.partition("-")
    there, _, other_code = other.partition("-")
    digits = PLACE_DIGITS.get(country, 2)
    if country == there and (digits == 0 or (code and code[:digits] == other_code[:digits])):
        return SAME_PLACE
    if any(_is_in(region, place) and _is_in(region, other) for region in CROSS_BORDER_REGIONS):
        return SAME_REGION
    return SAME_COUNTRY if country == there else ELSEWHERE


def _is_in(region: tuple[str, ...], place: str) -> bool:
    return any(covers(area, place) for area in region)
