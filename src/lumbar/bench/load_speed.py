"""How fast a load's range is drawn, beside a loop over a rigid-body engine in the same run."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from lumbar.bench.load_tasks import DRAWS, FRAMES, TIMES
from lumbar.bench.rows import Row, at_most
from lumbar.bench.runs import run_task

OURS, ENGINE = "lumbar.bench.load_tasks:monte_carlo", "lumbar.bench.load_tasks:engine_loop"
#: One core, the median of so many turns; and the goal, which a page with eight reps can bear. Engineering rules.
_CORES, _TURNS, _GOAL_MS = 1, 3, 50.0


def monte_carlo(say: Callable[[str], None]) -> Iterator[Row]:
    """Yield the row ``monte-carlo-300x1000``: milliseconds of one core for 300 frames and 1,000 draws.

    Both work in one thread, so the processor's time is what the wall shows on a machine that does nothing else.
    """
    has_engine = find_spec("mujoco") is not None
    ours, theirs = [], []
    for turn in range(_TURNS):
        say(f"{FRAMES} frames, {DRAWS} draws: turn {turn + 1} of {_TURNS}")
        ours.append(1000 * run_task(OURS, Path(), _CORES).stage_cpu_s["draw"] / TIMES)
        if has_engine:
            theirs.append(1000 * run_task(ENGINE, Path(), _CORES).stage_cpu_s["draw"])
    note = f"processor time on one core; ours {min(ours):.3g} to {max(ours):.3g} over the turns"
    note += "; baseline: MuJoCo's inverse dynamics, frame by frame" if theirs else "; MuJoCo is not installed"
    baseline = median(theirs) if theirs else None
    yield at_most(
        _GOAL_MS, Row("monte-carlo-300x1000", median(ours), "ms", baseline=baseline, n=_TURNS, note=note)
    )
