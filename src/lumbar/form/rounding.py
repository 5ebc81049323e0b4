"""Rounding of the back in a rep: how far it bends between the set-up and its worst moment before the knee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats, freeze
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.fatigue import trend
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.course import Peak, Readings, Scatter, find_peak
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

__all__ = ["NOT_READ", "ROUNDING", "creep", "measure_rounding", "set_up", "worst"]
ROUNDING = ("lumbar_change", "thoracic_change", "lumbar_start", "lumbar_worst_at")
#: The set-up: the last frames before lift-off in which the bar is still, when the slack is taken out of it. Where
#: the bar is never still (touch and go, a Romanian pull), it is the moment of turning. Engineering rules.
_SET_UP_S, _TURN_S = 0.35, 0.10
#: It reaches back to here as long as trunk and thigh have not tipped by more than this; engineering rules.
_LONGEST_SET_UP_S, _MOVED_RAD = 1.0, np.radians(4.0)
_LEAST_FRAMES, _LEAST_TURNING, _LEAST_PULLING = 3, 2, 2
#: Where the bar is beside the knee when the knee was not seen: this share of its way (our bodies: 0.45 to 0.65).
_KNEE_AT = 0.55
#: What may go unseen of the shortest pull (s); an engineering rule.
_BLINK_S = 0.2
#: Deviations (rad) of the true change, of a reading beyond its own jitter, of an error that stays for a while, and
#: the error in proportion. Lumbar, thoracic: fitted to the train and tune splits (design/back), like the next two.
_SIGNAL_RAD = np.radians((12.5, 5.0))
_READING_RAD, _SLOW_RAD, _RATIO = np.radians((4.0, 5.0)), np.radians((2.5, 4.0)), (0.10, 0.15)
#: The reader was taught by noisy examples and plays changes down by so much; its jitter counts by this share.
GAIN, _JITTER_SHARE = 1.10, 0.7
#: Half of a 90 % range, in deviations of one reading, of what lies between two worst moments: two readings, and
#: what they have in common with the posture.
_CREEP_WIDTH = 2.2
#: Readings that jitter more than this from frame to frame say nothing.
_MOST_JITTER_RAD = np.radians(7.0)
#: Against standing, the whole posture has changed: half of a 90 % range, and the reader's own share (rad).
_START_RANGE = (np.radians(12.0), 1.2)
#: How far one rep's worst moment lies from the set's own course (rad); an engineering rule.
_WOBBLE_RAD = np.radians(3.0)
_HIDDEN = "Your back was not seen well enough while the bar went from the floor to the knee."
_UNSTEADY = (
    "The edge of your back is too unsteady in this picture. Film with more light, closer, or in better quality."
)
_NO_SET_UP = "Your back was not seen well enough just before the bar left the floor."


@dataclass(frozen=True, slots=True, eq=False)
class _Pull:
    """What was read of a pull: in which of the clip's frames, and how far the back bent since the set-up.

    ``is_read`` (time,); ``change_rad`` (read, 2), lumbar and thoracic; when the pull starts and ends (s).
    """

    is_read: Bools
    change_rad: Floats
    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        freeze(self)


def measure_rounding(
    motion: Motion | None, back: BackCurve | Missing, reps: Sequence[Rep]
) -> tuple[Mapping[str, Measured], ...]:
    """Return the rounding measures of each rep by id, in radians; ``lumbar_worst_at`` in shares of the way up.

    Reps of one set resemble each other, and each helps to read the others. Without ``motion``,
    ``lumbar_worst_at`` is left out: only that needs the bar.
    """
    if isinstance(back, Missing):
        return tuple(dict.fromkeys(ROUNDING, back) for _ in reps)
    pulls = [_read_pull(motion, back, rep) for rep in reps]
    lumbar, thoracic = (_worst_of_each(back, pulls, column) for column in (0, 1))
    return tuple(_measures(motion, back, *each) for each in zip(reps, lumbar, thoracic, strict=True))


def _measures(
    motion: Motion | None, back: BackCurve, rep: Rep, lumbar: Peak | Missing, thoracic: Peak | Missing
) -> Mapping[str, Measured]:
    found = {
        "lumbar_change": lumbar.height_rad if isinstance(lumbar, Peak) else lumbar,
        "thoracic_change": thoracic.height_rad if isinstance(thoracic, Peak) else thoracic,
        "lumbar_start": _start(back, rep),
    }
    if motion is None:
        return found
    return found | {
        "lumbar_worst_at": _share_of_way(motion, rep, lumbar.at_s) if isinstance(lumbar, Peak) else lumbar
    }


def _worst_of_each(back: BackCurve, pulls: Sequence[_Pull | Missing], column: int) -> list[Peak | Missing]:
    """Return the worst moment of each rep, in which the others have a say."""
    seen = [_readings(back, pull, column) for pull in pulls]
    read = [pull for pull in seen if not isinstance(pull, Missing)]
    return [
        pull
        if isinstance(pull, Missing)
        else find_peak(*pull, [other for other, _ in read if other is not pull[0]])
        for pull in seen
    ]


def worst(motion: Motion | None, back: BackCurve, rep: Rep, column: int) -> Peak | Missing:
    """Return a rep's worst moment between lift-off and knee pass by itself; ``column`` 0: lumbar, 1: thoracic."""
    pull = _readings(back, _read_pull(motion, back, rep), column)
    return pull if isinstance(pull, Missing) else find_peak(*pull)


