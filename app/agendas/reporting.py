"""Telling the organiser at the terminal: what was imported, every fault, the two sentences, and an exit status."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from app import clock
from app.agendas.correcting import Correction, correct
from app.agendas.delivering import Delivered
from app.agendas.paper.printing import replaced_line
from app.agendas.planning import Order, Watch, plan, rehearse
from app.agendas.replanning import Unchanged
from app.errors import AppError, Fault, Faulty, Infeasible, Unfinished
from app.languages import sentences
from app.registrations.importing import Counts
from app.schedules.progress import shown_progress, stopped_by_signals, stopping_text
from app.wishes.importing import Imported

DONE, FAULTY, INFEASIBLE, UNKNOWN = 0, 2, 3, 4
MOST_WARNINGS = 40


def run_plan(order: Order, *, is_rehearsal: bool) -> int:
    """Plan, or only rehearse, and return the exit status of `ronde plan`."""
    said, told = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    stopping = stopping_text(order.told_in)
    try:
        if is_rehearsal:
            _tell_import(told, rehearse(order, clock.now), order.told_in)
            return DONE
        with shown_progress(told) as show, stopped_by_signals(lambda: told.print(stopping)) as is_stopped:
            watch = Watch(lambda imported: _tell_import(told, imported, order.told_in), show, is_stopped)
            delivered = plan(order, clock.now, watch)
    except Faulty as refusal:
        _tell_faults(told, refusal.faults, order.told_in)
        told.print(str(refusal), markup=False)
        return FAULTY
    except AppError as refusal:
        told.print(str(refusal), markup=False)
        if isinstance(refusal, Infeasible):
            for rule in refusal.paths:
                told.print(f"  {rule}", markup=False)
        return _status_of(refusal)
    _tell_delivered(said, told, delivered, order.folder, order.told_in)
    return DONE


def run_replan(correction: Correction) -> int:
    """Make a changed planning the plan, and return the exit status of `ronde replan`."""
    said, told = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    lang = correction.told_in
    try:
        done, delivered = correct(correction, clock.now)
    except Unchanged as same:
        told.print(str(same), markup=False)
        return DONE
    except Faulty as refusal:
        _tell_faults(told, refusal.faults, lang)
        told.print(str(refusal), markup=False)
        return FAULTY
    except AppError as refusal:
        told.print(str(refusal), markup=False)
        return FAULTY
    for broken in done.told:
        told.print(f"{_warning(lang)}: {broken.sentence}", markup=False)
    text = sentences(lang).gettext("Version {n}: changed meetings: {moved}, added: {added}, removed: {removed}.")
    told.print(
        text.format(n=done.version.number, moved=done.moved, added=done.added, removed=done.removed), markup=False
    )
    _tell_delivered(said, told, delivered, correction.folder, lang)
    return DONE


def _tell_delivered(said: Console, told: Console, delivered: Delivered, folder: Path, lang: str) -> None:
    for text in delivered.unprintable:
        told.print(f"{_warning(lang)}: {replaced_line(text, lang)}", markup=False)
    for line in delivered.unprinted:
        told.print(f"{_warning(lang)}: {line}", markup=False)
    for path in sorted({file if file.parent == folder else file.parent for file in delivered.files}):
        said.print(str(path), markup=False)
    said.print(delivered.press, markup=False)
    said.print(delivered.proof, markup=False)


def _warning(lang: str) -> str:
    _ = sentences(lang).gettext
    return _("warning")


def _status_of(refusal: AppError) -> int:
    if isinstance(refusal, Infeasible):
        return INFEASIBLE
    return UNKNOWN if isinstance(refusal, Unfinished) else FAULTY


def _tell_import(console: Console, imported: Imported, lang: str) -> None:
    _tell_faults(console, imported.warnings, lang)
    console.print(_counted(imported.counts, lang), markup=False)


def _counted(counts: Mapping[str, Counts], lang: str) -> str:
    _ = sentences(lang).gettext
    names = {"organisations": _("organisations"), "delegates": _("delegates"), "wishes": _("wishes")}
    line = _("{what}: {created} new, {updated} changed, {unchanged} unchanged, {gone} gone")
    return "\n".join(
        line.format(what=names[what], created=one.created, updated=one.updated, unchanged=one.unchanged, gone=one.gone)
        for what, one in counts.items()
    )


def _tell_faults(console: Console, faults: Sequence[Fault], lang: str) -> None:
    """Print every error, and warnings as long as somebody would read them."""
    _ = sentences(lang).gettext
    errors = [fault for fault in faults if not fault.is_warning]
    warnings = [fault for fault in faults if fault.is_warning]
    error, warning = _("error"), _warning(lang)
    for fault in errors:
        console.print(f"{error}: {_line(fault)}", markup=False)
    for fault in warnings[:MOST_WARNINGS]:
        console.print(f"{warning}: {_line(fault)}", markup=False)
    if len(warnings) > MOST_WARNINGS:
        console.print(_("… and {n} more warnings").format(n=len(warnings) - MOST_WARNINGS), markup=False)


def _line(fault: Fault) -> str:
    """The sentence, with its address before it where the sentence does not say it."""
    where = " ".join(part for part in (fault.sheet, fault.cell) if part)
    is_said = all(part is None or part in fault.message for part in (fault.sheet, fault.cell))
    return fault.message if is_said else f"{where}: {fault.message}"
