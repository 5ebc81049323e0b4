"""One shot of a clip, watched frame by frame from one place: everybody, and every disc near their hands.

Of the pictures a few are held until the far plate was looked for in them, and then let go.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from lumbar.arrays import Bools, Floats, Pixels, laid_out
from lumbar.lifter import FULL_PLATE_M
from lumbar.vision import image
from lumbar.vision.bar import Discs
from lumbar.vision.estimator import Pose, PoseEstimator
from lumbar.vision.farplate import Glimpses, find_far_plate
from lumbar.vision.people import Crowd, Trail, hands_px, height_px, shoulders_px
from lumbar.vision.quality import view_angle
from lumbar.vision.silhouette import outline
from lumbar.vision.sway import Sway
from lumbar.vision.tracks import LANDMARKS, OUTLINE_POINTS, BarTrack, PoseTrack, Silhouette

#: A person's height in the picture is the median over this many frames, so that one bad pose does no harm.
_HEIGHT_FRAMES = 90
#: A plate that seems turned from the side by this much more than its lifter is a dark patch. An engineering rule:
#: of 50 drawn clips plates seem turned by 14° more at most, and a shadow on shorts by 40°.
_TURNED_RAD = np.radians(30)
#: Nor is a disc that is smaller than this share of a plate beside them. An engineering rule: of 44 drawn clips the
#: smallest hub that was followed in place of its plate has 0.38, and a pattern on a shoe 0.24.
_LEAST_PLATE = 0.33


@dataclass(frozen=True, slots=True, eq=False)
class Lifted:
    """Who lifts in a shot (which trail), and the disc they move; None when no disc moves with anybody."""

    who: int
    bar: BarTrack | None

    @property
    def travel(self) -> float:
        """Return how far the disc goes up and down in all, in its own radii."""
        if self.bar is None:
            return 0.0
        return _travel_px(self.bar) / float(np.nanmedian(self.bar.half_height_px))


@dataclass(slots=True, eq=False)
class Shot:
    """What was seen so far; frames are numbered as in the clip."""

    estimator: PoseEstimator
    plate_m: float
    discs: Discs = field(init=False)
    crowd: Crowd = field(init=False)
    glimpses: Glimpses = field(default_factory=Glimpses)
    sway: Sway = field(default_factory=Sway)
    heights_px: dict[int, list[float]] = field(default_factory=dict)
    outlines_px: dict[int, dict[int, Floats]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.discs = Discs(self.plate_m / FULL_PLATE_M)
        self.crowd = Crowd(self.estimator)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the frames that were looked at."""
        return tuple(self.sway.moves_px_rad)

    def see(self, number: int, time_s: float, planes: image.Planes, lit: Pixels) -> None:
        """Look for discs in the next frame, and for people in the same with enough light (RGB)."""
        self.glimpses.see(number, planes.grey)
        self.sway.see(number, planes.grey)
        self.crowd.see(number, time_s, lit, self.discs.clear)
        hands = [self._keep(who, number) for who, trail in enumerate(self.crowd.trails) if number in trail.poses]
        self.discs.see(number, time_s, planes, hands)

    def _keep(self, who: int, number: int) -> tuple[Floats, float]:
        """Keep one person's outline in place of the mask; return their hands and height in pixels."""
        poses = self.crowd.trails[who].poses
        pose = poses[number]
        self.outlines_px.setdefault(who, {})[number] = outline(pose)
        poses[number] = replace(pose, mask=np.zeros((0, 0)))
        recent = self.heights_px.setdefault(who, [])
        recent.append(height_px(pose))
        return hands_px(pose), float(np.median(recent[-_HEIGHT_FRAMES:]))

    def lifted(self, time_s: Floats) -> Lifted:
        """Return who moves a disc, furthest, and its track; else who was seen longest.

        With the hands, as one deadlifts; else with the shoulders, as one squats, to be able to say so; else
        near hands that are seen too seldom to tell.
        """
        trails = self.crowd.trails
        hands = [_path(trail, hands_px, len(time_s)) for trail in trails]
        shoulders = [_path(trail, shoulders_px, len(time_s)) for trail in trails]
        squats = (self.discs.lifted_by(path[:, 1], time_s) for path in shoulders)
        ways: tuple[list[BarTrack | None], ...] = (
            [self.discs.lifted_by(path[:, 1], time_s) for path in hands],
            [bar if bar is not None and self._stays(who, bar) else None for who, bar in enumerate(squats)],
            [self.discs.carried_by(path, time_s) for path in hands],
        )
        for bars in ways:
            found = [
                (_travel_px(bar), who, bar)
                for who, bar in enumerate(bars)
                if bar is not None and self._may_lift(who, bar)
            ]
            if found:
                _, who, bar = max(found, key=lambda one: one[0])
                return Lifted(who, bar)
        return Lifted(max(range(len(trails)), key=lambda who: len(trails[who].poses), default=0), None)

    def seen_of(self, who: int, time_s: Floats) -> tuple[PoseTrack, Silhouette]:
        """Lay one person's poses and outlines on the clip's clock."""
        believed = self.crowd.trails[who].believed if self.crowd.trails else {}
        pose = _pose_track(believed, time_s, self.estimator.name)
        outlines_px = {number: self.outlines_px[who][number] for number in believed}
        return pose, Silhouette(time_s, laid_out(outlines_px, len(time_s), (OUTLINE_POINTS, 2)))

    def with_far_plate(self, bar: BarTrack, pose: PoseTrack, silhouette: Silhouette, moved: Bools) -> BarTrack:
        """Return the disc's track with that of the far plate, if it is found: while the phone stands."""
        stood = replace(bar, centre_px=np.where(moved[:, None], np.nan, bar.centre_px))
        far_px = find_far_plate(self.glimpses, stood, silhouette.outline_px, pose.world_m, self.plate_m)
        return replace(bar, far_px=far_px)

    def _stays(self, who: int, bar: BarTrack) -> bool:
        """Say whether a disc is seen with a person most of the time: a walker's shoulders go up and down, too."""
        return int(np.isfinite(bar.half_height_px).sum()) > len(self.crowd.trails[who].poses) / 2

    def _may_lift(self, who: int, bar: BarTrack) -> bool:
        """Say whether a disc may be a plate beside this person: large enough, and turned as they are."""
        plate_px = self.discs.plate_px(float(np.median(self.heights_px[who])))
        turned_rad = bar.turned_rad - _off_side_rad(self.crowd.trails[who])
        return turned_rad < _TURNED_RAD and float(np.nanmedian(bar.half_height_px)) > _LEAST_PLATE * plate_px


