"""Smoothing with a stated cut-off, on the container's own times; gaps stay gaps.

A parabola is fitted around each sample by least squares (Savitzky & Golay 1964, here for uneven times), which
gives the value and its rate of change at once; a cubic where the window must be wide.
"""

import numpy as np

from lumbar.arrays import Bools, Floats

#: Half of the window for landmarks: 0.3 s in all, about as long as anything a body does in a pull (§10.3).
HALF_WINDOW_S = 0.15
#: Half window for the bar's height: a plate's centre is known to a fraction of a pixel in each frame, and where it
#: turns, stops or lands must not be rounded off.
PATH_HALF_WINDOW_S = 0.067
#: Half windows for its speed, narrow first: a steady plate needs little smoothing.
_HALF_WINDOWS_S = (0.067, 0.1, 0.234, 0.267)
#: From this half window on a cubic is fitted: over so long a time a pull's speed is no straight line. A parabola
#: over ±0.134 s has the noise of a cubic over ±0.267 s, and twice its error on a pull that peaks at 1.2 m/s.
_CUBIC_FROM_S = 0.2
#: Velocity noise that the bar's smoothing aims for; an engineering rule, half of what lifters can tell apart.
_AIM_M_PER_S = 0.01
#: Samples further apart than this are not joined: what happened between was not seen.
LONGEST_STEP_S = 0.2
#: A quadratic needs three samples; more are wanted before it is trusted.
_LEAST_SAMPLES = 5


def half_window_for(noise_m: float, step_s: float) -> float:
    """Return the narrowest half window, in s, that keeps velocity noise near 0.01 m/s at this position noise."""
    for half_s in _HALF_WINDOWS_S:
        if slope_noise_ratio(half_s, step_s) * noise_m / step_s <= _AIM_M_PER_S:
            return half_s
    return _HALF_WINDOWS_S[-1]


def slope_noise_ratio(half_window_s: float, step_s: float) -> float:
    """Return the noise of a slope per step over that of one sample, at an even step.

    For a parabola over N samples this is √(12 / (N (N² − 1))) (reference §10.3).
    """
    return float(np.linalg.norm(_weights(_lags(half_window_s, step_s), half_window_s)[1]))


def cutoff_hz(half_window_s: float, step_s: float) -> float:
    """Return the smoother's −3 dB frequency, from its own frequency response at an even step."""
    lag = _lags(half_window_s, step_s)
    weight = _weights(lag, half_window_s)[0]
    frequency = np.linspace(0, 0.5 / step_s, 2000)
    response = np.cos(2 * np.pi * np.outer(frequency, lag * step_s)) @ weight
    below = np.flatnonzero(response < np.sqrt(0.5))
    if not below.size:
        return float(frequency[-1])
    around = slice(below[0], below[0] - 2, -1)
    return float(np.interp(np.sqrt(0.5), response[around], frequency[around]))


def _half(half_window_s: float, step_s: float) -> int:
    """Return how many samples of each side take part; a parabola needs two.

    Half a window of 0.15 s is 4.5 samples at 30 Hz: leaning down a little, the clock's last digits do not decide.
    """
    return max(2, round(half_window_s / step_s - 0.01))


def _lags(half_window_s: float, step_s: float) -> Floats:
    """Return where the samples of a window lie, in steps from its middle."""
    half = _half(half_window_s, step_s)
    return np.arange(-half, half + 1.0)


def _powers(ago: Floats, half_window_s: float) -> Floats:
    """Return 1, t, t² (and t³ in a wide window) along a new last axis."""
    degree = 3 if half_window_s >= _CUBIC_FROM_S else 2
    return np.asarray(ago[..., None] ** np.arange(degree + 1.0))


def _weights(lag: Floats, half_window_s: float) -> Floats:
    """Return the least-squares weights of the samples at these lags, one row per power."""
    return np.asarray(np.linalg.pinv(_powers(lag, half_window_s)))


def smooth(time_s: Floats, values: Floats, half_window_s: float) -> tuple[Floats, Floats]:
    """Return smoothed values and their rates of change per second, each shaped like ``values`` (time, …).

    Where a sample was not seen (NaN) the result is NaN; samples beyond a gap do not take part.
    """
    flat = values.reshape(len(time_s), int(np.prod(values.shape[1:])))
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


def smooth_bar(time_s: Floats, path_m: Floats, half_window_s: float) -> tuple[Floats, Floats]:
    """Return a bar's place and its velocity, (time, 2) each: all over this half window but its height.

    ``half_window_s`` is from :func:`half_window_for`; the height is smoothed over :data:`PATH_HALF_WINDOW_S`.
    """
    bar_m, speed = smooth(time_s, path_m, half_window_s)
    bar_m[:, 1] = smooth(time_s, path_m[:, 1], PATH_HALF_WINDOW_S)[0]
    return bar_m, speed


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
    step_s = float(np.median(np.diff(time_s)))
    half = _half(half_window_s, step_s)
    first = np.clip(np.arange(len(time_s)) - half, 0, max(0, len(time_s) - 2 * half - 1))
    index = first[:, None] + np.arange(min(2 * half + 1, len(time_s)))
    # Time in half windows: its powers stay near 1, and the equations can be solved to the last digits.
    ago = (time_s[index] - time_s[:, None]) / half_window_s
    weight = np.where(np.abs(ago) <= 2 + step_s / half_window_s, 1.0, 0.0)
    powers = _powers(ago, half_window_s)
    gram = np.einsum("tkp,tk,tkq->tpq", powers, weight, powers)
    moment = np.einsum("tkp,tk,tkc->tpc", powers, weight, values[index])
    answer = np.linalg.solve(gram + 1e-12 * np.eye(gram.shape[-1]), moment)
    return answer[:, 0], answer[:, 1] / half_window_s
