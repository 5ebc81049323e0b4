"""The stopwatch adds up stages, keeps to its cores, and runs without Lumbar."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.bench import stopwatch
from lumbar.bench.stopwatch import Stopwatch, find_task, peak_bytes

TASK = """
def count(clip, mark):
    mark("reading")
    return len(clip.read_bytes())

def fail(clip, mark):
    raise RuntimeError("the plate fell off")

def cores(clip, mark):
    import os
    return len(os.sched_getaffinity(0))

def hold(clip, mark):
    held = bytearray(150_000_000)
    held[::4096] = b"x" * len(held[::4096])
    return 1
"""


@pytest.fixture
def task_file(tmp_path: Path) -> Path:
    path = tmp_path / "task.py"
    path.write_text(TASK, encoding="utf-8")
    return path


def run(task: str, clip: Path, cores: int = 1) -> subprocess.CompletedProcess[str]:
    # -S and -I: no site-packages, so no Lumbar and no numpy either.
    command = [sys.executable, "-I", "-S", stopwatch.__file__, task, str(clip), str(cores)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def clocks(*times_s: float) -> Callable[[], tuple[float, float]]:
    """Return clocks that show these times one after another; the processor works half of the time."""
    ticks = iter(times_s)
    return lambda: (now_s := next(ticks), now_s / 2)


def test_a_stage_that_comes_back_adds_up_on_both_clocks() -> None:
    watch = Stopwatch(clocks(0, 1, 3, 7, 8, 20))
    for stage in ("decode", "pose", "decode", "", ""):
        watch.mark(stage)
    assert watch.stage_s == {"decode": 2 + 1, "pose": 4}
    assert watch.stage_cpu_s == {"decode": 1.5, "pose": 2}


@given(st.lists(st.sampled_from(["decode", "pose", "bar"]), min_size=1))
def test_stages_leave_no_time_out(stages: list[str]) -> None:
    watch = Stopwatch(clocks(*map(float, range(len(stages) + 2))))
    for stage in [*stages, ""]:
        watch.mark(stage)
    # A tick of one second passes before the first mark, and one between each two.
    assert sum(watch.stage_s.values()) == len(stages)


def test_it_runs_a_task_of_a_file_without_anything_installed(task_file: Path) -> None:
    done = run(f"{task_file}:count", task_file)
    spent = json.loads(done.stdout)
    assert spent["frames"] == len(TASK)
    assert list(spent["stage_s"]) == ["reading"]
    assert 0 < spent["stage_s"]["reading"] <= spent["total_s"]


def test_it_finds_a_task_of_a_module() -> None:
    assert find_task("json:dumps") is json.dumps


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process choose its cores")
def test_it_keeps_to_one_core(task_file: Path) -> None:
    assert json.loads(run(f"{task_file}:cores", task_file, cores=1).stdout)["frames"] == 1


def test_it_sees_the_memory_that_the_task_held(task_file: Path) -> None:
    little = json.loads(run(f"{task_file}:count", task_file).stdout)["peak_bytes"]
    much = json.loads(run(f"{task_file}:hold", task_file).stdout)["peak_bytes"]
    # The array is 150 MB; what else the two runs differ by is Python's own, a few MB.
    assert much - little == pytest.approx(150e6, abs=10e6)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the mark is the system's own")
def test_the_childs_memory_is_not_the_parents(task_file: Path) -> None:
    held = bytearray(200_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert peak_bytes() > 200e6
    assert json.loads(run(f"{task_file}:count", task_file).stdout)["peak_bytes"] < 100e6
