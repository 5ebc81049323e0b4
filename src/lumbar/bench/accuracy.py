"""How near the truth Lumbar comes: clips of lifters whose every joint and load is known, beside simpler ways.

Two kinds of clips, both of the report split that nothing was tuned on: rendered ones, measured from the file as a
lifter's would be, and fast ones, whose landmarks, outline and plate have errors of known size. Ids without a
suffix are of the rendered ones, between 80 and 120 degrees. ``lumbar synth`` draws those::

    lumbar synth --split report --seed 1 --n 60 --out .bench/accuracy/rendered
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context
from time import monotonic

from lumbar.bench.cases import Source, cases_of
from lumbar.bench.headlines import rows_of
from lumbar.bench.outcomes import Outcome
from lumbar.bench.rows import Row, Sheet
from lumbar.bench.sheets import sheets_of
from lumbar.bench.stopwatch import count_cores
from lumbar.bench.takes import FOLDER, is_drawn, take
from lumbar.synth.case import Case

#: How often progress is told (s).
_TELL_S = 15.0
_NOT_DRAWN = "no clip is drawn; lumbar synth --split report --seed 1 --n 60 --out .bench/accuracy/rendered does it"

Say = Callable[[str], None]


def run(*, quick: bool, say: Say) -> Iterator[Row | Sheet]:
    """Measure; what was done is kept under ``.bench``, and a bench that was stopped carries on."""
    if quick:
        few = _take_all("quick", cases_of("quick"), say)
        for row in rows_of(few, "", "no clip of this kind among so few"):
            yield replace(row, note=f"a few fast clips; {row.note}")
        yield from sheets_of({"quick": few})
        return
    rendered = _take_all("rendered", _drawn(say), say)
    fast = _take_all("fast", cases_of("fast"), say)
    yield from rows_of(rendered, "", _NOT_DRAWN)
    yield from rows_of(fast, "-fast", "no fast clips are listed")
    yield from sheets_of({"rendered": rendered, "fast": fast})


def _drawn(say: Say) -> tuple[Case, ...]:
    """Return the rendered cases whose clips are there."""
    listed = cases_of("rendered")
    there = tuple(case for case in listed if is_drawn(case))
    say(f"rendered: {len(there)} of {len(listed)} clips are drawn in {FOLDER / 'rendered'}")
    return there


def _take_all(source: Source, cases: Sequence[Case], say: Say) -> list[Outcome]:
    """Film all cases, one on each core; return what came out in the order of the cases."""
    found: dict[str, Outcome] = {}
    began_s = told_s = monotonic()
    with ProcessPoolExecutor(count_cores(), get_context("spawn"), initializer=_alone) as pool:
        waiting = [pool.submit(take, source, case) for case in cases]
        try:
            for done in as_completed(waiting):
                outcome = done.result()
                found[outcome.name] = outcome
                if monotonic() - told_s > _TELL_S or len(found) == len(cases):
                    told_s = monotonic()
                    left_min = (told_s - began_s) / len(found) * (len(cases) - len(found)) / 60
                    say(f"{source}: {len(found)} of {len(cases)} clips, about {left_min:.0f} min left")
        finally:
            # Whoever stops the bench does not want to wait for the clips that are still in line.
            pool.shutdown(cancel_futures=True)
    return [found[case.name] for case in cases]


def _alone() -> None:
    """Let each process keep to one thread: there is one for each core."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
