"""Everybody's calendar in one archive, for organisers who hand out files."""

import io
import zipfile
from dataclasses import replace

from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Agenda
from app.agendas.delivering import names_of_files
from app.agendas.ical import calendar_of
from app.agendas.queries import agendas_of
from app.agendas.wording import language_of
from app.languages import spoken_first

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The moment of every file in it, so that the same calendars are the same bytes."""


def packed_calendars(session: Session, event: models.Event, version: models.Version, *, with_contacts: bool) -> bytes:
    """Return the calendars of a version, in each delegate's language, with or without how to reach the partners."""
    agendas, lang = agendas_of(session, version), spoken_first(event.languages)
    name_of, archive = names_of_files(), io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for agenda in (*agendas.organisations, *agendas.delegates):
            file = zipfile.ZipInfo(f"{name_of(agenda)}.ics", OLDEST)
            shown = agenda if with_contacts else _without_contacts(agenda)
            packed.writestr(file, calendar_of(shown, language_of(agenda, lang)), zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _without_contacts(agenda: Agenda) -> Agenda:
    return replace(
        agenda,
        entries=tuple(replace(one, person=replace(one.person, email=None, phone=None)) for one in agenda.entries),
    )
