"""The example for programs runs as it stands."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "plan.md"


def test_the_example_for_programs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(code, {})  # noqa: S102 - our own document
    shown, changed = capsys.readouterr().out.splitlines()
    assert "Plank" in shown
    assert "Plank: waits for now." in changed
