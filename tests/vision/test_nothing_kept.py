"""Nothing leaves the machine: the runtime of the networks keeps no notes for its maker."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOADING = "from lumbar.vision.blazepose import _session; _session('full', 1)"


def load(home: Path, code: str) -> list[Path]:
    place = {"HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    inherited = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run([sys.executable, "-c", code], env={**inherited, **place}, check=True, timeout=120)
    return [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.slow
def test_loading_a_network_writes_nothing_into_the_home_folder(tmp_path: Path) -> None:
    assert load(tmp_path, LOADING) == []
