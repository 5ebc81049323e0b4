"""The rows of the accuracy bench: what is promised between 80 and 120 degrees, with goals and baselines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lumbar.bench.cases import BLIND, SIDE
from lumbar.bench.outcomes import CRASHED, Outcome, Pair
from lumbar.bench.rows import Row, at_least, at_most, within
from lumbar.bench.scores import Score, interval_by_clip, score, wilson
from lumbar.bench.truths import MOMENT, WITHOUT
from lumbar.estimate import Estimate
from lumbar.form.findings import clause_holds
from lumbar.form.measures import BY_ID, REP_MEASURES
from lumbar.knowledge.library import library

#: What one of SI's units is in the unit that a row is given in.
DEG, MM, CM, MS, ONE = float(np.degrees(1)), 1000.0, 100.0, 1000.0, 1.0
#: Ranges are meant to hold nine truths of ten; this is what the issue accepts.
COVERAGE = (0.85, 0.95)

_EVENTS = ("lift_off", "knee_pass", "lockout")
#: A neutral lift and a rounded one.
NEUTRAL_RAD, ROUNDED_RAD = float(np.radians(3)), float(np.radians(20))


@dataclass(frozen=True, slots=True)
class Headline:
    """One row: a statistic over the pairs of some measures, in a unit, with a goal that it must not pass."""

    id: str
    measures: tuple[str, ...]
    statistic: str
    unit: str
    factor: float
    goal: float | None = None


def _angles(joint: str) -> tuple[str, ...]:
    return tuple(f"{joint}_{event}" for event in _EVENTS)


#: In the order of the issue's list.
HEADLINES = (
    Headline("lumbar-flexion-change-mae", ("lumbar_change",), "mae", "°", DEG, 3.0),
    Headline("lumbar-flexion-change-p95", ("lumbar_change",), "p95", "°", DEG, 8.0),
    Headline("thoracic-change-mae", ("thoracic_change",), "mae", "°", DEG, 6.0),
    Headline("knee-angle-mae", _angles("knee"), "mae", "°", DEG, 6.0),
    Headline("hip-angle-mae", _angles("hip"), "mae", "°", DEG, 6.0),
    Headline("trunk-angle-mae", _angles("trunk"), "mae", "°", DEG, 4.0),
    Headline("knee-place-median", ("knee_place",), "median", "mm", MM, 30.0),
    Headline("ankle-place-median", ("ankle_place",), "median", "mm", MM, 30.0),
    Headline("hip-place-median", ("hip_place",), "median", "mm", MM, 25.0),
    Headline("shoulder-place-median", ("shoulder_place",), "median", "mm", MM),
    Headline("mean-concentric-velocity-rmse", ("mean_concentric_velocity",), "rmse", "m/s", ONE, 0.02),
    Headline("bar-drift-mae", ("bar_drift",), "mae", "cm", CM, 1.0),
    Headline("lift-off-error-median", ("lift_off",), "median", "ms", MS, 50.0),
    Headline("lockout-error-median", ("lockout",), "median", "ms", MS, 50.0),
    Headline("lift-off-error-median-from-first-movement", ("lift_off_from_start",), "median", "ms", MS),
    Headline("lockout-error-median-from-standstill", ("lockout_from_stop",), "median", "ms", MS),
    Headline("view-angle-mae", ("view_angle",), "mae", "°", DEG),
)


def rows_of(outcomes: Sequence[Outcome], suffix: str, none: str) -> Iterator[Row]:
    """Yield all rows of one source; ``suffix`` tells its ids apart, ``none`` says why there may be no clips."""
    side = [outcome for outcome in outcomes if outcome.traits.band == SIDE]
    made = [*_error_rows(side, none), *_coverage_rows(side, none), *_flag_rows(side, none)]
    made += [*_load_rows(side, none), *_judging_rows(side, outcomes, none)]
    for row in made:
        yield replace(row, id=f"{row.id}{suffix}")


def pairs_of(outcome: Outcome, measures: Sequence[str], *, raw: bool = False) -> list[Pair]:
    """Return one clip's pairs of some measures, of ours or of the raw landmarks."""
    return [pair for pair in (outcome.raw if raw else outcome.pairs) if pair.measure in measures]


