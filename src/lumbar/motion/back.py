"""The back curve: how far the lower and the upper back bend, against standing and against any other moment.

What is read is the edge of the back between hip and shoulder (``motion.dorsal``) by ``motion.reader``. The reader
compares two moments of one clip, so that what is the same in both cancels: the body's shape, the clothes, the
constant part of where a network puts a joint. Standing tall before the grip is the natural other moment
(reference/biomechanics §6.1: flexion is zero at the lifter's standing frame); the set-up is the better one for
what happens in a pull, since the posture is nearly the same.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats, check_shape, freeze
from lumbar.estimate import Missing
from lumbar.motion.dorsal import ALONG, edge_px
from lumbar.motion.reader import LEANS, load_reader, look
from lumbar.motion.smooth import smooth

#: The joints that the reader needs, of the side nearer to the camera, in this order.
BACK_JOINTS = ("hip", "shoulder", "knee", "ankle")
#: Views in which the reader was tried (docs/back.md); outside, the arm or the chest is the edge.
VIEWS_RAD = (np.radians(45), np.radians(140))

# Engineering rules.
#: Standing tall: the trunk leans less than this, hips and knees are this straight.
_TALL_LEAN_RAD, _TALL_THIGH_RAD = np.radians(18), np.radians(16)
#: So many frames make a reference.
_LEAST_FRAMES = 3
#: A trunk (or thigh) longer or shorter than this against its usual length in the clip is a joint gone astray; so
#: is a back's edge that lies deeper behind the line than a body can be thick.
_LENGTHS = (0.55, 1.25)
#: Half of the time over which what is read is smoothed: backs bend slowly, masks quiver.
_SMOOTHED_S = 0.15
#: At least this share of the frames around the pulls must be readable.
_LEAST_SHARE = 0.3
#: What stands for a back that nobody tried to read.
NOT_READ = Missing("Your back was not read in this clip.")
_HOW = "Film from your side or one step behind it, with nothing between the phone and your back."


@dataclass(frozen=True, slots=True, eq=False)
class BackSight:
    """What the back is read from, as plain arrays in pixels.

    ``joints_px`` (time, 4, 2) in the order of :data:`BACK_JOINTS`, of the near side, ``outline_px``
    (time, point, 2) closed, ``bar_is_down`` (time,) when the bar lies where it rests, ``bar_is_still`` when it
    does not move. ``view_angle_rad`` is 0 in front, π/2 at the side, π behind; ``stature_px`` the standing height
    in the picture.
    """

    time_s: Floats
    joints_px: Floats
    outline_px: Floats
    bar_is_down: Bools
    bar_is_still: Bools
    view_angle_rad: float
    stature_px: float
    faces_right: bool

    def __post_init__(self) -> None:
        freeze(self)
        frames = len(self.time_s)
        check_shape("joints_px", self.joints_px, "(time, joint, 2)", (frames, len(BACK_JOINTS), 2))
        check_shape("bar_is_down", self.bar_is_down, "(time,)", (frames,))
        check_shape("bar_is_still", self.bar_is_still, "(time,)", (frames,))

    def facing_right(self, points_px: Floats) -> Floats:
        """Return points mirrored where the lifter faces left; the same call takes them back."""
        return points_px if self.faces_right else points_px * np.array([-1.0, 1.0])


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """The lifter standing tall: which frames, (time,), and whether ``before`` or ``after`` the pulls."""

    is_used: Bools
    when: str

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, slots=True, eq=False)
class BackCurve:
    """The back over time.

    ``lumbar_change_rad`` and ``thoracic_change_rad`` (time,) are flexion against the lifter's own standing, with
    standard deviations; NaN where the back was not read or there is no ``reference``. ``jitter_rad`` (time, 2),
    lumbar and thoracic, is how far the reading of one frame lies off the smooth course. ``curve_px``
    (time, place, 2) is the edge that was read. ``features`` (time, n) is what the reader keeps of each frame.
    ``bar_is_still`` (time,) says when the bar does not move.
    """

    time_s: Floats
    lumbar_change_rad: Floats
    lumbar_sd_rad: Floats
    thoracic_change_rad: Floats
    thoracic_sd_rad: Floats
    jitter_rad: Floats
    curve_px: Floats
    features: Floats
    bar_is_still: Bools
    view_angle_rad: float
    stature_px: float
    reference: Reference | Missing

    def __post_init__(self) -> None:
        freeze(self)
        frames = len(self.time_s)
        check_shape("jitter_rad", self.jitter_rad, "(time, 2)", (frames, 2))
        for name in ("lumbar_change_rad", "lumbar_sd_rad", "thoracic_change_rad", "thoracic_sd_rad"):
            check_shape(name, getattr(self, name), "(time,)", (frames,))
        check_shape("curve_px", self.curve_px, "(time, place, 2)", (frames, len(ALONG), 2))

    @property
    def is_read(self) -> Bools:
        """Return the frames in which the back was read, (time,)."""
        return np.asarray(np.isfinite(self.features).all(axis=1))

    @property
    def posture_rad(self) -> Floats:
        """Return how far trunk and thigh lean, (time, 2), in frames in which the back was read."""
        return np.asarray(self.features[:, LEANS])

    def since(self, moments: Bools, asked: Bools) -> Floats:
        """Return how far the back bent since some moments at those that are ``asked``, (asked, 2) in rad.

        Columns are lumbar and thoracic. Several moments are averaged. NaN where the back was not read.
        """
        since = self.features[moments & self.is_read]
        return _since(self.features[asked], since, self.view_angle_rad, self.stature_px)[0]


def read_back(sight: BackSight) -> BackCurve | Missing:
    """Read the back in every frame; Missing with the reason when it cannot be read in this clip."""
    low, high = VIEWS_RAD
    if not low <= sight.view_angle_rad <= high:
        return Missing(f"From this side the line of your back is not seen. {_HOW}")
    joints = sight.facing_right(sight.joints_px)
    frames = look(joints, sight.facing_right(sight.outline_px), sight.stature_px)
    single = np.where(_is_astray(joints)[:, None], np.nan, frames.features)
    features = smooth(sight.time_s, single, _SMOOTHED_S)[0]
    read = np.asarray(np.isfinite(features).all(axis=1))
    outlined = np.asarray(np.isfinite(sight.outline_px).all(axis=(1, 2)))
    if read.sum() < _LEAST_FRAMES or read[outlined].mean() < _LEAST_SHARE:
        return Missing(f"The line of your back is hidden or was not found. {_HOW}")
    reference = _standing(sight, joints, read)
    nothing = np.full((len(read), 2), np.nan)
    change, spread = nothing, nothing
    if isinstance(reference, Reference):
        tall = features[reference.is_used]
        change, spread = _since(features, tall, sight.view_angle_rad, sight.stature_px)
    return BackCurve(
        time_s=sight.time_s,
        lumbar_change_rad=change[:, 0],
        lumbar_sd_rad=spread[:, 0],
        thoracic_change_rad=change[:, 1],
        thoracic_sd_rad=spread[:, 1],
        jitter_rad=_jitter(single, features, sight.view_angle_rad, sight.stature_px),
        curve_px=sight.facing_right(edge_px(frames.edge, joints[:, 0], joints[:, 1])),
        features=features,
        bar_is_still=sight.bar_is_still,
        view_angle_rad=sight.view_angle_rad,
        stature_px=sight.stature_px,
        reference=reference,
    )


def _since(features: Floats, since: Floats, view_rad: float, stature_px: float) -> tuple[Floats, Floats]:
    """Compare moments, (time, n), with the mean over others: these are averaged before they are read.

    What jitters from frame to frame is gone before the network, which is not linear, sees it.
    """
    change, spread = np.full((2, len(features), 2), np.nan)
    read = np.isfinite(features).all(axis=1)
    if read.any() and len(since):
        other = np.tile(since.mean(axis=0), (int(read.sum()), 1))
        change[read], spread[read] = load_reader().change(features[read], other, view_rad, stature_px)
    return change, spread


def _jitter(single: Floats, smoothed: Floats, view_rad: float, stature_px: float) -> Floats:
    """Return how far each frame's reading lies off the smoothed course, (time, 2) in rad."""
    off = np.full((len(single), 2), np.nan)
    read = np.isfinite(smoothed).all(axis=1)
    if read.any():
        off[read] = load_reader().change(single[read], smoothed[read], view_rad, stature_px)[0]
    return off


