"""The stretches of a set, one after the other: stand, bend, set up, pull, hold, lower, rest, let go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from scipy.interpolate import CubicSpline

from lumbar.arrays import Floats
from lumbar.synth.body import Body
from lumbar.synth.lift import Lift
from lumbar.synth.pull import (
    Pull,
    Shape,
    Stance,
    ease,
    hip_m,
    plan_pull,
    reach_bar,
    start_shape,
    trunk_vector,
)

#: How quickly the bar takes up speed and gives it up again (s): engineering rules; a still bar that reaches
#: 0.4 m/s accelerates by about 3 m/s², as filmed pulls do.
_RISE_S, _FALL_S = 0.12, 0.18
#: How long the lifter takes the slack out before the bar leaves the floor, and how long a dropped load takes
#: to leave the hands (s); engineering rules.
TENSION_S, SET_DOWN_S = 0.4, 0.1
#: Steps per second of the clock on which a pull's speed is drawn.
_FINE_HZ = 1000
#: A standing knee's inner angle and a standing shank's lean.
_STANDING_KNEE_RAD, _STANDING_SHANK_RAD = np.radians(177), np.radians(3.5)
_ANGLES = ("knee_rad", "shank_rad", "trunk_rad", "lumbar_rad", "thoracic_rad")
#: The shortest rest on the floor (s): touch and go still touches.
_TOUCH_S = 0.02
#: How long the lifter stays bent at the bar after the last rep, and stands at the end (s).
_LINGER_S, _END_S = 0.4, 0.5


class Stretch(Protocol):
    """A part of the set that lasts from ``start_s`` to ``end_s``."""

    @property
    def start_s(self) -> float:
        """When it begins."""

    @property
    def end_s(self) -> float:
        """When it is over."""

    def shape(self, time_s: Floats) -> Shape:
        """Return the postures at these times."""

    def holds(self, time_s: Floats) -> Floats:
        """Return how far the hands have come from hanging (0) to the bar (1)."""

    def rise(self, time_s: Floats) -> Floats:
        """Return the bar's upward acceleration (m/s²)."""


@dataclass(frozen=True, slots=True)
class Drive:
    """The bar goes along one pull from one fraction of its rise to another."""

    start_s: float
    end_s: float
    pull: Pull
    low: float
    high: float
    way: CubicSpline

    def shape(self, time_s: Floats) -> Shape:
        """Return the postures at these times."""
        return self.pull.at(self.low + (self.high - self.low) * self.way(time_s - self.start_s))

    def holds(self, time_s: Floats) -> Floats:
        """Return 1: the hands are on the bar."""
        return np.ones_like(time_s)

    def rise(self, time_s: Floats) -> Floats:
        """Return the bar's upward acceleration (m/s²)."""
        stretch = (self.high - self.low) * self.pull.rise_m
        return np.asarray(stretch * self.way(time_s - self.start_s, 2))


@dataclass(frozen=True, slots=True)
class AtBar:
    """The bar rests where it is while the lifter moves from one set-up to another, with dips of the hips."""

    start_s: float
    end_s: float
    body: Body
    stance: Stance
    first: Shape
    last: Shape
    dips: int = 0
    still_s: float = 0.0

    def shape(self, time_s: Floats) -> Shape:
        """Return the postures at these times; the trunk follows from straight arms."""
        share = ease(self.start_s, self.end_s, time_s)
        dip = self._dip(time_s)
        lumbar = _mix(self.first.lumbar_rad, self.last.lumbar_rad, share) + np.radians(5) * dip
        thoracic = _mix(self.first.thoracic_rad, self.last.thoracic_rad, share) + np.radians(6) * dip
        knee = _mix(self.first.knee_rad, self.last.knee_rad, share) + np.radians(14) * dip
        shank = _mix(self.first.shank_rad, self.last.shank_rad, share) - np.radians(2.5) * dip
        bar = self.first.bar_m[0] + share[:, None] * (self.last.bar_m[0] - self.first.bar_m[0])
        length, _ = trunk_vector(self.body, lumbar, thoracic)
        trunk = reach_bar(self.stance, hip_m(self.stance, knee, shank), length, bar)
        return Shape(knee, shank, trunk, lumbar, thoracic, bar)

    def _dip(self, time_s: Floats) -> Floats:
        """Return dips in 0–1, over before the slack is taken out."""
        phase = (time_s - self.start_s) / max(self.end_s - self.start_s - self.still_s, 0.1)
        waves = np.sin(np.pi * self.dips * np.clip(phase, 0, 1)) ** 2
        return np.asarray(waves if self.dips else 0 * phase)

    def holds(self, time_s: Floats) -> Floats:
        """Return 1: the hands are on the bar."""
        return np.ones_like(time_s)

    def rise(self, time_s: Floats) -> Floats:
        """Return 0: the bar lies still."""
        return np.zeros_like(time_s)


