"""How long the whole-body fit takes, beside a general solver in the same run."""

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from lumbar.bench.rows import Row, at_most
from lumbar.bench.runs import run_task

OURS, SOLVER = "lumbar.bench.fit_tasks:body_fit", "lumbar.bench.fit_tasks:general_solver"
#: One core, the median of so many turns, and the goal of the project's third issue.
_CORES, _TURNS, _GOAL_S = 1, 3, 3.0


def body_fit(say: Callable[[str], None]) -> Iterator[Row]:
    """Yield the row ``body-fit-10s-60fps``: seconds of one core for the fit of 600 frames.

    Both work in one thread, so the processor's time is what the wall shows on a machine that does nothing else.
    """
    ours, theirs = [], []
    for turn in range(_TURNS):
        say(f"the whole-body fit of 10 s: turn {turn + 1} of {_TURNS}")
        ours.append(run_task(OURS, Path(), _CORES).stage_cpu_s["fit"])
        theirs.append(run_task(SOLVER, Path(), _CORES).stage_cpu_s["fit"])
    note = (
        f"processor time on one core; ours {min(ours):.3g} to {max(ours):.3g} over the turns;"
        " baseline: scipy.optimize.least_squares, sparse, on one of the ten seconds, weighed once"
    )
    yield at_most(
        _GOAL_S, Row("body-fit-10s-60fps", median(ours), "s", baseline=median(theirs), n=_TURNS, note=note)
    )
