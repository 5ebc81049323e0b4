"""What the log shows: this session and this week beside the lifter's own past. What each says is in TOML.

A signal carries its evidence card and grade. ``notice`` is worth the lifter's attention; ``shown`` is a
number without a judgement, for no threshold is known; ``unknown`` says that the history is too short.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt
from typing import Any, Literal

from lumbar.estimate import Estimate, Measured, Missing
from lumbar.training.exposure import SessionExposure, monday_of

Level = Literal["notice", "shown", "unknown"]

#: TL-04 looks at the largest session of the previous 30 days, and its lowest band begins at ten percent more.
WINDOW_DAYS = 30
SPIKE_PERCENT = 10.0

#: Weeks that a week is set beside; an engineering rule.
WEEKS_BEFORE = 4

#: EWMA needs this many days to warm up (TL-03).
WARM_UP_DAYS = 28

#: A ramp is looked for within twelve weeks and shown from thirty percent: engineering rules.
RAMP_DAYS = 84
RAMP_PERCENT = 30.0


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing the log shows: its number, how to take it, its evidence, and its sentence."""

    id: str
    level: Level
    value: Measured
    card: str
    grade: str
    sentence: str
    #: The session, or the first day of what is meant.
    day: date


@cache
def wordings() -> Mapping[str, Mapping[str, Any]]:
    """Return what each signal stands on and says."""
    return tomllib.loads(files("lumbar.training").joinpath("signals.toml").read_text("utf-8"))


def ewma_lambda(days: int) -> float:
    """Return the weight of the newest day in an average over ``days`` (TL-03)."""
    return 2 / (days + 1)


def ewma(daily: Sequence[float], days: int) -> float:
    """Return the exponentially weighted average after the last day, begun at the first."""
    weight = ewma_lambda(days)
    average = daily[0]
    for load in daily[1:]:
        average = weight * load + (1 - weight) * average
    return average


def monotony(daily: Sequence[float]) -> Measured:
    """Return the mean daily load over its population standard deviation; rest days are zeros (TL-01)."""
    mean = sum(daily) / len(daily)
    spread = sqrt(sum((load - mean) ** 2 for load in daily) / len(daily))
    # as small as rounding leaves it: every day was the same
    if spread <= 1e-9 * abs(mean) or not mean:
        return Missing("Every day of the week had the same load, so monotony is not defined.")
    return _exactly(mean / spread)


def signals(each: Sequence[SessionExposure], today: date) -> tuple[Signal, ...]:
    """Return what the last pull, this week and the recent trend show, as of ``today``.

    ``each`` is oldest first, as :func:`lumbar.training.exposure.exposures` gives it.
    """
    past = [one for one in each if one.started.date() <= today]
    pulls = [one for one in past if one.has_pulls]
    day = pulls[-1].started.date() if pulls else today
    found = [
        _spike("session-volume", past, pulls, _volume),
        _strength(past, pulls),
        _gap(pulls, day),
        _week_jump(past, today),
        _recovery(pulls, day),
        *_monotony_and_strain(past, today),
        _trend(past, today),
    ]
    return tuple(found)


def history(each: Sequence[SessionExposure]) -> tuple[Signal, ...]:
    """Return what stands out over the whole log: gaps, ramps, sessions above the 30 days before."""
    found = [_log_gap(before, after) for before, after in pairwise(each) if _days(before, after) >= WINDOW_DAYS]
    pulls = [one for one in each if one.has_pulls]
    for place in range(1, len(pulls)):
        known = [one for one in each if one.started <= pulls[place].started]
        both = (
            _spike("session-volume", known, pulls[: place + 1], _volume),
            _strength(known, pulls[: place + 1]),
        )
        found += [signal for signal in both if signal.level == "notice"]
    found += _ramps(pulls)
    return tuple(sorted(found, key=lambda signal: signal.day))


def _exactly(value: float) -> Estimate:
    """Return a number that is arithmetic on what was logged, without a range of its own."""
    return Estimate(value, value, value)


def _say(name: str, day: date, value: float, *, is_up: bool, **words: object) -> Signal:
    wording = wordings()[name]
    level: Level = "notice" if is_up and wording["alarm"] else "shown"
    sentence = wording["up" if is_up else "flat"].format(value=value, **words).replace("-", "−", int(value < 0))
    return Signal(name, level, _exactly(value), wording["card"], wording["grade"], sentence, day)


def _cannot(name: str, day: date, why: str) -> Signal:
    wording = wordings()[name]
    return Signal(
        name, "unknown", Missing(why), wording["card"], wording["grade"], f"Not enough history: {why}", day
    )


def _days(before: SessionExposure, after: SessionExposure) -> int:
    return (after.started.date() - before.started.date()).days


def _window(
    name: str, past: Sequence[SessionExposure], pulls: Sequence[SessionExposure]
) -> list[SessionExposure] | Signal:
    """Return the pulls of the 30 days before the last one, or why there is nothing to compare with."""
    if not pulls:
        return _cannot(name, past[-1].started.date() if past else date.min, "no deadlift is in the log.")
    last = pulls[-1]
    if _days(past[0], last) < WINDOW_DAYS:
        return _cannot(
            name, last.started.date(), f"the log begins less than {WINDOW_DAYS} days before the last pull."
        )
    before = [one for one in pulls[:-1] if 0 < _days(one, last) <= WINDOW_DAYS]
    if not before:
        return _cannot(name, last.started.date(), f"no pull in the {WINDOW_DAYS} days before the last one.")
    return before


def _is_above(percent: float) -> bool:
    """Say whether a jump is in TL-04's bands; ten percent exactly is not, whatever rounding makes of it."""
    return round(percent, 6) > SPIKE_PERCENT


