"""What was seen, in pixels of the working picture: x right, y down, origin at the top left corner.

Time is the container's seconds and always the first axis. What was not seen is NaN.
"""

from dataclasses import dataclass, field

import numpy as np

from lumbar.arrays import Bools, Floats, check_shape, freeze

#: BlazePose's 33 landmarks, in the order of its output (MediaPipe Pose documentation).
LANDMARKS = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_pinky", "right_pinky", "left_index", "right_index", "left_thumb", "right_thumb",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "left_heel", "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip

#: Points of a silhouette's outline, spread evenly along it; an engineering rule (about 1 cm on a lifter).
OUTLINE_POINTS = 160


@dataclass(frozen=True, slots=True, eq=False)
class PoseTrack:
    """Landmarks of the lifter over time.

    ``xy_px`` is (time, 33, 2), ``visibility`` (time, 33) in 0–1, ``score`` (time,) in 0–1 says that a person
    is there at all, ``world_m`` (time, 33, 3) is the estimator's own guess in metres about the hips (x right,
    y down, z away from the camera), good for the view angle and for plausibility only.
    """

    time_s: Floats
    xy_px: Floats
    visibility: Floats
    world_m: Floats
    score: Floats
    estimator: str

    def __post_init__(self) -> None:
        freeze(self)
        frames, marks = len(self.time_s), len(LANDMARKS)
        check_shape("xy_px", self.xy_px, "(time, landmark, 2)", (frames, marks, 2))
        check_shape("visibility", self.visibility, "(time, landmark)", (frames, marks))
        check_shape("world_m", self.world_m, "(time, landmark, 3)", (frames, marks, 3))
        check_shape("score", self.score, "(time,)", (frames,))

    def landmark_px(self, name: str) -> Floats:
        """Return one landmark's path, (time, 2)."""
        return self.xy_px[:, LANDMARKS.index(name)]

    def seen(self, name: str) -> Floats:
        """Return how visible one landmark is, (time,)."""
        return self.visibility[:, LANDMARKS.index(name)]


@dataclass(frozen=True, slots=True, eq=False)
class Silhouette:
    """The lifter's outline over time: ``outline_px`` is (time, OUTLINE_POINTS, 2), closed, clockwise."""

    time_s: Floats
    outline_px: Floats

    def __post_init__(self) -> None:
        freeze(self)
        check_shape("outline_px", self.outline_px, "(time, point, 2)", (len(self.time_s), OUTLINE_POINTS, 2))


@dataclass(frozen=True, slots=True, eq=False)
class BarTrack:
    """The near plate over time: an ellipse with vertical and horizontal axes.

    ``centre_px`` (time, 2) is the middle of the plate, where the bar's axis meets it; ``half_height_px`` and
    ``half_width_px`` (time,) are its half axes. ``noise_px`` is the standard deviation of one centre, as seen
    while the bar lies still. ``score`` (time,) in 0–1. ``far_px`` (time, 2) is the middle of the far plate's inner
    face; None where that plate was not found.
    """

    time_s: Floats
    centre_px: Floats
    half_height_px: Floats
    half_width_px: Floats
    score: Floats
    noise_px: float
    far_px: Floats | None = None

    def __post_init__(self) -> None:
        freeze(self)
        frames = len(self.time_s)
        check_shape("centre_px", self.centre_px, "(time, 2)", (frames, 2))
        if self.far_px is not None:
            check_shape("far_px", self.far_px, "(time, 2)", (frames, 2))
        for name in ("half_height_px", "half_width_px", "score"):
            check_shape(name, getattr(self, name), "(time,)", (frames,))

    @property
    def turned_rad(self) -> float:
        """Return how far the plate seems turned from the side: a circle looks narrower by the cosine of that."""
        narrow = np.clip(self.half_width_px / self.half_height_px, 0, 1)
        return float(np.nanmedian(np.arccos(narrow)))


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """Frame by frame, what stands in the way; each (time,).

    ``is_seen``: a person was found. ``is_cropped``: the head, the hands or the feet leave the picture.
    ``is_elsewhere``: another shot of the clip than the one that is measured. ``is_dark``: hardly anything is lit.
    ``is_moved``: the phone stands no more where it stood at first. ``blur_score`` in 0–1, 1 is sharp.
    ``camera_shift_px`` is how far the background moved since the frame before. ``view_angle_rad`` is the
    camera's angle about the lifter: 0 in front, π/2 exactly at the side, π behind.
    """

    is_seen: Bools
    is_cropped: Bools
    is_elsewhere: Bools
    is_dark: Bools
    is_moved: Bools
    blur_score: Floats
    camera_shift_px: Floats
    view_angle_rad: Floats

    def __post_init__(self) -> None:
        freeze(self)
        for name in self.__slots__:
            check_shape(name, getattr(self, name), "(time,)", self.is_seen.shape)


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """Everything seen in one clip, on one clock. ``bar`` is None when no plate moved with the hands."""

    pose: PoseTrack
    silhouette: Silhouette
    bar: BarTrack | None
    quality: Quality
    width_px: int
    height_px: int
    #: How many people were seen at once, at most.
    people: int = 1
    #: Heads of everybody seen, for hiding: (time index, centre x, centre y, radius in pixels, seconds it holds).
    faces_px: Floats = field(default_factory=lambda: np.zeros((0, 5)))
    #: Where the background of the first picture has gone: right and down (px, at the picture's middle) and turned
    #: clockwise (rad), (time, 3); empty where that is not known.
    sway_px_rad: Floats = field(default_factory=lambda: np.zeros((0, 3)))

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def time_s(self) -> Floats:
        """Return the clock of all tracks, (time,)."""
        return self.pose.time_s
