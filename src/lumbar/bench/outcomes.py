"""What came out for one clip, beside what was true: pairs of numbers, ready to be kept as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.cases import Source, Traits, traits_of
from lumbar.bench.rivals import raw_angles, says_rounded
from lumbar.bench.true_reps import TrueRep, TrueSet, hidden_share
from lumbar.bench.truths import REP_TRUTHS, SET_TRUTHS, lumbar_change
from lumbar.estimate import Estimate, Measured
from lumbar.form.analysis import SetAnalysis
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.synth.case import Case
from lumbar.vision.tracks import Tracks

#: A found rep belongs to the true one with which it shares this much of both their times.
_LEAST_OVERLAP = 0.3
#: Joints whose places are compared, and how much of a pull one must be seen in.
PLACES = ("shoulder", "hip", "knee", "ankle")
_LEAST_SEEN = 0.5
#: What stands for a refusal where a mistake of ours ended the measuring.
CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Pair:
    """One number beside its truth; ``rep`` is 0 for the whole set.

    ``value`` is None when it was not given, and then ``why`` says so; ``low`` and ``high`` are None where no range
    goes with it. ``truth`` is None when there is nothing to be measured, and yet a number was given.
    """

    measure: str
    rep: int
    truth: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""

    @property
    def error(self) -> float | None:
        """Return value minus truth; None where either is missing."""
        return None if self.value is None or self.truth is None else self.value - self.truth

    @property
    def holds(self) -> bool | None:
        """Return whether low to high holds the truth; None where there is no range or no truth."""
        if self.truth is None or self.low is None or self.high is None:
            return None
        return self.low <= self.truth <= self.high

    @property
    def width(self) -> float | None:
        """Return high minus low; None where there is no range."""
        return None if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True, slots=True)
class Outcome:
    """One clip: its strata, what was refused, how many reps, all pairs, and what the rules said of each rep.

    ``raw`` are the pairs of plain trigonometry on the same landmarks; ``rules`` maps rep to rule to its verdict.
    ``clear_count`` says whether everybody would count the same number of reps in it.
    """

    name: str
    source: Source
    traits: Traits
    refused: str | None
    true_reps: int
    found_reps: int
    clear_count: bool
    pairs: tuple[Pair, ...]
    raw: tuple[Pair, ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Outcome":
        """Return what :meth:`as_json` told."""
        kept = dict(told)
        kept["traits"] = Traits(**told["traits"])
        kept["rules"] = tuple(told["rules"])
        for name in ("pairs", "raw"):
            kept[name] = tuple(Pair(**pair) for pair in told[name])
        return cls(**kept)


def outcome_of(case: Case, source: Source, true: TrueSet, tracks: Tracks, analysis: SetAnalysis) -> Outcome:
    """Return what came out for a clip beside what was true."""
    matched = match_reps(true.reps, analysis.reps)
    pairs = [*_set_pairs(true, analysis)]
    for rep in true.reps:
        pairs += _rep_pairs(true, rep, analysis, matched.get(rep.number))
    complete = [rep for rep in true.reps if rep.is_completed]
    raw = [
        Pair(
            measure, rep.number, REP_TRUTHS[measure](true, rep), value, why="" if value is not None else "not seen"
        )
        for rep in complete
        for measure, value in raw_angles(tracks, true, rep).items()
    ]
    return Outcome(
        name=case.name,
        source=source,
        traits=traits_of(case, hidden_share(true)),
        refused=analysis.refused.id if analysis.refused else None,
        true_reps=len(complete),
        found_reps=len(analysis.reps),
        clear_count=_is_clear(case),
        pairs=tuple(pairs),
        raw=tuple(raw),
        rules=tuple(
            {"rep": rep.number, "true_change": lumbar_change(true, rep), **says_rounded(tracks, true, rep)}
            for rep in complete
        ),
    )


def crash_of(case: Case, source: Source, true: TrueSet, error: Exception) -> Outcome:
    """Return the outcome of a clip that we broke on: nothing was given, and ``error`` is why."""
    why = f"{type(error).__name__}: {error}"
    told = [(0, measure, truth_of(true)) for measure, truth_of in SET_TRUTHS.items()]
    complete = [rep for rep in true.reps if rep.is_completed]
    told += [(rep.number, measure, of(true, rep)) for rep in complete for measure, of in REP_TRUTHS.items()]
    pairs = [_pair(measure, number, truth, None, why) for number, measure, truth in told]
    kept = tuple(pair for pair in pairs if pair is not None)
    traits = traits_of(case, hidden_share(true))
    return Outcome(case.name, source, traits, CRASHED, len(complete), 0, _is_clear(case), kept)


def _is_clear(case: Case) -> bool:
    """Say whether all count the same reps: a Romanian pull that dies on the way is finished after a while."""
    return case.lift.style != "romanian" or case.lift.fails_at is None


def match_reps(true: tuple[TrueRep, ...], found: tuple[Rep, ...]) -> dict[int, int]:
    """Return for each true rep's number the place of the found one that overlaps it most; each is used once."""
    overlaps = sorted(
        ((_overlap(one, rep), one.number, place) for one in true for place, rep in enumerate(found)), reverse=True
    )
    matched: dict[int, int] = {}
    for overlap, number, place in overlaps:
        if overlap >= _LEAST_OVERLAP and number not in matched and place not in matched.values():
            matched[number] = place
    return matched


