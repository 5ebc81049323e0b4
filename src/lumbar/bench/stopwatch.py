"""Run one task on a clip in a process of its own, on some of the cores, and say what it took.

    python -P stopwatch.py TASK CLIP CORES

TASK is ``module:function`` or ``file.py:function``. The last line printed is JSON, see :func:`time_task`.
This file is run by interpreters that have no Lumbar, too, so it imports nothing but Python's own library.
"""

import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

#: What a task gets beside the clip: it calls this with the name of the stage that begins now.
Mark = Callable[[str], None]
#: A task goes through the whole clip and returns the number of frames that it went through.
Task = Callable[[Path, Mark], int]


#: Two clocks, in seconds: what passed on the wall, and what the processor worked for us in all threads.
Clocks = Callable[[], tuple[float, float]]


def _clocks() -> tuple[float, float]:
    return perf_counter(), process_time()


class Stopwatch:
    """Adds up the time that each stage takes on both clocks; one stage runs at a time, and may come back."""

    def __init__(self, clocks: Clocks = _clocks) -> None:
        self.stage_s: dict[str, float] = {}
        self.stage_cpu_s: dict[str, float] = {}
        self._clocks, self._stage, self._since_s = clocks, "", clocks()

    def mark(self, stage: str) -> None:
        """End the stage that is running and begin the named one; the empty name is no stage."""
        now_s = self._clocks()
        if self._stage:
            for sums, now, since in zip((self.stage_s, self.stage_cpu_s), now_s, self._since_s, strict=True):
                sums[self._stage] = sums.get(self._stage, 0.0) + now - since
        self._stage, self._since_s = stage, now_s


def count_cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def keep_to(cores: int) -> None:
    """Keep this process to the first few of its cores; does nothing where the system cannot (macOS)."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def peak_bytes() -> int:
    """Return the most memory that this process ever held.

    Linux keeps the mark per program (VmHWM); ``ru_maxrss`` would start at that of the parent there.
    """
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    import resource  # noqa: PLC0415 - not on every system

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def find_task(name: str) -> Task:
    """Return the function that ``module:function`` or ``file.py:function`` names."""
    place, _, function = name.rpartition(":")
    if place.endswith(".py"):
        spec = importlib.util.spec_from_file_location(Path(place).stem, place)
        if spec is None or spec.loader is None:
            raise ImportError(place)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    else:
        module = importlib.import_module(place)
    task: Task = getattr(module, function)
    return task


def time_task(task: Task, clip: Path) -> dict[str, object]:
    """Run a task; return frames, seconds on both clocks in all and per stage, and the most bytes held."""
    whole, stages = Stopwatch(), Stopwatch()
    whole.mark("total")
    frames = task(clip, stages.mark)
    stages.mark("")
    whole.mark("")
    return {
        "frames": frames,
        "total_s": whole.stage_s["total"],
        "total_cpu_s": whole.stage_cpu_s["total"],
        "stage_s": stages.stage_s,
        "stage_cpu_s": stages.stage_cpu_s,
        "peak_bytes": peak_bytes(),
    }


def main() -> None:
    """Run the task that the command line names."""
    name, clip, cores = sys.argv[1:]
    keep_to(int(cores))
    spent = time_task(find_task(name), Path(clip))
    sys.stdout.write(json.dumps(spent) + "\n")


if __name__ == "__main__":
    main()
