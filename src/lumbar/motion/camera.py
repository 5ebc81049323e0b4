"""The phone as a pinhole: where points of the lifter's world come to lie in the picture, with all derivatives.

The world: x ahead of the lifter, y up from the floor, z from the sagittal plane towards the camera. Pictures of
lifters who face left are mirrored before they come here, so that ahead is always to the right.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats, freeze

#: What a camera has, in this order: logarithm of the focal length in pixels; the angle about the lifter (0 in
#: front, π/2 at the side), up and roll, in radians; the place in metres.
PARAMETERS = ("log_focal", "view", "tip", "roll", "camera_x", "camera_y", "camera_z")


def _about_right(angle: float) -> Floats:
    sin, cos = np.sin(angle), np.cos(angle)
    return np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]])


def _about_ahead(angle: float) -> Floats:
    sin, cos = np.sin(angle), np.cos(angle)
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def _level(view: float) -> Floats:
    """Return the rows right, down and ahead of a level camera at that angle about the lifter."""
    sin, cos = np.sin(view), np.cos(view)
    return np.array([[sin, 0, -cos], [0, -1, 0], [-cos, 0, -sin]])


#: Derivatives of the two turns above by their angle, at any angle: a quarter turn further without the fixed axis.
_DROP_RIGHT, _DROP_AHEAD = np.array([[0.0], [1.0], [1.0]]), np.array([[1.0], [1.0], [0.0]])


@dataclass(frozen=True, slots=True, eq=False)
class Pinhole:
    """A camera that stands still; ``values`` (7,) in the order of :data:`PARAMETERS`, ``centre_px`` (2,)."""

    values: Floats
    centre_px: Floats

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def axes(self) -> Floats:
        """Return the rows right, down and ahead in the world, (3, 3)."""
        _, view, tip, roll, *_ = self.values
        return np.asarray(_about_ahead(roll) @ _about_right(tip) @ _level(view))

    @property
    def focal_px(self) -> float:
        """Return the focal length."""
        return float(np.exp(self.values[0]))

    def depth_m(self, points_m: Floats) -> Floats:
        """Return how far ahead of the camera points (…, 3) lie, (…)."""
        return np.asarray((points_m - self.values[4:]) @ self.axes[2])

    def project(self, points_m: Floats) -> tuple[Floats, Floats, Floats]:
        """Return pixels (…, 2), their derivatives by the point (…, 2, 3) and by the camera (…, 2, 7)."""
        _, view, tip, roll, *_ = self.values
        axes, focal = self.axes, self.focal_px
        away = points_m - self.values[4:]
        seen = away @ axes.T
        depth = seen[..., 2:]
        at = focal * seen[..., :2] / depth
        by_seen = np.zeros((*points_m.shape[:-1], 2, 3))
        by_seen[..., 0, 0] = by_seen[..., 1, 1] = focal / depth[..., 0]
        by_seen[..., 2] = -at / depth
        by_point = by_seen @ axes
        by_camera = np.empty((*points_m.shape[:-1], 2, 7))
        by_camera[..., 0] = at
        turned = (
            _about_ahead(roll) @ _about_right(tip) @ _level_rate(view),
            _about_ahead(roll) @ (_about_right(tip + np.pi / 2) * _DROP_RIGHT) @ _level(view),
            (_about_ahead(roll + np.pi / 2) * _DROP_AHEAD) @ _about_right(tip) @ _level(view),
        )
        for column, rate in enumerate(turned, start=1):
            by_camera[..., column] = (by_seen @ (away @ rate.T)[..., None])[..., 0]
        by_camera[..., 4:] = -by_point
        return at + self.centre_px, by_point, by_camera

    def place(self, points_px: Floats, z_m: Floats | float) -> Floats:
        """Return where in the plane at ``z_m`` points of the picture (…, 2) lie: x and y, (…, 2)."""
        rays = np.concatenate([(points_px - self.centre_px) / self.focal_px, np.ones_like(points_px[..., :1])], -1)
        ray = rays @ self.axes
        reach = (np.asarray(z_m) - self.values[6]) / ray[..., 2]
        return np.asarray(self.values[4:6] + reach[..., None] * ray[..., :2])


def _level_rate(view: float) -> Floats:
    sin, cos = np.sin(view), np.cos(view)
    return np.array([[cos, 0, sin], [0, 0, 0], [sin, 0, -cos]])
