import numpy as np
import pytest

from lumbar.motion.dorsal import ALONG, dorsal_profile, edge_px

HIP, SHOULDER = np.array([[100.0, 200.0]]), np.array([[100.0, 100.0]])


def box(left: float, top: float, right: float, bottom: float, points: int = 160) -> np.ndarray:
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom], [left, top]])
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(corners, axis=0).T))]
    at = np.linspace(0, along[-1], points, endpoint=False)
    return np.column_stack([np.interp(at, along, corners[:, axis]) for axis in (0, 1)])[None]


def test_a_straight_back_lies_as_far_behind_everywhere() -> None:
    # The lifter faces right, so the back is the left edge: 25 px behind a line of 100 px.
    profile = dorsal_profile(box(75, 40, 140, 300), HIP, SHOULDER)
    assert profile == pytest.approx(0.25 + 0 * profile, abs=1e-9)


def test_an_arc_has_the_sagitta_of_its_circle() -> None:
    # A circle about a point ahead of the middle of the line; its edge behind is at r − d there (reference §9).
    angle = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    circle = np.column_stack([140 + 80 * np.cos(angle), 150 + 80 * np.sin(angle)])[None]
    profile = dorsal_profile(circle, HIP, SHOULDER)[0]
    # 80 px of radius in 2000 straight pieces are true to 1e-4 px, that is 1e-6 of the line.
    want = (np.sqrt(80**2 - (100 * ALONG - 50) ** 2) - 40) / 100
    assert profile[want > 0] == pytest.approx(want[want > 0], abs=1e-5)


def test_points_of_the_edge_lie_on_the_outline() -> None:
    outline = box(75, 40, 140, 300)
    points = edge_px(dorsal_profile(outline, HIP, SHOULDER), HIP, SHOULDER)
    assert points[0, :, 0] == pytest.approx(75 + 0 * ALONG, abs=1e-9)
    assert points[0, :, 1] == pytest.approx(200 - 100 * ALONG, abs=1e-9)


def test_turning_and_scaling_the_picture_changes_nothing() -> None:
    outline = box(80, 60, 150, 260)
    turn = 2.3 * np.array([[np.cos(1.1), -np.sin(1.1)], [np.sin(1.1), np.cos(1.1)]])
    turned = dorsal_profile(outline @ turn.T, HIP @ turn.T, SHOULDER @ turn.T)
    assert turned == pytest.approx(dorsal_profile(outline, HIP, SHOULDER), abs=1e-9)


def test_what_was_not_seen_is_nan() -> None:
    assert np.isnan(dorsal_profile(np.full((1, 160, 2), np.nan), HIP, SHOULDER)).all()
    assert np.isnan(dorsal_profile(box(75, 40, 140, 300), HIP * np.nan, SHOULDER)).all()


def test_an_edge_too_far_behind_is_no_back() -> None:
    assert np.isnan(dorsal_profile(box(20, 40, 140, 300), HIP, SHOULDER)).all()
