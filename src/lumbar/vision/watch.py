"""Watch a clip once, frame by frame, and keep what was seen of the shot in which somebody lifts as tracks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from lumbar.arrays import Pixels
from lumbar.lifter import FULL_PLATE_M
from lumbar.video.frames import Frame
from lumbar.vision import image
from lumbar.vision.estimator import PoseEstimator
from lumbar.vision.farplate import KEPT
from lumbar.vision.light import Light
from lumbar.vision.quality import Watcher
from lumbar.vision.shot import Shot
from lumbar.vision.tracks import Tracks


def watch(
    frames: Iterable[Frame],
    estimator: PoseEstimator,
    *,
    plate_m: float = FULL_PLATE_M,
    seen: Callable[[Frame], None] = lambda _: None,
) -> Tracks:
    """Follow everybody and every disc near their hands; return the tracks of whoever moves a disc.

    Of a clip that is cut together, those of the shot in which a disc is moved furthest.

    ``plate_m`` is the diameter of the largest plate, which says how large a disc to look for. ``seen`` is
    called with each frame after it was looked at (for progress, or to write it on).
    """
    clip = _Clip(estimator, plate_m)
    for frame in frames:
        clip.see(frame)
        seen(frame)
    return clip.tracks()


@dataclass(slots=True, eq=False)
class _Clip:
    """The clip so far: its clock, and its shots."""

    estimator: PoseEstimator
    plate_m: float
    watcher: Watcher = field(default_factory=Watcher)
    light: Light = field(default_factory=Light)
    shots: list[Shot] = field(default_factory=list)
    time_s: list[float] = field(default_factory=list)
    size_px: tuple[int, int] = (0, 0)

    def see(self, frame: Frame) -> None:
        """Look at the next frame, as one of the shot that it belongs to."""
        grey = image.to_grey(frame.image)
        self.size_px = (grey.shape[1], grey.shape[0])
        self.watcher.see(grey)
        if not self.shots or self.watcher.is_cut:
            self._change_shot(grey)
        planes = image.Planes(grey, frame.image)
        self.shots[-1].see(len(self.time_s), frame.time_s, planes, self.light.lit(frame.image))
        self.time_s.append(frame.time_s)

    def _change_shot(self, grey: Pixels) -> None:
        """Go on with the shot whose place a picture shows, the last if it may be that, or begin a new one.

        Whoever steps before the lens and away again ends no shot, nor does an edit that comes back to one.
        """
        known = next((shot for shot in reversed(self.shots) if shot.sway.may_be_here(grey)), None)
        if known is not None:
            self.shots.remove(known)
        self.shots.append(known or Shot(self.estimator, self.plate_m))
        # All shots together hold as many pictures as one would.
        for shot in self.shots:
            shot.glimpses.hold(KEPT // len(self.shots))

    def tracks(self) -> Tracks:
        """Decide in which shot somebody lifts, and lay everything on one clock."""
        time_s = np.array(self.time_s)
        # In clips without a frame nobody lifts.
        shots = self.shots or [Shot(self.estimator, self.plate_m)]
        lifts = [shot.lifted(time_s) for shot in shots]
        shot, lift = max(zip(shots, lifts, strict=True), key=lambda one: (one[1].travel, len(one[0].numbers)))
        pose, silhouette = shot.seen_of(lift.who, time_s)
        faces = sorted(face for one in shots for face in one.crowd.faces)
        moved, elsewhere = shot.sway.moved(time_s), ~np.isin(np.arange(len(time_s)), shot.numbers)
        return Tracks(
            pose=pose,
            silhouette=silhouette,
            bar=lift.bar and shot.with_far_plate(lift.bar, pose, silhouette, moved),
            quality=self.watcher.quality(pose, moved, elsewhere, self.size_px),
            width_px=self.size_px[0],
            height_px=self.size_px[1],
            people=shot.crowd.most_at_once,
            faces_px=np.array(faces, dtype=float).reshape(-1, 5),
            sway_px_rad=shot.sway.path(len(time_s)),
        )
