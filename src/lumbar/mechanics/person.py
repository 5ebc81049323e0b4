"""Whose body it is: what was said, what was seen, and what most people have where neither is known."""

from dataclasses import dataclass

import numpy as np

from lumbar.estimate import Estimate, Measured
from lumbar.lifter import Lifter
from lumbar.mechanics.body import UpperBody, upper_body
from lumbar.mechanics.pelvis import Pelvis, pelvis_of

#: Nothing known: heights of ANSUR II's 6,068 men and women together, and their mass over height squared, kg/m²
#: (design/load/proportions.py).
_USUAL_HEIGHT_M, _USUAL_HEIGHT_SD_M = 1.71, 0.09
_USUAL_MASS_PER_M2, _USUAL_MASS_SD_RATIO = 27.0, 0.15
#: How far one body is from the table that stands for it. Engineering rules: with the masses of one measured man in
#: place of his own, the moment of three measured lifts is 10 N·m off (tests/mechanics/test_stoop.py), which these
#: two make of his body's share; ANSUR II has trunks of one stature spread by 5 %.
_TABLE_MASS_SD_RATIO, _TABLE_CENTRE_SD_RATIO = 0.06, 0.05
#: What a sex that was not said adds: half the difference of the two tables.
_SEX_SD_RATIO = 0.02
#: Ninety per cent of a normal distribution lie within this many standard deviations.
NINETY = 1.645


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """A body to reckon with, how far off it may be, and what was assumed about it, a sentence each."""

    body: UpperBody
    pelvis: Pelvis
    height_m: float
    mass_sd_ratio: float
    centre_sd_ratio: float
    assumed: tuple[str, ...]


def person_of(lifter: Lifter, seen_height_m: Measured) -> Person:
    """Return the body of a lifter; ``seen_height_m`` is how tall the film has them, where that is known."""
    height_m, height_sd_ratio, assumed = _height(lifter, seen_height_m)
    mass_sd = _TABLE_MASS_SD_RATIO
    mass_kg = lifter.mass_kg
    if mass_kg is None:
        mass_kg = _USUAL_MASS_PER_M2 * height_m**2
        mass_sd = float(np.hypot(mass_sd, np.hypot(_USUAL_MASS_SD_RATIO, 2 * height_sd_ratio)))
        assumed.append(f"Your body mass was not given; {mass_kg:.0f} kg, usual for your height, was taken.")
    if lifter.sex is None:
        mass_sd = float(np.hypot(mass_sd, _SEX_SD_RATIO))
        assumed.append("Your sex was not given; the mean of the two body tables was taken.")
    return Person(
        body=_body(lifter, mass_kg, height_m),
        pelvis=pelvis_of("male" if lifter.sex == "male" else "female" if lifter.sex else None, height_m),
        height_m=height_m,
        mass_sd_ratio=mass_sd,
        centre_sd_ratio=float(np.hypot(_TABLE_CENTRE_SD_RATIO, height_sd_ratio)),
        assumed=tuple(assumed),
    )


def _height(lifter: Lifter, seen_m: Measured) -> tuple[float, float, list[str]]:
    """Return the height, its standard deviation as a share, and what had to be assumed."""
    if lifter.height_m is not None:
        return lifter.height_m, 0.0, []
    if isinstance(seen_m, Estimate) and 1.2 <= seen_m.value <= 2.3:
        said = f"Your height was not given; on film you are about {seen_m.value:.2f} m tall."
        return seen_m.value, seen_m.half_width / NINETY / seen_m.value, [said]
    said = f"Your height was not given and is not seen; {_USUAL_HEIGHT_M:.2f} m, the usual height, was taken."
    return _USUAL_HEIGHT_M, _USUAL_HEIGHT_SD_M / _USUAL_HEIGHT_M, [said]


def _body(lifter: Lifter, mass_kg: float, height_m: float) -> UpperBody:
    mass_kg = float(np.clip(mass_kg, 30, 250))
    if lifter.sex is not None:
        return upper_body("male" if lifter.sex == "male" else "female", mass_kg, height_m)
    one, other = (upper_body(sex, mass_kg, height_m) for sex in ("male", "female"))
    return UpperBody(
        (one.mass_kg + other.mass_kg) / 2,
        (one.trunk_centre_m + other.trunk_centre_m) / 2,
        (one.arm_centre_ratio + other.arm_centre_ratio) / 2,
        (one.reach_ratio + other.reach_ratio) / 2,
    )
