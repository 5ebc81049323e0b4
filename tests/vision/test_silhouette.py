"""The outline of a drawn mask: where the mask changes sign, evenly spread, and nothing where there is no mask."""

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.vision.estimator import Pose, Region
from lumbar.vision.silhouette import outline
from lumbar.vision.tracks import OUTLINE_POINTS

MASK_PX = 256
CENTRE_PX = np.array([121.3, 130.8])


def ellipse(half_px: tuple[float, float], steep: float = 1.0) -> Floats:
    """Return logits that are the distance, in mask pixels, inside an ellipse; pixel centres lie at halves."""
    y, x = np.mgrid[:MASK_PX, :MASK_PX] + 0.5
    dx, dy = (x - CENTRE_PX[0]) / half_px[0], (y - CENTRE_PX[1]) / half_px[1]
    away = np.hypot(dx, dy)
    steepness = np.hypot(dx / half_px[0], dy / half_px[1]) / np.maximum(away, 1e-9)
    return np.asarray(steep * (1 - away) / np.maximum(steepness, 1e-9))


def pose_of(mask: Floats, to_picture: Floats | None = None) -> Pose:
    to_picture = np.eye(2, 3) if to_picture is None else to_picture
    return Pose(np.zeros((33, 2)), np.ones(33), np.zeros((33, 3)), 1.0, mask, to_picture, Region(0, 0, 1, 0))


@pytest.mark.parametrize("half_px", [(40.0, 95.0), (60.0, 60.0), (90.0, 25.0)])
@pytest.mark.parametrize("steep", [0.5, 2.0])
def test_the_outline_lies_on_the_drawn_edge(half_px, steep) -> None:
    away = outline(pose_of(ellipse(half_px, steep))) - CENTRE_PX
    # Half a mask pixel is about 4 mm on a lifter.
    assert np.abs(np.hypot(*(away / half_px).T) - 1).max() * min(half_px) < 0.5


def test_points_are_evenly_spread_and_go_round_once() -> None:
    points = outline(pose_of(ellipse((40.0, 95.0))))
    assert points.shape == (OUTLINE_POINTS, 2)
    step = np.hypot(*np.diff(np.vstack([points, points[:1]]), axis=0).T)
    # Chords of a line of pixel steps are a little shorter than the way along it.
    assert step == pytest.approx(np.median(step), rel=0.25)
    turn = np.unwrap(np.arctan2(*(points - CENTRE_PX).T[::-1]))
    assert abs(turn[-1] - turn[0]) == pytest.approx(2 * np.pi, rel=0.03)


def test_the_outline_is_in_the_pictures_pixels() -> None:
    turn, scale = np.radians(30), 2.5
    linear = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    moved = np.column_stack([linear, [300.0, -40.0]])
    plain, placed = (outline(pose_of(ellipse((40.0, 95.0)), matrix)) for matrix in (None, moved))
    assert placed == pytest.approx(plain @ linear.T + [300.0, -40.0])


def test_of_several_regions_the_largest_is_the_lifter() -> None:
    mask = np.maximum(ellipse((40.0, 95.0)), -5.0)
    mask[5:20, 5:20] = 3.0
    away = outline(pose_of(mask)) - CENTRE_PX
    assert np.abs(np.hypot(*(away / (40.0, 95.0)).T) - 1).max() * 40 < 0.5


@pytest.mark.parametrize("mask", [np.full((MASK_PX, MASK_PX), -3.0), np.zeros((MASK_PX, MASK_PX))])
def test_an_empty_mask_has_no_outline(mask) -> None:
    assert np.isnan(outline(pose_of(mask))).all()


def test_a_speck_is_no_lifter() -> None:
    mask = np.full((MASK_PX, MASK_PX), -3.0)
    mask[100:104, 100:104] = 3.0
    assert np.isnan(outline(pose_of(mask))).all()


def test_a_mask_that_fills_its_square_is_outlined_by_it() -> None:
    points = outline(pose_of(np.full((MASK_PX, MASK_PX), 3.0)))
    assert np.isfinite(points).all()
    assert np.ptp(points, axis=0) == pytest.approx(MASK_PX, abs=3)
