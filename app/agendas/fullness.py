"""Who can take no further meeting in a version, and of what they have all."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.schedules.keys import delegate_id, participant_id
from scheduler import problem_from_json


@dataclass(frozen=True, slots=True)
class Full:
    """An organisation that is full: at its ceiling of meetings, or (None) with no free slot for any delegate."""

    organisation: str
    ceiling: int | None


class Fullness:
    """Who is full in a version, by the key of the organisation."""

    def __init__(self, session: Session, version: models.Version) -> None:
        problem = problem_from_json(version.problem.encode())
        self.slots = len(problem.slots)
        self.participants = {one.id: one for one in problem.participants}
        seats = select(models.Attendance.delegate_id).where(models.Attendance.version_id == version.id)
        self.seats = Counter(delegate_id(key) for key in session.scalars(seats))

    def of(self, organisation: models.Organisation) -> Full | None:
        """Return of what an organisation has all, None where it could take a further meeting."""
        one = self.participants.get(participant_id(organisation.id))
        if one is None:
            return None
        held = sum(self.seats[person.id] for person in one.delegates)
        if one.max_meetings is not None and held >= one.max_meetings:
            return Full(organisation.name, one.max_meetings)
        is_taken = all(self.seats[person.id] >= self.slots - len(person.unavailable) for person in one.delegates)
        return Full(organisation.name, None) if is_taken else None
