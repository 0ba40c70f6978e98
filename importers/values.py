"""Columns whose header leaves open what they hold: the values below decide."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from importers.cells import Misread, yes_or_no
from importers.columns import Guess
from importers.headers import Block, Header
from importers.kinds import Kinds
from importers.languages import offered
from importers.sheets import Value, as_text
from importers.text import fold, says_nothing
from importers.words import listed

_SAMPLE = 200
_FEWEST_TICKED = 2
_SURE = 0.9
_STATES = listed("cancelled") | listed("coming")
_OF_STATES = listed("of_states")
_ALSO_FUNCTIONS = listed("also_functions")
_PERHAPS_KINDS = listed("perhaps_kinds")
_MAY_BE_TICKED = frozenset({None, "organisation", "city", "structure_type"})
Chosen = dict[int, str | None]


def decided(block: Block, chosen: Chosen, kinds: Kinds, settled: Iterable[str]) -> tuple[Block, Chosen, frozenset[int]]:
    """The block and its fields once the values have spoken, and the columns to tick, one for each kind.

    What an organiser has settled stays as it is.
    """
    ticked: frozenset[int] = frozenset()
    fixed = frozenset(settled)
    open_headers = [header for header in block.headers if fold(header.text) not in fixed]
    found: dict[int, str | None] = {}
    for header in sorted(open_headers, key=lambda each: chosen[each.column] is None):
        before = chosen[header.column]
        name = _by_values(header, before, _values(block, header), kinds)
        taken = (chosen | found).values()
        if name != before and not (name == "kind" and "kind" in taken):
            found[header.column] = None if name == "function" and "function" in taken else name
    if "kind" not in (chosen | found).values():
        ticked = _ticked_kinds(block, open_headers, chosen, kinds)
        found |= dict.fromkeys(ticked, "kind")
    headers = tuple(
        replace(header, guess=Guess({name: _SURE} if name else {}, header.guess.ordinal))
        if (name := found.get(header.column, "")) != ""
        else header
        for header in block.headers
    )
    return replace(block, headers=headers), chosen | found, ticked


def _values(block: Block, header: Header) -> Sequence[Value]:
    filled = (row.at(header.column) for row in block.rows)
    return [value for value in filled if value is not None and not says_nothing(as_text(value))][:_SAMPLE]


def _by_values(header: Header, name: str | None, values: Sequence[Value], kinds: Kinds) -> str | None:
    if name not in (None, "kind", "structure_type", "languages") or not values:
        return name
    words = set(fold(header.text).split())
    if name != "languages" and words & _OF_STATES and _are_states(values):
        return "status"
    if (
        name in ("kind", "structure_type")
        and words & _ALSO_FUNCTIONS
        and 3 * sum(_is_kind(value, kinds) for value in values) <= len(values)
    ):
        return "function"
    if name is None and fold(header.text) in _PERHAPS_KINDS and all(_is_kind(value, kinds) for value in values):
        return "kind"
    if name is None and offered(header.text) and _are_ticks(values):
        return "languages"
    return name


def _is_kind(value: Value, kinds: Kinds) -> bool:
    found = kinds.of(value)
    return found is not None and not isinstance(found, Misread)


def _are_states(values: Sequence[Value]) -> bool:
    return 2 * sum(fold(as_text(value)) in _STATES for value in values) > len(values)


def _are_ticks(values: Sequence[Value]) -> bool:
    return all(isinstance(yes_or_no(value), bool) for value in values)


def _ticked_kinds(block: Block, headers: list[Header], chosen: Chosen, kinds: Kinds) -> frozenset[int]:
    """Columns named after kinds that hold nothing but ticks: `Acheteur | ESS | Collectivité`."""
    columns = [
        header.column
        for header in headers
        if chosen[header.column] in _MAY_BE_TICKED and kinds.named(header.text) and _are_ticks(_values(block, header))
    ]
    are_filled = any(_values(block, header) for header in headers if header.column in columns)
    return frozenset(columns) if len(columns) >= _FEWEST_TICKED and are_filled else frozenset()
