"""Rows say what the pairs say, about the views they are about, with the goals of the issue."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.bench.headlines import rows_of, says_so
from lumbar.bench.outcomes import Outcome, Pair
from lumbar.bench.rows import Row

from .made import TRAITS, outcome

DEG = float(np.radians(1))


def rows(*outcomes: Outcome) -> dict[str, Row]:
    return {row.id: row for row in rows_of(outcomes, "", "no clips")}


def change(truth_deg: float, value_deg: float | None, half_deg: float = 5.0, name: str = "one") -> Outcome:
    """Return a clip with one rep whose back changed so far."""
    value = None if value_deg is None else value_deg * DEG
    ends = (None, None) if value is None else (value - half_deg * DEG, value + half_deg * DEG)
    rule = {"rep": 1, "true_change": truth_deg * DEG, "hip-angle-rule": True, "spine-rule": truth_deg > 30}
    pair = Pair("lumbar_change", 1, truth_deg * DEG, value, *ends, why="" if value_deg is not None else "hidden")
    return outcome(pair, name=name, rules=(rule,))


def test_the_change_is_told_in_degrees_against_its_goals() -> None:
    told = rows(change(10, 12), change(20, 16), change(0, 7))
    mae, p95 = told["lumbar-flexion-change-mae"], told["lumbar-flexion-change-p95"]
    assert (mae.value, mae.unit, mae.goal, mae.met, mae.n) == (pytest.approx(13 / 3), "°", 3.0, False, 3)
    assert (p95.value, p95.met) == (pytest.approx(6.7), True)
    cover = told["coverage-lumbar-flexion-change"]
    assert (cover.value, cover.goal, cover.met) == (pytest.approx(2 / 3), 0.85, False)


def test_only_the_promised_views_count() -> None:
    far = replace(change(0, 30), traits=replace(TRAITS, view_deg=60.0))
    assert rows(change(10, 12), far)["lumbar-flexion-change-mae"].value == pytest.approx(2)


def test_a_flag_is_the_products_own_rule_and_never_under_twice_our_error() -> None:
    told = rows(change(1, 2), change(0, 8.5, 1), change(25, 24), change(30, 31), change(22, 11), change(24, None))
    # The whole range must lie above 7°; and the mean error is (1 + 8.5 + 1 + 1 + 11) / 5 = 4.5°, twice that 9°.
    false, hit = told["rounding-false-flag-rate"], told["rounding-hit-rate"]
    assert (false.value, false.n, false.goal) == (0.0, 2, 0.02)
    assert (hit.value, hit.n, hit.met) == (pytest.approx(2 / 3), 3, False)
    assert "1 of 4 reps cannot be judged" in hit.note
    assert told["hip-angle-rule-false-flag-rate"].value == 1.0
    assert told["spine-rule-hit-rate"].value == 0.0


def test_angles_stand_beside_plain_trigonometry() -> None:
    pair = Pair("knee_lockout", 1, 1.0, 1.1, 0.9, 1.3)
    raw = Pair("knee_lockout", 1, 1.0, 1.2)
    row = rows(replace(outcome(pair), raw=(raw,)))["knee-angle-mae"]
    assert (row.value, row.baseline) == (pytest.approx(5.73, abs=0.01), pytest.approx(11.46, abs=0.01))


def test_the_load_is_told_in_percent_of_the_truth() -> None:
    told = rows(outcome(Pair("l5s1_moment_peak", 1, 400.0, 360.0, 340.0, 420.0)))
    assert told["l5s1-moment-peak-error-median"].value == pytest.approx(10)
    assert told["l5s1-moment-peak-half-width"].value == pytest.approx(10)
    assert told["coverage-l5s1-moment-peak"].value == 1.0


def test_refused_clips_and_lost_reps_cannot_be_judged() -> None:
    seen = outcome(Pair("bar_drift", 1, 0.02, 0.03, 0.01, 0.05))
    lost = outcome(Pair("bar_drift", 1, 0.02, None, why="view"), refused="view", found_reps=0)
    told = rows(seen, lost)
    assert (told["cannot-judge-rate"].value, told["cannot-judge-rate"].goal) == (0.5, 0.1)
    assert told["refused-rate"].value == 0.5
    assert told["rep-count-exact"].value == 0.5
    assert told["rep-count-exact-of-measured"].value == 1.0
    assert told["crash-rate"].met is True


def test_from_the_front_an_angle_is_a_guess_and_a_speed_is_not() -> None:
    front = replace(TRAITS, view_deg=10.0)
    honest = outcome(Pair("mean_concentric_velocity", 1, 0.5, 0.5, 0.4, 0.6), traits=front)
    guess = outcome(Pair("knee_lockout", 1, 3.0, 2.9, 2.8, 3.0), traits=front)
    assert (says_so(honest), says_so(guess)) == (True, False)
    assert rows(honest, guess)["front-rear-says-so"].value == 0.5


def test_without_clips_every_row_is_there_and_says_why() -> None:
    told, some = rows(), rows(change(10, 12))
    assert set(told) == set(some)
    assert {row.value for row in told.values()} == {None}
    assert {row.note for row in told.values()} == {"no clips"}
    for stable in ("lumbar-flexion-change-mae", "lumbar-flexion-change-p95", "coverage-lumbar-flexion-change"):
        assert stable in told
    assert "l5s1-moment-peak-error-median" in told
