"""Rows as calamine gives them, each value at its own place."""

from collections.abc import Iterator

from python_calamine import CalamineSheet


def rows_of(sheet: CalamineSheet) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Number and values of each row from column A on. calamine leaves out empty columns at the left, not rows."""
    left = (None,) * (sheet.start[1] if sheet.start else 0)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        yield number, (*left, *values)
