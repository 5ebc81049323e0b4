"""Small pictures drawn with numpy, whose truth is known to a fraction of a pixel."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats, Pixels


@dataclass(frozen=True)
class Plate:
    """A drawn plate: where, how large, how bright; ``ring``: where, of the radius, another edge is."""

    x_px: float
    y_px: float
    radius_px: float
    squeeze: float = 1.0
    grey: float = 40.0
    ring: float | None = None
    spokes: int = 0


def floor_of(width_px: int, height_px: int, grey: float = 150.0) -> Floats:
    return np.full((height_px, width_px), grey)


def inside(picture: Floats, plate: Plate, share: float = 1.0) -> Floats:
    """Return how much of each pixel lies inside the plate, or inside a share of it: 0–1, antialiased."""
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    half_width, half_height = share * plate.radius_px * plate.squeeze, share * plate.radius_px
    dx, dy = (x - plate.x_px) / half_width, (y - plate.y_px) / half_height
    away = np.maximum(np.hypot(dx, dy), 1e-9)
    steep = np.hypot(dx / half_width, dy / half_height) / away
    return np.asarray(np.clip(0.5 + (1 - away) / np.maximum(steep, 1e-9), 0, 1))


def with_plate(picture: Floats, plate: Plate) -> Floats:
    """Return the picture with a plate drawn over it."""
    face = np.full_like(picture, plate.grey)
    if plate.spokes:
        y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
        turn = np.arctan2(y - plate.y_px, (x - plate.x_px) / plate.squeeze)
        face += 25 * (np.cos(plate.spokes * turn) > 0.6) * inside(picture, plate, 0.75)
    if plate.ring is not None:
        face += 45 * inside(picture, plate, plate.ring)
    cover = inside(picture, plate)
    return picture * (1 - cover) + face * cover


def with_lines(picture: Floats, count: int, seed: int) -> Floats:
    """Return the picture with straight bars of every brightness across it, as a rack and a floor have."""
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    result = picture.copy()
    for _ in range(count):
        turn, wide = chance.uniform(0, np.pi), chance.uniform(2, 7)
        through = chance.uniform(0, 1, 2) * picture.shape[::-1]
        away = np.abs((x - through[0]) * np.sin(turn) - (y - through[1]) * np.cos(turn))
        cover = np.clip(wide + 0.5 - away, 0, 1)
        result = result * (1 - cover) + chance.uniform(60, 230) * cover
    return result


def blurred_down(picture: Floats, reach_px: int) -> Floats:
    """Return the picture as a shutter sees it while everything moves down by this much."""
    return np.mean([np.roll(picture, shift - reach_px // 2, axis=0) for shift in range(reach_px)], axis=0)


def to_pixels(picture: Floats, noise_grey: float = 0.0, seed: int = 0) -> Pixels:
    noisy = picture + np.random.default_rng(seed).normal(0, noise_grey, picture.shape)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), dtype=np.uint8)
