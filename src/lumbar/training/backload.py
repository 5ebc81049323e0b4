"""What a movement asks of the lower back: a planar static model, for comparing weeks with one another.

The net extensor moment at L5/S1 when the movement is hardest, times reps. Equations: reference/biomechanics
§3.6; body: §3.2 and §4 (de Leva 1996); check: fixture F3. Its limits: posture is the movement's usual one
and not the lifter's own, nothing moves, both sides share, and the muscles' co-contraction is left out. It
says how much more or less than before; it does not say how much is too much, for nobody knows that.
"""

from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from lumbar.estimate import Estimate
from lumbar.lifter import Lifter
from lumbar.training.movements import Posture
from lumbar.units import GRAVITY_M_PER_S2

#: Head and trunk above L5/S1, and both arms, as shares of body mass; the former's centre above L5/S1 and the
#: shoulders above L5/S1 along the trunk, as shares of stature. De Leva 1996 (§3.2, §4.3).
_SHARES = {
    "male": (0.4319, 0.0988, 0.1786, 0.2421),
    "female": (0.4190, 0.0898, 0.1820, 0.2330),
    None: (0.4255, 0.0943, 0.1803, 0.2376),
}

#: Where the arm's centre of mass lies between shoulder and hand (de Leva 1996, from its three segments).
_ARM_CENTRE = 0.482

#: A bar in front of the shoulders, as a share of stature: about 7 cm, an engineering rule.
_FRONT_RACK = 0.04

#: What planar statics is good to inside one posture (reference §3.6: report moment ± 10–15 %).
MODEL_RATIO = 0.15

#: Adults when nothing was said: 5th, 50th and 95th percentile of all men and women of ANSUR II (2012).
ANYBODY_KG = (56.3, 78.5, 107.4)
ANYBODY_M = (1.563, 1.719, 1.855)


@dataclass(frozen=True, slots=True)
class Demand:
    """The moment of a posture, a straight line in the load: body + load × lever, each low, best, high.

    Low and high come from the range of trunk angles; ``body_n_m`` in newton metres, ``lever_n_m_per_kg``
    per kilogram in the hands or on the back. ``body_spread_ratio`` is how far the body's own part may be
    off because the lifter's mass and height were not said.
    """

    body_n_m: tuple[float, float, float]
    lever_n_m_per_kg: tuple[float, float, float]
    body_spread_ratio: float
    lever_spread_ratio: float

    def sum(self, reps: float, reps_kg: float) -> Estimate:
        """Return the moment summed over reps; ``reps_kg`` is the sum of reps × load."""
        bodies = [each * reps for each in self.body_n_m]
        levers = [each * reps_kg for each in self.lever_n_m_per_kg]
        best = bodies[1] + levers[1]
        other = hypot(best * MODEL_RATIO, bodies[1] * self.body_spread_ratio, levers[1] * self.lever_spread_ratio)
        low = best - hypot(best - bodies[0] - levers[0], other)
        high = best + hypot(bodies[2] + levers[2] - best, other)
        return Estimate(best, max(low, 0.0), high)


@cache
def demand(posture: Posture, lifter: Lifter) -> Demand:
    """Return what a posture asks of a lifter; an unsaid body is an adult's, and widens the range."""
    mass_kg = lifter.mass_kg or ANYBODY_KG[1]
    height_m = lifter.height_m or ANYBODY_M[1]
    # a flatter trunk asks more, so the highest angle gives the lowest moment
    lines = [_line(posture, angle, mass_kg, height_m, lifter.sex) for angle in reversed(posture.trunk_deg)]
    by_mass = 0.0 if lifter.mass_kg else (ANYBODY_KG[2] - ANYBODY_KG[0]) / 2 / ANYBODY_KG[1]
    by_height = 0.0 if lifter.height_m else (ANYBODY_M[2] - ANYBODY_M[0]) / 2 / ANYBODY_M[1]
    bodies, levers = zip(*lines, strict=True)
    ordered_bodies, ordered_levers = sorted(bodies), sorted(levers)
    return Demand(
        (ordered_bodies[0], bodies[1], ordered_bodies[2]),
        (ordered_levers[0], levers[1], ordered_levers[2]),
        hypot(by_mass, by_height),
        by_height,
    )


def _line(
    posture: Posture, trunk_deg: float, mass_kg: float, height_m: float, sex: str | None
) -> tuple[float, float]:
    """Return the moment without load, N·m, and what each kilogram adds."""
    trunk, arms, centre, shoulders = _SHARES[sex]
    level = cos(radians(trunk_deg))
    shoulder_m = shoulders * height_m * level
    load_m = {
        "legs": posture.lever_ratio * shoulder_m,
        "hands": shoulder_m,
        "back": shoulder_m,
        "front": shoulder_m + _FRONT_RACK * height_m,
    }[posture.held]
    arm_m = shoulder_m + _ARM_CENTRE * (load_m - shoulder_m)
    body = mass_kg * GRAVITY_M_PER_S2 * (trunk * centre * height_m * level + arms * arm_m)
    return body * (1 - posture.supported_ratio), GRAVITY_M_PER_S2 * load_m * posture.ends
