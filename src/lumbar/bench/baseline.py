"""Make the Python environment of the baseline, apart from ours: mediapipe needs an older Python and numpy."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from lumbar.estimate import Missing

#: The last mediapipe with its models inside and the interface that lets us choose them; Python 3.12 at most.
PACKAGE = "mediapipe==0.10.21"
VERSIONS = ("3.12", "3.11")


def prepare(folder: Path) -> Path | Missing:
    """Return the interpreter of the environment in ``folder``, making it once; or why there is none."""
    python = folder / "bin" / "python"
    ready = folder / PACKAGE
    if ready.exists():
        return python
    found = next(_pythons(), None)
    if found is None:
        return Missing(f"{PACKAGE} needs Python {' or '.join(VERSIONS)}, and there is none on this machine.")
    for command in _commands(found, folder):
        try:
            subprocess.run(command, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
            return Missing(f"{PACKAGE} could not be installed: {said[-1]}")
    ready.touch()
    return python


def _commands(python: Path, folder: Path) -> list[list[str]]:
    uv = os.environ.get("UV") or shutil.which("uv") or shutil.which("uv", path=".tools/bin")
    target = str(folder / "bin" / "python")
    if uv:
        return [
            [uv, "venv", "--quiet", "--clear", "--python", str(python), str(folder)],
            [uv, "pip", "install", "--quiet", "--python", target, PACKAGE],
        ]
    return [
        [str(python), "-m", "venv", "--clear", str(folder)],
        [target, "-m", "pip", "install", "--quiet", PACKAGE],
    ]


def _pythons() -> Iterator[Path]:
    """Yield each interpreter of a fitting version that runs."""
    for version in VERSIONS:
        on_path = shutil.which(f"python{version}")
        if f"{sys.version_info.major}.{sys.version_info.minor}" == version:
            on_path = sys.executable
        candidates = [Path(on_path)] if on_path else []
        candidates += sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
        for candidate in candidates:
            if _is(candidate, version):
                yield candidate


def _is(python: Path, version: str) -> bool:
    question = "import sys, ssl; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([str(python), "-c", question], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return done.stdout.strip() == version
