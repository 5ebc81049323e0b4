"""How wide must the ranges be? One factor for each measure, from clips of the *tune* split.

    python design/form_widths.py [--fast 168] [--rendered 200] [--cores 2] [--kept pairs.json]

Every measure's range is taken as it is reckoned, before ``lumbar.form.widths`` stretches it. A factor is
sought with which nine truths in ten lie in it, on clips with pictures and on those without; where these
disagree, the one that is likeliest if both were to hold so many (a clip counts once, for its reps err alike),
but never so narrow that fewer than 85 % of the truths on drawn clips lie in it. Prints factors as they stand
in ``lumbar.form.widths``, with how many truths they hold. ``--kept`` keeps the pairs of values and truths,
which take half an hour to make.

For the lower back's change a least half width is sought as well, added as a root of squares: what two
readings have in common does not go away where little is read.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.cases import SIDE, Source, band_of
from lumbar.bench.outcomes import Pair, outcome_of
from lumbar.bench.takes import analysed, is_drawn
from lumbar.bench.true_reps import true_set
from lumbar.form import widths
from lumbar.form.measures import BY_ID
from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case
from tune_accuracy import FIRST_RENDERED, FOLDER, asked_by

MEANT, LEAST_DRAWN = 0.90, 0.85
#: Fewer truths than this say nothing of a width.
FEW = 15
#: Value, low, high, truth.
Row = tuple[float, float, float, float]


def raw_rows(source: Source, case: Case) -> dict[str, list[Row]]:
    """Return what came out of one clip, measure → rows, with ranges as they are reckoned."""
    widths.FACTORS, widths.LEAST_HALF = {}, {}  # type: ignore[misc] - this process has no other use for them
    true = true_set(case)
    try:
        analysis = analysed(source, case, true.truth, FOLDER)
    except Exception as error:  # noqa: BLE001 - the bench counts crashes; here they only have no width
        print(case.name, error)
        return {}
    rows = defaultdict(list)
    for pair in outcome_of(case, source, true, analysis.tracks, analysis).pairs:
        numbers = (pair.value, pair.low, pair.high, pair.truth)
        if pair.measure in BY_ID and None not in numbers:
            rows[pair.measure].append(tuple(float(number) for number in numbers if number is not None))
    return dict(rows)


def asked(clips: Sequence[Mapping[str, Sequence[Row]]], measure: str) -> tuple[Floats, Floats]:
    """Return by which factor each truth asks its range to be stretched, and its weight: a clip counts once."""
    factors, weights = [], []
    for rows in (clip[measure] for clip in clips if clip.get(measure)):
        for value, low, high, truth in rows:
            factors.append(asked_by(Pair(measure, 0, truth, value, low, high)))
            weights.append(1 / len(rows))
    return np.array(factors), np.array(weights)


def held(of: tuple[Floats, Floats], factor: float) -> float:
    """Return the share of truths, clip by clip, that lie in ranges stretched by a factor."""
    factors, weights = of
    return float(weights @ (factors <= factor) / weights.sum())


def best(fast: tuple[Floats, Floats], drawn: tuple[Floats, Floats]) -> float | None:
    """Return the factor with which both hold about nine in ten."""
    kinds = [one for one in (fast, drawn) if len(one[0]) >= FEW]
    if not kinds:
        return None

    def unlikely(factor: float) -> float:
        far = [(held(one, factor) - MEANT) ** 2 * one[1].sum() for one in kinds]
        short = len(drawn[0]) >= FEW and held(drawn, factor) < LEAST_DRAWN
        return sum(far) + (1e6 if short else 0.0)

    tried = np.exp(np.linspace(np.log(0.15), np.log(6.0), 150))
    return float(tried[int(np.argmin([unlikely(factor) for factor in tried]))])


def told(fast: Sequence[Mapping[str, list[Row]]], drawn: Sequence[Mapping[str, list[Row]]]) -> Iterator[str]:
    """Yield one line a measure, as it stands in the code."""
    for measure in BY_ID:
        pair = asked(fast, measure), asked(drawn, measure)
        factor = best(*pair)
        if factor is None:
            continue
        shares = [f"{held(one, factor):.2f} of {len(one[0])}" if len(one[0]) else "–" for one in pair]
        yield f'    "{measure}": {factor:.2f},  # fast {shares[0]}, drawn {shares[1]}'


def back(fast: Sequence[Mapping[str, list[Row]]], drawn: Sequence[Mapping[str, list[Row]]]) -> Iterator[str]:
    """Yield what a least half width would do for the lower back's change; degrees."""
    for factor in (1.0, 1.2, 1.4):
        for least_deg in (0.0, 2.0, 3.0, 4.0, 5.0):
            line = []
            for clips in (fast, drawn):
                rows = np.degrees([row for clip in clips for row in clip.get("lumbar_change", ())])
                value, low, high, truth = rows.T
                low = np.maximum(value - np.hypot(factor * (value - low), least_deg), 0)
                high = value + np.hypot(factor * (high - value), least_deg)
                inside, rounded, neutral = (low <= truth) & (truth <= high), truth >= 20, truth < 3
                line.append(
                    f"held {inside.mean():.3f} (above {np.mean(truth > high):.3f}),"
                    f" half {np.mean(high - low) / 2:.1f},"
                    f" called {np.sum(low[rounded] > 7)} of {rounded.sum()},"
                    f" false {np.sum(low[neutral] > 7)} of {neutral.sum()}"
                )
            yield f"× {factor}, least {least_deg:.0f}°: fast {line[0]}; drawn {line[1]}"


def main() -> None:
    """Measure, or read what was measured, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fast", type=int, default=168)
    parser.add_argument("--rendered", type=int, default=200)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--kept", type=Path)
    told_of = parser.parse_args()
    if told_of.kept and told_of.kept.exists():
        clips = json.loads(told_of.kept.read_text(encoding="utf-8"))
    else:
        within = Range(view_deg=(80.0, 120.0))
        drawn = [
            draw_case("tune", FIRST_RENDERED + number, Range(is_filmed=True)) for number in range(told_of.rendered)
        ]
        drawn = [case for case in drawn if band_of(case.phone.view_deg) == SIDE and is_drawn(case, FOLDER)]
        fast = [draw_case("tune", number, within) for number in range(told_of.fast)]
        with ProcessPoolExecutor(told_of.cores, get_context("spawn")) as pool:
            clips = [
                list(pool.map(partial(raw_rows, source), cases))
                for source, cases in (("fast", fast), ("rendered", drawn))
            ]
        if told_of.kept:
            told_of.kept.write_text(json.dumps(clips), encoding="utf-8")
    print(*told(*clips), *back(*clips), sep="\n")


if __name__ == "__main__":
    main()
