"""Where the phone stands in every frame, and how it maps the world to pixels."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lumbar.arrays import Floats, freeze
from lumbar.synth.case import Phone
from lumbar.synth.turns import FORWARD, LEFT, RIGHT, UP, turn, unit

#: How slowly a hand sways (s); an engineering rule.
_SWAY_S = 0.35
#: What is nearer than this (m), or behind the camera, is not seen.
_NEAREST_M = 0.05
#: How long a falling phone takes to lie down (s).
_FALL_S = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A pinhole per frame.

    ``position_m`` (time, 3); ``axes`` (time, 3, 3) has the rows right, down, ahead of the camera in the
    world; ``focal_px`` and the middle ``centre_px`` (2,) are constant; ``bulge`` is k1 of x' = x (1 + k1 r²)
    with r in half long edges.
    """

    position_m: Floats
    axes: Floats
    focal_px: float
    centre_px: Floats
    bulge: float
    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        freeze(self)

    def at(self, frame: int) -> "View":
        """Return the camera of one frame alone."""
        rows = slice(frame, frame + 1)
        return replace(self, position_m=self.position_m[rows], axes=self.axes[rows])

    def project(self, points_m: Floats) -> Floats:
        """Return pixels (time, …, 2) of points (time, …, 3); behind the camera is NaN."""
        spread = points_m.reshape(len(points_m), -1, 3) - self.position_m[:, None]
        right, down, ahead = np.moveaxis(spread @ np.swapaxes(self.axes, -1, -2), -1, 0)
        near = self.focal_px / np.where(ahead > _NEAREST_M, ahead, np.nan)
        x, y = right * near, down * near
        half = max(self.width_px, self.height_px) / 2
        bend = 1 + self.bulge * (x**2 + y**2) / half**2
        seen_px = np.stack([self.centre_px[0] + x * bend, self.centre_px[1] + y * bend], axis=-1)
        return seen_px.reshape(*points_m.shape[:-1], 2)

    def depth_m(self, points_m: Floats) -> Floats:
        """Return how far ahead of the camera points (time, 3) lie, (time,)."""
        return np.asarray(np.einsum("tj,tj->t", self.axes[:, 2], points_m - self.position_m))


def frame_times(phone: Phone, length_s: float, rng: np.random.Generator) -> Floats:
    """Return the times of the frames: even, or as a phone that slows down in bad light and drops some."""
    even = np.arange(0, length_s, 1 / phone.frame_rate_hz)
    if not phone.is_variable_rate:
        return even
    slow = 1 + 0.25 * (gaussian_filter1d(rng.standard_normal(len(even)), 20, mode="nearest") * 6 > 0.5)
    steps = slow / phone.frame_rate_hz * rng.uniform(0.97, 1.03, len(even))
    steps = steps * np.where(rng.random(len(even)) < 0.02, 2, 1)
    times = np.cumsum(steps) - steps[0]
    return np.asarray(times[times < length_s])


def place(phone: Phone, time_s: Floats, length_s: float, rng: np.random.Generator) -> View:
    """Return the camera at each time of a clip that lasts ``length_s``."""
    view = np.radians(phone.view_deg)
    sideways = LEFT if phone.side == "left" else RIGHT
    aim = np.array([phone.ahead_m, phone.aim_m, 0.0])
    offset = phone.distance_m * (np.cos(view) * FORWARD + np.sin(view) * sideways)
    position = aim * [1, 0, 1] + offset + phone.height_m * UP
    sway_rad, sway_m = _sway(phone, time_s, length_s, rng)
    ahead = unit(aim - position)
    right = unit(np.cross(ahead, UP))
    roll = np.radians(phone.roll_deg) + sway_rad[:, 2] + _fall(phone, time_s)
    tilted = turn(np.cross(right, ahead), sway_rad[:, 0]) @ turn(right, sway_rad[:, 1]) @ turn(ahead, roll)
    axes = np.stack([right, -np.cross(right, ahead), ahead])
    turned = np.einsum("tij,kj->tki", tilted, axes)
    long_edge = max(phone.width_px, phone.height_px)
    return View(
        position_m=position + sway_m,
        axes=turned,
        focal_px=long_edge / 2 / float(np.tan(np.radians(phone.lens_deg) / 2)),
        centre_px=np.array([phone.width_px / 2, phone.height_px / 2]),
        bulge=phone.bulge,
        width_px=phone.width_px,
        height_px=phone.height_px,
    )


def _sway(phone: Phone, time_s: Floats, length_s: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return how a hand sways: angles (time, 3) and places (time, 3)."""
    clock = np.arange(0, length_s + 1, 0.02)
    noise = gaussian_filter1d(rng.standard_normal((len(clock), 6)), _SWAY_S / 0.02, axis=0, mode="wrap")
    noise /= noise.std(axis=0) + 1e-12
    at = np.stack([np.interp(time_s, clock, column) for column in noise.T], axis=1)
    size = np.radians(phone.shake_deg)
    return at[:, :3] * size, at[:, 3:] * size * 0.5


def _fall(phone: Phone, time_s: Floats) -> Floats:
    """Return the roll of a phone that tips onto its side."""
    if phone.falls_at_s is None:
        return np.zeros_like(time_s)
    fallen = np.clip((time_s - phone.falls_at_s) / _FALL_S, 0, 1) ** 2
    return fallen * np.pi / 2
