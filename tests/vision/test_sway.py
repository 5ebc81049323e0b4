"""A phone in a hand sways: what a picture's background says of it."""

import numpy as np
import pytest

from lumbar.vision.sway import Sway


def _wall(seed: int = 3) -> np.ndarray:
    """Return a wall of grey squares, (300, 240), larger than a picture."""
    tiles = np.random.default_rng(seed).integers(40, 220, (30, 24)).astype(np.uint8)
    return np.kron(tiles, np.ones((10, 10), np.uint8))


def _pictures(shifts: list[tuple[int, int]]) -> list[np.ndarray]:
    wall = _wall()
    return [wall[40 - down : 240 - down, 40 - right : 200 - right].copy() for right, down in shifts]


def test_a_background_that_moves_is_followed_to_half_a_pixel() -> None:
    shifts = [(0, 0), (3, -2), (6, 1), (-4, 4), (0, 0)]
    sway = Sway()
    for picture in _pictures(shifts):
        sway.see(picture)
    # Whole pixels of sharp squares: Lucas and Kanade is well within half a pixel of those.
    assert sway.path()[:, :2] == pytest.approx(np.array(shifts), abs=0.5)
    assert sway.path()[:, 2] == pytest.approx(0.0, abs=0.005)


def test_somebody_who_walks_before_a_still_wall_moves_no_phone() -> None:
    sway = Sway()
    body = np.random.default_rng(4).integers(0, 255, (120, 40)).astype(np.uint8)
    for step, picture in enumerate(_pictures([(0, 0)] * 8)):
        picture[60:180, 30 + 6 * step : 70 + 6 * step] = body
        sway.see(picture)
    assert sway.path() == pytest.approx(0.0, abs=0.1)


def _moved(shifts: list[tuple[int, int]], gone: int = 0, *, cut_at: int | None = None) -> np.ndarray:
    """Return when a phone that sways so at 10 Hz, and then shows another wall for some frames, counts as moved."""
    sway = Sway()
    elsewhere = [_wall(11)[40:240, 40:200].copy()] * gone
    for picture in [*_pictures(shifts), *elsewhere]:
        sway.see(picture)
    time_s = np.arange(len(shifts) + gone) / 10
    return sway.moved(time_s, np.arange(len(time_s)) == cut_at)


def test_a_phone_that_slips_and_shows_something_else_from_then_on_was_moved() -> None:
    moved = _moved([(0, 0)] * 12 + [(2, 4), (4, 12)], gone=15)
    assert not moved[:9].any()
    assert moved[14:].all()


def test_a_cut_to_another_shot_counts_as_moved() -> None:
    assert _moved([(0, 0)] * 12, gone=15, cut_at=12)[12:].all()


@pytest.mark.parametrize("gone", [0, 5])
def test_a_phone_that_sways_or_is_covered_for_a_moment_was_not_moved(gone: int) -> None:
    assert not _moved([(0, 0)] * 12 + [(2, 4), (4, 12)], gone=gone).any()


def test_a_view_that_somebody_steps_into_was_not_moved() -> None:
    assert not _moved([(0, 0)] * 12, gone=15).any()


def test_a_bare_wall_says_nothing() -> None:
    sway = Sway()
    for _ in range(5):
        sway.see(np.full((200, 160), 90, np.uint8))
    assert sway.path().shape == (0, 3)
