"""The fit's row says what its turns say, and its tasks solve the problem that they are timed on."""

from pathlib import Path

import numpy as np
import pytest

from lumbar.bench import fit_speed, fit_tasks
from lumbar.bench.runs import Run
from lumbar.motion.guess import start
from lumbar.motion.priors import expect
from lumbar.motion.problem import Problem


def test_the_row_is_the_median_of_its_turns_beside_the_general_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    took_s = {fit_speed.OURS: iter([1.5, 1.1, 1.3]), fit_speed.SOLVER: iter([9.0, 8.0, 7.0])}

    def run_task(task: str, _clip: Path, cores: int) -> Run:
        assert cores == 1
        return Run(600, 1.0, 1.0, {"fit": 1.0}, {"fit": next(took_s[task])}, 100)

    monkeypatch.setattr(fit_speed, "run_task", run_task)
    (row,) = fit_speed.body_fit(lambda _: None)
    assert (row.id, row.value, row.baseline, row.goal, row.met) == ("body-fit-10s-60fps", 1.3, 8.0, 3.0, True)


@pytest.mark.slow
def test_the_general_solver_is_given_the_same_problem() -> None:
    seen = fit_tasks.drawn()
    assert len(seen.time_s) == fit_tasks.FRAMES
    assert np.median(np.diff(seen.time_s)) == pytest.approx(1 / 60, rel=1e-6)
    seen = seen.at(np.arange(fit_tasks.FRAMES)[fit_tasks.SLICE])
    priors = expect(seen)
    state_m, clip, offsets_m = start(seen, priors.mean)
    problem = Problem(seen, priors)
    problem.weigh(state_m, clip, offsets_m)
    unknowns = np.concatenate([state_m.ravel(), clip, offsets_m.ravel()])
    off = fit_tasks._residuals(problem, unknowns)
    pattern = fit_tasks._pattern(len(state_m), len(unknowns), len(off)).toarray().astype(bool)
    for column in np.random.default_rng(0).choice(len(unknowns), 12, replace=False):
        moved = unknowns.copy()
        moved[column] += 1e-4
        changed = np.abs(fit_tasks._residuals(problem, moved) - off) > 1e-9
        assert not (changed & ~pattern[:, column]).any()
