from pathlib import Path

import pytest

from lumbar.bench import load_speed, load_tasks
from lumbar.bench.runs import Run


def test_the_row_is_a_median_of_turns_beside_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = iter([0.1, 0.2, 0.3])

    def run_task(task: str, _clip: Path, cores: int) -> Run:
        assert cores == 1
        seconds = next(ours) if task == load_speed.OURS else 2.0
        return Run(300_000, 9 * seconds, seconds, {"draw": 9 * seconds}, {"draw": seconds}, 1)

    monkeypatch.setattr(load_speed, "run_task", run_task)
    (row,) = load_speed.monte_carlo(lambda _: None)
    assert (row.id, row.value, row.unit, row.goal, row.met) == ("monte-carlo-300x1000", 40.0, "ms", 50.0, True)
    assert row.baseline in (2000.0, None)  # None where MuJoCo is not installed


@pytest.mark.parametrize("task", [load_tasks.monte_carlo, load_tasks.engine_loop])
def test_a_task_goes_through_every_frame_of_every_draw(task, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("mujoco")
    monkeypatch.setattr(load_tasks, "DRAWS", 2)
    monkeypatch.setattr(load_tasks, "TIMES", 1)
    marks = []
    assert task(Path(), marks.append) == 600
    assert "draw" in marks