def _is_astray(joints_px: Floats) -> Bools:
    """Say in which frames trunk or thigh has a length that it cannot have."""
    found = np.zeros(len(joints_px), dtype=bool)
    for low, high in ((0, 1), (0, 2)):
        length = np.hypot(*(joints_px[:, high] - joints_px[:, low]).T)
        known = length[np.isfinite(length)]
        usual = float(np.percentile(known, 80)) if known.size else np.nan
        with np.errstate(invalid="ignore"):
            found |= ~((length > _LENGTHS[0] * usual) & (length < _LENGTHS[1] * usual))
    return found


def _standing(sight: BackSight, joints: Floats, read: Bools) -> Reference | Missing:
    """Find the lifter standing tall with the bar on the floor: before the first pull, else after the last."""
    trunk, thigh = joints[:, 1] - joints[:, 0], joints[:, 2] - joints[:, 0]
    lean, bend = np.arctan2(trunk[:, 0], -trunk[:, 1]), np.arctan2(thigh[:, 0], thigh[:, 1])
    with np.errstate(invalid="ignore"):
        tall = read & sight.bar_is_down & (np.abs(lean) < _TALL_LEAN_RAD) & (np.abs(bend) < _TALL_THIGH_RAD)
    lifted = np.flatnonzero(~sight.bar_is_down)
    first, last = (lifted[0], lifted[-1]) if lifted.size else (len(tall), len(tall))
    for when, part in (("before", slice(0, first)), ("after", slice(last, None))):
        index = np.arange(len(tall))[part][tall[part]]
        if len(index) >= _LEAST_FRAMES:
            used = np.zeros(len(tall), dtype=bool)
            used[index] = True
            return Reference(used, when)
    return Missing("You are never seen standing tall before the grip, so there is nothing to compare with.")
