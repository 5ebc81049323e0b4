"""What a lifter reads promises nothing and judges nobody: the words that are not ours to use.

The list follows the wording rules of the project: an education and training log does not diagnose, detect or
treat, promises no safety, and never calls a back damaged. It is checked in templates, in knowledge, and in
every sentence that the code itself holds.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FORBIDDEN = re.compile(
    r"""
    \b(?:
        diagnos\w* | detects? | treats? | cures? | safe(?:ly)? | all[ ]clear | guarantee\w*
      | prevents?[ ](?:\w+[ ]){0,2}injur\w* | risk[ ]score\w* | permanent[ ]damage
      | (?:damaged|degenerated|weak|slipped)[ ](?:\w+[ ]){0,2}(?:spines?|backs?|dis[ck]s?)
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: What must be said, and says the opposite of what is forbidden.
ALLOWED = re.compile(
    r"\b(?:(?:does|do|did|can) ?not|cannot|never) diagnose\b|\bnot an? diagnosis\b", re.IGNORECASE
)

#: Keys of knowledge files that quote others, or that hold the forbidden words themselves.
QUOTING_KEYS = {
    "asked", "examples", "patterns",
    "title", "journal", "citation", "source", "sources", "quote", "url", "at", "forbidden", "must_not_say",
}  # fmt: skip

#: Parts of a template that nobody reads: expressions and comments of Jinja, styles, scripts.
UNREAD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<style.*?</style>|<script.*?</script>|<!--.*?-->", re.DOTALL)

TEMPLATES = {".html", ".jinja", ".j2", ".svg", ".txt"}


def forbidden(sentence: str) -> list[str]:
    return [hit.group() for hit in FORBIDDEN.finditer(ALLOWED.sub("", sentence))]


def faults(sentences: set[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Return what is forbidden, by file and sentence; nothing where nothing is."""
    return {place: hits for place in sentences if (hits := forbidden(place[1]))}


def values(node: Any) -> Iterator[str]:
    """Yield each string of a TOML document that is ours and not a quotation."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in QUOTING_KEYS:
                yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield each string literal with a space in it that is no docstring."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node) is not None
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        if is_text and id(node) not in docstrings:
            yield node.value


def is_evidence(path: Path) -> bool:
    """Whether a knowledge file quotes the evidence or the forbidden words, and speaks to no lifter."""
    return path.parts[0] in {"cards", "sources.toml"} or path == Path("wording/forbidden.toml")


def test_templates_use_no_forbidden_word(texts: dict[Path, str]) -> None:
    folder = Path("src/lumbar")
    pages = {p: text for p, text in texts.items() if p.is_relative_to(folder) and p.suffix in TEMPLATES}
    assert faults({(str(path), UNREAD.sub("", text)) for path, text in pages.items()}) == {}


def test_knowledge_uses_no_forbidden_word(texts: dict[Path, str]) -> None:
    folder = Path("src/lumbar/knowledge")
    cards = {
        p: tomllib.loads(text)
        for p, text in texts.items()
        if p.is_relative_to(folder) and p.suffix == ".toml" and not is_evidence(p.relative_to(folder))
    }
    assert faults({(str(path), sentence) for path, card in cards.items() for sentence in values(card)}) == {}


def test_sentences_in_the_code_use_no_forbidden_word(product: list) -> None:
    assert faults({(str(source.path), text) for source in product for text in sentences(source.tree)}) == {}


def test_the_first_page_uses_no_forbidden_word(texts: dict[Path, str]) -> None:
    assert forbidden(texts[Path("README.md")]) == []


@pytest.mark.parametrize(
    ("sentence", "hits"),
    [
        ("Your back is safe now.", ["safe"]),
        ("This detects a slipped disc.", ["detects", "slipped disc"]),
        ("It prevents lower back injuries.", ["prevents lower back injuries"]),
        ("This is no diagnosis of yours.", ["diagnosis"]),
        ("A diagnostic score", ["diagnostic"]),
        ("Lumbar does not diagnose.", []),
        ("A safety pin stops the bar.", []),
        ("Your lower back rounded 14° more.", []),
    ],
)
def test_the_law_knows_a_promise(sentence: str, hits: list[str]) -> None:
    assert forbidden(sentence) == hits


def test_quotations_in_knowledge_are_left_alone() -> None:
    card = {"says": "plain words", "sources": [{"title": "Diagnosis and treatment"}], "more": ["a safe lift"]}
    assert [hit for value in values(card) for hit in forbidden(value)] == ["safe"]


def test_code_is_read_without_its_docstrings() -> None:
    tree = ast.parse('"""Treats it."""\ndef f():\n    """Cures it."""\n    return "this cures it", "cures"')
    assert list(sentences(tree)) == ["this cures it"]
