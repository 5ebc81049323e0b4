"""What one run of a task took, measured in a child process so that nothing of ours weighs on it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lumbar.bench import stopwatch
from lumbar.errors import BenchError


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one task over one clip; what is per stage has the stages that the task marked.

    ``_s`` is time on the wall, ``_cpu_s`` the processor's work in all threads: that of a busy machine tells
    what the wall cannot.
    """

    frames: int
    total_s: float
    total_cpu_s: float
    stage_s: Mapping[str, float]
    stage_cpu_s: Mapping[str, float]
    peak_bytes: int

    @property
    def frames_per_s(self) -> float:
        """Return the frame rate of the whole task."""
        return self.frames / self.total_s

    def stage_frames_per_s(self, stage: str) -> float:
        """Return the frame rate of one stage, as if the others took no time."""
        return self.frames / self.stage_s[stage]


def run_task(task: str, clip: Path, cores: int, python: Path | None = None) -> Run:
    """Run a task in a child process on some of the cores; raise :class:`BenchError` when it fails.

    Parameters
    ----------
    task
        ``module:function`` or ``file.py:function``, a :data:`lumbar.bench.stopwatch.Task`.
    clip
        The clip that it is to go through.
    cores
        On how many cores.
    python
        The interpreter to run it with; this one when not given.
    """
    command = [str(python or sys.executable), "-P", stopwatch.__file__, task, str(clip), str(cores)]
    # glog and TensorFlow Lite chatter by default; what they say of an error still comes.
    quiet = {"GLOG_minloglevel": "2", "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | quiet)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}, and not a word"]
        raise BenchError(f"{task} on {clip.name} failed: {said[-1]}. Run it alone: {' '.join(command)}")
    run = Run(**json.loads(done.stdout.splitlines()[-1]))
    if run.frames == 0:
        raise BenchError(f"{task} went through no frame of {clip.name}. Look at the clip.")
    return run
