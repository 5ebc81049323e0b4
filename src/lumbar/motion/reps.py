"""Reps and their phases, found in the bar's path.

A rep is a pull from where the bar rests to a lockout. Set-up fidgets do not lift the bar; a walk-out, a failed
or a dropped attempt never gets near the height of a lockout, or never gets there with the trunk upright.

A Romanian pull starts in the air: down from standing, and up again from where the bar turns round. The turn is its
rest then, and the one pull that brings such a set's bar up from the floor is no rep.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Floats
from lumbar.estimate import Measured, Missing, around
from lumbar.motion.motion import Motion

Indices: TypeAlias = NDArray[np.intp]
#: Frames of a pull: its lowest, its top, the next lowest, and the last of the stretch in which it was followed.
Pull: TypeAlias = tuple[int, int, int, int]

# Engineering rules, for bars as slow as 0.1 m/s (a maximal pull averages 0.14 ± 0.05 m/s, reference §6.5).
#: A pull to lockout lifts the bar at least this far; sumo and block pulls of short lifters have 0.25–0.35 m.
LEAST_TRAVEL_M = 0.22
#: And no farther than this: in the hands of who stands 2.10 m tall a bar hangs 0.73 m above its rest (shoulder
#: less arm, de Leva 1996), and 0.2 m are left for standing raised. What goes on is a clean, or some other disc.
MOST_TRAVEL_M = 0.95
#: Of the set's highest pull, how high a rep must come: a pull that stops at the knee has about half, one that dies
#: at mid-thigh four fifths. From hanging, it may start less deep.
_LEAST_SHARE, _LEAST_SHARE_HANGING = 0.85, 0.75
#: A pull that starts this far above where the bar lies, starts hanging: mid-shin of a short lifter is 0.12 m above
#: a 45 cm plate's rest, and a bar that touches and goes is on the floor.
_HANGS_M = 0.08
#: The bar lies (or is held) while it moves less than this for so long; what is not much higher than the lowest of
#: such places is the floor too: a hand that holds the phone sways, and plates roll.
_LIES_S, _LIES_M, _SAME_FLOOR_M = 0.5, 0.03, 0.10
#: A bar that was lost for no longer is taken up where it is seen again: nobody pulls and lowers it in that time.
_BLINK_S = 0.3
#: The bar has left the floor when it is this high; at rest it is slower than this.
_OFF_FLOOR_M, _AT_REST_M_PER_S = 0.010, 0.03
#: A place where the bar lies, or is held, is the middle of at least so many frames.
_LEAST_STILL = 5
#: Lockout: high enough, and no longer rising to speak of.
_NEAR_TOP, _AT_TOP = 0.90, 0.99
_STILL_RISING_M_PER_S = 0.04
#: The bar is on its way down when it is this far below its top, and back at rest when it is this near to that.
_LOWERED_M, _BACK_M = 0.02, 0.015
#: Where it rests is read anew each time, for a swaying phone lifts the floor by a centimetre or two: the bar has
#: landed when it hardly sinks any more, this near to where it lay, and rests where it is lowest from then on (s).
_NEAR_FLOOR_M, _LANDED_S = 0.08, 0.3
#: A pull that begins or ends, over this time (s), faster than this share of its mean speed has more to it than was
#: seen. A single frame says little: a plate that was just found still settles. The mean is over the time between
#: these shares of the way: before it the bar may lie there for seconds.
_ENDS_S, _CUT_OFF, _ON_ITS_WAY = 0.2, 0.5, (0.1, 0.9)
#: A trunk less upright than this at the top is a row or a half pull. Loose: the trunk is read to ± 10°.
_UPRIGHT_RAD = np.radians(55)
#: Where an event lies between frames, and by the smoother, is known to about this.
_EVENT_S = 0.05
#: A knee whose height is known less well than this says nothing of when the bar passes it; and how well the bar's
#: own height is known against the body's, half of a range: the two planes.
_KNEE_SD_M, _BAR_RISE_M = 0.08, 0.015


@dataclass(frozen=True, slots=True)
class Rep:
    """One pull: events are times in the container's seconds.

    ``rest_m`` and ``top_m`` are the bar's heights before the pull and where it is held after it. ``lowering_s``
    is when the bar starts down, ``floor_s`` when it is back at rest; both Missing when the clip ends first. A rep
    that ``starts_hanging`` (Romanian) has its lowest place for its rest, and leaves no floor.
    """

    number: int
    lift_off_s: float
    knee_pass_s: Measured
    lockout_s: float
    lowering_s: Measured
    floor_s: Measured
    rest_m: float
    top_m: float
    starts_hanging: bool = False


def find_reps(motion: Motion) -> tuple[Rep, ...]:
    """Find every rep in the bar's height."""
    pulls: list[Pull] = []
    for stretch in _stretches(motion):
        found = _pulls(motion.bar_m[:, 1], stretch)
        pulls += [pull for pull in found if _is_pull(motion, pull) and _is_whole(motion, pull, stretch)]
    pulls, hanging = _of_one_kind(motion, pulls)
    highest = max((_rise_m(motion, pull) for pull in pulls), default=0.0)
    least_m = (_LEAST_SHARE_HANGING if hanging else _LEAST_SHARE) * highest
    kept = [pull for pull in pulls if _rise_m(motion, pull) >= least_m]
    return tuple(_rep(motion, number, pull, hangs=pull in hanging) for number, pull in enumerate(kept, 1))


