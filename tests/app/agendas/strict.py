"""A reader of calendars that forgives nothing: RFC 5545, 5546 and 7986 as far as feeds use them.

It shares no code with what writes feeds, nor with any library.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

NAME = re.compile(r"[A-Z0-9-]+\Z")
LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)\Z', re.S
)
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)')
UTC_MOMENT = re.compile(r"\d{8}T\d{6}Z\Z")
LOCAL_MOMENT = re.compile(r"\d{8}T\d{6}\Z")
DAY = re.compile(r"\d{8}\Z")
OFFSET = re.compile(r"[+-]([01]\d|2[0-3])[0-5]\d([0-5]\d)?\Z")
DURATION = re.compile(r"-?P(\d+W|(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)\Z")
RULE = re.compile(r"FREQ=YEARLY;BYDAY=-?[1-5](MO|TU|WE|TH|FR|SA|SU);BYMONTH=(1[0-2]|[1-9])\Z")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "UID", "TZNAME"}
ONCE = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "TRANSP", "LAST-MODIFIED"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}
AT_MOST_ONCE = {
    "VCALENDAR": {"CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"},
    "VEVENT": {"LOCATION", "DESCRIPTION", "URL", "ORGANIZER"},
    "VTIMEZONE": set[str](),
    "STANDARD": {"RRULE", "TZNAME"},
    "DAYLIGHT": {"RRULE", "TZNAME"},
    "VALARM": set[str](),
}
INSIDE = {
    "VCALENDAR": {"VEVENT", "VTIMEZONE"},
    "VEVENT": {"VALARM"},
    "VTIMEZONE": {"STANDARD", "DAYLIGHT"},
    "STANDARD": set[str](),
    "DAYLIGHT": set[str](),
    "VALARM": set[str](),
}


@dataclass
class Property:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    components: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name]

    def value(self, name: str) -> str:
        found = self.all(name)
        return found[0].value if found else ""

    def text(self, name: str) -> str:
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.value(name))


def faults_of(data: bytes) -> list[str]:
    """Return everything that is wrong with a calendar."""
    faults = _faults_of_bytes(data)
    if faults:
        return faults
    calendar, faults = _parsed(data)
    return faults if calendar is None else faults + _faults_of_component(calendar) + _faults_of_calendar(calendar)


def read(data: bytes) -> Component:
    """Return a calendar in which nothing is wrong."""
    assert faults_of(data) == []
    calendar, _faults = _parsed(data)
    assert calendar is not None
    return calendar


def events_in(data: bytes) -> list[Component]:
    """Return the events of a calendar in which nothing is wrong."""
    return [one for one in read(data).components if one.name == "VEVENT"]


def moment_of(event: Component, name: str) -> datetime:
    """Return a moment of an event, in UTC."""
    return _zoned(event, name).astimezone(UTC)


def _zoned(event: Component, name: str) -> datetime:
    found = event.all(name)[0]
    if UTC_MOMENT.match(found.value):
        return datetime.strptime(found.value, "%Y%m%dT%H%M%S%z")
    return datetime.strptime(found.value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(found.parameters["TZID"]))


def _faults_of_bytes(data: bytes) -> list[str]:
    faults = []
    if not data.endswith(b"\r\n"):
        faults.append("the last line does not end")
    if b"\n" in data.replace(b"\r\n", b"") or b"\r" in data.replace(b"\r\n", b""):
        faults.append("a line ends otherwise than by CRLF")
    for number, line in enumerate(data.split(b"\r\n")[:-1], 1):
        if len(line) > 75:
            faults.append(f"line {number} has {len(line)} octets")
        try:
            text = line.decode()
        except UnicodeDecodeError:
            faults.append(f"line {number} is not UTF-8 by itself")
            continue
        if any(
            (ord(letter) < 32 and letter != "\t") or 127 <= ord(letter) < 160 or letter in "\u2028\u2029\ufeff"
            for letter in text
        ):
            faults.append(f"line {number} has a control character")
        if not line:
            faults.append(f"line {number} is empty")
    return faults


def _parsed(data: bytes) -> tuple[Component | None, list[str]]:
    faults: list[str] = []
    stack, roots = list[Component](), list[Component]()
    for line in data.decode().replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1]:
        found = LINE.match(line)
        if not found:
            return None, [*faults, f"no content line: {line[:60]}"]
        name, value = found["name"], found["value"]
        if not NAME.match(name):
            faults.append(f"{name} is not written in capitals")
        if name == "BEGIN":
            made = Component(value)
            (stack[-1].components if stack else roots).append(made)
            stack.append(made)
        elif name == "END":
            if not stack or stack.pop().name != value:
                return None, [*faults, f"END:{value} ends nothing"]
        elif not stack:
            return None, [*faults, f"{name} stands outside"]
        else:
            pairs = PARAMETER.findall(found["parameters"])
            if len({key for key, _ in pairs}) < len(pairs):
                faults.append(f"{name} has a parameter twice")
            stack[-1].properties.append(Property(name, {key: text.strip('"') for key, text in pairs}, value))
    if stack or [one.name for one in roots] != ["VCALENDAR"]:
        return None, [*faults, "not one whole calendar"]
    return roots[0], faults


def _faults_of_component(component: Component) -> list[str]:
    name, faults = component.name, list[str]()
    if name not in ONCE:
        return [f"an unknown component {name}"]
    for one in ONCE[name]:
        if len(component.all(one)) != 1:
            faults.append(f"{name} has {len(component.all(one))} {one}")
    for one in AT_MOST_ONCE[name]:
        if len(component.all(one)) > 1:
            faults.append(f"{name} has {len(component.all(one))} {one}")
    for found in component.properties:
        if found.name not in ONCE[name] | AT_MOST_ONCE[name]:
            faults.append(f"{name} must not have {found.name}")
        if found.name in TEXTS:
            faults += _faults_of_text(found)
    for inner in component.components:
        if inner.name not in INSIDE[name]:
            faults.append(f"{inner.name} in {name}")
        faults += _faults_of_component(inner)
    return faults


def _faults_of_text(found: Property) -> list[str]:
    rest = re.sub(r"\\[\\;,nN]", "", found.value)
    return [f"{found.name} has an unescaped {letter}" for letter in "\\;," if letter in rest]


def _faults_of_calendar(calendar: Component) -> list[str]:
    faults = list[str]()
    if calendar.value("VERSION") != "2.0":
        faults.append("VERSION is not 2.0")
    if calendar.value("CALSCALE") not in ("", "GREGORIAN"):
        faults.append("an unknown CALSCALE")
    if calendar.value("METHOD") not in ("", "PUBLISH"):
        faults.append("a feed only publishes")
    for refresh in calendar.all("REFRESH-INTERVAL"):
        if refresh.parameters.get("VALUE") != "DURATION" or not DURATION.match(refresh.value):
            faults.append("REFRESH-INTERVAL is no duration")
    if calendar.value("X-PUBLISHED-TTL") and not DURATION.match(calendar.value("X-PUBLISHED-TTL")):
        faults.append("X-PUBLISHED-TTL is no duration")
    zones = {one.value("TZID"): one for one in calendar.components if one.name == "VTIMEZONE"}
    events = [one for one in calendar.components if one.name == "VEVENT"]
    if len({one.value("UID") for one in events}) < len(events):
        faults.append("two events have one UID")
    for zone in zones.values():
        faults += _faults_of_zone(zone)
    for event in events:
        faults += _faults_of_event(event, set(zones), calendar.value("METHOD"))
    return faults


def _faults_of_zone(zone: Component) -> list[str]:
    faults = [] if zone.components else ["a zone without STANDARD or DAYLIGHT"]
    for block in zone.components:
        if not LOCAL_MOMENT.match(block.value("DTSTART")) or block.all("DTSTART")[0].parameters:
            faults.append("a change of the clocks is not in local time")
        faults += [
            f"{one} is no offset" for one in ("TZOFFSETFROM", "TZOFFSETTO") if not OFFSET.match(block.value(one))
        ]
        if block.value("RRULE") and not RULE.match(block.value("RRULE")):
            faults.append(f"a rule that not everybody reads: {block.value('RRULE')}")
    return faults


def _faults_of_event(event: Component, zones: set[str], method: str) -> list[str]:
    faults = [f"{one} is not in UTC" for one in ("DTSTAMP", "LAST-MODIFIED") if not UTC_MOMENT.match(event.value(one))]
    if not re.fullmatch(r"\d+", event.value("SEQUENCE")):
        faults.append("SEQUENCE is no number")
    if event.value("STATUS") not in ("CONFIRMED", "CANCELLED"):
        faults.append("an unknown STATUS")
    if event.value("TRANSP") not in ("OPAQUE", "TRANSPARENT"):
        faults.append("an unknown TRANSP")
    if method == "PUBLISH" and len(event.all("ORGANIZER")) != 1:
        faults.append("what is published has an organiser")
    if any(not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", one.value) for one in event.all("ORGANIZER")):
        faults.append("the organiser has no address")
    if event.value("STATUS") == "CANCELLED" and (event.value("TRANSP") != "TRANSPARENT" or event.components):
        faults.append("what is cancelled takes time or rings")
    if any(not re.fullmatch(r"https?://[^\s]+", one.value) for one in event.all("URL")):
        faults.append("URL is none")
    if any(one.value("ACTION") != "DISPLAY" or not DURATION.match(one.value("TRIGGER")) for one in event.components):
        faults.append("an alarm that does not ring")
    return faults + _faults_of_times(event, zones)


def _faults_of_times(event: Component, zones: set[str]) -> list[str]:
    if not (event.all("DTSTART") and event.all("DTEND")):
        return []
    start, end = event.all("DTSTART")[0], event.all("DTEND")[0]
    if "DATE" in (start.parameters.get("VALUE"), end.parameters.get("VALUE")):
        if not (DAY.match(start.value) and DAY.match(end.value)):
            return ["a day is no day"]
        return [] if start.value < end.value else ["it ends before it starts"]
    faults = []
    for one in (start, end):
        zone = one.parameters.get("TZID")
        if zone is None and not UTC_MOMENT.match(one.value):
            faults.append(f"{one.name} is in no zone")
        elif zone is not None and zone not in zones:
            faults.append(f"there is no VTIMEZONE of {zone}")
        elif zone is not None and not LOCAL_MOMENT.match(one.value):
            faults.append(f"{one.name} is in a zone and in UTC")
    try:
        moments = [_zoned(event, one.name) for one in (start, end)]
    except (ValueError, KeyError):
        return [*faults, "a moment is none"]
    there = [moment.astimezone(UTC).astimezone(moment.tzinfo) for moment in moments]
    if [one.replace(fold=0) for one in there] != [one.replace(fold=0) for one in moments]:
        faults.append("a moment does not exist there")
    return faults if moments[0].timestamp() < moments[1].timestamp() else [*faults, "it ends before it starts"]
