"""What the near plate hides of the lifter."""

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.motion.chain import MARKS

FEET = ("ankle", "heel", "toe")
#: The rim hides a little beyond itself.
_RIM = 1.04
#: Feet that are not this far beside or below the near plate are taken as hidden, wherever the network puts them.
_BESIDE, _BELOW = 1.1, 1.3


def hidden_marks(cover_px: Floats, at_px: Floats, seen_px: Floats) -> Bools:
    """Say which marks the near plate hides, (time, mark).

    ``cover_px`` (time, 4) is the plate's middle, half width and half height, ``at_px`` (time, mark, 2) where the
    lifter has the marks of :data:`~lumbar.motion.chain.MARKS`, ``seen_px`` where the network puts them: it is
    asked of both. With a knee the whole lower leg is guessed.
    """
    hidden = behind(cover_px, at_px) | behind(cover_px, seen_px)
    low = _stands_on(cover_px, at_px) | _stands_on(cover_px, seen_px)
    for index, (joint, side) in enumerate(MARKS):
        if joint in FEET:
            hidden[:, index] |= low[:, index] | hidden[:, MARKS.index(("knee", side))]
    return hidden


def behind(cover_px: Floats, points_px: Floats) -> Bools:
    """Say which points, (time, point, 2), lie behind the plate; (time, point)."""
    away = (points_px - cover_px[:, None, :2]) / cover_px[:, None, 2:]
    with np.errstate(invalid="ignore"):
        return np.asarray((away**2).sum(axis=2) < _RIM**2)


def _stands_on(cover_px: Floats, points_px: Floats) -> Bools:
    """Say which points lie above or just below the plate's bottom, and not beside it; (time, point)."""
    away = (points_px - cover_px[:, None, :2]) / cover_px[:, None, 2:]
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(away[..., 0]) < _BESIDE) & (np.abs(away[..., 1]) < _BELOW))
