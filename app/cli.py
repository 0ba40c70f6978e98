"""The command `ronde`: each sub-command a few lines that call a deed."""

from importlib.metadata import version
from typing import Annotated

import typer

cli = typer.Typer(
    name="ronde",
    help="Plans business conventions for responsible procurement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"ronde {version('ronde')}")
        raise typer.Exit


@cli.callback()
def ronde(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Plans business conventions for responsible procurement."""


def main() -> None:
    """Run the command line."""
    cli()
