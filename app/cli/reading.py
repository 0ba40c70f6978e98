"""`ronde read`: what is understood of a workbook, without a database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.faults import faults_told
from app.errors import Faulty
from app.languages import Language
from app.registrations.files.importing import headers_in, read_files, told
from app.registrations.headers import Settled, headers_of, unmet_headers

commands = typer.Typer()


@commands.command()
def read(
    workbooks: Annotated[list[Path], typer.Argument(metavar="WORKBOOK…", help="The files of one event.")],
    event: Annotated[Path | None, typer.Option(help="The event as a TOML file.", metavar="EVENT.toml")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")] = False,
    lang: Annotated[Language, typer.Option(help="The language of the sentences.")] = Language.ENGLISH,
    map_: Annotated[
        list[str] | None, typer.Option("--map", metavar="HEADER=field", help="Settle what a header means.")
    ] = None,
    with_hidden: Annotated[
        bool, typer.Option("--with-hidden", help="Read hidden sheets, rows and columns too.")
    ] = False,
    with_health_data: Annotated[
        bool, typer.Option("--with-health-data", help="Confirm that columns which look like data on health are read.")
    ] = False,
) -> None:
    """Tell what is understood of the files, without a database; exit 2 when there are errors."""
    settled = Settled(headers_of(map_ or [], lang), with_hidden, with_health_data)
    reading = read_files((*workbooks, *([event] if event else [])), settled, (), lang.value)
    with faults_told():
        if unmet := unmet_headers(settled.headers, headers_in(reading), lang.value):
            raise Faulty("Headers were settled that no file has.", unmet)
    typer.echo(told(reading, lang.value, as_json=as_json))
    sys.exit(0 if reading.is_accepted else 2)
