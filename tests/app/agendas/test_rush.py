"""After a publication many ask at once: all get what is published, and what is kept is never older than that."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, event, select, update
from sqlalchemy.orm import Session

from app import db, models
from app.agendas.feeds import standing_of, standings_of
from app.agendas.linking import make_links, renew, sibling_of, withdraw
from app.agendas.links import Purpose
from app.agendas.making import Batch, keep_feeds, make_feeds
from app.agendas.rush import AHEAD, Rush
from app.privacy.erasing import erase
from app.privacy.persons import person_of
from tests.app.agendas.fairs import URL, Fair, a_fair
from tests.app.agendas.rushing import feed_links, published, read, read_at_once, shown
from tests.app.agendas.stages import Stage
from tests.app.agendas.timetables import Held, a_publication
from tests.builders import NOON, a_delegate, an_event, an_organisation
from tests.mortals import mortal

LATER = NOON + timedelta(hours=1)
PAIRS = 20


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    return any_engine


def a_crowd(engine: Engine) -> None:
    """An event of twenty pairs that have met once already, at a table of their own each."""
    with db.writing(engine) as session:
        event_ = an_event(session, slots=4, tables=PAIRS)
        for number in range(2 * PAIRS):
            an_organisation(session, event_, f"Organisation {number}", a_delegate(f"Person {number}", languages=["fr"]))
        make_links(session, event_.id, NOON)
    publish_anew(engine, 0)


def publish_anew(engine: Engine, turn: int) -> None:
    """Publish another timetable: everybody moves, and one pair in four is cancelled, another each time."""
    with db.writing(engine) as session:
        event_ = session.scalars(select(models.Event)).one()
        people = session.scalars(select(models.Delegate).order_by(models.Delegate.id)).all()
        held = [
            Held(people[number], people[number + PAIRS], slot=turn % 4, table=(number + turn) % PAIRS)
            for number in range(PAIRS)
            if number % 4 != turn % 4
        ]
        a_publication(session, event_, held, NOON + timedelta(minutes=turn))


def asked(engine: Engine) -> list[str]:
    """What is asked of a database from now on."""
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: statements.append(statement))
    return statements


def test_everybody_who_asks_at_once_reads_their_published_plan(engine: Engine) -> None:
    a_crowd(engine)
    links = feed_links(engine)

    bodies = read_at_once(engine, Rush(), links)

    assert [shown(body) for body in bodies] == [published(engine, link) for link in links]
    with db.reading(engine) as session:
        assert session.scalars(select(models.Feed.body).order_by(models.Feed.link_id)).all() == bodies


def test_publications_in_the_middle_of_a_rush_are_read_at_once_and_kept(engine: Engine) -> None:
    a_crowd(engine)
    links, rush, ending = feed_links(engine), Rush(), threading.Event()

    def ask() -> None:
        while not ending.is_set():
            read_at_once(engine, rush, links)

    crowd = threading.Thread(target=ask)
    crowd.start()
    for turn in range(1, 4):
        publish_anew(engine, turn)
        for link in links[:: 4 + turn]:
            assert shown(read(engine, rush, link)) == published(engine, link)
    ending.set()
    crowd.join()

    bodies = read_at_once(engine, rush, links)
    assert [shown(body) for body in bodies] == [published(engine, link) for link in links]
    rush.keep(engine, URL)
    with db.reading(engine) as session:
        kept = dict(session.execute(select(models.Feed.link_id, models.Feed.body)).all())
        current = {key: one.digest for key, one in standings_of(session, [one.id for one in links], URL).items()}
        assert dict(session.execute(select(models.Feed.link_id, models.Feed.made_from)).all()) == current
    assert [kept[link.id] for link in links] == bodies


def test_who_asks_first_has_those_of_others_made_too_and_these_are_only_looked_up(engine: Engine) -> None:
    a_crowd(engine)
    links, rush = feed_links(engine), Rush()

    read(engine, rush, links[0])
    with db.reading(engine) as session:
        kept = set(session.scalars(select(models.Feed.link_id)))
    assert kept == {link.id for link in links[:AHEAD]}

    statements = asked(engine)
    read(engine, rush, links[1])
    assert [one.split()[0] for one in statements if " secret" not in one] in (["SELECT"], ["BEGIN", "SELECT"])


def test_a_batch_asks_as_many_questions_as_one_feed(engine: Engine) -> None:
    a_crowd(engine)
    with db.reading(engine) as session:
        links = session.scalars(select(models.Link).where(models.Link.purpose == "feed")).all()
        writer = Stage(engine).writer(session)
        standings = standings_of(session, [one.id for one in links], URL)
        make_feeds(session, [(one, standings[one.id]) for one in links], writer, NOON)  # what is kept in memory is
        counts = []
        for some in (links[2:3], links):
            session.expunge_all()
            statements = asked(engine)
            make_feeds(session, [(one, standings[one.id]) for one in some], writer, NOON)
            counts.append(len(statements))
    assert counts[0] == counts[1] < 30


def test_how_feeds_stand_is_the_same_for_one_and_for_many(session: Session) -> None:
    fair = a_fair(session)
    workshop = models.ProgrammeItem(
        event_id=fair.event.id, uid="workshop", title="Atelier", attendance="registration", languages=[],
        starts_at=fair.event.slots[0].starts_at, ends_at=fair.event.slots[0].ends_at, changed_at=NOON,
    )  # fmt: skip
    session.add(workshop)
    fair.publish(Held(fair.jo, fair.anne))
    session.add(models.ProgrammeRegistration(item_id=workshop.id, delegate_id=fair.jo.id, created_at=LATER))
    session.flush()
    for who, deed in ((fair.ute, renew), (fair.bo, withdraw)):
        page = sibling_of(session, fair.link(who), Purpose.PAGE)
        assert page is not None
        deed(session, page, LATER)
    links = session.scalars(select(models.Link).where(models.Link.purpose == "feed")).all()

    together = standings_of(session, [one.id for one in links], URL)

    assert {one.id: standing_of(session, one, URL) for one in links} == together
    changed = {one.id for one in links if together[one.id].changed_at == LATER}
    assert changed == {fair.link(who).id for who in (fair.jo, fair.jo.organisation, fair.ute, fair.bo)}
    assert together[fair.link(fair.bo).id].page is None
    assert len({one.shared for one in together.values()}) == 1


def made(fair: Fair, *who: models.Delegate) -> Batch:
    links = [fair.link(one) for one in who]
    return make_feeds(fair.session, [(one, standing_of(fair.session, one, URL)) for one in links], fair.writer, NOON)


def kept(fair: Fair) -> set[int]:
    return set(fair.session.scalars(select(models.Feed.link_id)))


def test_what_was_made_before_a_publication_is_not_kept_after_it(session: Session) -> None:
    fair = a_fair(session)
    fair.publish(Held(fair.jo, fair.anne))
    old = made(fair, fair.jo, fair.bo)
    fair.publish(Held(fair.jo, fair.anne, slot=2), now=LATER)
    new = fair.row(fair.jo)

    keep_feeds(session, old, URL)

    assert session.execute(select(models.Feed.link_id, models.Feed.body)).all() == [(new.link_id, new.body)]


def test_of_links_that_are_gone_nothing_is_kept(session: Session) -> None:
    fair = a_fair(session)
    fair.publish(Held(fair.jo, fair.anne))
    batch = made(fair, fair.jo, fair.bo)
    session.execute(delete(models.Link).where(models.Link.id == fair.link(fair.bo).id))

    keep_feeds(session, batch, URL)

    assert kept(fair) == {fair.link(fair.jo).id}


def test_what_names_somebody_who_was_erased_meanwhile_is_not_kept(session: Session) -> None:
    fair = a_fair(session)
    fair.publish(Held(fair.jo, fair.anne))
    batch = made(fair, fair.jo)
    assert b"Anne" in batch.feeds[0].body

    erase(session, person_of(fair.event.host_id, [fair.anne]), "the host", LATER)
    keep_feeds(session, batch, URL)

    assert kept(fair) == set()
    assert b"Anne" not in fair.row(fair.jo, LATER).body


def test_what_was_forgotten_is_made_for_everybody_again(session: Session) -> None:
    fair = a_fair(session)
    fair.publish(Held(fair.jo, fair.anne))
    fair.row(fair.jo)
    session.execute(update(models.Feed).values(made_from=None, body=b""))
    session.expire_all()

    assert b"Anne" in fair.row(fair.jo, LATER).body


def test_readers_that_are_killed_leave_feeds_that_are_whole_or_none(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/ronde.db"
    engine = db.create_engine_of(url)
    db.migrate(engine)
    a_crowd(engine)
    links = feed_links(engine)
    with mortal("tests.app.agendas.rushing", url) as parent:
        for write in (1, 2, 3, 5, 8):
            assert parent.ends(str(write)) == "killed"
            with db.reading(engine) as session:
                found = session.scalars(select(models.Feed)).all()
            by_key = {link.id: link for link in links}
            assert [shown(one.body) for one in found] == [published(engine, by_key[one.link_id]) for one in found]
            publish_anew(engine, write)
    bodies = read_at_once(engine, Rush(), links)
    assert [shown(body) for body in bodies] == [published(engine, link) for link in links]
