"""What stands in the way of a measurement, frame by frame: cuts, darkness, shaking, blur, cropping, the view."""

from dataclasses import dataclass, field

import numpy as np

from lumbar.arrays import Bools, Floats, Pixels
from lumbar.vision import image
from lumbar.vision.tracks import LANDMARKS, PoseTrack, Quality

# Engineering rules.
_SMALL_WIDTH_PX = 96
#: A cut: the picture differs this much from the last (grey levels, mean) and no shift explains it.
_CUT_LEVELS, _CUT_RESPONSE = 24.0, 0.15
#: A dark picture: of 20 patches hardly one is brighter than this (grey level). In a dim gym one is, or a phone
#: lights it up.
_DARK_LEVEL, _BRIGHT_PERCENTILE = 40, 95
#: Below this the phase correlation is guessing, and no shift is reported.
_LEAST_RESPONSE = 0.08
#: A picture of this sharpness (mean squared Laplacian over contrast) counts as sharp.
_SHARP = 0.08
#: Landmarks that must lie inside the picture, with a margin, for the body to be whole.
_ENDS = (
    "nose",
    "left_wrist",
    "right_wrist",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)


@dataclass(slots=True, eq=False)
class Watcher:
    """Looks at each picture beside the one before."""

    #: This picture does not follow from the one before: another shot, or something before the lens.
    is_cut: bool = False
    dark: list[bool] = field(default_factory=list)
    sharpness: list[float] = field(default_factory=list)
    shift_px: list[float] = field(default_factory=list)
    _before: Pixels | None = None
    _window: Floats | None = None

    def see(self, grey: Pixels) -> None:
        """Compare a grey picture with the one before it."""
        height, width = grey.shape
        small = image.resize(grey, _SMALL_WIDTH_PX, max(16, round(_SMALL_WIDTH_PX * height / width)))
        levels = small.astype(np.float32)
        bend = 4 * levels[1:-1, 1:-1] - levels[:-2, 1:-1] - levels[2:, 1:-1] - levels[1:-1, :-2] - levels[1:-1, 2:]
        self.sharpness.append(min(1.0, float(np.mean(bend**2) / (np.var(levels) + 1) / 16 / _SHARP)))
        self.dark.append(bool(np.percentile(small, _BRIGHT_PERCENTILE) < _DARK_LEVEL))
        before = self._before
        self._before = small
        if before is None:
            self.shift_px.append(0.0)
            return
        if self._window is None:
            self._window = np.outer(np.hanning(small.shape[0]), np.hanning(small.shape[1])).astype(np.float32)
        shift, response = image.background_shift(before, small, self._window)
        change = float(np.abs(levels - before).mean())
        # When lights go out or on, the picture is another and the shot is not.
        self.is_cut = change > _CUT_LEVELS and response < _CUT_RESPONSE and not any(self.dark[-2:])
        sure = response > _LEAST_RESPONSE and not self.is_cut
        self.shift_px.append(shift * width / _SMALL_WIDTH_PX if sure else 0.0)

    def quality(self, pose: PoseTrack, moved: Bools, elsewhere: Bools, size_px: tuple[int, int]) -> Quality:
        """Return what stood in the way, on the clip's clock; ``moved``, ``elsewhere`` (time,) as in Quality."""
        ends = pose.xy_px[:, [LANDMARKS.index(name) for name in _ENDS]]
        with np.errstate(invalid="ignore"):
            outside = ((ends < 0.005 * np.array(size_px)) | (ends > 0.995 * np.array(size_px))).any(axis=(1, 2))
        return Quality(
            is_seen=np.isfinite(pose.xy_px[:, 0, 0]),
            is_cropped=np.asarray(outside, dtype=np.bool_),
            is_elsewhere=elsewhere,
            is_dark=np.array(self.dark, dtype=np.bool_),
            is_moved=moved,
            blur_score=np.array(self.sharpness),
            camera_shift_px=np.array(self.shift_px),
            view_angle_rad=view_angle(pose.world_m),
        )


def view_angle(world_m: Floats) -> Floats:
    """Return the camera's angle about the lifter, (time,): 0 in front, π/2 at the side, π behind.

    From the estimator's own 3-D guess, ``world_m`` (time, 33, 3): seen from in front the left side is on the right
    of the picture.
    """
    line = line_to_left(world_m)
    return np.asarray(np.arctan2(np.abs(line[:, 2]), line[:, 0]))


def line_to_left(world_m: Floats) -> Floats:
    """Return the way from the right to the left side, of shoulders and hips together, (time, 3)."""
    return np.asarray(
        sum(
            world_m[:, LANDMARKS.index(f"left_{joint}")] - world_m[:, LANDMARKS.index(f"right_{joint}")]
            for joint in ("shoulder", "hip")
        )
    )
