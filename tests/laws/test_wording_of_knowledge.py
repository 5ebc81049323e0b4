"""Sentences for lifters: known words only, each with its cards, none that nobody can reach."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumbar.knowledge.library import library
from lumbar.knowledge.tables import SAYS
from lumbar.knowledge.words import faults_of

SOURCE = Path(__file__).parents[2] / "src" / "lumbar"


def said_in_code() -> set[str]:
    """Return every sentence id that the code says, with ``.+`` for what is filled in."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "bench" not in path.parts:  # there, say is a progress report
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                is_say = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"
                found |= set(_ids(node.args[0])) if is_say and node.args else set()
    return found


def _ids(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.IfExp():
            yield from (*_ids(node.body), *_ids(node.orelse))
        case ast.JoinedStr():
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values]
            yield "".join(parts)
        case ast.Constant():
            yield re.escape(str(node.value))


def needed_by_entries() -> set[str]:
    known = library()
    found = {pattern.format(id=placed.id) for placed in known.placed for pattern in SAYS.get(placed.table, ())}
    found |= {f"item.{item.id}" for screen in known.screens.values() for item in screen.items}
    return found | {f"example.{question.id}" for question in known.questions.values() if question.ask_twice}


def test_every_sentence_names_a_card_and_passes_the_law() -> None:
    known = library()
    for sentence in known.sentences.values():
        assert sentence.cards
        assert not list(faults_of(sentence.text, known.forbidden.values())), sentence.id


def test_every_sentence_that_the_code_says_exists() -> None:
    exact = {re.sub(r"\\(.)", r"\1", pattern) for pattern in said_in_code() if ".+" not in pattern}
    assert exact - library().sentences.keys() == set()


def test_no_sentence_is_out_of_reach() -> None:
    patterns = [re.compile(pattern) for pattern in said_in_code() if pattern != ".+"]
    needed = needed_by_entries()
    lost = {
        name for name in library().sentences
        if name not in needed and not any(pattern.fullmatch(name) for pattern in patterns)
    }  # fmt: skip
    assert lost == set()


@pytest.mark.parametrize(
    "text",
    [
        "You have a slipped disc.", "This is safe.", "Deadlifts are unsafe.", "All clear.", "Stop!",
        "We diagnose nothing.", "It detects a fracture.", "Lumbar treats pain.", "A cure.", "Careful ⚠",
        "It prevents injury.", "Your risk score is 3.", "It is guaranteed.", "Your weak core is why.",
        "A damaged disc.", "Permanent harm.", "A dangerous lift.", "It screens for cancer.",
        "There is nothing serious.",
    ],
)  # fmt: skip
def test_the_law_knows_what_may_not_be_said(text: str) -> None:
    assert list(faults_of(text, library().forbidden.values()))


@pytest.mark.parametrize(
    "text",
    ["Does not diagnose.", "Is a leg weak?", "A safety pin stops the bar.", "It can miss serious problems."],
)
def test_the_law_leaves_plain_words_alone(text: str) -> None:
    assert not list(faults_of(text, library().forbidden.values()))
