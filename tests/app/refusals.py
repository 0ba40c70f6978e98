"""Finding the sentences of refusals in the code: `Conflict("…")`, `Fault("code", "…")`, and constants for them."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app import errors

APP = Path(errors.__file__).resolve().parent
OF_WHO_RUNS_IT = (
    "cli",
    "backups",
    "db.py",
    "config.py",
    "hosts/founding.py",
    "matching/importing.py",
    "privacy/scrubbing.py",
)
"""What only commands say, in English as all that they print."""
PLACE = {"Fault": 1} | {
    name: 0 for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.AppError)
}
"""Which argument is the sentence."""
BESIDE = {"seconds", "more", "current", "faults", "paths"}


@dataclass(frozen=True)
class Refusal:
    """A refusal in the code: its sentence, None where that is told in a language already, and the names it is given."""

    where: str
    sentence: str | None
    given: frozenset[str]
    fault: str | None = None

    @property
    def places(self) -> frozenset[str]:
        return frozenset(re.findall(r"{(\w+)}", self.sentence or ""))


def refusals() -> Iterator[Refusal]:
    """Yield the refusals that organisers read."""
    for path in sorted(APP.rglob("*.py")):
        name = path.relative_to(APP).as_posix()
        if not name.startswith(OF_WHO_RUNS_IT):
            yield from _Module(name, ast.parse(path.read_text("utf-8"))).refusals()


class _Module:
    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name, self.tree = name, tree
        self.constants = _constants(tree)
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app."):
                file = APP.parent / (node.module.replace(".", "/") + ".py")
                known = _constants(ast.parse(file.read_text("utf-8"))) if file.exists() else {}
                self.constants |= {one.name: known[one.name] for one in node.names if one.name in known}

    def refusals(self) -> Iterator[Refusal]:
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                assigned = _assigned(function)
                for node in ast.walk(function):
                    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACE:
                        yield from self._of(node, node.func.id, assigned)

    def _of(self, call: ast.Call, kind: str, assigned: Mapping[str, list[tuple[int, ast.expr]]]) -> Iterator[Refusal]:
        where = f"{self.name}:{call.lineno}"
        if len(call.args) <= PLACE[kind]:
            return
        given = {word.arg for word in call.keywords if word.arg} - BESIDE
        if kind == "Fault":
            values = next((word.value for word in call.keywords if word.arg == "values"), None)
            keys = values.keys if isinstance(values, ast.Dict) else []
            given = {str(key.value) for key in keys if isinstance(key, ast.Constant)}
        argument = call.args[PLACE[kind]]
        if isinstance(argument, ast.Name):  # what it was made last
            before = [value for line, value in assigned.get(argument.id, []) if line < call.lineno]
            argument = before[-1] if before else argument
        for sentence in self._sentences(argument):
            is_pieced = _says_something(sentence) or self._is_filled(sentence)
            fault = "it is put together: give its parts as values" if is_pieced else None
            text = sentence.value if isinstance(sentence, ast.Constant) else None
            yield Refusal(where, text if isinstance(text, str) else None, frozenset(given), fault)

    def _sentences(self, node: ast.expr) -> Iterator[ast.expr]:
        if isinstance(node, ast.IfExp):
            yield from self._sentences(node.body)
            yield from self._sentences(node.orelse)
        elif isinstance(node, ast.Name) and node.id in self.constants:
            yield ast.Constant(self.constants[node.id])
        else:
            yield node

    def _is_filled(self, node: ast.expr) -> bool:
        """Whether it is a sentence of the code with its places filled: `NO_VERSION.format(…)`."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"):
            return False
        whole = node.func.value
        return isinstance(whole, ast.Constant) or (isinstance(whole, ast.Name) and whole.id in self.constants)


def _assigned(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, list[tuple[int, ast.expr]]]:
    """By name, what is assigned to it and in which line."""
    found: dict[str, list[tuple[int, ast.expr]]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append((node.lineno, node.value))
    return {name: sorted(values, key=lambda one: one[0]) for name, values in found.items()}


def _says_something(node: ast.expr) -> bool:
    """Whether it is text of the code with values in it: more than the signs between them."""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return any(isinstance(part, ast.Constant) and re.search(r"\w", str(part.value)) for part in parts)


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    return found
