"""Calendars that know only what a VTIMEZONE says show the same times as the clocks of the place."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from app.agendas.zones import timezone_of

ZONES = (
    "Europe/Paris", "Europe/Dublin", "America/New_York", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Auckland",
    "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Jerusalem", "Africa/Cairo",
)  # fmt: skip


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("year", [2019, 2026])
def test_every_day_of_the_year_has_the_offset_of_the_place(name: str, year: int) -> None:
    zone = ZoneInfo(name)
    written = timezone_of(zone, date(year, 1, 1), date(year, 12, 31))

    read = Timezone.from_ical(written.to_ical()).to_tz(lookup_tzid=False)

    for number in range(365):
        noon = datetime(year, 1, 1, 12) + timedelta(days=number)  # noqa: DTZ001  the clock of the place is meant
        assert noon.replace(tzinfo=read).utcoffset() == noon.replace(tzinfo=zone).utcoffset(), noon


def test_summer_time_is_a_yearly_rule_and_no_list_of_days() -> None:
    written = timezone_of(ZoneInfo("Europe/Paris"), date(2019, 6, 6), date(2019, 6, 6)).to_ical().decode()

    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in written
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in written
    assert "RDATE" not in written
    assert "DTSTART:20180325T020000" in written
    assert datetime(2018, 3, 25, 1, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")).hour == 3