def _is_pull(motion: Motion, pull: Pull) -> bool:
    """Say whether a rise may be a deadlift: no higher than a bar can hang, and the trunk is upright in the end."""
    return _rise_m(motion, pull) <= MOST_TRAVEL_M and _is_upright(motion, pull)


def _rise_m(motion: Motion, pull: Pull) -> float:
    return float(motion.bar_m[pull[1], 1] - motion.bar_m[pull[0], 1])


def _of_one_kind(motion: Motion, pulls: list[Pull]) -> tuple[list[Pull], Sequence[Pull]]:
    """Return the pulls of a set without the one that only brings the bar up, and those known to start hanging."""
    floor_m = _floor_m(motion)
    if floor_m is None:
        return pulls, ()
    hanging = [pull for pull in pulls if motion.bar_m[pull[0], 1] > floor_m + _HANGS_M]
    is_picked_up = bool(hanging) and len(pulls) == len(hanging) + 1 and pulls[0] not in hanging
    return (hanging if is_picked_up else pulls), hanging


def _floor_m(motion: Motion) -> float | None:
    """Return the height at which the bar lies; None where it never does, or only up where it is held."""
    rests: list[float] = []
    for stretch in _stretches(motion):
        time_s, height = motion.time_s[stretch], motion.bar_m[stretch, 1]
        ends = np.searchsorted(time_s, time_s + _LIES_S)
        spans = ((start, end) for start, end in enumerate(ends) if end < len(time_s))
        rests += [float(np.median(height[a:b])) for a, b in spans if np.ptp(height[a:b]) < _LIES_M]
    if not rests:
        return None
    lowest, height = min(rests), motion.bar_m[:, 1]
    if lowest > (np.nanmin(height) + np.nanmax(height)) / 2:
        return None
    return float(np.median([rest for rest in rests if rest < lowest + _SAME_FLOOR_M]))


def _stretches(motion: Motion) -> list[Indices]:
    """Return the frames in which the bar was followed, parted where it was lost for more than a blink."""
    known = np.flatnonzero(np.isfinite(motion.bar_m[:, 1]) & np.isfinite(motion.bar_speed_m_per_s[:, 1]))
    lost = np.flatnonzero(np.diff(motion.time_s[known]) > _BLINK_S) + 1
    return [part for part in np.split(known, lost) if part.size]


def _pulls(height_m: Floats, stretch: Indices) -> list[Pull]:
    """Return (low, top, next low, last) indices of each rise of at least LEAST_TRAVEL_M, by zigzag."""
    turns = [int(stretch[turn]) for turn in _zigzag(height_m[stretch], LEAST_TRAVEL_M)]
    last = int(stretch[-1])
    found = []
    for low, top in pairwise(turns):
        if height_m[top] <= height_m[low]:
            continue
        later = [turn for turn in turns if turn > top]
        found.append((low, top, later[0] if later else last, last))
    return found


def _is_whole(motion: Motion, pull: Pull, stretch: Indices) -> bool:
    """Say whether a pull was followed from its start to its end: one cut off is cut off in full movement."""
    low, top, *_ = pull
    time_s, speed = motion.time_s, motion.bar_speed_m_per_s[:, 1]
    usual = _usual_m_per_s(motion, low, top)

    def is_slow(from_s: float, to_s: float) -> bool:
        return bool(np.nanmedian(speed[(time_s >= from_s) & (time_s <= to_s)]) < _CUT_OFF * usual)

    starts = low > stretch[0] or is_slow(time_s[low], time_s[low] + _ENDS_S)
    return starts and (top < stretch[-1] or is_slow(time_s[top] - _ENDS_S, time_s[top]))


