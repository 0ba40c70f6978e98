"""The rules of the house hold, and each of them is missed when it is broken on purpose."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import rules
from tests.house.tree import NEVER_OURS, Tree

ROOT = Path(__file__).resolve().parents[1]
OURS = Tree(ROOT)

A_MODULE = '"""Something lives here."""\n'
LONG_BODY = "".join(f"    x{n} = {n}\n" for n in range(31))

# For each rule the smallest tree that breaks it.
BROKEN: dict[rules.Rule, dict[str, str]] = {
    rules.every_module_says_in_its_first_line_what_lives_here: {"app/clock.py": "import time\n"},
    rules.there_are_no_drawers: {"app/events/utils.py": A_MODULE},
    rules.a_long_file_says_why: {"scheduler/model.py": A_MODULE + "x = 1\n" * 300},
    rules.a_long_function_says_why: {"scheduler/model.py": A_MODULE + f"def build():\n{LONG_BODY}"},
    rules.only_the_clock_asks_the_time: {
        "app/events/dates.py": A_MODULE + "import datetime\nx = datetime.datetime.now()\n"
    },
    rules.randomness_is_an_argument: {"scheduler/timetable.py": A_MODULE + "import random\nx = random.random()\n"},
    rules.everything_is_caught_at_the_job_boundary_only: {
        "app/events/dates.py": A_MODULE + "try:\n    pass\nexcept Exception:\n    pass\n"
    },
    rules.a_meeting_has_no_other_name: {"app/models/agenda.py": A_MODULE + "class Appointment: ...\n"},
    rules.a_participant_exists_only_for_the_engine: {"app/models/event.py": A_MODULE + "class Participant: ...\n"},
    rules.no_package_exports_a_name_that_is_one_of_its_modules: {
        "scheduler/__init__.py": A_MODULE + "from scheduler.solve import solve\n",
        "scheduler/solve.py": A_MODULE,
    },
    rules.tests_and_migrations_are_no_packages: {"tests/scheduler/__init__.py": A_MODULE},
    rules.tests_use_the_real_thing: {"tests/test_x.py": A_MODULE + "from unittest.mock import Mock\n"},
    rules.every_test_can_fail: {"tests/test_x.py": A_MODULE + "def test_nothing():\n    print('fine')\n"},
    rules.a_skipped_test_names_what_is_missing: {
        "tests/test_x.py": A_MODULE + "import pytest\n@pytest.mark.skip('later')\ndef test_x():\n    assert True\n"
    },
    rules.what_crosses_a_wall_is_frozen: {
        "importers/rows.py": A_MODULE + "from dataclasses import dataclass\n@dataclass\nclass Row:\n    x: int\n"
    },
    rules.types_are_never_waved_through: {
        "scheduler/codec.py": A_MODULE + "x: int = 'a'  # type: ignore[assignment]\n"
    },
    rules.rules_do_not_speak_http: {"app/events/planning.py": A_MODULE + "from fastapi import HTTPException\n"},
    rules.only_schedules_and_what_follows_know_the_engine: {
        "app/events/slots.py": A_MODULE + "from scheduler import Slot\n"
    },
    rules.only_importing_knows_the_readers: {"app/wishes/queries.py": A_MODULE + "from importers import WishRow\n"},
    rules.the_judge_has_no_solver: {"scheduler/check.py": A_MODULE + "from ortools.sat.python import cp_model\n"},
    rules.nothing_names_this_machine_or_a_registry: {"README.md": "See /wo" + "rk/main for more.\n"},
    rules.every_dependency_is_pinned_with_its_hashes: {"requirements.txt": "numpy>=2\n"},
    rules.a_decision_is_told_in_300_words: {"docs/decisions/0001-long.md": "word " * 301},
}

FORBIDDEN_IMPORTS = {
    "the past does not know the future": ("app/models/far.py", "import app.schedules.solving\n"),
    "a new folder chooses its place on the line": ("app/billing/__init__.py", ""),
    "the engine knows no database": ("scheduler/far.py", "import sqlalchemy\n"),
    "the engine knows nothing of the house": ("scheduler/far.py", "import app.errors\n"),
    "the readers know nothing of the engine": ("importers/far.py", "import scheduler\n"),
    "only the public names of the engine": ("app/schedules/far.py", "import scheduler.problem\n"),
    "only the public names of the readers": ("app/registrations/importing.py", "import importers.rows\n"),
}


def write(root: Path, files: dict[str, str]) -> Tree:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Tree(root)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: rules.Rule) -> None:
    assert rule(OURS) == []


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_broken_rule_is_noticed(rule: rules.Rule, tmp_path: Path) -> None:
    assert len(rule(write(tmp_path, BROKEN[rule]))) == 1


def import_rules_of(root: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-logo",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def copy_of_the_packages(target: Path) -> Path:
    for package in ("app", "importers", "scheduler"):
        shutil.copytree(ROOT / package, target / package, ignore=shutil.ignore_patterns(*NEVER_OURS))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


@pytest.mark.parametrize("name", FORBIDDEN_IMPORTS)
def test_an_import_that_breaks_the_order_is_noticed(name: str, tmp_path: Path) -> None:
    where, line = FORBIDDEN_IMPORTS[name]
    root = copy_of_the_packages(tmp_path)
    for folder in ("models", "registrations", "schedules"):
        write(root, {f"app/{folder}/__init__.py": A_MODULE})
    (root / where).parent.mkdir(exist_ok=True)
    with (root / where).open("a", encoding="utf-8") as module:
        module.write(line)

    verdict = import_rules_of(root)

    assert verdict.returncode == 1, verdict.stdout + verdict.stderr


def test_the_imports_of_the_house_are_in_order(tmp_path: Path) -> None:
    verdict = import_rules_of(copy_of_the_packages(tmp_path))

    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
