"""Published instances become problems, and their published optima are reached."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import b2bsp, published
from scheduler import Limits

PUBLISHED = published.FOLDER
QUICK = {"tic-12.original": "0", "tic-13crafb.fixed040-Forb": "16", "tic-14crafa.original": "0"}
SMALL = """
nBusiness = 3;
nMeetings = 3;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;
requested = [|1, 2,3,
|1, 3,1,
|2, 3,2, |];
meetingsxBusiness = [{1,2}, {1,3}, {2,3}];
nMeetingsBusiness = [2,2,2];
forbidden = [{0}, {0, 3, 4}, {}];
fixed = [0,2,0];
precedences = [{}, {1}, {}];
"""


def test_an_instance_becomes_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "small.dzn"
    path.write_text(SMALL)
    problem = b2bsp.problem(b2bsp.read(path))
    assert problem["meetings"] == [
        {"id": "m1", "between": ["p1", "p2"], "required": True},
        {
            "id": "m2",
            "between": ["p1", "p3"],
            "required": True,
            "slots": ["s1", "s2"],
            "fixed_slot": "s2",
            "after": ["m1"],
        },
        {"id": "m3", "between": ["p2", "p3"], "required": True, "slots": ["s3", "s4"]},
    ]
    assert (problem["tables"], problem["rules"], problem["objective"]) == (2, {"max_break_spread": 2}, ["breaks"])
    assert problem["participants"][1]["delegates"] == [{"id": "p2.1", "unavailable": ["s3", "s4"]}]  # type: ignore[index]  # JSON


def test_a_list_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.dzn"
    path.write_text(SMALL.replace("fixed = [0,2,0]", "fixed = [0,2]"))
    with pytest.raises(ValueError, match="lists of"):
        b2bsp.read(path)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="../shared/benchmarks/b2bsp is missing beside this checkout")
def test_the_command_writes_a_published_instance(tmp_path: Path) -> None:
    out = tmp_path / "problem.json"
    command = [sys.executable, "-m", "benchmarks.b2bsp", PUBLISHED / "tic-13.prec15.dzn", "-o", out]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    problem = json.loads(out.read_text())
    assert (len(problem["meetings"]), len(problem["participants"]), len(problem["slots"])) == (180, 47, 10)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="../shared/benchmarks/b2bsp is missing beside this checkout")
@pytest.mark.parametrize("name", QUICK)
def test_the_published_optimum_is_reached_and_proved(name: str) -> None:
    assert published.run(name, QUICK[name], Limits(seconds=120, workers=2)).is_closed


@pytest.mark.soak
@pytest.mark.skipif(not PUBLISHED.exists(), reason="../shared/benchmarks/b2bsp is missing beside this checkout")
def test_every_published_result_is_reached_and_proved() -> None:
    limits = Limits(seconds=300, workers=2)
    done = [published.run(name, known, limits) for name, known in published.known_optima().items()]
    assert [run for run in done if not run.is_closed] == []
