"""Film that is faster than it needs to be is thinned, by its times, and never below the rate asked for."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

#: A film is thinned only when it is faster than the rate asked for by this factor. Engineering rule: below
#: it, leaving out single frames would save little and leave gaps of twice the usual length.
WORTH_THINNING = 1.25

#: The longest gap that thinning may make, in gaps of the rate asked for.
LONGEST_GAP = 1.5

#: How far the grid of wanted times may give way at each frame, in gaps of the rate asked for: enough that
#: every second frame of 59.94 Hz (60/1.001, off by 0.1 %) counts as 30 Hz, with as much again for an unsteady
#: clock.
GIVE = 0.002


def thin(frames: Iterable[tuple[float, T]], rate_hz: float) -> Iterator[tuple[float, T]]:
    """Yield, of pairs (time in seconds, frame) in order of time, as many as make ``rate_hz``.

    Wanted are the times of a grid of ``rate_hz``; the frame nearest to each is kept. So a 60 Hz film at 30 Hz
    loses exactly every second frame, and one of 57 Hz now one, now none: mean rate 30 Hz, less at most 0.2 %.
    A frame whose loss would leave a gap over 1.5 / ``rate_hz`` stays in any case. One frame is held back.
    """
    step_s = 1 / rate_hz
    coming = iter(frames)
    here = next(coming, None)
    if here is None:
        return
    wanted_s = kept_s = before_s = here[0]
    while here is not None:
        time_s = here[0]
        after = next(coming, None)
        # The last frame is judged as if one more followed at the same pace.
        after_s = 2 * time_s - before_s if after is None else after[0]
        is_nearest = abs(time_s - wanted_s) <= abs(after_s - wanted_s)
        if is_nearest or after_s - kept_s > LONGEST_GAP * step_s:
            yield here
            kept_s = time_s
        if is_nearest:
            wanted_s = _next_wanted(wanted_s, time_s, step_s)
        before_s, here = time_s, after


def _next_wanted(wanted_s: float, kept_s: float, step_s: float) -> float:
    """Move the grid on by a step and a hair towards the frame that was kept; start anew after a gap."""
    late_s = kept_s - wanted_s
    if late_s > step_s:
        return kept_s + step_s
    give_s = GIVE * step_s
    return wanted_s + step_s + min(max(late_s, -give_s), give_s)
