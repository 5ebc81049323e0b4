import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.errors import ShapeError
from lumbar.mechanics.chain import bar_force, bottom_up, moment_about, place_parts, top_down
from lumbar.mechanics.spine import axial_share, compression
from lumbar.units import GRAVITY_M_PER_S2

from .reference_lifter import BODY_KG, KNEE, LIFT_OFF, LOCKOUT, Posture, body

#: The fixtures were reckoned with g = 9.81; ours is 9.80665, 0.03 % less: well inside their 0.5 %.
TOLERANCE = 0.005

#: Fixture F3: posture, bar kg, force on the hands, moment of the body, of the bar, both.
MOMENTS = [
    (LIFT_OFF, 0, 0, 123.1, 0, 123.1),
    (LIFT_OFF, 20, 196.2, 123.1, 56.9, 180.0),
    (LIFT_OFF, 60, 588.6, 123.1, 170.6, 293.7),
    (LIFT_OFF, 100, 981.0, 123.1, 284.3, 407.5),
    (LIFT_OFF, 140, 1373.4, 123.1, 398.0, 521.2),
    (LIFT_OFF, 200, 1962.0, 123.1, 568.6, 691.8),
    (LIFT_OFF, 300, 2943.0, 123.1, 852.9, 976.1),
    (KNEE, 140, 1373.4, 107.0, 230.4, 337.4),
    (LOCKOUT, 140, 1373.4, 3.7, 137.3, 141.1),
]


#: Fixture F3: posture, bar kg, moment of both hips and of both knees.
LEGS = [
    (LIFT_OFF, 0, 161.5, -81.2),
    (LIFT_OFF, 20, 235.3, -86.2),
    (LIFT_OFF, 60, 382.9, -96.2),
    (LIFT_OFF, 100, 530.5, -106.3),
    (LIFT_OFF, 140, 678.1, -116.3),
    (LIFT_OFF, 200, 899.5, -131.3),
    (LIFT_OFF, 300, 1268.5, -156.4),
    (KNEE, 140, 478.1, 71.2),
    (LOCKOUT, 140, 141.1, 141.1),
]


#: Fixture F3's places (m): knee, hip, shoulder, bar, L5/S1.
PLACES = [
    (LIFT_OFF, (0.1055, 0.4915), (-0.2961, 0.6285), (0.1772, 0.8392), (0.0800, 0.2250), (-0.2098, 0.6669)),
    (KNEE, (0.0456, 0.5021), (-0.1601, 0.8733), (0.2643, 1.1705), (0.0850, 0.5750), (-0.0827, 0.9275)),
    (LOCKOUT, (0.0, 0.5045), (0.0, 0.9289), (0.0, 1.4470), (0.1000, 0.8332), (0.0, 1.0234)),
]


@pytest.mark.parametrize("row", PLACES)
def test_the_reference_lifter_stands_where_the_fixture_has_them(row: tuple) -> None:
    posture, *places = row
    _, knee, hip = posture.legs()
    l5s1, shoulder, *_, bar = posture.joints()[0]
    for found, place in zip((knee, hip, shoulder, bar, l5s1), places, strict=True):
        assert found == pytest.approx(place, abs=2e-4)


@pytest.mark.parametrize("row", MOMENTS)
def test_the_reference_lifter_s_moment(row: tuple) -> None:
    posture, bar_kg, force_n, own, bar, moment = row
    load = posture.load(bar_kg)
    assert load.bar_n_m[0] == pytest.approx(bar, rel=TOLERANCE, abs=0.1)
    # The table has a tenth of a newton-metre.
    assert load.body_n_m[0] == pytest.approx(own, rel=TOLERANCE, abs=0.1)
    assert load.moment_n_m[0] == pytest.approx(moment, rel=TOLERANCE, abs=0.1)
    assert load.force_n[0] == pytest.approx([0, 416.5 + force_n], rel=TOLERANCE, abs=1e-9)


