"""What limits a number: how wrong it is on the same clips when one part of what is seen is true."""

from collections.abc import Iterator, Mapping, Sequence

from lumbar.bench.ablations import PARTS, Part
from lumbar.bench.cases import Source
from lumbar.bench.headlines import CM, DEG, MM, ONE, pairs_of
from lumbar.bench.outcomes import Outcome, Pair
from lumbar.bench.rows import Row, Sheet
from lumbar.bench.scores import score
from lumbar.bench.truths import MOMENT

#: What is compared: name → measures, unit, how many of it are one SI unit.
COMPARED: Mapping[str, tuple[tuple[str, ...], str, float]] = {
    "lumbar-flexion-change": (("lumbar_change",), "°", DEG),
    "thoracic-change": (("thoracic_change",), "°", DEG),
    "l5s1-moment-peak": ((MOMENT,), "N·m", ONE),
    "knee-angle": (("knee_lift_off", "knee_knee_pass", "knee_lockout"), "°", DEG),
    "hip-angle": (("hip_lift_off", "hip_knee_pass", "hip_lockout"), "°", DEG),
    "trunk-angle": (("trunk_lift_off", "trunk_knee_pass", "trunk_lockout"), "°", DEG),
    "hip-place": (("hip_place",), "mm", MM),
    "mean-concentric-velocity": (("mean_concentric_velocity",), "m/s", ONE),
    "bar-drift": (("bar_drift",), "cm", CM),
}
#: The numbers that have rows; all others stand in the sheet.
_ROWS = ("lumbar-flexion-change", "l5s1-moment-peak", "knee-angle")

Found = Mapping[Part | None, Sequence[Outcome]]


def ablation_rows(found: Found, suffix: str) -> Iterator[Row]:
    """Yield the mean error with each part true, beside that of the same reps as they were seen (the baseline)."""
    for name in _ROWS:
        measures, unit, factor = COMPARED[name]
        for part in PARTS:
            seen, true = _both(found, part, measures)
            row_id = f"{name}-mae-true-{part}{suffix}"
            mine, plain = score(true).mae, score(seen).mae
            if mine is None or plain is None:
                yield Row(row_id, None, unit, n=0, note=_why(found, measures))
                continue
            note = f"the same reps; baseline: with the {part} as seen"
            yield Row(row_id, mine * factor, unit, baseline=plain * factor, n=len(true), note=note)


def _why(found: Found, measures: Sequence[str]) -> str:
    said = [pair.why for told in found.get(None, ()) for pair in pairs_of(told, measures) if pair.why]
    return max(set(said), key=said.count) if said else "no clip was measured with a part of it true"


def ablation_sheet(by_source: Mapping[Source, Found]) -> Sheet:
    """Return the errors of everything compared, for each part and each source."""
    lines = []
    for source, found in by_source.items():
        for name, (measures, unit, factor) in COMPARED.items():
            for part in PARTS:
                seen, true = _both(found, part, measures)
                mine, plain = score(true).mae, score(seen).mae
                if mine is not None and plain is not None:
                    numbers = (float(f"{number * factor:.3g}") for number in (plain, mine))
                    lines.append((source, name, unit, part, len(true), *numbers))
    return Sheet("ablation", ("source", "number", "unit", "part", "n", "seen", "true"), tuple(lines))


def _both(found: Found, part: Part, measures: Sequence[str]) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs that have a value both as seen and with that part true."""
    seen, true = _values(found.get(None, ()), measures), _values(found.get(part, ()), measures)
    shared = [key for key in true if key in seen]
    return [seen[key] for key in shared], [true[key] for key in shared]


def _values(outcomes: Sequence[Outcome], measures: Sequence[str]) -> dict[tuple[str, str, int], Pair]:
    return {
        (told.name, pair.measure, pair.rep): pair
        for told in outcomes
        for pair in pairs_of(told, measures)
        if pair.error is not None
    }
