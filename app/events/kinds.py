"""The kinds of organisations that an event knows: those of the house, or its own."""

from collections.abc import Mapping

HOUSE = {
    "buyer": "buyer",
    "social-enterprise": "social enterprise",
    "local-authority": "local authority",
    "company": "company",
}
"""The four kinds of the house with a word for them; how they are said in other languages stands in the catalogues."""


def kinds_of(own: Mapping[str, str]) -> Mapping[str, str]:
    """Return the kinds of an event that has these `own` ones, each with the word for it."""
    return own or HOUSE