def _read_pull(motion: Motion | None, back: BackCurve, rep: Rep) -> _Pull | Missing:
    """Return what was read of a pull, from its set-up to knee pass."""
    before = set_up(back, rep)
    if not before.any():
        return Missing(_NO_SET_UP)
    start_s, end_s = _start_s(back, rep), _knee_pass_s(motion, rep)
    after = back.is_read & (back.time_s > start_s) & (back.time_s <= end_s)
    read, pull = after | before, back.time_s[after]
    if len(pull) < _LEAST_PULLING or not _covers(pull, start_s, end_s):
        return Missing(_HIDDEN)
    return _Pull(read, GAIN * back.since(before, read), start_s, end_s)


def _readings(back: BackCurve, pull: _Pull | Missing, column: int) -> tuple[Readings, Scatter] | Missing:
    """Return what was read of the lower or the upper back in a pull, and how that scatters."""
    if isinstance(pull, Missing):
        return pull
    if _jitter_rad(back, pull.is_read, column) > _MOST_JITTER_RAD:
        return Missing(_UNSTEADY)
    readings = Readings(back.time_s[pull.is_read], pull.change_rad[:, column], pull.start_s, pull.end_s)
    return readings, _scatter(back, pull.is_read, column)


def _jitter_rad(back: BackCurve, read: Bools, column: int) -> float:
    """Return how far single frames scatter about the course."""
    jitter = back.jitter_rad[read, column]
    return float(np.sqrt(np.nanmean(jitter**2))) if np.isfinite(jitter).any() else 0.0


def _scatter(back: BackCurve, read: Bools, column: int) -> Scatter:
    """Return how far readings scatter: more where single frames jitter more."""
    return Scatter(
        signal_rad=float(_SIGNAL_RAD[column]),
        noise_rad=float(np.hypot(_READING_RAD[column], _JITTER_SHARE * _jitter_rad(back, read, column))),
        slow_rad=float(_SLOW_RAD[column]),
        ratio=_RATIO[column],
    )


def creep(motion: Motion | None, back: BackCurve | Missing, reps: tuple[Rep, ...]) -> Measured:
    """Return how much more the lower back is bent at the worst moment of the last rep than of the first.

    The reps between have their say: where they do not lie on the way from the first to the last, the range grows.
    """
    if isinstance(back, Missing):
        return back
    if len(reps) < 2:
        return Missing("The creep of the back needs at least two reps.")
    peaks = [worst(motion, back, rep, 0) for rep in reps]
    first, last = peaks[0], peaks[-1]
    if isinstance(first, Missing):
        return first
    if isinstance(last, Missing):
        return last
    here = np.abs(back.time_s - first.at_s.value) <= _SET_UP_S / 2
    since = [_since(back, here, peak) for peak in peaks]
    change = since[-1]
    if isinstance(change, Missing):
        return change
    there = np.abs(back.time_s - last.at_s.value) <= _SET_UP_S / 2
    noise_rad = _scatter(back, (here | there) & back.is_read, 0).noise_rad
    course = trend(since, _WOBBLE_RAD).change
    astray_rad = course.half_width if isinstance(course, Estimate) else 0.0
    return around(change.value, float(np.hypot(_CREEP_WIDTH * noise_rad, astray_rad)))


