"""The pages of answers and claims are what the command says."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from lumbar.guide.answers import answers
from lumbar.knowledge.library import library

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("guide_pages", DOCS / "guide.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_pages_are_the_generated_ones(script: ModuleType) -> None:
    for name, make in script.PAGES.items():
        assert (DOCS / name).read_text("utf-8") == make()


def test_every_claim_and_every_answer_is_on_its_page(script: ModuleType) -> None:
    assert [claim for claim in library().claims if f"| {claim} " not in script.claims_page()] == []
    page = script.answers_page()
    assert [name for name, answer in answers().items() if f"### {answer.question}\n" not in page] == []


def test_every_card_that_is_named_has_its_source_on_the_page(script: ModuleType) -> None:
    for make in script.PAGES.values():
        body, _, evidence = make().partition("## The evidence")
        named = {card for card in library().cards if f"{card} (" in body}
        assert [card for card in sorted(named) if f"**{card} (" not in evidence] == []