def _path(trail: Trail, place: Callable[[Pose], Floats], frames: int) -> Floats:
    """Return where one place of a person was, (time, 2) in pixels; NaN where they were not seen."""
    return laid_out({number: place(pose) for number, pose in trail.poses.items()}, frames, (2,))


def _off_side_rad(trail: Trail) -> float:
    """Return how far from a person's side the camera stands."""
    views = view_angle(np.stack([pose.world_m for pose in trail.poses.values()]))
    return float(np.abs(np.nanmedian(views) - np.pi / 2))


def _travel_px(bar: BarTrack) -> float:
    return float(np.nansum(np.abs(np.diff(bar.centre_px[:, 1]))))


def _pose_track(poses: dict[int, Pose], time_s: Floats, estimator: str) -> PoseTrack:
    """Lay one person's poses on the clip's clock; where they were not seen is NaN."""
    frames, marks = len(time_s), len(LANDMARKS)
    xy_px, world_m = np.full((frames, marks, 2), np.nan), np.full((frames, marks, 3), np.nan)
    visibility, score = np.zeros((frames, marks)), np.zeros(frames)
    for number, pose in poses.items():
        xy_px[number], world_m[number] = pose.xy_px, pose.world_m
        visibility[number], score[number] = pose.visibility, pose.score
    return PoseTrack(time_s, xy_px, visibility, world_m, score, estimator)