def _volume(one: SessionExposure) -> float:
    return one.volume_kg


def _spike(
    name: str,
    past: Sequence[SessionExposure],
    pulls: Sequence[SessionExposure],
    measure: Callable[[SessionExposure], float],
) -> Signal:
    before = _window(name, past, pulls)
    if isinstance(before, Signal):
        return before
    most, now = max(map(measure, before)), measure(pulls[-1])
    day = pulls[-1].started.date()
    if not most:
        return _cannot(name, day, "the pulls before were logged without a weight.")
    percent = 100 * (now / most - 1)
    return _say(name, day, percent, is_up=_is_above(percent), now=now, before=most)


def _strength(past: Sequence[SessionExposure], pulls: Sequence[SessionExposure]) -> Signal:
    """Set each movement's top set beside its own best of the window; the largest change counts."""
    name = "session-strength"
    before = _window(name, past, pulls)
    if isinstance(before, Signal):
        return before
    day = pulls[-1].started.date()
    changes = []
    for movement, top in pulls[-1].tops.items():
        earlier = [one.tops[movement].e1rm_kg.value for one in before if movement in one.tops]
        if earlier:
            changes.append((100 * (top.e1rm_kg.value / max(earlier) - 1), top.movement.name))
    if not changes:
        return _cannot(name, day, f"no top set of the same movement in the {WINDOW_DAYS} days before.")
    percent, what = max(changes)
    return _say(name, day, percent, is_up=_is_above(percent), what=what)


def _gap(pulls: Sequence[SessionExposure], day: date) -> Signal:
    if len(pulls) < 2:
        return _cannot("return-after-gap", day, "fewer than two sessions with pulls.")
    days = _days(pulls[-2], pulls[-1])
    return _say("return-after-gap", day, days, is_up=days > WINDOW_DAYS)


def _recovery(pulls: Sequence[SessionExposure], day: date) -> Signal:
    if len(pulls) < 2:
        return _cannot("recovery", day, "fewer than two sessions with pulls.")
    apart = pulls[-1].started - pulls[-2].started
    return _say("recovery", day, apart / timedelta(days=1), is_up=False)


def _week_jump(past: Sequence[SessionExposure], today: date) -> Signal:
    monday = monday_of(today)
    first = monday_of(past[0].started.date()) if past else monday
    if (monday - first).days < 7 * WEEKS_BEFORE:
        return _cannot("weekly-volume", monday, f"the log is shorter than {WEEKS_BEFORE} weeks before this one.")
    volumes = [
        sum(one.volume_kg for one in past if monday_of(one.started.date()) == monday - timedelta(weeks=back))
        for back in range(WEEKS_BEFORE + 1)
    ]
    most = max(volumes[1:])
    if not most:
        return _cannot("weekly-volume", monday, f"no deadlift in the {WEEKS_BEFORE} weeks before.")
    percent = 100 * (volumes[0] / most - 1)
    return _say("weekly-volume", monday, percent, is_up=percent > 0)


def _daily(past: Sequence[SessionExposure], last: date, days: int) -> list[float]:
    """Return the lower-back exposure of each day, in kN·m·reps, the last day last."""
    loads = [0.0] * days
    for one in past:
        back = (last - one.started.date()).days
        if 0 <= back < days:
            loads[days - 1 - back] += one.back_n_m_reps.value / 1000
    return loads


def _monotony_and_strain(past: Sequence[SessionExposure], today: date) -> tuple[Signal, Signal]:
    monday = monday_of(today)
    loads = _daily(past, monday + timedelta(days=6), 7)
    if not any(loads):
        why = "nothing that bends the lower back was logged this week."
        return _cannot("monotony", monday, why), _cannot("strain", monday, why)
    value = monotony(loads)
    if isinstance(value, Missing):
        return _cannot("monotony", monday, value.reason), _cannot("strain", monday, value.reason)
    return (
        _say("monotony", monday, value.value, is_up=False),
        _say("strain", monday, value.value * sum(loads), is_up=False),
    )


def _trend(past: Sequence[SessionExposure], today: date) -> Signal:
    span = (today - past[0].started.date()).days + 1 if past else 0
    if span < WARM_UP_DAYS:
        return _cannot("trend", today, f"the log is shorter than {WARM_UP_DAYS} days.")
    loads = _daily(past, today, span)
    month = ewma(loads, 28)
    # after months without a session both averages are next to nothing and their ratio means nothing
    if month < 1e-3 * max(loads, default=0.0) or not month:
        return _cannot("trend", today, "almost nothing was logged in the last weeks.")
    return _say("trend", today, 100 * (ewma(loads, 7) / month - 1), is_up=False)


def _log_gap(before: SessionExposure, after: SessionExposure) -> Signal:
    start, end = before.started.date(), after.started.date()
    return _say("log-gap", start, (end - start).days, is_up=True, start=start, end=end)


def _ramps(pulls: Sequence[SessionExposure]) -> list[Signal]:
    """Return, per movement, the steepest rise of the single within twelve weeks, if steep."""
    found = []
    for movement in dict.fromkeys(name for one in pulls for name in one.tops):
        tops = [(one.started.date(), one.tops[movement]) for one in pulls if movement in one.tops]
        rises = [
            (100 * (late.e1rm_kg.value / early.e1rm_kg.value - 1), start, end, early.movement.name)
            for place, (start, early) in enumerate(tops)
            for end, late in tops[place + 1 :]
            if (end - start).days <= RAMP_DAYS
        ]
        if rises and max(rises)[0] >= RAMP_PERCENT:
            percent, start, end, what = max(rises)
            days = (end - start).days
            found.append(_say("ramp", start, percent, is_up=True, what=what, days=days, start=start, end=end))
    return found
