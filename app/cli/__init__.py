"""The command `ronde`: each sub-command a few lines that call a deed, in the module of its group."""

import os
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, NoReturn

import typer
from sqlalchemy.exc import DatabaseError, OperationalError

from app import __version__
from app.errors import AppError

INTERRUPTED = 130
SEARCH = "search"  # how the engine names the thread of a search
GROUPS = {
    "planning": ("plan",),
    "replanning": ("replan",),
    "engine": ("solve", "check", "explain"),
    "reading": ("read",),
    "codes": ("cpv",),
    "access": ("organiser", "key"),
    "serving": ("migrate", "serve", "worker"),
    "backing": ("backup", "restore"),
    "keeping": ("purge", "person"),
    "mailing": ("mail", "links"),
}
"""The modules of this package that hold commands, and which: who asks for one does not wait for the others."""


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"ronde {__version__}")
        raise typer.Exit


def ronde(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Plans business conventions for responsible procurement."""


def command_line(asked: Sequence[str] = ()) -> typer.Typer:
    """Return the command line with the command that is asked for; all of them where none is named first."""
    made = typer.Typer(
        name="ronde",
        callback=ronde,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,
    )
    named = [module for module, commands in GROUPS.items() if asked and asked[0] in commands]
    for module in named or GROUPS:
        made.add_typer(import_module(f"app.cli.{module}").commands)
    return made


def main() -> None:
    """Run the command line; what is refused is told in a sentence, our own bugs with a traceback."""
    try:
        command_line(sys.argv[1:])()
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
        _end_what_was_left(end.code)
        raise


def _end_what_was_left(status: str | int | None) -> None:
    """End with the process a search that was left to itself: it may be in native code that knows nothing of an end."""
    if isinstance(status, int) and any(thread.name == SEARCH for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _leave_at_once() -> NoReturn:
    typer.echo("Stopped at once, as asked.", err=True)
    sys.exit(INTERRUPTED)
