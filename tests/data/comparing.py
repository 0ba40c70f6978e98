"""Holds what was read against what is expected, by the rule in README.md; tells every difference in a sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence

Said = Mapping[str, object]


def differences(expected: Said, said: Said) -> list[str]:
    """Every way in which a reading is not what is expected; empty when it is right."""
    return [
        *_of_event(expected["event"], said["event"]),
        *_of_organisations(_list(expected["organisations"]), _list(said["organisations"])),
        *([] if expected["wishes"] is None else _of_wishes(_list(expected["wishes"]), _list(said["wishes"]))),
        *_of_columns(_list(expected["columns"]), _list(said["columns"])),
        *_of_errors(_list(expected["errors"]), _list(said["errors"])),
    ]


def _of_event(expected: object, said: object) -> Iterator[str]:
    if isinstance(expected, Mapping):
        yield from _unlike("event", expected, said)


def _of_organisations(expected: Sequence[Said], said: Sequence[Said]) -> Iterator[str]:
    found = {str(each["organisation"]): each for each in said}
    wanted = {str(each["organisation"]): each for each in expected}
    yield from (f"{name}: organisation is missing" for name in wanted.keys() - found.keys())
    yield from (f"{name}: nobody expects this organisation" for name in found.keys() - wanted.keys() - {"", "None"})
    for name in wanted.keys() & found.keys():
        rest = {key: value for key, value in wanted[name].items() if key != "delegates"}
        yield from _unlike(name, rest, found[name])
        yield from _of_delegates(name, _list(wanted[name]["delegates"]), _list(found[name]["delegates"]))


def _of_delegates(name: str, expected: Sequence[Said], said: Sequence[Said]) -> Iterator[str]:
    found = {_place(each): each for each in said}
    wanted = {_place(each): each for each in expected}
    if wanted.keys() != found.keys():
        yield f"{name}: delegates in rows {sorted(found)}, expected {sorted(wanted)}"
    for place in wanted.keys() & found.keys():
        yield from _unlike(f"{name}, {place}", wanted[place], found[place])


def _of_wishes(expected: Sequence[Said], said: Sequence[Said]) -> Iterator[str]:
    found = {(_place(each), each["to"]): each for each in said}
    wanted = {(_place(each), each["to"]): each for each in expected}
    yield from (f"{key}: wish is missing" for key in wanted.keys() - found.keys())
    yield from (f"{key}: nobody expects this wish" for key in found.keys() - wanted.keys())
    for key in wanted.keys() & found.keys():
        yield from _unlike(f"wish {key}", wanted[key], found[key])


def _of_columns(expected: Sequence[Said], said: Sequence[Said]) -> Iterator[str]:
    found = {_column(each): each["field"] for each in said}
    for each in expected:
        if found.get(_column(each)) != each["field"]:
            yield f"column {_column(each)}: {found.get(_column(each))!r}, expected {each['field']!r}"


def _of_errors(expected: Sequence[Said], said: Sequence[Said]) -> Iterator[str]:
    left = list(said)
    for wanted in sorted(expected, key=len, reverse=True):
        same = next((each for each in left if not [*_unlike("", wanted, each)]), None)
        if same is None:
            yield f"fault is not told: {dict(wanted)}"
        else:
            left.remove(same)
    for each in left:
        if each["severity"] == "error":
            yield f"nobody expects this error: {each['code']} in {each['sheet']}, {each['cell']}: {each['read']!r}"


def _unlike(where: str, expected: object, said: object) -> Iterator[str]:
    """Where the two differ, key by key; keys that are not expected are free."""
    if isinstance(expected, Mapping) and isinstance(said, Mapping):
        for key, value in expected.items():
            yield from _unlike(f"{where}: {key}", _comparable(key, value), _comparable(key, said.get(key)))
    elif isinstance(expected, list) and isinstance(said, list) and len(expected) == len(said):
        for place, (wanted, found) in enumerate(zip(expected, said, strict=True)):
            yield from _unlike(f"{where} {place + 1}", wanted, found)
    elif expected != said:
        yield f"{where}: {said!r}, expected {expected!r}"


def _comparable(key: str, value: object) -> object:
    if isinstance(value, str) and key in {"postal_code", "registration_number"}:
        return re.sub(r"\D", "", value)
    if isinstance(value, str) and key in {"written", "text", "read"}:
        return " ".join(value.split())
    if isinstance(value, list) and key == "sdgs":
        return sorted(value)
    return value


def _place(each: Said) -> str:
    address = each["address"]
    assert isinstance(address, Mapping)
    return f"{address['sheet']}, {address.get('cell') or address.get('row')}"


def _column(each: Said) -> str:
    return f"{each['sheet']}, {str(each['cell']).rstrip('0123456789')}"


def _list(value: object) -> list[Said]:
    assert isinstance(value, list)
    return value
