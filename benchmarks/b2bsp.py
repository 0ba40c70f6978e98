"""Published instances of the B2B meeting scheduling problem (Bofill et al., JAIR 74, 2022) as problems."""

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path

Json = dict[str, object]
MORNING, ANY_SESSION = 1, 3


@dataclass(frozen=True, slots=True)
class Instance:
    """A `.dzn` file: participants, slots and meetings are counted from 1, as there."""

    name: str
    participant_count: int
    table_count: int
    slot_count: int
    morning_count: int
    meetings: list[tuple[int, int, int]]
    forbidden: list[set[int]]
    fixed: list[int]
    earlier: list[set[int]]


def read(path: Path) -> Instance:
    """The instance in a file; a missing field or a list of another length is a ValueError."""
    text = re.sub(r"%.*", "", path.read_text())
    fields = {name: value.strip() for name, value in re.findall(r"(\w+)\s*=\s*(.*?);", text, flags=re.DOTALL)}
    participant_count, meeting_count = int(fields["nBusiness"]), int(fields["nMeetings"])
    numbers = [int(number) for number in re.findall(r"-?\d+", fields["requested"])]
    instance = Instance(
        path.stem,
        participant_count,
        int(fields["nTables"]),
        int(fields["nTotalSlots"]),
        int(fields["nMorningSlots"]),
        [(a, b, session) for a, b, session in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)],
        [numbers - {0} for numbers in _sets(fields["forbidden"])],
        [int(number) for number in re.findall(r"\d+", fields["fixed"])],
        _sets(fields["precedences"]),
    )
    lengths = len(instance.meetings), len(instance.fixed), len(instance.earlier)
    if lengths != (meeting_count,) * 3 or len(instance.forbidden) != participant_count:
        raise ValueError(f"{path}: lists of {lengths} meetings and {len(instance.forbidden)} participants.")
    return instance


def _sets(text: str) -> list[set[int]]:
    """The sets of a list such as `[{0}, {1, 2}, 3..5]`."""
    sets = []
    for inside, first, last in re.findall(r"\{([^}]*)\}|(\d+)\s*\.\.\s*(\d+)", text):
        sets.append(set(range(int(first), int(last) + 1)) if first else {int(n) for n in re.findall(r"\d+", inside)})
    return sets


def problem(instance: Instance) -> Json:
    """The instance in the format `ronde-problem/1`: all meetings required, breaks as the only term."""
    slots = [
        {"id": f"s{t}", "day": "1", "session": "am" if t <= instance.morning_count else "pm"}
        for t in range(1, instance.slot_count + 1)
    ]
    participants = [
        {"id": f"p{p}", "delegates": [{"id": f"p{p}.1", "unavailable": [f"s{t}" for t in sorted(forbidden)]}]}
        for p, forbidden in enumerate(instance.forbidden, start=1)
    ]
    return {
        "format": "ronde-problem/1",
        "name": instance.name,
        "slots": slots,
        "tables": instance.table_count,
        "participants": participants,
        "meetings": [_meeting(instance, m) for m in range(len(instance.meetings))],
        "rules": {"max_break_spread": 2},
        "objective": ["breaks"],
    }


def _meeting(instance: Instance, m: int) -> Json:
    first, second, session = instance.meetings[m]
    row: Json = {"id": f"m{m + 1}", "between": [f"p{first}", f"p{second}"], "required": True}
    if session != ANY_SESSION:
        half = range(1, instance.morning_count + 1)
        if session != MORNING:
            half = range(instance.morning_count + 1, instance.slot_count + 1)
        row["slots"] = [f"s{t}" for t in half]
    if instance.fixed[m]:
        row["fixed_slot"] = f"s{instance.fixed[m]}"
    if instance.earlier[m]:
        row["after"] = [f"m{earlier}" for earlier in sorted(instance.earlier[m])]
    return row


def text(instance: Instance) -> str:
    """The instance as the text of a problem file."""
    return json.dumps(problem(instance), indent=1) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a published instance as problem.json.")
    parser.add_argument("file", type=Path, help="an instance, FILE.dzn")
    parser.add_argument("-o", "--out", type=Path, default=Path("problem.json"))
    arguments = parser.parse_args()
    arguments.out.write_text(text(read(arguments.file)))


if __name__ == "__main__":
    main()
