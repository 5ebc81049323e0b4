"""How fast the film path is, from decoding to the report, beside a named baseline in the same run.

The machine may be busy with other things, so ours and the baseline take turns, each in a process of its own,
and ratios are medians over turns. The baseline counts the pose alone: no decoding, no silhouette, no bar path
and no report.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from lumbar.bench import batches, mediapipe_pose
from lumbar.bench.baseline import PACKAGE, prepare
from lumbar.bench.clips import FORMATS, Format, make
from lumbar.bench.fit_speed import body_fit
from lumbar.bench.load_speed import monte_carlo
from lumbar.bench.rows import Row, at_least
from lumbar.bench.runs import Run, run_task
from lumbar.bench.stopwatch import count_cores
from lumbar.estimate import Missing

#: Where clips and the baseline's environment are kept, under the folder that the bench is run in.
FOLDER = Path(".bench")
FILM, DECODE = "lumbar.bench.tasks:film", "lumbar.bench.tasks:decode"
BASELINE = f"{mediapipe_pose.__file__}:pose"
#: The format and the cores that the one row ``film-fps-vs-baseline`` stands for: how most phones film.
HEADLINE = "1080p30-2-cores"
#: The whole film path is to be twice as fast as the baseline is with the pose alone. An engineering rule.
GOAL_RATIO = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: formats, cores, the length of the clips, and how many turns each side takes."""

    formats: tuple[Format, ...]
    cores: tuple[int, ...]
    duration_s: int
    turns: int


FULL = Plan(FORMATS, cores=(1, 2), duration_s=10, turns=3)
#: Ends within a minute on two cores, when the baseline's environment is there already.
QUICK = Plan(tuple(kind for kind in FORMATS if kind.name == "1080p30"), cores=(2,), duration_s=4, turns=3)


@dataclass(frozen=True, slots=True)
class Turns:
    """All runs of one clip on some cores, ours and the baseline's in pairs; ``missing`` says why not."""

    place: str
    duration_s: int
    ours: tuple[Run, ...] = ()
    decoding: tuple[Run, ...] = ()
    theirs: tuple[Run, ...] = ()
    missing: str = ""


def run(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure speed and memory; the first run also makes the baseline's environment, which takes a while."""
    say(f"the baseline's environment: {PACKAGE}")
    python = prepare(FOLDER / "mediapipe")
    found = list(_measure(QUICK if quick else FULL, python, say))
    rows = [row for turns in found for row in _rows(turns)]
    yield from _headline(rows)
    yield from rows
    yield from monte_carlo(say)
    yield from body_fit(say)
    yield from batches.rows(FOLDER, quick=quick, say=say)


def _measure(plan: Plan, python: Path | Missing, say: Callable[[str], None]) -> Iterator[Turns]:
    for kind in plan.formats:
        say(f"a clip of {plan.duration_s} s, {kind.name}")
        clip = make(FOLDER / "clips", kind, plan.duration_s)
        for cores in plan.cores:
            turns = Turns(f"{kind.name}-{cores}-core{'s' * (cores > 1)}", plan.duration_s)
            if cores > count_cores():
                lacking = f"needs {cores} cores; this process may use {count_cores()} of them"
                yield replace(turns, missing=lacking)
                continue
            for turn in range(plan.turns):
                say(f"{turns.place}: turn {turn + 1} of {plan.turns}")
                turns = _one_more(turns, clip, cores, python)
            yield turns


def _one_more(turns: Turns, clip: Path, cores: int, python: Path | Missing) -> Turns:
    """Return the turns with one more of each: ours, our decoding alone, the baseline."""
    ours = (*turns.ours, run_task(FILM, clip, cores))
    decoding = (*turns.decoding, run_task(DECODE, clip, cores))
    if isinstance(python, Missing):
        return replace(turns, ours=ours, decoding=decoding, missing=python.reason)
    theirs = (*turns.theirs, run_task(BASELINE, clip, cores, python))
    return replace(turns, ours=ours, decoding=decoding, theirs=theirs)


def _rows(turns: Turns) -> Iterator[Row]:
    place, why = turns.place, turns.missing
    fps = [run.frames_per_s for run in turns.ours]
    their_fps = [run.stage_frames_per_s("pose") for run in turns.theirs]
    yield _row(f"film-fps-{place}", fps, "frames/s", their_fps, why)
    ratios = [one / other for one, other in zip(fps, their_fps, strict=False)]
    yield at_least(GOAL_RATIO, _row(f"film-fps-vs-baseline-{place}", ratios, "ratio", [], why))
    pace = [turns.duration_s / run.total_s for run in turns.ours]
    their_pace = [turns.duration_s / run.stage_s["pose"] for run in turns.theirs]
    yield _row(f"film-pace-{place}", pace, "s/s", their_pace, why)
    work = [1000 * run.total_cpu_s / run.frames for run in turns.ours]
    their_work = [1000 * run.stage_cpu_s["pose"] / run.frames for run in turns.theirs]
    yield _row(f"film-cpu-per-frame-{place}", work, "ms", their_work, why)
    memory = [run.peak_bytes / 1e6 for run in turns.ours]
    yield _row(f"film-peak-memory-{place}", memory, "MB", [run.peak_bytes / 1e6 for run in turns.theirs], why)
    for runs in (turns.decoding, turns.ours):
        for stage in runs[0].stage_s if runs else ():
            rates = [run.stage_frames_per_s(stage) for run in runs]
            yield _row(f"stage-fps-{stage}-{place}", rates, "frames/s", [], why)


def _row(row_id: str, ours: list[float], unit: str, theirs: list[float], note: str) -> Row:
    value, baseline = (median(turns) if turns else None for turns in (ours, theirs))
    spreads = [_spread(name, turns) for name, turns in (("ours", ours), ("baseline", theirs)) if turns]
    said = "; ".join([*([note] if note else []), *spreads])
    return Row(row_id, value, unit, baseline=baseline, n=len(ours or theirs), note=said)


def _spread(name: str, turns: list[float]) -> str:
    return f"{name} {min(turns):.3g} to {max(turns):.3g} over the turns"


def _headline(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        if row.id == f"film-fps-vs-baseline-{HEADLINE}":
            yield replace(row, id="film-fps-vs-baseline", note=f"{HEADLINE}: {row.note}")
