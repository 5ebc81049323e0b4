"""Smoothing with a stated cut-off, on the container's own times; gaps stay gaps.

A quadratic is fitted around each sample by least squares (Savitzky & Golay 1964, here for uneven times), which
gives the value and its rate of change at once.
"""

import numpy as np

from lumbar.arrays import Bools, Floats

#: Half of the window for landmarks: 0.3 s in all, about as long as anything a body does in a pull (§10.3).
HALF_WINDOW_S = 0.15
#: Half windows for the bar, narrow first: a steady plate needs little smoothing, and is then seen to stop sharply.
_HALF_WINDOWS_S = (0.067, 0.1, 0.134, 0.167)
#: Velocity noise that the bar's smoothing aims for; an engineering rule, half of what lifters can tell apart.
_AIM_M_PER_S = 0.01
#: Samples further apart than this are not joined: what happened between was not seen.
LONGEST_STEP_S = 0.12
#: A quadratic needs three samples; more are wanted before it is trusted.
_LEAST_SAMPLES = 5


def half_window_for(noise_m: float, step_s: float) -> float:
    """Return the narrowest half window, in s, that keeps velocity noise near 0.01 m/s at this position noise.

    A quadratic over N samples has a slope noise of σ √(12 / (N (N² − 1))) per step (§10.3).
    """
    for half_s in _HALF_WINDOWS_S:
        samples = 2 * max(2, round(half_s / step_s)) + 1
        if noise_m / step_s * np.sqrt(12 / (samples * (samples**2 - 1))) <= _AIM_M_PER_S:
            return half_s
    return _HALF_WINDOWS_S[-1]


def cutoff_hz(half_window_s: float, step_s: float) -> float:
    """Return the smoother's −3 dB frequency, from its own frequency response at an even step."""
    half = max(2, round(half_window_s / step_s))
    lag = np.arange(-half, half + 1)
    powers = np.stack([np.ones_like(lag), lag, lag**2], axis=1).astype(float)
    weight = np.linalg.solve(powers.T @ powers, powers.T)[0]
    frequency = np.linspace(0, 0.5 / step_s, 2000)
    response = np.cos(2 * np.pi * np.outer(frequency, lag * step_s)) @ weight
    below = np.flatnonzero(response < np.sqrt(0.5))
    return float(frequency[below[0]] if below.size else frequency[-1])


def smooth(time_s: Floats, values: Floats, half_window_s: float) -> tuple[Floats, Floats]:
    """Return smoothed values and their rates of change per second, each shaped like ``values`` (time, …).

    Where a sample was not seen (NaN) the result is NaN; samples beyond a gap do not take part.
    """
    flat = values.reshape(len(time_s), -1)
    value, rate = np.full_like(flat, np.nan, dtype=float), np.full_like(flat, np.nan, dtype=float)
    patterns: dict[bytes, list[int]] = {}
    for column in range(flat.shape[1]):
        patterns.setdefault(np.isfinite(flat[:, column]).tobytes(), []).append(column)
    for pattern, columns in patterns.items():
        known = np.frombuffer(pattern, dtype=np.bool_)
        for start, stop in runs(time_s, known):
            span = slice(start, stop)
            value[span, columns], rate[span, columns] = _fit(time_s[span], flat[span][:, columns], half_window_s)
    return value.reshape(values.shape), rate.reshape(values.shape)


def runs(time_s: Floats, known: Bools) -> list[tuple[int, int]]:
    """Return the stretches of known samples without a gap, as (start, stop) indices."""
    index = np.flatnonzero(known)
    if not index.size:
        return []
    breaks = np.flatnonzero((np.diff(index) > 1) | (np.diff(time_s[index]) > LONGEST_STEP_S)) + 1
    return [(int(part[0]), int(part[-1]) + 1) for part in np.split(index, breaks)]


def _fit(time_s: Floats, values: Floats, half_window_s: float) -> tuple[Floats, Floats]:
    """Fit a quadratic around each sample of one stretch; (time, column) in and out."""
    if len(time_s) < _LEAST_SAMPLES:
        return values, np.full_like(values, np.nan, dtype=float)
    # The number of neighbours is the same for all samples: enough to reach across the window everywhere.
    step = float(np.median(np.diff(time_s)))
    half = max(2, round(half_window_s / step))
    first = np.clip(np.arange(len(time_s)) - half, 0, max(0, len(time_s) - 2 * half - 1))
    index = first[:, None] + np.arange(min(2 * half + 1, len(time_s)))
    ago = time_s[index] - time_s[:, None]
    weight = np.where(np.abs(ago) <= 2 * half_window_s + step, 1.0, 0.0)
    powers = np.stack([np.ones_like(ago), ago, ago**2], axis=-1)
    gram = np.einsum("tkp,tk,tkq->tpq", powers, weight, powers)
    moment = np.einsum("tkp,tk,tkc->tpc", powers, weight, values[index])
    answer = np.linalg.solve(gram + 1e-12 * np.eye(3), moment)
    return answer[:, 0], answer[:, 1]
