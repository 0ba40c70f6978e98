"""An event with one of everything that an address can name, for tests that try every route."""

from collections.abc import Mapping

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models
from app.agendas.linking import make_keyring, make_links
from app.audit import HOST, record
from app.hosts.inviting import invite
from app.hosts.keying import make_key
from app.hosts.roles import Role
from app.outbox import Wanted, put
from app.schedules.posing import pose
from app.schedules.solving import solve_judged, store_version
from scheduler import Limits, problem_to_json
from tests.builders import DAY, NOON, a_delegate, a_sign_in, a_wish, an_event, an_organisation, an_organiser

SECRET = SecretStr("0123456789abcdef0123456789abcdef")
Samples = Mapping[str, str]
"""What to put into a path: `keys/{id}` is the parameter `id` behind `/keys/`."""


def a_whole_event(session: Session, host: models.Host, name: str) -> Samples:
    """Make the event and all that belongs to its host, at least three of each; several hosts may use one name."""
    event = an_event(session, name=name, host=host, tables=4, interpreters=[("de", "fr"), ("es", "fr"), ("en", "fr")])
    event.policy = {}
    buyer, seller, *others, _lonely = (_an_organisation(session, event, host, number) for number in range(5))
    wishes = [a_wish(session, buyer, seller, rank=1), *(a_wish(session, other, seller) for other in others)]
    wishes += [a_wish(session, buyer, other, rank=2) for other in others]
    items = [_an_item(event, host, number) for number in range(3)]
    choices = [models.ColumnChoice(event_id=event.id, header=f"Secteur {n}", field="description") for n in range(3)]
    jobs = [_a_job(event, host) for _ in range(3)]
    session.add_all([*items, *choices, *jobs])
    session.flush()
    delegate = buyer.delegates[0]
    for person in (delegate, seller.delegates[0], others[0].delegates[0]):
        session.add(models.ProgrammeRegistration(item_id=items[0].id, delegate_id=person.id, created_at=NOON))
    versions = _versions(session, event)
    repair = _a_repair(event, versions[0])
    session.add_all([repair, *(_a_message(event, delegate, number) for number in range(3))])
    session.flush()
    keyring = make_keyring(session, SECRET)
    make_links(session, event.id, NOON)
    links = session.scalars(select(models.Link).where(models.Link.event_id == event.id)).all()
    kinds = ("invitation", "changes", "reminder")
    put(session, [Wanted(event.id, delegate.id, kind, {}, f"{kind}:{event.id}") for kind in kinds], NOON)
    tokens = {link.purpose: keyring.token(link) for link in links}
    return {
        "events/{slug}": event.slug,
        "organisations/{organisation_id}": str(seller.id),
        "organisations/{organisation}": str(seller.id),
        "delegates/{delegate_id}": str(delegate.id),
        "registrations/{delegate_id}": str(delegate.id),
        "wishes/{wish_id}": str(wishes[0].id),
        "programme/{item_id}": str(items[0].id),
        "columns/{choice_id}": str(choices[0].id),
        "labels/{label_id}": str(seller.labels[0].id),
        "jobs/{job_id}": str(jobs[0].id),
        "versions/{number}": str(versions[0].number),
        "diff/{other}": str(versions[1].number),
        "meetings/{meeting}": str(versions[0].meetings[0].identity_id),
        "tables/{table}": str(event.tables[0].id),
        "links/{link_id}": str(links[0].id),
        "repairs/{repair}": str(repair.id),
        "a/{token}": tokens["page"],
        "f/{token}": tokens["feed"],
        "invitations/{token}": "ri_unknown",
        **_people(session, host),
    }


def _an_organisation(session: Session, event: models.Event, host: models.Host, number: int) -> models.Organisation:
    people = [
        a_delegate(f"Zoë {number}{n}", languages=["fr"], email=f"zoe{number}{n}@{host.id}.example") for n in (1, 2)
    ]
    kind = "buyer" if number in (0, 4) else "social-enterprise"
    row = an_organisation(session, event, f"Organisation {number} of {host.name}", *people, kind=kind)
    row.labels = [
        models.Label(name=f"ESUS {n}", wave=f"Wave {n}", valid_from=DAY, verified_by="Ministry", verified_at=NOON)
        for n in range(3)
    ]
    row.provisions = [
        models.Provision(is_need=number in (0, 4), position=n, text=text, cpv=["90910000"])
        for n, text in enumerate(("Büroreinigung", "nettoyage de bureaux", "office cleaning"))
    ]
    session.flush()
    return row


def _an_item(event: models.Event, host: models.Host, number: int) -> models.ProgrammeItem:
    return models.ProgrammeItem(
        event_id=event.id,
        uid=f"uid-{host.id}-{event.slug}-{number}",
        title=f"Round table {number}",
        starts_at=event.slots[0].starts_at,
        ends_at=event.slots[-1].ends_at,
        languages=["fr"],
        attendance="registration",
        changed_at=NOON,
    )


def _a_job(event: models.Event, host: models.Host) -> models.Job:
    return models.Job(
        kind="solve",
        state="done",
        host_id=host.id,
        event_id=event.id,
        asked_by="organiser:1",
        payload={},
        created_at=NOON,
        finished_at=NOON,
    )


def _versions(session: Session, event: models.Event) -> list[models.Version]:
    posed = pose(session, event)
    result = solve_judged(posed.problem, Limits(seconds=20, workers=1))
    return [store_version(session, event, posed, result, problem_to_json(posed.problem), NOON) for _ in range(3)]


def _a_repair(event: models.Event, version: models.Version) -> models.Repair:
    """A proposal of another day: whatever it was made for has changed since."""
    return models.Repair(
        event_id=event.id,
        base_number=version.number,
        base_revision=version.revision,
        digest="0" * 64,
        happened=[],
        absences=[],
        problem="{}",
        schedule="{}",
        cost=dict.fromkeys(("new", "cancelled", "moved", "table", "people"), 0)
        | {"organisations": [], "delegates": []},
        created_at=NOON,
    )


def _a_message(event: models.Event, delegate: models.Delegate, number: int) -> models.Message:
    return models.Message(
        event_id=event.id,
        delegate_id=delegate.id,
        kind="invitation",
        facts={},
        dedupe_key=f"{event.id}-{number}",
        message_id=f"<{event.id}-{number}@ronde.example>",
        state="sent",
        created_at=NOON,
        due_at=NOON,
        sent_at=NOON,
    )


def _people(session: Session, host: models.Host) -> Samples:
    """Three members, guests, keys and sign-ins, and three accepted changes."""
    organisers = [an_organiser(session, Role.READER, host) for _ in range(3)]
    guests = [invite(session, host.id, f"guest{n}@{host.id}.example", Role.DESK, NOON)[0] for n in range(3)]
    keys = [make_key(session, host.id, f"Website {n}", Role.READER, None, NOON)[0] for n in range(3)]
    session.info[HOST] = host.id
    for n in range(3):
        a_sign_in(session, Role.READER, host)
        record(session, "organiser:1", "make-key", event_id=None, subject=f"key:{n}", now=NOON)
    sign_in_id = session.scalars(select(models.SignIn.id).order_by(models.SignIn.id.desc())).first()
    return {
        "organisers/{id}": str(organisers[0].id),
        "invitations/{id}": str(guests[0].id),
        "keys/{id}": str(keys[0].id),
        "sessions/{id}": str(sign_in_id),
        "hosts/{host_id}": str(host.id),
    }
