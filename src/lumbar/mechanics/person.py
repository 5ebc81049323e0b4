"""Whose body it is: what was said, what was seen, and what most people have where neither is known."""

from dataclasses import dataclass

import numpy as np

from lumbar.estimate import Estimate, Measured
from lumbar.lifter import Lifter
from lumbar.mechanics.body import UpperBody, upper_body
from lumbar.mechanics.pelvis import Pelvis, pelvis_of
from lumbar.mechanics.segments import Sex

#: Nothing known: heights of ANSUR II's 6,068 men and women together, and their mass over height squared, kg/m²
#: (design/load/proportions.py).
_USUAL_HEIGHT_M, _USUAL_HEIGHT_SD_M = 1.71, 0.09
_USUAL_MASS_PER_M2, _USUAL_MASS_SD_RATIO = 27.0, 0.15
#: How far one body is from the table that stands for it: its weight above L5/S1, and where that sits between L5/S1
#: and the shoulder. Engineering rules, held against three measured lifts (tests/mechanics/test_stoop.py) and films
#: with known truth (the accuracy bench).
_TABLE_MASS_SD_RATIO, _TABLE_CENTRE_SD_RATIO = 0.06, 0.05
#: L5/S1 in one pelvis against the tables' (Reed and Dumas differ by 4 mm, and ANSUR II's hip breadth is spread by
#: 6 %, which is 6 mm of its height over the hips): m.
_TABLE_L5S1_SD_M = 0.008
#: What a sex that was not said adds: half the difference of the two tables in mass, centre and L5/S1.
_SEX_MASS_SD_RATIO, _SEX_CENTRE_SD_RATIO, _SEX_L5S1_SD_M = 0.02, 0.045, 0.0065
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
    l5s1_sd_m: float
    assumed: tuple[str, ...]


def person_of(lifter: Lifter, seen_height_m: Measured) -> Person:
    """Return the body of a lifter; ``seen_height_m`` is how tall the film has them, where that is known."""
    height_m, height_sd_ratio, assumed = _height(lifter, seen_height_m)
    mass_kg, mass_sd = lifter.mass_kg, _TABLE_MASS_SD_RATIO
    if mass_kg is None:
        mass_kg = _USUAL_MASS_PER_M2 * height_m**2
        mass_sd = float(np.hypot(mass_sd, np.hypot(_USUAL_MASS_SD_RATIO, 2 * height_sd_ratio)))
        assumed.append(f"Your body mass was not given; {mass_kg:.0f} kg, usual for your height, was taken.")
    sex: Sex | None = "male" if lifter.sex == "male" else "female" if lifter.sex else None
    unsaid = 0.0 if sex else 1.0
    if sex is None:
        assumed.append("Your sex was not given; the mean of the two body tables was taken.")
    pelvis = pelvis_of(sex, height_m)
    l5s1_m = (_TABLE_L5S1_SD_M, unsaid * _SEX_L5S1_SD_M, height_sd_ratio * pelvis.above_m)
    return Person(
        body=_body(sex, mass_kg),
        pelvis=pelvis,
        height_m=height_m,
        mass_sd_ratio=float(np.hypot(mass_sd, unsaid * _SEX_MASS_SD_RATIO)),
        centre_sd_ratio=float(np.hypot(_TABLE_CENTRE_SD_RATIO, unsaid * _SEX_CENTRE_SD_RATIO)),
        l5s1_sd_m=float(np.linalg.norm(l5s1_m)),
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


def _body(sex: Sex | None, mass_kg: float) -> UpperBody:
    mass_kg = float(np.clip(mass_kg, 30, 250))
    if sex is not None:
        return upper_body(sex, mass_kg)
    one, other = upper_body("male", mass_kg), upper_body("female", mass_kg)
    return UpperBody(*((getattr(one, name) + getattr(other, name)) / 2 for name in UpperBody.__slots__))
