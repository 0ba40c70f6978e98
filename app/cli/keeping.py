"""`ronde person` and `purge`: what people may ask of their data, and that nothing is kept for too long."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock, db, models
from app.config import Settings
from app.errors import NotFound
from app.hosts.founding import known_host
from app.privacy.erasing import erase
from app.privacy.exporting import export
from app.privacy.letters import forget_letters
from app.privacy.persons import Person, person_of_address
from app.privacy.retaining import purge as purge_old
from app.privacy.scrubbing import list_erasures, scrub

CALLER = "command-line"

commands = typer.Typer()
person = typer.Typer(name="person", help="What is known of a person: a copy, or its erasure.", no_args_is_help=True)
commands.add_typer(person)

Address = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail address.")]
OfHost = Annotated[str | None, typer.Option("--host", help="The team whose data it is, where there are several.")]


@person.command("export")
def export_person(email: Address, host: OfHost = None) -> None:
    """Print all that is known of a person as JSON."""
    with Session(db.create_engine_of(Settings().database_url)) as session:
        known = export(session, _person(session, email, host))
    typer.echo(json.dumps(asdict(known), ensure_ascii=False, indent=2, default=str))


@person.command("erase")
def erase_person(email: Address, host: OfHost = None) -> None:
    """Take a person out of everything that is kept. There is no way back."""
    engine = db.create_engine_of(Settings().database_url)
    with db.writing(engine) as session:
        known = _person(session, email, host)
        erased = erase(session, known, CALLER, clock.now())
        forget_letters(Settings().mail_folder, known)
    typer.echo(f"{erased.delegates} registrations emptied, {erased.mentions} other texts blanked.")
    _leave_no_trace(engine)


@commands.command()
def purge() -> None:
    """Delete events that were kept for long enough, and what has done its service; for a daily timer."""
    engine = db.create_engine_of(Settings().database_url)
    with db.writing(engine) as session:
        purged = purge_old(session, clock.now())
    typer.echo(f"{purged.events} events deleted, {purged.rows} other rows.")
    _leave_no_trace(engine)


def _leave_no_trace(engine: Engine) -> None:
    list_erasures(engine, Settings().erasure_list)
    if not scrub(engine):
        typer.echo("Somebody is reading; the bytes in the files go with the next `ronde purge`.", err=True)


def _person(session: Session, email: str, host: str | None) -> Person:
    team = session.scalar(select(models.Host).where(models.Host.name == host)) if host else known_host(session)
    if team is None:
        raise NotFound("There is no such team.")
    return person_of_address(session, team.id, email)
