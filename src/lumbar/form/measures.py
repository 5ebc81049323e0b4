"""The registry of measures: what each is called, its unit, and what it means."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["s", "m", "m/s", "rad", "1", "reps", "N", "N·m"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that Lumbar prints: its name, SI unit, definition and where the definition comes from."""

    id: str
    name: str
    unit: Unit
    definition: str
    source: str


_OURS = "Lumbar's own definition (an engineering rule)"
_VELOCITY = "Velocity-based training convention; reference values in Helms 2017, J Strength Cond Res 31:292"
_ANGLES = "Escamilla 2000, Med Sci Sports Exerc 32:1265 (events and angles of the pull)"

_EVENTS = {"lift_off": "at lift-off", "knee_pass": "when the bar passes the knee", "lockout": "at lockout"}
_JOINTS = {
    "trunk": ("Trunk", "The line from hip to shoulder above the horizontal; 90° is upright"),
    "hip": ("Hip", "The inner angle between trunk and thigh; 180° is straight"),
    "knee": ("Knee", "The inner angle between thigh and shank; 180° is straight"),
}


def _angle(joint: str, event: str) -> Measure:
    name, meaning = _JOINTS[joint]
    where = _EVENTS[event]
    return Measure(f"{joint}_{event}", f"{name} {where}", "rad", f"{meaning}, {where}.", _ANGLES)


#: Per rep, in the order in which a page shows them.
REP_MEASURES: tuple[Measure, ...] = (
    Measure(
        "mean_concentric_velocity",
        "Mean speed up",
        "m/s",
        "How far the bar rises from lift-off to lockout, over the time that takes.",
        _VELOCITY,
    ),
    Measure(
        "peak_concentric_velocity",
        "Peak speed up",
        "m/s",
        "The bar's highest upward speed between lift-off and lockout.",
        _VELOCITY,
    ),
    Measure(
        "concentric_duration",
        "Time up",
        "s",
        "From lift-off (the bar is 1 cm above its rest) to lockout (it has stopped rising near its top).",
        _OURS,
    ),
    Measure("hold_duration", "Time at the top", "s", "From lockout until the bar starts down.", _OURS),
    Measure(
        "lowering_duration", "Time down", "s", "From when the bar starts down until it is back at rest.", _OURS
    ),
    Measure("pause_duration", "Rest before", "s", "From the rep before touching down to this lift-off.", _OURS),
    Measure(
        "range_of_motion",
        "Bar travel",
        "m",
        "How far the bar rises from its rest to lockout.",
        "Escamilla 2000: 26.0 ± 2.3 % of stature in conventional pulls",
    ),
    Measure(
        "bar_drift",
        "Bar drift",
        "m",
        "The widest horizontal spread of the bar's path from lift-off to lockout.",
        _OURS,
    ),
    *(_angle(joint, event) for event in _EVENTS for joint in _JOINTS),
    Measure(
        "hip_shoulder_rise_ratio",
        "Hips over shoulders",
        "1",
        "How far the hips rise over how far the shoulders rise, while the bar rises its first 30 %.",
        "Coaching convention; no published norm exists",
    ),
)

_BACK = "reference/biomechanics §6.1; read by motion.back, docs/back.md says how well"

#: Rounding of the back in each rep (``form.rounding``).
REP_MEASURES += (
    Measure(
        "lumbar_change",
        "Lower back rounding",
        "rad",
        "How far the lower back bends from the set-up to its worst moment between lift-off and knee pass.",
        _BACK,
    ),
    Measure(
        "thoracic_change",
        "Upper back rounding",
        "rad",
        "How far the upper back bends from the set-up to its worst moment between lift-off and knee pass.",
        _BACK,
    ),
    Measure(
        "lumbar_start",
        "Lower back at the set-up",
        "rad",
        "Flexion of the lower back at the set-up against your own standing. Reported, never graded.",
        _BACK,
    ),
    Measure(
        "lumbar_worst_at",
        "Where the lower back rounds most",
        "1",
        "The share of the bar's way at which the lower back is bent most, between lift-off and knee pass.",
        _OURS,
    ),
)

_LOAD = "reference/biomechanics §3; reckoned by lumbar.mechanics, docs/load.md says how well"

#: Load on the lower back in each rep (``form.load``).
REP_MEASURES += (
    Measure(
        "l5s1_moment_peak",
        "Peak moment",
        "N·m",
        "The highest net moment that the back's extensors hold at the lowest lumbar joint (L5/S1) on the way up.",
        _LOAD,
    ),
    Measure(
        "compression_peak",
        "Compression, by model",
        "N",
        "What presses the joint together then; the range spans published models (a muscle's lever of 4 to 6 cm).",
        "Cholewicki 1991; Ghezelbash 2020; reference/biomechanics §3.4",
    ),
    Measure(
        "bar_lever_arm_peak",
        "Bar ahead of the joint",
        "m",
        "How far the bar is ahead of L5/S1, level, at that moment. Each centimetre counts the bar's whole weight.",
        _LOAD,
    ),
)

#: Over the whole set.
SET_MEASURES: tuple[Measure, ...] = (
    Measure("reps", "Reps", "reps", "Pulls from the floor to lockout.", _OURS),
    Measure(
        "velocity_loss",
        "Velocity loss",
        "1",
        "How much slower the last rep's mean speed is than the fastest rep's, as a share of it.",
        _VELOCITY,
    ),
)

#: The back from the first rep to the last (``form.rounding``).
SET_MEASURES += (
    Measure(
        "lumbar_creep",
        "Lower back, first to last rep",
        "rad",
        "How much more the lower back is bent at the worst moment of the last rep than at that of the first.",
        _BACK,
    ),
)

BY_ID = {measure.id: measure for measure in (*REP_MEASURES, *SET_MEASURES)}
