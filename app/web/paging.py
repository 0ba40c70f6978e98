"""Lists in pages: how many, after which, and where the next page begins. Cursors are opaque and hold the sort key."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import Invalid

USUAL, MOST = 50, 200
LARGEST = 2**63 - 1
NO_CURSOR = "`after` is not where a page of this list ends; take it from `next` of the page before."

T = TypeVar("T")
SortKey = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class PageOf:
    """Which part of a list is asked for. `after` is the sort key of the last item seen, None for the first page."""

    limit: int
    after: SortKey | None


class Page(BaseModel, Generic[T]):
    """A part of a list."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    items: list[T]
    next: str | None = Field(default=None, description="Where the next page begins, for `after`; null on the last.")


def page_of(
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many items at most.")] = USUAL,
    after: Annotated[
        str | None, Query(max_length=1000, description="`next` of the page before; without it: the first page.")
    ] = None,
) -> PageOf:
    return PageOf(limit, None if after is None else _key_in(after))


Paging = Annotated[PageOf, Depends(page_of)]


def paged(
    session: Session, statement: Select[T], paging: PageOf, *columns: InstrumentedAttribute[int]
) -> tuple[list[T], str | None]:
    """Return a page of what a statement selects, in the order of these columns, which together are unique."""
    kinds = tuple(column.type.python_type for column in columns)
    if paging.after is not None:
        if tuple(map(type, paging.after)) != kinds:
            raise Invalid(NO_CURSOR)
        later: ColumnElement[bool] = tuple_(*columns) > tuple_(*paging.after)
        statement = statement.where(later)
    rows = list(session.scalars(statement.order_by(*columns).limit(paging.limit + 1)))
    names = [column.key for column in columns]
    return cut(rows, paging.limit, lambda row: tuple(getattr(row, name) for name in names))


def page_in(items: Sequence[T], paging: PageOf, key: Callable[[T], SortKey]) -> tuple[list[T], str | None]:
    """Return a page of a list that is whole in memory, in the order of its keys."""
    first = 0
    if paging.after is not None:
        after = paging.after
        try:
            first = sum(key(item) <= after for item in items)
        except TypeError:
            raise Invalid(NO_CURSOR) from None
    return cut(items[first : first + paging.limit + 1], paging.limit, key)


def cut(items: Sequence[T], limit: int, key: Callable[[T], SortKey]) -> tuple[list[T], str | None]:
    """Return the first of these items, and where the page after them begins if there are more."""
    shown = list(items[:limit])
    return shown, _cursor(key(shown[-1])) if len(items) > limit else None


def sort_key(key: SortKey, length: int) -> tuple[int, ...]:
    """Return a sort key of so many whole numbers; raise Invalid for one of another list."""
    numbers = tuple(part for part in key if isinstance(part, int))
    if not len(numbers) == len(key) == length or min(numbers) < 0:
        raise Invalid(NO_CURSOR)
    return numbers


def _cursor(key: SortKey) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def _key_in(cursor: str) -> SortKey:
    try:
        written = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = json.loads(written)
    except (binascii.Error, ValueError, RecursionError):
        raise Invalid(NO_CURSOR) from None
    if not isinstance(parts, list) or not all(_is_key_part(part) for part in parts):
        raise Invalid(NO_CURSOR)
    return tuple(parts)


def _is_key_part(part: object) -> bool:
    if isinstance(part, str):
        return "\0" not in part and part.isprintable()
    return isinstance(part, int) and not isinstance(part, bool) and abs(part) <= LARGEST
