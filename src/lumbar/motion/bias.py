"""What the pose network gets wrong of everybody: where it puts landmarks against joints, and the view it tells.

The numbers are ``biases.toml``, which ``design/motion/landmark_biases.py`` learned on drawn moments of the train
split. The shoulder lies beyond the joint along the trunk, too; that is in :mod:`lumbar.motion.chain`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from lumbar.arrays import Bools, Floats, freeze

#: Postures that biases are known of: bent, upright with empty hands, upright with the bar in them.
POSTURES = ("bent", "tall", "top")
#: What the table has of each, as :class:`_Bias` names it.
_KINDS = ("seen_m", "per_rad_m")
#: The sine of the trunk's angle above the level of who bends and of who stands; between, both count.
BENT_SINE, TALL_SINE = 0.3, 1.0
#: Biases are straight lines over the view, about this one, and hold between these (rad).
USUAL_VIEW_RAD, _VIEWS_RAD = np.radians(100.0), (np.radians(70.0), np.radians(130.0))
#: The view that is told from the network's 3-D guess is off by this (rad). It is rather 0° at 80°, −11° at 100°
#: and −10° at 120° (the same study), but the fit finds the view no better with that.
VIEW_BIAS_RAD = np.radians(-4.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Bias:
    """Of one landmark, ahead and up, (posture, 2): metres, and those for each radian of the view."""

    seen_m: Floats
    per_rad_m: Floats

    def __post_init__(self) -> None:
        freeze(self)


def postures(upright_ratio: Floats, is_held: Bools) -> Floats:
    """Return how much of each of :data:`POSTURES` a moment has, (time, 3), in shares of one.

    ``upright_ratio`` (time,) is the sine of the trunk's angle above the level, ``is_held`` whether the bar is in
    the hands.
    """
    upright = np.clip((upright_ratio - BENT_SINE) / (TALL_SINE - BENT_SINE), 0, 1)
    return np.column_stack([1 - upright, upright * ~is_held, upright * is_held])


def bias_m(joint: str, side: int, posture_ratio: Floats, view_rad: float) -> Floats:
    """Return where the network puts a seen landmark against the joint, ahead and up (time, 2) in metres.

    ``side`` is 1 for the near and −1 for the far one, ``posture_ratio`` as of :func:`postures`. What the table
    does not have (face, hand, elbow) has none.
    """
    bias = _biases().get((joint, side))
    if bias is None:
        return np.zeros((len(posture_ratio), 2))
    turn = np.clip(view_rad, *_VIEWS_RAD) - USUAL_VIEW_RAD
    return np.asarray(posture_ratio @ (bias.seen_m + turn * bias.per_rad_m))


@cache
def _biases() -> Mapping[tuple[str, int], _Bias]:
    held = tomllib.loads((files("lumbar.motion") / "biases.toml").read_text(encoding="utf-8"))
    return {
        (joint, side): _Bias(*(np.array([row[name][kind] for name in POSTURES]) for kind in _KINDS))
        for word, side in (("near", 1), ("far", -1))
        for joint, row in held[word].items()
    }
