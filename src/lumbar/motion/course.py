"""The highest point of a course that is only seen through noise.

The maximum of a noisy curve lies above that of the true one. So the course of a pull is taken as a smooth
random function that is zero until the bar begins to move (a Gaussian process; Rasmussen and Williams 2006,
chapter 2), the readings as that plus noise; the maximum is that of the courses that fit the readings. One guess of
how much and how suddenly backs bend would take a sudden bend for noise. So backs that keep their shape and backs
that give way, at once or slowly, seen well and badly, are all tried, and each counts by how well it explains the
readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate

#: A course is asked for at this many moments; so many courses are drawn, always the same; so many readings are
#: used at most (engineering rules: more change nothing above 0.1°).
_MOMENTS, _DRAWS, _READINGS = 32, 600, 60
#: How much courses bend, as ratios to what is usual, and how often each is; how long one takes to, in shares of
#: the time from start to end. Engineering rules, wide enough for the courses of the train split.
_BENDS, _CREDITS = (0.1, 0.65, 1.6), (0.35, 0.30, 0.35)
_TAKES = (0.15, 0.30, 0.60)
#: How noisy readings are, as ratios to what is expected, and the deviation of the logarithm; which share of the
#: noise's variance is new in every frame: little where frames were smoothed, nearly all where they lie far apart.
_SIZES, _SIZE_SPREAD, _NEW = (0.6, 1.0, 1.6), 0.35, (0.1, 0.9)
#: The rest stays alike for this long; so does an error that comes with the posture (s).
_ALIKE_S, _SLOW_S = 0.15, 0.6
#: So much of a course's variance all pulls of a set share: backs that bend by 8° then differ by 3° or 4° from pull
#: to pull. So many other pulls, and readings of each, are looked at. Engineering rules; 0.7 to 0.93 read as well
#: where drawn reps differ by 2.5° (tune split).
_RESEMBLE, _OTHERS, _OF_OTHERS = 0.8, 4, 24
#: Deviation of the level, which is not known (rad).
_LEVEL_RAD = 1.0
#: So much wider than the inner 90 % of the draws, so that ranges hold where noise is alike from frame to frame
#: (tests/motion/test_course.py), which looks like a true bend; tune split: docs/back.md.
_WIDER = 1.25
#: 90 % of the draws.
_INNER = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Scatter:
    """How large things are, as standard deviations in rad.

    ``signal_rad`` of a course; ``noise_rad`` of a reading; ``slow_rad`` of an error that stays for a while;
    ``ratio`` of an error in proportion.
    """

    signal_rad: float
    noise_rad: float
    slow_rad: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Peak:
    """How high a course goes above zero, and when (s)."""

    height_rad: Estimate
    at_s: Estimate


@dataclass(frozen=True, slots=True)
class _Fits:
    """All that was tried: the mean of each course, (try, moment), what its spread is made of, and its credit."""

    mean: Floats
    root: Floats
    credit: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What was read of one pull: ``readings_rad`` at ``time_s``, (time,), and when it starts and ends (s)."""

    time_s: Floats
    readings_rad: Floats
    start_s: float
    end_s: float

    def share(self, at_s: Floats) -> Floats:
        """Return how much of the pull is over at these times."""
        return np.asarray(np.clip((at_s - self.start_s) / (self.end_s - self.start_s), 0, 1))

    def thinned(self, most: int) -> "Readings":
        """Return at most so many of the readings."""
        kept = np.linspace(0, len(self.time_s) - 1, min(len(self.time_s), most)).round().astype(int)
        return replace(self, time_s=self.time_s[kept], readings_rad=self.readings_rad[kept])


