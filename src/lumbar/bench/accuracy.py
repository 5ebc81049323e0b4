"""How near the truth Lumbar comes: clips of lifters whose every joint and load is known, beside simpler ways.

Two kinds of clips, both of the report split that nothing was tuned on: rendered ones, measured from the file as a
lifter's would be, and fast ones, whose landmarks, outline and plate have errors of known size. Ids without a
suffix are of the rendered ones, between 80 and 120 degrees. ``lumbar synth`` draws those::

    lumbar synth --split report --seed 1 --n 60 --out .bench/accuracy/rendered
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import replace
from time import monotonic

from lumbar.bench.ablations import PARTS, Part
from lumbar.bench.cases import SIDE, Source, cases_of
from lumbar.bench.findings import finding_rows
from lumbar.bench.headlines import rows_of
from lumbar.bench.kept import FOLDER
from lumbar.bench.outcomes import Outcome
from lumbar.bench.pool import pool
from lumbar.bench.rows import Row, Sheet, at_least
from lumbar.bench.sheets import sheets_of
from lumbar.bench.takes import is_drawn, take
from lumbar.bench.what_limits import Found, ablation_rows, ablation_sheet
from lumbar.synth.case import Case

#: How often progress is told (s).
_TELL_S = 15.0
#: How many clips of each source are measured again with one part true.
_AGAIN = 16
_NOT_DRAWN = "no clip is drawn; lumbar synth --split report --seed 1 --n 60 --out .bench/accuracy/rendered does it"

Say = Callable[[str], None]


def run(*, quick: bool, say: Say) -> Iterator[Row | Sheet]:
    """Measure; what was done is kept under ``.bench``, and a bench that was stopped carries on."""
    if quick:
        few = _take_all("quick", cases_of("quick"), say)
        for row in (*rows_of(few, "", "no clip of this kind among so few"), *_no_findings()):
            yield replace(row, note=f"a few fast clips; {row.note}")
        yield from sheets_of({"quick": few})
        return
    rendered = _take_all("rendered", _drawn(say), say)
    fast = _take_all("fast", cases_of("fast"), say)
    yield from rows_of(rendered, "", _NOT_DRAWN)
    say("findings: lifters with one fault, with none, with two …")
    yield from finding_rows()
    yield from rows_of(fast, "-fast", "no fast clips are listed")
    limits: dict[Source, Found] = {
        "rendered": _with_true_parts(rendered, say),
        "fast": _with_true_parts(fast, say),
    }
    for source, found in limits.items():
        yield from ablation_rows(found, "" if source == "rendered" else f"-{source}")
    yield from sheets_of({"rendered": rendered, "fast": fast})
    yield ablation_sheet(limits)


def _with_true_parts(outcomes: Sequence[Outcome], say: Say) -> Found:
    """Measure some of the clips again with one part of what is seen made true."""
    chosen = [told for told in outcomes if told.traits.band == SIDE][:_AGAIN]
    if not chosen:
        return {}
    names = {told.name for told in chosen}
    source = chosen[0].source
    cases = [case for case in cases_of(source) if case.name in names]
    found: dict[Part | None, Sequence[Outcome]] = {None: chosen}
    for part in PARTS:
        found[part] = _take_all(source, cases, say, part)
    return found


def _no_findings() -> Iterator[Row]:
    """Yield the rows on findings without a value: they want hundreds of lifters."""
    none = "the whole run measures it"
    for row_id, goal in (("right-first", 0.90), ("clean-silent", 0.95), ("both-among-three", 0.80)):
        yield at_least(goal, Row(f"finding-{row_id}", None, "ratio", n=0, note=none))


def _drawn(say: Say) -> tuple[Case, ...]:
    """Return the rendered cases whose clips are there."""
    listed = cases_of("rendered")
    there = tuple(case for case in listed if is_drawn(case))
    say(f"rendered: {len(there)} of {len(listed)} clips are drawn in {FOLDER / 'rendered'}")
    return there


def _take_all(source: Source, cases: Sequence[Case], say: Say, part: Part | None = None) -> list[Outcome]:
    """Film all cases, one on each core; return what came out in the order of the cases."""
    found: dict[str, Outcome] = {}
    began_s = told_s = monotonic()
    with pool() as workers:
        waiting = [workers.submit(take, source, case, FOLDER, part) for case in cases]
        try:
            for done in as_completed(waiting):
                outcome = done.result()
                found[outcome.name] = outcome
                if monotonic() - told_s > _TELL_S or len(found) == len(cases):
                    told_s = monotonic()
                    left_min = (told_s - began_s) / len(found) * (len(cases) - len(found)) / 60
                    what = f"{source}, true {part}" if part else source
                    say(f"{what}: {len(found)} of {len(cases)} clips, about {left_min:.0f} min left")
        finally:
            # Whoever stops the bench does not want to wait for the clips that are still in line.
            workers.shutdown(cancel_futures=True)
    return [found[case.name] for case in cases]
