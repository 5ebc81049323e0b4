"""When the bar starts up, and how hard: the moment is highest there, and smoothing blurs just that.

A bar leaves its lowest place with an acceleration that fades as it takes up speed. So its height after the start
is that of a fading and of a steady acceleration together; before, it is the rest. A bar that touches and goes, or
turns in the hands, came down to there in the same way, braked. Start, pause and all parts are found by least
squares over many starts and pauses, each weighed by how well it explains the film. The motion's own smoothing is
laid over the model, too, so that like is compared with like.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.motion.smooth import HALF_WINDOW_S, PATH_HALF_WINDOW_S, smooth

# Engineering rules.
#: How fast the first acceleration fades, and how fast braking comes on, s; what is compared: before and after each
#: start, s.
_FADES_S, _BRAKES_S, _BEFORE_S, _AFTER_S = 0.12, 0.18, 0.20, 0.30
#: Starts that are tried, s before the bar counts as risen (1 cm), and their step.
_EARLIEST_S, _LATEST_S, _STEP_S = 0.30, 0.0, 0.01
#: How long a bar that was lowered may have stood before it starts, s; one that lay still has for ever.
_PAUSES_S, _FOR_EVER_S = (0.0, 0.05, 0.1, 0.2, 0.3), (np.inf,)
#: What accelerations are usual, m/s²: filmed pulls begin with about 3 and go on steadily; braking before it, too.
_USUAL_M_PER_S2 = np.array([3.0, 0.0, 4.0, 0.0])
_SPREAD_M_PER_S2 = np.array([2.5, 1.5, 4.0, 1.5])
#: A bar's height is never known better than this, m; and how sure a smoothed acceleration is, m/s².
_LEAST_NOISE_M, _SMOOTHED_SD_M_PER_S2 = 0.0008, 0.4
#: A bar at rest: it moves less than this in the time before the start, m.
_AT_REST_M = 0.006


@dataclass(frozen=True, slots=True, eq=False)
class Takeoff:
    """The start of a pull: when, and the bar's upward acceleration (time,) with its standard deviation."""

    start_s: float
    rise_m_per_s2: Floats
    sd_m_per_s2: Floats

    def at_start(self) -> tuple[float, float]:
        """Return the acceleration just after the start and its standard deviation."""
        return float(self.rise_m_per_s2[-1]), float(self.sd_m_per_s2[-1])


def take_off(motion: Motion, rep: Rep) -> Takeoff:
    """Return how a rep's bar starts; the acceleration's last entry, after those of the frames, is at the start."""
    time_s, height = motion.time_s, motion.bar_m[:, 1]
    rough = smooth(time_s, motion.bar_speed_m_per_s[:, 1], HALF_WINDOW_S)[1]
    spread = np.full_like(rough, _SMOOTHED_SD_M_PER_S2)
    near = (time_s >= rep.lift_off_s - _EARLIEST_S - _BEFORE_S) & (time_s <= rep.lift_off_s + _AFTER_S)
    near &= np.isfinite(height)
    before = near & (time_s < rep.lift_off_s - 0.2)
    if near.sum() < 8 or before.sum() < 3:
        known = np.isfinite(rough)
        early = float(np.interp(rep.lift_off_s, time_s[known], rough[known])) if known.any() else np.nan
        return Takeoff(rep.lift_off_s, np.r_[rough, early], np.r_[spread, 2 * _SMOOTHED_SD_M_PER_S2])
    was_still = np.ptp(height[before]) < _AT_REST_M
    starts, weights, parts, covariances = _tried(motion, rep, near, _FOR_EVER_S if was_still else _PAUSES_S)
    start_s = float(weights @ starts)
    ago = time_s - start_s
    fade = np.exp(-np.maximum(ago, 0) / _FADES_S)
    mean, covariance = weights @ parts, np.einsum("s,sij->ij", weights, covariances)
    off = parts - mean
    covariance = covariance + np.einsum("s,si,sj->ij", weights, off, off)
    terms = np.stack([fade, np.ones_like(fade)], axis=1)
    deviation = np.sqrt(np.einsum("ti,ij,tj->t", terms, covariance, terms))
    # The model holds for the start; after that the smoothed path takes over. Before, a bar that hangs in the hands
    # is on the smoothed path, too, and one on the floor does not count.
    share = np.clip(ago / _AFTER_S, 0, 1)
    rise = (1 - share) * (terms @ mean) + share * np.nan_to_num(rough)
    sd = np.hypot((1 - share) * deviation, share * spread)
    first, hangs = np.ones(2), rep.starts_hanging
    return Takeoff(
        start_s,
        np.r_[np.where(ago < 0, rough if hangs else 0.0, rise), first @ mean],
        np.r_[np.where(ago < 0, spread if hangs else 0.0, sd), np.sqrt(first @ covariance @ first)],
    )


def _tried(
    motion: Motion, rep: Rep, near: Bools, pauses_s: Sequence[float]
) -> tuple[Floats, Floats, Floats, Floats]:  # fmt: skip
    """Return starts (try,), their weights, and both parts of the acceleration (try, 2) with covariances."""
    time_s, height = motion.time_s[near], motion.bar_m[near, 1]
    steps = np.arange(rep.lift_off_s - _EARLIEST_S, rep.lift_off_s - _LATEST_S + 1e-9, _STEP_S)
    starts, pauses = (grid.ravel() for grid in np.meshgrid(steps, pauses_s, indexing="ij"))
    ago = time_s[:, None] - starts
    made = np.concatenate([_heights(ago, _FADES_S), _heights(-ago - pauses, _BRAKES_S)], axis=2)
    shapes = smooth(time_s, made, PATH_HALF_WINDOW_S)[0]
    terms = np.moveaxis(np.concatenate([shapes, np.ones((*ago.shape, 1))], axis=2), 1, 0)
    # Smoothed samples share what they were made from: as many are independent as windows fit in.
    alike = max(1.0, PATH_HALF_WINDOW_S / float(np.median(np.diff(motion.time_s))))
    noise2 = _LEAST_NOISE_M**2 * alike
    prior = np.diag(np.r_[1 / _SPREAD_M_PER_S2**2, 0.0])
    turned = np.swapaxes(terms, 1, 2) / noise2
    gram = turned @ terms + prior
    answer = np.linalg.solve(gram, (turned @ height + prior @ np.r_[_USUAL_M_PER_S2, 0.0])[..., None])[..., 0]
    off = height - (terms @ answer[..., None])[..., 0]
    pull = (answer[:, :-1] - _USUAL_M_PER_S2) / _SPREAD_M_PER_S2
    score = (off**2).sum(axis=1) / noise2 + (pull**2).sum(axis=1)
    # Where the film is noisier than the least, every start fits worse, and fewer can be told apart.
    score /= max(1.0, score.min() / max(1.0, (near.sum() - 4) / alike))
    weights = np.exp(-(score - score.min()) / 2)
    return starts, weights / weights.sum(), answer[:, :2], np.linalg.inv(gram)[:, :2, :2]


def _heights(ago_s: Floats, fades_s: float) -> Floats:
    """Return the height gained after a start by a unit of the fading and of the steady acceleration, (…, 2)."""
    t = np.maximum(ago_s, 0)
    fading = fades_s * t - fades_s**2 * (1 - np.exp(-t / fades_s))
    return np.stack([fading, t * t / 2], axis=-1)
