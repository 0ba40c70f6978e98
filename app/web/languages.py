"""The language of the caller: the first of Accept-Language that Ronde speaks (RFC 9110, 12.5.4)."""

from typing import Annotated

from fastapi import Depends, Header

from app.languages import spoken_first


def _language_of_request(
    accept_language: Annotated[
        str | None, Header(max_length=1000, description="The language of sentences: fr, de, en or es.")
    ] = None,
) -> str:
    return spoken_first(_wanted(accept_language or ""))


Lang = Annotated[str, Depends(_language_of_request)]
"""The language in which the caller reads sentences."""


def _wanted(header: str) -> list[str]:
    """Languages (two letters) in the order in which they are wanted; those with weight 0 are not."""
    found = []
    for part in header.split(","):
        tag, _, weight = part.partition(";")
        quality = _quality(weight)
        if quality > 0:
            found.append((-quality, tag.strip().lower()[:2]))
    return [tag for _quality_, tag in sorted(found, key=lambda each: each[0])]


def _quality(weight: str) -> float:
    name, _, number = weight.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, float(number))
    except ValueError:
        return 0.0
