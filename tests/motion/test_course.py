import numpy as np
import pytest

from lumbar.motion.course import Scatter, find_peak

TIME_S = np.arange(-12, 31) / 30
SCATTER = Scatter(signal_rad=0.17, noise_rad=0.03, noise_s=0.15, drift_rad=0.02, ratio=0.05)


def bump(height_rad: float, at_s: float = 0.45) -> np.ndarray:
    """Rise from lift-off at 0 s and fall again."""
    share = np.clip(TIME_S, 0, None)
    return height_rad * np.exp(-(((share - at_s) / 0.25) ** 2)) * (1 - np.exp(-((share / 0.15) ** 2)))


def test_a_clear_peak_is_found_where_it_is() -> None:
    peak = find_peak(TIME_S, 0.5 + bump(0.4), 0.0, 1.0, SCATTER)
    # Noise of 0.03 rad is expected, so a part of it may be taken for noise: one deviation at most.
    assert peak.height.value == pytest.approx(0.4, abs=0.03)
    assert peak.at_s.value == pytest.approx(0.45, abs=0.08)
    assert peak.at_s.low < 0.45 < peak.at_s.high


def test_noise_alone_is_no_rounding() -> None:
    rng = np.random.default_rng(5)
    alike = np.exp(-0.5 * ((TIME_S[:, None] - TIME_S) / 0.15) ** 2) + 1e-6 * np.eye(len(TIME_S))
    root = 0.03 * np.linalg.cholesky(alike)
    peaks = [find_peak(TIME_S, root @ rng.standard_normal(len(TIME_S)), 0.0, 1.0, SCATTER) for _ in range(40)]
    naive = 1.3 * 0.03  # what the plain maximum of the readings is too high by, here, in the mean
    assert np.mean([peak.height.value for peak in peaks]) < naive
    # The range begins at zero, not above: of 40, 4 are allowed, since it is a range of 90 %.
    assert sum(peak.height.low > 0.02 for peak in peaks) <= 4


def test_the_range_holds_the_truth_when_the_noise_is_as_told() -> None:
    rng = np.random.default_rng(7)
    alike = np.exp(-0.5 * ((TIME_S[:, None] - TIME_S) / 0.15) ** 2) + 0.05 * np.eye(len(TIME_S))
    root = 0.03 * np.linalg.cholesky(alike)
    held = 0
    for _ in range(150):
        true = bump(float(rng.uniform(0.05, 0.4)), float(rng.uniform(0.3, 0.7)))
        got = find_peak(TIME_S, true + root @ rng.standard_normal(len(TIME_S)), 0.0, 1.0, SCATTER).height
        held += got.low <= true.max() <= got.high
    # 90 % of 150 with two binomial deviations of 2.4 %; more is no fault here, drift and ratio being left out.
    assert held >= 0.85 * 150


def test_the_same_readings_give_the_same_peak() -> None:
    assert find_peak(TIME_S, bump(0.2), 0.0, 1.0, SCATTER) == find_peak(TIME_S, bump(0.2), 0.0, 1.0, SCATTER)
