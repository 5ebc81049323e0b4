"""The reference lifter of the published-model checks: a man of 1.75 m and 80 kg as a planar chain.

reference/biomechanics §5, fixture F3: de Leva's segments times 1.75/1.741, arms straight, the hand's mass at the
bar. Shank, thigh and trunk are given by their angles above the horizontal.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.mechanics.body import UpperBody, upper_body
from lumbar.mechanics.chain import SpineLoad, bar_force, top_down

SCALE = 1.75 / 1.741
SHANK, THIGH, TRUNK, TO_L5S1 = (length * SCALE for length in (0.4340, 0.4222, 0.5155, 0.094))
ARM = np.array([0.2817, 0.2689, 0.0862 * 0.79]) * SCALE
ANKLE = np.array([0.0, 0.039 * 1.75])


def towards(angle_deg: float) -> Floats:
    return np.array([np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))])


def body() -> UpperBody:
    """De Leva's man, with the hand's mass at the bar as F3 has it."""
    own = upper_body("male", 80.0)
    return UpperBody(own.mass_kg, np.array([*own.centre_ratio[:3], 1.0]), own.gyration_ratio, own.reach_ratio)


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

    def joints(self) -> Floats:
        """The chain's joints (1, 5, 2): L5/S1, shoulder, elbow, wrist, and the hand at the bar."""
        hip = self.legs()[2]
        shoulder = hip + TRUNK * towards(self.trunk_deg)
        drop = np.sqrt(ARM.sum() ** 2 - (shoulder[0] - self.bar_x_m) ** 2)
        bar = np.array([self.bar_x_m, shoulder[1] - drop])
        along = np.cumsum(ARM) / ARM.sum()
        arm = shoulder + along[:, None] * (bar - shoulder)
        l5s1 = hip + TO_L5S1 * towards(self.trunk_deg)
        return np.stack([l5s1, shoulder, *arm])[None]

    def load(self, bar_kg: float, rise_m_per_s2: float = 0.0) -> SpineLoad:
        joints = self.joints()
        force = bar_force(bar_kg, np.array([[0.0, rise_m_per_s2]]))
        return top_down(joints, body(), joints[:, -1], force)


LIFT_OFF = Posture(76, -18.8275377, 24, 0.08)


def at(knee: tuple[float, float], hip: tuple[float, float], trunk_deg: float, bar_x_m: float) -> Posture:
    """A posture by the places of its joints, as the table gives them."""
    shank = np.degrees(np.arctan2(knee[1] - ANKLE[1], knee[0] - ANKLE[0]))
    thigh = np.degrees(np.arctan2(knee[1] - hip[1], knee[0] - hip[0]))
    return Posture(float(shank), float(thigh), trunk_deg, bar_x_m)


KNEE = at((0.0456, 0.5021), (-0.1601, 0.8733), 35, 0.085)
LOCKOUT = at((0.0, 0.5045), (0.0, 0.9289), 90, 0.1)
