"""What a delegate's page and paper show, read from the published version: never from a draft."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Agenda, Edition
from app.agendas.feeds import Writer, end_of, feed_address
from app.agendas.linking import sibling_of
from app.agendas.links import Purpose
from app.agendas.own_page import OwnPage, Told, page_of
from app.agendas.published import cancelled_for, last_published
from app.agendas.queries import agenda_of, edition_of
from app.agendas.unmet import own_unmet_wishes
from app.agendas.wording import language_of
from app.errors import NotFound
from app.languages import sentences, spoken_first


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, and the language of its reader."""

    page: OwnPage
    lang: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What goes on paper for one delegate."""

    agenda: Agenda
    edition: Edition
    lang: str


def shown_page(session: Session, link: models.Link, writer: Writer, now: datetime) -> Shown:
    """Return the page of the delegate of a link."""
    event = session.get_one(models.Event, link.event_id)
    version = last_published(session, event.id)
    agenda = agenda_of(session, event, version, link.organisation_id, link.delegate_id)
    lang = language_of(agenda, spoken_first(event.languages))
    if version is None:
        told = Told(None, feed=_feed(session, link, writer), end=end_of(event))
        return Shown(page_of(agenda, told, lang, now), lang)
    gone = cancelled_for(session, event, link.organisation_id, link.delegate_id)
    partners = {entry.partner.key for entry in agenda.entries}
    why = writer.shelf.reasons(session, event, version).of(session, link.organisation_id, partners, lang)
    changes = [one.changed_at for one in agenda.entries] + [one.changed_at for one in agenda.programme]
    changes += [one.since for one in gone]
    told = Told(
        changed_at=max(changes, default=version.published_at),
        cancelled=gone,
        unmet=own_unmet_wishes(session, version, link.organisation_id, lang),
        reasons={entry.uid: why.get(entry.partner.key, ()) for entry in agenda.entries},
        feed=_feed(session, link, writer),
        end=end_of(event),
    )
    return Shown(page_of(agenda, told, lang, now), lang)


def printed_agenda(session: Session, link: models.Link) -> Printed:
    """Return what the delegate of a link prints. Raises NotFound before the first publication."""
    event = session.get_one(models.Event, link.event_id)
    version = last_published(session, event.id)
    agenda = agenda_of(session, event, version, link.organisation_id, link.delegate_id)
    lang = language_of(agenda, spoken_first(event.languages))
    if version is None:
        raise NotFound(sentences(lang).gettext("The agendas are not published yet."))
    return Printed(agenda, edition_of(session, version), lang)


def _feed(session: Session, link: models.Link, writer: Writer) -> str | None:
    feed = sibling_of(session, link, Purpose.FEED)
    return None if feed is None or feed.is_withdrawn else feed_address(writer.url, writer.keyring.token(feed))
