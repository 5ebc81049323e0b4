"""What the laws look at: the files of the project, their syntax trees, and the modules themselves."""

import ast
import importlib
import pkgutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

#: Modules that are run: the command, and what Alembic runs between two databases.
RUN = ("lumbar.__main__", "lumbar.store.migrations")


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its path from the root of the project, its text and its syntax tree."""

    path: Path
    text: str
    tree: ast.Module


def _files(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name == ".git" or any(fnmatch(entry.name, pattern) for pattern in ignored):
            continue
        if entry.is_dir():
            yield from _files(entry, ignored)
        else:
            yield entry.relative_to(ROOT)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file that is not ignored by git; works in an unpacked archive, too."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return list(_files(ROOT, [pattern.rstrip("/") for pattern in ignored]))


@pytest.fixture(scope="session")
def texts(files: list[Path]) -> dict[Path, str]:
    """Every file that is text."""
    found = {}
    for path in files:
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            found[path] = content.decode("utf-8")
    return found


@pytest.fixture(scope="session")
def python_files(texts: dict[Path, str]) -> list[Source]:
    """Every Python file of the project: product, tests, studies."""
    return [Source(path, text, ast.parse(text)) for path, text in texts.items() if path.suffix == ".py"]


@pytest.fixture(scope="session")
def product(python_files: list[Source]) -> list[Source]:
    """The Python files of the product."""
    return [source for source in python_files if source.path.is_relative_to("src/lumbar")]


@pytest.fixture(scope="session")
def modules() -> list[ModuleType]:
    """Every module of the product that is there to be imported."""
    package = importlib.import_module("lumbar")
    names = [info.name for info in pkgutil.walk_packages(package.__path__, "lumbar.")]
    return [package, *(importlib.import_module(name) for name in names if not name.startswith(RUN))]


@pytest.fixture(scope="session")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
