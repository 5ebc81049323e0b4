"""The tables behind the rows: the error of every number by view, style, clothing, what is hidden, the picture."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from lumbar.bench.cases import BANDS, SIDE, Source
from lumbar.bench.headlines import CM, DEG, MM, MS, ONE
from lumbar.bench.outcomes import Outcome, Pair
from lumbar.bench.rows import Sheet
from lumbar.bench.scores import score
from lumbar.bench.truths import MOMENT
from lumbar.form.measures import BY_ID

#: What the finer strata are told of; all others are told by view alone.
MAIN = (
    "lumbar_change", "thoracic_change", MOMENT, "knee_lift_off", "hip_lift_off", "trunk_lift_off",
    "knee_lockout", "mean_concentric_velocity", "bar_drift", "lift_off", "lockout",
)  # fmt: skip
#: What plots show, point by point.
POINTS = (
    "lumbar_change", MOMENT, "mean_concentric_velocity", "bar_drift", "trunk_lift_off", "hip_lift_off",
    "knee_lift_off",
)  # fmt: skip
_POINTS_OF_FAST = 150
#: Views are told apart this finely in the plot of error over view (degrees).
_VIEW_STEP_DEG = 10

_BY_UNIT: Mapping[str, tuple[str, float]] = {
    "rad": ("°", DEG),
    "m": ("cm", CM),
    "s": ("s", ONE),
    "m/s": ("m/s", ONE),
    "1": ("", ONE),
    "reps": ("reps", ONE),
    "N·m": ("N·m", ONE),
    "N·m·s": ("N·m·s", ONE),
}


def shown_unit(measure: str) -> tuple[str, float]:
    """Return the unit in which a measure's errors are told, and how many of it are one SI unit."""
    if measure.endswith("_place"):
        return "mm", MM
    if measure in BY_ID:
        return _BY_UNIT.get(BY_ID[measure].unit, (BY_ID[measure].unit, ONE))
    return ("°", DEG) if measure == "view_angle" else ("ms", MS)


def sheets_of(outcomes: Mapping[Source, Sequence[Outcome]]) -> Iterator[Sheet]:
    """Yield all sheets."""
    found = {source: told for source, told in outcomes.items() if told}
    yield _clips(found)
    yield _errors(found)
    yield _by_view(found)
    yield _points(found)


def _strata(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, Sequence[Outcome], bool]]:
    """Yield the kind and the name of each stratum, its clips, and whether all measures are told of it."""
    for band in BANDS:
        yield "view", band, [one for one in outcomes if one.traits.band == band], True
    side = [one for one in outcomes if one.traits.band == SIDE]
    for kind in ("style", "cloth", "belt", "hidden", "picture"):
        for name in sorted({getattr(one.traits, kind) for one in side}):
            yield kind, name, [one for one in side if getattr(one.traits, kind) == name], False


def _clips(found: Mapping[Source, Sequence[Outcome]]) -> Sheet:
    """Return how many clips and reps each stratum has, and how many were refused or miscounted."""
    lines = []
    for source, outcomes in found.items():
        for kind, name, clips, _ in _strata(outcomes):
            refused = sum(clip.refused is not None for clip in clips)
            counted = [clip for clip in clips if clip.clear_count and clip.refused is None]
            exact = sum(clip.found_reps == clip.true_reps for clip in counted)
            reps = sum(clip.true_reps for clip in clips)
            lines.append((source, kind, name, len(clips), reps, refused, len(counted), exact))
    return Sheet(
        "clips", ("source", "kind", "stratum", "clips", "reps", "refused", "counted", "exact"), tuple(lines)
    )


_ERRORS = (
    "source", "kind", "stratum", "measure", "unit", "n", "mae", "bias", "median", "p95", "cannot", "spurious",
    "coverage", "width", "raw",
)  # fmt: skip


def _errors(found: Mapping[Source, Sequence[Outcome]]) -> Sheet:
    lines = []
    for source, outcomes in found.items():
        for kind, name, clips, is_whole in _strata(outcomes):
            for measure, pairs in _by_measure(clips, lambda clip: clip.pairs).items():
                if is_whole or measure in MAIN:
                    raw = _by_measure(clips, lambda clip: clip.raw).get(measure, [])
                    lines.append((source, kind, name, *_line(measure, pairs, raw)))
    return Sheet("errors", _ERRORS, tuple(lines))


def _by_measure(clips: Sequence[Outcome], pick: Callable[[Outcome], Sequence[Pair]]) -> dict[str, list[Pair]]:
    """Return the pairs of each measure; those that Lumbar does not print yet are left out."""
    found: dict[str, list[Pair]] = {}
    for clip in clips:
        for pair in pick(clip):
            if pair.why != "not a measure yet":
                found.setdefault(pair.measure, []).append(pair)
    return found


def _line(measure: str, pairs: Sequence[Pair], raw: Sequence[Pair]) -> tuple[object, ...]:
    told, (unit, factor) = score(pairs), shown_unit(measure)
    sizes = (told.mae, told.bias, told.median, told.p95)
    width = _figures(told.width, factor)
    return (
        measure, unit, told.n, *(_figures(size, factor) for size in sizes), _figures(told.missing),
        told.spurious, _figures(told.coverage), width, _figures(score(raw).mae, factor),
    )  # fmt: skip


def _figures(value: float | None, factor: float = 1.0) -> float | None:
    """Return a number with three significant figures: more would be noise, and files stay small."""
    return None if value is None else float(f"{value * factor:.3g}")


def _by_view(found: Mapping[Source, Sequence[Outcome]]) -> Sheet:
    lines = []
    for source, outcomes in found.items():
        for low in range(0, 180, _VIEW_STEP_DEG):
            clips = [one for one in outcomes if low <= one.traits.view_deg < low + _VIEW_STEP_DEG]
            ours = _by_measure(clips, lambda clip: clip.pairs)
            raw = _by_measure(clips, lambda clip: clip.raw)
            for measure in (name for name in POINTS if name in ours):
                told, factor = score(ours[measure]), shown_unit(measure)[1]
                other = _figures(score(raw.get(measure, [])).mae, factor)
                cells = (
                    told.n,
                    _figures(told.mae, factor),
                    _figures(told.p95, factor),
                    _figures(told.missing),
                    other,
                )
                lines.append((source, measure, low + _VIEW_STEP_DEG // 2, *cells))
    columns = ("source", "measure", "view_deg", "n", "mae", "p95", "cannot", "raw")
    return Sheet("by-view", columns, tuple(lines))


def _points(found: Mapping[Source, Sequence[Outcome]]) -> Sheet:
    """Return truths beside values with their ranges: all of the rendered clips, the first of the fast ones."""
    lines = []
    for source, outcomes in found.items():
        side = [one for one in outcomes if one.traits.band == SIDE]
        for measure, pairs in _by_measure(side, lambda clip: clip.pairs).items():
            factor = shown_unit(measure)[1]
            ready = [pair for pair in pairs if pair.holds is not None and measure in POINTS]
            for pair in ready if source == "rendered" else ready[:_POINTS_OF_FAST]:
                numbers = (pair.truth, pair.value, pair.low, pair.high)
                lines.append((source, measure, *(_figures(number, factor) for number in numbers)))
    return Sheet("points", ("source", "measure", "truth", "value", "low", "high"), tuple(lines))
