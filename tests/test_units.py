"""Units change in one place, and back again without loss."""

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.units import GRAVITY_M_PER_S2, KG_PER_LB, M_PER_INCH, to_degrees, to_radians

angles = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("angle_rad", "angle_deg"),
    [(0, 0), (pi / 6, 30), (pi / 2, 90), (pi, 180), (-pi / 4, -45)],
)
def test_known_angles(angle_rad: float, angle_deg: float) -> None:
    # One multiplication each: two roundings of 1.1e-16 at most.
    assert to_degrees(angle_rad) == pytest.approx(angle_deg, rel=3e-16)
    assert to_radians(angle_deg) == pytest.approx(angle_rad, rel=3e-16)


@given(angles)
def test_there_and_back_is_the_same_angle(angle_rad: float) -> None:
    # Two operations, a rounding of 1.1e-16 each, and one in the constant, which is the same both ways.
    assert to_radians(to_degrees(angle_rad)) == pytest.approx(angle_rad, rel=5e-16, abs=1e-300)


@given(angles, angles)
def test_a_larger_angle_stays_larger(one_rad: float, other_rad: float) -> None:
    assert (one_rad < other_rad) <= (to_degrees(one_rad) <= to_degrees(other_rad))


def test_plates_in_pounds_are_the_ones_on_the_wall() -> None:
    # A 45 lb plate is sold as 20.4 kg, a 135 lb bar with plates is 61.2 kg, both rounded.
    in_kg = [round(pounds * KG_PER_LB, 1) for pounds in (45, 135)]
    assert in_kg == [20.4, 61.2]


def test_six_feet_are_as_tall_as_ever() -> None:
    # 72 inches are exactly 1.8288 m by definition; the product is rounded once.
    height_m = 72 * M_PER_INCH
    assert height_m == pytest.approx(1.8288, rel=3e-16)


def test_a_hundred_kilograms_weigh_what_the_standard_says() -> None:
    weight_n = 100 * GRAVITY_M_PER_S2
    assert weight_n == pytest.approx(980.665, rel=3e-16)