@pytest.mark.parametrize("row", LEGS)
def test_the_reference_lifter_s_hips_and_knees(row: tuple) -> None:
    posture, bar_kg, hip_n_m, knee_n_m = row
    # What is above L5/S1, the pelvis half way up to it, and for the knees both thighs: the pelvis at L5/S1 or at
    # the hips would be 2.4 N·m off.
    assert posture.moment_n_m("hip", bar_kg) == pytest.approx(hip_n_m, rel=TOLERANCE, abs=0.1)
    assert posture.moment_n_m("knee", bar_kg) == pytest.approx(knee_n_m, rel=TOLERANCE, abs=0.1)


def test_a_rising_bar_weighs_more() -> None:
    load = LIFT_OFF.load(140, 1.5)  # fixture F4: F 1583.4 N, M 582.0 N·m (+11.7 %)
    assert load.moment_n_m[0] == pytest.approx(582.0, rel=TOLERANCE)
    assert load.force_n[0, 1] - LIFT_OFF.load(0).force_n[0, 1] == pytest.approx(1583.4, rel=TOLERANCE)
    assert load.moment_n_m[0] / LIFT_OFF.load(140).moment_n_m[0] == pytest.approx(1.117, abs=0.001)


def solve_thigh(shank_deg: float, trunk_deg: float, bar_x_m: float) -> Posture:
    """The thigh that puts the bar on the floor, 0.225 m high, as the fixture's author solved it."""
    low, high = -60.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        height = Posture(shank_deg, middle, trunk_deg, bar_x_m).joints()[0, -1, 1]
        low, high = (middle, high) if height > 0.225 else (low, middle)
    return Posture(shank_deg, low, trunk_deg, bar_x_m)


#: Fixture F5: technique at 140 kg: shank and trunk (°), the bar's x, the knee's angle, M L5/S1, M knee, C at 6 cm.
TECHNIQUE = [
    (76, 24, 0.08, 94.8, 521.2, -116, 9381),
    (70, 38, 0.08, 76.4, 489.2, -210, 9224),
    (84, 12, 0.08, 116.3, 544.6, 3, 9415),
    (76, 24, 0.10, 95.2, 548.1, -88, 9828),
    (76, 24, 0.13, 95.6, 588.9, -45, 10_506),
    (76, 24, 0.18, 95.9, 658.5, 26, 11_661),
]


@pytest.mark.parametrize("row", TECHNIQUE)
def test_technique_moves_the_moment(row: tuple) -> None:
    shank, trunk, bar_x, knee_deg, moment, knee_n_m, pressed_n = row
    posture = solve_thigh(shank, trunk, bar_x)
    load = posture.load(140)
    along, _ = axial_share(load.force_n, load.elevation_rad)
    assert posture.shank_deg - posture.thigh_deg == pytest.approx(knee_deg, abs=0.1)
    assert load.moment_n_m[0] == pytest.approx(moment, rel=TOLERANCE)
    assert compression(load.moment_n_m, along, 0.06)[0] == pytest.approx(pressed_n, rel=TOLERANCE)
    # With the fixture's own g, so that its rounding to 1 N·m is all that is left.
    knee_as_told = posture.moment_n_m("knee", 140) * 9.81 / GRAVITY_M_PER_S2
    assert knee_as_told == pytest.approx(knee_n_m, abs=0.5)


#: From below, §5: the centre of pressure under the common centre of mass, and the ground's force.
GROUND = [(LIFT_OFF, 140, 0.0497, 2158.2), (KNEE, 140, 0.0780, 2158.2), (LOCKOUT, 140, 0.0659, 2158.2),
          (LIFT_OFF, 200, 0.0562, 2746.8)]  # fmt: skip


@pytest.mark.parametrize("row", GROUND)
def test_from_below_comes_the_same_moment(row: tuple) -> None:
    posture, bar_kg, pressure_x, ground_n = row
    joints, (legs, masses) = posture.joints(), posture.below()
    whole_x = posture.whole_x_m(bar_kg)
    rounding_m = 5e-5  # the fixture's last digit is a tenth of a millimetre
    assert whole_x == pytest.approx(pressure_x, abs=rounding_m)
    force = np.array([[0.0, (BODY_KG + bar_kg) * GRAVITY_M_PER_S2]])
    assert force[0, 1] == pytest.approx(ground_n, rel=TOLERANCE)
    from_above = posture.load(bar_kg).moment_n_m[0]
    moment = bottom_up(joints[:, 0], legs[None], masses, force, np.array([[whole_x, 0.0]]))
    assert moment[0] == pytest.approx(from_above, abs=0.1)  # the identity's own 0.1 N·m
    # With the pressure where the fixture has it, its rounding adds a tenth of a newton-metre.
    as_told = bottom_up(joints[:, 0], legs[None], masses, force, np.array([[pressure_x, 0.0]]))
    assert as_told[0] == pytest.approx(from_above, abs=0.1 + rounding_m * force[0, 1])


