"""The part of a body that the lower back carries: what is above L5/S1, from sex and mass.

Its lengths are those that were seen; the table says at which share of the way from joint to joint a centre of mass
lies. With the trunk's length taken from stature instead, the moment of three measured lifts of a man with a short
trunk is 17 N·m off; with the length that was measured it is 4 (tests/mechanics/test_stoop.py).
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.lifter import Lifter
from lumbar.mechanics.segments import DE_LEVA, Segment, Sex

#: From the hip joint's centre up to L5/S1 along an upright trunk, m at the mean stature (Dumas 2007; reference
#: biomechanics §3.1: 94 mm for men and 107 mm for women; Reed 1999 agrees within 4 mm).
L5S1_ABOVE_HIP_M = {"male": 0.094, "female": 0.107}
#: How far L5/S1 lies behind the hip joints in an upright pelvis, m at the mean stature (same sources).
L5S1_BEHIND_HIP_M = {"male": 0.0125, "female": 0.0219}

#: The arm's joints from the shoulder down, and the segments between them.
ARM = ("upper_arm", "forearm", "hand")
#: Of the three radii of gyration the one about the transverse axis, about which the sagittal plane turns.
_SAGITTAL = 1


@dataclass(frozen=True, slots=True, eq=False)
class UpperBody:
    """Everything above L5/S1, in four parts: head with trunk, upper arms, forearms, hands (left and right as one).

    ``mass_kg`` (…, 4); ``centre_ratio`` (…, 4) is where each part's centre of mass lies between its joints: the
    trunk's from L5/S1 to the shoulder, the arm's from shoulder to elbow, wrist and knuckle. ``gyration_ratio``
    (…, 4) are their radii of gyration in the sagittal plane about that centre, in the same lengths.
    ``reach_ratio`` (3,) is where the arm's parts lie on a straight one from shoulder to bar, the hand's at the
    bar. Leading axes are Monte-Carlo draws, or none.
    """

    mass_kg: Floats
    centre_ratio: Floats
    gyration_ratio: Floats
    reach_ratio: Floats


def upper_body(sex: Sex, mass_kg: float) -> UpperBody:
    """Return what a lifter of that sex and mass carries above L5/S1, by de Leva's table.

    The lower trunk is cut at L5/S1 as if it were of one density (reference §3.2); head and trunk make one part on
    the line from L5/S1 to the shoulder. Raises ValueRangeError for a mass that cannot be.
    """
    Lifter(mass_kg=mass_kg)  # refuses what cannot be
    table, trunk = DE_LEVA[sex], head_and_trunk(sex)
    line_m = table["trunk_shoulders"].length_m - L5S1_ABOVE_HIP_M[sex]
    arm = [table[name] for name in ARM]
    return UpperBody(
        mass_kg=np.array([trunk.mass_ratio, *(2 * part.mass_ratio for part in arm)]) * mass_kg,
        centre_ratio=np.array([trunk.centre_m / line_m, *(part.centre_ratio for part in arm)]),
        gyration_ratio=np.array([trunk.gyration_m / line_m, *(part.gyration_ratio[_SAGITTAL] for part in arm)]),
        reach_ratio=_reach(sex),
    )


def _reach(sex: Sex) -> Floats:
    """Return where the parts of a straight arm lie between shoulder and bar, (3,)."""
    upper, fore, hand = (DE_LEVA[sex][name] for name in ARM)
    length_m = upper.length_m + fore.length_m + hand.centre_ratio * hand.length_m
    elbow_m = upper.length_m
    places = (upper.centre_ratio * elbow_m, elbow_m + fore.centre_ratio * fore.length_m, length_m)
    return np.array(places) / length_m


@dataclass(frozen=True, slots=True)
class HeadAndTrunk:
    """Head and trunk above L5/S1, straight, at the mean stature: share of body mass, centre's distance, radius."""

    mass_ratio: float
    centre_m: float
    gyration_m: float


def head_and_trunk(sex: Sex) -> HeadAndTrunk:
    """Return head and trunk above L5/S1 as one part.

    Reference §3.2 has 0.4319 of body mass and 311 mm for men, 0.4190 and 316 mm for women. The radius of gyration
    is by the parallel axes of what the part is made of.
    """
    table, cut_m = DE_LEVA[sex], L5S1_ABOVE_HIP_M[sex]
    lower, mid, upper, head = (
        table[name] for name in ("lower_trunk", "mid_trunk", "upper_trunk", "head_cervical")
    )
    left = 1 - cut_m / lower.length_m
    crown_m = table["trunk_cervical"].length_m + head.length_m
    # Mass, height over the hips, radius of gyration.
    parts = np.array([
        (lower.mass_ratio * left, (cut_m + lower.length_m) / 2, _radius(lower) * left),
        (mid.mass_ratio, lower.length_m + (1 - mid.centre_ratio) * mid.length_m, _radius(mid)),
        (upper.mass_ratio, table["trunk"].length_m - upper.centre_ratio * upper.length_m, _radius(upper)),
        (head.mass_ratio, crown_m - head.centre_ratio * head.length_m, _radius(head)),
    ])  # fmt: skip
    mass, height, radius = parts.T
    share = mass.sum()
    centre = (mass @ height) / share
    turning = mass @ (radius**2 + (height - centre) ** 2)
    return HeadAndTrunk(float(share), float(centre - cut_m), float(np.sqrt(turning / share)))


def _radius(segment: Segment) -> float:
    return segment.gyration_ratio[_SAGITTAL] * segment.length_m
