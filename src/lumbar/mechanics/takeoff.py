"""When the bar starts up, and how hard: the moment is highest there, and smoothing blurs just that.

A bar that lay still leaves the floor with an acceleration that fades as it takes up speed. So its height after the
start is that of a fading and of a steady acceleration together; before, it is the rest. Start and both parts are
found by least squares over many starts, each weighed by how well it explains the film. The motion's own smoothing
is laid over the model, too, so that like is compared with like.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.motion.smooth import HALF_WINDOW_S, PATH_HALF_WINDOW_S, smooth

# Engineering rules.
#: How fast the first acceleration fades, s; and what is compared: before and after each start, s.
_FADES_S, _BEFORE_S, _AFTER_S = 0.12, 0.20, 0.30
#: Starts that are tried, s before the bar counts as risen (1 cm), and their step.
_EARLIEST_S, _LATEST_S, _STEP_S = 0.30, 0.0, 0.01
#: What accelerations are usual, m/s²: filmed pulls begin with about 3 and go on steadily.
_USUAL_M_PER_S2 = np.array([3.0, 0.0])
_SPREAD_M_PER_S2 = np.array([2.5, 1.5])
#: A bar's height is never known better than this, m; and how sure a smoothed acceleration is, m/s².
_LEAST_NOISE_M, _SMOOTHED_SD_M_PER_S2 = 0.0008, 0.4
#: A bar at rest: it moves less than this in the time before the start, m.
_AT_REST_M = 0.006


@dataclass(frozen=True, slots=True, eq=False)
class Takeoff:
    """The start of a pull: when, and the bar's upward acceleration (time,) with its standard deviation.

    ``was_still`` is False where the bar did not rest before (touch and go): then it is the smoothed path's.
    """

    start_s: float
    rise_m_per_s2: Floats
    sd_m_per_s2: Floats
    was_still: bool

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
    if near.sum() < 8 or before.sum() < 3 or np.ptp(height[before]) > _AT_REST_M:
        early = float(np.interp(rep.lift_off_s, time_s[np.isfinite(rough)], rough[np.isfinite(rough)]))
        return Takeoff(
            rep.lift_off_s, np.r_[rough, early], np.r_[spread, 2 * _SMOOTHED_SD_M_PER_S2], was_still=False
        )
    starts, weights, parts, covariances = _tried(motion, rep, near)
    start_s = float(weights @ starts)
    ago = time_s - start_s
    fade = np.exp(-np.maximum(ago, 0) / _FADES_S)
    mean, covariance = weights @ parts, np.einsum("s,sij->ij", weights, covariances)
    off = parts - mean
    covariance = covariance + np.einsum("s,si,sj->ij", weights, off, off)
    terms = np.stack([fade, np.ones_like(fade)], axis=1)
    deviation = np.sqrt(np.einsum("ti,ij,tj->t", terms, covariance, terms))
    # The model holds for the start; after that the smoothed path takes over.
    share = np.clip(ago / _AFTER_S, 0, 1)
    rise = np.where(ago < 0, 0.0, (1 - share) * (terms @ mean) + share * np.nan_to_num(rough))
    sd = np.where(ago < 0, 0.0, np.hypot((1 - share) * deviation, share * spread))
    first = np.ones(2)
    return Takeoff(
        start_s, np.r_[rise, first @ mean], np.r_[sd, np.sqrt(first @ covariance @ first)], was_still=True
    )


def _tried(motion: Motion, rep: Rep, near: np.ndarray) -> tuple[Floats, Floats, Floats, Floats]:
    """Return starts (start,), their weights, and both parts of the acceleration (start, 2) with covariances."""
    time_s, height = motion.time_s[near], motion.bar_m[near, 1]
    step_s = float(np.median(np.diff(motion.time_s)))
    starts = np.arange(rep.lift_off_s - _EARLIEST_S, rep.lift_off_s - _LATEST_S + 1e-9, _STEP_S)
    shapes = smooth(time_s, _heights(time_s[:, None] - starts), PATH_HALF_WINDOW_S)[0]
    # Smoothed samples share what they were made from: as many are independent as windows fit in.
    alike = max(1.0, PATH_HALF_WINDOW_S / step_s)
    prior = np.diag(1 / _SPREAD_M_PER_S2**2)
    found, scores, spreads = [], [], []
    for column in range(len(starts)):
        terms = np.column_stack([shapes[:, column], np.ones(len(time_s))])
        lead = np.zeros((3, 3))
        lead[:2, :2] = prior
        noise2 = _LEAST_NOISE_M**2 * alike
        gram = terms.T @ terms / noise2 + lead
        answer = np.linalg.solve(gram, terms.T @ height / noise2 + lead @ np.r_[_USUAL_M_PER_S2, 0])
        off = height - terms @ answer
        pull = (answer[:2] - _USUAL_M_PER_S2) / _SPREAD_M_PER_S2
        found.append(answer[:2])
        scores.append(off @ off / noise2 + pull @ pull)
        spreads.append(np.linalg.inv(gram)[:2, :2])
    score = np.array(scores)
    # Where the film is noisier than the least, every start fits worse, and fewer can be told apart.
    score /= max(1.0, score.min() / max(1.0, (near.sum() - 4) / alike))
    weights = np.exp(-(score - score.min()) / 2)
    return starts, weights / weights.sum(), np.array(found), np.array(spreads)


def _heights(ago_s: Floats) -> Floats:
    """Return the height gained after a start by a unit of the fading and of the steady acceleration, (…, 2)."""
    t = np.maximum(ago_s, 0)
    fading = _FADES_S * t - _FADES_S**2 * (1 - np.exp(-t / _FADES_S))
    return np.stack([fading, t * t / 2], axis=-1)
