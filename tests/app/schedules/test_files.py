"""The commands `solve`, `check` and `explain`: files in, files out, exit statuses, and every fault on a line."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import command_line
from scheduler import Problem, Rules, Term, problem_to_json, result_from_json
from tests.scheduler.builders import candidate, participant, problem

SMALL = problem(candidate("m1", "a b", 5), candidate("m2", "a c", 3), candidate("m3", "b c", 1), slot_count=2, places=1)
TOO_MUCH = problem(*(candidate(f"m{k}", "a b", required=True) for k in range(4)), slot_count=3)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ronde(*arguments: str) -> Result:
    return CliRunner().invoke(command_line(), list(arguments), catch_exceptions=False)


def solve(of: Problem, *options: str) -> Result:
    Path("problem.json").write_text(problem_to_json(of), encoding="utf-8")
    return ronde("solve", "problem.json", "-o", "schedule.json", "--workers", "1", "--seconds", "20", *options)


def test_what_is_solved_is_accepted_by_the_judge(folder: Path) -> None:
    assert solve(SMALL).exit_code == 0
    assert ronde("check", "problem.json", "schedule.json").exit_code == 0
    written = result_from_json((folder / "schedule.json").read_bytes())
    assert (written.status.value, written.score[Term.VALUE]) == ("optimal", 8)
    assert sorted(path.name for path in folder.iterdir()) == ["problem.json", "schedule.json"]


def test_what_cannot_be_is_written_with_its_reason(folder: Path) -> None:
    told = solve(TOO_MUCH)
    assert told.exit_code == 3
    written = json.loads((folder / "schedule.json").read_text())
    assert (written["status"], written["meetings"]) == ("infeasible", [])
    assert written["conflict"]["text"] == "a has 1 delegate with 3 free slots together, and 4 required meetings."
    assert told.stderr.splitlines()[-1] == written["conflict"]["text"]


def test_without_time_there_is_a_file_that_says_so(folder: Path) -> None:
    meetings = [candidate(f"m{i}.{j}", f"p{i} p{j}", required=True) for i in range(12) for j in range(i)]

    assert solve(problem(*meetings, slot_count=11, places=6), "--seconds", "0").exit_code == 4
    written = json.loads((folder / "schedule.json").read_text())
    assert (written["status"], written["meetings"]) == ("unknown", [])


def test_a_wrong_problem_is_told_fault_by_fault_and_nothing_is_written(folder: Path) -> None:
    document = json.loads(problem_to_json(SMALL))
    document["meetings"][1]["between"][1] = "nobody"
    document["meetings"][2]["value"] = "high"
    (folder / "problem.json").write_text(json.dumps(document))
    told = ronde("solve", "problem.json", "-o", "schedule.json")

    assert told.exit_code == 2
    assert told.stderr.splitlines() == [
        'meetings[2].value: Read "high"; a whole number is expected.',
        "meetings[1].between[1]: There is no participant nobody.",
    ]
    assert not (folder / "schedule.json").exists()


def test_all_files_that_cannot_be_read_are_named_at_once(folder: Path) -> None:
    (folder / "schedule.json").write_text("{}")
    told = ronde("check", "problem.json", "schedule.json", "--from", ".")

    assert told.exit_code == 2
    lines = told.stderr.splitlines()
    assert lines[0] == "problem.json: The file cannot be read: No such file or directory."
    assert 'schedule.json: format: The field is missing; "ronde-schedule/1" is expected.' in lines
    assert lines[-1] == ".: The file cannot be read: Is a directory."


def test_a_place_where_nothing_can_be_written_is_told_before_the_search(folder: Path) -> None:
    told = solve(SMALL, "-o", "nowhere/schedule.json")

    assert (told.exit_code, told.stderr) == (2, "nowhere/schedule.json: A file cannot be written there.\n")


def test_an_answer_takes_the_place_of_no_problem(folder: Path) -> None:
    solve(SMALL)
    Path("link.json").symlink_to("problem.json")
    for name in ("problem.json", "link.json"):
        told = ronde("solve", "problem.json", "-o", name)
        said = f"{name}: The answer would take the place of the problem; name another file.\n"
        assert (told.exit_code, told.stderr) == (2, said)
    assert (folder / "problem.json").read_text() == problem_to_json(SMALL)


def test_an_answer_goes_down_a_pipe_and_through_a_link_that_both_stay(folder: Path) -> None:
    solve(SMALL)
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        assert ronde("solve", "problem.json", "-o", "pipe", "--workers", "1").exit_code == 0
        piped = reader.communicate()[0]
    assert result_from_json(piped).score[Term.VALUE] == 8
    assert Path("pipe").is_fifo()
    Path("link.json").symlink_to("far.json")
    assert ronde("solve", "problem.json", "-o", "link.json", "--workers", "1").exit_code == 0
    assert Path("link.json").is_symlink()
    assert result_from_json(Path("far.json").read_bytes()).score[Term.VALUE] == 8


def test_changes_need_the_schedule_before(folder: Path) -> None:
    repair = problem(*SMALL.meetings, slot_count=2, places=1, objective=(Term.CHANGES, Term.VALUE))
    assert solve(SMALL).exit_code == 0
    (folder / "schedule.json").rename(folder / "before.json")

    told = solve(repair)
    assert told.exit_code == 2
    assert told.stderr == "objective[0]: Changes are counted against the schedule before; name it with --from.\n"
    assert solve(repair, "--from", "before.json").exit_code == 0
    assert ronde("check", "problem.json", "schedule.json", "--from", "before.json").exit_code == 0
    told = ronde("check", "problem.json", "schedule.json")
    assert told.exit_code == 1
    assert told.stderr == "score.changes: Changes are counted against the schedule before; name it with --from.\n"


def test_a_problem_that_names_no_objective_is_mended_where_a_schedule_was_before(folder: Path) -> None:
    solve(problem(*SMALL.meetings[1:], slot_count=2, places=1))
    (folder / "schedule.json").rename(folder / "before.json")
    solve(SMALL, "--from", "before.json")
    started = json.loads((folder / "schedule.json").read_text())
    silent = {key: value for key, value in json.loads(problem_to_json(SMALL)).items() if key != "objective"}
    (folder / "silent.json").write_text(json.dumps(silent))
    told = ronde("solve", "silent.json", "-o", "mended.json", "--workers", "1", "--from", "before.json")
    mended = json.loads((folder / "mended.json").read_text())

    assert (started["score"]["value"], list(started["bounds"])) == (8, ["shortfall", "value", "breaks", "moves"])
    assert (told.exit_code, mended["score"]["value"], mended["score"]["changes"]) == (0, 4, 0)
    assert mended["proved"] == ["shortfall", "changes", "value", "breaks", "moves"]
    assert ronde("check", "silent.json", "mended.json", "--from", "before.json").exit_code == 0
    assert ronde("check", "silent.json", "mended.json").exit_code == 1
    assert ronde("check", "silent.json", "schedule.json", "--from", "before.json").exit_code == 0


def test_a_wrong_schedule_is_told_fault_by_fault(folder: Path) -> None:
    solve(SMALL)
    document = json.loads((folder / "schedule.json").read_text())
    document["meetings"][1]["slot"] = document["meetings"][0]["slot"]
    document["score"]["value"] = 9
    (folder / "schedule.json").write_text(json.dumps(document))
    told = ronde("check", "problem.json", "schedule.json")

    assert told.exit_code == 1
    assert [line.split(":")[0] for line in told.stderr.splitlines()[:3]] == [
        "meetings[1].delegates",
        "meetings[1].table",
        "score.value",
    ]


def test_a_meeting_that_is_not_held_is_explained(folder: Path) -> None:
    solve(problem(candidate("m1", "a b"), candidate("m2", "a c"), with_=[participant("a", ceiling=1)]))
    told = ronde("explain", "problem.json", "schedule.json", "m1", "m2")

    assert told.exit_code == 0
    assert told.stdout.splitlines()[1] == "m2: a has 1 meeting, and 1 is their ceiling. (participant-full)"
    assert told.stdout.startswith("m1: It is held in s")
    unknown = ronde("explain", "problem.json", "schedule.json", "m1", "m7")
    assert (unknown.exit_code, unknown.stderr) == (2, "There is no meeting m7.\n")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_the_search_keeps_the_best_schedule(folder: Path, sign: signal.Signals) -> None:
    meetings = [candidate(f"m{i}.{j}", f"p{i} p{j}", 1 + (i * j) % 7) for i in range(24) for j in range(i)]
    hard = problem(*meetings, slot_count=12, places=7, rules=Rules(max_consecutive=4))
    (folder / "problem.json").write_text(problem_to_json(hard))
    command = [sys.executable, "-m", "app", "solve", "problem.json", "-o", "schedule.json", "--seconds", "300"]
    root = str(Path(__file__).parents[3])
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}) as search:
        assert search.stderr is not None
        for line in search.stderr:
            if "value" in line and "–" not in line:
                break
        search.send_signal(sign)
        assert search.wait(30) == 0
    assert ronde("check", "problem.json", "schedule.json").exit_code == 0
