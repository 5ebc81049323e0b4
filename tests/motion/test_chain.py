"""The articulated lifter and the phone: derivatives against differences, and a few places known by hand."""

import numpy as np
import pytest

from lumbar.motion.camera import Pinhole
from lumbar.motion.chain import AT, BONDS, CLIP, MARKS, PLATE, SHIN_TO_BAR_M, STATE, bonds, points, up_the_shin

STEP = 1e-6
RADIUS_M = 0.225
HELD = np.array([False, True, True])


def posed() -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(1)
    state_m = np.array([0.1, 0.5, -0.2, 0.8, 0.2, 1.1, 0.1, 0.4]) + 0.1 * chance.normal(size=(3, len(STATE)))
    return state_m, 0.5 + 0.2 * chance.normal(size=len(CLIP))


@pytest.mark.parametrize("column", range(len(STATE)))
def test_slopes_by_the_state_are_those_of_differences(column) -> None:
    state_m, clip = posed()
    moved = state_m.copy()
    moved[:, column] += STEP
    here, there = points(state_m, clip, RADIUS_M), points(moved, clip, RADIUS_M)
    # Differences of one millionth are good to about a hundred thousandth.
    assert (there.at_m - here.at_m) / STEP == pytest.approx(here.by_state[..., column], abs=1e-5)
    off, by_state, _ = bonds(state_m, clip, HELD, 1.2)
    assert (bonds(moved, clip, HELD, 1.2)[0] - off) / STEP == pytest.approx(by_state[..., column], abs=1e-5)


@pytest.mark.parametrize("name", CLIP)
def test_slopes_by_the_clip_are_those_of_differences(name) -> None:
    state_m, clip = posed()
    moved = clip.copy()
    moved[AT[name]] += STEP
    here, there = points(state_m, clip, RADIUS_M), points(state_m, moved, RADIUS_M)
    assert (there.at_m - here.at_m) / STEP == pytest.approx(here.by_clip[..., AT[name]], abs=1e-5)
    off, _, by_clip = bonds(state_m, clip, HELD, 1.2)
    assert (bonds(state_m, moved, HELD, 1.2)[0] - off) / STEP == pytest.approx(by_clip[..., AT[name]], abs=1e-5)


def test_bonds_of_a_body_that_fits_are_whole() -> None:
    """A lifter who stands straight, legs apart by the hips' width: lengths are differences of heights."""
    clip = np.zeros(len(CLIP))
    for name, value in (
        ("stature", 1.75), ("ankle_y", 0.07), ("shank", 0.43), ("thigh", 0.42), ("trunk", 0.49), ("arm", 0.65),
        ("stance", 0.062 * 1.75),
    ):  # fmt: skip
        clip[AT[name]] = value
    state_m = np.array([[0, 0.50, 0, 0.92, 0, 1.41, 0, 0.76]])
    off = dict(zip(BONDS, bonds(state_m, clip, np.ones(1, bool), 1.0)[0][0], strict=True))
    for name in ("shank", "thigh", "trunk", "arm"):
        assert off[name] == pytest.approx(0, abs=1e-6), name
    assert off["leg"] == pytest.approx(0.002)
    world = points(state_m, clip, RADIUS_M).at_m[0]
    assert world[MARKS.index(("ankle", 1))] == pytest.approx([0, 0.07, 0.1085])
    assert world[PLATE] == pytest.approx([0, 0.76, 0])


def test_a_bar_at_the_shin_is_where_the_bond_wants_it_and_one_carried_ahead_is_not() -> None:
    clip = np.zeros(len(CLIP))
    clip[AT["ankle_y"]] = 0.07
    # Half way up a shank whose knee is 0.2 m ahead of the ankle, the shin is 0.1 m ahead of it.
    state_m = np.zeros((2, len(STATE)))
    state_m[:, :2] = 0.2, 0.47
    state_m[:, 6], state_m[:, 7] = (0.1 + SHIN_TO_BAR_M, 0.1 + SHIN_TO_BAR_M + 0.09), 0.27
    assert up_the_shin(state_m, clip) == pytest.approx([0.5, 0.5])
    off_m = bonds(state_m, clip, np.ones(2, bool), 1.0)[0][:, BONDS.index("shin_to_bar")]
    assert off_m == pytest.approx([0.0, 0.09])


def camera() -> Pinhole:
    return Pinhole(np.array([6.6, 1.8, 0.05, 0.03, 0.2, 0.9, 4.0]), np.array([240.0, 427.0]))


@pytest.mark.parametrize("column", range(7))
def test_a_cameras_slopes_are_those_of_differences(column) -> None:
    spots = np.random.default_rng(2).normal(size=(5, 3)) * 0.4
    here = camera()
    values = here.values.copy()
    values[column] += STEP
    px, _, by_camera = here.project(spots)
    there = Pinhole(values, here.centre_px).project(spots)[0]
    # Slopes are hundreds of pixels: differences are good to a thousandth.
    assert (there - px) / STEP == pytest.approx(by_camera[..., column], abs=1e-2)


def test_a_points_slopes_are_those_of_differences_and_places_come_back() -> None:
    spots = np.random.default_rng(3).normal(size=(5, 3)) * 0.4
    px, by_point, _ = camera().project(spots)
    for axis in range(3):
        moved = spots + STEP * np.eye(3)[axis]
        assert (camera().project(moved)[0] - px) / STEP == pytest.approx(by_point[..., axis], abs=1e-2)
    assert camera().place(px, spots[:, 2]) == pytest.approx(spots[:, :2], abs=1e-9)


def test_a_level_camera_at_the_side_sees_ahead_to_the_right() -> None:
    level = Pinhole(np.array([np.log(800), np.pi / 2, 0, 0, 0, 1.0, 4.0]), np.array([240.0, 400.0]))
    px = level.project(np.array([[0.5, 1.0, 0.0], [0.0, 1.5, 0.0], [0.0, 1.0, 2.0]]))[0]
    assert px == pytest.approx(np.array([[340, 400], [240, 300], [240, 400]]))
    assert level.depth_m(np.array([0.0, 1.0, 2.0])) == pytest.approx(2.0)
