"""A tree of source files as the house rules see it: paths, texts, syntax."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGES = ("app", "importers", "scheduler")
SOURCE_ENDINGS = (
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    ".cfg",
    ".ini",
    ".html",
    ".css",
    ".js",
    ".mako",
    ".typ",
)
NEVER_OURS = {
    ".git",
    ".venv",
    "build",
    "dist",
    "__pycache__",
    ".hypothesis",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
}


class Module:
    """One Python file: where it stands, its lines and its syntax tree."""

    def __init__(self, root: Path, path: Path) -> None:
        self.path = path.relative_to(root)
        self.text = path.read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def package(self) -> str:
        return self.path.parts[0]

    @property
    def slice(self) -> str | None:
        """The folder of `app/` in which the module stands, None outside of any."""
        return self.path.parts[1] if self.package == "app" and len(self.path.parts) > 2 else None

    @cached_property
    def _nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.syntax))

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in self._nodes if isinstance(node, kinds))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every module imported, with its line; `from a import b` is `a.b`."""
        for node in self.nodes(ast.Import, ast.ImportFrom):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def line_of(self, node: ast.AST) -> str:
        return self.lines[getattr(node, "lineno", 1) - 1]


@dataclass(frozen=True)
class Tree:
    """A checkout, or a small one built to break a rule."""

    root: Path

    def files(self) -> Iterator[Path]:
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and not NEVER_OURS & set(path.relative_to(self.root).parts):
                yield path

    def texts(self) -> Iterator[tuple[Path, str]]:
        for path in self.files():
            if path.suffix in SOURCE_ENDINGS or path.name in ("Makefile", "Dockerfile", "run", ".gitignore"):
                yield path.relative_to(self.root), path.read_text(encoding="utf-8")

    def modules(self, *folders: str) -> Iterator[Module]:
        return (module for module in self._modules if not folders or module.package in folders)

    @cached_property
    def _modules(self) -> tuple[Module, ...]:
        """All of them, read once: a tree is looked at by many rules."""
        return tuple(
            Module(self.root, path)
            for folder in (*PACKAGES, "alembic", "benchmarks", "examples", "tests")
            for path in sorted((self.root / folder).rglob("*.py"))
            if not NEVER_OURS & set(path.relative_to(self.root).parts)
        )
