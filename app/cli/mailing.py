"""`ronde mail` and `ronde links`: what is in the outbox goes out; all private links are ended at once."""

from typing import Annotated

import typer
from sqlalchemy import select

from app import audit, clock, db, models
from app.agendas.linking import revoke_all
from app.agendas.mail import writers_of
from app.config import Settings
from app.errors import NotFound
from app.outbox import send

CALLER = "command-line"

commands = typer.Typer()
mail = typer.Typer(name="mail", help="Messages to delegates.", no_args_is_help=True)
links = typer.Typer(name="links", help="The private links of delegates.", no_args_is_help=True)
commands.add_typer(mail)
commands.add_typer(links)


@mail.command("send")
def mail_send() -> None:
    """Send what is in the outbox; without a mail server it is written to a folder as .eml files."""
    settings = Settings()
    run = send(db.create_engine_of(settings.database_url), settings, writers_of, clock.now)
    typer.echo(f"{run.sent} messages sent, {run.dropped} had nothing to say any more, {run.failed} refused for good.")
    if run.delayed:
        typer.echo(f"{run.delayed} wait for another try.", err=True)
    raise typer.Exit(1 if run.is_stopped else 0)


@links.command("revoke")
def links_revoke(
    event: Annotated[str | None, typer.Option("--event", metavar="SLUG", help="Only those of this event.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Those of all events.")] = False,
) -> None:
    """End private links at once: none of them opens anything any more; new ones can be sent and printed."""
    if every == (event is not None):
        raise typer.BadParameter("say either --event SLUG or --all")
    engine = db.create_engine_of(Settings().database_url)
    with db.writing(engine) as session:
        known = select(models.Event)
        events = list(session.scalars(known if event is None else known.where(models.Event.slug == event)))
        if not events and event is not None:
            raise NotFound(f"There is no event “{event}”.")
        count, now = 0, clock.now()
        for one in events:
            count += revoke_all(session, now, one.id)
            session.info[audit.HOST] = one.host_id
            audit.record(session, CALLER, "revoke-links", event_id=one.id, subject=f"event:{one.id}", now=now)
            session.flush()
    typer.echo(f"{count} links ended.")
