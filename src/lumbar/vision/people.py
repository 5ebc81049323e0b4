"""Everybody in the picture, followed from frame to frame; who is lifting is decided when the bar has moved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.vision import image
from lumbar.vision.estimator import Face, Pose, PoseEstimator, Region
from lumbar.vision.plate import Disc
from lumbar.vision.tracks import LANDMARKS

# Engineering rules.
#: Somebody much smaller than the largest person stands in the background and is not followed.
_LEAST_SHARE = 0.5
_MOST_FOLLOWED = 3
_LEAST_SCORE = 0.5
#: Two squares nearer than the first share of their side hold the same person, and nearer than the second maybe.
_SAME, _MAYBE = 0.15, 0.3
#: Two people who come as near as this are one: who was elsewhere so many poses ago has slid onto the other.
_SLID, _FEW = 0.08, 15
#: A pose that the network is less sure of than this shows where to look next and about where the hands are, and is
#: no evidence: one in three of them has shoulders more than half a metre off (design/motion/pose_scores.py). In a
#: picture so coarse that it doubts most, that says nothing of one.
_BELIEVED = 0.8
#: Seconds between two looks at the whole picture: while everybody followed is in sight; while somebody is not, so
#: long as they may come back at once; and later, for who walked off should not make all that follows slow.
_LOOK_EVERY_S, _LOOK_AGAIN_S, _SOON_S, _LOOK_LATER_S = 1.0, 0.1, 2.0, 0.3
#: A picture this many times smaller is compared with the one before: where no patch of it changes by more grey
#: levels than compression alone makes it, nobody moved by more than about a quarter of a pixel.
_SHRINK, _STILL_LEVELS = 4, 5.0
#: For how long the head of somebody who is followed is hidden where it was: a frame or two, at 24 a second.
_FOLLOWED_S = 0.08
#: A face's radius over the trunk's length (ANSUR II: face length 0.12 m, hips to shoulders 0.5 m; doubled).
_HEAD_OVER_TRUNK = 0.19
_FACE = [LANDMARKS.index(name) for name in ("nose", "left_ear", "right_ear", "left_eye", "right_eye")]


@dataclass(slots=True, eq=False)
class Trail:
    """One person's poses so far, by frame number."""

    region: Region | None
    poses: dict[int, Pose] = field(default_factory=dict)
    last: Region | None = None
    still: tuple[Pixels, Pose] | None = None

    def lose(self) -> None:
        """Follow this person no more, until they are found again."""
        self.region, self.still = None, None

    def moved(self, region: Region) -> float:
        """Return how far a region is from where this person was a few poses ago, in shares of its side.

        Who has not been followed for so long comes from anywhere.
        """
        return np.inf if self._before is None else self._before.apart_px(region) / region.size_px

    def step_back(self) -> None:
        """Follow this person no more, who was mistaken for another; look for them where they were."""
        self.last = self._before or self.last
        self.lose()

    @property
    def _before(self) -> Region | None:
        pose = next(islice(reversed(self.poses.values()), _FEW, None), None)
        return None if pose is None else pose.next_region

    @property
    def believed(self) -> dict[int, Pose]:
        """Return the poses that the network is sure of, by frame number; all, where it is sure of few."""
        sure = {number: pose for number, pose in self.poses.items() if pose.score >= _BELIEVED}
        return sure if len(sure) > len(self.poses) / 2 else self.poses

    def has_moved(self, small: Pixels) -> bool:
        """Say whether the picture about this person differs from the one their last pose was read in."""
        if self.still is None or self.region is None:
            return True
        height, width = small.shape
        reach = self.region.size_px / 2 / _SHRINK
        x, y = self.region.x_px / _SHRINK, self.region.y_px / _SHRINK
        rows = slice(max(0, int(y - reach)), min(height, int(y + reach) + 1))
        columns = slice(max(0, int(x - reach)), min(width, int(x + reach) + 1))
        return image.differs(self.still[0][rows, columns], small[rows, columns], _STILL_LEVELS)

    def lost_px(self, region: Region) -> float:
        """Return how far a region is from where this person was lost."""
        return np.inf if self.last is None else self.last.apart_px(region)

    def may_be_in(self, region: Region) -> bool:
        """Say whether a region could hold this person, who was lost."""
        return self.region is None and self.last is not None and self.last.is_near(region, _MAYBE)


