"""What the accuracy bench would say of the *tune* split: where to adjust, without reading what is reported.

    python design/tune_accuracy.py [--fast 60] [--first 0] [--rendered 14] [--band 80 120] [--of l5s1_moment_peak]

The same pairing of numbers and truths as ``lumbar bench accuracy``, on bodies and seeds that it never reads. First
the rows with goals, then every measure: its errors, how often its range holds, and × how much wider (or narrower)
ranges would have to be for nine truths in ten: ranges are set by these. ``--of`` adds one measure by body, and by
the value that was read: how far the truth lies above it. Rendered clips are read where
``lumbar synth --split tune --seed 1 --n N --out .bench/tune/rendered`` put them.
"""

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from lumbar.bench.cases import SIDE, Source, band_of
from lumbar.bench.headlines import pairs_of, rows_of
from lumbar.bench.outcomes import Outcome, Pair
from lumbar.bench.scores import score
from lumbar.bench.sheets import shown_unit
from lumbar.bench.takes import is_drawn, take
from lumbar.bench.truths import REP_TRUTHS, SET_TRUTHS
from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case

FOLDER = Path(".bench") / "tune"
#: The number that ``lumbar synth --seed 1`` starts from.
FIRST_RENDERED = 1000


def widening(pairs: Sequence[Pair], share: float = 0.9) -> float | None:
    """Return by how much ranges would have to be widened for that share of truths to lie in them.

    Each end is widened about the value; a truth inside asks for less than 1.
    """
    asked = [factor for pair in pairs if (factor := asked_by(pair)) is not None]
    return float(np.quantile(asked, share)) if asked else None


def asked_by(pair: Pair) -> float | None:
    """Return by how much a range would have to be widened to reach its truth; None where there is no range."""
    if pair.value is None or pair.truth is None or pair.low is None or pair.high is None:
        return None
    error = pair.truth - pair.value
    half = pair.high - pair.value if error > 0 else pair.value - pair.low
    return abs(error) / half if half > 0 else (0.0 if error == 0 else 99.0)


def told(outcomes: Sequence[Outcome], suffix: str) -> Iterator[str]:
    """Yield lines: the bench's rows, then each measure."""
    for row in rows_of(outcomes, suffix, "none"):
        value = "–" if row.value is None else f"{row.value:.3g}"
        base = "" if row.baseline is None else f"raw {row.baseline:.3g}"
        goal = "" if row.goal is None else f"goal {row.goal:g} {'met' if row.met else 'MISSED'}"
        yield f"{row.id:52s} {value:>8s} {row.unit:6s} n={row.n:<4d} {base:10s} {goal:18s} {row.note[:70]}"
    yield ""
    heads = "".join(f"{head:>9s}" for head in ("n", "MAE", "bias", "p95", "held", "×", "width", "none"))
    yield f"{'measure':34s}{heads}"
    side = [outcome for outcome in outcomes if outcome.traits.band == SIDE]
    for name in (*REP_TRUTHS, *SET_TRUTHS, "ankle_place", "knee_place", "hip_place", "shoulder_place"):
        pairs = [pair for outcome in side for pair in pairs_of(outcome, (name,))]
        found = score(pairs)
        if found.mae is None or found.bias is None or found.p95 is None:
            continue
        unit, factor = shown_unit(name)
        sizes = [found.mae * factor, found.bias * factor, found.p95 * factor, found.coverage, widening(pairs)]
        sizes += [None if found.width is None else found.width * factor, found.missing]
        cells = "".join(f"{'–':>9s}" if size is None else f"{size:9.3g}" for size in sizes)
        yield f"{name:34s}{found.n:9d}{cells} {unit}"


def closely(outcomes: Sequence[Outcome], bodies: Sequence[str], name: str) -> Iterator[str]:
    """Yield lines on one measure: by body, and by the quarter of the values that were read."""
    unit, factor = shown_unit(name)
    side = [(outcome, body) for outcome, body in zip(outcomes, bodies, strict=True) if outcome.traits.band == SIDE]
    for body in sorted({body for _, body in side}):
        pairs = [pair for outcome, its in side if its == body for pair in pairs_of(outcome, (name,))]
        found = score(pairs)
        if found.bias is not None and found.coverage is not None:
            wider = widening(pairs) or 0.0
            yield (
                f"{name}, body {body}: n={found.n} bias {found.bias * factor:.3g} {unit}"
                f" held {found.coverage:.2f} × {wider:.2f}"
            )
    both = np.array([
        (pair.value, pair.truth) for outcome, _ in side for pair in pairs_of(outcome, (name,))
        if pair.value is not None and pair.truth is not None
    ])  # fmt: skip
    for part in np.array_split(both[both[:, 0].argsort()], 4) if len(both) >= 4 else ():
        above = np.quantile(part[:, 1] - part[:, 0], (0.05, 0.5, 0.95)) * factor
        yield (
            f"{name}, read as {part[0, 0] * factor:.3g} to {part[-1, 0] * factor:.3g} {unit}: n={len(part)},"
            f" the truth is {above[1]:+.3g} above ({above[0]:+.3g} to {above[2]:+.3g})"
        )


def measured(source: Source, cases: Sequence[Case], cores: int) -> list[Outcome]:
    """Return what came out for each case, one on each core."""
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        return list(pool.map(partial(take, source), cases, [FOLDER] * len(cases)))


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--fast", type=int, default=60)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--rendered", type=int, default=14)
    asked.add_argument("--band", type=float, nargs=2, default=(80.0, 120.0))
    asked.add_argument("--cores", type=int, default=2)
    asked.add_argument("--of", choices=(*REP_TRUTHS, *SET_TRUTHS))
    told_of = asked.parse_args()
    within = Range(view_deg=tuple(told_of.band))
    fast = [draw_case("tune", told_of.first + number, within) for number in range(told_of.fast)]
    drawn = [
        draw_case("tune", FIRST_RENDERED + number, Range(is_filmed=True)) for number in range(told_of.rendered)
    ]
    drawn = [case for case in drawn if is_drawn(case, FOLDER)]
    if fast:
        print(f"fast, tune split, {len(fast)} clips")
        outcomes = measured("fast", fast, told_of.cores)
        print(*told(outcomes, "-fast"), sep="\n")
        if told_of.of:
            print(*closely(outcomes, [case.body for case in fast], told_of.of), sep="\n")
    if drawn:
        here = [case for case in drawn if band_of(case.phone.view_deg) == SIDE]
        print(f"\nrendered, tune split, {len(drawn)} clips, {len(here)} of them at {SIDE}°")
        print(*told(measured("rendered", drawn, told_of.cores), ""), sep="\n")


if __name__ == "__main__":
    main()
