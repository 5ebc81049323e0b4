"""How many rows a minute many clips give, on one core and on two; the two take turns on the same clips."""

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from lumbar.bench.clips import FORMATS, make
from lumbar.bench.rows import Row, at_least
from lumbar.bench.runs import Run, run_task
from lumbar.bench.stopwatch import count_cores

TASK = "lumbar.bench.tasks:batch"
#: Two cores are to do at least this many times the work of one: near-linear. An engineering rule.
GOAL_RATIO = 1.6
#: Clips, their length in s, and turns: few and short, but more clips than cores, and a pull in each.
FULL, QUICK = (8, 4, 3), (4, 2, 1)
_ONE, _TWO, _RATIO = "batch-rows-per-minute-1-core", "batch-rows-per-minute-2-cores", "batch-2-cores-vs-1-core"


def rows(folder: Path, *, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure rows per minute; ``folder`` keeps the clips."""
    clips, duration_s, turns = QUICK if quick else FULL
    kind = next(kind for kind in FORMATS if kind.name == "720p30")
    films = copies(make(folder / "clips", kind, duration_s), folder / f"batch-{clips}x{duration_s}s", clips)
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for turn in range(turns):
        for cores in range(1, min(2, count_cores()) + 1):
            say(f"{clips} clips on {cores} core{'s' * (cores > 1)}: turn {turn + 1} of {turns}")
            runs[cores].append(run_task(TASK, films, cores))
    yield from _told(runs, f"{clips} clips of {duration_s} s, {kind.name}, in one command")


def _told(runs: dict[int, list[Run]], what: str) -> Iterator[Row]:
    one, two = ([60 * run.frames_per_s for run in runs[cores]] for cores in (1, 2))
    lacking = f"needs 2 cores; this process may use 1 of them. {what}"
    yield Row(_ONE, median(one), "rows/min", n=len(one), note=what)
    yield Row(_TWO, median(two) if two else None, "rows/min", n=len(two), note=what if two else lacking)
    ratios = [second / first for first, second in zip(one, two, strict=False)]
    ratio = median(ratios) if ratios else None
    yield at_least(GOAL_RATIO, Row(_RATIO, ratio, "ratio", n=len(ratios), note=what if ratios else lacking))


def copies(clip: Path, folder: Path, count: int) -> Path:
    """Return a folder with the same film ``count`` times, each in a file of other bytes.

    What differs is a ``free`` box at the end, which readers pass over (ISO 14496-12, 8.1.2).
    """
    folder.mkdir(parents=True, exist_ok=True)
    film = clip.read_bytes()
    for number in range(count):
        box = (12).to_bytes(4, "big") + b"free" + number.to_bytes(4, "big")
        (folder / f"{number:03}.mp4").write_bytes(film + box)
    return folder
