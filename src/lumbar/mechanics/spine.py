"""From the net moment to forces in the spine: compression as a band over model families, shear of the load only.

The moment needs only statics; compression depends on how the muscles are drawn. Published models of the same
moment differ by half (reference/biomechanics §3.3–3.5), so a compression is a range, never one number.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.errors import ValueRangeError

#: Levers of one muscle that stands for all extensors, m: finite-element and regression models come out at 0.040
#: (Ghezelbash 2020; heavy deadlift 2023), the powerlifting model has 0.060 (Cholewicki 1991), 0.050 is the
#: convention in between.
LEVER_M = (0.040, 0.050, 0.060)
#: How far that muscle's pull leans back from the compression axis (Cholewicki 1991).
LEAN_RAD = float(np.radians(5.0))
#: With belt and breath held, compression may be a tenth less; the moment never is (Kingma 2006, §3.5).
BELT_RATIO = (0.90, 1.00)
#: McGill's polynomial turns around and falls above its data; it is never evaluated there.
_POLYNOMIAL_MOST_N_M = 450.0


@dataclass(frozen=True, slots=True)
class Family:
    """A way of drawing the extensors: ``lever_m`` and where it comes from."""

    name: str
    lever_m: float
    source: str


#: What the band is made of.
FAMILIES = (
    Family("powerlifting model", 0.060, "Cholewicki, McGill & Norman 1991, Med Sci Sports Exerc 23:1179"),
    Family("one muscle, by convention", 0.050, "Güngör 2013, review of models: 5 cm is the usual assumption"),
    Family("finite elements and regression", 0.040, "Ghezelbash 2020, J Biomech 102:109550; Int J Numer Method"
           " Biomed Eng 2023, 39:e3680"),
)  # fmt: skip


def muscle_force(moment_n_m: Floats | float, lever_m: Floats | float) -> Floats:
    """Return the pull of one muscle that holds a moment, N: T = M / d. Backward moments need no extensors."""
    return np.asarray(np.maximum(moment_n_m, 0.0) / lever_m)


def compression(
    moment_n_m: Floats | float, axial_n: Floats | float, lever_m: Floats | float, lean_rad: float = LEAN_RAD
) -> Floats:
    """Return the compression, N: C = T cos γ + what weight and bar press along the spine (reference §3.6)."""
    return np.asarray(muscle_force(moment_n_m, lever_m) * np.cos(lean_rad) + axial_n)


def axial_share(force_n: Floats, elevation_rad: Floats) -> tuple[Floats, Floats]:
    """Return how much of the joint force (…, 2) lies along the trunk and across it, N, each (…,).

    Across is the net shear of body and bar, forward positive. Muscles and ligaments change the shear of the joint
    by thousands of newtons with a few degrees of disc angle, so theirs is left out (reference/simulation §1.2).
    """
    along = force_n[..., 0] * np.cos(elevation_rad) + force_n[..., 1] * np.sin(elevation_rad)
    across = force_n[..., 1] * np.cos(elevation_rad) - force_n[..., 0] * np.sin(elevation_rad)
    return np.asarray(along), np.asarray(across)


def muscle_shear(moment_n_m: Floats | float, shear_n: Floats | float, lever_m: float) -> Floats:
    """Return the shear with one leaning muscle, N: S − T sin γ; for checks against published models only."""
    return np.asarray(shear_n - muscle_force(moment_n_m, lever_m) * np.sin(LEAN_RAD))


#: Ghezelbash 2020: coefficients of 1, BW, M, F, D, BW·M, BW·F, BW·D, M·F, M·D, F·D (kg, kg, degrees, cm).
_GHEZELBASH = {
    "l4l5_compression": (92.21616, 8.722677, 0, -3.24825, -4.71189,
                         0, 0.231067, 0.048462, 0.905165, 2.441194, 0.052136),
    "l4l5_shear": (-70.1973, 1.314008, 3.130555, 0.49279, 1.049813,
                   -0.02008, 0.034287, 0, 0.108536, 0.302128, -0.00393),
    "l5s1_compression": (71.3142, 9.654267, 0, -5.42554, 0,
                         0.069926, 0.240893, 0.029001, 0.913375, 2.538994, 0.022737),
    "l5s1_shear": (-49.8027, 4.434174, 3.66045, 0, 0,
                   0, 0.068312, 0, 0.22104, 1.068737, -0.00484),
}  # fmt: skip


def ghezelbash(body_kg: float, load_kg: float, trunk_deg: float, reach_cm: float) -> dict[str, float]:
    """Return the forces of Ghezelbash's regression, N: a check of magnitude, fitted to loads up to 20 kg.

    ``trunk_deg`` is the trunk's flexion from upright, ``reach_cm`` how far the load is ahead of the shoulder.
    """
    b, m, f, d = body_kg, load_kg, trunk_deg, reach_cm
    terms = np.array([1, b, m, f, d, b * m, b * f, b * d, m * f, m * d, f * d])
    return {name: float(terms @ np.array(row)) for name, row in _GHEZELBASH.items()}


def mcgill_polynomial(moment_n_m: float) -> float:
    """Return McGill, Norman & Cholewicki's 1996 compression of a pure extensor moment, N.

    Raises ValueRangeError above 450 N·m, where it leaves its data and bends back towards zero.
    """
    if not 0 <= moment_n_m <= _POLYNOMIAL_MOST_N_M:
        raise ValueRangeError("the moment of this polynomial", f"{moment_n_m:g} N·m", "0 to 450 N·m")
    return 1067.6 + 1.219 * moment_n_m + 0.083 * moment_n_m**2 - 0.0001 * moment_n_m**3