@dataclass(frozen=True, slots=True)
class Free:
    """The lifter bends from standing to the bar, or straightens up from it; the bar lies still."""

    start_s: float
    end_s: float
    standing: Shape
    bent: Shape
    goes_down: bool

    def _share(self, time_s: Floats) -> Floats:
        share = ease(self.start_s, self.end_s, time_s)
        return share if self.goes_down else 1 - share

    def shape(self, time_s: Floats) -> Shape:
        """Return the postures at these times."""
        share = self._share(time_s)
        mixed = [_mix(getattr(self.standing, name), getattr(self.bent, name), share) for name in _ANGLES]
        return _shape_of(mixed, np.tile(self.bent.bar_m, (len(time_s), 1)))

    def holds(self, time_s: Floats) -> Floats:
        """Return how far the hands have come from hanging (0) to the bar (1)."""
        return ease(0.3, 1.0, self._share(time_s))

    def rise(self, time_s: Floats) -> Floats:
        """Return 0: the bar lies still."""
        return np.zeros_like(time_s)


@dataclass(frozen=True, slots=True)
class Tall:
    """The lifter stands over the bar, hands hanging."""

    start_s: float
    end_s: float
    standing: Shape

    def shape(self, time_s: Floats) -> Shape:
        """Return the same posture for each time."""
        rows = [np.repeat(getattr(self.standing, name), len(time_s)) for name in _ANGLES]
        return _shape_of(rows, np.tile(self.standing.bar_m, (len(time_s), 1)))

    def holds(self, time_s: Floats) -> Floats:
        """Return 0: the hands hang."""
        return np.zeros_like(time_s)

    def rise(self, time_s: Floats) -> Floats:
        """Return 0: the bar lies still."""
        return np.zeros_like(time_s)


def _shape_of(angles: list[Floats], bar_m: Floats) -> Shape:
    knee, shank, trunk, lumbar, thoracic = angles
    return Shape(knee, shank, trunk, lumbar, thoracic, bar_m)


def _mix(first: Floats, last: Floats, share: Floats) -> Floats:
    return np.asarray(first[0] + share * (last[0] - first[0]))


def standing_shape(stance: Stance, bar_m: Floats) -> Shape:
    """Return the lifter standing tall, one row."""
    none = np.zeros(1)
    return Shape(none + _STANDING_KNEE_RAD, none + _STANDING_SHANK_RAD, none + stance.rest_trunk_rad,
                 none, none, bar_m)  # fmt: skip


def drive_way(length_s: float, dip: float) -> CubicSpline:
    """Return a way from 0 to 1 in ``length_s``: brisk start, slower in the middle by ``dip``, eased end."""
    t = np.linspace(0, length_s, max(50, int(length_s * _FINE_HZ)))
    rise, fall = min(_RISE_S, length_s / 5), min(_FALL_S, length_s / 5)
    speed = (1 - np.exp(-t / rise)) * (1 - np.exp(-(length_s - t) / fall))
    speed *= 1 - 0.75 * dip * np.exp(-(((t / length_s - 0.5) / 0.16) ** 2))
    way = np.r_[0, np.cumsum((speed[1:] + speed[:-1]) / 2)]
    return CubicSpline(t, way / way[-1])


@dataclass(frozen=True, slots=True)
class Timetable:
    """A whole set: its stretches in order, and which of them are pulls.

    ``ups`` are the drives that count as reps, ``downs`` the lowering that follows each, ``hung_s`` the times
    between which the bar hangs in the hands.
    """

    stretches: tuple[Stretch, ...]
    ups: tuple[Drive, ...]
    downs: tuple[Drive, ...]
    hung_s: tuple[tuple[float, float], ...]

    @property
    def end_s(self) -> float:
        """Return when the set is over."""
        return self.stretches[-1].end_s


class _Writer:
    """Writes stretches one after the other."""

    def __init__(self, body: Body, stance: Stance) -> None:
        self.body, self.stance = body, stance
        self.now_s = 0.0
        self.stretches: list[Stretch] = []

    def drive(self, pull: Pull, low: float, high: float, length_s: float, dip: float = 0.0) -> Drive:
        """Move the bar."""
        way = drive_way(length_s, dip)
        stretch = Drive(self.now_s, self.now_s + length_s, pull, low, high, way)
        self._add(stretch)
        return stretch

    def hold(self, pull: Pull, at: float, length_s: float) -> None:
        """Keep the bar where it is, in the hands."""
        if length_s > 0:
            self._add(Drive(self.now_s, self.now_s + length_s, pull, at, at, drive_way(length_s, 0.0)))

    def rest(self, first: Shape, last: Shape, length_s: float, dips: int = 0) -> None:
        """Leave the bar where it lies."""
        still_s = TENSION_S if dips else 0.0
        end_s = self.now_s + length_s
        self._add(AtBar(self.now_s, end_s, self.body, self.stance, first, last, dips, still_s))

    def free(self, bent: Shape, length_s: float, *, down: bool) -> None:
        """Bend to the bar, or straighten up from it."""
        standing = standing_shape(self.stance, bent.bar_m)
        self._add(Free(self.now_s, self.now_s + length_s, standing, bent, down))

    def stand(self, bent: Shape, length_s: float) -> None:
        """Stand tall over the bar."""
        self._add(Tall(self.now_s, self.now_s + length_s, standing_shape(self.stance, bent.bar_m)))

    def _add(self, stretch: Stretch) -> None:
        self.stretches.append(stretch)
        self.now_s = stretch.end_s


