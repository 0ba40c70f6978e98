"""`ronde organiser` and `ronde key`: who may, before anybody can sign in."""

from datetime import datetime
from typing import Annotated, Literal

import typer
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import audit, clock, db, models
from app.config import Settings
from app.errors import NotFound
from app.hosts.founding import found_host, named_host, only_host
from app.hosts.inviting import LASTS, invite
from app.hosts.keying import make_key
from app.hosts.roles import Role, Word

OPERATOR = "command"
"""What the audit log calls who runs the installation."""

commands = typer.Typer()
organiser = typer.Typer(help="Organisers, who sign in with a password.", no_args_is_help=True)
key = typer.Typer(help="API keys, for programs.", no_args_is_help=True)
commands.add_typer(organiser, name="organiser")
commands.add_typer(key, name="key")

Team = Annotated[str | None, typer.Option(metavar="NAME", help="The team of organisers.")]


@organiser.command("add")
def add_organiser(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Their address.")],
    host: Team = None,
    role: Annotated[Word, typer.Option(help="What they may do.")] = "owner",
) -> None:
    """Print a link, good once, by which somebody sets a password: a new organiser, or one who forgot theirs."""
    settings, now = Settings(), clock.now()
    with db.writing(_engine(settings)) as session:
        team = only_host(session, now) if host is None else found_host(session, host, now)
        _row, secret = invite(session, team.id, email, Role.of(role), now, may_reset=True)
        _record(session, team.id, "invite-organiser", f"invitation:{_row.id}", role, now)
    typer.echo(f"{settings.public_url}/invitations/{secret.text}")
    typer.echo(f"Good once, for {LASTS.days} days.", err=True)


@key.command("add")
def add_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for.")],
    event: Annotated[str | None, typer.Option(metavar="SLUG", help="Only for this event.")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="It changes nothing.")] = False,
    host: Team = None,
) -> None:
    """Print a new API key. Only its hash is kept: nobody can print it again."""
    now = clock.now()
    with db.writing(_engine(Settings())) as session:
        team = only_host(session, now) if host is None else named_host(session, host)
        event_id = None if event is None else _event_of(session, team.id, event)
        role = Role.READER if read_only else Role.EDITOR
        row, secret = make_key(session, team.id, name, role, event_id, now)
        _record(session, team.id, "make-key", f"key:{row.id}", role.word, now)
    typer.echo(secret.text)


def _event_of(session: Session, host_id: int, slug: str) -> int:
    found = session.scalar(select(models.Event.id).where(models.Event.host_id == host_id, models.Event.slug == slug))
    if found is None:
        raise NotFound(f"There is no event “{slug}”.")
    return found


def _record(
    session: Session,
    host_id: int,
    deed: Literal["invite-organiser", "make-key"],
    subject: str,
    role: str,
    now: datetime,
) -> None:
    session.info[audit.HOST] = host_id
    audit.record(session, OPERATOR, deed, event_id=None, subject=subject, after={"role": role}, now=now)


def _engine(settings: Settings) -> Engine:
    engine = db.create_engine_of(settings.database_url)
    if engine.dialect.name == "sqlite":
        db.migrate(engine)
    return engine
