"""What truly happened in a made clip, by the definitions that Lumbar prints: events and places on a fine clock.

An event is the printed definition applied to the true path of the bar, not the renderer's own: the bar *leaves the
floor* for the renderer when it begins to move, and for Lumbar when it is one centimetre up. Both are kept.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.synth.body import load_body
from lumbar.synth.case import Case
from lumbar.synth.landmarks import hidden_by_plate
from lumbar.synth.perform import RepTruth
from lumbar.synth.render import act, clip_times
from lumbar.synth.truth import Truth, tell_truth

#: How finely the truth is told; between two of its frames lines are straight.
CLOCK_HZ = 120.0

# The printed definitions of events (lumbar.form.measures, lumbar.motion.reps), written down a second time:
# lift-off is 1 cm above rest; lockout is 99 % of the way, or the last tenth of it slower than 4 cm/s; lowering
# begins 2 cm below the top; back at rest is within 1.5 cm of it.
_OFF_M, _AT_TOP, _NEAR_TOP, _STILL_M_PER_S, _LOWERED_M, _BACK_M = 0.010, 0.99, 0.90, 0.04, 0.020, 0.015

#: A bar that hangs in the hands does so for this long before it rises, whole but for the last digits.
_HANGS_S, _ALL = 0.3, 0.99


@dataclass(frozen=True, slots=True)
class TrueRep:
    """One pull: times in seconds, None for what does not happen.

    ``starts_s`` and ``stops_s`` are when the bar begins to move and when it stands still at the top (for a pull
    that dies on the way: when it starts down again); the other events are Lumbar's own definitions.
    """

    number: int
    is_completed: bool
    starts_s: float
    stops_s: float
    lift_off_s: float
    knee_pass_s: float | None
    lockout_s: float | None
    lowering_s: float | None
    floor_s: float | None
    rest_m: float


@dataclass(frozen=True, slots=True, eq=False)
class TrueSet:
    """The truth of one clip on a fine clock, its pulls in order, and the side that the camera sees."""

    truth: Truth
    side: str
    view_rad: float
    bar_kg: float
    reps: tuple[TrueRep, ...]

    @property
    def time_s(self) -> Floats:
        """Return the fine clock, (time,)."""
        return self.truth.time_s

    def near_m(self, joint: str) -> Floats:
        """Return a near joint's path in the sagittal plane, (time, 2): x to the toes, y up."""
        return self.truth.joint_m(f"{self.side}_{joint}")[:, :2]

    def at(self, values: Floats, time_s: float) -> float:
        """Return a path's value, (time,), at a moment."""
        return float(np.interp(time_s, self.time_s, values))

    def before(self, rep: TrueRep) -> TrueRep | None:
        """Return the rep before; None of the first."""
        return next((other for other in self.reps if other.number == rep.number - 1), None)

    def hangs(self, rep: TrueRep) -> bool:
        """Say whether the bar hangs in the hands before it rises, as in Romanian pulls: there is no floor then."""
        before = self.during(rep.starts_s - _HANGS_S, rep.starts_s)
        return bool(before.any() and self.truth.load_share[before].min() > _ALL)

    def during(self, start_s: float, end_s: float) -> Bools:
        """Return which frames of the fine clock lie between two moments, (time,)."""
        return np.asarray((self.time_s >= start_s) & (self.time_s <= end_s))


def true_set(case: Case) -> TrueSet:
    """Return what truly happens in a case, as long as its phone stands: what it films from the floor is no set."""
    time_s = np.arange(0.0, float(clip_times(case)[-1]) + 1e-9, 1 / CLOCK_HZ)
    played = act(case, time_s)
    truth = tell_truth(case, load_body(case.body), played.done, played.posed, played.view)
    falls_s = np.inf if case.phone.falls_at_s is None else case.phone.falls_at_s
    reps = tuple(rep for rep in reps_of(truth) if rep.stops_s <= falls_s)
    return TrueSet(truth, case.phone.side, float(np.radians(case.phone.view_deg)), case.lift.bar_kg, reps)


def reps_of(truth: Truth) -> tuple[TrueRep, ...]:
    """Return the pulls of a clip with their events; those that are not whole in it are left out."""
    last_s = float(truth.time_s[-1])
    inside = [rep for rep in truth.reps if rep.lift_off_s >= 0 and _end_s(rep, last_s) <= last_s]
    return tuple(_events(truth.time_s, truth.bar_m[:, 1], rep) for rep in inside)


def _end_s(rep: RepTruth, last_s: float) -> float:
    ends = [at for at in (rep.lockout_s, rep.lowering_s) if at is not None]
    return ends[0] if ends else last_s


def _events(time_s: Floats, height_m: Floats, rep: RepTruth) -> TrueRep:
    last_s = float(time_s[-1])
    stops_s = _end_s(rep, last_s)
    rest_m, top_m = (float(np.interp(at, time_s, height_m)) for at in (rep.lift_off_s, stops_s))
    lift_off_s = _first(time_s, height_m - rest_m - _OFF_M, (rep.lift_off_s, stops_s))
    lockout_s = _lockout(time_s, height_m, (rep.lift_off_s, stops_s), rest_m) if rep.is_completed else None
    down_s = rep.lowering_s
    goes_down = down_s is not None and down_s < last_s
    lowering_s = _first(time_s, top_m - height_m - _LOWERED_M, (down_s, last_s)) if goes_down and down_s else None
    floor_s = _first(time_s, rest_m + _BACK_M - height_m, (lowering_s, last_s)) if lowering_s else None
    return TrueRep(
        number=rep.number,
        is_completed=rep.is_completed,
        starts_s=rep.lift_off_s,
        stops_s=stops_s,
        lift_off_s=rep.lift_off_s if lift_off_s is None else lift_off_s,
        knee_pass_s=rep.knee_pass_s,
        lockout_s=lockout_s,
        lowering_s=lowering_s,
        floor_s=floor_s,
        rest_m=rest_m,
    )


def _first(time_s: Floats, level: Floats, span_s: tuple[float, float]) -> float | None:
    """Return when a path first reaches zero from below within a span, on straight lines; None if it does not."""
    inside = np.flatnonzero((time_s >= span_s[0]) & (time_s <= span_s[1]))
    reached = inside[level[inside] >= 0]
    if not reached.size:
        return None
    after = int(reached[0])
    if after == 0 or level[after - 1] >= 0:
        return float(time_s[after])
    return float(np.interp(0.0, level[after - 1 : after + 1], time_s[after - 1 : after + 1]))


def _lockout(time_s: Floats, height_m: Floats, span_s: tuple[float, float], rest_m: float) -> float:
    """Return when a pull has stopped rising to speak of."""
    top_m = float(np.interp(span_s[1], time_s, height_m))
    share = (height_m - rest_m) / (top_m - rest_m)
    speed = np.gradient(height_m, time_s)
    nearly = np.minimum(share - _NEAR_TOP, _STILL_M_PER_S - speed)
    found = [_first(time_s, level, span_s) for level in (share - _AT_TOP, nearly)]
    return min([at for at in found if at is not None], default=span_s[1])


def hidden_share(told: TrueSet) -> float:
    """Return in which share of the pulls' frames the near plate covers the knee or the hip."""
    hidden = hidden_by_plate(told.truth, f"{told.side}_knee") | hidden_by_plate(told.truth, f"{told.side}_hip")
    pulls = np.zeros(len(told.time_s), bool)
    for rep in told.reps:
        pulls |= told.during(rep.starts_s, rep.stops_s)
    return float(hidden[pulls].mean()) if pulls.any() else 0.0
