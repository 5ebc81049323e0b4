"""What stands in the way: cuts, shaking, blur, cropping and the view, each from pictures that have it."""

import numpy as np
import pytest

from lumbar.arrays import Floats, Pixels
from lumbar.vision.quality import Watcher, view_angle
from lumbar.vision.tracks import LANDMARKS, PoseTrack

from .drawn import blurred_down, floor_of, to_pixels, with_lines

WIDTH_PX, HEIGHT_PX = 288, 192


def scene(seed: int = 0, shift_px: int = 0, grey: float = 150.0) -> Pixels:
    return np.roll(to_pixels(with_lines(floor_of(WIDTH_PX, HEIGHT_PX, grey), 20, seed)), shift_px, axis=1)


def watched(pictures: list[Pixels]) -> Watcher:
    watcher = Watcher()
    for picture in pictures:
        watcher.see(picture)
    return watcher


def cuts(pictures: list[Pixels]) -> list[bool]:
    watcher, found = Watcher(), []
    for picture in pictures:
        watcher.see(picture)
        found.append(watcher.is_cut)
    return found


def pose_at(xy_px: Floats, world_m: Floats | None = None) -> PoseTrack:
    frames = len(xy_px)
    world_m = np.zeros((frames, 33, 3)) if world_m is None else world_m
    return PoseTrack(np.arange(frames) / 30, xy_px, np.ones((frames, 33)), world_m, np.ones(frames), "drawn")


def test_a_still_camera_neither_cuts_nor_shakes() -> None:
    assert cuts([scene()] * 4) == [False] * 4
    watcher = watched([scene()] * 4)
    assert watcher.shift_px == pytest.approx([0] * 4, abs=0.1)


def test_another_scene_is_a_cut() -> None:
    pictures = [scene(0), scene(0), scene(3, grey=40), scene(3, grey=40)]
    assert cuts(pictures) == [False, False, True, False]
    assert watched(pictures).shift_px[2] == 0


def test_lights_that_go_out_and_on_again_are_no_cut() -> None:
    rng = np.random.default_rng(1)
    unlit = [rng.integers(0, 12, (HEIGHT_PX, WIDTH_PX)).astype(np.uint8) for _ in range(2)]
    pictures = [scene(), scene(), *unlit, scene()]
    assert watched(pictures).dark == [False, False, True, True, False]
    assert cuts(pictures) == [False] * 5


@pytest.mark.parametrize("shift_px", [3, 9, -12])
def test_a_camera_that_moves_is_measured(shift_px) -> None:
    watcher = watched([scene(), scene(shift_px=shift_px)])
    # A third of the working width is looked at: a tenth of its pixels is a third of one here.
    assert watcher.shift_px[1] == pytest.approx(abs(shift_px), abs=0.5)
    assert watcher.is_cut is False


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_plain_pictures_are_no_error(grey) -> None:
    pictures = [np.full((HEIGHT_PX, WIDTH_PX), grey, np.uint8)] * 3
    assert cuts(pictures) == [False] * 3
    watcher = watched(pictures)
    assert watcher.shift_px == pytest.approx([0] * 3, abs=1e-6)
    assert watcher.sharpness == [0.0] * 3


def test_a_blurred_picture_is_less_sharp() -> None:
    sharp = with_lines(floor_of(WIDTH_PX, HEIGHT_PX), 20, 0)
    watcher = watched([to_pixels(sharp), to_pixels(blurred_down(sharp, 9)), to_pixels(blurred_down(sharp, 25))])
    assert 1 >= watcher.sharpness[0] > watcher.sharpness[1] > watcher.sharpness[2] >= 0


@pytest.mark.parametrize("name", ["nose", "left_wrist", "right_heel", "left_foot_index"])
@pytest.mark.parametrize("place", [(-5, 90), (287.5, 90), (100, -1), (100, 195)])
def test_a_head_hand_or_foot_outside_the_picture_is_cropped(name, place) -> None:
    xy_px = np.full((2, 33, 2), 90.0)
    xy_px[1, LANDMARKS.index(name)] = place
    quality = watched([scene()] * 2).quality(pose_at(xy_px), *[np.zeros(2, bool)] * 2, (WIDTH_PX, HEIGHT_PX))
    assert quality.is_cropped.tolist() == [False, True]
    assert quality.is_seen.all()


def test_who_is_not_seen_is_not_cropped() -> None:
    quality = watched([scene()] * 2).quality(
        pose_at(np.full((2, 33, 2), np.nan)), *[np.zeros(2, bool)] * 2, (WIDTH_PX, HEIGHT_PX)
    )
    assert not quality.is_cropped.any()
    assert not quality.is_seen.any()


@pytest.mark.parametrize("view_deg", [0, 30, 90, 120, 180])
@pytest.mark.parametrize("side", [-1, 1])
def test_the_view_is_read_from_the_line_of_shoulders_and_hips(view_deg, side) -> None:
    """From in front, 0, the left side is on the right of the picture; from either side it is 90°."""
    view = np.radians(view_deg)
    world_m = np.zeros((1, 33, 3))
    for joint in ("shoulder", "hip"):
        half = 0.15 * np.array([np.cos(view), 0.0, side * np.sin(view)])
        world_m[0, LANDMARKS.index(f"left_{joint}")] = half
        world_m[0, LANDMARKS.index(f"right_{joint}")] = -half
    assert view_angle(world_m) == pytest.approx(view, abs=1e-9)


def test_a_view_never_seen_is_nan() -> None:
    assert np.isnan(view_angle(np.full((3, 33, 3), np.nan))).all()
    assert view_angle(np.zeros((0, 33, 3))).shape == (0,)
