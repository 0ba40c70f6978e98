"""Readers of feeds, many at once, and what is published for each of them; as a module, readers that are killed."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select, text

from app import db, models
from app.agendas.feeds import Writer, standing_of
from app.agendas.linking import make_keyring
from app.agendas.reasons import Shelf
from app.agendas.rush import Rush
from tests.app.agendas.fairs import URL
from tests.app.agendas.stages import SECRET
from tests.app.agendas.strict import events_in, moment_of
from tests.builders import NOON
from tests.mortals import die_at_write, live_and_die, on_each_write

SHELF = Shelf()
PUBLISHED = """
    SELECT i.uid, s.id, t.name FROM meeting m JOIN meeting_identity i ON i.id = m.identity_id
    JOIN slot s ON s.id = m.slot_id JOIN meeting_table t ON t.id = m.table_id
    JOIN attendance a ON a.meeting_id = m.id JOIN delegate d ON d.id = a.delegate_id
    WHERE d.organisation_id = :organisation AND (:delegate = 0 OR d.id = :delegate) AND m.version_id =
    (SELECT id FROM version WHERE published_at IS NOT NULL AND event_id = :event ORDER BY number DESC LIMIT 1)
"""
Plan = set[tuple[str, str, str]]


def feed_links(engine: Engine) -> list[models.Link]:
    with db.reading(engine) as session:
        return list(session.scalars(select(models.Link).where(models.Link.purpose == "feed").order_by(models.Link.id)))


def read(engine: Engine, rush: Rush, link: models.Link) -> bytes:
    """Read a feed as the service does."""
    with db.reading(engine) as session:
        writer = Writer(make_keyring(session, SECRET), URL, SHELF)
        standing = standing_of(session, link, URL)
        kept = standing.fresh(NOON)
    feed = kept or rush.feed(engine, link, standing, writer, NOON)
    rush.keep(engine, URL)
    return feed.body


def read_at_once(engine: Engine, rush: Rush, links: Sequence[models.Link]) -> list[bytes]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda link: read(engine, rush, link), links))


def shown(body: bytes) -> Plan:
    """The meetings that a feed shows, by uid, beginning and table."""
    events = [one for one in events_in(body) if one.value("STATUS") == "CONFIRMED"]
    return {
        (one.value("UID"), moment_of(one, "DTSTART").isoformat(), one.text("LOCATION").partition(",")[0].split()[-1])
        for one in events
    }


def published(engine: Engine, link: models.Link) -> Plan:
    """The meetings that are published for somebody, asked without any code of the service."""
    with db.reading(engine) as session:
        starts = {one.id: one.starts_at.isoformat() for one in session.scalars(select(models.Slot))}
        whose = {"organisation": link.organisation_id, "delegate": link.delegate_id or 0, "event": link.event_id}
        return {(uid, starts[slot], table) for uid, slot, table in session.execute(text(PUBLISHED), whose)}


def _live(how: str) -> int:
    """Read all feeds; die at the n-th write, or, at 0, count the writes."""
    engine, written = db.create_engine_of(sys.argv[1]), list[str]()
    if int(how):
        die_at_write(engine, int(how))
    else:
        on_each_write(engine, written.append)
    rush = Rush()
    for link in feed_links(engine):
        read(engine, rush, link)
    return len(written)


if __name__ == "__main__":
    live_and_die(_live)