def _overlap(one: TrueRep, rep: Rep) -> float:
    """Return the time that both last over the time that either lasts."""
    both_s = min(one.stops_s, rep.lockout_s) - max(one.starts_s, rep.lift_off_s)
    either_s = max(one.stops_s, rep.lockout_s) - min(one.starts_s, rep.lift_off_s)
    return both_s / either_s


def _set_pairs(true: TrueSet, analysis: SetAnalysis) -> Iterator[Pair]:
    why = analysis.refused.id if analysis.refused else "not given"
    for measure, truth_of in SET_TRUTHS.items():
        pair = _pair(measure, 0, truth_of(true), analysis.set_measures.get(measure), why)
        if pair is not None:
            yield pair
    view = analysis.motion.view_angle_rad if analysis.motion and not analysis.refused else None
    seen = _pair("view_angle", 0, true.view_rad, view, why)
    if seen is not None:
        yield seen


def _pair(measure: str, rep: int, truth: float | None, found: Measured | None, why: str) -> Pair | None:
    """Return a pair; None where there is nothing to measure and nothing was, or nobody could say."""
    if truth is not None and isnan(truth):
        return None
    if isinstance(found, Estimate):
        return Pair(measure, rep, truth, found.value, found.low, found.high)
    if truth is None:
        return None
    return Pair(measure, rep, truth, None, why=why if found is None else found.reason)


def _rep_pairs(true: TrueSet, rep: TrueRep, analysis: SetAnalysis, place: int | None) -> Iterator[Pair]:
    """Yield the pairs of one true rep; a pull that dies on the way has none, unless it was taken for a rep."""
    if place is None and not rep.is_completed:
        return
    measures = {} if place is None else analysis.measures[place]
    why = analysis.refused.id if analysis.refused else "rep not found" if place is None else "not a measure yet"
    for measure, truth_of in REP_TRUTHS.items():
        pair = _pair(measure, rep.number, truth_of(true, rep), measures.get(measure), why)
        if pair is not None:
            yield pair
    if place is not None and analysis.motion is not None:
        yield from _event_pairs(rep, analysis.reps[place])
        yield from _place_pairs(true, rep, analysis.motion)


def _event_pairs(rep: TrueRep, found: Rep) -> Iterator[Pair]:
    """Yield when the events were found, by Lumbar's definition and against the bar's first and last movement."""
    yield Pair("lift_off", rep.number, rep.lift_off_s, found.lift_off_s)
    yield Pair("lift_off_from_start", rep.number, rep.starts_s, found.lift_off_s)
    if rep.lockout_s is not None:
        yield Pair("lockout", rep.number, rep.lockout_s, found.lockout_s)
        yield Pair("lockout_from_stop", rep.number, rep.stops_s, found.lockout_s)
    passed = _pair("knee_pass", rep.number, rep.knee_pass_s, found.knee_pass_s, "")
    if passed is not None:
        yield passed


def _place_pairs(true: TrueSet, rep: TrueRep, motion: Motion) -> Iterator[Pair]:
    """Yield how far each joint is from its true place during a pull: the median over its frames, in metres.

    Where the origin of the body's metres is its own, one shift for the whole clip is taken out.
    """
    shift = _shift(true, motion)
    during = (motion.time_s >= rep.starts_s) & (motion.time_s <= rep.stops_s)
    for joint in PLACES:
        away = np.hypot(*(_away(true, motion, joint) - shift).T)[during]
        seen = np.isfinite(away)
        if seen.mean() >= _LEAST_SEEN:
            yield Pair(f"{joint}_place", rep.number, 0.0, float(np.median(away[seen])))
        else:
            yield Pair(f"{joint}_place", rep.number, 0.0, None, why="hidden in most of the pull")


def _away(true: TrueSet, motion: Motion, joint: str) -> Floats:
    """Return measured minus true place, (time, 2), on the clip's frames."""
    path = true.near_m(joint)
    told = np.stack([np.interp(motion.time_s, true.time_s, path[:, axis]) for axis in range(2)], axis=1)
    return np.asarray(motion.point(joint) - told)


def _shift(true: TrueSet, motion: Motion) -> Floats:
    """Return where the measured origin truly lies: told where body and bar share a frame, else found.

    In a shared frame x is zero at the ankles' middle and y where the bar's axis rests. In a frame of the body's
    own it is the middle of all joints' errors over the pulls, (2,).
    """
    if hasattr(motion, "points_px"):
        return np.array([0.0, -true.truth.bar_m[0, 1]])
    pulls = np.zeros(len(motion.time_s), bool)
    for rep in true.reps:
        pulls |= (motion.time_s >= rep.starts_s) & (motion.time_s <= rep.stops_s)
    each = [_away(true, motion, joint)[pulls] for joint in PLACES]
    known = [away[np.isfinite(away[:, 0])] for away in each]
    middles = [np.median(away, axis=0) for away in known if len(away)]
    return np.asarray(np.mean(middles, axis=0)) if middles else np.zeros(2)
