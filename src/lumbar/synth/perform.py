"""A whole set in time: the posture, the bar and the events at any times that are asked for."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lumbar.arrays import Floats, freeze
from lumbar.synth.body import Body
from lumbar.synth.lift import Lift
from lumbar.synth.posture import Posture
from lumbar.synth.pull import Stance, ease, hip_m, take_stance, trunk_vector
from lumbar.synth.timetable import Drive, Timetable, load_share, plan_set


@dataclass(frozen=True, slots=True)
class RepTruth:
    """When one pull's events happen (s); None where they do not (a failed rep has no lockout).

    ``lift_off_s`` is when the bar starts up (for a Romanian deadlift, from its lowest point), ``knee_pass_s``
    when its axis passes the knee joints' height, ``lockout_s`` when it stops at the top, ``lowering_s`` when
    it starts down, ``floor_s`` when it is back. ``is_completed`` is False for a rep that dies on the way.
    """

    number: int
    lift_off_s: float
    knee_pass_s: float | None
    lockout_s: float | None
    lowering_s: float | None
    floor_s: float | None
    is_completed: bool
    mean_speed_m_per_s: float

    def earlier(self, by_s: float) -> "RepTruth":
        """Return the same rep on a clock that starts later by ``by_s``."""
        events = ("lift_off_s", "knee_pass_s", "lockout_s", "lowering_s", "floor_s")
        old = {name: getattr(self, name) for name in events}
        return replace(self, **{name: at - by_s for name, at in old.items() if at is not None})


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """What the lifter and the bar do at the asked times.

    ``posture`` holds the body; ``bar_m`` (time, 2) the bar's axis in the lifter's mid-plane,
    ``bar_rise_m_per_s2`` (time,) its upward acceleration; ``roll_rad`` (time,) tips the bar to the lifter's
    right; ``load_share`` (time,) in 0–1 is how much of the bar hangs in the hands.
    """

    time_s: Floats
    posture: Posture
    bar_m: Floats
    bar_rise_m_per_s2: Floats
    roll_rad: Floats
    load_share: Floats
    reps: tuple[RepTruth, ...]

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Sagittal postures, one row per frame."""

    hip: Floats
    trunk: Floats
    lumbar: Floats
    thoracic: Floats
    bar: Floats
    rise: Floats
    holds: Floats


@lru_cache(maxsize=8)
def _plan(body: Body, lift: Lift) -> tuple[Stance, Timetable]:
    stance = take_stance(body, lift)
    return stance, plan_set(body, stance, lift)


def duration_s(body: Body, lift: Lift) -> float:
    """Return how long the set takes, from the first frame standing to the last."""
    return _plan(body, lift)[1].end_s


def perform(body: Body, lift: Lift, time_s: Floats) -> Performance:
    """Return the set of this body with these dials at the given times (s from the start of the set)."""
    stance, timetable = _plan(body, lift)
    rows = _read(timetable, stance, time_s)
    roll = np.radians(lift.lean_deg) * ease(0.0, 0.25, rows.bar[:, 1] - lift.rest_height_m)
    load = load_share(time_s, timetable.hung_s)
    reps = tuple(_events(number, timetable, stance, lift) for number in range(lift.reps))
    return Performance(time_s, _posture(body, stance, rows, roll), rows.bar, rows.rise, roll, load, reps)


def _read(timetable: Timetable, stance: Stance, time_s: Floats) -> _Rows:
    """Return the rows of every asked time; beyond the set's ends, those of its ends."""
    inside = np.clip(time_s, 0, timetable.end_s - 1e-9)
    ends = np.array([stretch.end_s for stretch in timetable.stretches])
    which = np.searchsorted(ends, inside, side="right")
    columns: list[Floats] = []
    for number in np.unique(which):
        stretch, mine = timetable.stretches[number], inside[which == number]
        shape = stretch.shape(mine)
        hip = hip_m(stance, shape.knee_rad, shape.shank_rad)
        columns.append(np.column_stack([
            hip, shape.trunk_rad, shape.lumbar_rad, shape.thoracic_rad, shape.bar_m, stretch.rise(mine),
            stretch.holds(mine),
        ]))  # fmt: skip
    rows = np.concatenate(columns)
    return _Rows(rows[:, 0:2], rows[:, 2], rows[:, 3], rows[:, 4], rows[:, 5:7], rows[:, 7], rows[:, 8])


def _events(number: int, timetable: Timetable, stance: Stance, lift: Lift) -> RepTruth:
    up, down = timetable.ups[number], timetable.downs[number]
    whole = up.high >= 1
    reaches_floor = lift.style != "romanian" or number + 1 == lift.reps
    return RepTruth(
        number=number + 1,
        lift_off_s=up.start_s,
        knee_pass_s=_knee_pass(up, stance),
        lockout_s=up.end_s if whole else None,
        lowering_s=down.start_s,
        floor_s=down.end_s if reaches_floor else None,
        is_completed=whole,
        mean_speed_m_per_s=up.pull.rise_m * up.high / (up.end_s - up.start_s),
    )


def _knee_pass(up: Drive, stance: Stance) -> float | None:
    """Return when the bar's axis passes the height of the knees; None if it starts above or never does."""
    clock = np.linspace(up.start_s, up.end_s, 2000)
    shape = up.shape(clock)
    knee = stance.ankle_height_m + stance.shank_m * np.cos(shape.shank_rad)
    above = shape.bar_m[:, 1] > knee
    if above[0] or not above.any():
        return None
    return float(clock[above.argmax()])


def _posture(body: Body, stance: Stance, rows: _Rows, roll: Floats) -> Posture:
    """Turn sagittal rows into a posture in space."""
    length, rest = trunk_vector(body, rows.lumbar, rows.thoracic)
    frames = len(roll)
    none = np.zeros(frames)
    ankle = np.array([[0, stance.ankle_height_m, -stance.stance_m], [0, stance.ankle_height_m, stance.stance_m]])
    return Posture(
        hip_m=np.column_stack([rows.hip, none]),
        pelvis_rad=rest - rows.trunk,
        lean_rad=roll,
        lumbar_rad=rows.lumbar,
        thoracic_rad=rows.thoracic,
        head_rad=0.5 * np.clip(stance.rest_trunk_rad - rows.trunk, -0.2, 2.0),
        ankle_m=np.tile(ankle, (frames, 1, 1)),
        toe_out_rad=none + stance.toe_out_rad,
        heel_up_rad=np.zeros((frames, 2)),
        hand_m=_hands(body, stance, rows, length, roll),
        grip=0.3 + 0.7 * rows.holds,
    )


def _hands(body: Body, stance: Stance, rows: _Rows, length: Floats, roll: Floats) -> Floats:
    """Return where the palms are, (time, 2, 3): on the bar, or hanging beside the thighs."""
    scale = body.height_m / 1.75
    shoulder = rows.hip + length[:, None] * np.stack([np.cos(rows.trunk), np.sin(rows.trunk)], axis=1)
    hands = np.zeros((len(roll), 2, 3))
    wide = abs(float(body.bone_m("upperarm01.L")[2])) + 0.07 * scale
    drop = stance.arm_m - 0.055 * scale
    for index, sign in enumerate((-1, 1)):
        along = sign * stance.grip_m
        bar = np.column_stack([rows.bar[:, 0], rows.bar[:, 1] - along * np.sin(roll), along * np.cos(roll)])
        free = np.column_stack([shoulder[:, 0] + 0.02, shoulder[:, 1] - drop, 0 * roll + sign * wide])
        hands[:, index] = free + rows.holds[:, None] * (bar - free)
    return hands
