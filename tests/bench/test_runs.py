"""A run is measured in a process of its own, and a failed one says why."""

from pathlib import Path

import pytest

from lumbar.bench.runs import Run, run_task
from lumbar.errors import BenchError


def test_rates_are_frames_by_seconds() -> None:
    run = Run(300, 10.0, 15.0, {"pose": 6.0}, {"pose": 9.0}, 1)
    assert run.frames_per_s == 30
    assert run.stage_frames_per_s("pose") == 50


def test_a_run_brings_back_what_the_task_did(tmp_path: Path) -> None:
    task = tmp_path / "task.py"
    task.write_text("def go(clip, mark):\n    print('chatter')\n    mark('all')\n    return 7\n", encoding="utf-8")
    run = run_task(f"{task}:go", tmp_path / "clip.mp4", cores=1)
    assert run.frames == 7
    assert list(run.stage_s) == ["all"]


def test_a_failed_run_says_what_the_task_said_and_how_to_run_it_alone(tmp_path: Path) -> None:
    task = tmp_path / "task.py"
    task.write_text("def go(clip, mark):\n    raise OSError('the plate fell off')\n", encoding="utf-8")
    with pytest.raises(BenchError, match=r"clip\.mp4 failed: OSError: the plate fell off\. Run it alone: "):
        run_task(f"{task}:go", tmp_path / "clip.mp4", cores=1)


def test_a_run_over_nothing_is_no_measurement(tmp_path: Path) -> None:
    task = tmp_path / "task.py"
    task.write_text("def go(clip, mark):\n    return 0\n", encoding="utf-8")
    with pytest.raises(BenchError, match=r"no frame of clip\.mp4"):
        run_task(f"{task}:go", tmp_path / "clip.mp4", cores=1)


def test_a_task_that_dies_without_a_word_is_named_by_its_code(tmp_path: Path) -> None:
    task = tmp_path / "task.py"
    task.write_text("import os\ndef go(clip, mark):\n    os._exit(3)\n", encoding="utf-8")
    with pytest.raises(BenchError, match="exit code 3"):
        run_task(f"{task}:go", tmp_path / "clip.mp4", cores=1)
