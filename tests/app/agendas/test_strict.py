"""The strict reader is not blind: it finds what is wrong in calendars that are broken on purpose."""

import pytest

from tests.app.agendas.strict import faults_of

GOOD = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:A\\, b
REFRESH-INTERVAL;VALUE=DURATION:PT15M
X-PUBLISHED-TTL:PT15M
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20250330T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:u1
SEQUENCE:0
DTSTAMP:20260601T120000Z
LAST-MODIFIED:20260601T120000Z
DTSTART;TZID=Europe/Paris:20260606T140000
DTEND;TZID=Europe/Paris:20260606T141500
ORGANIZER;CN="Fair":mailto:no-reply@ronde.example
SUMMARY:Werkhof
DESCRIPTION:one\\ntwo
URL:https://ronde.example/a/x
STATUS:CONFIRMED
TRANSP:OPAQUE
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Werkhof
TRIGGER:-PT5M
END:VALARM
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")

REMOVED = (
    "VERSION:2.0",
    "PRODID:-//x//y//EN",
    "UID:u1",
    "SEQUENCE:0",
    "DTSTAMP:20260601T120000Z",
    "LAST-MODIFIED:20260601T120000Z",
    "DTSTART;TZID=Europe/Paris:20260606T140000",
    "DTEND;TZID=Europe/Paris:20260606T141500",
    'ORGANIZER;CN="Fair":mailto:no-reply@ronde.example',
    "SUMMARY:Werkhof",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
    "ACTION:DISPLAY",
    "TRIGGER:-PT5M",
    "TZID:Europe/Paris",
    "END:VEVENT",
    "END:VALARM",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "BEGIN:VCALENDAR",
    "END:VTIMEZONE",
    "DTSTART:20251026T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
)
CHANGED = (
    ("VERSION:2.0", "VERSION:1.0"),
    ("CALSCALE:GREGORIAN", "CALSCALE:JULIAN"),
    ("METHOD:PUBLISH", "METHOD:REQUEST"),
    ("PT15M\r\nX-", "15\r\nX-"),
    (";VALUE=DURATION", ""),
    ("X-PUBLISHED-TTL:PT15M", "X-PUBLISHED-TTL:15"),
    ("NAME:A\\, b", "NAME:A, b"),
    ("NAME:A\\, b", "NAME:A; b"),
    ("NAME:A\\, b", "NAME:A\\b"),
    ("TZID:Europe/Paris\r\nBEGIN", "TZID:Europe/Rome\r\nBEGIN"),
    ("-1SU;BYMONTH=10", "8SU;BYMONTH=10"),
    ("FREQ=YEARLY", "FREQ=SOMETIMES"),
    ("BYMONTH=3", "BYMONTH=13"),
    ("+0200", "+2400"),
    ("+0200", "0200"),
    ("DTSTART:20251026T030000", "DTSTART:20251026T030000Z"),
    ("SEQUENCE:0", "SEQUENCE:-1"),
    ("SEQUENCE:0", "SEQUENCE:x"),
    ("DTSTAMP:20260601T120000Z", "DTSTAMP:20260601T120000"),
    ("LAST-MODIFIED:20260601T120000Z", "LAST-MODIFIED:today"),
    ("20260606T141500", "20260606T140000"),
    ("20260606T141500", "20260606T130000"),
    ("20260606T140000", "20260606T140000Z"),
    ("20260606T140000", "20261306T140000"),
    ("DTSTART;TZID=Europe/Paris:", "DTSTART:"),
    ("DTSTART;TZID", "DTSTART;TZID=A;TZID"),
    ("DTEND;TZID=Europe/Paris", "DTEND;TZID=Europe/Madrid"),
    ("20260606T1", "20260329T02"),
    ("mailto:no-reply@", "mailto:"),
    ("STATUS:CONFIRMED", "STATUS:MAYBE"),
    ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
    ("TRANSP:OPAQUE", "TRANSP:GLASS"),
    ("ACTION:DISPLAY", "ACTION:DANCE"),
    ("-PT5M", "soon"),
    ("URL:https", "URL:javascript"),
    ("SUMMARY:", "summary:"),
    ("SUMMARY:Werkhof", "SUMMARY Werkhof"),
    ("SUMMARY:Werkhof", "SUMMARY:Werk\x07hof"),
    ("SUMMARY:Werkhof", "SUMMARY:Werk\x00"),
    ("SUMMARY:Werkhof", "SUMMARY:Werk\nhof"),
    ("SUMMARY:Werkhof", "SUMMARY:Werk\rhof"),
    ("SUMMARY:Werkhof", "SUMMARY:" + "x" * 80),
    ("SUMMARY:Werkhof", "SUMMARY:Werkhof\r\nSUMMARY:Other"),
    ("SUMMARY:Werkhof", "SUMMARY:W\r\nATTENDEE:mailto:x@y.example"),
    ("SUMMARY:Werkhof", "SUMMARY:W\r\n\r\nX:y"),
    ("SUMMARY:Werkhof", "SUMMARY:W\x85x"),
    ("SUMMARY:Werkhof", "SUMMARY:W\u2028x"),
    ("SUMMARY:Werkhof", "SUMMARY:\ufeffW"),
    ("UID:u1", "UID:u1\r\nUID:u2"),
    ("UID:u1", "UID:u1\r\nRRULE:FREQ=DAILY"),
    ("END:VALARM", "END:VEVENT"),
    ("BEGIN:VALARM", "BEGIN:VTODO"),
    ("END:VCALENDAR\r\n", "END:VCALENDAR"),
    ("END:VCALENDAR\r\n", "END:VCALENDAR\r\nX:y\r\n"),
    ("BEGIN:VCALENDAR", "X:y\r\nBEGIN:VCALENDAR"),
    ("\r\n", "\n"),
)


def test_what_is_right_has_no_faults() -> None:
    assert faults_of(GOOD) == []


@pytest.mark.parametrize("line", REMOVED)
def test_a_line_that_is_missing_is_missed(line: str) -> None:
    broken = GOOD.replace(f"{line}\r\n".encode(), b"", 1)

    assert broken != GOOD
    assert faults_of(broken) != []


@pytest.mark.parametrize(("right", "wrong"), CHANGED)
def test_a_line_that_is_wrong_is_seen(right: str, wrong: str) -> None:
    broken = GOOD.replace(right.encode(), wrong.encode())

    assert broken != GOOD
    assert faults_of(broken) != []


@pytest.mark.parametrize("at", range(1, len(GOOD) - 1, 13))
def test_a_calendar_that_was_cut_off_is_seen(at: int) -> None:
    assert faults_of(GOOD[:at]) != []


def test_two_events_with_one_uid_are_seen() -> None:
    start, end = GOOD.index(b"BEGIN:VEVENT"), GOOD.index(b"END:VCALENDAR")

    assert faults_of(GOOD[:end] + GOOD[start:end] + GOOD[end:]) == ["two events have one UID"]


def test_a_line_folded_inside_a_letter_is_seen() -> None:
    assert faults_of(GOOD.replace(b"Werkhof\r\nDESC", b"Werkh\xc3\r\n \xb6f\r\nDESC")) != []