def _usual_m_per_s(motion: Motion, low: int, top: int) -> float:
    """Return the mean speed of a pull that is on its way."""
    time_s, height = motion.time_s[low : top + 1], motion.bar_m[low : top + 1, 1]
    share = (height - height[0]) / (height[-1] - height[0])
    arrived = int(np.argmax(share >= _ON_ITS_WAY[1]))
    left = int(np.flatnonzero(share[:arrived] <= _ON_ITS_WAY[0])[-1])
    return float((height[arrived] - height[left]) / (time_s[arrived] - time_s[left]))


def _zigzag(height_m: Floats, least_m: float) -> list[int]:
    """Return the turning points between which the height changes by at least ``least_m``."""
    turns, extreme, rising = [0], 0, None
    low = high = 0
    for i, height in enumerate(height_m):
        low, high = (i if height < height_m[low] else low), (i if height > height_m[high] else high)
        if rising is None:
            if height - height_m[low] >= least_m:
                turns, rising, extreme = [low], True, i
            elif height_m[high] - height >= least_m:
                turns, rising, extreme = [high], False, i
            continue
        if (height > height_m[extreme]) == rising and height != height_m[extreme]:
            extreme = i
        elif abs(height - height_m[extreme]) >= least_m:
            turns.append(extreme)
            rising, extreme = not rising, i
    return turns if rising is None else [*turns, extreme]


def _is_upright(motion: Motion, pull: Pull) -> bool:
    """Say whether the trunk is upright at the top of a pull; where it was not seen, it may have been."""
    top = motion.bar_m[:, 1] >= motion.bar_m[pull[1], 1] - _LOWERED_M
    near = np.flatnonzero(top[pull[0] : pull[2] + 1]) + pull[0]
    trunk = motion.angle("trunk")[near]
    return not np.isfinite(trunk).any() or bool(np.nanmax(trunk) > _UPRIGHT_RAD)


def _rep(motion: Motion, number: int, pull: Pull, *, hangs: bool) -> Rep:
    """Place the events of one rep."""
    time_s, height = motion.time_s, motion.bar_m[:, 1]
    low, top, after, last = pull
    half = low + int(np.argmax(height[low : top + 1] >= (height[low] + height[top]) / 2))
    rest_m = float(height[low]) if hangs else _rest(motion, low, half)
    top_m = _top(motion, half, top, after)
    lying = np.flatnonzero(height[low:half] <= rest_m + _OFF_FLOOR_M)
    off = low + int(lying[-1]) if lying.size else low
    lockout_s = _lockout_s(motion, (half, top), (rest_m, top_m))
    lockout = min(top, int(np.searchsorted(time_s, lockout_s)))
    lowering, floor = _lowering(motion, (lockout, top, after, last), (rest_m, top_m))
    return Rep(
        number=number,
        lift_off_s=_crossing_s(time_s, height, off, rest_m + _OFF_FLOOR_M),
        knee_pass_s=_knee_pass(motion, off, lockout),
        lockout_s=lockout_s,
        lowering_s=lowering,
        floor_s=floor,
        rest_m=rest_m,
        top_m=top_m,
        starts_hanging=hangs,
    )


def _lockout_s(motion: Motion, span: tuple[int, int], ends_m: tuple[float, float]) -> float:
    """Return when a pull is nearly at its top, or near it and no longer rising to speak of."""
    half, top = span
    frames = np.arange(half, top + 1)
    frames = frames[np.isfinite(motion.bar_m[frames, 1]) & np.isfinite(motion.bar_speed_m_per_s[frames, 1])]
    share = (motion.bar_m[frames, 1] - ends_m[0]) / (ends_m[1] - ends_m[0])
    slow = _STILL_RISING_M_PER_S - motion.bar_speed_m_per_s[frames, 1]
    time_s, levels = motion.time_s[frames], (share - _AT_TOP, np.minimum(share - _NEAR_TOP, slow))
    reached_s = [_reached_s(time_s, level) for level in levels if (level >= 0).any()]
    return min(reached_s, default=float(time_s[-1]))


def _reached_s(time_s: Floats, level: Floats) -> float:
    """Return when a level, known in each frame, first is zero or more, as it is in some."""
    first = int(np.argmax(level >= 0))
    return _crossing_s(time_s, level, first - 1, 0.0) if first else float(time_s[0])


def _crossing_s(time_s: Floats, height_m: Floats, before: int, level_m: float) -> float:
    """Return when the height crosses a level after one sample, on the straight line to the next that is known."""
    known = before + 1 + np.flatnonzero(np.isfinite(height_m[before + 1 :]))
    if not known.size or height_m[known[0]] <= height_m[before]:
        return float(time_s[before])
    ends = [before, int(known[0])]
    return float(np.interp(level_m, height_m[ends], time_s[ends]))


