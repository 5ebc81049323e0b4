"""The page on urgency is the rules themselves."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from lumbar.knowledge.expressions import parse
from lumbar.knowledge.library import library

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("urgency_page", DOCS / "urgency.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_page_is_the_generated_one(script: ModuleType) -> None:
    assert (DOCS / "urgency.md").read_text("utf-8") == script.page()


def test_the_page_names_every_rule_question_and_picture(script: ModuleType) -> None:
    page = script.page()
    assert not [rule for rule in library().rules if f"| {rule}<br>" not in page]
    assert not [q.id for q in library().questions.values() if q.topic == "urgency" and f"| `{q.id}` |" not in page]
    assert (DOCS / "urgency-check.svg").exists()


def test_a_condition_is_put_into_words(script: ModuleType) -> None:
    condition = parse("(pain >= 8 or yes('a')) and not dk('b') and weak != 'none'")
    words = "(`pain` at least 8 or `a`) **and** not (`b` not known) **and** `weak` is not none"
    assert script.in_words(condition) == words
