"""Dim pictures are brightened, and nothing else is touched."""

import numpy as np

from lumbar.vision.light import Light


def room(level: int, lamp: int | None = None) -> np.ndarray:
    """Return a picture of a few levels up to ``level``, with a small lamp."""
    picture = np.tile(np.linspace(level / 4, level, 160).astype(np.uint8)[None, :, None], (120, 1, 3))
    if lamp is not None:
        picture[:4, :4] = lamp
    return picture


def test_a_well_lit_picture_is_left_as_it_is() -> None:
    picture = room(230)
    assert Light().lit(picture) is picture


def test_a_dim_picture_is_as_bright_as_a_well_lit_one_afterwards() -> None:
    lit = Light().lit(room(90, lamp=255))
    # Its levels keep their proportions, to a rounding; a lamp stays white.
    # To 220, by the levels of every eighth pixel.
    assert abs(np.percentile(lit[10:], 99) - 220) <= 6
    assert np.abs(lit[50, :, 0] / lit[50, -1, 0] - room(90)[50, :, 0] / 90).max() < 0.02
    assert lit[0, 0].tolist() == [255, 255, 255]


def test_the_dark_is_not_made_out() -> None:
    picture = room(30)
    assert Light().lit(picture) is picture


def test_flicker_changes_nothing_and_a_lamp_that_goes_on_does() -> None:
    light = Light()
    before, flickers, after = (float(light.lit(room(level)).max()) for level in (90, 96, 200))
    assert abs(flickers / before - 96 / 90) < 0.01
    assert after == 200