def plan_set(body: Body, stance: Stance, lift: Lift) -> Timetable:
    """Return the timetable of a set."""
    return _hinges(body, stance, lift) if lift.style == "romanian" else _pulls(body, stance, lift)


def _pulls(body: Body, stance: Stance, lift: Lift) -> Timetable:
    """Every rep starts and ends where the bar rests."""
    write = _Writer(body, stance)
    dials = [lift.rep(number) for number in range(lift.reps)]
    pulls = [plan_pull(body, stance, rep) for rep in dials]
    starts = [start_shape(body, stance, rep) for rep in dials]
    _get_to_the_bar(write, lift, starts[0])
    ups, downs, hung = [], [], []
    for number, (rep, pull) in enumerate(zip(dials, pulls, strict=True)):
        fails = lift.fails_at if number + 1 == lift.reps else None
        reach = 1.0 if fails is None else fails
        ups.append(write.drive(pull, 0, reach, pull.rise_m * reach / rep.mean_speed_m_per_s, rep.sticking))
        write.hold(pull, reach, rep.hold_s)
        # A failed rep comes down a part of the way, and is not dropped.
        lower_s = rep.lower_s if fails is None else max(0.5, rep.lower_s * reach)
        downs.append(write.drive(pull, reach, 0, lower_s))
        hung.append((ups[-1].start_s, downs[-1].end_s))
        if number + 1 < lift.reps:
            write.rest(starts[number], starts[number + 1], max(lift.pause_s, _TOUCH_S))
    _leave_the_bar(write, lift, starts[-1])
    return Timetable(tuple(write.stretches), tuple(ups), tuple(downs), tuple(hung))


def _hinges(body: Body, stance: Stance, lift: Lift) -> Timetable:
    """Romanian: the bar is picked up from the floor once; every rep goes down to mid-shin and up again."""
    write = _Writer(body, stance)
    floor = replace(lift, style="conventional", lumbar_peak_deg=lift.lumbar_start_deg, hips_first_deg=0.0)
    pick_up, first = plan_pull(body, stance, floor), start_shape(body, stance, floor)
    _get_to_the_bar(write, lift, first)
    up_s = pick_up.rise_m / 0.5
    write.drive(pick_up, 0, 1, up_s)
    hung_from_s = write.now_s - up_s
    write.hold(pick_up, 1, lift.hold_s)
    ups, lowered = [], []
    for number in range(lift.reps):
        rep = lift.rep(number)
        pull = plan_pull(body, stance, rep)
        fails = lift.fails_at if number + 1 == lift.reps else None
        lowered.append(write.drive(pull, 1, 0, rep.lower_s))
        reach = 1.0 if fails is None else fails
        ups.append(write.drive(pull, 0, reach, pull.rise_m * reach / rep.mean_speed_m_per_s, rep.sticking))
        write.hold(pull, reach, rep.hold_s)
        if reach < 1:
            write.drive(pull, reach, 1, 1.5)
    last = write.drive(pick_up, 1, 0, 1.4)
    _leave_the_bar(write, lift, first)
    return Timetable(tuple(write.stretches), tuple(ups), (*lowered[1:], last), ((hung_from_s, last.end_s),))


def _get_to_the_bar(write: _Writer, lift: Lift, start: Shape) -> None:
    write.stand(start, lift.stand_s)
    write.free(start, lift.bend_s, down=True)
    write.rest(start, start, lift.set_up_s, lift.fidgets)


def _leave_the_bar(write: _Writer, lift: Lift, end: Shape) -> None:
    write.rest(end, end, _LINGER_S)
    write.free(end, lift.bend_s, down=False)
    write.stand(end, _END_S)


def load_share(time_s: Floats, hung_s: Sequence[tuple[float, float]]) -> Floats:
    """Return how much of the bar hangs in the hands: taken up before lift-off, let go after the floor."""
    share = np.zeros_like(time_s)
    before_s = -np.inf
    for start_s, end_s in hung_s:
        slack_s = min(TENSION_S, max((start_s - before_s) / 2, 1e-3))
        taken = np.clip((time_s - start_s + slack_s) / slack_s, 0, 1)
        given = np.clip(1 - (time_s - end_s) / SET_DOWN_S, 0, 1)
        share = np.maximum(share, np.minimum(taken, given))
        before_s = end_s
    return share
