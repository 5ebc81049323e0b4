"""Documents agree with the code: layers, signs, commands, links."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lumbar.motion.motion import ANGLES, POINTS

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def first_column(text: str) -> list[list[str]]:
    """Return the code words of the first column of each table row, row by row."""
    return [re.findall(r"`(\w+)`", line.split("|")[1]) for line in text.splitlines() if line.startswith("| `")]


def test_the_layers_of_the_architecture_are_those_of_the_contract(
    texts: dict[Path, str], pyproject: dict[str, Any]
) -> None:
    contract = next(c for c in pyproject["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    layers = [[name.strip(" ()") for name in layer.split("|")] for layer in contract["layers"]]
    assert first_column(texts[Path("docs/architecture.md")]) == layers


def test_every_angle_and_point_has_its_line_in_the_conventions(texts: dict[Path, str]) -> None:
    rows = first_column(texts[Path("docs/conventions.md")])
    assert [word for row in rows for word in row] == [*POINTS, *ANGLES]


def test_links_lead_to_files_that_are_there(texts: dict[Path, str], root: Path) -> None:
    broken = set()
    for page in (path for path in texts if path.suffix == ".md"):
        for target in LINK.findall(texts[page]):
            if not (root / page.parent / target).exists():
                broken.add((page.parent / target).as_posix())
    assert broken == set()


def test_every_make_target_in_a_document_exists(texts: dict[Path, str]) -> None:
    targets = set(re.findall(r"^(\w+):", texts[Path("Makefile")], re.MULTILINE))
    pages = [text for path, text in texts.items() if path.suffix == ".md"]
    named = {name for text in pages for name in re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)}
    assert {"demo", "test"} <= named
    assert named <= targets


def test_every_command_in_a_document_exists(texts: dict[Path, str]) -> None:
    commands = set(re.findall(r"^## lumbar (\w+)$", texts[Path("docs/cli.md")], re.MULTILINE))
    pages = [text for path, text in texts.items() if path.suffix == ".md"]
    named = {name for text in pages for name in re.findall(r"(?:^|`|bin/)lumbar ([a-z]+)", text, re.MULTILINE)}
    assert "bench" in named
    assert named <= commands


def test_every_document_is_in_the_index(texts: dict[Path, str]) -> None:
    index = texts[Path("docs/README.md")]
    pages = [path.name for path in texts if path.parent == Path("docs") and path.suffix == ".md"]
    assert [name for name in pages if name != "README.md" and f"({name})" not in index] == []


def test_the_glossary_is_in_order(texts: dict[Path, str]) -> None:
    rows = re.findall(r"^\| ([^|]+) \|", texts[Path("docs/glossary.md")], re.MULTILINE)
    words = [row.casefold() for row in rows if row != "word"]
    assert words == sorted(set(words))


def test_the_licence_is_whole(texts: dict[Path, str]) -> None:
    licence = texts[Path("LICENSE")]
    headings = re.findall(r"^   (\d+)\. ", licence, re.MULTILINE)
    assert headings == [str(number) for number in range(1, 10)]
    assert "END OF TERMS AND CONDITIONS" in licence


@pytest.mark.slow
def test_generated_parts_are_what_the_product_says_now(root: Path) -> None:
    command = [sys.executable, str(root / "docs/build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