places = st.floats(-1, 1, allow_subnormal=False)
masses = st.floats(0, 300)


@given(st.lists(places, min_size=10, max_size=10), masses)
def test_doubling_the_bar_adds_exactly_the_bar_s_share(xy: list[float], bar_kg: float) -> None:
    joints = np.array(xy).reshape(1, 5, 2) + np.arange(5)[:, None]  # no two joints in one place
    once, twice = (
        top_down(joints, body(), joints[:, -1], bar_force(kg, np.zeros((1, 2)))) for kg in (bar_kg, 2 * bar_kg)
    )
    assert twice.moment_n_m - once.moment_n_m == pytest.approx(once.bar_n_m, rel=1e-9, abs=1e-9)
    assert twice.body_n_m == pytest.approx(once.body_n_m)


@given(st.lists(places, min_size=10, max_size=10), places, places)
def test_where_the_origin_lies_changes_nothing(xy: list[float], x: float, y: float) -> None:
    joints = np.array(xy).reshape(1, 5, 2) + np.arange(5)[:, None]
    force = bar_force(100, np.array([[0.3, 0.5]]))
    here, there = (top_down(places, body(), places[:, -1], force) for places in (joints, joints + [x, y]))
    assert there.moment_n_m == pytest.approx(here.moment_n_m, abs=1e-8)


def test_a_mirrored_lifter_has_the_mirrored_moment() -> None:
    joints, mirror = LIFT_OFF.joints(), np.array([-1.0, 1.0])
    force = bar_force(140, np.array([[0.4, 1.0]]))
    there = top_down(joints * mirror, body(), joints[:, -1] * mirror, force * mirror)
    assert -there.moment_n_m == pytest.approx(top_down(joints, body(), joints[:, -1], force).moment_n_m)


def test_draws_and_times_broadcast() -> None:
    joints = np.tile(LIFT_OFF.joints(), (7, 3, 1, 1)) + np.linspace(0, 0.1, 7)[:, None, None, None]
    force = bar_force(np.linspace(100, 160, 7)[:, None], np.zeros((3, 2)))
    load = top_down(joints, body(), joints[..., -1, :], force)
    assert load.moment_n_m.shape == (7, 3)
    assert load.moment_n_m[-1] == pytest.approx(LIFT_OFF.load(160).moment_n_m[0])


def test_a_chain_with_a_joint_too_few_is_refused() -> None:
    with pytest.raises(ShapeError, match="joints_m"):
        place_parts(np.zeros((3, 4, 2)), body())


def test_a_bar_pulled_forward_adds_where_it_is_below_the_back() -> None:
    # − m a_x Δy (§3.6): at lift-off the bar lies 0.44 m below L5/S1, so 1 m/s² forward adds 140 · 0.44 N·m.
    joints = LIFT_OFF.joints()
    still, forward = (
        top_down(joints, body(), joints[:, -1], bar_force(140, np.array([[a, 0.0]]))) for a in (0.0, 1.0)
    )
    assert forward.moment_n_m - still.moment_n_m == pytest.approx(140 * 0.4419, rel=TOLERANCE)


def test_parts_that_fall_freely_weigh_nothing() -> None:
    parts = np.array([[[0.3, 0.2], [0.5, -0.1]]])
    falling = np.tile([0.0, -GRAVITY_M_PER_S2], (1, 2, 1))
    assert moment_about(np.zeros((1, 2)), parts, np.array([30.0, 5.0]), falling) == pytest.approx(0.0, abs=1e-12)
