"""The stamp on a planning: of which event, version and revision it is, so that it can be imported again."""

import re
from dataclasses import dataclass

PREFIX = "ronde-planning/"
FORM = "ronde-planning/1 {event} {number}.{revision}"
READ = re.compile(r"ronde-planning/1 (?P<event>\S+) (?P<number>\d{1,9})\.(?P<revision>\d{1,9})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was exported: the event by its slug, the version by its number, and how often that had been edited."""

    event: str
    number: int
    revision: int

    def __str__(self) -> str:
        return FORM.format(event=self.event, number=self.number, revision=self.revision)


def stamp_in(text: str) -> Stamp | None:
    """Return the stamp that a text is, None where it is none."""
    found = READ.fullmatch(text.strip())
    return Stamp(found["event"], int(found["number"]), int(found["revision"])) if found else None
