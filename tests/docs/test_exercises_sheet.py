"""The sheet of drawings in the documents is the one that the product draws now."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_sheet_is_made_from_the_exercises_that_ship() -> None:
    command = [sys.executable, str(ROOT / "docs/exercises.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
