"""How a measure changes over the set: first against last, the trend with its range, the rep where it changed.

What is wrong with a clip is wrong with all its reps alike, so reps of one clip compare better than any of them
is known. How far a measure wobbles from rep to rep by itself comes from the reps' own scatter about the trend and
from what the tune split showed (design/form_ranges.py), which counts most where there are few reps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing, around

#: Standard deviation of one rep's value about the truth, shared errors of the clip apart, in the measure's unit.
WOBBLE = {
    "mean_concentric_velocity": 0.015,
    "trunk_lift_off": float(np.radians(3.0)),
}
#: So many reps' worth of trust the tune split's wobble has beside the reps' own scatter; an engineering rule.
_TRUST = 6
#: A step between two parts of the set must be this unlikely by chance to be named, over all places it may be at.
_STEP_CHANCE = 0.02


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure over a set.

    ``change`` is how much more the last rep has than the first, along the straight line through all reps.
    ``changed_at`` is the number of the first rep of the set's later, different part, or None.
    """

    change: Measured
    changed_at: int | None


def trend(values: Sequence[Measured], wobble_sd: float) -> Trend:
    """Return how a measure of each rep, in order, changes over the set; in its own unit.

    An ordinary least-squares line over the rep's number; its range is Student's t, with the residual variance
    pooled from the reps' scatter and the wobble that one rep has.
    """
    known = [(number, one.value) for number, one in enumerate(values, 1) if isinstance(one, Estimate)]
    if len(known) < 2:
        return Trend(Missing("A change over the set needs at least two reps that were measured."), None)
    number, value = np.array(known).T
    slope, middle = np.polyfit(number, value, 1)
    left = value - (slope * number + middle)
    free = _TRUST + len(known) - 2
    sd = np.sqrt((_TRUST * wobble_sd**2 + float(left @ left)) / free)
    span = number[-1] - number[0]
    margin = stdtrit(free, 0.95) * sd * span / np.sqrt(((number - number.mean()) ** 2).sum())
    return Trend(around(float(slope * span), float(margin)), _step(number, value, wobble_sd))


def _step(number: Floats, value: Floats, wobble_sd: float) -> int | None:
    """Return the first rep of the part of the set that differs most from the part before, if it does."""
    best: tuple[float, int] | None = None
    for at in range(1, len(value)):
        before, after = value[:at], value[at:]
        free = _TRUST + max(0, len(value) - 2)
        left = float(((before - before.mean()) ** 2).sum() + ((after - after.mean()) ** 2).sum())
        sd = np.sqrt((_TRUST * wobble_sd**2 + left) / free)
        size = abs(after.mean() - before.mean()) / (sd * np.sqrt(1 / len(before) + 1 / len(after)))
        chance = 2 * float(stdtr(free, -size)) * (len(value) - 1)
        if chance < _STEP_CHANCE and (best is None or chance < best[0]):
            best = (chance, int(number[at]))
    return best[1] if best and len(value) > 2 else None


def best_rep(measures: Sequence[Mapping[str, Measured]]) -> int | None:
    """Return the number of the lifter's best rep of a set: the reference for the others; None without any.

    Best is the fastest (mean speed up) of the reps whose lower back rounds least: those whose rounding is within
    the range of the least. Where rounding is not known, it is the fastest. An engineering rule.
    """
    speeds = {n: _value(rep, "mean_concentric_velocity") for n, rep in enumerate(measures, 1)}
    fast = {n: speed for n, speed in speeds.items() if speed is not None}
    rounding = {n: rep.get("lumbar_change") for n, rep in enumerate(measures, 1)}
    known = {n: one for n, one in rounding.items() if isinstance(one, Estimate)}
    if known:
        least = min(known.values(), key=lambda one: one.value)
        steady = {n for n, one in known.items() if one.value <= least.high}
        fast = {n: speed for n, speed in fast.items() if n in steady} or fast
    return max(fast, key=lambda n: fast[n]) if fast else None


def _value(rep: Mapping[str, Measured], name: str) -> float | None:
    one = rep.get(name)
    return one.value if isinstance(one, Estimate) else None


def against_earlier(now: Sequence[Measured], earlier: Sequence[Sequence[Measured]]) -> Measured:
    """Return how far this set's middle rep is from that of the lifter's earlier sets, in the measure's unit.

    Each set counts once, by its median rep; the range is a prediction range from how far earlier sets lie apart.
    """
    middles = [_median(one) for one in earlier]
    known = np.array([middle for middle in middles if middle is not None])
    own = _median(now)
    if own is None or len(known) < 3:
        return Missing("A comparison needs this set and at least three earlier sets in which it was measured.")
    margin = stdtrit(len(known) - 1, 0.95) * known.std(ddof=1) * np.sqrt(1 + 1 / len(known))
    return around(own - float(known.mean()), float(margin))


def _median(values: Sequence[Measured]) -> float | None:
    known = [one.value for one in values if isinstance(one, Estimate)]
    return float(np.median(known)) if known else None
