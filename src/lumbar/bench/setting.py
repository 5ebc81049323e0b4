"""When, where and on which commit something was measured; without it a number is a rumour."""

import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lumbar.bench.stopwatch import count_cores


@dataclass(frozen=True, slots=True)
class Setting:
    """What must be known to measure the same again.

    ``commit`` is None outside a checkout, and ends in ``+`` where files differed from it. ``date`` is UTC.
    ``load`` is how many processes wanted a core before we began, over a minute; None where nobody counts.
    """

    commit: str | None
    date: str
    machine: str
    python: str
    load: float | None

    def __str__(self) -> str:
        before = "" if self.load is None else f", load {self.load:g} before"
        return f"{self.date[:10]}, commit {self.commit or 'unknown'}, {self.machine}, {self.python}{before}"


def here() -> Setting:
    """Return the setting of this moment and this machine."""
    date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Setting(_commit(), date, f"{count_cores()} × {_processor()}, {platform.system()}", _python(), _load())


def _load() -> float | None:
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def _python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()}"


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _commit() -> str | None:
    is_ours = _git("ls-files", "--error-unmatch", Path(__file__).name) is not None
    commit = _git("rev-parse", "HEAD") if is_ours else None
    if commit is None:
        return None
    return commit[:12] + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*arguments: str) -> str | None:
    command = ["git", "-C", str(Path(__file__).parent), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
