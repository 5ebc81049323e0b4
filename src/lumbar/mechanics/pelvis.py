"""Where L5/S1 is: from the hip, turned with the pelvis; the trunk's line alone would put it too far forward.

The offset from the hip's centre belongs to the pelvis (Reed 1999, Dumas 2007; reference/biomechanics §3.1). How
the pelvis stands is not seen, but the trunk's line is, and how far the lower back bends: a back that bends by 10°
leaves the pelvis 7° more upright than the trunk's line says.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.mechanics.body import L5S1_ABOVE_HIP_M, L5S1_BEHIND_HIP_M
from lumbar.mechanics.segments import STATURE_M, Sex

#: How much of the lumbar flexion lies between the trunk's line and the pelvis, and the rest; learned on the true
#: joints of eight bodies and tried on five others by design/load/place_l5s1.py, which prints what it costs.
BENDS_RATIO, OFFSET_RAD = 0.74, float(np.radians(0.9))
#: A lower back that nobody read: flexion grows with the trunk's lean up to 25 ± 11° where a trained lifter takes
#: hold of the bar (Edington 2018, reference/biomechanics §6.1), which is 60° of lean.
USUAL_FLEXION_RAD, USUAL_FLEXION_SD_RAD, AT_LEAN_RAD = (float(np.radians(deg)) for deg in (25.0, 11.0, 60.0))


@dataclass(frozen=True, slots=True)
class Pelvis:
    """How far L5/S1 lies above and behind the hip joints in an upright pelvis."""

    above_m: float
    behind_m: float


def pelvis_of(sex: Sex | None, height_m: float) -> Pelvis:
    """Return the pelvis of a body of that height; the mean of men's and women's where the sex was not said."""
    of = [sex] if sex else list(STATURE_M)
    above = [L5S1_ABOVE_HIP_M[one] / STATURE_M[one] for one in of]
    behind = [L5S1_BEHIND_HIP_M[one] / STATURE_M[one] for one in of]
    return Pelvis(float(np.mean(above)) * height_m, float(np.mean(behind)) * height_m)


def lean(hip_m: Floats, shoulder_m: Floats) -> Floats:
    """Return how far the line from hip to shoulder leans forward from upright, rad; (…, 2) in, (…,) out."""
    line = shoulder_m - hip_m
    return np.asarray(np.arctan2(line[..., 0], line[..., 1]))


def usual_flexion(lean_rad: Floats) -> Floats:
    """Return the lumbar flexion that lifters have on average at a trunk's lean, rad."""
    return np.asarray(USUAL_FLEXION_RAD * np.clip(lean_rad / AT_LEAN_RAD, 0, 1))


def pitch(lean_rad: Floats, lumbar_rad: Floats) -> Floats:
    """Return how far the pelvis is tipped forward from standing, rad; flexion counts from standing, too."""
    return np.asarray(lean_rad - BENDS_RATIO * lumbar_rad + OFFSET_RAD)


def place_l5s1(hip_m: Floats, shoulder_m: Floats, lumbar_rad: Floats, pelvis: Pelvis) -> Floats:
    """Return where L5/S1 is, (…, 2), from the middle of the hips and of the shoulders, x forward and y up."""
    tipped = pitch(lean(hip_m, shoulder_m), lumbar_rad)
    sine, cosine = np.sin(tipped), np.cos(tipped)
    ahead = pelvis.above_m * sine - pelvis.behind_m * cosine
    above = pelvis.above_m * cosine + pelvis.behind_m * sine
    return np.asarray(hip_m + np.stack([ahead, above], axis=-1))
