"""True angles of the near side in the sagittal plane, and the shape that every truth has."""

from collections.abc import Callable

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.true_reps import TrueRep, TrueSet

#: The true value of one rep's measure in SI units; None where the rep has none (no lockout, no rest before), and
#: then nothing should be given; :data:`UNTOLD` where it is no question of true or false.
RepTruthOf = Callable[[TrueSet, TrueRep], float | None]
SetTruthOf = Callable[[TrueSet], float | None]
UNTOLD = float("nan")

_CHAINS = {"hip": ("shoulder", "hip", "knee"), "knee": ("hip", "knee", "ankle")}
_LINES = {"trunk": ("hip", "shoulder"), "shank": ("ankle", "knee")}


def inner_angle(one: Floats, middle: Floats, other: Floats) -> Floats:
    """Return the angle at ``middle`` between two points, each (…, 2), in radians; π is straight."""
    to_one, to_other = one - middle, other - middle
    cosine = (to_one * to_other).sum(-1) / np.linalg.norm(to_one, axis=-1) / np.linalg.norm(to_other, axis=-1)
    return np.asarray(np.arccos(np.clip(cosine, -1, 1)))


def elevation(low: Floats, high: Floats) -> Floats:
    """Return how steeply ``high`` lies above ``low``, each (…, 2), in radians; π/2 is upright."""
    reach = high - low
    return np.asarray(np.arctan2(reach[..., 1], reach[..., 0]))


def angle_of(joint: str, point: Callable[[str], Floats]) -> Floats:
    """Return the angle of trunk, shank, hip or knee from points by name; signs as in docs/conventions.md."""
    if joint in _LINES:
        low, high = _LINES[joint]
        return elevation(point(low), point(high))
    return inner_angle(*(point(name) for name in _CHAINS[joint]))


def event_s(rep: TrueRep, event: str) -> float | None:
    """Return when an event of a rep is, by its name without unit; None when it does not happen."""
    time_s: float | None = getattr(rep, f"{event}_s")
    return time_s


def angle_at(true: TrueSet, joint: str, when_s: float | None) -> float | None:
    """Return an angle at a moment (rad); None when the moment does not happen."""
    return None if when_s is None else true.at(angle_of(joint, true.near_m), when_s)


def angle_truth(joint: str, event: str) -> RepTruthOf:
    """Return the truth of an angle at an event."""

    def told(true: TrueSet, rep: TrueRep) -> float | None:
        return angle_at(true, joint, event_s(rep, event))

    return told
