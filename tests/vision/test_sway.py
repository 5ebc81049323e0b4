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
    for number, picture in enumerate(_pictures(shifts)):
        sway.see(number, picture)
    # Whole pixels of sharp squares: Lucas and Kanade is well within half a pixel of those.
    assert sway.path(5)[:, :2] == pytest.approx(np.array(shifts), abs=0.5)
    assert sway.path(5)[:, 2] == pytest.approx(0.0, abs=0.005)


def test_somebody_who_walks_before_a_still_wall_moves_no_phone() -> None:
    sway = Sway()
    body = np.random.default_rng(4).integers(0, 255, (120, 40)).astype(np.uint8)
    for step, picture in enumerate(_pictures([(0, 0)] * 8)):
        picture[60:180, 30 + 6 * step : 70 + 6 * step] = body
        sway.see(step, picture)
    assert sway.path(8) == pytest.approx(0.0, abs=0.1)


def _moved(shifts: list[tuple[int, int]], gone: int = 0) -> np.ndarray:
    """Return when a phone that sways so at 10 Hz, and then shows another wall for some frames, counts as moved."""
    sway = Sway()
    elsewhere = [_wall(11)[40:240, 40:200].copy()] * gone
    for number, picture in enumerate([*_pictures(shifts), *elsewhere]):
        sway.see(number, picture)
    return sway.moved(np.arange(len(shifts) + gone) / 10)


def test_a_phone_that_slips_and_shows_something_else_from_then_on_was_moved() -> None:
    moved = _moved([(0, 0)] * 12 + [(2, 4), (4, 12)], gone=15)
    assert not moved[:9].any()
    assert moved[14:].all()


@pytest.mark.parametrize("gone", [0, 5])
def test_a_phone_that_sways_or_is_covered_for_a_moment_was_not_moved(gone: int) -> None:
    assert not _moved([(0, 0)] * 12 + [(2, 4), (4, 12)], gone=gone).any()


def test_a_view_that_somebody_steps_into_was_not_moved() -> None:
    assert not _moved([(0, 0)] * 12, gone=15).any()


def test_a_bare_wall_says_nothing() -> None:
    sway = Sway()
    for number in range(5):
        sway.see(number, np.full((200, 160), 90, np.uint8))
    assert sway.path(5).shape == (0, 3)
    # Nor can it be told from another place.
    assert sway.may_be_here(_pictures([(0, 0)])[0])


def test_a_flash_is_no_other_place() -> None:
    sway = Sway()
    sway.see(0, _pictures([(0, 0)])[0])
    assert sway.may_be_here(np.full((200, 160), 255, np.uint8))


def test_frames_of_other_shots_lie_between() -> None:
    sway = Sway()
    for number, picture in zip((2, 3, 6), _pictures([(0, 0), (4, 0), (1, 0)]), strict=True):
        sway.see(number, picture)
    # In between it is taken to go evenly, and outside to stay: nobody asks.
    assert sway.path(8)[:, 0] == pytest.approx([0, 0, 0, 4, 3, 2, 1, 1], abs=0.5)


def test_a_place_is_known_again_and_neither_another_wall_nor_a_zoom_is_taken_for_it() -> None:
    sway, wall = Sway(), _wall()
    for number, picture in enumerate(_pictures([(0, 0), (2, 1)])):
        sway.see(number, picture)
    assert sway.may_be_here(_pictures([(-3, 2)])[0])
    assert not sway.may_be_here(_wall(11)[40:240, 40:200].copy())
    # The middle of the same picture, a quarter larger: tiles of 10 pixels become 12.5.
    rows, columns = (40 + 20 + (np.arange(200) * 0.8).astype(int), 40 + 16 + (np.arange(160) * 0.8).astype(int))
    assert not sway.may_be_here(wall[np.ix_(rows, columns)].copy())
