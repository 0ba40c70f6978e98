"""The kinds of fields that requests carry: bounded, and without what no organiser types (NUL, controls, NaN)."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from app.errors import Unfit

SMALL, LARGE = 2**31 - 1, 2**63 - 1
LINE, TEXT = 300, 10_000

# Controls, line and paragraph separators, and the marks that turn the direction of what follows.
UNSEEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
HIDDEN = re.compile(f"[{UNSEEN}]")
# What has no width: soft hyphens, joiners, marks of direction and of variants. Read in a sheet they go as well.
WIDTHLESS = r"\u00ad\u061c\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
NOTHING = re.compile(f"[{WIDTHLESS}]")
BREAKS = re.compile(r"[\t\n\r]")
A_LINE = rf"^[^\t\n\r{UNSEEN}]*[^\s{UNSEEN}{WIDTHLESS}][^\t\n\r{UNSEEN}]*$"
A_TEXT = rf"^[^{UNSEEN}]*$"
AN_ADDRESS = rf"^[^@\s{UNSEEN}]+@[^@\s.{UNSEEN}]+(\.[^@\s.{UNSEEN}]+)+$"
ADDRESS = re.compile(AN_ADDRESS.removeprefix("^").removesuffix("$"))
NO_ADDRESS = "It is no e-mail address; one looks like anna@cluster.example."
A_MOMENT = "It must be a moment with its offset from UTC, such as 2026-06-06T14:00:00+02:00."
A_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Body(BaseModel):
    """What a client sends: nothing beside what is described, no NaN, no Infinity."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


def _without_defaults(schema: JsonDict) -> None:
    properties = schema.get("properties")
    for field in properties.values() if isinstance(properties, dict) else ():
        if isinstance(field, dict):
            field.pop("default", None)


class Change(Body):
    """What a client changes: a field that is not sent stays as it is, null clears one that may be empty."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    def said(self) -> dict[str, object]:
        """Return what was sent; the defaults of the other fields mean nothing."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    def fields(self) -> dict[str, str]:
        """Return the names of what was sent, as the audit log keeps them."""
        return {"fields": ",".join(sorted(self.model_fields_set))}


class Answer(BaseModel):
    """What a client is told."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


def _clean(text: str) -> str:
    """One way to write each letter, nothing around; what cannot be seen is refused."""
    if HIDDEN.search(text):
        raise Unfit("There are signs in it that cannot be seen.")
    return unicodedata.normalize("NFC", NOTHING.sub("", text)).strip()


def _line(text: str) -> str:
    if BREAKS.search(text):
        raise Unfit("It must be one line.")
    if not (cleaned := _clean(text)):
        raise Unfit("It must not be empty.")
    return cleaned


def _address(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise Unfit(NO_ADDRESS)
    return _line(text)


def _written(value: object) -> object:
    """Take text only: a number for a day would be seconds since 1970."""
    if isinstance(value, str):
        return value
    raise Unfit("It must be text.")


def _with_offset(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise Unfit(A_MOMENT)
    return moment


Line = Annotated[
    str, Field(min_length=1, max_length=LINE, json_schema_extra={"pattern": A_LINE}), AfterValidator(_line)
]
"""One line with something in it: a name, a title."""
Text = Annotated[str, Field(max_length=TEXT, json_schema_extra={"pattern": A_TEXT}), AfterValidator(_clean)]
"""Some lines, perhaps none: a description, a note."""
Email = Annotated[
    str,
    Field(max_length=320, json_schema_extra={"pattern": AN_ADDRESS}, examples=["anna@cluster.example"]),
    AfterValidator(_address),
]
EventName = Annotated[str, Field(max_length=100, pattern=A_SLUG, examples=["mont-saint-martin"])]
"""The event's name in addresses, where a body or a query names it."""
Whole = Annotated[int, Field(strict=True, ge=0, le=SMALL)]
"""A count, or minutes."""
Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]
Instant = Annotated[datetime, BeforeValidator(_written), AfterValidator(_with_offset)]
"""A moment, ISO 8601 with an offset."""
Day = Annotated[date, BeforeValidator(_written)]
LocalTime = Annotated[time, BeforeValidator(_written)]
Slug = Annotated[
    str, Path(max_length=100, description="The event's name in addresses.", examples=["mont-saint-martin"])
]
Id = Annotated[int, Path(ge=1, le=LARGE, description="The id of the thing.", examples=[7])]
Ordinal = Annotated[int, Path(ge=1, le=SMALL, description="The number, as of a version.", examples=[3])]
