"""Errors are interface: the tree drawn in the module is the tree that exists."""

import copy
import inspect
import re

import pytest

import lumbar.errors

#: What to make each error of that takes more than what it says.
PARTS = {
    "ClipError": ("a.mp4", "It breaks.", "Copy it again."),
    "LogError": ("a.csv", "A row breaks.", "Mend it.", 3),
    "ValueRangeError": ("mass", -1, "20 to 400 kg"),
    "AnswersError": (["One.", "Two."],),
    "KnowledgeError": (["One.", "Two."],),
    "ShapeError": ("time_s", "(time,)", (3,), (4,)),
    "RendererMissingError": (),
    "MissingExtraError": ("The app", "web"),
}
LINE = re.compile(r"^(?P<branch>[│├└─ ]*)(?P<name>\w+Error)\b")


def drawn(docstring: str) -> dict[str, str | None]:
    """Return each error of the drawing with the error above it; a level is four characters wide."""
    parents: dict[str, str | None] = {}
    path: list[str] = []
    for line in inspect.cleandoc(docstring).splitlines():
        match = LINE.match(line.removeprefix("    "))
        if match:
            level = len(match["branch"]) // 4
            parents[match["name"]] = path[level - 1] if level else None
            path[level:] = [match["name"]]
    return parents


def test_the_drawn_tree_is_the_tree_of_classes() -> None:
    classes = {
        name: member
        for name, member in vars(lumbar.errors).items()
        if inspect.isclass(member) and member.__module__ == "lumbar.errors"
    }
    real = {name: next((base.__name__ for base in cls.__bases__ if base.__name__ in classes), None)
            for name, cls in classes.items()}  # fmt: skip
    assert drawn(lumbar.errors.__doc__ or "") == real


def test_every_error_can_be_caught_at_the_root() -> None:
    for name in drawn(lumbar.errors.__doc__ or ""):
        assert issubclass(getattr(lumbar.errors, name), lumbar.errors.LumbarError)


def test_the_law_reads_a_drawing() -> None:
    drawing = "Text.\n\n    AError\n    ├── BError   why\n    │   └── CError\n    └── DError\n\nMore text."
    assert drawn(drawing) == {"AError": None, "BError": "AError", "CError": "BError", "DError": "AError"}


@pytest.mark.parametrize("name", drawn(lumbar.errors.__doc__ or ""))
def test_an_error_arrives_whole_from_another_process(name: str) -> None:
    kind = getattr(lumbar.errors, name)
    parts = next((PARTS[base.__name__] for base in kind.__mro__ if base.__name__ in PARTS), ("It broke.",))
    sent = kind(*parts)
    got = copy.copy(sent)
    assert (type(got), str(got), vars(got)) == (kind, str(sent), vars(sent))
