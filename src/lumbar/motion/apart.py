"""How well shoulder and bar are known against the hip: they share most of their errors with it."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats, check_shape, freeze
from lumbar.motion.chain import AT, BAR, HIP, SHOULDER, STATE
from lumbar.motion.fit import Fit

#: Places against the hip: the shoulder's ahead and up, the bar's ahead. A load's moment asks for nothing else.
PLACES = ("shoulder_x", "shoulder_y", "bar_x")
_AGAINST_HIP = np.zeros((len(PLACES), len(STATE)))
for _row, (_place, _hip) in enumerate(
    ((SHOULDER.start, HIP.start), (SHOULDER.start + 1, HIP.start + 1), (BAR.start, HIP.start))
):
    _AGAINST_HIP[_row, [_place, _hip]] = 1.0, -1.0


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """How well :data:`PLACES` are known.

    ``covariance_m2`` (time, 3, 3) is theirs; ``scale_m`` (time, 3) is by how much of it they all move when the
    clip's scale is one standard deviation off.
    """

    covariance_m2: Floats
    scale_m: Floats

    def __post_init__(self) -> None:
        freeze(self)
        frames, places = len(self.covariance_m2), len(PLACES)
        check_shape("covariance_m2", self.covariance_m2, "(time, place, place)", (frames, places, places))
        check_shape("scale_m", self.scale_m, "(time, place)", (frames, places))


def apart(fit: Fit) -> Apart:
    """Return what the fit says of it: its scale is the lifter's stature, to which all lengths are tied."""
    stature = AT["stature"]
    with_scale = fit.cross_cov[:, :, stature] @ _AGAINST_HIP.T
    return Apart(
        np.asarray(_AGAINST_HIP @ fit.state_cov @ _AGAINST_HIP.T),
        np.asarray(with_scale / np.sqrt(fit.clip_cov[stature, stature])),
    )


def unknown(frames: int) -> Apart:
    """Return the same of a lifter who was not seen."""
    return Apart(np.full((frames, len(PLACES), len(PLACES)), np.nan), np.full((frames, len(PLACES)), np.nan))