@dataclass(slots=True, eq=False)
class Crowd:
    """Follows up to three people of comparable size through the frames."""

    estimator: PoseEstimator
    trails: list[Trail] = field(default_factory=list)
    #: Heads to hide: frame number, x, y, radius in pixels, and for how many seconds each stands.
    faces: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    most_at_once: int = 0
    _next_look_s: float = -np.inf
    _whole_s: float = 0.0
    _discs: Sequence[Disc] = ()

    def see(self, number: int, time_s: float, picture: Pixels, discs: Sequence[Disc] = ()) -> None:
        """Follow everybody into the next frame. Nobody is inside one of ``discs``."""
        self._discs = discs
        if time_s >= self._next_look_s:
            self._next_look_s = time_s + _LOOK_EVERY_S
            self._look(number, picture)
        small = image.to_grey(image.resize(picture, *(max(1, side // _SHRINK) for side in picture.shape[1::-1])))
        for trail in self.trails:
            if trail.region is None:
                continue
            pose = self._pose(trail, picture, small)
            trail.last = trail.region
            if not self._is_person(pose):
                trail.lose()
                continue
            if self._gives_way(number, trail, pose.next_region):
                continue
            trail.region = pose.next_region
            trail.poses[number] = pose
            self._note(number, face_of(pose), _FOLLOWED_S)
        self.most_at_once = max(self.most_at_once, sum(number in trail.poses for trail in self.trails))
        if self.trails and all(trail.region is not None for trail in self.trails):
            self._whole_s = time_s
        else:
            wait_s = _LOOK_AGAIN_S if time_s - self._whole_s < _SOON_S else _LOOK_LATER_S
            self._next_look_s = min(self._next_look_s, time_s + wait_s)

    def _pose(self, trail: Trail, picture: Pixels, small: Pixels) -> Pose:
        """Read a person's pose; where the picture about them is the same as before, so is the pose."""
        if trail.region is None:
            raise TypeError("a person who was lost has no region to read")
        if trail.still is not None and not trail.has_moved(small):
            return trail.still[1]
        pose = self.estimator.follow(picture, trail.region)
        trail.still = (small, pose)
        return pose

    def _is_person(self, pose: Pose) -> bool:
        """Say whether a pose is of a body: a plate that is taken for one has all of its trunk within the rim."""
        trunk_px = shoulders_px(pose), _middle_px(pose, "hip")
        in_disc = any(all(disc.holds(end_px) for end_px in trunk_px) for disc in self._discs)
        return pose.score >= _LEAST_SCORE and not in_disc

    def _gives_way(self, number: int, trail: Trail, region: Region) -> bool:
        """Say whether this trail has slid onto somebody whom an older one follows, and is lost; else that has."""
        older = self.trails[: self.trails.index(trail)]
        other = next((one for one in older if one.region is not None and one.region.is_near(region, _SLID)), None)
        if other is None:
            return False
        if other.region is None or other.moved(other.region) <= trail.moved(region):
            trail.step_back()
            return True
        other.poses.pop(number, None)
        other.step_back()
        return False

    def _note(self, number: int, face: Face, holds_s: float) -> None:
        self.faces.append((number, face.x_px, face.y_px, face.radius_px, holds_s))

    def _look(self, number: int, picture: Pixels) -> None:
        """Look at the whole picture: note every face, find people who are new or were lost."""
        regions, faces = self.estimator.find(picture)
        heads = [trail.region for trail in self.trails if trail.region is not None]
        for region, face in zip(regions, faces, strict=True):
            if not any(head.apart_px(region) < 0.25 * region.size_px for head in heads):
                self._note(number, face, _LOOK_EVERY_S)
        least = _LEAST_SHARE * max((region.size_px for region in (*regions, *heads)), default=0.0)
        # Who was lost may still be there, as large as before, though the detector does not see them.
        left = [trail.last for trail in self.trails if trail.region is None and trail.last is not None]
        sought = [(region, least) for region in regions] + [(one, _LEAST_SHARE * one.size_px) for one in left]
        poses = [
            (self.estimator.follow(picture, region), least)
            for region, least in sought
            if region.size_px >= least and not self._is_followed(region)
        ]
        # Of squares about the same person, the one in which the network is surest of one.
        for pose, least in sorted(poses, key=lambda one: -one[0].score):
            region = pose.next_region
            if not self._is_person(pose) or region.size_px < least or self._is_followed(region):
                continue
            lost = [trail for trail in self.trails if trail.may_be_in(region)]
            if lost:
                min(lost, key=lambda trail: trail.lost_px(region)).region = region
            elif sum(trail.region is not None for trail in self.trails) < _MOST_FOLLOWED:
                self.trails.append(Trail(region))

    def _is_followed(self, region: Region) -> bool:
        """Say whether somebody who is followed is in this region; who stands beside them is not."""
        return any(trail.region is not None and trail.region.is_near(region, _SAME) for trail in self.trails)


def face_of(pose: Pose) -> Face:
    """Return the head as a disc: about its landmarks, or as large as a head is to a trunk if that is larger."""
    points = pose.xy_px[_FACE]
    middle = points.mean(axis=0)
    trunk = np.hypot(*(shoulders_px(pose) - _middle_px(pose, "hip")))
    radius = max(1.15 * np.hypot(*(points - middle).T).max(), _HEAD_OVER_TRUNK * trunk)
    return Face(float(middle[0]), float(middle[1]), float(radius))


def height_px(pose: Pose) -> float:
    """Return about how tall the person is in the picture: trunk or legs over their share of stature.

    Shares of stature: hips to shoulders 0.296, hip to ankle 0.49 (de Leva 1996, trunk MIDS-MIDH, thigh + shank).
    """
    sides = []
    for side in ("left", "right"):
        shoulder, hip, knee, ankle = (
            pose.xy_px[LANDMARKS.index(f"{side}_{name}")] for name in ("shoulder", "hip", "knee", "ankle")
        )
        legs = np.hypot(*(hip - knee)) + np.hypot(*(knee - ankle))
        sides.append(max(np.hypot(*(shoulder - hip)) / 0.296, legs / 0.49))
    return float(np.mean(sides))


def hands_px(pose: Pose) -> Floats:
    """Return the middle of the two wrists, (2,)."""
    return _middle_px(pose, "wrist")


def shoulders_px(pose: Pose) -> Floats:
    """Return the middle of the two shoulders, (2,)."""
    return _middle_px(pose, "shoulder")


def _middle_px(pose: Pose, joint: str) -> Floats:
    both = pose.xy_px[[LANDMARKS.index(f"left_{joint}"), LANDMARKS.index(f"right_{joint}")]]
    return np.asarray(both.mean(axis=0))