def _error_rows(side: Sequence[Outcome], none: str) -> Iterator[Row]:
    for line in HEADLINES:
        clips = [pairs_of(outcome, line.measures) for outcome in side]
        others = [pair for outcome in side for pair in pairs_of(outcome, line.measures, raw=True)]
        row = _row(line.id, clips, _picked(line.statistic), (line.unit, line.factor), none)
        other = getattr(score(others), line.statistic) if others and row.value is not None else None
        row = replace(row, baseline=None if other is None else other * line.factor)
        yield row if line.goal is None else at_most(line.goal, row)


def _picked(name: str) -> Callable[[Score], float | None]:
    def statistic(told: Score) -> float | None:
        value: float | None = getattr(told, name)
        return value

    return statistic


def _row(
    row_id: str,
    clips: Sequence[Sequence[Pair]],
    statistic: Callable[[Score], float | None],
    unit: tuple[str, float],
    none: str,
) -> Row:
    """Return a row over whole clips, with how far it would move if other clips had been drawn."""
    told = score([pair for pairs in clips for pair in pairs])
    value, (name, factor) = statistic(told), unit
    if value is None:
        return Row(row_id, None, name, n=0, note=none if not clips else _why(clips))
    known = [pairs for pairs in clips if any(pair.error is not None for pair in pairs)]
    between = interval_by_clip(known, statistic)
    share = "" if not told.missing else f"; {told.missing:.0%} cannot judge"
    other = "" if between is None else f", {between[0] * factor:.3g} to {between[1] * factor:.3g} with other clips"
    return Row(row_id, value * factor, name, n=told.n, note=f"{len(known)} clips{other}{share}")


def _why(clips: Sequence[Sequence[Pair]]) -> str:
    """Return why there is no number: what most pairs say."""
    said = [pair.why for pairs in clips for pair in pairs if pair.why]
    return max(set(said), key=said.count) if said else "not a measure yet"


def _coverage_rows(side: Sequence[Outcome], none: str) -> Iterator[Row]:
    groups: Mapping[str, tuple[str, ...]] = {
        "coverage-lumbar-flexion-change": ("lumbar_change",),
        "coverage-angles": tuple(name for joint in ("knee", "hip", "trunk") for name in _angles(joint)),
        "coverage-printed-ranges": tuple(BY_ID),
    }
    for row_id, measures in groups.items():
        clips = [pairs_of(outcome, measures) for outcome in side]
        yield within(COVERAGE, _row(row_id, clips, _picked("coverage"), ("ratio", ONE), none))
    each = {name: score([p for outcome in side for p in pairs_of(outcome, (name,))]) for name in BY_ID}
    known = {name: told.coverage for name, told in each.items() if told.coverage is not None}
    if not known:
        yield Row("coverage-measures-in-range", None, "ratio", n=0, note=none)
        return
    inside = [COVERAGE[0] <= share <= COVERAGE[1] for share in known.values()]
    worst = min(known, key=lambda name: known[name])
    note = f"share of the measures whose ranges hold 85–95 %; the lowest is {worst}, {known[worst]:.0%}"
    yield at_least(
        1.0, Row("coverage-measures-in-range", float(np.mean(inside)), "ratio", n=len(known), note=note)
    )


def _flag_rows(side: Sequence[Outcome], none: str) -> Iterator[Row]:
    """Yield how often a pull is called rounded: by us, by the hip-angle rule and by the spine rule."""
    reps = [(rule, _change(outcome, rule["rep"])) for outcome in side for rule in outcome.rules]
    error = score([pair for outcome in side for pair in pairs_of(outcome, ("lumbar_change",))]).mae
    twice_rad = 2 * (error or 0.0)
    kinds = {
        "rounding-false-flag-rate": [(rule, ours) for rule, ours in reps if rule["true_change"] < NEUTRAL_RAD],
        "rounding-hit-rate": [(rule, ours) for rule, ours in reps if rule["true_change"] >= ROUNDED_RAD],
    }
    for row_id, kind in kinds.items():
        judged = [_is_called(ours, twice_rad) for _, ours in kind if ours and ours.low is not None]
        unit = f"{len(kind) - len(judged)} of {len(kind)} reps cannot be judged"
        mine = _share(row_id, judged, unit if kind else none, nothing=none if not side else "not a measure yet")
        yield at_most(0.02, mine) if "false" in row_id else at_least(0.95, mine)
        for rule in ("hip-angle-rule", "spine-rule"):
            said = [told[rule] for told, _ in kind if told[rule] is not None]
            yield _share(f"{rule}-{row_id.removeprefix('rounding-')}", said, "a popular rule, same clips", none)


