"""Faces are hidden so that no fine pattern is left of them, and nothing else is touched."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.arrays import Pixels
from lumbar.vision.faces import hide_faces
from lumbar.vision.tracks import Tracks

from ..motion.pulls import clock, film_of, heights

TIME_S = clock(4.0)
FILM = film_of(TIME_S, heights(TIME_S, []))


def pattern() -> Pixels:
    """Return stripes two pixels wide: as fine as anything that tells one face from another at this size."""
    y, x = np.mgrid[: FILM.height_px, : FILM.width_px]
    return np.repeat((((x // 2 + y // 2) % 2) * 200 + 20).astype(np.uint8)[..., None], 3, axis=2)


PICTURE = pattern()


def contrast(picture: Pixels, at: tuple[int, int], reach: int = 12) -> float:
    x, y = at
    return float(picture[y - reach : y + reach, x - reach : x + reach].astype(float).std())


def with_face(time_index: int, at: tuple[float, float] = (100.0, 200.0), holds_s: float = 1.0) -> Tracks:
    """Return the film with one face, seen in one frame and hidden for so long before and after."""
    return replace(FILM, faces_px=np.array([[float(time_index), *at, 30.0, holds_s]]))


def test_a_face_is_hidden_and_the_rest_stays() -> None:
    hidden = hide_faces(PICTURE, with_face(30), 1.0)
    # Stripes have a contrast of 100 grey levels; a tenth of it could not be made out.
    assert contrast(hidden, (100, 200)) < 10
    changed = np.argwhere((hidden != PICTURE).any(axis=2))
    # The rim fades over a quarter of the radius.
    assert np.hypot(changed[:, 1] - 100, changed[:, 0] - 200).max() <= 1.25 * 30


def test_the_picture_given_is_not_changed() -> None:
    before = PICTURE.copy()
    hide_faces(PICTURE, with_face(30), 1.0)
    assert np.array_equal(PICTURE, before)


@pytest.mark.parametrize(("time_s", "is_hidden"), [(2.0, True), (2.9, True), (1.1, True), (0.9, False)])
def test_a_face_is_hidden_for_as_long_as_it_holds(time_s, is_hidden) -> None:
    hidden = hide_faces(PICTURE, with_face(60), time_s)
    assert (contrast(hidden, (100, 200)) < 10) is is_hidden


@pytest.mark.parametrize("at", [(0.0, 0.0), (-200.0, 50.0), (719.0, 1279.0), (5000.0, 10.0)])
def test_a_face_at_the_border_or_outside_is_no_error(at) -> None:
    assert hide_faces(PICTURE, with_face(30, at), 1.0).shape == PICTURE.shape


def test_where_nobody_is_seen_nothing_is_hidden() -> None:
    assert np.array_equal(hide_faces(PICTURE, FILM, 1.0), PICTURE)
