import numpy as np
import pytest

from lumbar.motion.course import Scatter, find_peak

TIME_S = np.arange(-12, 31) / 30
SCATTER = Scatter(signal_rad=0.17, noise_rad=0.03, slow_rad=0.02, ratio=0.05)


def bump(height_rad: float, at_s: float = 0.45) -> np.ndarray:
    """Rise from lift-off at 0 s and fall again."""
    share = np.clip(TIME_S, 0, None)
    return height_rad * np.exp(-(((share - at_s) / 0.25) ** 2)) * (1 - np.exp(-((share / 0.15) ** 2)))


def test_a_clear_peak_is_found_where_it_is() -> None:
    peak = find_peak(TIME_S, 0.5 + bump(0.4), 0.0, 1.0, SCATTER)
    # Noise of 0.03 rad is expected, so that much of the peak may be taken for it.
    assert peak.height_rad.value == pytest.approx(0.4, abs=0.03)
    assert peak.at_s.value == pytest.approx(0.45, abs=0.08)
    assert peak.at_s.low < 0.45 < peak.at_s.high


def test_a_back_that_gives_way_at_once_is_seen_in_few_frames() -> None:
    # Ten outlines a second, a bend of about 25° within a fifth of a second, 5° of noise: a course that must
    # bend slowly takes such readings for noise.
    time_s = np.array([-0.3, -0.2, -0.1, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55])
    readings = np.radians([-7.0, -4.0, 7.0, 4.0, 24.0, 27.0, 22.0, 8.0, 1.0])
    scatter = Scatter(np.radians(12.5), np.radians(4), np.radians(2.5), 0.1)
    height = find_peak(time_s, readings, 0.0, 0.57, scatter).height_rad
    # Three readings of 22 to 27° about a level known to 3°: the prior may take a fifth off.
    assert np.degrees(height.value) == pytest.approx(24, abs=5)
    assert height.low > np.radians(8)


def test_noise_alone_is_no_rounding() -> None:
    # Readings as the product expects them: 4° of noise, alike over 0.15 s, about a back that keeps its shape.
    noise_rad = np.radians(4)
    scatter = Scatter(np.radians(12.5), noise_rad, np.radians(2.5), 0.1)
    rng = np.random.default_rng(5)
    alike = np.exp(-0.5 * ((TIME_S[:, None] - TIME_S) / 0.15) ** 2) + 1e-6 * np.eye(len(TIME_S))
    root = noise_rad * np.linalg.cholesky(alike)
    readings = [root @ rng.standard_normal(len(TIME_S)) for _ in range(40)]
    peaks = [find_peak(TIME_S, one, 0.0, 1.0, scatter) for one in readings]
    plain = [one[TIME_S > 0].max() - one[TIME_S <= 0].mean() for one in readings]
    assert np.mean([peak.height_rad.value for peak in peaks]) < np.mean(plain)
    # Nothing is called rounding whose low end is under 8° (reference/biomechanics §6.1); of neutral pulls 2 % may
    # be: none of 40.
    assert max(peak.height_rad.low for peak in peaks) < np.radians(8)


def test_the_range_holds_the_truth_when_the_noise_is_as_told() -> None:
    rng = np.random.default_rng(7)
    alike = np.exp(-0.5 * ((TIME_S[:, None] - TIME_S) / 0.15) ** 2) + 0.05 * np.eye(len(TIME_S))
    root = 0.03 * np.linalg.cholesky(alike)
    held = 0
    for _ in range(150):
        true = bump(float(rng.uniform(0.05, 0.4)), float(rng.uniform(0.3, 0.7)))
        got = find_peak(TIME_S, true + root @ rng.standard_normal(len(TIME_S)), 0.0, 1.0, SCATTER).height_rad
        held += got.low <= true.max() <= got.high
    # 90 % less two binomial deviations of 2.4 %; more is no fault, since drift and ratio are left out here.
    assert held >= 0.85 * 150


def test_the_same_readings_give_the_same_peak() -> None:
    assert find_peak(TIME_S, bump(0.2), 0.0, 1.0, SCATTER) == find_peak(TIME_S, bump(0.2), 0.0, 1.0, SCATTER)
