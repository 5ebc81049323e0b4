"""Importing is silent and quick: no output, no warning, and no heavy library before it is needed."""

import subprocess
import sys
from types import ModuleType

import pytest

HEAVY = {"numpy", "scipy", "cv2", "av", "onnxruntime", "typer", "rich", "jinja2"}
#: What ``lumbar --help`` may not pull in; typer is the command line itself and brings rich.
TOO_HEAVY_FOR_HELP = {"numpy", "scipy", "cv2", "av", "onnxruntime"}


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def test_importing_lumbar_is_silent_and_pulls_in_nothing_heavy() -> None:
    done = run_python("import lumbar, sys; sys.stderr.write(' '.join(sys.modules))")
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert done.stdout == ""
    assert loaded & HEAVY == set()


def test_help_pulls_in_nothing_heavy() -> None:
    done = run_python(
        "import sys; sys.argv = ['lumbar', '--help']\n"
        "from lumbar.cli.app import main\n"
        "try: main()\n"
        "finally: sys.stderr.write(' '.join(sys.modules))"
    )
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "deadlift" in done.stdout
    assert loaded & TOO_HEAVY_FOR_HELP == set()


@pytest.mark.slow
def test_importing_every_module_prints_nothing(modules: list[ModuleType]) -> None:
    names = [module.__name__ for module in modules]
    done = run_python("\n".join(f"import {name}" for name in names))
    assert (done.stdout, done.stderr) == ("", "")
