"""The smoother keeps what moves, says how much noise is left, and never reaches across a gap."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.motion.smooth import (
    HALF_WINDOW_S,
    LONGEST_STEP_S,
    cutoff_hz,
    half_window_for,
    runs,
    slope_noise_ratio,
    smooth,
)

#: Solving 3 or 4 equations in double precision loses a few digits, the stated ridge of 1e-12 some more.
ROUNDING = 1e-7

steps_s = st.lists(st.floats(0.008, 0.06), min_size=9, max_size=40)
half_windows_s = st.sampled_from([0.067, 0.1, HALF_WINDOW_S, 0.234, 0.267])


@settings(max_examples=40)
@given(steps_s, half_windows_s, st.tuples(*[st.floats(-3, 3)] * 3))
def test_a_parabola_passes_unchanged_at_uneven_times(steps, half_s, terms) -> None:
    time_s = np.cumsum(steps)
    value, rate = smooth(time_s, np.polyval(terms, time_s), half_s)
    assert value == pytest.approx(np.polyval(terms, time_s), abs=ROUNDING * 100)
    assert rate == pytest.approx(np.polyval(np.polyder(terms), time_s), abs=ROUNDING * 1000)


def test_a_cubic_passes_a_wide_window_unchanged() -> None:
    time_s = np.arange(60) / 30
    value, rate = smooth(time_s, time_s**3 - time_s, 0.267)
    assert value == pytest.approx(time_s**3 - time_s, abs=ROUNDING)
    assert rate == pytest.approx(3 * time_s**2 - 1, abs=ROUNDING * 10)


@pytest.mark.parametrize("shape", [(90,), (90, 2), (90, 3, 2)])
def test_the_shape_is_kept(shape) -> None:
    values = np.random.default_rng(0).normal(size=shape)
    assert [part.shape for part in smooth(np.arange(90) / 30, values, 0.1)] == [shape, shape]


def test_what_was_not_seen_stays_unseen_and_nothing_else_is_lost() -> None:
    time_s, values = np.arange(90) / 30, np.ones((90, 2))
    values[20:30, 0] = np.nan
    value, rate = smooth(time_s, values, HALF_WINDOW_S)
    unseen = np.isnan(values)
    assert np.array_equal(np.isnan(value), unseen)
    assert np.array_equal(np.isnan(rate), unseen)


def test_what_is_beyond_a_gap_takes_no_part() -> None:
    time_s = np.arange(60) / 30
    step = np.where(np.arange(60) < 30, 0.0, 5.0)
    step[28:31] = np.nan
    value, rate = smooth(time_s, step, 0.267)
    assert value[:28] == pytest.approx(0, abs=ROUNDING)
    assert value[31:] == pytest.approx(5, abs=ROUNDING)
    assert rate[np.isfinite(rate)] == pytest.approx(0, abs=ROUNDING)


def test_a_long_step_of_the_clock_is_a_gap_too() -> None:
    time_s = np.concatenate([np.arange(20) / 30, 20 / 30 + LONGEST_STEP_S + np.arange(20) / 30])
    assert runs(time_s, np.ones(40, bool)) == [(0, 20), (20, 40)]
    assert runs(time_s, np.zeros(40, bool)) == []


@pytest.mark.parametrize("samples", [1, 4])
def test_a_stretch_too_short_to_judge_keeps_its_values_and_has_no_speed(samples) -> None:
    values = np.full(40, np.nan)
    values[10 : 10 + samples] = 3.0
    value, rate = smooth(np.arange(40) / 30, values, HALF_WINDOW_S)
    assert np.array_equal(value, values, equal_nan=True)
    assert np.isnan(rate).all()


@pytest.mark.parametrize("samples", range(5, 12))
@pytest.mark.parametrize("half_s", [0.067, 0.267])
def test_a_stretch_shorter_than_the_window_is_fitted_whole(samples, half_s) -> None:
    time_s = np.arange(samples) / 30
    assert smooth(time_s, 2 * time_s, half_s)[1] == pytest.approx(2, abs=ROUNDING * 10)


def test_nothing_is_smoothed_to_nothing() -> None:
    value, rate = smooth(np.zeros(0), np.zeros((0, 2)), HALF_WINDOW_S)
    assert value.shape == rate.shape == (0, 2)


@pytest.mark.parametrize(("half_s", "samples"), [(0.067, 5), (0.1, 7)])
def test_the_noise_of_a_slope_is_the_textbooks(half_s, samples) -> None:
    textbook = np.sqrt(12 / (samples * (samples**2 - 1)))
    assert slope_noise_ratio(half_s, 1 / 30) == pytest.approx(textbook, rel=1e-9)


@pytest.mark.parametrize("rate_hz", [30, 60])
@pytest.mark.parametrize("half_s", [0.067, 0.1, 0.234, 0.267])
def test_the_noise_of_a_speed_is_what_is_stated(half_s, rate_hz) -> None:
    noise = np.random.default_rng(1).normal(0, 0.003, (2000, 40))
    measured = smooth(np.arange(2000) / rate_hz, noise, half_s)[1][50:-50].std()
    # 80 000 samples, neighbours alike: their standard deviation is known to about 1 %; 4 % leaves no doubt.
    assert measured == pytest.approx(0.003 * rate_hz * slope_noise_ratio(half_s, 1 / rate_hz), rel=0.04)


def test_a_steady_plate_is_smoothed_least() -> None:
    assert half_window_for(0.0, 1 / 30) == 0.067
    assert half_window_for(0.0005, 1 / 30) == 0.067
    assert half_window_for(1.0, 1 / 30) == 0.267


@settings(max_examples=30)
@given(st.floats(0, 0.0025), st.sampled_from([1 / 240, 1 / 60, 1 / 30]))
def test_the_speeds_noise_stays_at_a_centimetre_per_second(noise_m, step_s) -> None:
    half_s = half_window_for(noise_m, step_s)
    assert noise_m / step_s * slope_noise_ratio(half_s, step_s) <= 0.010


@settings(max_examples=30)
@given(st.floats(0, 0.01), st.floats(0, 0.01))
def test_more_noise_never_means_less_smoothing(one_m, other_m) -> None:
    low, high = sorted((one_m, other_m))
    assert half_window_for(low, 1 / 30) <= half_window_for(high, 1 / 30)


@pytest.mark.parametrize("half_s", [0.067, 0.1, HALF_WINDOW_S, 0.234, 0.267])
@pytest.mark.parametrize("rate_hz", [30, 60, 120])
def test_a_movement_at_the_cutoff_keeps_seven_tenths_of_its_size(half_s, rate_hz) -> None:
    time_s = np.arange(20 * rate_hz) / rate_hz
    frequency_hz = cutoff_hz(half_s, 1 / rate_hz)
    wave = np.exp(2j * np.pi * frequency_hz * time_s)
    value = smooth(time_s, np.column_stack([wave.real, wave.imag]), half_s)[0][rate_hz:-rate_hz]
    # The response is tabled, with straight lines between: what that leaves is far below a thousandth.
    assert np.hypot(*value.T).mean() == pytest.approx(np.sqrt(0.5), rel=1e-3)


def test_a_wider_window_holds_back_more() -> None:
    cutoffs = [cutoff_hz(half_s, 1 / 30) for half_s in (0.067, 0.1, 0.15, 0.234, 0.267)]
    assert cutoffs == sorted(cutoffs, reverse=True)
