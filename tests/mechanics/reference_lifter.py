"""The reference lifter of the published-model checks: a man of 1.75 m and 80 kg as a planar chain.

reference/biomechanics §5, fixture F3: de Leva's segments times 1.75/1.741, arms straight, the hand's mass at the
bar. Shank, thigh and trunk are given by their angles above the horizontal.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lumbar.arrays import Floats
from lumbar.mechanics.body import UpperBody, upper_body
from lumbar.mechanics.chain import SpineLoad, bar_force, moment_about, moment_of_force, place_parts, top_down
from lumbar.mechanics.segments import DE_LEVA

BODY_KG = 80.0
SCALE = 1.75 / 1.741
SHANK, THIGH, TRUNK, TO_L5S1 = (length * SCALE for length in (0.4340, 0.4222, 0.5155, 0.094))
ARM = np.array([0.2817, 0.2689, 0.0862 * 0.79]) * SCALE
ANKLE = np.array([0.0, 0.039 * 1.75])


def towards(angle_deg: float) -> Floats:
    return np.array([np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))])


def body(mass_kg: float = BODY_KG) -> UpperBody:
    """De Leva's man, with the hand's mass at the bar as F3 has it."""
    own = upper_body("male", mass_kg)
    return UpperBody(own.mass_kg, np.array([*own.centre_ratio[:3], 1.0]), own.gyration_ratio, own.reach_ratio)


def hang(l5s1_m: Floats, shoulder_m: Floats, bar_x_m: float) -> Floats:
    """The chain's joints (1, 5, 2), straight arms down to the bar: L5/S1, shoulder, elbow, wrist, hand."""
    drop = np.sqrt(ARM.sum() ** 2 - (shoulder_m[0] - bar_x_m) ** 2)
    bar = np.array([bar_x_m, shoulder_m[1] - drop])
    along = np.cumsum(ARM) / ARM.sum()
    return np.stack([l5s1_m, shoulder_m, *(shoulder_m + along[:, None] * (bar - shoulder_m))])[None]


def load_of(joints_m: Floats, bar_kg: float, rise_m_per_s2: float = 0.0, body_kg: float = BODY_KG) -> SpineLoad:
    force = bar_force(bar_kg, np.array([[0.0, rise_m_per_s2]]))
    return top_down(joints_m, body(body_kg), joints_m[:, -1], force)


Joint = Literal["hip", "knee", "ankle"]
#: The legs' joints from the top, in the order of what is below L5/S1.
JOINTS: tuple[Joint, ...] = ("hip", "knee", "ankle")


@dataclass(frozen=True)
class Posture:
    """Angles above the horizontal in degrees, and the bar's place."""

    shank_deg: float
    thigh_deg: float
    trunk_deg: float
    bar_x_m: float

    def legs(self) -> tuple[Floats, Floats, Floats]:
        knee = ANKLE + SHANK * towards(self.shank_deg)
        hip = knee - THIGH * towards(self.thigh_deg)
        return ANKLE, knee, hip

    def shoulder(self) -> Floats:
        return np.asarray(self.legs()[2] + TRUNK * towards(self.trunk_deg))

    def joints(self) -> Floats:
        """The chain's joints (1, 5, 2): L5/S1, shoulder, elbow, wrist, and the hand at the bar."""
        return hang(self.legs()[2] + TO_L5S1 * towards(self.trunk_deg), self.shoulder(), self.bar_x_m)

    def load(self, bar_kg: float, rise_m_per_s2: float = 0.0) -> SpineLoad:
        return load_of(self.joints(), bar_kg, rise_m_per_s2)

    def below(self) -> tuple[Floats, Floats]:
        """What is below L5/S1 from the top, centres (4, 2) and masses (4,): the pelvis, thighs, shanks, feet.

        De Leva's shares and centres. The pelvis is what the cut at L5/S1 leaves of the lower trunk, of one density
        (§3.2), so its centre is half way from the hips to L5/S1. The feet's lies 5.35 cm ahead of the ankles: F3
        does not say where, but only 5.2 to 5.5 cm give its centres of pressure to the last digit.
        """
        ankle, knee, hip = self.legs()
        thigh, shank, foot = (DE_LEVA["male"][name] for name in ("thigh", "shank", "foot"))
        masses = 2 * BODY_KG * np.array([thigh.mass_ratio, shank.mass_ratio, foot.mass_ratio])
        centres = [
            (hip + self.joints()[0, 0]) / 2,
            hip + thigh.centre_ratio * (knee - hip),
            knee + shank.centre_ratio * (ankle - knee),
            ankle + [0.0535, 0.0],
        ]
        return np.stack(centres), np.array([BODY_KG - body().mass_kg.sum() - masses.sum(), *masses])

    def moment_n_m(self, joint: Joint, bar_kg: float) -> float:
        """The moment of all that hangs above a joint of the legs, both sides, as F3 has it at hip and knee."""
        joints, own, (centres, masses) = self.joints(), body(), self.below()
        above = JOINTS.index(joint) + 1
        pivot = self.legs()[::-1][above - 1][None]
        parts = np.concatenate([place_parts(joints, own)[0], centres[:above]])[None]
        weights = np.concatenate([own.mass_kg, masses[:above]])
        bar = moment_of_force(pivot, joints[:, -1], bar_force(bar_kg, np.zeros((1, 2))))
        return float((moment_about(pivot, parts, weights) + bar)[0])

    def whole_x_m(self, bar_kg: float) -> float:
        """Where the common centre of mass of lifter and bar lies ahead of the ankle."""
        joints, own, (centres, masses) = self.joints(), body(), self.below()
        above = own.mass_kg @ place_parts(joints, own)[0]
        whole = above + masses @ centres + bar_kg * joints[0, -1]
        return float(whole[0] / (BODY_KG + bar_kg))


#: F3's three postures: the angles that its places come from, to the fixture's last digit.
LIFT_OFF = Posture(76, -18.8275377, 24, 0.08)
KNEE = Posture(84, -61, 35, 0.085)
LOCKOUT = Posture(90, -90, 90, 0.1)
