"""How far is a dip of the trunk played down, and how wide must its range be? On fast clips of the tune split.

    python design/form_dips.py [--dips 30] [--none 24] [--first 2100] [--cores 2]

Lifters whose hips rise first, by an even share of 3° to 12°, and lifters without a fault. Prints what was read
against what was, by the size of the dip, and how far nine readings in ten are off: ``lumbar.form.pull`` has its
gain and its range from there. About 5 s of a processor for each clip.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import pairwise
from multiprocessing import get_context

import numpy as np

from lumbar.bench.faults import clean_case, faulty_case
from lumbar.bench.findings import known_set, seen_set
from lumbar.estimate import Estimate
from lumbar.synth.case import Case
from lumbar.synth.fast import fast_clip

_BANDS_DEG = (0.0, 1.5, 4.0, 7.0, 10.0, 15.0)


def dipping(number: int) -> Case:
    """Return a lifter of the tune split whose hips rise first, more or less."""
    case = faulty_case("tune", number, "hips-first")
    share = float(np.random.default_rng(number).uniform(0.25, 1.0))
    return replace(case, lift=replace(case.lift, hips_first_deg=case.lift.hips_first_deg * share))


def dips_deg(case: Case) -> list[tuple[float, ...]]:
    """Return for each rep what was read, its range, and what is true (degrees)."""
    clip = fast_clip(case)
    seen, known = seen_set(clip), known_set(clip)
    found = []
    for one, other in zip(seen.measures, known.measures, strict=False):
        read, true = one["trunk_dip"], other["trunk_dip"]
        if isinstance(read, Estimate) and isinstance(true, Estimate):
            found.append(tuple(float(np.degrees(each)) for each in (read.value, read.low, read.high, true.value)))
    return found


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, default in (("dips", 30), ("none", 24), ("first", 2100), ("cores", 2)):
        asked.add_argument(f"--{name}", type=int, default=default)
    told = asked.parse_args()
    cases = [dipping(told.first + number) for number in range(told.dips)]
    cases += [clean_case("tune", told.first + 1000 + number) for number in range(told.none)]
    with ProcessPoolExecutor(told.cores, get_context("spawn")) as pool:
        value, low, high, true = np.array([row for rows in pool.map(dips_deg, cases) for row in rows]).T
    off, held = np.abs(value - true), (low <= true) & (true <= high)
    print(f"{len(true)} reps: nine in ten within {np.quantile(off, 0.9):.1f}°, held {held.mean():.2f}")
    for least, most in pairwise(_BANDS_DEG):
        of = (true >= least) & (true < most)
        if of.any():
            print(
                f"{least:4.1f} to {most:4.1f}°: n {of.sum():3d}, is {true[of].mean():5.2f}, read"
                f" {value[of].mean():5.2f} ± {value[of].std():.2f}, nine in ten within"
                f" {np.quantile(off[of], 0.9):.1f}, held {held[of].mean():.2f}"
            )


if __name__ == "__main__":
    main()
