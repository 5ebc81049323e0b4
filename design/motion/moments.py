"""Moments of a drawn pull: what is true, and what the pose network makes of them."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Floats
from lumbar.synth.case import Case
from lumbar.synth.truth import Truth


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Some frames of one pull: the truth, and what the network makes of each, in the picture's own pixels.

    ``score`` (time,), ``landmarks_px`` (time, 33, 2) and ``world_m`` (time, 33, 3) of the lifter.
    """

    case: Case
    truth: Truth
    score: Floats
    landmarks_px: Floats
    world_m: Floats

    @property
    def trunk_m(self) -> Floats:
        """Return the way from the hips' middle to the shoulders', ahead and up, (time, 2)."""
        return np.asarray((self.truth.middle_m("shoulder") - self.truth.middle_m("hip"))[:, :2])


def rows_of(truth: Truth, rows: NDArray[np.intp]) -> Truth:
    """Return the truth of some frames."""
    frames = len(truth.time_s)
    over_time = {
        field.name: getattr(truth, field.name)[rows]
        for field in fields(truth)
        if isinstance(getattr(truth, field.name), np.ndarray) and len(getattr(truth, field.name)) == frames
    }
    return replace(truth, **over_time)
