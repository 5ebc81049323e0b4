"""A module fits on a few screens, a function on one."""

import ast
from collections.abc import Iterator

MODULE_LINES = 400
FUNCTION_LINES = 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


def function_lines(function: Function) -> int:
    """Count the lines from ``def`` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def long_functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and function_lines(node) > FUNCTION_LINES:
            yield node.name, function_lines(node)


def test_no_module_is_longer_than_its_reader_has_patience(python_files: list) -> None:
    lengths = {str(source.path): len(source.text.splitlines()) for source in python_files}
    assert {path: length for path, length in lengths.items() if length > MODULE_LINES} == {}


def test_no_function_is_longer_than_a_screen(python_files: list) -> None:
    assert [(str(s.path), name, lines) for s in python_files for name, lines in long_functions(s.tree)] == []


def test_the_law_counts_statements_and_not_the_docstring() -> None:
    body = "\n".join(f"    x = {n}" for n in range(FUNCTION_LINES - 1))
    docstring = '    """Say.\n\n    More.\n    """\n'
    assert list(long_functions(ast.parse(f"def f():\n{docstring}{body}"))) == []
    assert list(long_functions(ast.parse(f"def f():\n{docstring}{body}\n    y = 1"))) == [("f", 41)]
