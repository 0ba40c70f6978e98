"""The kinds of fields that everything about an event shares: codes, times of the clock, gaps in a day."""

from datetime import UTC, date, datetime
from typing import Annotated

from babel import Locale
from pydantic import AfterValidator, Field

from app.errors import Unfit
from app.web.fields import Day, Instant

A_KIND = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
A_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
MOST_LANGUAGES = 20
CODE_LENGTH = 2
_ENGLISH = Locale("en")


def _known_language(code: str) -> str:
    if len(code) != CODE_LENGTH or code not in _ENGLISH.languages:
        raise Unfit("There is no such language; write a code of ISO 639-1, such as fr.")
    return code


def _known_country(code: str) -> str:
    if len(code) != CODE_LENGTH or code not in _ENGLISH.territories:
        raise Unfit("There is no such country; write a code of ISO 3166-1, such as LU.")
    return code


def _in_order(gap: list[str]) -> list[str]:
    if gap[0] == gap[1]:
        raise Unfit("It ends when it starts.")
    return gap


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Kind = Annotated[str, Field(max_length=40, pattern=A_KIND, examples=["social-enterprise"])]
"""A kind of organisations: small letters, digits, hyphens."""
Clock = Annotated[str, Field(pattern=A_CLOCK, examples=["14:30"])]
"""A local time of each day of the event."""
Gap = Annotated[
    list[Clock], Field(min_length=2, max_length=2, examples=[["15:00", "15:30"]]), AfterValidator(_in_order)
]
"""From … to, in local time of each day."""
Gaps = Annotated[list[Gap], Field(max_length=50)]
LanguageCode = Annotated[
    str, Field(json_schema_extra={"pattern": "^[a-z]{2}$"}, examples=["fr"]), AfterValidator(_known_language)
]
LanguageCodes = Annotated[list[LanguageCode], Field(max_length=MOST_LANGUAGES, examples=[["fr", "de"]])]
EventDay = Annotated[Day, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31), examples=["2026-06-06"])]
"""A day on which events are held."""
EventMoment = Annotated[
    Instant, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2199, 12, 31, tzinfo=UTC)), AfterValidator(_in_utc)
]
"""A moment of an event, ISO 8601 with an offset."""
Country = Annotated[
    str, Field(json_schema_extra={"pattern": "^[A-Z]{2}$"}, examples=["LU"]), AfterValidator(_known_country)
]

WebAddress = Annotated[
    str,
    Field(max_length=2_000, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/\x00-\x1f\x7f-\x9f]+(/[^\s\x00-\x1f\x7f-\x9f]*)?$"),
]
"""An address on the web, never one of another scheme (`javascript:`, `file:`)."""
