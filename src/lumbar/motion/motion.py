"""The lifter and the bar in metres, in the sagittal plane."""

from dataclasses import dataclass

from lumbar.arrays import Floats, check_shape, freeze
from lumbar.estimate import Measured

#: Points of the side nearer to the camera that a side view can follow.
POINTS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")

#: Angles and their signs, in radians. Elevations are above the horizontal; inner angles are between two
#: segments, π when straight (reference/biomechanics: internal angle = 180° − flexion).
ANGLES = (
    "trunk",  # elevation of hip→shoulder; π/2 is upright
    "hip",    # inner angle shoulder–hip–knee
    "knee",   # inner angle hip–knee–ankle
    "shank",  # elevation of ankle→knee; π/2 is vertical, smaller is knees forward
    "arm",    # angle of shoulder→wrist from the vertical; positive is hands forward
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """How many metres a pixel is, in the plane of the near plate and in the lifter's mid-plane.

    The near plate is closer to the camera than the lifter, so the two differ (reference §8.2).
    """

    plate_m_per_px: Measured
    body_m_per_px: Measured
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """One set in metres.

    x points from heel to toe, y up; the origin is the bar's resting place on the floor for the bar, and lies
    below it on the floor for the body. ``points_m`` is (time, point, 2) in the lifter's mid-plane;
    ``bar_m`` (time, 2) is the bar's axis; ``bar_speed_m_per_s`` (time, 2) its velocity; ``angles_rad``
    (time, angle). Smoothed at ``cutoff_hz``. What was not seen is NaN.
    """

    time_s: Floats
    points_m: Floats
    bar_m: Floats
    bar_speed_m_per_s: Floats
    angles_rad: Floats
    scale: Scale
    faces_right: bool
    view_angle_rad: Measured
    cutoff_hz: float

    def __post_init__(self) -> None:
        freeze(self)
        frames = len(self.time_s)
        check_shape("points_m", self.points_m, "(time, point, 2)", (frames, len(POINTS), 2))
        check_shape("bar_m", self.bar_m, "(time, 2)", (frames, 2))
        check_shape("bar_speed_m_per_s", self.bar_speed_m_per_s, "(time, 2)", (frames, 2))
        check_shape("angles_rad", self.angles_rad, "(time, angle)", (frames, len(ANGLES)))
