"""The command `ronde`: each sub-command a few lines that call a deed, in the module of its group."""

import sys
from typing import Annotated, NoReturn

import typer
from sqlalchemy.exc import DatabaseError, OperationalError

from app import __version__
from app.cli.access import commands as access_commands
from app.cli.backing import commands as backup_commands
from app.cli.codes import commands as code_commands
from app.cli.engine import commands as engine_commands
from app.cli.keeping import commands as privacy_commands
from app.cli.mailing import commands as mail_commands
from app.cli.planning import commands as plan_commands
from app.cli.reading import commands as read_commands
from app.cli.replanning import commands as replan_commands
from app.cli.serving import commands as service_commands
from app.errors import AppError

INTERRUPTED = 130

cli = typer.Typer(
    name="ronde",
    help="Plans business conventions for responsible procurement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"ronde {__version__}")
        raise typer.Exit


@cli.callback()
def ronde(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Plans business conventions for responsible procurement."""


for group in (
    plan_commands,
    replan_commands,
    engine_commands,
    read_commands,
    code_commands,
    access_commands,
    service_commands,
    backup_commands,
    privacy_commands,
    mail_commands,
):
    cli.add_typer(group)


def main() -> None:
    """Run the command line; what is refused is told in a sentence, our own bugs with a traceback."""
    try:
        cli()
    except AppError as refusal:
        typer.echo(str(refusal), err=True)
        sys.exit(2)
    except DatabaseError as trouble:
        if type(trouble) not in (OperationalError, DatabaseError):  # the others are our own bugs
            raise
        typer.echo(f"The database cannot be used: {' '.join(str(trouble.orig).split()).rstrip('.')}.", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        _leave_at_once()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            _leave_at_once()
        raise


def _leave_at_once() -> NoReturn:
    typer.echo("Stopped at once, as asked.", err=True)
    sys.exit(INTERRUPTED)