def _is_called(change: Pair, least_rad: float) -> bool:
    """Say whether a pull is called rounded: by the rule that the product goes by, and never under ``least_rad``.

    The rule itself calls nothing under 8° (reference/biomechanics §6.1).
    """
    if change.value is None or change.low is None or change.high is None or change.value < least_rad:
        return False
    rule = library().form_rules["rounding"]
    return all(clause_holds(clause, Estimate(change.value, change.low, change.high)) for clause in rule.clauses)


def _change(outcome: Outcome, rep: int) -> Pair | None:
    return next((p for p in outcome.pairs if p.measure == "lumbar_change" and p.rep == rep), None)


def _share(row_id: str, hits: Sequence[bool], note: str, nothing: str) -> Row:
    """Return a share as a row, with its interval."""
    if not hits:
        return Row(row_id, None, "ratio", n=0, note=nothing)
    low, high = wilson(sum(hits), len(hits))
    return Row(row_id, float(np.mean(hits)), "ratio", n=len(hits), note=f"{low:.2g} to {high:.2g} at 90 %; {note}")


def _load_rows(side: Sequence[Outcome], none: str) -> Iterator[Row]:
    """Yield the lower back's load: error and width in percent of the truth."""
    clips = [[_relative(pair) for pair in pairs_of(outcome, (MOMENT,))] for outcome in side]
    percent = ("%", 100.0)
    row_id = "l5s1-moment-peak-error-median"
    yield at_most(8.0, _row(row_id, clips, _picked("median"), percent, none))
    yield at_least(0.90, _row("coverage-l5s1-moment-peak", clips, _picked("coverage"), ("ratio", ONE), none))
    half = ("%", 50.0)
    yield at_most(20.0, _row("l5s1-moment-peak-half-width", clips, _picked("width"), half, none))


def _relative(pair: Pair) -> Pair:
    """Return a pair in units of its truth."""
    if not pair.truth:
        return pair
    numbers = (None if number is None else number / pair.truth for number in (pair.value, pair.low, pair.high))
    value, low, high = numbers
    return replace(pair, truth=1.0, value=value, low=low, high=high)


def _judging_rows(side: Sequence[Outcome], everything: Sequence[Outcome], none: str) -> Iterator[Row]:
    """Yield how often there is no answer where there should be one, and the other way round."""
    ids = tuple(measure.id for measure in REP_MEASURES if measure.id not in WITHOUT)
    pairs = [p for outcome in side for p in pairs_of(outcome, ids) if p.truth is not None]
    note = "of all measures of all true reps, refused clips and lost reps included"
    yield at_most(0.10, _share("cannot-judge-rate", [pair.value is None for pair in pairs], note, none))
    refused = [outcome.refused is not None for outcome in side if outcome.true_reps]
    yield _share("refused-rate", refused, "of the clips that have a whole rep", none)
    broken = [outcome.refused == CRASHED for outcome in everything]
    why = {pair.why for outcome in everything if outcome.refused == CRASHED for pair in outcome.pairs[:1]}
    yield at_most(0.0, _share("crash-rate", broken, f"of all clips: {'; '.join(sorted(why)) or 'none'}", none))
    counted = [outcome for outcome in side if outcome.clear_count]
    exact = [outcome.found_reps == outcome.true_reps for outcome in counted]
    yield at_least(0.99, _share("rep-count-exact", exact, "refused clips count as wrong", none))
    measured = [outcome.found_reps == outcome.true_reps for outcome in counted if outcome.refused is None]
    yield _share("rep-count-exact-of-measured", measured, "clips that are not refused", none)
    blind = [outcome for outcome in everything if outcome.traits.band in BLIND]
    note = "clips refused, or with no angle of the body given"
    yield at_least(0.95, _share("front-rear-says-so", [says_so(outcome) for outcome in blind], note, none))


def says_so(outcome: Outcome) -> bool:
    """Say whether nothing about the body's angles was given for a clip."""
    body = [p for p in outcome.pairs if p.measure.startswith(("trunk_", "hip_", "knee_", "lumbar", "thoracic"))]
    return all(pair.value is None for pair in body if pair.measure in BY_ID)
