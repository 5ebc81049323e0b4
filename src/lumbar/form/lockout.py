"""The top of the rep: straight knees, straight hips, no leaning back; against the lifter's own standing."""

from lumbar.estimate import Measured
from lumbar.form.angles import Joint, angle_at, angle_held, angle_standing, turned
from lumbar.form.definition import COACHING, ESCAMILLA, Measure
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

_STANDING = "Missing when a joint is hidden at the top, or the lifter is not seen standing beside the resting bar."


def _angle(joint: str, name: str, meaning: str, usual: str) -> Measure:
    return Measure(
        f"{joint}_lockout", f"{name} at lockout", "rad", f"{meaning}, at lockout.", ESCAMILLA, "lockout", "C",
        usual, missing="Missing when the plate hides a joint that it needs.",
    )  # fmt: skip


def _short(joint: str, name: str, usual: str) -> Measure:
    return Measure(
        f"{joint}_short", f"{name} short of straight", "rad",
        f"How far the {joint} is from straight while the bar is held at the top (median from lockout until it "
        "starts down), with straight taken from the lifter's own standing before the set.",
        COACHING, "lockout", "C", usual, least=-0.7, most=1.4, missing=_STANDING,
    )  # fmt: skip


MEASURES = (
    _angle("trunk", "Trunk", "The line from hip to shoulder above the horizontal; 90° is upright", ""),
    _angle("hip", "Hip", "The inner angle between trunk and thigh; 180° is straight",
           "175–182° (coaching convention)."),
    _angle("knee", "Knee", "The inner angle between thigh and shank; 180° is straight",
           "170° or more (coaching convention)."),
    _short("knee", "Knee", "Under 10°: a standing knee has 175–180°."),
    _short("hip", "Hip", "Under 5° (coaching convention)."),
    Measure(
        "lean_back", "Leaning back", "rad",
        "How far the trunk leans behind the lifter's own standing before the set while the bar is held at the top "
        "(median from lockout until it starts down); negative is leaning forward.",
        COACHING, "lockout", "C", "Under 5°; over 15° is called gross (coaching bands).", least=-0.9, most=0.9,
        missing=_STANDING,
    ),
)  # fmt: skip
_ANGLES: tuple[Joint, ...] = ("trunk", "hip", "knee")


def measure_lockout(motion: Motion, rep: Rep) -> dict[str, Measured]:
    """Return the measures of this module by id, in radians."""
    top = {joint: angle_at(motion, joint, rep.lockout_s) for joint in _ANGLES}
    held = {joint: angle_held(motion, joint, rep.lockout_s, rep.lowering_s) for joint in _ANGLES}
    own = {joint: angle_standing(motion, joint) for joint in _ANGLES}
    return {
        **{f"{joint}_lockout": angle for joint, angle in top.items()},
        "knee_short": turned("knee", held["knee"], own["knee"]),
        "hip_short": turned("hip", held["hip"], own["hip"]),
        "lean_back": turned("trunk", own["trunk"], held["trunk"]),
    }
