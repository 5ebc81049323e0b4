"""The strokes that the overlay is made of."""

import numpy as np
import pytest

from lumbar.arrays import Pixels
from lumbar.vision.image import blur_disc, draw_ellipse, draw_polyline, draw_text, text_width_px

WHITE = (255, 255, 255)


@pytest.fixture
def black() -> Pixels:
    return np.zeros((60, 100, 3), np.uint8)


def test_a_line_lies_between_pixels_when_its_ends_do(black: Pixels) -> None:
    draw_polyline(black, np.array([[10.0, 20.5], [90.0, 20.5]]), WHITE, 1)
    upper, lower = (int(black[row, 50, 0]) for row in (20, 21))
    assert upper > 60  # shared by both rows, in OpenCV's coarse antialiasing
    assert lower > 60
    assert black[15, 50, 0] == black[26, 50, 0] == 0


def test_a_line_breaks_where_a_point_is_unknown(black: Pixels) -> None:
    points = np.array([[5.0, 30.0], [30.0, 30.0], [np.nan, np.nan], [70.0, 30.0], [95.0, 30.0]])
    draw_polyline(black, points, WHITE, 2)
    row = black[30, :, 0]
    assert row[10:25].min() > 200
    assert row[40:60].max() == 0
    assert row[75:90].min() > 200


@pytest.mark.parametrize("points", [np.full((3, 2), np.nan), np.array([[5.0, 5.0]]), np.zeros((0, 2))])
def test_what_is_no_line_is_not_drawn(black: Pixels, points: np.ndarray) -> None:
    draw_polyline(black, points, WHITE, 2)
    assert black.max() == 0


def test_a_dashed_line_has_gaps_of_its_own_length(black: Pixels) -> None:
    draw_polyline(black, np.array([[5.0, 30.0], [95.0, 30.0]]), WHITE, 1, dash_px=(10, 20))
    lit = black[30, :, 0] > 128
    starts = np.flatnonzero(np.diff(lit.astype(int)) == 1)
    assert len(starts) == 3
    assert np.abs(np.diff(starts) - 30).max() <= 1


def test_a_closed_line_returns_to_its_start(black: Pixels) -> None:
    draw_polyline(
        black, np.array([[10.0, 10.0], [90.0, 10.0], [90.0, 50.0], [10.0, 50.0]]), WHITE, 1, is_closed=True
    )
    assert black[30, 10, 0] > 200


def test_an_ellipse_has_its_half_axes(black: Pixels) -> None:
    draw_ellipse(black, np.array([50.0, 30.0]), np.array([40.0, 20.0]), WHITE, 1)
    for x, y in ((10, 30), (90, 30), (50, 10), (50, 50)):
        assert black[y - 1 : y + 2, x - 1 : x + 2].max() > 200
    assert black[30, 50, 0] == 0
    draw_ellipse(black, np.array([50.0, 30.0]), np.array([3.0, 3.0]), WHITE, None)
    assert tuple(black[30, 50]) == WHITE


def test_an_unknown_ellipse_is_not_drawn(black: Pixels) -> None:
    draw_ellipse(black, np.array([50.0, np.nan]), np.array([40.0, 20.0]), WHITE, 1)
    assert black.max() == 0


def test_text_is_as_wide_as_it_says(black: Pixels) -> None:
    width = text_width_px("Rep 2 of 4", 16)
    draw_text(black, "Rep 2 of 4", (5, 30), 16, WHITE)
    lit = np.flatnonzero(black.max(axis=(0, 2)) > 60)
    assert lit[0] >= 4
    assert abs((lit[-1] - lit[0]) - width) <= 4  # the first and the last letter have a little air


def test_a_blurred_disc_keeps_nothing_of_what_was_in_it() -> None:
    chance = np.random.default_rng(3)
    image = np.repeat(chance.integers(0, 2, (120, 120, 1), dtype=np.uint8) * 255, 3, axis=2)
    before = image.copy()
    blur_disc(image, (60.0, 60.0), 30.0)
    y, x = np.mgrid[:120, :120]
    distance = np.hypot(x - 60, y - 60)
    # A cell averages 19 by 19 coin flips of 0 or 255, so cells differ by 127 / 19 = 7; three times that is plenty.
    assert image[distance < 30].std() < 3 * 7
    assert (image[distance > 39] == before[distance > 39]).all()


@pytest.mark.parametrize("centre_px", [(-50.0, 10.0), (0.0, 0.0), (119.0, 119.0), (500.0, 500.0)])
def test_a_disc_at_the_edge_or_outside_is_cut_off_there(centre_px: tuple[float, float]) -> None:
    image = np.full((120, 120, 3), 90, np.uint8)
    blur_disc(image, centre_px, 30.0)
    assert (image == 90).all()
