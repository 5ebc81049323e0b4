"""The part of a body that the lower back carries: what is above L5/S1, from sex, mass and height."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.lifter import Lifter
from lumbar.mechanics.segments import DE_LEVA, STATURE_M, Sex

#: From the hip joint's centre up to L5/S1 along an upright trunk, m at the mean stature (Dumas 2007; reference
#: biomechanics §3.1: 94 mm for men and 107 mm for women; Reed 1999 agrees within 4 mm).
L5S1_ABOVE_HIP_M = {"male": 0.094, "female": 0.107}
#: How far L5/S1 lies behind the hip joints in an upright pelvis, m at the mean stature (same sources).
L5S1_BEHIND_HIP_M = {"male": 0.0125, "female": 0.0219}

#: The arm's joints from the shoulder down, and the segments between them.
ARM = ("upper_arm", "forearm", "hand")


@dataclass(frozen=True, slots=True, eq=False)
class UpperBody:
    """Everything above L5/S1, in four parts: head with trunk, upper arms, forearms, hands (left and right as one).

    ``mass_kg`` (…, 4); ``trunk_centre_m`` (…,) is how far the first part's centre of mass lies from L5/S1 on the
    line to the shoulder; ``arm_centre_ratio`` (…, 3) is where the others' lie between their joints, and
    ``reach_ratio`` (3,) where they lie on a straight arm from shoulder to bar, the hand's at the bar. Leading axes
    are Monte-Carlo draws, or none.
    """

    mass_kg: Floats
    trunk_centre_m: Floats
    arm_centre_ratio: Floats
    reach_ratio: Floats


def upper_body(sex: Sex, mass_kg: float, height_m: float) -> UpperBody:
    """Return what one lifter carries above L5/S1, from de Leva's table scaled to their height.

    The lower trunk is cut at L5/S1 as if it were of one density (reference §3.2); head and trunk make one part on
    the line from L5/S1 to the shoulder. Raises ValueRangeError for a mass or a height that cannot be.
    """
    Lifter(height_m, mass_kg, sex)  # refuses what cannot be
    table = DE_LEVA[sex]
    share, centre_m = head_and_trunk(sex)
    masses = [share, *(2 * table[name].mass_ratio for name in ARM)]
    return UpperBody(
        mass_kg=np.array(masses) * mass_kg,
        trunk_centre_m=np.asarray(centre_m * height_m / STATURE_M[sex]),
        arm_centre_ratio=np.array([table[name].centre_ratio for name in ARM]),
        reach_ratio=_reach(sex),
    )


def _reach(sex: Sex) -> Floats:
    """Return where the parts of a straight arm lie between shoulder and bar, (3,)."""
    upper, fore, hand = (DE_LEVA[sex][name] for name in ARM)
    length_m = upper.length_m + fore.length_m + hand.centre_ratio * hand.length_m
    elbow_m = upper.length_m
    places = (upper.centre_ratio * elbow_m, elbow_m + fore.centre_ratio * fore.length_m, length_m)
    return np.array(places) / length_m


def head_and_trunk(sex: Sex) -> tuple[float, float]:
    """Return the share of body mass in head and trunk above L5/S1, and its centre's distance from there.

    The distance is in m at the mean stature, with head and trunk straight (reference §3.2: 0.4319 and 311 mm for
    men, 0.4190 and 316 mm for women).
    """
    table, cut_m = DE_LEVA[sex], L5S1_ABOVE_HIP_M[sex]
    lower, mid, upper = (table[f"{part}_trunk"] for part in ("lower", "mid", "upper"))
    left = 1 - cut_m / lower.length_m
    crown_m = table["trunk_cervical"].length_m + table["head_cervical"].length_m
    parts = (
        (lower.mass_ratio * left, (cut_m + lower.length_m) / 2),
        (mid.mass_ratio, lower.length_m + (1 - mid.centre_ratio) * mid.length_m),
        (upper.mass_ratio, table["trunk"].length_m - upper.centre_ratio * upper.length_m),
        (
            table["head"].mass_ratio,
            crown_m - table["head_cervical"].centre_ratio * table["head_cervical"].length_m,
        ),
    )
    share = sum(mass for mass, _ in parts)
    return share, sum(mass * (height - cut_m) for mass, height in parts) / share
