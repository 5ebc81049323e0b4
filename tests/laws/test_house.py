"""The repository is the same on every machine, and its modules are named after what they hold."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

#: Names that say nothing about what is inside.
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "service", "misc"}

#: Folders that exist on somebody's machine only. The look-behind leaves web addresses and relative paths be.
MACHINE_PATH = re.compile(r"(?<![\w.:/~>-])/(?:home|root|Users|work|opt|mnt|srv|tmp|private)/\w|\b[A-Z]:\\\w")

#: Where the lock may send uv, and nowhere else.
LOCK_HOSTS = {"https://pypi.org", "https://files.pythonhosted.org"}
#: Words that would send an installer somewhere else.
REGISTRY_WORDS = re.compile(r"extra[-]index|index[-]url|find[-]links|artif[a]ctory|/simple[/]")


def test_no_file_names_a_folder_of_a_machine(texts: dict[Path, str]) -> None:
    found = {str(path): MACHINE_PATH.findall(text) for path, text in texts.items()}
    assert {path: hits for path, hits in found.items() if hits} == {}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("see /" + "home/somebody/x", True),
        ('open("/' + 'tmp/x")', True),
        ("C:" + "\\Users", True),
        ("https://example.org/work/x", False),
        ("docs/root/x", False),
        ("~/.pyenv", False),
    ],
)
def test_the_law_knows_a_folder_of_a_machine(text: str, *, is_one: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is is_one


def test_the_lock_needs_no_registry_but_pypi(texts: dict[Path, str]) -> None:
    assert set(re.findall(r"https?://[^/\"]+", texts[Path("uv.lock")])) <= LOCK_HOSTS


def test_no_file_names_another_registry(texts: dict[Path, str]) -> None:
    assert [str(path) for path, text in texts.items() if REGISTRY_WORDS.search(text)] == []


def test_no_module_has_a_name_that_says_nothing(python_files: list) -> None:
    names = {part.removesuffix(".py") for source in python_files for part in source.path.parts}
    assert names & BANNED_NAMES == set()


def test_the_shipped_weights_are_the_listed_ones(root: Path) -> None:
    folder = root / "src/lumbar/vision/weights"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split() for line in lines)}
    shipped = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.onnx")}
    assert shipped == listed


def test_every_lint_rule_left_out_has_its_reason(texts: dict[Path, str], pyproject: dict[str, Any]) -> None:
    rule = re.compile(r'^  "[A-Z]+\d*"(.*)$', re.MULTILINE)
    assert pyproject["tool"]["ruff"]["lint"]["select"] == ["ALL"]
    bare = [hit.group() for hit in rule.finditer(texts[Path("pyproject.toml")]) if "# " not in hit.group()]
    assert bare == []


def test_every_public_docstring_is_left_to_ruff(pyproject: dict[str, Any]) -> None:
    """ruff checks that it is there and that its first line is a sentence; src may not turn that off."""
    lint = pyproject["tool"]["ruff"]["lint"]
    silenced = set(lint["ignore"])
    for pattern, rules in lint["per-file-ignores"].items():
        if pattern.startswith(("src", "*")):
            silenced |= set(rules)
    assert lint["pydocstyle"]["convention"] == "numpy"
    assert silenced & {"D", "D1", "D100", "D101", "D102", "D103", "D104", "D4", "D400"} == set()