def find_peak(pull: Readings, scatter: Scatter, others: Sequence[Readings] = ()) -> Peak:
    """Return the peak of a pull, whose course is zero before it starts.

    How noisy the readings are is found along with the course. ``others`` are pulls of the same set.
    """
    near = sorted(others, key=lambda other: abs(other.start_s - pull.start_s))[:_OTHERS]
    pulls = [pull.thinned(_READINGS), *(other.thinned(_OF_OTHERS) for other in near)]
    asked_s = np.linspace(pull.start_s, pull.end_s, _MOMENTS)
    fits = _try_all(pulls, pull.share(asked_s), scatter)
    dice = np.random.default_rng(0).standard_normal((_DRAWS, _MOMENTS + 1))
    until = np.round(np.cumsum(fits.credit) / fits.credit.sum() * _DRAWS).astype(int)
    parts = np.split(dice[:, :-1], until[:-1])
    courses = np.concatenate([
        mean + part @ root.T for mean, root, part in zip(fits.mean, fits.root, parts, strict=True)
    ])  # fmt: skip
    heights = courses.max(axis=1) * (1 + scatter.ratio * dice[:, -1])
    return Peak(_widened(_middle(np.maximum(heights, 0.0))), _middle(asked_s[courses.argmax(axis=1)]))


def _try_all(pulls: Sequence[Readings], asked: Floats, scatter: Scatter) -> _Fits:
    """Fit every kind of course through every kind of noise; the first pull's is asked for."""
    seen_s, seen = (np.concatenate([getattr(one, name) for one in pulls]) for name in ("time_s", "readings_rad"))
    share = np.concatenate([one.share(one.time_s) for one in pulls])
    who = np.repeat(np.arange(len(pulls)), [len(one.time_s) for one in pulls])
    same = who[:, None] == who
    resemble, mine = same + _RESEMBLE * ~same, np.where(who == 0, 1.0, _RESEMBLE)[:, None]
    kinds = list(product(_BENDS, _TAKES, _SIZES, _NEW))
    bend, takes, size, new = (column[:, None, None] for column in np.array(kinds).T)
    signal = (scatter.signal_rad * bend) ** 2
    alike, eye = _bell(seen_s, seen_s, _ALIKE_S), np.eye(len(seen_s))
    noise = (scatter.noise_rad * size) ** 2 * ((1 - new) * alike + (new + 1e-6) * eye)
    noise = noise + scatter.slow_rad**2 * _bell(seen_s, seen_s, _SLOW_S) + _LEVEL_RAD**2 * same
    lower = np.linalg.cholesky(signal * _course(share, share, takes) * resemble + noise)
    across = signal * _course(share, asked, takes) * mine
    held = np.broadcast_to(seen[:, None], (len(kinds), len(seen), 1))
    solved = np.linalg.solve(lower, np.concatenate([held, across], axis=2))
    values, weights = solved[..., 0], solved[..., 1:]
    log_credit = -0.5 * (values**2).sum(1) - np.log(np.diagonal(lower, axis1=1, axis2=2)).sum(1)
    log_credit += np.log(np.array([_CREDITS[_BENDS.index(kind[0])] for kind in kinds]))
    log_credit -= 0.5 * (np.log(size[:, 0, 0]) / _SIZE_SPREAD) ** 2
    spread = signal * _course(asked, asked, takes) - np.swapaxes(weights, 1, 2) @ weights
    stretch, axes = np.linalg.eigh((spread + np.swapaxes(spread, 1, 2)) / 2)
    return _Fits(
        mean=np.einsum("ksa,ks->ka", weights, values),
        root=axes * np.sqrt(np.maximum(stretch, 0))[:, None],
        credit=np.exp(log_credit - log_credit.max()),
    )


def _bell(one: Floats, other: Floats, wide: Floats | float) -> Floats:
    return np.asarray(np.exp(-0.5 * ((one[:, None] - other) / wide) ** 2))


def _course(one: Floats, other: Floats, takes: Floats) -> Floats:
    """Return the covariance of smooth courses of size one that are zero at zero, (try, one, other)."""
    zero = np.zeros(1)
    return _bell(one, other, takes) - _bell(one, zero, takes) * _bell(zero, other, takes)


def _widened(height: Estimate) -> Estimate:
    """Return a range that holds the truth as often as it says; a course is never lower than its start."""
    low = height.value - _WIDER * (height.value - height.low)
    return Estimate(height.value, max(0.0, low), height.value + _WIDER * (height.high - height.value))


def _middle(draws: Floats) -> Estimate:
    low, value, high = np.percentile(draws, [_INNER[0], 50, _INNER[1]])
    return Estimate(float(value), float(low), float(high))
