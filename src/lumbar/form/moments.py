"""The frames of one rep that measures are read from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Bools, freeze
from lumbar.estimate import Estimate
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: The first part of the bar's way, in which the hips may outrun the shoulders (reference/biomechanics §6.3).
EARLY = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Frames of one rep: ``up`` and ``down`` (time,) masks; ``early`` the indices of the bar's first 30 %.

    ``down`` is empty when the bar was not followed to the floor.
    """

    up: Bools
    down: Bools
    early: NDArray[np.intp]

    def __post_init__(self) -> None:
        freeze(self)


def moments_of(motion: Motion, rep: Rep) -> Moments:
    """Return the frames of a rep."""
    up = (motion.time_s >= rep.lift_off_s) & (motion.time_s <= rep.lockout_s)
    down = np.zeros(len(motion.time_s), dtype=bool)
    if isinstance(rep.lowering_s, Estimate) and isinstance(rep.floor_s, Estimate):
        down = (motion.time_s >= rep.lowering_s.value) & (motion.time_s <= rep.floor_s.value)
    index = np.flatnonzero(up)
    with np.errstate(invalid="ignore"):
        share = (motion.bar_m[index, 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
        return Moments(up, down, index[share <= EARLY])
