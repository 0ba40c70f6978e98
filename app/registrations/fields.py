"""The kinds of fields of those who come: addresses of mail, codes of what is offered, goals."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from app.errors import Unfit
from app.web.fields import NO_ADDRESS, Line

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+")


def _address(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise Unfit(NO_ADDRESS)
    return text


Email = Annotated[Line, Field(max_length=254, examples=["anne.roy@longwy.example"]), AfterValidator(_address)]
Cpv = Annotated[str, Field(pattern=r"^[0-9]{8}$", examples=["98310000"])]
"""A CPV code without its check digit."""
Goals = Annotated[
    list[Annotated[int, Field(strict=True, ge=1, le=17)]], Field(max_length=17, description="Numbers of SDGs.")
]
MeetingCount = Annotated[int, Field(strict=True, ge=0, le=1_000)]
