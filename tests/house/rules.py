"""The rules of the house that no linter knows: each takes a tree and names the places that break it."""

import ast
import re
from collections.abc import Callable

from tests.house.tree import PACKAGES, Module, Tree

Rule = Callable[[Tree], list[str]]

DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "service",
    "services",
    "repository",
    "repositories",
    "misc",
    "manager",
}
CLOCKS = {"now", "utcnow", "today", "monotonic", "perf_counter", "time_ns", "monotonic_ns"}
SYNONYMS_OF_MEETING = ("appointment", "rdv", "rendezvous", "rendez_vous", "booking")
AFTER_SCHEDULES = {"schedules", "agendas", "onsite", "outcomes", "privacy"}
SPEAKS_HTTP = {"api.py", "pages.py", "main.py", "templating.py", "access.py", "cookies.py"}
HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)", "deb\\." + r"debian\.org"]),
    re.I,
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wo" + r"rk|fa" + r"rm|ro" + r"ot)/(?!\*)")


def every_module_says_in_its_first_line_what_lives_here(tree: Tree) -> list[str]:
    return [
        f"{module.path}: no docstring in the first line"
        for module in tree.modules()
        if not (ast.get_docstring(module.syntax) or "").strip() or not module.lines[0].startswith('"""')
    ]


def there_are_no_drawers(tree: Tree) -> list[str]:
    return [
        f"{m.path}: a drawer, not a thing"
        for m in tree.modules(*PACKAGES)
        if DRAWERS & {*m.path.parent.parts, m.path.stem}
    ]


def a_long_file_says_why(tree: Tree) -> list[str]:
    return [
        f"{module.path}: {len(module.lines)} lines and no `# Long because`"
        for module in tree.modules(*PACKAGES)
        if len(module.lines) > 300 and "# Long because" not in module.text
    ]


def a_long_function_says_why(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: {node.name} has {_statements(node)} statements and no `# Long because`"
        for module in tree.modules(*PACKAGES)
        for node in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and _statements(node) > 30
        and "# Long because" not in (ast.get_source_segment(module.text, node) or "")
    ]


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def only_the_clock_asks_the_time(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: asks the time by .{node.attr}"
        for module in tree.modules(*PACKAGES)
        if module.path.name != "clock.py"
        for node in module.nodes(ast.Attribute)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (
            node.attr in CLOCKS
            or (node.attr == "time" and isinstance(node.value, ast.Name) and node.value.id == "time")
        )
        and ast.unparse(node.value)
        in ("time", "datetime", "date", "datetime.datetime", "datetime.date", "dt", "dt.datetime", "dt.date")
    ]


def randomness_is_an_argument(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: draws from the shared generator by random.{node.attr}"
        for module in tree.modules(*PACKAGES)
        for node in module.nodes(ast.Attribute)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "random"
        and node.attr != "Random"
    ]


def everything_is_caught_at_the_job_boundary_only(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: catches everything"
        for module in tree.modules(*PACKAGES)
        if str(module.path) != "app/jobs/running.py"
        for node in module.nodes(ast.ExceptHandler)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]


def a_meeting_has_no_other_name(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: `{name}` is a meeting"
        for module in tree.modules(*PACKAGES)
        for node, name in _names_given(module)
        if any(synonym in name.lower() for synonym in SYNONYMS_OF_MEETING)
    ]


def a_participant_exists_only_for_the_engine(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: `{name}` is an organisation"
        for module in tree.modules("app")
        if module.slice not in AFTER_SCHEDULES
        for node, name in _names_given(module)
        if "participant" in name.lower()
    ]


def _names_given(module: Module) -> list[tuple[ast.AST, str]]:
    named: list[tuple[ast.AST, str]] = []
    for node in ast.walk(module.syntax):
        match node:
            case (
                ast.FunctionDef(name=name)
                | ast.ClassDef(name=name)
                | ast.arg(arg=name)
                | ast.Name(id=name, ctx=ast.Store())
            ):
                named.append((node, name))
    return named


def no_package_exports_a_name_that_is_one_of_its_modules(tree: Tree) -> list[str]:
    faults = []
    for module in tree.modules(*PACKAGES):
        if module.path.name == "__init__.py":
            siblings = {path.stem for path in (tree.root / module.path).parent.glob("*.py")}
            exported = {
                name.asname or name.name
                for node in module.syntax.body
                if isinstance(node, ast.ImportFrom)
                for name in node.names
            }
            faults += [f"{module.path}: exports `{name}` and hides the module" for name in sorted(siblings & exported)]
    return faults


def tests_and_migrations_are_no_packages(tree: Tree) -> list[str]:
    return [f"{m.path}: must not exist" for m in tree.modules("tests", "alembic") if m.path.name == "__init__.py"]


def tests_use_the_real_thing(tree: Tree) -> list[str]:
    return [
        f"{module.path}:{line}: imports {name}"
        for module in tree.modules("tests")
        for line, name in module.imports()
        if name.startswith(("unittest.mock", "pytest_mock", "mock."))
    ]


