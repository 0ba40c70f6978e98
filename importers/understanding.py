"""From sheets to a reading: what each sheet is about, then registrations, organisations and wishes in that order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from importers.columns import IGNORED, fields
from importers.event import EventDraft
from importers.event_file import take_event_file
from importers.event_sheet import take_event
from importers.faults import Faults
from importers.fitting import say_misfits
from importers.headers import Settled, blocks_of, is_on_its_side, settled_by
from importers.kinds import Kinds
from importers.mapping import Purpose, Table, purpose_of, table_of
from importers.matrix import matrix_of, wishes_of_matrix
from importers.names import Directory
from importers.organisations import Gathered, gathered, organisation_of
from importers.people import Addressee, say_shared_emails
from importers.registrations import Registration, registrations_of
from importers.rows import ColumnMapping, OrganisationRow, Reading, ReadOptions, WishRow
from importers.sheets import Row, Sheet, column_letters, spans
from importers.wishes import say_contradictions, wishes_of_columns, wishes_of_list

Progress = Callable[[str, int], None]
_ROWS_BETWEEN_NEWS = 1_000


class Understanding:
    """Gathers what the sheets say, purpose by purpose."""

    def __init__(self, options: ReadOptions, faults: Faults, tell: Progress = lambda _sheet, _row: None) -> None:
        self._options = options
        self._tell = tell
        self._faults = faults
        self._draft = EventDraft(faults)
        self._kinds = Kinds(options.kinds)
        self._settled = self._settled_headers()
        self._registrations: list[Registration] = []
        self._lists: list[Table] = []
        self._unnamed: list[Sheet] = []
        self._columns: list[ColumnMapping] = []
        self._is_recognised = False
        self._files: list[str] = []

    def _settled_headers(self) -> Settled:
        for header, name in self._options.headers.items():
            if name and name != IGNORED and name not in fields():
                self._faults.add("unknown-field", sheet="", read=name, parameters={"header": header})
        known = {
            header: name
            for header, name in self._options.headers.items()
            if not name or name == IGNORED or name in fields()
        }
        return settled_by(known)

    def take(self, sheet: Sheet) -> None:
        """Sort a sheet by what it is about, and read its registrations."""
        if sheet.file not in self._files:
            self._files.append(sheet.file)
        seen = self._visible(sheet)
        if seen is None or not seen.rows:
            return
        if take_event(seen, self._draft, self._faults):
            self._is_recognised = True
            return
        if is_on_its_side(seen):
            self._is_recognised = True
            self._faults.add("sheet-on-its-side", sheet=seen.name)
            return
        found = False
        for block in blocks_of(seen, self._settled):
            purpose = purpose_of(block)
            if purpose is None:
                continue
            found = True
            table, mappings = table_of(seen, block, purpose, self._options, self._faults)
            self._columns += mappings
            if purpose is Purpose.WISHES:
                self._lists.append(table)
            else:
                self._take_participants(table)
        self._is_recognised |= found
        if not found:
            self._unnamed.append(seen)

    def take_event_file(self, path: Path) -> None:
        """Take what a TOML file says about the event."""
        take_event_file(path, self._draft, self._faults)

    def _take_participants(self, table: Table) -> None:
        if not table.has("organisation") and not table.has("reference"):
            self._faults.add("missing-column", sheet=table.sheet.name, parameters={"field": "organisation"})
        for number, row in enumerate(registrations_of(table, self._kinds, self._faults), start=1):
            self._registrations.append(row)
            if number % _ROWS_BETWEEN_NEWS == 0:
                self._tell(table.sheet.name, row.row)

    def _visible(self, sheet: Sheet) -> Sheet | None:
        """The sheet without what is hidden, which is said; None when all of it is."""
        if self._options.with_hidden:
            return sheet
        if sheet.is_hidden:
            if sheet.rows:
                self._faults.add("hidden-sheet", sheet=sheet.name)
            return None
        rows = {row.number for row in sheet.rows} & sheet.hidden_rows
        columns = {
            column
            for column in sheet.hidden_columns
            if any(row.at(column) is not None for row in sheet.rows if row.number not in rows)
        }
        if rows:
            runs = [f"{first}" if first == last else f"{first}–{last}" for first, last in spans(rows)]
            self._faults.add("hidden-rows", sheet=sheet.name, read=", ".join(runs))
        if columns:
            self._faults.add("hidden-columns", sheet=sheet.name, read=", ".join(map(column_letters, sorted(columns))))
        kept = tuple(
            Row(row.number, tuple(None if place in columns else value for place, value in enumerate(row.values, 1)))
            for row in sheet.rows
            if row.number not in rows
        )
        return replace(sheet, rows=kept)

    def reading(self) -> Reading:
        """Everything together, once all sheets are taken."""
        event = self._draft.row()
        if event is not None:
            say_misfits(event, self._faults)
        groups = [each for each in gathered(self._registrations, self._faults) if each.name]
        say_shared_emails(_addressees(groups), self._faults)
        organisations = tuple(organisation_of(each, self._kinds, self._faults) for each in groups)
        directory = self._directory(groups, organisations)
        wishes = self._wishes(groups, directory)
        say_contradictions(wishes, self._faults)
        if not self._is_recognised and event is None and self._files:
            self._faults.add("nothing-recognised", sheet=", ".join(self._files))
        settings = tuple(self._draft.labels)
        return Reading(event, organisations, tuple(wishes), tuple(self._columns), self._faults.found, settings)

    def _directory(self, groups: Sequence[Gathered], organisations: Sequence[OrganisationRow]) -> Directory:
        directory = Directory()
        for each, organisation in zip(groups, organisations, strict=True):
            emails = [person.email for person in organisation.delegates if person.email]
            references = [organisation.reference] if organisation.reference else []
            short = [str(row.stated["abbreviation"].value) for row in each.rows if "abbreviation" in row.stated]
            directory.add(organisation.organisation, each.spellings, (*references, *emails, *short))
        for known in self._options.known:
            references = [known.reference] if known.reference else []
            directory.add_known(known.name, (*references, *known.emails))
        return directory

    def _wishes(self, groups: Sequence[Gathered], directory: Directory) -> list[WishRow]:
        rows = [(row, each.name) for each in groups for row in each.rows]
        wishes = list(wishes_of_columns(rows, directory, self._faults))
        for table in self._lists:
            wishes += wishes_of_list(table, directory, self._faults)
        for sheet in self._unnamed:
            matrix = matrix_of(sheet, directory)
            if matrix is None:
                if self._is_recognised:
                    self._faults.add("sheet-not-recognised", sheet=sheet.name)
                continue
            self._is_recognised = True
            wishes += wishes_of_matrix(matrix, directory, self._faults)
        return wishes


def _addressees(groups: Sequence[Gathered]) -> Iterator[Addressee]:
    for number, each in enumerate(groups):
        has_reference = each.first("reference") is not None
        for row in each.rows:
            yield Addressee(row.delegate, row.email_cell, number, has_reference)
