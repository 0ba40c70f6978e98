"""A link lets somebody into a team once, and never into the account of somebody else."""

from datetime import datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import clock, db, models
from app.errors import Conflict
from app.hosts.access import Role
from app.hosts.inviting import LASTS, change_role, dismiss, invite
from app.hosts.passwords import hash_of, is_password
from app.main import create_app
from tests.builders import a_sign_in, an_organiser, another_host, first_host
from tests.clients import HERE, signed_in

EMAIL = "anna@example.org"
PASSWORD = "trèfle vélo lune"


def a_link(engine: Engine, role: Role = Role.EDITOR, *, may_reset: bool = False, at: datetime | None = None) -> str:
    with db.writing(engine) as session:
        _, secret = invite(session, first_host(session).id, EMAIL, role, at or clock.now(), may_reset=may_reset)
    return f"/invitations/{secret.text}"


def an_account(engine: Engine) -> None:
    """Anna, who is in another team already."""
    with db.writing(engine) as session:
        first_host(session)
        organiser = an_organiser(session, Role.OWNER, another_host(session))
        organiser.email, organiser.password_hash = EMAIL, hash_of(PASSWORD)


def kept_password(engine: Engine) -> str | None:
    with db.reading(engine) as session:
        return session.scalars(select(models.Organiser.password_hash)).one()


def roles(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return list(session.scalars(select(models.Membership.role).order_by(models.Membership.host_id)))


def test_a_link_makes_an_organiser_once(engine: Engine, anonymous: TestClient) -> None:
    link = a_link(engine)

    for _ in range(2):  # mail scanners open it first
        assert EMAIL in anonymous.get(link).text
    entered = anonymous.post(link, data={"password": PASSWORD}, follow_redirects=False)

    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert anonymous.get("/").status_code == 200
    assert roles(engine) == ["editor"]
    assert anonymous.get(link).status_code == 404
    assert anonymous.post(link, data={"password": "something else"}).status_code == 404
    with db.reading(engine) as session:
        deeds = [(entry.caller, entry.deed, entry.after) for entry in session.scalars(select(models.AuditEntry))]
    assert deeds[0] == ("organiser:1", "accept-invitation", {"role": "editor"})


@pytest.mark.parametrize(
    ("password", "said"), [("short", "8 characters"), ("password1", "try first"), (EMAIL, "Your address")]
)
def test_a_weak_password_is_refused_and_the_link_stays_good(
    password: str, said: str, engine: Engine, anonymous: TestClient
) -> None:
    link = a_link(engine)

    refused = anonymous.post(link, data={"password": password})

    assert (refused.status_code, said in refused.text) == (422, True)
    assert anonymous.post(link, data={"password": PASSWORD}, follow_redirects=False).status_code == 303


def test_a_link_grows_old_and_a_new_one_takes_its_place(engine: Engine, anonymous: TestClient) -> None:
    old = a_link(engine, at=clock.now() - LASTS)
    assert anonymous.get(old).status_code == 404

    first, second = a_link(engine), a_link(engine)
    assert (anonymous.get(first).status_code, anonymous.get(second).status_code) == (404, 200)
    assert anonymous.get("/invitations/ri_unknown").text == anonymous.get(first).text


def test_an_invitation_never_opens_an_account_that_there_is(engine: Engine, anonymous: TestClient) -> None:
    an_account(engine)
    link = a_link(engine, Role.DESK)

    refused = anonymous.post(link, data={"password": "an attacker's own"})
    assert refused.status_code == 422
    assert is_password(PASSWORD, kept_password(engine))
    assert roles(engine) == ["owner"]

    assert anonymous.post(link, data={"password": PASSWORD}, follow_redirects=False).status_code == 303
    assert roles(engine) == ["desk", "owner"]


def test_who_holds_a_link_cannot_try_passwords_with_it(engine: Engine, anonymous: TestClient) -> None:
    an_account(engine)
    link = a_link(engine)

    german = {"Accept-Language": "de"}
    answers = [anonymous.post(link, data={"password": f"guess number {n}"}, headers=german) for n in range(11)]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "Zu viele Versuche" in answers[-1].text
    assert "Zu viele Versuche" not in answers[-2].text
    assert 0 < int(answers[-1].headers["retry-after"]) <= 900


def test_who_runs_the_installation_can_reset_a_password_which_ends_all_sign_ins(
    engine: Engine, anonymous: TestClient
) -> None:
    an_account(engine)
    link = a_link(engine, Role.OWNER, may_reset=True)
    with db.writing(engine) as session:
        organiser = session.scalars(select(models.Organiser)).one()
        secret = a_sign_in(session, Role.OWNER)
        session.query(models.SignIn).update({"organiser_id": organiser.id})
        session.add(models.Membership(organiser_id=organiser.id, host_id=1, role="reader"))
    before = signed_in(create_app(engine), secret)
    assert before.get("/").status_code == 200

    anonymous.post(link, data={"password": "une toute autre phrase"})

    assert is_password("une toute autre phrase", kept_password_of(engine, EMAIL))
    assert before.get("/", follow_redirects=False).status_code == 303


def kept_password_of(engine: Engine, email: str) -> str | None:
    with db.reading(engine) as session:
        return session.scalars(select(models.Organiser.password_hash).where(models.Organiser.email == email)).one()


def test_a_team_keeps_an_owner(engine: Engine) -> None:
    with db.writing(engine) as session:
        owner, editor = an_organiser(session, Role.OWNER), an_organiser(session, Role.EDITOR)
        member = session.get_one(models.Membership, (owner.id, 1))
        other = session.get_one(models.Membership, (editor.id, 1))
        with pytest.raises(Conflict):
            change_role(session, member, Role.READER)
        with pytest.raises(Conflict):
            dismiss(session, member)
        assert change_role(session, other, Role.OWNER)
        assert change_role(session, member, Role.READER)
        assert not change_role(session, member, Role.READER)
        dismiss(session, member)

    assert roles(engine) == ["owner"]


def test_an_invited_owner_does_not_take_the_last_one_away(engine: Engine, anonymous: TestClient) -> None:
    with db.writing(engine) as session:
        organiser = an_organiser(session, Role.OWNER)
        organiser.email, organiser.password_hash = EMAIL, hash_of(PASSWORD)
    link = a_link(engine, Role.READER)

    assert anonymous.post(link, data={"password": PASSWORD}).status_code == 409
    assert roles(engine) == ["owner"]
    assert TestClient(create_app(engine), base_url=HERE).get(link).status_code == 200
