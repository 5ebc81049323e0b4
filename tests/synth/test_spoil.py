"""A phone meters a scene, and its lens bends what is straight."""

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from lumbar.synth.camera import place
from lumbar.synth.case import Phone, Spoil
from lumbar.synth.spoil import Lens, Sensor

SCENE = np.tile(np.linspace(0, 140, 64), (48, 1))[..., None].repeat(3, axis=2)


def _taken(scene: np.ndarray, how: Spoil, *more: np.ndarray) -> list[np.ndarray]:
    sensor = Sensor(how, np.random.default_rng(1))
    return [sensor.take(picture.astype(np.uint8)) for picture in (scene, *more)]


@pytest.mark.parametrize("dimmed", [1.0, 0.5, 0.2])
def test_a_phone_exposes_a_dim_room_as_a_bright_one(dimmed: float) -> None:
    (taken,) = _taken(SCENE * dimmed, Spoil())
    assert taken.mean() == pytest.approx(118, abs=3)


def test_exposure_is_how_far_off_the_metering_is_and_it_is_held() -> None:
    dark, next_one = _taken(SCENE, Spoil(exposure=0.5, noise=0), SCENE * 0.5)
    assert dark.mean() == pytest.approx(59, abs=1)
    assert next_one.mean() == pytest.approx(29, abs=1)


def test_a_black_picture_stays_black() -> None:
    (taken,) = _taken(SCENE * 0, Spoil(noise=0))
    assert not taken.any()


def test_a_lens_blends_the_four_pixels_about_each_place() -> None:
    phone = Phone(width_px=64, height_px=48, bulge=0.05)
    view = place(phone, np.array([0.0]), 1.0, np.random.default_rng(0))
    picture = np.random.default_rng(2).integers(0, 256, (48, 64, 3)).astype(np.uint8)
    bent = Lens(view).bend(picture)
    half, centre = 32, np.asarray(view.centre_px)
    rows, columns = np.mgrid[:48, :64] + 0.5
    bulged = np.stack([columns - centre[0], rows - centre[1]])
    straight = bulged.copy()
    for _ in range(8):
        straight = bulged / (1 + view.bulge * np.sum((straight / half) ** 2, axis=0))
    at = np.stack([straight[1] + centre[1] - 0.5, straight[0] + centre[0] - 0.5])
    expected = [map_coordinates(picture[..., c].astype(float), at, order=1, mode="nearest") for c in range(3)]
    assert np.abs(bent - np.stack(expected, axis=-1)).max() <= 0.51
