"""A pose estimator that plays back what it was told: pictures carry their number in their first pixel."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.vision.estimator import Face, Pose, Region
from lumbar.vision.tracks import LANDMARKS

_MASK_PX = 64
#: Of a standing person, in shares of the height, from the middle of the hips: x to the right, y down.
_BODY = {
    "shoulder": (0.0, -0.30), "elbow": (0.03, -0.15), "wrist": (0.02, 0.0), "hip": (0.0, 0.0), "knee": (0.0, 0.25),
    "ankle": (0.0, 0.49), "heel": (-0.03, 0.51), "foot": (0.08, 0.51),
}  # fmt: skip
_HEAD = (0.0, -0.42)


@dataclass(frozen=True)
class Person:
    """Somebody: the path of their hips by frame, their height in pixels, and when they are seen."""

    x_px: float
    y_px: float = 120.0
    height_px: float = 150.0
    is_seen: Callable[[int], bool] = lambda _: True
    hands_up_px: Callable[[int], float] = lambda _: 0.0
    score: Callable[[int], float] = lambda _: 0.95

    def region(self) -> Region:
        return Region(self.x_px, self.y_px, 1.25 * self.height_px, 0.0)

    def pose(self, number: int) -> Pose:
        xy_px = np.array([self._place(name, number) for name in LANDMARKS])
        side = np.linspace(-1, 1, _MASK_PX)
        mask = 6 * (1 - np.hypot(side[None] / 0.3, side[:, None] / 0.8))
        size_px = 1.25 * self.height_px
        corner = [self.x_px - size_px / 2, self.y_px - size_px / 2]
        to_picture = np.column_stack([np.eye(2) * size_px / _MASK_PX, corner])
        world_m = np.zeros((len(LANDMARKS), 3))
        visibility = np.full(len(LANDMARKS), 0.9)
        return Pose(xy_px, visibility, world_m, self.score(number), mask, to_picture, self.region())

    def _place(self, name: str, number: int) -> Floats:
        part = name.split("_")[1] if "_" in name else name
        x, y = _BODY.get(part, _HEAD)
        lift = self.hands_up_px(number) if part == "wrist" else 0.0
        return np.array([self.x_px + x * self.height_px, self.y_px + y * self.height_px - lift])


def numbered(number: int, width_px: int = 320, height_px: int = 240) -> Pixels:
    """Return a grey picture that carries its number."""
    return carrying(np.full((height_px, width_px, 3), 128, np.uint8), number)


def carrying(picture: Pixels, number: int) -> Pixels:
    """Return a picture with its number in the first pixel, a little lighter or darker than the one before.

    So it is never taken for the same picture, whose pose need not be read again.
    """
    lit = picture + np.uint8(12 * (number % 2))
    lit[0, 0] = number // 256, number % 256, 0
    return np.asarray(lit, dtype=np.uint8)


def number_of(picture: Pixels) -> int:
    return int(picture[0, 0, 0]) * 256 + int(picture[0, 0, 1])


@dataclass
class Replay:
    """Plays people back; a region that nobody stands in has nobody in it."""

    people: list[Person]
    name: str = "replay"
    #: How far beside a region's middle somebody is taken for the one in it, in shares of its side.
    reach: float = 0.3
    looks: list[int] = field(default_factory=list)

    def find(self, picture: Pixels) -> tuple[tuple[Region, ...], tuple[Face, ...]]:
        number = number_of(picture)
        self.looks.append(number)
        there = [one for one in self.people if one.is_seen(number)]
        faces = [Face(one.x_px, one.y_px - 0.42 * one.height_px, 0.06 * one.height_px) for one in there]
        return tuple(one.region() for one in there), tuple(faces)

    def follow(self, picture: Pixels, region: Region) -> Pose:
        number = number_of(picture)
        near = [one for one in self.people if abs(one.x_px - region.x_px) < self.reach * region.size_px]
        there = [one for one in near if one.is_seen(number)]
        if there:
            return min(there, key=lambda one: abs(one.x_px - region.x_px)).pose(number)
        blank = Person(region.x_px, region.y_px).pose(number)
        return Pose(
            blank.xy_px, blank.visibility, blank.world_m, 0.02, blank.mask, blank.mask_to_picture, region
        )  # fmt: skip
