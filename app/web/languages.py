"""The language of the caller."""

from typing import Annotated

from fastapi import Depends, Header

from app.languages import wanted_in


def _language_of_request(
    accept_language: Annotated[
        str | None, Header(max_length=1000, description="The language of sentences: fr, de, en or es.")
    ] = None,
) -> str:
    return wanted_in(accept_language or "")


Lang = Annotated[str, Depends(_language_of_request)]
"""The language in which the caller reads sentences."""
