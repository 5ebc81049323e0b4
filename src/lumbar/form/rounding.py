"""Rounding of the back in a rep: how far it bends between the set-up and its worst moment before the knee."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

__all__ = ["NOT_READ", "ROUNDING", "Worst", "creep", "measure_rounding", "set_up", "worst"]
ROUNDING = ("lumbar_change", "thoracic_change", "lumbar_start", "lumbar_worst_at")
#: The set-up: the last frames before lift-off, when the slack is taken out of the bar (engineering rule).
_SET_UP_S = 0.35
_LEAST_FRAMES = 3
#: Where the bar is beside the knee when the knee was not seen: this share of its way (our bodies: 0.45 to 0.65).
_KNEE_AT = 0.55
#: A pull's curve is smoothed over this long, and over no more than this share of it.
_SMOOTHED_S, _SMOOTHED_SHARE = 0.5, 0.5
#: Half widths of 90 % ranges: what stays when the reader is sure, and the share of its own standard deviation
#: (design/back/calibrate.py, tune split): lumbar, thoracic.
_RANGE = {"lumbar": (np.radians(3.0), 1.0), "thoracic": (np.radians(5.0), 1.0)}
_START_RANGE = (np.radians(5.0), 1.2)
_HIDDEN = "Your back was not seen well enough while the bar went from the floor to the knee."
_NO_SET_UP = "Your back was not seen well enough just before the bar left the floor."


@dataclass(frozen=True, slots=True, eq=False)
class Worst:
    """The worst moment of a pull: how far the back bent since the set-up, its range, and when it was."""

    change: Estimate
    time_s: float


def measure_rounding(motion: Motion, back: BackCurve | Missing, rep: Rep) -> Mapping[str, Measured]:
    """Return the rounding measures of one rep by id, in radians; ``lumbar_worst_at`` in shares of the way up."""
    if isinstance(back, Missing):
        return dict.fromkeys(ROUNDING, back)
    lumbar, thoracic = worst(motion, back, rep, 0), worst(motion, back, rep, 1)
    return {
        "lumbar_change": lumbar.change if isinstance(lumbar, Worst) else lumbar,
        "thoracic_change": thoracic.change if isinstance(thoracic, Worst) else thoracic,
        "lumbar_start": _start(back, rep),
        "lumbar_worst_at": _share_of_way(motion, rep, lumbar.time_s) if isinstance(lumbar, Worst) else lumbar,
    }


def worst(motion: Motion, back: BackCurve, rep: Rep, column: int) -> Worst | Missing:
    """Return the worst moment between lift-off and knee pass; ``column`` 0 is lumbar, 1 thoracic.

    The curve is smoothed before its highest point is taken: the maximum of a noisy curve lies above the true one.
    """
    before = set_up(back, rep)
    if before.sum() < _LEAST_FRAMES:
        return Missing(_NO_SET_UP)
    end_s = _knee_pass_s(motion, rep)
    pull = back.is_read & (back.time_s >= rep.lift_off_s - _SET_UP_S) & (back.time_s <= end_s)
    late = pull & (back.time_s >= rep.lift_off_s)
    if late.sum() < _LEAST_FRAMES or not _covers(back.time_s[late], rep.lift_off_s, end_s):
        return Missing(_HIDDEN)
    change, spread = (both[:, column] for both in back.since(before))
    width_s = min(_SMOOTHED_S, _SMOOTHED_SHARE * (end_s - rep.lift_off_s))
    smooth = _smoothed(back.time_s[pull], change[pull], back.time_s[late], width_s)
    at = int(np.argmax(smooth))
    floor, share = _RANGE[("lumbar", "thoracic")[column]]
    half = float(np.hypot(floor, share * np.median(spread[late])))
    return Worst(around(float(smooth[at]), half), float(back.time_s[late][at]))


def creep(motion: Motion, back: BackCurve | Missing, reps: tuple[Rep, ...]) -> Measured:
    """Return how much more the lower back is bent at the worst moment of the last rep than of the first."""
    if isinstance(back, Missing):
        return back
    if len(reps) < 2:
        return Missing("The creep of the back needs at least two reps.")
    first, last = (worst(motion, back, rep, 0) for rep in (reps[0], reps[-1]))
    if isinstance(first, Missing):
        return first
    if isinstance(last, Missing):
        return last
    change, spread = back.since(np.abs(back.time_s - first.time_s) <= _SET_UP_S / 2)
    near = (np.abs(back.time_s - last.time_s) <= _SET_UP_S / 2) & np.isfinite(change[:, 0])
    floor, share = _RANGE["lumbar"]
    half = float(np.hypot(floor, share * np.median(spread[near, 0])))
    return around(float(np.mean(change[near, 0])), half)


def set_up(back: BackCurve, rep: Rep) -> Bools:
    """Return the frames just before lift-off in which the back was read, (time,)."""
    near = (back.time_s >= rep.lift_off_s - _SET_UP_S) & (back.time_s <= rep.lift_off_s)
    return near & back.is_read


def _knee_pass_s(motion: Motion, rep: Rep) -> float:
    """Return when the bar passes the knee, or about when it must."""
    if isinstance(rep.knee_pass_s, Estimate):
        return rep.knee_pass_s.value
    up = (motion.time_s >= rep.lift_off_s) & (motion.time_s <= rep.lockout_s)
    share = (motion.bar_m[up, 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
    passed = np.flatnonzero(share >= _KNEE_AT)
    return float(motion.time_s[up][passed[0]]) if passed.size else rep.lockout_s


def _covers(time_s: Floats, start_s: float, end_s: float) -> bool:
    """Say whether the frames leave no gap longer than a third of the stretch."""
    gaps = np.diff(np.r_[start_s, time_s, end_s])
    return bool(gaps.max() <= max((end_s - start_s) / 3, 0.15))


def _smoothed(time_s: Floats, values: Floats, at_s: Floats, width_s: float) -> Floats:
    """Return a line fitted around each moment, weighted by a bell of ``width_s``."""
    ago = time_s[None] - at_s[:, None]
    weight = np.exp(-0.5 * (ago / (width_s / 2)) ** 2) + 1e-6
    mean_ago = (weight * ago).sum(1) / weight.sum(1)
    mean = (weight * values).sum(1) / weight.sum(1)
    off = ago - mean_ago[:, None]
    slope = (weight * off * values).sum(1) / ((weight * off**2).sum(1) + 1e-9)
    return np.asarray(mean - slope * mean_ago)


def _start(back: BackCurve, rep: Rep) -> Measured:
    """Return the lower back's flexion at the set-up against standing."""
    if isinstance(back.reference, Missing):
        return back.reference
    before = set_up(back, rep)
    if before.sum() < _LEAST_FRAMES:
        return Missing(_NO_SET_UP)
    floor, share = _START_RANGE
    half = float(np.hypot(floor, share * np.median(back.lumbar_sd_rad[before])))
    return around(float(np.mean(back.lumbar_change_rad[before])), half)


def _share_of_way(motion: Motion, rep: Rep, at_s: float) -> Measured:
    """Return where along the bar's way a moment is."""
    known = np.isfinite(motion.bar_m[:, 1])
    heights = np.interp(
        [at_s, at_s - _SMOOTHED_S / 2, at_s + _SMOOTHED_S / 2], motion.time_s[known], motion.bar_m[known, 1]
    )
    value, low, high = np.clip((heights - rep.rest_m) / (rep.top_m - rep.rest_m), 0, 1)
    return Estimate(float(value), float(min(low, value)), float(max(high, value)))
