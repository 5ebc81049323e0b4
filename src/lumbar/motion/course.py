"""The highest point of a course that is only seen through noise.

The maximum of a noisy curve lies above that of the true one. So the course of a pull is taken as a smooth random
function that is zero until lift-off (a Gaussian process; Rasmussen and Williams 2006, chapter 2), the readings as
that plus noise that is alike from one frame to the next; the maximum is that of the courses that fit the readings.
"""

from dataclasses import dataclass, replace

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate

#: A course is asked for at this many moments; so many courses are drawn, always the same; so many readings are
#: used at most (engineering rules: more change nothing above 0.1°).
_MOMENTS, _DRAWS, _READINGS = 24, 600, 80
#: How long a course takes to change, in shares of the time from lift-off to its end.
_BEND = 0.30
#: Deviation of the level, which is not known (rad).
_LEVEL_RAD = 1.0
#: Sizes of the noise that are tried, as ratios to what was expected, and the deviation of their logarithm; the
#: share of the noise's variance that is new in every frame.
_SIZES, _SIZE_SPREAD = np.array([0.4, 0.6, 0.9, 1.35, 2.0, 3.0]), 0.6
_WHITE = 0.05
#: So much wider than the inner 90 % of the draws, ranges hold the truth 90 % of the time: a part of the error is
#: alike all pull long and looks like a true bend (tune split, design/back/evaluate.py).
_WIDER = 1.3
#: 90 % of the draws.
_INNER = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Scatter:
    """How large things are, as standard deviations in rad.

    ``signal_rad`` of a course; ``noise_rad`` of readings, alike over ``noise_s``; ``drift_rad`` of an error that
    grows from lift-off to the end; ``ratio`` of an error in proportion.
    """

    signal_rad: float
    noise_rad: float
    noise_s: float
    drift_rad: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Peak:
    """How high a course goes above zero, and when (s)."""

    height_rad: Estimate
    at_s: Estimate


def find_peak(time_s: Floats, readings_rad: Floats, start_s: float, end_s: float, scatter: Scatter) -> Peak:
    """Return the peak between ``start_s`` and ``end_s`` of a course that is zero before; ``readings_rad`` (time,).

    How noisy the readings are is not known beforehand: several sizes are tried, and each counts by how well it
    explains them.
    """
    kept = np.linspace(0, len(time_s) - 1, min(len(time_s), _READINGS)).round().astype(int)
    asked_s = np.linspace(start_s, end_s, _MOMENTS)
    dice = np.random.default_rng(0).standard_normal((_DRAWS, _MOMENTS + 1))
    share, asked = (np.clip((at - start_s) / (end_s - start_s), 0, 1) for at in (time_s[kept], asked_s))
    tried = [
        _Fit(time_s[kept], readings_rad[kept], share, asked, replace(scatter, noise_rad=size * scatter.noise_rad))
        for size in _SIZES
    ]
    credit = np.array([fit.log_likelihood for fit in tried]) - 0.5 * (np.log(_SIZES) / _SIZE_SPREAD) ** 2
    weights = np.exp(credit - credit.max())
    until = np.round(np.cumsum(weights) / weights.sum() * _DRAWS).astype(int)
    parts = np.split(dice[:, :-1], until[:-1])
    courses = np.concatenate([fit.draw(part) for fit, part in zip(tried, parts, strict=True)])
    heights = courses.max(axis=1) * (1 + scatter.ratio * dice[:, -1])
    return Peak(_widened(_middle(np.maximum(heights, 0.0))), _middle(asked_s[courses.argmax(axis=1)]))


def _widened(height: Estimate) -> Estimate:
    """Return a range that holds the truth as often as it says; a course is never lower than its start."""
    low = height.value - _WIDER * (height.value - height.low)
    return Estimate(height.value, max(0.0, low), height.value + _WIDER * (height.high - height.value))


class _Fit:
    """The courses that fit the readings when noise and signal are as large as ``scatter`` says."""

    def __init__(self, seen_s: Floats, seen: Floats, share: Floats, asked: Floats, scatter: Scatter) -> None:
        apart = (seen_s[:, None] - seen_s) / scatter.noise_s
        noise = scatter.noise_rad**2 * (np.exp(-0.5 * apart**2) + _WHITE * np.eye(len(seen_s)))
        noise += _LEVEL_RAD**2 + scatter.drift_rad**2 * np.outer(share, share)
        prior = scatter.signal_rad**2
        whole, across = prior * _alike(share, share) + noise, prior * _alike(share, asked)
        solved = np.linalg.solve(whole, np.column_stack([seen, across]))
        self.log_likelihood = float(-0.5 * (seen @ solved[:, 0] + np.linalg.slogdet(whole)[1]))
        self._mean = across.T @ solved[:, 0]
        spread = prior * _alike(asked, asked) - across.T @ solved[:, 1:]
        values, axes = np.linalg.eigh((spread + spread.T) / 2)
        self._root = axes * np.sqrt(np.maximum(values, 0))

    def draw(self, dice: Floats) -> Floats:
        """Return courses, (draw, moment), from independent normal numbers of that shape."""
        return np.asarray(self._mean + dice @ self._root.T)


def _alike(one: Floats, other: Floats) -> Floats:
    """Return the covariance of a smooth course of size one that is zero at zero."""
    bell = np.exp(-0.5 * ((one[:, None] - other) / _BEND) ** 2)
    return np.asarray(bell - np.outer(np.exp(-0.5 * (one / _BEND) ** 2), np.exp(-0.5 * (other / _BEND) ** 2)))


def _middle(draws: Floats) -> Estimate:
    low, value, high = np.percentile(draws, [_INNER[0], 50, _INNER[1]])
    return Estimate(float(value), float(low), float(high))
