import numpy as np
import pytest

from lumbar.errors import ValueRangeError
from lumbar.mechanics.spine import (
    LEAN_RAD,
    axial_share,
    compression,
    ghezelbash,
    mcgill_polynomial,
    muscle_force,
    muscle_shear,
)

from .reference_lifter import KNEE, LIFT_OFF, LOCKOUT


def test_cholewicki_s_two_maxima_belong_to_one_model() -> None:
    # Fixture F1: 988 N·m and 17,192 N, one muscle at 6 cm leaning 5°; 0.01 % is the fixture's tolerance.
    pull = float(muscle_force(988, 0.06))
    assert pull == pytest.approx(16466.7, rel=1e-4)
    assert pull * np.cos(LEAN_RAD) == pytest.approx(16404.0, rel=1e-4)
    assert pull * np.sin(LEAN_RAD) == pytest.approx(1435.2, rel=1e-4)
    assert compression(988, 788, 0.06) == pytest.approx(17192, rel=1e-4)


@pytest.mark.parametrize(
    ("lever_cm", "force_n"), [(5.0, 19760), (5.5, 17964), (6.0, 16467), (6.5, 15200), (7.0, 14114), (7.5, 13173)]
)
def test_the_muscle_pulls_as_its_lever_says(lever_cm: float, force_n: float) -> None:
    assert muscle_force(988, lever_cm / 100) == pytest.approx(force_n, abs=0.5)  # F1's table is rounded to 1 N


#: Fixture F2: body mass, load, trunk's flexion, reach; then compression and shear at L4/L5 and at L5/S1.
GRID = [
    (70, 0, 0, 0, 702.8, 21.8, 747.1, 260.6),
    (70, 0, 30, 0, 1090.6, 108.6, 1090.2, 404.0),
    (70, 0, 60, 0, 1478.4, 195.4, 1433.3, 547.5),
    (70, 10, 0, 30, 1395.6, 161.2, 1618.7, 617.8),
    (70, 10, 30, 30, 2101.8, 277.0, 2256.2, 823.2),
    (70, 10, 60, 30, 2808.1, 392.8, 2893.8, 1028.6),
    (70, 20, 0, 30, 2127.9, 269.1, 2429.3, 975.0),
    (70, 20, 30, 30, 3105.7, 417.4, 3340.9, 1246.8),
    (70, 20, 60, 30, 4083.6, 565.8, 4252.5, 1518.5),
    (70, 20, 60, 40, 4589.9, 634.4, 4794.2, 1729.3),
    (70, 20, 80, 20, 4218.7, 596.9, 4313.9, 1489.8),
    (90, 20, 60, 30, 4564.4, 625.2, 4780.0, 1689.1),
    (90, 0, 60, 0, 1930.1, 262.8, 1915.5, 718.2),
    (55, 10, 60, 30, 2447.5, 345.2, 2508.7, 900.6),
    (90, 100, 60, 0, 7361.1, 1046.3, 8025.1, 2410.4),
    (90, 100, 60, 10, 9830.1, 1356.6, 10603.8, 3476.3),
]


@pytest.mark.parametrize("row", GRID)
def test_the_regression_gives_its_published_grid(row: tuple[float, ...]) -> None:
    found = ghezelbash(*row[:4])
    assert [*found.values()] == pytest.approx(row[4:], abs=0.1)  # F2's own tolerance


@pytest.mark.parametrize(("moment", "force_n"), [(200, 3831), (300, 6203), (400, 8435), (450, 9311)])
def test_the_polynomial_holds_inside_its_data(moment: float, force_n: float) -> None:
    assert mcgill_polynomial(moment) == pytest.approx(force_n, abs=1)  # §3.4, rounded to 1 N


@pytest.mark.parametrize("moment", [451.0, 988.0, -1.0])
def test_the_polynomial_is_never_evaluated_outside(moment: float) -> None:
    with pytest.raises(ValueRangeError, match="0 to 450"):
        mcgill_polynomial(moment)


#: Fixture F3: posture, bar kg, compression at 5, 6 and 7 cm, shear at 5° and 6 cm.
FORCES = [
    (LIFT_OFF, 0, 2623, 2214, 1922, 202),
    (LIFT_OFF, 20, 3836, 3238, 2811, 298),
    (LIFT_OFF, 60, 6261, 5286, 4589, 492),
    (LIFT_OFF, 100, 8687, 7334, 6367, 685),
    (LIFT_OFF, 140, 11112, 9381, 8145, 878),
    (LIFT_OFF, 200, 14750, 12453, 10812, 1168),
    (LIFT_OFF, 300, 20814, 17573, 15258, 1651),
    (KNEE, 140, 7748, 6628, 5828, 976),
    (LOCKOUT, 140, 4601, 4132, 3798, -205),
]


@pytest.mark.parametrize("row", FORCES)
def test_compression_and_shear_of_the_reference_lifter(row: tuple) -> None:
    posture, bar_kg, at_5, at_6, at_7, shear_n = row
    load = posture.load(bar_kg)
    along, across = axial_share(load.force_n, load.elevation_rad)
    found = [float(compression(load.moment_n_m, along, lever)[0]) for lever in (0.05, 0.06, 0.07)]
    assert found == pytest.approx([at_5, at_6, at_7], rel=0.005)  # F3's tolerance
    assert muscle_shear(load.moment_n_m, across, 0.06)[0] == pytest.approx(shear_n, rel=0.005, abs=1)


def test_a_rising_bar_presses_harder() -> None:
    load = LIFT_OFF.load(140, 1.5)  # fixture F4: C 10,477 N at 6 cm
    along, _ = axial_share(load.force_n, load.elevation_rad)
    assert compression(load.moment_n_m, along, 0.06)[0] == pytest.approx(10_477, rel=0.005)
