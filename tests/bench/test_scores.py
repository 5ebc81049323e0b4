"""The arithmetic of errors, on numbers that can be checked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.bench.outcomes import Pair
from lumbar.bench.scores import interval_by_clip, score, wilson


def pairs(*errors: float, half: float = 1.0) -> list[Pair]:
    return [Pair("m", 1, 10.0, 10.0 + error, 10.0 + error - half, 10.0 + error + half) for error in errors]


def test_errors_are_scored_by_size_bias_and_spread() -> None:
    told = score(pairs(1, -3, 0, 4))
    assert (told.n, told.mae, told.bias, told.median) == (4, 2.0, 0.5, 2.0)
    assert told.rmse == pytest.approx((26 / 4) ** 0.5)
    assert told.p95 == pytest.approx(3.85)  # linear between 3 and 4 at 0.95 · 3 = 2.85
    assert (told.coverage, told.ranges, told.width) == (0.5, 4, 2.0)


def test_what_is_missing_is_a_share_of_what_was_to_be_measured_and_what_is_too_much_is_counted() -> None:
    told = score([*pairs(1), Pair("m", 1, 10.0, None, why="hidden"), Pair("m", 1, None, 3.0, 2.0, 4.0)])
    assert (told.n, told.missing, told.spurious, told.ranges) == (1, 0.5, 1, 1)


def test_a_range_that_begins_or_ends_at_zero_has_a_width() -> None:
    assert score([Pair("m", 1, 0.5, 1.0, 0.0, 2.0)]).width == 2.0
    assert score([Pair("m", 1, -0.5, -1.0, -2.0, 0.0)]).width == 2.0


def test_nothing_scores_nothing() -> None:
    told = score([])
    assert (told.n, told.mae, told.coverage, told.missing) == (0, None, None, None)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # The p for which (hits/n − p)² = z² p (1 − p) / n, z² = 2.7057; for 9 of 10: 1.2706 p² − 2.0706 p + 0.81 = 0.
    [(9, 10, 0.6523, 0.9774), (0, 50, 0.0, 0.0513), (50, 50, 0.9487, 1.0)],
)
def test_wilsons_interval_of_a_share(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_interval_holds_its_share(hits: int, misses: int) -> None:
    low, high = wilson(hits, hits + misses)
    share = hits / (hits + misses) if hits + misses else 0.5
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_clips_that_are_alike_leave_no_doubt_and_few_leave_no_interval() -> None:
    alike = [pairs(2.0, -2.0)] * 8
    assert interval_by_clip(alike, lambda told: told.mae) == (2.0, 2.0)
    assert interval_by_clip(alike[:4], lambda told: told.mae) is None


def test_clips_that_differ_move_the_mean() -> None:
    low, high = interval_by_clip([pairs(float(error)) for error in range(20)], lambda told: told.mae) or (0, 0)
    # The mean of 20 numbers 0…19 has a standard error of 5.77/√20 = 1.29: ± 2.1 at 90 %.
    assert (low, high) == (pytest.approx(9.5 - 2.1, abs=0.5), pytest.approx(9.5 + 2.1, abs=0.5))
