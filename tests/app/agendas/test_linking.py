"""Links are made once, printed again, renewed and withdrawn; what is withdrawn is as if it had never been."""

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from app import models
from app.agendas.linking import (
    Keyring,
    kept_keyring,
    link_of,
    make_keyring,
    make_links,
    opened,
    renew,
    revoke_all,
    sibling_of,
    withdraw,
)
from app.agendas.links import Purpose, token_of
from app.errors import NotFound
from tests.builders import NOON, a_delegate, an_event, an_organisation


@pytest.fixture
def gathered(session: Session) -> models.Event:
    made = an_event(session)
    an_organisation(session, made, "Werkhof", a_delegate("Jo Alt"), a_delegate("Ute Neu"))
    an_organisation(session, made, "Ville", a_delegate("Anne Or"))
    make_links(session, made.id, NOON)
    return made


def links(session: Session) -> list[models.Link]:
    return list(session.scalars(select(models.Link).order_by(models.Link.id)))


def test_each_delegate_gets_page_and_feed_and_each_organisation_a_feed(
    session: Session, gathered: models.Event
) -> None:
    found = [(one.delegate_id is None, one.purpose) for one in links(session)]

    assert sorted(found) == [(False, "feed")] * 3 + [(False, "page")] * 3 + [(True, "feed")] * 2


def test_links_are_made_once(session: Session, gathered: models.Event) -> None:
    assert make_links(session, gathered.id, NOON) == 0

    an_organisation(session, gathered, "Late", a_delegate("La Te"))
    assert make_links(session, gathered.id, NOON) == 3


def test_a_link_is_the_same_whenever_it_is_printed(session: Session, gathered: models.Event) -> None:
    keyring = make_keyring(session, None)
    printed = [keyring.token(one) for one in links(session)]
    session.expire_all()

    assert [make_keyring(session, None).token(one) for one in links(session)] == printed
    assert len(set(printed)) == len(printed)


def test_a_secret_that_the_installation_gives_goes_before_the_one_that_is_kept(
    session: Session, gathered: models.Event
) -> None:
    given = SecretStr("x" * 32)

    assert make_keyring(session, given).secret == b"x" * 32
    assert make_keyring(session, None).secret not in (b"x" * 32, None)
    assert len(session.scalars(select(models.Secret)).all()) == 1


def test_without_any_secret_nothing_opens(session: Session) -> None:
    assert kept_keyring(session, None) is None
    assert Keyring.that_opens_nothing() != Keyring.that_opens_nothing()


def test_a_link_opens_by_its_token_for_its_purpose(session: Session, gathered: models.Event) -> None:
    keyring = make_keyring(session, None)
    for one in links(session):
        token, purpose = keyring.token(one), Purpose(one.purpose)
        assert opened(session, keyring, purpose, token) is one
        other = Purpose.PAGE if purpose is Purpose.FEED else Purpose.FEED
        with pytest.raises(NotFound):
            opened(session, keyring, other, token)


def test_a_renewed_link_opens_by_its_new_token_only(session: Session, gathered: models.Event) -> None:
    keyring, link = make_keyring(session, None), links(session)[0]
    old = keyring.token(link)

    renew(session, link, NOON)

    assert opened(session, keyring, Purpose.FEED, keyring.token(link)) is link
    with pytest.raises(NotFound):
        opened(session, keyring, Purpose.FEED, old)


def test_a_withdrawn_link_opens_again_only_by_a_new_token(session: Session, gathered: models.Event) -> None:
    keyring, link = make_keyring(session, None), links(session)[0]
    old = keyring.token(link)

    withdraw(session, link, NOON)
    withdrawn = keyring.token(link)
    withdraw(session, link, NOON)  # a second time changes nothing
    for token in (old, withdrawn):
        with pytest.raises(NotFound):
            opened(session, keyring, Purpose.FEED, token)
    renew(session, link, NOON)

    assert link.generation == 3
    assert opened(session, keyring, Purpose.FEED, keyring.token(link)) is link
    for token in (old, withdrawn):
        with pytest.raises(NotFound):
            opened(session, keyring, Purpose.FEED, token)


def test_all_links_are_ended_at_once_and_can_be_printed_anew(session: Session, gathered: models.Event) -> None:
    keyring = make_keyring(session, None)
    other = an_event(session, name="Other")
    an_organisation(session, other, "Far", a_delegate("Fa R"))
    make_links(session, other.id, NOON)
    before = {one.id: keyring.token(one) for one in links(session)}

    assert revoke_all(session, NOON, gathered.id) == 8
    kept = [one for one in links(session) if keyring.token(one) == before[one.id]]
    assert {one.event_id for one in kept} == {other.id}
    assert revoke_all(session, NOON) == 11
    assert all(keyring.token(one) != before[one.id] for one in links(session))


def test_unknown_malformed_and_withdrawn_get_one_answer_after_one_look(
    session: Session, engine: Engine, gathered: models.Event
) -> None:
    keyring = make_keyring(session, None)
    link = links(session)[0]
    withdrawn = keyring.token(link)
    withdraw(session, link, NOON)
    session.expire_all()
    strangers = (withdrawn, token_of(keyring.secret, 10**9, Purpose.FEED, 1), "ics_" + "A" * 52, "ics_", "", "é" * 9)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: statements.append(statement))

    answers, looks = [], []
    for token in strangers:
        statements.clear()
        with pytest.raises(NotFound) as refusal:
            opened(session, keyring, Purpose.FEED, token)
        answers.append(str(refusal.value))
        looks.append(list(statements))

    assert len(set(answers)) == 1
    assert all(look == looks[0] for look in looks)
    assert len(looks[0]) == 1


def test_an_organiser_finds_only_links_of_the_event(session: Session, gathered: models.Event) -> None:
    other = an_event(session, name="Other")

    assert link_of(session, gathered.id, links(session)[0].id) is links(session)[0]
    with pytest.raises(NotFound, match="There is no such link"):
        link_of(session, other.id, links(session)[0].id)


def test_page_and_feed_of_a_delegate_find_each_other(session: Session, gathered: models.Event) -> None:
    page = next(one for one in links(session) if one.purpose == "page")

    feed = sibling_of(session, page, Purpose.FEED)

    assert feed is not None
    assert (feed.delegate_id, feed.purpose) == (page.delegate_id, "feed")


def test_links_go_with_the_delegate(session: Session, gathered: models.Event) -> None:
    someone = links(session)[1].delegate_id
    session.delete(session.get_one(models.Delegate, someone))
    session.flush()
    session.expire_all()

    assert someone not in {one.delegate_id for one in links(session)}
    assert len(links(session)) == 6