def every_test_can_fail(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: {node.name} asserts nothing"
        for module in tree.modules("tests")
        for node in _functions(module)
        if node.name.startswith("test_") and not _can_fail(node, module)
    ]


def _can_fail(function: ast.FunctionDef, module: Module) -> bool:
    """It asserts, or calls a function beside it that does."""
    beside = {one.name: one for one in _functions(module) if not one.name.startswith("test_")}
    called = {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return any(_asserts(one, module) for one in (function, *(beside[name] for name in called & beside.keys())))


def _asserts(function: ast.FunctionDef, module: Module) -> bool:
    if any(isinstance(inner, ast.Assert) for inner in ast.walk(function)):
        return True
    text = ast.get_source_segment(module.text, function) or ""
    return re.search(r"raises|warns|expect\(|assert_|check_", text) is not None


def _functions(module: Module) -> list[ast.FunctionDef]:
    return [node for node in module.nodes(ast.FunctionDef) if isinstance(node, ast.FunctionDef)]


def a_skipped_test_names_what_is_missing(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: skips without saying what is missing"
        for module in tree.modules("tests")
        for node in module.nodes(ast.Call)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail")
        and not any(word in ast.unparse(node) for word in ("missing", "not installed", "needs"))
    ]


def what_crosses_a_wall_is_frozen(tree: Tree) -> list[str]:
    return [
        f"{module.at(node)}: {node.name} is not frozen and slotted"
        for module in tree.modules("scheduler", "importers")
        for node in module.nodes(ast.ClassDef)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in map(ast.unparse, node.decorator_list)
        if decorator.startswith("dataclass") and not ("frozen=True" in decorator and "slots=True" in decorator)
    ]


def types_are_never_waved_through(tree: Tree) -> list[str]:
    """`Any` and `cast` are not imported; a silenced checker says why in the same line."""
    waved = [
        f"{module.path}:{line}: imports {name}"
        for module in tree.modules(*PACKAGES)
        for line, name in module.imports()
        if name in ("typing.Any", "typing.cast") and "#" not in module.lines[line - 1]
    ]
    silenced = re.compile(
        r"#\s*(?:type:\s*ignore|noqa)(?:\[[\w,\s-]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?\s*(?P<why>.*)"
    )
    for module in tree.modules(*PACKAGES):
        for number, line in enumerate(module.lines, 1):
            found = silenced.search(line)
            if found and len(found["why"].strip("# ")) < 8:
                waved.append(f"{module.path}:{number}: silences a checker without saying why")
    return waved


def rules_do_not_speak_http(tree: Tree) -> list[str]:
    return [
        f"{module.path}:{line}: imports {name}"
        for module in tree.modules("app")
        if module.path.name not in SPEAKS_HTTP and module.slice != "web" and "api" not in module.path.parent.parts
        for line, name in module.imports()
        if name.split(".")[0] in ("fastapi", "starlette")
    ]


def only_schedules_and_what_follows_know_the_engine(tree: Tree) -> list[str]:
    return [
        f"{module.path}:{line}: imports {name}"
        for module in tree.modules("app")
        if module.slice not in AFTER_SCHEDULES
        for line, name in module.imports()
        if name.split(".")[0] == "scheduler"
    ]


def only_importing_knows_the_readers(tree: Tree) -> list[str]:
    return [
        f"{module.path}:{line}: imports {name}"
        for module in tree.modules("app")
        if module.path.name != "importing.py"
        for line, name in module.imports()
        if name.split(".")[0] == "importers"
    ]


def the_judge_has_no_solver(tree: Tree) -> list[str]:
    return [
        f"{module.path}:{line}: imports {name}"
        for module in tree.modules("scheduler")
        if module.path.name in ("check.py", "problem.py", "schedule.py", "codec.py")
        for line, name in module.imports()
        if name.split(".")[0] == "ortools"
        or name.startswith(("scheduler.cpsat", "scheduler.engine", "scheduler.timetable"))
    ]


def nothing_names_this_machine_or_a_registry(tree: Tree) -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}"
        for path, text in tree.texts()
        for pattern in (HOSTS, MACHINE_PATHS)
        for found in pattern.finditer(text)
    ]


def every_dependency_is_pinned_with_its_hashes(tree: Tree) -> list[str]:
    texts = [text for path, text in tree.texts() if str(path) == "requirements.txt"]
    pins = [pin for text in texts for pin in re.split(r"\n(?=[A-Za-z#])", text)]
    return [
        f"requirements.txt: {pin.splitlines()[0]}"
        for pin in pins
        if pin.strip() and not pin.startswith("#") and not ("==" in pin and "--hash=sha256:" in pin)
    ]


def a_decision_is_told_in_300_words(tree: Tree) -> list[str]:
    records = sorted((tree.root / "docs" / "decisions").glob("*.md"))
    counts = {record.name: len(record.read_text(encoding="utf-8").split()) for record in records}
    return [f"docs/decisions/{name}: {count} words" for name, count in counts.items() if count > 300]


RULES: tuple[Rule, ...] = tuple(
    rule
    for name, rule in list(globals().items())
    if callable(rule) and getattr(rule, "__module__", "") == __name__ and not name.startswith("_") and name != "Rule"
)
