"""Messages about the agenda: invitation, changes, reminder, in the delegate's language, written when they go out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.agenda import Agenda, Entry
from app.agendas.changes import Changed, What, changes_between
from app.agendas.feeds import end_of, page_address
from app.agendas.linking import Keyring, kept_keyring
from app.agendas.links import PREFIXES, Purpose
from app.agendas.published import last_published
from app.agendas.queries import agenda_of
from app.agendas.wording import clock, day_inside, day_text, language_of, table_text
from app.config import Settings
from app.errors import Conflict, NotFound
from app.languages import sentences, spoken_first
from app.outbox import Letter, Write, one_line
from app.templating import filled

INVITATION, CHANGES, REMINDER = "invitation", "changes", "reminder"
KINDS = (INVITATION, CHANGES, REMINDER)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter says, before it is text and HTML. `link` leads to the reader's page, None where it is withdrawn."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    rows: tuple[str, ...]
    link: str | None
    link_text: str
    closing: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is written to: their agenda as published, its language, and when the event is over."""

    delegate: models.Delegate
    agenda: Agenda
    lang: str
    ends_at: datetime | None


def writers_of(settings: Settings, now: datetime) -> Mapping[str, Write]:
    """Return what writes each kind of message, as of now."""

    def write(session: Session, message: models.Message) -> Letter | None:
        keyring = kept_keyring(session, settings.secret)
        return letter_of(session, message, keyring, settings.public_url, now)

    return dict.fromkeys(KINDS, write)


def letter_of(
    session: Session, message: models.Message, keyring: Keyring | None, url: str, now: datetime
) -> Letter | None:
    """Return what a message says; None where nothing is left to say: no address, nothing published, the event over."""
    reader = reader_of(session, message.delegate_id)
    if reader is None or not reader.delegate.email or (reader.ends_at is not None and reader.ends_at <= now):
        return None
    link = _link(session, reader.delegate, keyring, url)
    draft = _draft(session, message, reader, link)
    return None if draft is None else letter(draft, reader)


def preview_of(session: Session, event: models.Event, delegate_id: int, kind: str, url: str) -> Letter:
    """Return what an invitation or a reminder would say to a delegate, with a link that opens nothing.

    Raises NotFound where the event has no such delegate, Conflict where there is nothing to say to them.
    """
    delegate = session.get(models.Delegate, delegate_id)
    if delegate is None or delegate.event_id != event.id:
        raise NotFound("There is no such delegate.")
    reader = reader_of(session, delegate_id)
    if reader is None:
        raise Conflict("Nothing is published yet: there is no agenda to write about.")
    link = page_address(url, f"{PREFIXES[Purpose.PAGE]}…")
    draft = invitation(reader, link) if kind == INVITATION else reminder(reader, link)
    if draft is None:
        raise Conflict("Nothing is planned for this delegate: they would get no such message.")
    return letter(draft, reader)


def reader_of(session: Session, delegate_id: int) -> Reader | None:
    """Return a delegate with their agenda in force; None where there is no such delegate or nothing is published."""
    delegate = session.get(models.Delegate, delegate_id)
    version = None if delegate is None else last_published(session, delegate.event_id)
    if delegate is None or version is None:
        return None
    event = session.get_one(models.Event, delegate.event_id)
    agenda = agenda_of(session, event, version, delegate.organisation_id, delegate.id)
    return Reader(delegate, agenda, language_of(agenda, spoken_first(event.languages)), end_of(event))


def letter(draft: Draft, reader: Reader) -> Letter:
    """Return a draft as text and as HTML, for its reader."""
    shown = {"draft": draft, "event": reader.agenda.happening.name}
    return Letter(
        sender_name=reader.agenda.happening.name,
        name=reader.delegate.name,
        address=reader.delegate.email or "",
        subject=draft.subject,
        text=_text(draft),
        html=filled("agenda/letter.html", shown, reader.lang),
        lang=reader.lang,
    )


def invitation(reader: Reader, link: str | None) -> Draft | None:
    """Return the letter that brings the link; nothing for whom the link was withdrawn."""
    if link is None or (reader.delegate.is_withdrawn and not reader.agenda.entries):
        return None
    speech, happening = sentences(reader.lang), reader.agenda.happening
    _, count = speech.gettext, len(reader.agenda.entries)
    told = speech.ngettext("{n} meeting is planned for you.", "{n} meetings are planned for you.", count)
    nobody = _("No meeting is planned for you yet; we gladly look for a partner with you at the welcome desk.")
    return Draft(
        subject=_("{event}: your agenda").format(event=happening.name),
        greeting=_greeting(reader),
        paragraphs=(
            told.format(n=count) if count else nobody,
            _("Your page shows your agenda with tables, languages and the reasons to meet, and is always up to date. From there you get it into your calendar and on paper."),  # noqa: E501  a sentence is one message
            _("The link is yours alone: who has it sees your agenda."),
        ),
        rows=_meeting_rows(reader),
        link=link,
        link_text=_("Open your agenda"),
        closing=_closing(reader),
    )  # fmt: skip