def _top(motion: Motion, half: int, top: int, after: int) -> float:
    """Return the height at which the bar is held after a pull; the highest, if it is never held."""
    height, speed = motion.bar_m[half : after + 1, 1], motion.bar_speed_m_per_s[half : after + 1, 1]
    with np.errstate(invalid="ignore"):
        held = (np.abs(speed) < _AT_REST_M_PER_S) & (height > motion.bar_m[top, 1] - _OFF_FLOOR_M)
    return float(np.median(height[held])) if held.sum() >= _LEAST_STILL else float(motion.bar_m[top, 1])


def _rest(motion: Motion, low: int, half: int) -> float:
    """Return the height at which the bar last lay still before a pull; the lowest, if it never did."""
    height, speed = motion.bar_m[low:half, 1], motion.bar_speed_m_per_s[low:half, 1]
    near = height < motion.bar_m[low, 1] + 5 * _OFF_FLOOR_M
    still = np.flatnonzero((np.abs(speed) < _AT_REST_M_PER_S) & near)[-15:]
    return float(np.median(height[still])) if still.size >= _LEAST_STILL else float(motion.bar_m[low, 1])


def _lowering(
    motion: Motion, span: tuple[int, int, int, int], ends_m: tuple[float, float]
) -> tuple[Measured, Measured]:
    """Return when the bar starts down and when it is back at rest."""
    lockout, top, after, last = span
    rest_m, top_m = ends_m
    time_s, height = motion.time_s, motion.bar_m[:, 1]
    if height[after] > height[top] - LEAST_TRAVEL_M:
        is_over = last >= len(height) - 2
        why = "The clip ends before the bar is back down." if is_over else "The bar was lost on its way down."
        return Missing(why), Missing(why)
    frames = np.arange(lockout, after + 1)
    down = int(frames[height[frames] >= top_m - _LOWERED_M][-1])
    falling = frames[(frames >= down) & np.isfinite(height[frames])]
    back_m = _landing_m(motion, falling[1:], rest_m) + _BACK_M
    # A bar that bounces off the floor was back on it before.
    back = np.flatnonzero(height[falling] <= back_m)
    down_s = _crossing_s(time_s, -height, down, _LOWERED_M - top_m)
    floor_s = _crossing_s(time_s, -height, int(falling[back[0] - 1]), -back_m) if back.size else time_s[after]
    return around(down_s, _EVENT_S), around(max(down_s, floor_s), _EVENT_S)


def _landing_m(motion: Motion, frames: Indices, rest_m: float) -> float:
    """Return the height at which the bar comes to rest on its way down; ``rest_m``, if it is not seen to."""
    height, speed = motion.bar_m[frames, 1], motion.bar_speed_m_per_s[frames, 1]
    with np.errstate(invalid="ignore"):
        landed = np.flatnonzero((speed > -_AT_REST_M_PER_S) & (np.abs(height - rest_m) < _NEAR_FLOOR_M))
    if not landed.size:
        return rest_m
    since_s = motion.time_s[frames] - motion.time_s[frames[landed[0]]]
    return float(np.nanmin(height[(since_s >= 0) & (since_s <= _LANDED_S)]))


def _knee_pass(motion: Motion, off: int, lockout: int) -> Measured:
    """Return when the bar passes the knee, both in the lifter's plane; Missing where its height is not known."""
    knee, spread = motion.point("knee")[off : lockout + 1, 1], motion.point_sd("knee")[off : lockout + 1, 1]
    known = np.isfinite(knee) & (spread < _KNEE_SD_M)
    if not known.any():
        return Missing("Your knee is hidden behind the plate while the bar passes it.")
    time_s, bar = motion.time_s[off : lockout + 1], motion.bar_m[off : lockout + 1, 1]
    followed = np.isfinite(bar)
    above = (bar - np.interp(time_s, time_s[known], knee[known]))[followed]
    spread, speeds = (
        np.interp(time_s, time_s[known], spread[known])[followed],
        motion.bar_speed_m_per_s[off : lockout + 1, 1],
    )
    if above[0] > 0 or above[-1] < 0:
        return Missing("The bar's height against your knee cannot be read in this view.")
    passed = int(np.argmax(above >= 0))
    speed = max(0.05, float(speeds[followed][passed]))
    margin_m = float(np.hypot(1.645 * spread[passed], _BAR_RISE_M))
    when_s = _crossing_s(time_s[followed], above, max(0, passed - 1), 0.0)
    return around(when_s, _EVENT_S + margin_m / speed)
