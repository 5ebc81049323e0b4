"""How many rows a minute many clips give: on one core, on two, and by two commands with half the clips each.

All three take turns on the same clips. Two cores of one machine share its memory and its clock, so that two
programs that have nothing to do with each other are slowed as well: the two commands say by how much.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from lumbar.bench.clips import FORMATS, make
from lumbar.bench.rows import Row, at_least
from lumbar.bench.runs import Run, run_task
from lumbar.bench.stopwatch import count_cores

TASK = "lumbar.bench.tasks:batch"
#: Two cores are to do at least this many times the work of one: near-linear. An engineering rule.
GOAL_RATIO = 1.6
#: One command on two cores is to do nearly what two commands on a core each do. An engineering rule.
GOAL_OF_TWO_COMMANDS = 0.95
#: Clips, their length in s, and turns: few and short, but more clips than cores, and a pull in each.
FULL, QUICK = (12, 4, 3), (4, 2, 1)
_ONE, _TWO, _RATIO = "batch-rows-per-minute-1-core", "batch-rows-per-minute-2-cores", "batch-2-cores-vs-1-core"
_OF_TWO_COMMANDS = "batch-2-cores-vs-two-commands"


def rows(folder: Path, *, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure rows per minute; ``folder`` keeps the clips."""
    clips, duration_s, turns = QUICK if quick else FULL
    kind = next(kind for kind in FORMATS if kind.name == "720p30")
    clip = make(folder / "clips", kind, duration_s)
    films = copies(clip, folder / f"batch-{clips}x{duration_s}s", range(clips))
    half, other = (
        copies(clip, folder / f"batch-{clips}x{duration_s}s-{part}-of-2", range(part - 1, clips, 2))
        for part in (1, 2)
    )
    one, two, apart = [], [], []
    for turn in range(turns):
        say(f"{clips} clips on 1 core, on 2, and by two commands: turn {turn + 1} of {turns}")
        one.append(_per_minute(run_task(TASK, films, 1)))
        if count_cores() > 1:
            two.append(_per_minute(run_task(TASK, films, 2)))
            apart.append(sum(map(_per_minute, _at_once(half, other))))
    yield from _told(one, two, apart, f"{clips} clips of {duration_s} s, {kind.name}, in one command")


def _per_minute(run: Run) -> float:
    return 60 * run.frames_per_s


def _at_once(*folders: Path) -> list[Run]:
    """Measure each folder on a core of its own, all at the same time."""
    linux = sys.platform == "linux"
    cores = sorted(os.sched_getaffinity(0)) if linux else range(len(folders))

    def measure(folder: Path, core: int) -> Run:
        if linux:
            # Of this thread alone; the command that it starts inherits it.
            os.sched_setaffinity(0, {core})
        return run_task(TASK, folder, 1)

    with ThreadPoolExecutor(len(folders)) as pool:
        return list(pool.map(measure, folders, cores))


def _told(one: list[float], two: list[float], apart: list[float], what: str) -> Iterator[Row]:
    note = what if two else f"needs 2 cores; this process may use 1 of them. {what}"
    yield Row(_ONE, median(one), "rows/min", n=len(one), note=what)
    yield Row(_TWO, _median(two), "rows/min", baseline=_median(apart), n=len(two), note=note)
    for name, goal, others in ((_RATIO, GOAL_RATIO, one), (_OF_TWO_COMMANDS, GOAL_OF_TWO_COMMANDS, apart)):
        ratios = [ours / other for ours, other in zip(two, others, strict=False)]
        yield at_least(goal, Row(name, _median(ratios), "ratio", n=len(ratios), note=note))


def _median(values: list[float]) -> float | None:
    return median(values) if values else None


def copies(clip: Path, folder: Path, numbers: Iterable[int]) -> Path:
    """Return a folder with the same film once for each number, each in a file of other bytes.

    What differs is a ``free`` box at the end, which readers pass over (ISO 14496-12, 8.1.2).
    """
    folder.mkdir(parents=True, exist_ok=True)
    film = clip.read_bytes()
    for number in numbers:
        box = (12).to_bytes(4, "big") + b"free" + number.to_bytes(4, "big")
        (folder / f"{number:03}.mp4").write_bytes(film + box)
    return folder
