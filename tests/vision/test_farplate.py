"""The far plate in small drawn films: found where it is, and not where it is not."""

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.vision.farplate import _APART_M, KEPT, USUAL_FOCAL, Glimpses, find_far_plate
from lumbar.vision.tracks import LANDMARKS, OUTLINE_POINTS, BarTrack

from ..motion.pulls import clock, heights
from .drawn import Plate, floor_of, to_pixels, with_lines, with_plate

WIDTH_PX, HEIGHT_PX, RADIUS_PX, PLATE_M = 320, 480, 26.0, 0.45
TIME_S = clock(3.0)
LIFTED_PX = heights(TIME_S, [(0.4, 1.0, 57.0), (1.7, 0.9, 0.0)])
NEAR_PX = np.column_stack([np.full(len(TIME_S), 150.0), 330 - LIFTED_PX])
USUAL_PX = np.array([150.0, 310.0])
DEPTH_M = USUAL_FOCAL * HEIGHT_PX * PLATE_M / 2 / RADIUS_PX
SMALLER = DEPTH_M / (DEPTH_M + _APART_M)
#: Nothing hides anything but the plates each other, in these films.
NO_OUTLINE = np.full((len(TIME_S), OUTLINE_POINTS, 2), np.nan)


def far_px(off_px: tuple[float, float]) -> Floats:
    return USUAL_PX + np.array(off_px) + SMALLER * (NEAR_PX - USUAL_PX)


def found(far: Floats | None, stands: Plate | None = None, grey: float = 60.0) -> Floats | None:
    """Return what is found in a film of both plates before a cluttered wall, seen a little from behind."""
    wall = with_lines(floor_of(WIDTH_PX, HEIGHT_PX), 14, 3)
    wall = wall if stands is None else with_plate(wall, stands)
    glimpses, plate = Glimpses(), np.full(len(TIME_S), RADIUS_PX)
    for number, near in enumerate(NEAR_PX):
        picture = wall
        if far is not None:
            picture = with_plate(picture, Plate(*far[number], SMALLER * RADIUS_PX, grey=grey))
        glimpses.see(number, to_pixels(with_plate(picture, Plate(*near, RADIUS_PX)), 2.0, number))
    bar = BarTrack(TIME_S, NEAR_PX, plate, plate, np.full(len(TIME_S), 0.9), 0.1)
    return find_far_plate(glimpses, bar, NO_OUTLINE, pose(0.1), PLATE_M)


def pose(sideways: float) -> Floats:
    """Return a pose whose shoulders and hips go so far to the right for each metre away."""
    world_m = np.zeros((len(TIME_S), len(LANDMARKS), 3))
    for joint in ("shoulder", "hip"):
        world_m[:, LANDMARKS.index(f"left_{joint}")] = 0.3 * np.array([sideways, 0.0, 1.0])
    return world_m


@pytest.mark.parametrize(
    ("off_px", "grey"), [((26.0, -12.0), 60.0), ((-10.0, -20.0), 240.0), ((38.0, -4.0), 60.0)]
)
def test_the_far_plate_is_found_where_it_is(off_px: tuple[float, float], grey: float) -> None:
    far = far_px(off_px)
    seen = found(far, grey=grey)
    assert seen is not None
    assert np.hypot(*(seen - far).T).max() < 0.08 * RADIUS_PX


def test_where_the_near_plate_hides_it_none_is_found() -> None:
    assert found(far_px((0.0, 0.0))) is None
    assert found(None) is None


def test_a_plate_that_leans_on_the_wall_is_not_it() -> None:
    leaning = Plate(*(USUAL_PX + [30.0, -10.0]), SMALLER * RADIUS_PX)
    assert found(None, stands=leaning) is None


def test_pictures_are_kept_evenly_and_never_too_many() -> None:
    glimpses = Glimpses()
    for number in range(1000):
        glimpses.see(number, np.zeros((1, 1), np.uint8))
    kept = np.array(list(glimpses.greys))
    assert KEPT / 2 <= len(kept) <= KEPT
    assert set(np.diff(kept)) == {glimpses.stride}
    assert 1000 - kept[-1] <= glimpses.stride


def test_who_may_hold_fewer_lets_every_second_picture_go() -> None:
    glimpses = Glimpses()
    for number in range(64):
        glimpses.see(number, np.zeros((1, 1), np.uint8))
    glimpses.hold(20)
    assert list(glimpses.greys) == list(range(0, 64, 4))
    for number in range(64, 200):
        glimpses.see(number, np.zeros((1, 1), np.uint8))
    assert len(glimpses.greys) <= 20
    glimpses.hold(0)
    assert list(glimpses.greys) == [0]


def test_who_shows_no_plate_or_no_pose_has_no_far_plate() -> None:
    nothing = np.full(len(TIME_S), np.nan)
    glimpses = Glimpses(greys={0: np.zeros((HEIGHT_PX, WIDTH_PX), np.uint8)})
    lost = BarTrack(TIME_S, np.full((len(TIME_S), 2), np.nan), nothing, nothing, np.zeros(len(TIME_S)), 0.1)
    assert find_far_plate(glimpses, lost, NO_OUTLINE, pose(0.1), PLATE_M) is None
    assert find_far_plate(Glimpses(), lost, NO_OUTLINE, np.full_like(pose(0.1), np.nan), PLATE_M) is None