def reminder(reader: Reader, link: str | None) -> Draft | None:
    """Return the letter of the days before; nothing for whom nothing is planned."""
    if not reader.agenda.entries:
        return None
    _, happening = sentences(reader.lang).gettext, reader.agenda.happening
    first = reader.agenda.entries[0]
    day = day_inside(_day(reader, first), reader.lang)
    where = _("Where: {venue}").format(venue=happening.venue) if happening.venue else ""
    return Draft(
        subject=_("{event}: see you on {day}").format(event=happening.name, day=day),
        greeting=_greeting(reader),
        paragraphs=tuple(
            text
            for text in (
                _("We look forward to seeing you on {day}. Your first meeting begins at {time}.").format(
                    day=day, time=clock(first.starts_at, happening.zone)
                ),
                where,
            )
            if text
        ),
        rows=_meeting_rows(reader),
        link=link,
        link_text=_("Open your agenda"),
        closing=_closing(reader),
    )


def changes(reader: Reader, found: tuple[Changed, ...], link: str | None) -> Draft | None:
    """Return the letter that tells what has changed; nothing where nothing has."""
    if not found:
        return None
    speech, happening = sentences(reader.lang), reader.agenda.happening
    _ = speech.gettext
    told = speech.ngettext("{n} change in your agenda:", "{n} changes in your agenda:", len(found))
    return Draft(
        subject=_("{event}: your agenda has changed").format(event=happening.name),
        greeting=_greeting(reader),
        paragraphs=(
            told.format(n=len(found)),
            _("Calendars may show it only after a while; your page shows it now."),
        ),
        rows=tuple(_change_row(reader, one) for one in found),
        link=link,
        link_text=_("Open your agenda"),
        closing=_closing(reader),
    )


def _draft(session: Session, message: models.Message, reader: Reader, link: str | None) -> Draft | None:
    match message.kind:
        case "invitation":
            return invitation(reader, link)
        case "reminder":
            return reminder(reader, link)
    delegate = reader.delegate
    event = session.get_one(models.Event, delegate.event_id)
    before, after = (_version(session, message.facts.get(name)) for name in ("before", "after"))
    old, new = (
        agenda_of(session, event, version, delegate.organisation_id, delegate.id) for version in (before, after)
    )
    return changes(reader, changes_between(old, new), link)


def _version(session: Session, key: int | str | None) -> models.Version | None:
    return session.get(models.Version, key) if isinstance(key, int) else None


def _link(session: Session, delegate: models.Delegate, keyring: Keyring | None, url: str) -> str | None:
    of_delegate = models.Link.delegate_id == delegate.id
    link = session.scalar(select(models.Link).where(of_delegate, models.Link.purpose == Purpose.PAGE.value))
    if link is None or link.is_withdrawn or keyring is None:
        return None
    return page_address(url, keyring.token(link))


def _greeting(reader: Reader) -> str:
    _ = sentences(reader.lang).gettext
    name = one_line(reader.delegate.name)
    return _("Hello {name},").format(name=name) if name else _("Hello,")


def _closing(reader: Reader) -> str:
    _ = sentences(reader.lang).gettext
    return _("The organisers of {event}").format(event=one_line(reader.agenda.happening.name))


def _meeting_rows(reader: Reader) -> tuple[str, ...]:
    return tuple(_row(reader, entry) for entry in reader.agenda.entries)


def _row(reader: Reader, entry: Entry) -> str:
    parts = [day_text(_day(reader, entry), reader.lang, "short")]
    parts += [clock(entry.starts_at, reader.agenda.happening.zone), table_text(entry, reader.lang)]
    return " · ".join([*parts, one_line(entry.partner.name)])


def _change_row(reader: Reader, one: Changed) -> str:
    _ = sentences(reader.lang).gettext
    if one.before is None or one.after is None:
        entry = one.after or one.before
        assert entry is not None, "nothing has changed"
        said = _("New: {meeting}") if one.what is What.NEW else _("Cancelled: {meeting}")
        return said.format(meeting=_row(reader, entry))
    if one.what is What.MOVED:
        old = _row(reader, one.before).rpartition(" · ")[0]
        return _("Moved: {meeting} (before: {place})").format(meeting=_row(reader, one.after), place=old)
    return _("Somebody else comes: {meeting}").format(meeting=_row(reader, one.after))


def _day(reader: Reader, entry: Entry) -> date:
    return entry.starts_at.astimezone(reader.agenda.happening.zone).date()


def _text(draft: Draft) -> str:
    rows = "\n".join(f"- {row}" for row in draft.rows)
    link = f"{draft.link_text}\n{draft.link}" if draft.link else ""
    parts = (draft.greeting, *draft.paragraphs[:1], rows, *draft.paragraphs[1:], link, draft.closing)
    return "\n\n".join(part for part in parts if part) + "\n"
