"""Sessions in local time become slots, also on the days when the clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.events.slots import Hours, LocalSession, NoSuchTime, first_overlap, hours_of, moment_of, slot_times

PARIS = ZoneInfo("Europe/Paris")


def shown(sessions: list[LocalSession], zone: str, minutes: int, changeover: int = 0) -> list[str]:
    times = slot_times(sessions, ZoneInfo(zone), minutes, changeover)
    return [f"{slot.starts_at.astimezone(ZoneInfo(zone)):%d %H:%M}" for slot in times]


def test_three_hours_hold_fifteen_meetings_of_twelve_minutes() -> None:
    afternoon = LocalSession(date(2019, 6, 6), time(14, 30), time(17, 30))

    times = slot_times([afternoon], PARIS, 12, 0)

    assert len(times) == 15
    assert times[0].starts_at == datetime(2019, 6, 6, 12, 30, tzinfo=UTC)
    assert times[-1].ends_at == datetime(2019, 6, 6, 15, 30, tzinfo=UTC)


def test_the_last_meeting_needs_no_changeover_after_it() -> None:
    hour = LocalSession(date(2026, 6, 6), time(14), time(15))

    assert shown([hour], "Europe/Paris", 10, 5) == ["06 14:00", "06 14:15", "06 14:30", "06 14:45"]


def test_slots_of_several_days_are_in_order() -> None:
    sessions = [
        LocalSession(date(2026, 6, 7), time(9), time(10)),
        LocalSession(date(2026, 6, 6), time(9), time(10)),
    ]

    assert shown(sessions, "Asia/Kolkata", 30) == ["06 09:00", "06 09:30", "07 09:00", "07 09:30"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Paris", date(2026, 3, 29)),
        ("Europe/Paris", date(2026, 10, 25)),
        ("America/New_York", date(2026, 11, 1)),
        ("Asia/Kolkata", date(2026, 6, 6)),
        ("Africa/Casablanca", date(2026, 2, 15)),
        ("Pacific/Auckland", date(2026, 9, 27)),
    ],
)
def test_on_the_day_of_the_change_the_clock_shows_what_the_sheet_says(zone: str, day: date) -> None:
    morning = LocalSession(day, time(9), time(11))

    assert shown([morning], zone, 60) == [f"{day:%d} 09:00", f"{day:%d} 10:00"]


def test_a_session_over_the_hour_that_is_skipped_is_an_hour_shorter() -> None:
    night = LocalSession(date(2026, 3, 29), time(1), time(4))

    assert shown([night], "Europe/Paris", 60) == ["29 01:00", "29 03:00"]


def test_a_session_over_the_hour_that_comes_twice_is_an_hour_longer() -> None:
    night = LocalSession(date(2026, 10, 25), time(1), time(4))

    assert shown([night], "Europe/Paris", 60) == ["25 01:00", "25 02:00", "25 02:00", "25 03:00"]


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert moment_of(date(2026, 10, 25), time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_end_that_comes_twice_is_the_first_after_the_start() -> None:
    start = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)

    assert moment_of(date(2026, 10, 25), time(2, 30), PARIS, after=start) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_does_not_exist() -> None:
    with pytest.raises(NoSuchTime, match="2026-03-29 02:30 does not exist in Europe/Paris"):
        moment_of(date(2026, 3, 29), time(2, 30), PARIS)


def test_sessions_that_overlap_are_noticed() -> None:
    sessions = [
        LocalSession(date(2026, 6, 6), time(9), time(10)),
        LocalSession(date(2026, 6, 6), time(9, 45), time(11)),
    ]

    found = first_overlap(slot_times(sessions, PARIS, 30, 0))

    assert found is not None
    assert (found[0].session, found[1].session) == ("2026-06-06 09:00", "2026-06-06 09:45")


def test_hours_past_midnight_go_on_counting() -> None:
    start = datetime(2026, 6, 6, 21, 45, tzinfo=UTC)
    end = datetime(2026, 6, 6, 22, 15, tzinfo=UTC)

    assert hours_of(start, end, PARIS) == Hours(1425, 1455)
