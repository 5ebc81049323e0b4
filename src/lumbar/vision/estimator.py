"""What a pose estimator must offer: find people in a picture, follow one of them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from lumbar.arrays import Floats, Pixels


@dataclass(frozen=True, slots=True)
class Region:
    """A rotated square of a picture that holds one person: centre, side and clockwise turn."""

    x_px: float
    y_px: float
    size_px: float
    turn_rad: float

    def apart_px(self, other: "Region") -> float:
        """Return how far two regions' middles are apart."""
        return float(np.hypot(self.x_px - other.x_px, self.y_px - other.y_px))

    def is_near(self, other: "Region", side_ratio: float) -> bool:
        """Say whether two regions' middles are nearer than this share of the larger one's side."""
        return self.apart_px(other) < side_ratio * max(self.size_px, other.size_px)


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a picture, as a disc."""

    x_px: float
    y_px: float
    radius_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """One person in one picture.

    ``xy_px`` (33, 2) and ``visibility`` (33,) in the order of :data:`lumbar.vision.tracks.LANDMARKS`;
    ``world_m`` (33, 3); ``mask`` (n, n) are logits of "belongs to the person" in the region's own pixels, which
    ``mask_to_picture`` (2, 3) takes to the picture's.
    """

    xy_px: Floats
    visibility: Floats
    world_m: Floats
    score: float
    mask: Floats
    mask_to_picture: Floats
    next_region: Region


class PoseEstimator(Protocol):
    """Finds people and follows one; :class:`lumbar.vision.blazepose.BlazePose` is the one that ships."""

    @property
    def name(self) -> str:
        """Return what made the landmarks."""

    def find(self, picture: Pixels) -> tuple[tuple[Region, ...], tuple[Face, ...]]:
        """Find everybody: regions best first, and their faces."""

    def follow(self, picture: Pixels, region: Region) -> Pose:
        """Read one person's landmarks and mask inside a region."""
