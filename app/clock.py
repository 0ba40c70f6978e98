"""The only place that asks what time it is. Everyone else is told."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return this moment as aware UTC, in whole seconds: calendars and databases know no finer."""
    return datetime.now(UTC).replace(microsecond=0)


def seconds() -> float:
    """Return seconds from an arbitrary start, never going back: to measure and to limit durations."""
    return time.monotonic()
