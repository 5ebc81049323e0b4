"""Trends over a set: their ranges hold the truth as often as they say, a step is found, none is made up."""

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing, around
from lumbar.form.fatigue import against_earlier, best_rep, trend

WOBBLE = 0.02


def values(numbers) -> list[Estimate]:
    return [around(float(number), 0.05) for number in numbers]


def test_a_line_without_scatter_is_its_own_change() -> None:
    found = trend(values([0.50, 0.48, 0.46, 0.44]), WOBBLE)
    assert found.change.value == pytest.approx(-0.06)
    # Half width of the change: t(0.95, 6 + 2) · σ · span / √Sxx with σ² = 6 · 0.02² / 8, span 3, Sxx = 5.
    assert found.change.half_width == pytest.approx(1.860 * np.sqrt(6 * 0.02**2 / 8) * 3 / np.sqrt(5), rel=1e-3)


@pytest.mark.parametrize("reps", [2, 3, 5, 8])
def test_the_range_of_a_change_holds_the_truth_nine_times_in_ten(reps) -> None:
    rng = np.random.default_rng(reps)
    truth = -0.02 * (reps - 1)
    held = 0
    for _ in range(400):
        seen = 0.5 - 0.02 * np.arange(reps) + rng.normal(0, WOBBLE, reps)
        change = trend(values(seen), WOBBLE).change
        held += change.low <= truth <= change.high
    # 400 draws of 0.9 have a deviation of 1.5 %; the pooled variance makes the range a little wide.
    assert 0.86 <= held / 400 <= 0.97


def test_a_rep_that_was_not_measured_is_left_out_and_keeps_its_place() -> None:
    found = trend([around(0.5, 0.1), Missing("hidden"), around(0.4, 0.1)], WOBBLE)
    assert found.change.value == pytest.approx(-0.1)
    assert isinstance(trend([around(0.5, 0.1), Missing("hidden")], WOBBLE).change, Missing)


def test_the_rep_where_it_changed_is_named() -> None:
    assert trend(values([0.50, 0.51, 0.50, 0.40, 0.41, 0.40]), WOBBLE).changed_at == 4


def test_a_step_is_seldom_made_up() -> None:
    rng = np.random.default_rng(5)
    named = sum(trend(values(0.5 + rng.normal(0, WOBBLE, 6)), WOBBLE).changed_at is not None for _ in range(400))
    # The chance is bounded at 2 % over all places (Bonferroni).
    assert named <= 0.035 * 400


def rep(speed: float, rounding: float | None = None) -> dict:
    mine = {"mean_concentric_velocity": around(speed, 0.02)}
    return mine if rounding is None else mine | {"lumbar_change": around(np.radians(rounding), np.radians(3))}


def test_the_best_rep_is_the_fastest_of_those_that_round_least() -> None:
    assert best_rep([rep(0.4), rep(0.5), rep(0.3)]) == 2
    assert best_rep([rep(0.4, 4), rep(0.5, 12), rep(0.45, 5)]) == 3
    assert best_rep([]) is None
    assert best_rep([{"mean_concentric_velocity": Missing("lost")}]) is None


def test_a_set_is_compared_with_at_least_three_earlier_ones() -> None:
    now, earlier = values([0.40, 0.42]), [values([0.5]), values([0.52, 0.50, 0.51]), values([0.49])]
    found = against_earlier(now, earlier)
    assert found.value == pytest.approx(0.41 - 0.5)
    # t(0.95, 2) · s · √(1 + 1/3), s of 0.50, 0.51, 0.49.
    assert found.half_width == pytest.approx(2.920 * 0.01 * np.sqrt(4 / 3), rel=1e-3)
    assert isinstance(against_earlier(now, earlier[:2]), Missing)
    assert isinstance(against_earlier([Missing("lost")], earlier), Missing)