def _since(back: BackCurve, here: Bools, peak: Peak | Missing) -> Measured:
    """Return how much more the lower back is bent around a worst moment than in the frames ``here``."""
    if isinstance(peak, Missing):
        return peak
    there = (np.abs(back.time_s - peak.at_s.value) <= _SET_UP_S / 2) & back.is_read
    if not there.any() or not (here & back.is_read).any():
        return Missing(_HIDDEN)
    return around(float(np.mean(GAIN * back.since(here, there)[:, 0])), 0.0)


def set_up(back: BackCurve, rep: Rep) -> Bools:
    """Return the frames of the set-up in which the back was read, (time,); none where it was not seen."""
    since_s = back.time_s - rep.lift_off_s
    still = (since_s >= -_SET_UP_S) & (since_s <= 0) & back.bar_is_still & back.is_read
    if still.sum() >= _LEAST_FRAMES:
        return _held(back, still, since_s)
    turning = (np.abs(since_s) <= _TURN_S) & back.is_read
    return turning if turning.sum() >= _LEAST_TURNING else np.zeros_like(turning)


def _held(back: BackCurve, still: Bools, since_s: Floats) -> Bools:
    """Return the frames of the set-up, and those just before them in which the lifter held the same posture."""
    before = back.is_read & back.bar_is_still & (since_s >= -_LONGEST_SET_UP_S) & (since_s <= 0)
    posture = back.posture_rad
    moved = np.abs(posture - np.median(posture[still], axis=0)).max(axis=1) > _MOVED_RAD
    last = np.flatnonzero(before & moved & ~still)
    return still | (before & (np.arange(len(since_s)) > (last[-1] if last.size else -1)))


def _start_s(back: BackCurve, rep: Rep) -> float:
    """Return when the bar begins to move: the back bends before the bar is the centimetre up that lift-off is."""
    still = back.bar_is_still & (back.time_s <= rep.lift_off_s) & (back.time_s >= rep.lift_off_s - _SET_UP_S)
    return float(back.time_s[still][-1]) if still.any() else rep.lift_off_s


def _knee_pass_s(motion: Motion | None, rep: Rep) -> float:
    """Return when the bar passes the knee, or about when it must."""
    if isinstance(rep.knee_pass_s, Estimate):
        return rep.knee_pass_s.value
    if motion is None:
        return (rep.lift_off_s + rep.lockout_s) / 2
    up = (motion.time_s >= rep.lift_off_s) & (motion.time_s <= rep.lockout_s)
    share = (motion.bar_m[up, 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
    passed = np.flatnonzero(share >= _KNEE_AT)
    return float(motion.time_s[up][passed[0]]) if passed.size else rep.lockout_s


def _covers(time_s: Floats, start_s: float, end_s: float) -> bool:
    """Say whether the frames leave no gap longer than half of the stretch; shorter ones widen the range."""
    gaps = np.diff(np.r_[start_s, time_s, end_s])
    return bool(gaps.max() <= max((end_s - start_s) / 2, _BLINK_S))


def _start(back: BackCurve, rep: Rep) -> Measured:
    """Return the lower back's flexion at the set-up against standing."""
    if isinstance(back.reference, Missing):
        return back.reference
    before = set_up(back, rep)
    if not before.any():
        return Missing(_NO_SET_UP)
    floor, share = _START_RANGE
    half = float(np.hypot(floor, share * np.median(back.lumbar_sd_rad[before])))
    return around(float(np.mean(back.lumbar_change_rad[before])), half)


def _share_of_way(motion: Motion, rep: Rep, at_s: Estimate) -> Measured:
    """Return where along the bar's way a moment is."""
    known = np.isfinite(motion.bar_m[:, 1])
    when = (at_s.low, at_s.value, at_s.high)
    heights = np.interp(when, motion.time_s[known], motion.bar_m[known, 1])
    low, value, high = np.clip((heights - rep.rest_m) / (rep.top_m - rep.rest_m), 0, 1)
    return Estimate(float(value), float(min(low, value)), float(max(high, value)))
